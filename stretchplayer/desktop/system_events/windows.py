"""Sleep and the lock on Windows (learn.microsoft.com: WM_POWERBROADCAST, WM_WTSSESSION_CHANGE)."""

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from typing import Any, Final

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtGui import QWindow

from stretchplayer.desktop.system import windll
from stretchplayer.desktop.system_events import SystemEvents

WM_POWERBROADCAST: Final = 0x0218
SUSPENDING: Final = 4
RESUMED: Final = 18
"""PBT_APMRESUMEAUTOMATIC, which comes after every sleep."""
WM_WTSSESSION_CHANGE: Final = 0x02B1
LOCK: Final = 7
UNLOCK: Final = 8
THIS_SESSION: Final = 0
TO_A_WINDOW: Final = 0


class MessageWindow(QWindow):
    """A window that is never shown and passes on the messages it gets."""

    def __init__(self, take: Callable[[int, int], None]) -> None:
        super().__init__()
        self._take = take

    def nativeEvent(self, _kind: QByteArray | bytes | bytearray | memoryview, message: int) -> object:
        found = wintypes.MSG.from_address(int(message))
        self._take(found.message, found.wParam)
        return False, 0


class WindowsEvents(SystemEvents):
    """Asks Windows to tell a window of ours; `libraries` has user32 and wtsapi32."""

    def __init__(self, parent: QObject | None = None, *, libraries: Any = None) -> None:  # noqa: ANN401 -- as windll
        super().__init__(parent)
        self._libraries = libraries or windll()
        self._is_asleep = False
        self.window = MessageWindow(self._on_message)
        self._handle = ctypes.c_void_p(int(self.window.winId()))
        self._libraries.wtsapi32.WTSRegisterSessionNotification(self._handle, THIS_SESSION)
        register = self._libraries.user32.RegisterSuspendResumeNotification
        register.restype = ctypes.c_void_p
        self._sleep = ctypes.c_void_p(register(self._handle, TO_A_WINDOW))

    def _on_message(self, message: int, what: int) -> None:
        if message == WM_WTSSESSION_CHANGE and what in {LOCK, UNLOCK}:
            (self.locked if what == LOCK else self.unlocked).emit()
        elif message == WM_POWERBROADCAST and what in {SUSPENDING, RESUMED}:
            was_asleep, self._is_asleep = self._is_asleep, what == SUSPENDING
            if self._is_asleep is not was_asleep:  # it may be told in two ways
                (self.going_to_sleep if self._is_asleep else self.woken).emit()

    def close(self) -> None:
        self._libraries.user32.UnregisterSuspendResumeNotification(self._sleep)
        self._libraries.wtsapi32.WTSUnRegisterSessionNotification(self._handle)
        self.window.destroy()
