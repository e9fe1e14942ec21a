"""What each service's idle time means."""

import pytest

from stretchplayer.desktop.dbus.bus import DBUS
from stretchplayer.desktop.dbus.logind import Logind
from stretchplayer.desktop.presence.idle_time import MUTTER, SAVER, ask_idle_time
from stretchplayer.desktop.presence.watch import (
    AWAY_AFTER_MS,
)
from stretchplayer.reminders.presence import Presence
from tests.desktop.dbus.fake_bus import FakeBus, put_up_logind

AWAY_S = AWAY_AFTER_MS // 1000


def idle(bus: FakeBus) -> Presence | None:
    """What is found out."""
    found: list[Presence | None] = []
    ask_idle_time(bus, Logind(bus), found.append)
    [only] = found
    return only


@pytest.mark.parametrize(
    ("mutter", "saver", "is_kde", "expected"),
    [
        (AWAY_AFTER_MS, None, False, Presence.AWAY),
        (AWAY_AFTER_MS - 1, AWAY_S, False, None),
        (None, AWAY_S, False, Presence.AWAY),
        (None, AWAY_S - 1, False, None),
        (None, AWAY_S, True, None),
        (None, AWAY_AFTER_MS, True, Presence.AWAY),
        ("long", AWAY_S, False, Presence.AWAY),
        (True, -5, False, None),
        (None, None, False, None),
    ],
)
def test_idle_time(mutter: object, saver: object, is_kde: bool, expected: Presence | None) -> None:
    bus = FakeBus()
    if mutter is not None:
        bus.answer(MUTTER.service, "GetIdletime", mutter)
    if saver is not None:
        bus.answer(SAVER.service, "GetSessionIdleTime", saver)
    bus.answer(DBUS.service, "NameHasOwner", is_kde)
    assert idle(bus) is expected


def test_logind_s_hint_is_believed_where_nobody_else_knows() -> None:
    bus = FakeBus()
    put_up_logind(bus, idle=True)
    assert idle(bus) is Presence.AWAY
