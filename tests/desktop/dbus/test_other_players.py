"""Which players are paused and played again, on a bus of the test's own."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from stretchplayer.desktop.dbus import other_players
from stretchplayer.desktop.dbus.bus import PROPERTIES, Address, Answer, Body, Bus
from stretchplayer.desktop.dbus.mpris import OWN_NAME, PATH, PLAYER, ROOT
from stretchplayer.desktop.dbus.other_players import PROXY, OtherPlayers
from tests.desktop.dbus.fake_bus import FakeBus


class PlayersBus(FakeBus):
    """Players, each owned by one of its name, and what they were told to do."""

    def __init__(self, **players: str) -> None:
        super().__init__()
        self.status = dict(players)
        self.aliases: dict[str, str] = {}
        self.stubborn: set[str] = set()
        self.gone: set[str] = set()
        self.orders: list[str] = []

    def call(
        self, to: Address, member: str, answer: Answer, *, signature: str = "", body: Body = (), start: bool = False
    ) -> None:
        reply = self._reply_to(to.service, member, str(body[0]) if body else "")
        self._reply(lambda: answer(reply))

    def _reply_to(self, service: str, member: str, what: str) -> Body | None:
        if member == "ListNames":
            return ([f"{ROOT}.{name}" for name in (*self.status, *self.aliases)] + ["org.example.Other"],)
        if member == "GetNameOwner":
            name = what.removeprefix(f"{ROOT}.")
            return (self.aliases.get(name, name),)
        if service in self.gone:
            return None
        if member == "GetAll":
            return ({"PlaybackStatus": ("s", self.status[service]), "CanPause": ("b", service != "radio")},)
        self.orders.append(f"{member} {service}")
        if service in self.stubborn:
            return None
        self.change(service, "Paused" if member == "Pause" else "Playing")
        return ()

    def change(self, owner: str, status: str) -> None:
        """Let a player do something else, and say so."""
        self.status[owner] = status
        at = Address(service=owner, path=PATH, interface=PROPERTIES)
        self.signal(at, "PropertiesChanged", PLAYER, {"PlaybackStatus": ("s", status)}, [])


def make(bus: PlayersBus) -> OtherPlayers:
    return OtherPlayers(lambda: bus)


def test_players_that_play_are_paused_and_exactly_those_play_again() -> None:
    bus = PlayersBus(vlc="Playing", mpd="Paused", spotify="Playing", rhythmbox="Stopped", radio="Playing")
    players = make(bus)
    players.pause_playing()
    players.pause_playing()
    assert bus.orders == ["Pause vlc", "Pause spotify"]
    players.resume()
    players.resume()
    assert sorted(bus.orders[2:]) == ["Play spotify", "Play vlc"]


def test_a_player_with_two_names_is_paused_once() -> None:
    bus = PlayersBus(vlc="Playing")
    bus.aliases = {"vlc.instance7": "vlc"}
    bus.slow = True
    players = make(bus)
    players.pause_playing()
    for _ in range(4):
        bus.deliver()
    assert bus.orders == ["Pause vlc"]


@pytest.mark.parametrize("statuses", [["Playing"], ["Playing", "Paused"], ["Stopped"]])
def test_a_player_that_the_person_used_meanwhile_is_left_alone(statuses: list[str]) -> None:
    bus = PlayersBus(vlc="Playing")
    players = make(bus)
    players.pause_playing()
    for status in statuses:
        bus.change("vlc", status)
    players.resume()
    assert bus.orders == ["Pause vlc"]


@pytest.mark.parametrize("what", ["status", "gone"])
def test_a_player_that_is_found_otherwise_is_left_alone(what: str) -> None:
    bus = PlayersBus(vlc="Playing")
    players = make(bus)
    players.pause_playing()
    if what == "status":
        bus.status["vlc"] = "Stopped"
    else:
        bus.gone.add("vlc")
    players.resume()
    assert bus.orders == ["Pause vlc"]


def test_a_player_that_would_not_pause_is_not_played() -> None:
    bus = PlayersBus(vlc="Playing")
    bus.stubborn.add("vlc")
    players = make(bus)
    players.pause_playing()
    players.resume()
    assert bus.orders == ["Pause vlc"]


def test_a_player_that_pauses_after_the_session_plays_again() -> None:
    bus = PlayersBus(vlc="Playing")
    bus.slow = True
    players = make(bus)
    players.pause_playing()
    for _ in range(3):
        bus.deliver()
    players.resume()
    for _ in range(3):
        bus.deliver()
    assert bus.orders == ["Pause vlc", "Play vlc"]


@pytest.mark.parametrize("answers", [0, 1, 2])
def test_a_session_that_ends_before_anyone_was_asked_pauses_nobody(answers: int) -> None:
    bus = PlayersBus(vlc="Playing")
    bus.slow = True
    players = make(bus)
    players.pause_playing()
    for _ in range(answers):
        bus.deliver()
    players.resume()
    for _ in range(3):
        bus.deliver()
    assert not bus.orders


def test_without_a_bus_nothing_happens() -> None:
    players = OtherPlayers(Bus)
    players.pause_playing()
    players.resume()
    players.close()


def test_neither_we_nor_the_proxy_are_another_player() -> None:
    bus = PlayersBus(**{name.removeprefix(f"{ROOT}."): "Playing" for name in (OWN_NAME, PROXY)})
    make(bus).pause_playing()
    assert not bus.orders


def test_closing_waits_for_the_players_to_answer(qapp: QApplication) -> None:
    bus = PlayersBus(vlc="Playing")
    players = make(bus)
    players.pause_playing()
    bus.slow = True
    QTimer.singleShot(0, bus.deliver)
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, bus.deliver))
    players.close()
    assert bus.orders == ["Pause vlc", "Play vlc"]


def test_closing_does_not_wait_for_ever(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_players, "CLOSING_MS", 1)
    bus = PlayersBus(vlc="Playing")
    players = make(bus)
    players.pause_playing()
    bus.slow = True
    players.close()
    assert bus.orders == ["Pause vlc"]
