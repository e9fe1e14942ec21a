"""A session on a desktop of which some part has been stopped."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from stretchplayer.desktop.inhibit import keep_by_display
from tests.e2e.desktop import Desktop
from tests.e2e.player import Player

pytestmark = pytest.mark.desktop


@contextmanager
def silent_bus(path: Path) -> Iterator[str]:
    """The address of a bus that lets nobody in."""
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(path))
        bus.listen()
        yield f"unix:path={path}"


def test_a_bus_that_never_answers_keeps_nobody_waiting(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with silent_bus(tmp_path / "bus") as address:
        monkeypatch.setitem(desktop.env, "DBUS_SESSION_BUS_ADDRESS", address)
        with Player(desktop, "--rate", "100", "--exit") as player:
            assert player.exit_code() == 0


def test_the_display_itself_keeps_the_screen_on(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
        if name in desktop.env:
            monkeypatch.setenv(name, desktop.env[name])
    with ExitStack() as held:
        assert keep_by_display(held)
