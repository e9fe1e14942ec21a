"""Keeping the screen on through a compositor that is played by hand. A real one is in tests/e2e."""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from stretchplayer.desktop import wayland_inhibit
from stretchplayer.desktop.wayland_inhibit import COMPOSITOR, MANAGER, wayland_inhibitor
from stretchplayer.desktop.wayland_wire import DISPLAY
from tests.desktop.presence.test_wayland_idle import Compositor
from tests.posix import not_on_windows


@pytest.fixture
def compositor(tmp_path: Path) -> Iterator[Compositor]:
    made = Compositor(tmp_path / "wayland")
    yield made
    made.close()


def play(part: Callable[[], None]) -> Thread:
    thread = Thread(target=part)
    thread.start()
    return thread


def test_it_lasts_until_it_is_closed(compositor: Compositor) -> None:
    def agree() -> None:
        compositor.offer("wl_seat", COMPOSITOR, MANAGER)
        compositor.say(wayland_inhibit.INHIBITED, 0, struct.pack("=I", 0))

    thread = play(agree)
    with wayland_inhibitor(compositor.path):
        thread.join()
        heard = compositor.connected.recv(4096)
        asked = struct.pack("=IIII", wayland_inhibit.MANAGER_ID, 16 << 16 | 1, 7, wayland_inhibit.SURFACE_ID)
        assert asked in heard
        assert not compositor.is_left()
    assert compositor.is_left()


def test_a_compositor_that_can_t_says_so(compositor: Compositor) -> None:
    thread = play(lambda: compositor.offer(COMPOSITOR))
    with pytest.raises(OSError, match="no idle inhibition"), wayland_inhibitor(compositor.path):
        pass
    thread.join()


def test_a_compositor_may_refuse(compositor: Compositor) -> None:
    def refuse() -> None:
        compositor.offer(COMPOSITOR, MANAGER)
        compositor.say(DISPLAY, 0, b"no!!")

    thread = play(refuse)
    with pytest.raises(OSError, match="refused"), wayland_inhibitor(compositor.path):
        pass
    thread.join()


def test_or_hang_up(compositor: Compositor) -> None:
    def hang_up() -> None:
        assert compositor.connected.recv(4096)
        compositor.close()

    thread = play(hang_up)
    with pytest.raises(OSError, match="hung up"), wayland_inhibitor(compositor.path):
        pass
    thread.join()


@not_on_windows("Windows has no such sockets")
def test_without_a_compositor_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), wayland_inhibitor(tmp_path / "none"):
        pass
