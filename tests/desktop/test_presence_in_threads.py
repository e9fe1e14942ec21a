"""What is found out of the person in a thread, and on other systems, with stand-ins for their libraries."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.presence import worker_probe
from stretchplayer.desktop.presence.macos import MacPresence
from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS
from stretchplayer.desktop.presence.windows import WindowsPresence
from stretchplayer.desktop.presence.worker_probe import WorkerProbe
from stretchplayer.reminders.presence import Presence

AWAY_S = AWAY_AFTER_MS // 1000


@pytest.fixture
def found() -> list[Presence | None]:
    return []


def test_a_look_in_a_thread_is_answered_in_ours(qapp: QApplication, qtbot: QtBot, found: list[Presence | None]) -> None:
    sense = WorkerProbe(lambda: Presence.AWAY, qapp)
    sense.look(found.append)
    assert not found
    qtbot.waitUntil(lambda: found == [Presence.AWAY])
    sense.close()


def test_a_look_that_fails_is_not_known(qapp: QApplication, qtbot: QtBot, found: list[Presence | None]) -> None:
    def fail() -> Presence | None:
        raise OSError("no such thing")

    sense = WorkerProbe(fail, qapp)
    sense.look(found.append)
    qtbot.waitUntil(lambda: found == [None])
    sense.close()


@pytest.fixture
def event() -> Iterator[Any]:
    event = threading.Event()
    yield event
    event.set()


def test_a_look_that_hangs_holds_nobody_up(
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    found: list[Presence | None],
    event: Any,  # noqa: ANN401
) -> None:
    monkeypatch.setattr(worker_probe, "CLOSING_S", 0.01)
    sense = WorkerProbe(lambda: event.wait() and None, qapp)
    sense.look(found.append)
    sense.close()
    WorkerProbe(lambda: None, qapp).close()
    assert not found


# Other systems, with stand-ins for their libraries


class Windows:
    """user32, kernel32 and shell32 in one."""

    def __init__(self, state: int, now_ms: int, last_ms: int | None) -> None:
        self.user32 = self.kernel32 = self.shell32 = self
        self._state, self._now_ms, self._last_ms = state, now_ms, last_ms

    def SHQueryUserNotificationState(self, state: Any) -> int:  # noqa: ANN401 -- a pointer
        state._obj.value = abs(self._state)
        return 0 if self._state > 0 else -1

    def GetLastInputInfo(self, last: Any) -> int:  # noqa: ANN401 -- a pointer
        assert last._obj.size == 8
        last._obj.at = self._last_ms or 0
        return int(self._last_ms is not None)

    def GetTickCount(self) -> int:
        return self._now_ms


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


def test_windows_is_not_asked_elsewhere() -> None:
    with pytest.raises(OSError, match="not Windows"):
        WindowsPresence()


class Function:
    """A function of a library of macOS."""

    def __init__(self, call: Callable[..., object]) -> None:
        self._call = call
        self.restype: object = None
        self.argtypes: object = None

    def __call__(self, *arguments: object) -> object:
        return self._call(*arguments)


class Graphics:
    """CoreGraphics."""

    def __init__(self, idle_s: float, session: object) -> None:
        self.CGEventSourceSecondsSinceLastEventType = Function(lambda _state, _kind: idle_s)
        self.CGSessionCopyCurrentDictionary = Function(lambda: session)


class Foundation:
    """CoreFoundation, whose objects are Python's."""

    def __init__(self) -> None:
        self.released: list[object] = []
        self.CFStringCreateWithCString = Function(lambda _allocator, text, _encoding: text)
        self.CFDictionaryGetValue = Function(lambda session, key: session.get(key))
        self.CFBooleanGetTypeID = Function(lambda: bool)
        self.CFGetTypeID = Function(type)
        self.CFBooleanGetValue = Function(bool)
        self.CFRelease = Function(self.released.append)


@pytest.mark.parametrize(
    ("idle_s", "session", "expected"),
    [
        (1.0, {"on": True}, None),
        (float(AWAY_S), {"on": True}, Presence.AWAY),
        (1.0, {b"CGSSessionScreenIsLocked": True}, Presence.AWAY),
        (1.0, {b"CGSSessionScreenIsLocked": "yes"}, None),
        (1.0, None, None),
    ],
)
def test_macos(idle_s: float, session: object, expected: Presence | None) -> None:
    foundation = Foundation()
    assert MacPresence(Graphics(idle_s, session), foundation).find_out() is expected
    assert foundation.released in ([], [b"CGSSessionScreenIsLocked", session])
