"""The system's zone, and a wall clock that follows it."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from stretchplayer.desktop.clock import LOCAL_ZONE, SystemClock

if sys.platform == "win32":
    pytest.skip("There the zone can't be changed for one program", allow_module_level=True)

Set = Callable[[str], None]


@pytest.fixture
def set_zone() -> Iterator[Set]:
    """Sets the system to a zone, as far as this program sees it."""
    before = os.environ.get("TZ")

    def set_to(name: str) -> None:
        os.environ["TZ"] = name
        time.tzset()

    yield set_to
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    moment=st.datetimes(
        min_value=datetime(1990, 1, 1),  # noqa: DTZ001  Hypothesis wants naive ones
        max_value=datetime(2036, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    )
    | st.integers(-90, 90).map(lambda minutes: datetime(2026, 10, 25, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
)
def test_it_knows_what_the_clocks_did_and_will_do(set_zone: Set, name: str, moment: datetime) -> None:
    set_zone(name)
    ours, theirs = moment.astimezone(LOCAL_ZONE), moment.astimezone(ZoneInfo(name))
    assert ours.replace(tzinfo=None) == theirs.replace(tzinfo=None)
    assert (ours.fold, ours.utcoffset(), ours.tzname()) == (theirs.fold, theirs.utcoffset(), theirs.tzname())
    assert ours.astimezone(UTC) == moment


def test_tomorrow_morning_is_right_in_a_night_of_change(set_zone: Set) -> None:
    set_zone("Europe/Berlin")
    morning = datetime(2026, 3, 29, 8, tzinfo=LOCAL_ZONE)
    assert morning.isoformat() == "2026-03-29T08:00:00+02:00"
    assert datetime(2026, 3, 28, 8, tzinfo=LOCAL_ZONE).isoformat() == "2026-03-28T08:00:00+01:00"


def test_without_a_moment_nothing_is_known() -> None:
    zone = LOCAL_ZONE
    assert (zone.utcoffset(None), zone.tzname(None), zone.dst(None)) == (None, None, None)


def test_the_clock_follows_a_system_that_is_set_to_another_zone(set_zone: Set) -> None:
    clock = SystemClock()
    set_zone("Asia/Kathmandu")
    assert clock.now().utcoffset() == timedelta(hours=5, minutes=45)
    os.environ["TZ"] = "UTC"  # The C library isn't told
    assert clock.now().utcoffset() == timedelta()


def test_the_clock_shows_the_present() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now.astimezone(UTC) <= datetime.now(UTC)
