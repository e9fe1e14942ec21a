"""Keeps the screen on by the compositor's idle-inhibit protocol (wayland.app/protocols/idle-inhibit-unstable-v1).

An inhibitor belongs to a surface. Qt doesn't lend us the window's, so it gets one of its own without a content, which
sway, Hyprland and others of their kind take for visible. GNOME and KDE have services on the bus for this.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from typing import Final

from stretchplayer.desktop import wayland_wire as wire
from stretchplayer.desktop.tools import ANSWER_WITHIN_S

COMPOSITOR: Final = "wl_compositor"
MANAGER: Final = "zwp_idle_inhibit_manager_v1"
COMPOSITOR_ID, SURFACE_ID, MANAGER_ID, INHIBITOR_ID, INHIBITED = range(wire.REGISTRY_DONE + 1, wire.REGISTRY_DONE + 6)
CREATE_SURFACE: Final = 0
CREATE_INHIBITOR: Final = 1


@contextmanager
def wayland_inhibitor(path: Path) -> Iterator[None]:
    """A context in which the compositor keeps the screen on; OSError where that isn't possible."""
    with wire.unix_socket() as compositor:
        compositor.settimeout(ANSWER_WITHIN_S)
        compositor.connect(str(path))
        compositor.sendall(wire.ASK_OFFERS)
        events = wire.Events()
        senders = _senders(compositor, events)
        while next(senders) != wire.REGISTRY_DONE:
            pass
        if not {COMPOSITOR, MANAGER} <= events.offers.keys():
            raise OSError("the compositor has no idle inhibition")
        compositor.sendall(
            wire.bind(events.offers[COMPOSITOR], COMPOSITOR, COMPOSITOR_ID)
            + wire.message(COMPOSITOR_ID, CREATE_SURFACE, SURFACE_ID)
            + wire.bind(events.offers[MANAGER], MANAGER, MANAGER_ID)
            + wire.message(MANAGER_ID, CREATE_INHIBITOR, INHIBITOR_ID, SURFACE_ID)
            + wire.message(wire.DISPLAY, wire.SYNC, INHIBITED)
        )
        while next(senders) != INHIBITED:
            pass
        yield


def _senders(compositor: socket, events: wire.Events) -> Iterator[int]:
    """The sender of each event, as they arrive."""
    while data := compositor.recv(4096):
        yield from (sender for sender, _event in events.read(data))
    raise OSError("the compositor has hung up")
