"""Whether there is a display to show a window on, checked before Qt is.

Qt aborts the whole program when it can't reach the display.
"""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from stretchplayer.desktop.timed_question import TimedQuestion
from stretchplayer.desktop.wayland_wire import DISPLAY, REGISTRY, SYNC, message, unix_socket
from stretchplayer.desktop.x11.xcb import XServer
from stretchplayer.i18n import _

DISPLAY_ANSWERS_S: Final = 1.0
_NEED_NO_DISPLAY: Final = frozenset({"offscreen", "minimal", "vnc"})


def is_seen(environ: Mapping[str, str]) -> bool:
    """Whether Qt shows windows, rather than drawing them into memory."""
    return environ.get("QT_QPA_PLATFORM", "").split(":")[0] not in _NEED_NO_DISPLAY


def display_problem(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """Return None when a window can be shown, otherwise the reason, as the beginning of a sentence."""
    if platform in {"win32", "darwin"} or not is_seen(environ):
        return None
    wayland, x11 = environ.get("WAYLAND_DISPLAY"), environ.get("DISPLAY")
    if not wayland and not x11:
        return _("There is no display")
    if (wayland and _listens(Path(environ.get("XDG_RUNTIME_DIR", "/run")) / wayland)) or (x11 and _answers(x11)):
        return None
    return _("The display {x11} doesn't answer").format(x11=x11 or wayland)


def _listens(path: Path) -> bool:
    try:
        with unix_socket() as client:
            client.settimeout(DISPLAY_ANSWERS_S)
            client.connect(str(path))
            client.sendall(message(DISPLAY, SYNC, REGISTRY))
            return bool(client.recv(1))
    except OSError:
        return False


def _answers(display: str) -> bool:
    return TimedQuestion(partial(_accepts, display)).is_yes(within_s=DISPLAY_ANSWERS_S)


def _accepts(display: str) -> bool:
    """Whether the X server lets programs in; blocks as long as it doesn't say."""
    try:
        XServer(display).close()
    except OSError:
        return False
    return True
