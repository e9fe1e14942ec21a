"""Whether the person is away or busy, from an X server that is pretended."""

import os
from dataclasses import dataclass, field
from typing import cast

import pytest

from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS
from stretchplayer.desktop.presence.x11 import X11Presence
from stretchplayer.desktop.x11.xcb import XServer
from stretchplayer.reminders.presence import Presence

ROOT, WINDOW, SAVER = 1, 2, 3
FULLSCREEN, LOCK = 77, 78


@dataclass
class Screen:
    """What `X11Presence` asks of an `XServer`."""

    idle: int | None = 0
    properties: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    is_lost: bool = False
    root: int = ROOT

    def idle_ms(self) -> int | None:
        if self.is_lost:
            raise OSError("The X server can't be reached.")
        return self.idle

    def atom(self, name: str) -> int:
        assert name == "_NET_WM_STATE_FULLSCREEN"
        return FULLSCREEN

    def numbers(self, window: int, name: str) -> list[int]:
        return self.properties.get((window, name), [])

    def has_property(self, window: int, name: str) -> bool:
        return (window, name) in self.properties

    def children(self) -> list[int]:
        return [WINDOW, SAVER]


def found(screen: Screen) -> Presence | None:
    return X11Presence(lambda: cast("XServer", screen)).find_out()


@pytest.mark.parametrize(
    ("idle_ms", "expected"), [(0, None), (AWAY_AFTER_MS - 1, None), (AWAY_AFTER_MS, Presence.AWAY), (None, None)]
)
def test_a_person_who_touches_nothing_is_away(idle_ms: int | None, expected: Presence | None) -> None:
    assert found(Screen(idle=idle_ms)) is expected


@pytest.mark.parametrize(
    ("state", "process", "expected"),
    [
        ([FULLSCREEN], [1], Presence.BUSY),
        ([FULLSCREEN], [], Presence.BUSY),
        ([FULLSCREEN], [os.getpid()], None),
        ([99], [1], None),
        ([], [1], None),
    ],
)
def test_another_full_screen_window_with_the_focus_is_busy(
    state: list[int], process: list[int], expected: Presence | None
) -> None:
    screen = Screen()
    screen.properties = {
        (ROOT, "_NET_ACTIVE_WINDOW"): [WINDOW],
        (WINDOW, "_NET_WM_STATE"): state,
        (WINDOW, "_NET_WM_PID"): process,
    }
    assert found(screen) is expected
    screen.properties[ROOT, "_NET_ACTIVE_WINDOW"] = [0]
    assert found(screen) is None


@pytest.mark.parametrize(("status", "expected"), [([LOCK, 1], Presence.AWAY), ([0], None), ([], None)])
def test_a_screen_that_xscreensaver_has_locked_is_away(status: list[int], expected: Presence | None) -> None:
    screen = Screen()
    screen.properties = {(ROOT, "_SCREENSAVER_STATUS"): status, (SAVER, "_SCREENSAVER_VERSION"): []}
    assert found(screen) is expected
    del screen.properties[SAVER, "_SCREENSAVER_VERSION"]
    assert found(screen) is None, "it was killed"


def test_a_lost_connection_is_opened_again() -> None:
    screens = [Screen(), Screen(idle=AWAY_AFTER_MS)]
    first = screens[0]
    presence = X11Presence(lambda: cast("XServer", screens.pop(0)))
    assert presence.find_out() is None
    first.is_lost = True
    with pytest.raises(OSError, match="can't be reached"):
        presence.find_out()
    assert presence.find_out() is Presence.AWAY
