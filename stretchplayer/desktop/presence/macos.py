"""Whether the person is away, from macOS (CGEventSource.h, CGSession.h)."""

import ctypes
from ctypes import c_bool, c_char_p, c_double, c_int32, c_long, c_uint32, c_void_p
from typing import Any, Final

from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS
from stretchplayer.reminders.presence import Presence

COMBINED_STATE: Final = 0
"""kCGEventSourceStateCombinedSessionState."""
ANY_INPUT: Final = 0xFFFFFFFF
"""kCGAnyInputEventType."""
UTF8: Final = 0x08000100
LOCKED: Final = b"CGSSessionScreenIsLocked"
"""A key that is there, and true, while the screen is locked."""
FRAMEWORKS: Final = "/System/Library/Frameworks/{name}.framework/{name}"


class MacPresence:
    """Asks macOS; `graphics` and `foundation` are its libraries CoreGraphics and CoreFoundation."""

    def __init__(self, graphics: Any = None, foundation: Any = None) -> None:  # noqa: ANN401 -- ctypes has no types
        self._graphics = graphics or ctypes.CDLL(FRAMEWORKS.format(name="CoreGraphics"))
        self._foundation = foundation or ctypes.CDLL(FRAMEWORKS.format(name="CoreFoundation"))
        _declare(self._graphics, "CGEventSourceSecondsSinceLastEventType", c_double, c_int32, c_uint32)
        _declare(self._graphics, "CGSessionCopyCurrentDictionary", c_void_p)
        _declare(self._foundation, "CFStringCreateWithCString", c_void_p, c_void_p, c_char_p, c_uint32)
        _declare(self._foundation, "CFDictionaryGetValue", c_void_p, c_void_p, c_void_p)
        _declare(self._foundation, "CFBooleanGetTypeID", c_long)
        _declare(self._foundation, "CFGetTypeID", c_long, c_void_p)
        _declare(self._foundation, "CFBooleanGetValue", c_bool, c_void_p)
        _declare(self._foundation, "CFRelease", None, c_void_p)

    def find_out(self) -> Presence | None:
        """AWAY or None. macOS doesn't report full-screen programs, but holds back notifications itself."""
        idle_s = self._graphics.CGEventSourceSecondsSinceLastEventType(COMBINED_STATE, ANY_INPUT)
        return Presence.AWAY if idle_s * 1000 >= AWAY_AFTER_MS or self._is_locked() else None

    def _is_locked(self) -> bool:
        session = self._graphics.CGSessionCopyCurrentDictionary()
        if not session:
            return False  # not in a session with a screen
        key = self._foundation.CFStringCreateWithCString(None, LOCKED, UTF8)
        value = self._foundation.CFDictionaryGetValue(session, key)
        is_boolean = value and self._foundation.CFGetTypeID(value) == self._foundation.CFBooleanGetTypeID()
        locked = bool(is_boolean and self._foundation.CFBooleanGetValue(value))
        self._foundation.CFRelease(key)
        self._foundation.CFRelease(session)
        return locked


def _declare(library: Any, name: str, result: object, *arguments: object) -> None:  # noqa: ANN401 -- as above
    function = getattr(library, name)
    function.restype, function.argtypes = result, arguments
