"""Sleep and the lock on Windows, with messages that are made up."""

import ctypes
from collections.abc import Iterator
from ctypes import wintypes
from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from stretchplayer.desktop.system_events.windows import (
    LOCK,
    RESUMED,
    SUSPENDING,
    UNLOCK,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WindowsEvents,
)


class FakeFunction:
    """A function of a library of Windows, and its first arguments of every call."""

    restype: object = None

    def __init__(self) -> None:
        self.called: list[Any] = []

    def __call__(self, first: Any, *_others: Any) -> int:  # noqa: ANN401 -- the library's
        self.called.append(first.value)
        return 77


class FakeLibraries:
    """`ctypes.windll`."""

    def __init__(self) -> None:
        self.user32 = self.wtsapi32 = self
        self.RegisterSuspendResumeNotification = FakeFunction()
        self.UnregisterSuspendResumeNotification = FakeFunction()
        self.WTSRegisterSessionNotification = FakeFunction()
        self.WTSUnRegisterSessionNotification = FakeFunction()


@pytest.fixture
def libraries() -> FakeLibraries:
    return FakeLibraries()


@pytest.fixture
def windows(qapp: QApplication, libraries: FakeLibraries) -> Iterator[WindowsEvents]:
    """Listens; afterwards nothing is listened to any more."""
    events = WindowsEvents(libraries=libraries)
    yield events
    events.close()
    assert libraries.UnregisterSuspendResumeNotification.called == [77]
    assert libraries.WTSUnRegisterSessionNotification.called == libraries.WTSRegisterSessionNotification.called


@pytest.fixture
def told(windows: WindowsEvents) -> list[str]:
    """What is heard."""
    heard: list[str] = []
    for name in ("going_to_sleep", "woken", "locked", "unlocked"):
        getattr(windows, name).connect(partial(heard.append, name))
    return heard


def send(windows: WindowsEvents, message: int, what: int) -> None:
    """Let the window get this message."""
    sent = wintypes.MSG(message=message, wParam=what)
    assert windows.window.nativeEvent(b"windows_generic_MSG", ctypes.addressof(sent)) == (False, 0)


@pytest.mark.parametrize(
    ("message", "what", "heard"),
    [
        (WM_WTSSESSION_CHANGE, LOCK, ["locked"]),
        (WM_WTSSESSION_CHANGE, UNLOCK, ["unlocked"]),
        (WM_WTSSESSION_CHANGE, 5, []),
        (WM_POWERBROADCAST, SUSPENDING, ["going_to_sleep"]),
        (WM_POWERBROADCAST, RESUMED, []),  # it had not slept
        (WM_POWERBROADCAST, 10, []),
        (0x000F, LOCK, []),
    ],
)
def test_what_windows_says_is_told(
    told: list[str], windows: WindowsEvents, message: int, what: int, heard: list[str]
) -> None:
    send(windows, message, what)
    assert told == heard


def test_sleep_is_told_once_though_every_window_hears_of_it(told: list[str], windows: WindowsEvents) -> None:
    for what in (SUSPENDING, SUSPENDING, RESUMED, RESUMED):
        send(windows, WM_POWERBROADCAST, what)
    assert told == ["going_to_sleep", "woken"]
