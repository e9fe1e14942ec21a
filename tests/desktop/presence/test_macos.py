"""What macOS says of the person, with stand-ins for its libraries."""

from collections.abc import Callable

import pytest

from stretchplayer.desktop.presence.macos import LOCKED, MacPresence
from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS
from stretchplayer.reminders.presence import Presence

AWAY_S = AWAY_AFTER_MS // 1000


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


def test_a_locked_screen_is_away_and_what_was_asked_for_is_let_go() -> None:
    session, foundation = {LOCKED: True}, Foundation()
    assert MacPresence(Graphics(1.0, session), foundation).find_out() is Presence.AWAY
    assert foundation.released == [LOCKED, session]


def test_without_a_screen_there_is_no_lock() -> None:
    assert MacPresence(Graphics(1.0, None), Foundation()).find_out() is None


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
