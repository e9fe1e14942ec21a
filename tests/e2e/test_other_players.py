"""Real players of the session bus, paused and played again."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.dbus import connection
from stretchplayer.desktop.dbus.bus import Address
from stretchplayer.desktop.dbus.mpris import PATH, PLAYER, ROOT
from stretchplayer.desktop.dbus.other_players import OtherPlayers
from tests.e2e.bus_stage import BusStage
from tests.e2e.waiting import wait_until
from tests.e2e.x11 import X11Desktop

pytestmark = pytest.mark.desktop

SCRIPT = str(Path(__file__).with_name("fake_player.py"))


class Stage:
    """Our side of the bus, and the players on it."""

    def __init__(self, desktop: X11Desktop, qtbot: QtBot) -> None:
        self._desktop = desktop
        self._qtbot = qtbot
        self._bus = BusStage(desktop, qtbot)
        self.players = OtherPlayers(lambda: self._bus.bus)

    def close(self) -> None:
        """Let the players play again, and end our side."""
        self.players.close()
        self._bus.close()

    def start(self, name: str, status: str, *more: str) -> "subprocess.Popen[str]":
        """Start a player and wait until it is on the bus."""
        process = self._desktop.start([sys.executable, SCRIPT, name, status, *more])
        wait_until(lambda: "here" in self._desktop.output(process), f"the player {name}")
        return process

    def told(self, process: "subprocess.Popen[str]") -> list[str]:
        """What the player was told to do."""
        return self._desktop.output(process).split()[1:]

    def wait_told(self, process: "subprocess.Popen[str]", *what: str) -> None:
        """Wait until the player was told exactly that."""
        self._qtbot.waitUntil(lambda: self.told(process) == list(what))

    def do(self, name: str, method: str) -> None:
        """Do something to a player as another program does; by then our side has heard what the player says of it."""
        self._bus.call(Address(service=f"{ROOT}.{name}", path=PATH, interface=PLAYER), method)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait for something, with our event loop running."""
        self._qtbot.waitUntil(condition)


@pytest.fixture
def stage(x11: X11Desktop, qapp: QApplication, qtbot: QtBot) -> Iterator[Stage]:
    stage = Stage(x11, qtbot)
    yield stage
    stage.close()


def test_players_that_play_are_paused_and_play_again(stage: Stage) -> None:
    song, silence = stage.start("song", "Playing"), stage.start("silence", "Paused")
    proxy, own = stage.start("playerctld", "Playing"), stage.start("stretchplayer", "Playing")
    stage.players.pause_playing()
    stage.wait_told(song, "Pause")
    stage.players.resume()
    stage.wait_told(song, "Pause", "Play")
    assert [stage.told(each) for each in (silence, proxy, own)] == [[], [], []]


def test_a_player_that_was_used_meanwhile_is_left_alone(stage: Stage) -> None:
    used, other = stage.start("used", "Playing"), stage.start("other", "Playing")
    stage.players.pause_playing()
    for player in (used, other):
        stage.wait_told(player, "Pause")
    for method in ("Play", "Pause"):
        stage.do("used", method)
    stage.players.resume()
    stage.wait_told(other, "Pause", "Play")
    assert stage.told(used) == ["Pause", "Play", "Pause"]


def test_a_player_that_does_not_answer_holds_nobody_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "TIMEOUT_MS", 3_000)
    stage.start("deaf", "Playing", "deaf")
    song = stage.start("song", "Playing")
    stage.players.pause_playing()
    stage.wait_told(song, "Pause")
    stage.players.close()
    assert stage.told(song) == ["Pause", "Play"]


def test_a_player_that_was_ended_and_started_again_is_another_one(stage: Stage) -> None:
    song = stage.start("song", "Playing")
    stage.players.pause_playing()
    stage.wait_told(song, "Pause")
    stage.do("song", "Pause")
    song.terminate()
    song.wait()
    again = stage.start("song", "Paused")
    stage.players.close()
    assert stage.told(again) == []
