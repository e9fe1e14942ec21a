"""What Windows says of the person, with a stand-in for its libraries."""

import ctypes
from typing import Any

import pytest

from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS
from stretchplayer.desktop.presence.windows import NOT_PRESENT, WindowsPresence
from stretchplayer.reminders.presence import Presence
from tests.posix import not_on_windows

ACCEPTS_NOTIFICATIONS = 5


class Windows:
    """user32, kernel32 and shell32 in one."""

    def __init__(self, state: int, now_ms: int, last_ms: int | None) -> None:
        self.user32 = self.kernel32 = self.shell32 = self
        self._state, self._now_ms, self._last_ms = state, now_ms, last_ms

    def SHQueryUserNotificationState(self, state: Any) -> int:  # noqa: ANN401 -- a pointer
        ctypes.cast(state, ctypes.POINTER(ctypes.c_int))[0] = abs(self._state)
        return 0 if self._state > 0 else -1

    def GetLastInputInfo(self, last: Any) -> int:  # noqa: ANN401 -- a pointer
        fields = ctypes.cast(last, ctypes.POINTER(ctypes.c_uint32))
        assert fields[0] == 8
        fields[1] = self._last_ms or 0
        return int(self._last_ms is not None)

    def GetTickCount(self) -> int:
        return self._now_ms


def test_a_person_who_uses_the_computer_is_there() -> None:
    assert WindowsPresence(Windows(ACCEPTS_NOTIFICATIONS, 400_000, 399_000)).find_out() is None


def test_a_locked_screen_is_away() -> None:
    assert WindowsPresence(Windows(NOT_PRESENT, 400_000, 399_000)).find_out() is Presence.AWAY


def test_a_windows_that_tells_nothing_is_taken_for_a_person_who_is_there() -> None:
    assert WindowsPresence(Windows(-ACCEPTS_NOTIFICATIONS, 400_000, None)).find_out() is None


@pytest.mark.parametrize(
    ("state", "now_ms", "last_ms", "expected"),
    [
        (5, 400_000, 399_000, None),
        (5, 400_000, 400_000 - AWAY_AFTER_MS, Presence.AWAY),
        (5, 1_000, 2**32 - 1_000, None),
        (5, AWAY_AFTER_MS, 2**32 - 1, Presence.AWAY),
        (5, 400_000, None, None),
        (1, 400_000, 399_000, Presence.AWAY),
        (2, 400_000, 399_000, Presence.BUSY),
        (3, 400_000, 399_000, Presence.BUSY),
        (4, 400_000, 399_000, Presence.BUSY),
        (6, 400_000, 399_000, None),
        (-2, 400_000, 399_000, None),
    ],
)
def test_windows(state: int, now_ms: int, last_ms: int | None, expected: Presence | None) -> None:
    assert WindowsPresence(Windows(state, now_ms, last_ms)).find_out() is expected


@not_on_windows("this is Windows")
def test_windows_is_not_asked_elsewhere() -> None:
    with pytest.raises(OSError, match="not Windows"):
        WindowsPresence()
