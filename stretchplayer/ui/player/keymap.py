"""What keys do during a session. Any key a hand may fall on that has no meaning of its own pauses and resumes."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from stretchplayer.ui.widgets.latin_keys import latin_key

Key = Qt.Key


class KeyCommand(StrEnum):
    TOGGLE = "toggle"
    PAUSE = "pause"
    NEXT = "next"
    BACK = "back"
    RESTART_SIDE = "restart_side"
    SKIP_EXERCISE = "skip_exercise"
    LEAVE = "leave"
    STOP = "stop"
    FULLSCREEN = "fullscreen"
    STEPS = "steps"


_MEANINGS: Final = {
    Key.Key_Right: KeyCommand.NEXT,
    Key.Key_PageDown: KeyCommand.NEXT,
    Key.Key_MediaNext: KeyCommand.NEXT,
    Key.Key_Left: KeyCommand.BACK,
    Key.Key_PageUp: KeyCommand.BACK,
    Key.Key_MediaPrevious: KeyCommand.BACK,
    Key.Key_Up: KeyCommand.RESTART_SIDE,
    Key.Key_Down: KeyCommand.SKIP_EXERCISE,
    Key.Key_Escape: KeyCommand.LEAVE,
    Key.Key_MediaStop: KeyCommand.STOP,
    Key.Key_MediaPause: KeyCommand.PAUSE,
    Key.Key_F: KeyCommand.FULLSCREEN,
    Key.Key_F11: KeyCommand.FULLSCREEN,
    Key.Key_L: KeyCommand.STEPS,
}
"""PageUp and PageDown are what presentation clickers send."""

_TEXT: Final = range(Key.Key_Space, Key.Key_Escape)
_ACCENTS: Final = range(Key.Key_Dead_Grave, Key.Key_Dead_Longsolidusoverlay + 1)
_FUNCTION_KEYS: Final = range(Key.Key_F1, Key.Key_F12 + 1)
"""On Linux, keys above F12 belong to the system."""
_OTHERS: Final = frozenset(
    {
        Key.Key_Return, Key.Key_Enter, Key.Key_Backspace, Key.Key_Insert, Key.Key_Delete, Key.Key_Home, Key.Key_End,
        Key.Key_Clear, Key.Key_Menu, Key.Key_MediaPlay, Key.Key_MediaTogglePlayPause,
    }
)  # fmt: skip
"""All others belong to the keyboard, the focus or the system: modifiers, layouts, input methods, brightness …"""

_SHORTCUT_MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def command_for(event: QKeyEvent) -> KeyCommand | None:
    """The command of a key press, None if it has none."""
    key = latin_key(event)
    if event.isAutoRepeat() or event.modifiers() & _SHORTCUT_MODIFIERS:
        return None
    toggles = Key(key) in _OTHERS or any(key in keys for keys in (_TEXT, _ACCENTS, _FUNCTION_KEYS))
    return _MEANINGS.get(Key(key), KeyCommand.TOGGLE if toggles else None)
