"""A session controlled by playerctl, as by media keys and phones; and interrupted by the machine."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.dbus.bus import PROPERTIES, Address
from stretchplayer.desktop.dbus.logind import MANAGER, SESSION
from stretchplayer.desktop.dbus.mpris import OWN_NAME, PATH, PLAYER, ROOT
from tests.e2e.bus_stage import BusStage
from tests.e2e.player import LONG_LEAD_IN_S, SLOW_ROUTINE, Player, read_plan, write_routine
from tests.e2e.test_presence import OUR_SESSION, put_up_logind
from tests.e2e.waiting import wait_until
from tests.e2e.x11 import X11Desktop

pytestmark = pytest.mark.desktop

FORMAT: Final = "{{status}}|{{mpris:length}}|{{album}}|{{title}}|{{position}}"
AT: Final = Address(service=OWN_NAME, path=PATH, interface=PROPERTIES)


def playerctl(x11: X11Desktop, *command: str) -> str:
    """What playerctl says; "" when there is no player."""
    full = ["playerctl", "--player=stretchplayer", *command]
    return subprocess.run(full, env=x11.env, capture_output=True, text=True, check=False).stdout.strip()


def shown(x11: X11Desktop) -> list[str]:
    """Status, length in µs, routine, exercise and leg, position in µs."""
    return playerctl(x11, "metadata", "--format", FORMAT).split("|")


def wait_for_title(x11: X11Desktop, title: str) -> list[str]:
    """Wait until that is played."""
    return wait_until(lambda: ((found := shown(x11))[3:4] == [title] and found) or None, f"the title {title}")


@pytest.fixture
def stage(x11: X11Desktop, qapp: QApplication, qtbot: QtBot) -> Iterator[BusStage]:
    stage = BusStage(x11, qtbot)
    yield stage
    stage.close()


def test_playerctl_controls_a_session(x11: X11Desktop, tmp_path: Path, data_dir: Path) -> None:
    routine = write_routine(tmp_path, SLOW_ROUTINE, LONG_LEAD_IN_S)
    with Player(x11, routine, "--rate", "0.5") as player:
        player.window()
        status, length, album, _title, _position = wait_for_title(x11, "Legs")
        assert (status, album) == ("Playing", "Slow")
        assert int(length) == read_plan(routine, data_dir).total_ms * 1000
        playerctl(x11, "play-pause")
        player.wait_for_states("paused")
        standing = wait_until(lambda: ((found := shown(x11))[0] == "Paused" and found) or None, "the pause")
        assert shown(x11) == standing
        playerctl(x11, "pause")
        playerctl(x11, "play")
        player.wait_for_states("paused", "resuming", "prepare")
        wait_until(lambda: int(shown(x11)[4]) > int(standing[4]), "the position to go on")
        playerctl(x11, "play")
        playerctl(x11, "next")
        player.wait_for_states("resuming", "prepare", "move")
        wait_for_title(x11, "Legs · left leg")
        playerctl(x11, "next")
        playerctl(x11, "next")
        wait_for_title(x11, "Legs · left leg · hold")
        playerctl(x11, "previous")
        player.wait_for_states("hold", "move")
        playerctl(x11, "stop")
        player.wait_for_states("move", "stopped")
        wait_until(lambda: not playerctl(x11, "status"), "the session to leave the list of players")


def test_what_mpris_demands_is_there_and_told_when_it_changes(stage: BusStage, x11: X11Desktop, tmp_path: Path) -> None:
    routine = write_routine(tmp_path, SLOW_ROUTINE, LONG_LEAD_IN_S)
    with Player(x11, routine) as player:
        player.window()
        wait_for_title(x11, "Legs")
        player_at, root_at = (Address(service=OWN_NAME, path=PATH, interface=name) for name in (PLAYER, ROOT))
        [root] = stage.call(AT, "GetAll", "s", ROOT)
        assert root == {
            "CanQuit": ("b", True), "CanRaise": ("b", True), "HasTrackList": ("b", False),
            "Identity": ("s", "Stretch Player"), "DesktopEntry": ("s", "stretchplayer"),
            "SupportedUriSchemes": ("as", []), "SupportedMimeTypes": ("as", []),
        }  # fmt: skip
        [facts] = stage.call(AT, "GetAll", "s", PLAYER)
        assert isinstance(facts, dict)
        metadata = facts["Metadata"][1]
        assert metadata["mpris:trackid"] == ("o", "/org/stretchplayer/session/1")
        assert metadata["mpris:length"][0] == facts["Position"][0] == "x"
        assert facts["CanSeek"] == ("b", False)
        stage.call(player_at, "Seek", "x", 5_000_000)
        stage.call(player_at, "SetPosition", "ox", "/org/stretchplayer/session/1", 0)
        told: list[object] = []
        stage.bus.subscribe(AT, "PropertiesChanged", told.append)
        stage.call(AT, "Get", "ss", ROOT, "Identity")
        stage.call(player_at, "Pause")
        stage.wait_until(lambda: bool(told))
        assert told == [(PLAYER, {"PlaybackStatus": ("s", "Paused")}, [])]
        x11.start([sys.executable, "-m", "tests.e2e.bare_window"])
        x11.wait_for_window("bare window", lambda window: window.focused)
        stage.call(root_at, "Raise")
        player.window()
        stage.call(root_at, "Quit")
        assert player.exit_code() == 0


def test_a_session_is_interrupted_by_sleep_and_lock(
    x11: X11Desktop, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    x11.allowed_noise.append("dbus-daemon")
    path = x11.folder / "system-bus"
    x11.start(["dbus-daemon", "--session", "--nofork", f"--address=unix:path={path}"])
    wait_until(path.is_socket, "the system's bus")
    system = BusStage(x11, qtbot, f"unix:path={path}")
    logind = put_up_logind(system)
    with Player(
        x11, write_routine(tmp_path, SLOW_ROUTINE, LONG_LEAD_IN_S), env={"DBUS_SYSTEM_BUS_ADDRESS": system.address}
    ) as player:
        player.window()
        wait_until(lambda: ["Get", SESSION, "IdleHint"] in logind.calls, "the program to listen")
        logind.say(MANAGER.path, MANAGER.interface, "PrepareForSleep", "b", True)
        player.wait_for_states("prepare", "interrupted")
        logind.say(MANAGER.path, MANAGER.interface, "PrepareForSleep", "b", False)
        x11.key("space")
        player.wait_for_states("interrupted", "resuming", "prepare")
        logind.say(OUR_SESSION, SESSION, "Lock", "")
        player.wait_for_states("resuming", "prepare", "interrupted")
    system.close()
