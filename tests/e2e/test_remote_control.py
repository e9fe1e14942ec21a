"""One program, asked from outside: a second start, commands, floods, and what is left after a kill."""

import json
import re
import signal
import socket
import struct
import subprocess
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Final

import pytest

from stretchplayer.desktop.ipc.address import socket_address
from stretchplayer.settings import Settings
from stretchplayer.storage.settings import SettingsFile
from tests.e2e.desktop import ROOT, Desktop
from tests.e2e.metronome import metronome
from tests.e2e.player import (
    COMMAND,
    FIRST_MOVE,
    LEGS_ROUTINE,
    SECOND_MOVE,
    SLOW_ROUTINE,
    TITLE,
    Player,
    assert_as_planned,
    assert_keeps_time,
    read_plan,
    status_of,
    write_routine,
)
from tests.e2e.waiting import wait_until
from tests.e2e.wayland import WaylandDesktop
from tests.e2e.x11 import X11Desktop
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.desktop

BARE_WINDOW: Final = ["python", "-m", "tests.e2e.bare_window"]
CONNECTIONS: Final = 10_000
RATE: Final = 4
"""How fast the sessions play: a flood takes a few seconds, and the slow routine's first phase needn't."""
Ask = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def ask(desktop_of_test: Desktop) -> Ask:
    """Runs a command to its end."""

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [*COMMAND, *arguments]
        env = desktop_of_test.env
        return subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )

    return run


@pytest.fixture
def desktop_of_test(request: pytest.FixtureRequest) -> Desktop:
    """The desktop that the test asks for."""
    name = "desktop" if "desktop" in request.fixturenames else "x11"
    found = request.getfixturevalue(name)
    assert isinstance(found, Desktop)
    return found


def address_on(desktop: Desktop) -> str:
    address = socket_address(Path(desktop.env["STRETCHPLAYER_DATA_DIR"]), desktop.env)
    assert address is not None
    return address


def wait_until_asked(desktop: Desktop) -> None:
    wait_until(lambda: status_of(desktop), "the program to listen")


def own_windows(desktop: Desktop) -> list[int]:
    return [window.pid for window in desktop.windows() if window.title == TITLE]


# One program


@pytest.fixture(params=["x11", "fresh_wayland"])
def desktop(request: pytest.FixtureRequest) -> Desktop:
    """One after the other. Once a pointer has moved, sway gives the focus to those only whom it was over."""
    lent = request.getfixturevalue(request.param)
    assert isinstance(lent, Desktop)
    return lent


def test_a_second_start_shows_the_first(desktop: Desktop, ask: Ask, data_dir: Path) -> None:
    SettingsFile(data_dir).save(Settings(introduced=True, safety_shown=True))
    with Player(desktop) as player:
        player.window()
        wait_until_asked(desktop)
        desktop.start([COMMAND[0], *BARE_WINDOW[1:]])
        desktop.wait_for_window("bare window", lambda window: window.focused)
        done = ask()
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        if isinstance(desktop, X11Desktop):
            player.window()
            desktop.tool("xdotool", "getactivewindow", "windowminimize")
            desktop.wait_for_window("bare window", lambda window: window.focused)
            assert ask().returncode == 0
            player.window()
        elif isinstance(desktop, WaylandDesktop):
            # Only the compositor gives the focus, and this one does so only when it is told to.
            desktop.command("focus_on_window_activation focus")
            try:
                assert ask().returncode == 0
                player.window()
            finally:
                desktop.command("focus_on_window_activation urgent")
        assert own_windows(desktop) == [player.process.pid]
        assert ask("--background").returncode == 0


def test_the_token_of_a_second_start_reaches_the_compositor(fresh_wayland: WaylandDesktop, data_dir: Path) -> None:
    wayland = fresh_wayland
    SettingsFile(data_dir).save(Settings(introduced=True, safety_shown=True))
    with Player(wayland) as player:
        player.window()
        wait_until_asked(wayland)
        wayland.start([COMMAND[0], *BARE_WINDOW[1:]])
        wayland.wait_for_window("bare window", lambda window: window.focused)
        wayland.command("focus_on_window_activation focus")
        try:
            # A token the compositor doesn't know gets no focus, and is used up: the next start has none and does.
            refused = wayland.run(env={"XDG_ACTIVATION_TOKEN": "not-known"})
            assert refused.wait(PATIENCE_S) == 0
            assert wayland.wait_for_window("bare window").focused
            assert wayland.run().wait(PATIENCE_S) == 0
            player.window()
        finally:
            wayland.command("focus_on_window_activation urgent")


def test_two_starts_at_once_are_one_window(x11: X11Desktop) -> None:
    starts = [x11.run() for _ in range(3)]

    def ended() -> list[int]:
        return [start.wait() for start in starts if start.poll() is not None]

    wait_until(lambda: len(ended()) == 2, "all but one to end")
    assert ended() == [0, 0]
    window = x11.wait_for_window(TITLE, lambda window: window.focused)
    assert own_windows(x11) == [window.pid]
    assert window.pid == next(start.pid for start in starts if start.poll() is None)


def error_in_window(x11: X11Desktop, *arguments: str) -> str:
    """What a start without a terminal complains of, and shows in a window until Esc is pressed."""
    start = x11.run(*arguments)
    x11.wait_for_window(TITLE, lambda window: window.pid == start.pid and window.focused)
    x11.key("Escape")
    assert start.wait(PATIENCE_S) == 1
    error = x11.errors(start)
    x11.allowed_noise.append(re.escape(error.strip()))
    return error


