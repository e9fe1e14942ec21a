"""Requests to X11 window managers that Qt doesn't make: to focus a window, to keep one off taskbars.

A window manager with focus stealing prevention (KWin, Mutter) leaves the focus where the person typed last, and only
marks a window that asks for it as urgent. The person did ask, but in another process, the one that was started a second
time. Taskbars and `wmctrl` have a message for that: _NET_ACTIVE_WINDOW with source indication 2
(https://specifications.freedesktop.org/wm-spec/latest/ar01s03.html).

A small window that comes and goes by itself has no place in a taskbar. Qt only marks it as a utility window, which some
taskbars list, so it also gets _NET_WM_STATE_SKIP_TASKBAR and _SKIP_PAGER (ar01s05.html there).
"""

import logging
from typing import Final

from stretchplayer.desktop.x11.xcb import XServer

_APPLICATION: Final = 1
_PAGER: Final = 2
"""Source indications: who is asking."""
_ADD: Final = 1

log = logging.getLogger(__name__)


def ask_for_focus(window: int) -> None:
    _send(window, "_NET_ACTIVE_WINDOW", _PAGER)


def keep_off_taskbars(window: int) -> None:
    _send(window, "_NET_WM_STATE", _ADD, "_NET_WM_STATE_SKIP_TASKBAR", "_NET_WM_STATE_SKIP_PAGER", _APPLICATION)


def _send(window: int, kind: str, *data: int | str) -> None:
    """Send the window manager a message about a window; names in it become atoms."""
    try:
        with XServer() as server:
            numbers = [server.atom(each) if isinstance(each, str) else each for each in data]
            server.tell_window_manager(window, kind, *numbers)
    except OSError as error:
        log.info("the window manager can't be asked: %s", error)
