"""What keys do during a session. Any key without a meaning of its own pauses and resumes."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

Key = Qt.Key


class KeyCommand(StrEnum):
    TOGGLE = "toggle"
    PAUSE = "pause"
    NEXT = "next"
    BACK = "back"
    RESTART_SIDE = "restart_side"
    SKIP_STRETCH = "skip_stretch"
    LEAVE = "leave"
    STOP = "stop"
    FULLSCREEN = "fullscreen"


_MEANINGS: Final = {
    Key.Key_Right: KeyCommand.NEXT,
    Key.Key_PageDown: KeyCommand.NEXT,
    Key.Key_MediaNext: KeyCommand.NEXT,
    Key.Key_Left: KeyCommand.BACK,
    Key.Key_PageUp: KeyCommand.BACK,
    Key.Key_MediaPrevious: KeyCommand.BACK,
    Key.Key_Up: KeyCommand.RESTART_SIDE,
    Key.Key_Down: KeyCommand.SKIP_STRETCH,
    Key.Key_Escape: KeyCommand.LEAVE,
    Key.Key_MediaStop: KeyCommand.STOP,
    Key.Key_MediaPause: KeyCommand.PAUSE,
    Key.Key_F: KeyCommand.FULLSCREEN,
    Key.Key_F11: KeyCommand.FULLSCREEN,
}
"""PageUp and PageDown are what presentation clickers send."""

_WITHOUT_MEANING: Final = frozenset(
    {
        Key.Key_Shift, Key.Key_Control, Key.Key_Alt, Key.Key_AltGr, Key.Key_Meta, Key.Key_Super_L, Key.Key_Super_R,
        Key.Key_Hyper_L, Key.Key_Hyper_R, Key.Key_CapsLock, Key.Key_NumLock, Key.Key_ScrollLock, Key.Key_Tab,
        Key.Key_Backtab, Key.Key_VolumeUp, Key.Key_VolumeDown, Key.Key_VolumeMute, Key.Key_MicMute, Key.Key_Print,
        Key.Key_SysReq, Key.Key_MonBrightnessUp, Key.Key_MonBrightnessDown, Key.Key_KeyboardBrightnessUp,
        Key.Key_KeyboardBrightnessDown, Key.Key_PowerOff, Key.Key_PowerDown, Key.Key_Sleep, Key.Key_Suspend,
        Key.Key_WakeUp, Key.Key_Mode_switch, Key.Key_Multi_key, Key.Key_unknown,
    }
)  # fmt: skip
"""Modifiers and keys of the focus or the system, which never control the session."""

_SHORTCUT_MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def command_for(event: QKeyEvent) -> KeyCommand | None:
    """The command of a key press, None if it has none."""
    key = Key(event.key())
    if event.isAutoRepeat() or key in _WITHOUT_MEANING or event.modifiers() & _SHORTCUT_MODIFIERS:
        return None
    return _MEANINGS.get(key, KeyCommand.TOGGLE)