def test_a_program_that_hangs_is_told_of_and_one_that_was_killed_replaced(x11: X11Desktop, ask: Ask) -> None:
    with Player(x11) as player:
        player.window()
        wait_until_asked(x11)
        player.process.send_signal(signal.SIGSTOP)
        sentence = "Stretch Player is running but doesn't answer; quit it, or wait until it does.\n"
        assert error_in_window(x11) == sentence
        player.process.kill()
        player.process.wait()
    assert Path(address_on(x11)).is_socket(), "what it left behind is the point"
    assert ask("status").returncode == 3
    with Player(x11) as again:
        again.wait(lambda: ask("status").returncode == 0, "the next one to listen")
        again.window()
        assert ask("quit").returncode == 0
        assert again.exit_code() == 0
    assert not Path(address_on(x11)).exists()


# Commands


def test_every_verb_reaches_a_session(x11: X11Desktop, ask: Ask, tmp_path: Path) -> None:
    routine = write_routine(tmp_path, SLOW_ROUTINE)

    def status() -> Any:  # noqa: ANN401 -- it is JSON
        return json.loads(ask("status", "--json").stdout)

    with Player(x11, routine, "--rate", str(RATE)) as player:
        player.wait_for_phase(FIRST_MOVE)
        wait_until_asked(x11)
        assert ask("next").returncode == 0
        player.wait_for_phase(SECOND_MOVE)
        assert ask("pause").returncode == 0
        player.wait_for_states("move", "paused")
        paused = status()
        assert (paused["running"], paused["state"], paused["routine"]) == (True, "paused", "routine")
        plan = json.loads(ask("plan", routine, "--json").stdout)
        assert paused["phase"] == plan["phases"][SECOND_MOVE]
        assert 0 < paused["remaining_ms"] <= plan["total_ms"] - paused["phase"]["start_ms"]
        assert "20:00" in [slot["time"] for slot in paused["slots"]]
        assert ask("resume").returncode == 0
        player.wait_for_states("paused", "resuming", "move")
        assert ask("toggle").returncode == 0
        player.wait_for_states("resuming", "move", "paused")
        assert ask("back").returncode == 0
        player.wait_for_states("paused", "move")
        assert error_in_window(x11, "start") == "A session is already playing; stop it first.\n"
        assert ask("stop").returncode == 0
        player.wait_for_states("move", "stopped")
        assert ask("stop").stderr == "Nothing is playing.\n"
        assert ask("start", routine, "--fullscreen").returncode == 0
        player.wait_for_states("stopped", "prepare", "move")
        player.window(lambda window: window.fullscreen)
        assert ask("quit").returncode == 0
        assert player.exit_code() == 0
        player.wait_for_outcome("stopped")


def test_a_session_in_the_terminal_is_asked_too(x11: X11Desktop, ask: Ask, tmp_path: Path) -> None:
    with Player(x11, write_routine(tmp_path, SLOW_ROUTINE), "--terminal", "--rate", str(RATE)) as player:
        player.wait_for_phase(FIRST_MOVE)
        wait_until_asked(x11)
        assert ask("pause").returncode == 0
        player.wait_for_states("move", "paused")
        assert ask("snooze").stderr == "There are no reminders here: this program only plays a session.\n"
        assert error_in_window(x11, "start") == "A session is already playing; stop it first.\n"
        window = x11.run()
        x11.allowed_noise.append("already playing in a terminal: this one opens beside it")
        shown = x11.wait_for_window(TITLE)
        assert shown.pid == window.pid
        assert ask("quit").returncode == 0
        assert player.exit_code() == 0
        player.wait_for_outcome("stopped")


# Floods


def test_a_flood_does_not_disturb_a_session(x11: X11Desktop, ask: Ask, tmp_path: Path) -> None:
    routine = write_routine(tmp_path, LEGS_ROUTINE)
    plan = read_plan(routine, tmp_path / "stretchplayer-data")
    with metronome() as machine, Player(x11, routine, "--rate", str(RATE)) as player:
        wait_until_asked(x11)
        files = Path(f"/proc/{player.process.pid}/fd")
        before = len(list(files.iterdir()))
        with ExitStack() as callers:
            phases = len(player.trace.of("phase"))
            while len(player.trace.of("phase")) == phases:  # one has to begin in the flood
                flood(address_on(x11), callers)
            assert ask("status").returncode == 0
        player.wait(lambda: len(list(files.iterdir())) <= before + 2, "the connections to be closed")
        trace = player.wait_for_outcome("finished")
    assert_as_planned(plan, trace)
    assert_keeps_time(plan, trace, RATE, machine)


def flood(address: str, callers: ExitStack) -> None:
    """Connect ten thousand times, and be silent, talk garbage, too long or too slow; some stay until `callers` end."""
    ways = (b"", b"\x00\xff{[\n", b"x" * 5_000, b'{"verb":', b'{"verb":"status"}\n')
    patience = struct.pack("ll", int(PATIENCE_S), 0)
    for number in range(CONNECTIONS):
        caller = socket.socket(socket.AF_UNIX)
        # Until there is room in the queue; a time-out of Python's own would not wait at all.
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)
        caller.connect(address)
        caller.setblocking(False)
        with suppress(BlockingIOError, ConnectionError):  # that one was dropped already
            caller.send(ways[number % len(ways)])
        if number % 100 == 3:
            callers.enter_context(caller)
        else:
            caller.close()
