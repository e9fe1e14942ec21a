"""Which players are paused and played again, on a bus of the test's own."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from stretchplayer.desktop.dbus import other_players
from stretchplayer.desktop.dbus.other_players import NullOtherMedia, OtherPlayers
from stretchplayer.desktop.dbus.player_bus import PlayerState, session_bus
from stretchplayer.ports import OtherMedia


class FakeBus:
    """Players, and what was asked of them. Answers wait until `deliver`, and come at once where nobody waits."""

    def __init__(self, **players: str) -> None:
        self.status = dict(players)
        self.aliases: dict[str, str] = {}
        self.stubborn: set[str] = set()
        self.gone: set[str] = set()
        self.orders: list[str] = []
        self.slow = False
        self._waiting: list[Callable[[], None]] = []
        self._tell: Callable[[str, str], None] = lambda _owner, _status: None

    def ask_names(self, answer: Callable[[list[str]], None]) -> None:
        names = [*self.status, *self.aliases]
        self._answer(lambda: answer(names))

    def ask_state(self, name: str, answer: Callable[[PlayerState | None], None]) -> None:
        owner = self.aliases.get(name, name)
        self._answer(lambda: answer(None if owner in self.gone else self._state(owner)))

    def _state(self, owner: str) -> PlayerState:
        return PlayerState(owner=owner, status=self.status[owner], can_pause=owner != "radio")

    def order(self, owner: str, what: str, answer: Callable[[bool], None]) -> None:
        self.orders.append(f"{what} {owner}")
        did = owner not in self.stubborn
        if did:
            self.change(owner, "Paused" if what == "Pause" else "Playing")
        self._answer(lambda: answer(did))

    def on_status(self, callback: Callable[[str, str], None]) -> None:
        self._tell = callback

    def change(self, owner: str, status: str) -> None:
        """Let a player do something else, and say so."""
        self.status[owner] = status
        self._tell(owner, status)

    def _answer(self, call: Callable[[], None]) -> None:
        if self.slow:
            self._waiting.append(call)
        else:
            call()

    def deliver(self) -> None:
        """Let the answers come that were waited for."""
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()


def make(bus: FakeBus | None) -> OtherPlayers:
    """Other players on that bus."""
    return OtherPlayers(open_bus=lambda _parent: bus)


def test_players_that_play_are_paused_and_exactly_those_play_again() -> None:
    bus = FakeBus(vlc="Playing", mpd="Paused", spotify="Playing", rhythmbox="Stopped", radio="Playing")
    players = make(bus)
    players.pause_playing()
    players.pause_playing()
    assert bus.orders == ["Pause vlc", "Pause spotify"]
    players.resume()
    players.resume()
    assert sorted(bus.orders[2:]) == ["Play spotify", "Play vlc"]


def test_a_player_with_two_names_is_paused_once() -> None:
    bus = FakeBus(vlc="Playing")
    bus.aliases = {"vlc.instance7": "vlc"}
    bus.slow = True
    players = make(bus)
    players.pause_playing()
    for _ in range(4):
        bus.deliver()
    assert bus.orders == ["Pause vlc"]


@pytest.mark.parametrize("statuses", [["Playing"], ["Playing", "Paused"], ["Stopped"]])
def test_a_player_that_the_person_used_meanwhile_is_left_alone(statuses: list[str]) -> None:
    bus = FakeBus(vlc="Playing")
    players = make(bus)
    players.pause_playing()
    for status in statuses:
        bus.change("vlc", status)
    players.resume()
    assert bus.orders == ["Pause vlc"]


@pytest.mark.parametrize("what", ["status", "gone"])
def test_a_player_that_is_found_otherwise_is_left_alone(what: str) -> None:
    bus = FakeBus(vlc="Playing")
    players = make(bus)
    players.pause_playing()
    if what == "status":
        bus.status["vlc"] = "Stopped"
    else:
        bus.gone.add("vlc")
    players.resume()
    assert bus.orders == ["Pause vlc"]


def test_a_player_that_would_not_pause_is_not_played() -> None:
    bus = FakeBus(vlc="Playing")
    bus.stubborn.add("vlc")
    players = make(bus)
    players.pause_playing()
    players.resume()
    assert bus.orders == ["Pause vlc"]


def test_a_player_that_pauses_after_the_session_plays_again() -> None:
    bus = FakeBus(vlc="Playing")
    bus.slow = True
    players = make(bus)
    players.pause_playing()
    bus.deliver()
    bus.deliver()
    players.resume()
    for _ in range(3):
        bus.deliver()
    assert bus.orders == ["Pause vlc", "Play vlc"]


@pytest.mark.parametrize("answers", [0, 1])
def test_a_session_that_ends_before_anyone_was_asked_pauses_nobody(answers: int) -> None:
    bus = FakeBus(vlc="Playing")
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
    players = make(None)
    players.pause_playing()
    players.resume()
    players.close()
    assert session_bus() is None


def test_closing_waits_for_the_players_to_answer(qapp: QApplication) -> None:
    bus = FakeBus(vlc="Playing")
    players = make(bus)
    players.pause_playing()
    bus.slow = True
    QTimer.singleShot(0, bus.deliver)
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, bus.deliver))
    players.close()
    assert bus.orders == ["Pause vlc", "Play vlc"]


def test_closing_does_not_wait_for_ever(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_players, "CLOSING_MS", 1)
    bus = FakeBus(vlc="Playing")
    players = make(bus)
    players.pause_playing()
    bus.slow = True
    players.close()
    assert bus.orders == ["Pause vlc"]


def test_the_null_does_nothing() -> None:
    null: OtherMedia = NullOtherMedia()
    null.pause_playing()
    null.resume()
    null.close()
