"""A session on a desktop of which some part has been stopped."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

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
        with Player(desktop, "--rate", "20", "--exit") as player:
            assert player.exit_code() == 0
