"""How large a window may be."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME: Final = QSize(16, 40)
"""What a window's frame takes, as long as it has none."""
_PANEL_PX: Final = 48
"""What a panel takes where the system doesn't say: on X11 with several screens, and on Wayland."""


def room_for(window: QWidget) -> QSize:
    """The largest size at which all of the window is on its screen, with its frame and beside the panels."""
    screen = window.screen()
    room = screen.availableSize()
    if room == screen.size():
        room -= QSize(0, _PANEL_PX)
    frame = window.frameGeometry().size() - window.size()
    return room - (_FRAME if frame.isNull() else frame)
