"""The real program when something is missing or goes away: a monitor, the sound, the display."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtGui import QImage

from stretchplayer.ui.theme.palette import DARK
from tests.e2e.desktop import ROOT, Window
from tests.e2e.player import (
    COMMAND,
    FIRST_MOVE,
    LEGS_ROUTINE,
    LONG_LEAD_IN_S,
    SLOW_ROUTINE,
    TINY_ROUTINE,
    Player,
    Trace,
    assert_as_planned,
    read_plan,
    write_routine,
)
from tests.e2e.waiting import wait_until
from tests.e2e.wayland import WaylandDesktop
from tests.e2e.x11 import X11Desktop
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.desktop

SCREEN_SAVER: Final = [sys.executable, "-m", "tests.e2e.screen_saver"]


# Monitors


def test_full_screen_survives_its_monitor_on_x11(tmp_path: Path, data_dir: Path) -> None:
    routine = write_routine(tmp_path, SLOW_ROUTINE)
    # A desktop of its own, with room for monitors of different size.
    with X11Desktop(1600 + 1280, 900) as x11:
        x11.env["STRETCHPLAYER_DATA_DIR"] = str(data_dir)
        with x11.two_screens(left=1600) as unplug, Player(x11, routine, "--rate", "10") as player:
            player.window()
            player.wait_for_beginning()
            move_window(x11, 1620, 40)
            player.window(lambda window: window.x >= 1600)
            x11.key("f")
            player.window(lambda window: (window.x, window.width, window.height) == (1600, 1280, 900))
            unplug()
            player.window(
                lambda window: (
                    (window.x, window.y, window.width, window.height, window.fullscreen) == (0, 0, 1600, 900, True)
                )
            )
            assert player.wait_for_phase(FIRST_MOVE).states == ["prepare", "move"], "it has not been playing on"


def move_window(x11: X11Desktop, x: int, y: int) -> None:
    """Move the window that has the focus, as dragging its title bar would."""
    x11.tool("xdotool", "getactivewindow", "windowmove", str(x), str(y))


def test_full_screen_fills_the_monitor_it_is_brought_to_on_wayland(tmp_path: Path, data_dir: Path) -> None:
    routine = write_routine(tmp_path, SLOW_ROUTINE)
    # sway 1.7 can't unplug a monitor, but what was on it then comes to another one in the same way. A desktop of its
    # own, since the second monitor stays.
    with WaylandDesktop() as wayland:
        wayland.env["STRETCHPLAYER_DATA_DIR"] = str(data_dir)
        wayland.command("create_output")
        wayland.command("output HEADLESS-1 position 0 0")
        wayland.command(f"output HEADLESS-2 resolution 1280x720 position {wayland.width} 0")
        wayland.command("focus output HEADLESS-2")
        empty = wayland.picture().pixel(1, 1)

        def wait_for_picture(right: int, bottom: int) -> None:
            """Wait for the window in this corner. Until it is drawn, the window isn't told on which monitor it is."""
            what = f"the window to be seen at {right}, {bottom}"
            player.wait(lambda: wayland.picture().pixel(right - 2, bottom - 2) != empty, what)

        with Player(wayland, routine, "--rate", "10") as player:
            window = player.window(lambda window: window.x >= wayland.width)
            wait_for_picture(window.x + window.width, window.y + window.height)
            player.wait_for_beginning()
            wayland.key("f")
            player.window(lambda window: (window.x, window.width, window.height) == (wayland.width, 1280, 720))
            wait_for_picture(wayland.width + 1280, 720)
            wayland.command("move workspace to output HEADLESS-1")
            player.window(lambda window: (window.x, window.width, window.height) == (0, wayland.width, wayland.height))
            wait_for_picture(wayland.width, wayland.height)
            assert player.wait_for_phase(FIRST_MOVE).states == ["prepare", "move"], "it has not been playing on"


# Sound


def test_without_a_sound_server_the_window_says_so_once(x11: X11Desktop, tmp_path: Path) -> None:
    routine = write_routine(tmp_path, SLOW_ROUTINE, LONG_LEAD_IN_S)
    env = {"PULSE_SERVER": f"unix:{tmp_path / 'nobody-listens'}"}
    with Player(x11, routine, "--exit", env=env) as player:
        player.allowed_problems.append(r"pa_context_connect\(\) failed")
        window = player.window()
        player.wait(lambda: notice_height(player.picture(), window), "the window to say that there is no sound")
        height = notice_height(player.picture(), window)
        x11.key("Right")
        player.wait_for_states("prepare", "move")
        assert notice_height(player.picture(), window) == height, "it is said once more"
        x11.key("Down", "Down")
        assert player.exit_code() == 0
        assert player.trace.states == ["prepare", "move", "transition", "finished"]


