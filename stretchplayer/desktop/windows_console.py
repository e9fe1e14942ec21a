"""Single keys from a console of Windows (learn.microsoft.com: ReadConsoleInput, KEY_EVENT_RECORD).

Python's `msvcrt.getwch` tells a key without a letter in two parts, the first of which is the "à" of French keyboards.
"""

import ctypes
from collections.abc import Iterator, Mapping
from typing import Any, Final

STD_INPUT_HANDLE: Final = -10
KEY_EVENT: Final = 1
KEYS: Final[Mapping[int, str]] = {
    0x1B: "escape",
    0x21: "page_up",
    0x22: "page_down",
    0x25: "left",
    0x26: "up",
    0x27: "right",
    0x28: "down",
}
"""Virtual key codes."""
MODIFIERS: Final = frozenset({0x10, 0x11, 0x12, 0x14, 0x5B, 0x5C, 0x90, 0x91})
"""Shift, Ctrl, Alt, Caps Lock, the keys with the Windows logo, Num Lock and Scroll Lock: no keys of their own."""


class KeyEvent(ctypes.Structure):
    """INPUT_RECORD with a KEY_EVENT_RECORD in it."""

    _fields_ = (
        ("kind", ctypes.c_uint16),
        ("is_down", ctypes.c_int32),
        ("repeats", ctypes.c_uint16),
        ("key", ctypes.c_uint16),
        ("scan_code", ctypes.c_uint16),
        ("letter", ctypes.c_uint16),
        ("state", ctypes.c_uint32),
    )


def pressed_keys(kernel32: Any) -> Iterator[str]:  # noqa: ANN401 -- ctypes.windll.kernel32, which only Windows has
    """Yield the keys that have been pressed since the last time, named as by `TerminalKeys`."""
    console = ctypes.c_void_p(kernel32.GetStdHandle(STD_INPUT_HANDLE))
    event, waiting = KeyEvent(), ctypes.c_uint32()
    while kernel32.GetNumberOfConsoleInputEvents(console, ctypes.byref(waiting)) and waiting.value:
        if not kernel32.ReadConsoleInputW(console, ctypes.byref(event), 1, ctypes.byref(waiting)):
            return
        if event.kind == KEY_EVENT and event.is_down and event.key not in MODIFIERS:
            yield KEYS.get(event.key) or (chr(event.letter) if event.letter else "function")
