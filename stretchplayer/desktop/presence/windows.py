"""Presence on Windows (learn.microsoft.com: GetLastInputInfo, SHQueryUserNotificationState)."""

import ctypes
from typing import Any, Final

from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS
from stretchplayer.desktop.system import windll
from stretchplayer.reminders.presence import Presence

NOT_PRESENT: Final = 1
"""QUNS_NOT_PRESENT: the screen is locked, or another person is logged on."""
BUSY: Final = frozenset({2, 3, 4})
"""QUNS_BUSY (a program fills the screen), QUNS_RUNNING_D3D_FULL_SCREEN, QUNS_PRESENTATION_MODE.

QUNS_QUIET_TIME, the first hour of a new account, and QUNS_APP do not count.
"""
TICKS: Final = 1 << 32
"""GetTickCount wraps around after this many milliseconds, 49.7 days."""


class _LastInput(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint32), ("at", ctypes.c_uint32))


class WindowsPresence:
    """Asks Windows; `libraries` has user32, kernel32 and shell32."""

    def __init__(self, libraries: Any = None) -> None:  # noqa: ANN401 -- ctypes.windll, which is there on Windows only
        self._libraries = libraries or windll()

    def find_out(self) -> Presence | None:
        state = ctypes.c_int(0)
        if self._libraries.shell32.SHQueryUserNotificationState(ctypes.byref(state)) != 0:
            state.value = 0
        if state.value == NOT_PRESENT or self._idle_ms() >= AWAY_AFTER_MS:
            return Presence.AWAY
        return Presence.BUSY if state.value in BUSY else None

    def _idle_ms(self) -> int:
        last = _LastInput(ctypes.sizeof(_LastInput), 0)
        if not self._libraries.user32.GetLastInputInfo(ctypes.byref(last)):
            return 0
        return int(self._libraries.kernel32.GetTickCount() - last.at) % TICKS
