"""Keeps the screen on by the compositor's idle-inhibit protocol (wayland.app/protocols/idle-inhibit-unstable-v1).

An inhibitor belongs to a surface. Qt doesn't lend us the window's, so it gets one of its own without a content, which
sway, Hyprland and others of their kind take for visible. GNOME and KDE have services on the bus for this.
"""

from pathlib import Path
from typing import Final, Self

from stretchplayer.desktop import wayland_wire as wire
from stretchplayer.desktop.tools import ANSWER_WITHIN_S

COMPOSITOR: Final = "wl_compositor"
MANAGER: Final = "zwp_idle_inhibit_manager_v1"
COMPOSITOR_ID, SURFACE_ID, MANAGER_ID, INHIBITOR_ID, INHIBITED = range(wire.REGISTRY_DONE + 1, wire.REGISTRY_DONE + 6)
CREATE_SURFACE: Final = 0
CREATE_INHIBITOR: Final = 1


class WaylandInhibitor:
    """Inhibits from when it is made until it is closed; OSError where that isn't possible."""

    def __init__(self, path: Path) -> None:
        self._offers: dict[str, int] = {}
        self._socket = wire.unix_socket()
        try:
            self._inhibit(path)
        except BaseException:
            self._socket.close()
            raise

    def _inhibit(self, path: Path) -> None:
        self._socket.settimeout(ANSWER_WITHIN_S)
        self._socket.connect(str(path))
        self._socket.sendall(
            wire.message(wire.DISPLAY, wire.GET_REGISTRY, wire.REGISTRY)
            + wire.message(wire.DISPLAY, wire.SYNC, wire.REGISTRY_DONE)
        )
        self._read_until(wire.REGISTRY_DONE)
        if not {COMPOSITOR, MANAGER} <= self._offers.keys():
            raise OSError("the compositor has no idle inhibition")
        self._socket.sendall(
            wire.bind(self._offers[COMPOSITOR], COMPOSITOR, COMPOSITOR_ID)
            + wire.message(COMPOSITOR_ID, CREATE_SURFACE, SURFACE_ID)
            + wire.bind(self._offers[MANAGER], MANAGER, MANAGER_ID)
            + wire.message(MANAGER_ID, CREATE_INHIBITOR, INHIBITOR_ID, SURFACE_ID)
            + wire.message(wire.DISPLAY, wire.SYNC, INHIBITED)
        )
        self._read_until(INHIBITED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def _read_until(self, last: int) -> None:
        sender = 0
        while sender != last:
            sender, size_and_event = wire.HEADER.unpack(self._read(wire.HEADER.size))
            size, event = divmod(size_and_event, 1 << 16)
            arguments = self._read(max(0, size - wire.HEADER.size))
            if sender == wire.DISPLAY and event == wire.DISPLAY_ERROR:
                raise OSError(f"the compositor refused: {arguments!r}")
            if sender == wire.REGISTRY and event == 0:
                interface, number = wire.offered(arguments)
                self._offers[interface] = number

    def _read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self._socket.recv(size - len(data))
            if not more:
                raise OSError("the compositor has hung up")
            data += more
        return data
