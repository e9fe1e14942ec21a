"""What a Wayland compositor, played by hand, tells of the person."""

import socket
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop import wayland_wire
from stretchplayer.desktop.presence import wayland_idle
from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS
from stretchplayer.desktop.presence.wayland_idle import WaylandIdle
from stretchplayer.desktop.services import DesktopServices
from stretchplayer.desktop.wayland_wire import display_path
from stretchplayer.reminders.presence import Presence
from tests.posix import unix_socket


class Compositor:
    """One played by hand, on the other end of a socket."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._listening = unix_socket()
        self._listening.bind(str(path))
        self._listening.listen()
        self._connected: socket.socket | None = None

    @property
    def connected(self) -> socket.socket:
        if self._connected is None:
            self._connected, _ = self._listening.accept()
        return self._connected

    def say(self, sender: int, event: int, arguments: bytes = b"") -> None:
        """Send an event."""
        self.connected.sendall(struct.pack("=II", sender, (8 + len(arguments)) << 16 | event) + arguments)

    def offer(self, *interfaces: str) -> None:
        """Tell of all there is."""
        for name, interface in enumerate(interfaces, start=11):
            text = interface.encode() + b"\0"
            text = struct.pack("=I", len(text)) + text + bytes(-len(text) % 4)
            self.say(wayland_wire.REGISTRY, 0, struct.pack("=I", name) + text + struct.pack("=I", 1))
        self.say(wayland_wire.REGISTRY_DONE, 0, struct.pack("=I", 0))

    def is_left(self) -> bool:
        """Whether the program has hung up."""
        self.connected.setblocking(False)
        try:
            return not self.connected.recv(4_096)
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True

    def close(self) -> None:
        if self._connected is not None:
            self._connected.close()
        self._listening.close()


@pytest.fixture
def compositor(tmp_path: Path) -> Iterator[Compositor]:
    compositor = Compositor(tmp_path / "wayland-7")
    yield compositor
    compositor.close()


def found(probe: WaylandIdle) -> Presence | None:
    """What is known now."""
    answers: list[Presence | None] = []
    probe.look(answers.append)
    return answers[0]


def test_newer_compositors_are_asked_by_the_standard(compositor: Compositor, qapp: QApplication, qtbot: QtBot) -> None:
    probe = WaylandIdle(compositor.path, lambda: None, qapp)
    compositor.offer("wl_seat", "org_kde_kwin_idle", "ext_idle_notifier_v1")
    asked = struct.pack("=IIIII", wayland_idle.NOTIFIER, 20 << 16 | 1, 6, AWAY_AFTER_MS, wayland_idle.SEAT)
    sent = bytearray()
    compositor.connected.setblocking(False)

    def read() -> bool:
        try:
            sent.extend(compositor.connected.recv(4_096))
        except BlockingIOError:
            return False
        return bytes(sent).endswith(asked)

    qtbot.waitUntil(read)
    compositor.say(wayland_idle.NOTIFICATION, 0)
    qtbot.waitUntil(lambda: found(probe) is Presence.AWAY)
    compositor.say(wayland_idle.NOTIFICATION, 1)
    qtbot.waitUntil(lambda: found(probe) is None)
    compositor.say(wayland_idle.NOTIFICATION, 0)
    qtbot.waitUntil(lambda: found(probe) is Presence.AWAY)
    compositor.close()
    qtbot.waitUntil(lambda: found(probe) is None)
    probe.close()


@pytest.mark.parametrize(
    "speak",
    [
        lambda compositor: compositor.offer("wl_seat", "wl_output"),
        lambda compositor: compositor.offer("ext_idle_notifier_v1"),
        lambda compositor: compositor.say(wayland_wire.DISPLAY, 0, bytes(12)),
        lambda compositor: compositor.connected.sendall(bytes(8)),
    ],
    ids=["no notifier", "no seat", "refuses", "nonsense"],
)
def test_a_compositor_that_can_t_tell_is_let_go(
    compositor: Compositor, qapp: QApplication, qtbot: QtBot, speak: Callable[[Compositor], None]
) -> None:
    probe = WaylandIdle(compositor.path, lambda: None, qapp)
    speak(compositor)
    qtbot.waitUntil(compositor.is_left)
    assert found(probe) is None


def test_without_a_compositor_nothing_is_known(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(WaylandIdle(tmp_path / "none", lambda: None, qapp)) is None
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert display_path() is None


def test_it_is_one_of_the_senses_on_wayland(
    compositor: Compositor, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", str(compositor.path))
    monkeypatch.setenv("PATH", "")  # no tools are asked
    services = DesktopServices(qapp, system="linux")
    answers: list[Presence] = []
    services.presence.changed.connect(lambda: answers.append(services.presence.presence()))
    services.presence.watch(on=True)
    compositor.offer("wl_seat", "org_kde_kwin_idle")
    compositor.say(wayland_idle.NOTIFICATION, 0)
    qtbot.waitUntil(lambda: answers[-1:] == [Presence.AWAY])
    services.close()
