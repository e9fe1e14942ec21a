"""Letters and digits by their place on the keyboard, where the layout types something else there."""

import sys
from typing import Final

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_ROWS: Final = ((0x02, "1234567890"), (0x10, "QWERTYUIOP"), (0x1E, "ASDFGHJKL"), (0x2C, "ZXCVBNM"))
"""The first scan code of each row, the same for Windows and Linux, and what a US keyboard has from there."""
_BY_SCAN_CODE: Final = {first + place: key for first, keys in _ROWS for place, key in enumerate(keys)}
_XKB_OFFSET: Final = 8
"""X11 and Wayland number keys from here."""
_MAC_KEYS: Final = "ASDFHGZXCV BQWERYT123465 97 80 OU IP LJ K    NM"
"""By virtual key: macOS has no scan codes."""
SYSTEM: Final = sys.platform


def latin_key(event: QKeyEvent, system: str = SYSTEM) -> int:
    """The key of an event, or the Latin letter or digit of a US keyboard in its place.

    What types a Latin letter or a digit is that, so that keys do what is printed on them. Only what types another
    letter becomes the letter in its place; any text becomes the digit there, as on French keyboards.
    """
    key = event.key()
    if not Qt.Key.Key_Space < key < Qt.Key.Key_Escape or Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return key
    place = _in_place(event, system)
    if place.isdigit() and not Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return ord(place)
    return ord(place) if place.isalpha() and key > Qt.Key.Key_AsciiTilde else key


def matches(event: QKeyEvent, wanted: QKeySequence.StandardKey | QKeySequence, system: str = SYSTEM) -> bool:
    """Whether it is this shortcut, on any layout."""
    pressed = QKeySequence(QKeyCombination(event.modifiers(), Qt.Key(latin_key(event, system))))
    if isinstance(wanted, QKeySequence):
        return pressed == wanted
    return event.matches(wanted) or pressed in QKeySequence.keyBindings(wanted)


def _in_place(event: QKeyEvent, system: str) -> str:
    if system == "darwin":
        return _MAC_KEYS[event.nativeVirtualKey() :][:1].strip()
    return _BY_SCAN_CODE.get(event.nativeScanCode() - (0 if system == "win32" else _XKB_OFFSET), "")
