"""What window managers of X11 are asked because Qt doesn't: to give a window the focus, to keep it off taskbars.

A window manager that guards the focus (KWin and Mutter do) leaves it where the person typed last, and only lets a
window that asks for it blink. The person did ask, but in another program, the one that was started a second time; for
that there is a message of its own, which taskbars and `wmctrl` send: _NET_ACTIVE_WINDOW with source indication 2
(https://specifications.freedesktop.org/wm-spec/latest/ar01s03.html).

A small window that comes and goes by itself has no place in a taskbar. Qt tells only that it is a tool, which some
taskbars list; so it is also said that they shall not (_NET_WM_STATE, ar01s05.html there).
"""

import logging
from typing import Final

from stretchplayer.desktop.x11.xcb import XServer

_APPLICATION: Final = 1
_PAGER: Final = 2
"""As what one asks, the source indication."""
_ADD: Final = 1

log = logging.getLogger(__name__)


def ask_for_focus(window: int) -> bool:
    """Ask the window manager of DISPLAY to give the window the focus; whether it could be asked."""
    return _send(window, "_NET_ACTIVE_WINDOW", _PAGER)


def keep_off_taskbars(window: int) -> bool:
    """Ask it to let taskbars and pagers not show the window, which is on the screen; whether it could be asked."""
    return _send(window, "_NET_WM_STATE", _ADD, "_NET_WM_STATE_SKIP_TASKBAR", "_NET_WM_STATE_SKIP_PAGER", _APPLICATION)


def _send(window: int, kind: str, *data: int | str) -> bool:
    """Send the window manager a message about a window; names in it become atoms."""
    try:
        with XServer() as server:
            numbers = [server.atom(each) if isinstance(each, str) else each for each in data]
            server.tell_window_manager(window, kind, *numbers)
    except OSError as error:
        log.info("the window manager can't be asked: %s", error)
        return False
    return True
