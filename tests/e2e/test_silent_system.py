"""A session on a desktop of which some part has been stopped."""

import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest

from stretchplayer.desktop.inhibit import keep_by_display
from tests.e2e.desktop import Desktop
from tests.e2e.player import TINY_ROUTINE, Player, write_routine
from tests.e2e.waiting import wait_until

pytestmark = pytest.mark.desktop
Bus = Callable[[Path], AbstractContextManager[None]]


@contextmanager
def silent_bus(path: Path) -> Iterator[None]:
    """A bus that lets nobody in."""
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(path))
        bus.listen()
        yield


@contextmanager
def stopped_bus(path: Path) -> Iterator[None]:
    """A bus that hangs."""
    command = ["dbus-daemon", "--session", "--nofork", f"--address=unix:path={path}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as bus:
        try:
            wait_until(path.is_socket, "the bus")
            bus.send_signal(signal.SIGSTOP)
            yield
        finally:
            bus.kill()


@pytest.mark.parametrize("bus", [silent_bus, stopped_bus])
def test_a_bus_that_never_answers_keeps_no_session_from_beginning(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bus: Bus
) -> None:
    routine = write_routine(tmp_path, TINY_ROUTINE)
    with bus(tmp_path / "bus"):
        monkeypatch.setitem(desktop.env, "DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'bus'}")
        with Player(desktop, routine, "--rate", "10", "--exit") as player:
            player.wait_for_beginning()
            assert player.exit_code() == 0
            assert player.trace.states == ["prepare", "hold", "release", "finished"]


def test_the_display_itself_keeps_the_screen_on(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
        if name in desktop.env:
            monkeypatch.setenv(name, desktop.env[name])
    with ExitStack() as held:
        assert keep_by_display(held)
