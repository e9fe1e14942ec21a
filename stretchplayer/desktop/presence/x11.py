"""Whether the person is away or busy, from an X server."""

import os
from collections.abc import Callable

from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS
from stretchplayer.desktop.x11.xcb import XServer
from stretchplayer.reminders.presence import Presence


class X11Presence:
    """Connects when first asked, and again when the connection is lost."""

    def __init__(self, connect: Callable[[], XServer] = XServer) -> None:
        self._connect = connect
        self._server: XServer | None = None

    def find_out(self) -> Presence | None:
        """AWAY, BUSY or None; OSError when there is no X server. Blocks."""
        try:
            self._server = server = self._server or self._connect()
            idle_ms = server.idle_ms()
            if _is_saved(server) or (idle_ms is not None and idle_ms >= AWAY_AFTER_MS):
                return Presence.AWAY
            return Presence.BUSY if _filled_by(server) not in {None, os.getpid()} else None
        except OSError:
            self._server = None
            raise


def _filled_by(server: XServer) -> int | None:
    """The process whose focused window is full screen, 0 if unknown; None when there is no such window."""
    active = server.numbers(server.root, "_NET_ACTIVE_WINDOW")
    if not active or not active[0]:
        return None
    if server.atom("_NET_WM_STATE_FULLSCREEN") not in server.numbers(active[0], "_NET_WM_STATE"):
        return None
    process = server.numbers(active[0], "_NET_WM_PID")
    return process[0] if process else 0


def _is_saved(server: XServer) -> bool:
    """Whether XScreenSaver has locked or blanked the screen, which only the X server knows.

    Seen with 6.06: _SCREENSAVER_STATUS of the root window begins with 0 or the atom LOCK or BLANK, and is left behind
    when the process is killed. While it runs, it has a window with _SCREENSAVER_VERSION.
    """
    status = server.numbers(server.root, "_SCREENSAVER_STATUS")
    if not status or not status[0]:
        return False
    return any(server.has_property(window, "_SCREENSAVER_VERSION") for window in server.children())