def test_a_sound_server_that_dies_does_not_take_the_session_along(
    x11: X11Desktop, own_sound_server: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    routine = write_routine(tmp_path, SLOW_ROUTINE, LONG_LEAD_IN_S)
    env = {"PULSE_SERVER": f"unix:{tmp_path / 'sound'}"}
    with Player(x11, routine, "--exit", env=env) as player:
        player.wait(lambda: player.trace.of("cue"), "the first tone")
        window = player.window()
        assert notice_height(player.picture(), window) == 0
        own_sound_server.kill()
        own_sound_server.wait()
        player.allowed_problems.append(r"pa_context_connect\(\) failed")
        x11.key("Right", "Right", "Right")  # to a tone
        player.wait(lambda: player.has_logged(r"pa_context_connect\(\) failed"), "the tone to fail")
        x11.key("Right")  # to the next tone
        player.wait(lambda: notice_height(player.picture(), window), "the window to say that there is no sound")
        x11.key("Down", "Down")
        assert player.exit_code() == 0
        player.wait_for_outcome("finished")


@pytest.fixture
def own_sound_server(x11: X11Desktop, tmp_path: Path) -> "subprocess.Popen[str]":
    """A sound server that a test may kill; it listens at `sound` in the test's folder."""
    # It complains about root, and about being without a person's files, which is the idea.
    x11.allowed_noise.append(r"^[WEN]: \[pulseaudio\]")
    modules = ("module-null-sink", f"module-native-protocol-unix socket={tmp_path / 'sound'} auth-anonymous=1")
    options = ("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no")
    command = ["pulseaudio", *options, *(f"--load={module}" for module in modules)]
    # On the session bus there can be only one.
    process = x11.start(command, env={"XDG_RUNTIME_DIR": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": "disabled:"})
    wait_until((tmp_path / "sound").is_socket, "the sound server")
    return process


def notice_height(picture: QImage, window: Window) -> int:
    """How high the line is that tells the person something, 0 without one: its left edge is coloured."""
    column = [picture.pixelColor(window.x + 2, window.y + y).name() for y in range(window.height)]
    return column.count(DARK.movement.lower())


# The screen


def test_the_screen_stays_on_while_a_session_plays(x11: X11Desktop, tmp_path: Path) -> None:
    routine = write_routine(tmp_path, TINY_ROUTINE)
    service = x11.start(SCREEN_SAVER)
    wait_until(lambda: x11.output(service), "the screen saver")
    with Player(x11, routine, "--rate", "4") as player:
        player.wait(lambda: "Inhibit" in x11.output(service), "the screen saver to be held off")
        assert "UnInhibit" not in x11.output(service)
        player.wait_for_states("finished")
        player.wait(lambda: "UnInhibit" in x11.output(service), "the screen saver to be let go")
    told = [line.split()[0] for line in x11.output(service).splitlines()]
    # It is also asked whether it locks the screen, by who waits for the person to be back.
    assert [each for each in told if each != "GetActive"] == ["ready", "Inhibit", "UnInhibit"]
    assert "UnInhibit 7\n" in x11.output(service)


# The display


def test_without_a_display_the_session_plays_in_the_terminal(tmp_path: Path, data_dir: Path) -> None:
    routine = write_routine(tmp_path, LEGS_ROUTINE)
    trace = tmp_path / "trace.jsonl"
    done = subprocess.run(
        [*COMMAND, "start", routine, "--rate", "20", "--exit", "--trace", str(trace)],
        cwd=ROOT,
        env=without_display(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == "There is no display, so the session plays here in the terminal.\n"
    assert "Hold your left leg." in done.stdout
    assert_as_planned(read_plan(routine, data_dir), Trace.read(trace))


def test_a_display_that_does_not_answer_is_none(tmp_path: Path) -> None:
    routine = write_routine(tmp_path, TINY_ROUTINE)
    done = subprocess.run(
        [*COMMAND, "start", routine, "--rate", "20"],
        cwd=ROOT,
        env=without_display() | {"DISPLAY": ":4711"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == "The display :4711 doesn't answer, so the session plays here in the terminal.\n"


def without_display() -> dict[str, str]:
    """The environment of a machine without a desktop, and without sound."""
    return {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
