"""When slots begin and end on the nights when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stretchplayer.reminders.log import ReminderLog
from stretchplayer.reminders.slot_windows import Window, day_begins, days_from, windows, zone_of
from tests.progress.days import BERLIN, Days, at, daily, slot

FORWARD = date(2026, 3, 29)
"""In Berlin 02:00 is followed by 03:00."""
BACK = date(2026, 10, 25)
"""In Berlin 03:00 is followed by 02:00, so that 02:00 to 03:00 comes twice."""


def windows_of(day: date, *times: str, zone: ZoneInfo = BERLIN) -> list[Window]:
    found = windows(daily(*times), ReminderLog(), days_from(day - timedelta(days=1), 4), zone)
    return [window for window in found if window.slot.day == day]


def told(windows: list[Window], zone: ZoneInfo = BERLIN) -> list[str]:
    """Each window as its slot's time and what the clocks say at its beginning and end."""
    return [
        f"{each.slot.at:%H:%M} {each.start.astimezone(zone):%H:%M%z} {each.end.astimezone(zone):%H:%M%z}"
        for each in windows
    ]


def test_a_time_that_is_skipped_comes_as_long_after_midnight_as_ever() -> None:
    assert told(windows_of(FORWARD, "02:30")) == ["02:30 03:30+0200 09:30+0200"]
    days = Days(settings=daily("02:30"))
    assert days.reminders(at("01:00", FORWARD), at("05:00", FORWARD)) == ["03:30", "04:00", "04:30"]


def test_skipped_times_may_change_places_with_others() -> None:
    expected = ["03:00 03:00+0200 03:30+0200", "02:30 03:30+0200 04:00+0200", "04:00 04:00+0200 10:00+0200"]
    assert told(windows_of(FORWARD, "02:30", "03:00", "04:00")) == expected


def test_a_skipped_time_that_falls_on_another_slot_is_one_with_it() -> None:
    assert told(windows_of(FORWARD, "02:30", "03:30")) == ["03:30 03:30+0200 09:30+0200"]
    days = Days(settings=daily("02:30", "03:30"))
    assert days.reminders(at("01:00", FORWARD), at("03:59", FORWARD)) == ["03:30"]
    assert [view.slot.key for view in days.advice(at("12:00", FORWARD)).slots] == ["2026-03-29T03:30"]


def test_a_time_that_comes_twice_comes_the_first_time() -> None:
    assert told(windows_of(BACK, "02:30")) == ["02:30 02:30+0200 07:30+0100"]
    days = Days(settings=daily("02:30"))
    before = at("01:00", BACK)
    assert days.reminders(before, at("08:00", BACK)) == ["02:30", "02:00", "02:30", "03:00"]


def test_done_the_first_time_it_is_done_the_second_time() -> None:
    days = Days(settings=daily("02:30"))
    days.finish(at("02:40", BACK))
    assert days.look(at("02:30", BACK).replace(fold=1)) is None


@pytest.mark.parametrize(("day", "hours"), [(FORWARD, 6), (BACK, 6)])
def test_six_hours_are_six_hours(day: date, hours: int) -> None:
    (window,) = windows_of(day, "00:30")
    assert window.end - window.start == timedelta(hours=hours)


@pytest.mark.parametrize(("day", "apart"), [(FORWARD, 11), (BACK, 13)])
def test_the_usual_slots_are_at_their_local_time_whatever_the_night_was(day: date, apart: int) -> None:
    evening = windows_of(day - timedelta(days=1), "08:00", "20:00")[1]
    morning = windows_of(day, "08:00", "20:00")[0]
    assert morning.start - evening.start == timedelta(hours=apart)
    assert f"{morning.start.astimezone(BERLIN):%H:%M}" == "08:00"


def test_a_day_that_is_left_out_has_no_slots() -> None:
    apia = ZoneInfo("Pacific/Apia")
    found = windows(daily("08:00", "20:00"), ReminderLog(), days_from(date(2011, 12, 29), 4), apia)
    keys = [window.slot.key for window in found]
    assert keys[:4] == ["2011-12-29T08:00", "2011-12-29T20:00", "2011-12-31T08:00", "2011-12-31T20:00"]


def test_a_day_whose_midnight_is_skipped_begins_all_the_same() -> None:
    zone = ZoneInfo("America/Sao_Paulo")
    begins = day_begins(date(2018, 11, 4), zone)
    assert begins == datetime(2018, 11, 4, 3, tzinfo=UTC)
    assert begins.astimezone(zone).hour == 1


def test_a_window_holds_its_beginning_and_not_its_end() -> None:
    (window,) = windows_of(FORWARD, "08:00")
    assert window.slot == slot("08:00", FORWARD)
    assert window.holds(at("08:00", FORWARD))
    assert window.holds(at("13:59:59", FORWARD))
    assert not window.holds(at("14:00", FORWARD))
    assert not window.holds(at("07:59:59", FORWARD))


def test_a_moment_without_a_zone_is_taken_for_utc() -> None:
    assert zone_of(at("08:00").replace(tzinfo=None)) is UTC


def test_a_day_that_begins_twice_is_looked_at_both_times() -> None:
    zone = ZoneInfo("America/St_Johns")  # In 2010 the clocks went from 00:01 back to 23:01
    day = date(2010, 11, 7)
    first, second = (day_begins(day, zone, fold=fold) for fold in (0, 1))
    assert second - first == timedelta(hours=1)
    days = Days(settings=daily("12:00"))
    for begins in (first, second):
        before = (begins - timedelta(minutes=5)).astimezone(zone)
        assert days.advice(before).look_at.astimezone(UTC) == begins
