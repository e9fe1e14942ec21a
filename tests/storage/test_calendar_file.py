"""The calendar, read back and followed for some weeks."""

import errno
import os
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given, settings
from icalendar import Calendar

from stretchplayer.errors import StorageError
from stretchplayer.reminders.log import ReminderLog
from stretchplayer.reminders.slot_windows import days_from, windows
from stretchplayer.reminders.slots import ReminderSettings, SlotTime
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.storage.calendar_file import calendar_of, write_calendar
from tests.routine.shipped import hamstring_trio

TIMELINE = build_timeline(hamstring_trio())


def the_same(_at: time) -> Timeline:
    """The same timeline at all times of day."""
    return TIMELINE


NOW = datetime(2026, 3, 4, 21, 30, 12, 345678, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Wednesday."""
WEEKS = days_from(NOW.date(), 28)
MIXED = ReminderSettings(
    slots=(SlotTime(at=time(7, 15), weekdays=frozenset({0, 2, 4})), SlotTime(at=time(20)), SlotTime(at=time(21, 30)))
)

slot_times = st.builds(
    SlotTime,
    at=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
)
any_slots = st.lists(slot_times, min_size=1, max_size=5, unique_by=lambda slot: slot.at).map(
    lambda slots: tuple(sorted(slots))
)


def events(data: bytes) -> list[Any]:
    """The events of a calendar that can be read; the library's types name a hundred kinds of property for each."""
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    return list(calendar.events)


def occurrences(event: Any) -> set[datetime]:  # noqa: ANN401  See above
    """When the event comes in four weeks."""
    start = event.decoded("dtstart")
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=start)
    end = datetime.combine(WEEKS[-1], time.max)
    return set(rule.between(start, end, inc=True))


@settings(max_examples=20)
@given(any_slots)
def test_events_come_when_reminders_do(slots: tuple[SlotTime, ...]) -> None:
    reminders = ReminderSettings(slots=slots)
    found = [occurrences(event) for event in events(calendar_of(reminders, the_same, now=lambda: NOW))]
    expected = [{datetime.combine(day, slot.at) for day in WEEKS if day.weekday() in slot.weekdays} for slot in slots]
    assert found == expected
    ours = windows(reminders, ReminderLog(), WEEKS, ZoneInfo("UTC"))
    assert {window.start.replace(tzinfo=None) for window in ours} == set().union(*found)


def test_an_event_has_all_that_a_phone_shows() -> None:
    event = events(calendar_of(MIXED, the_same, now=lambda: NOW))[0]
    assert event["summary"] == TIMELINE.routine.title
    assert event["description"] == TIMELINE.routine.description
    minutes = event.decoded("duration") / timedelta(minutes=1)
    assert minutes - 1 < TIMELINE.total_ms / 60_000 <= minutes
    (alarm,) = event.subcomponents
    assert (alarm.name, alarm["action"], alarm["description"]) == ("VALARM", "DISPLAY", TIMELINE.routine.title)
    assert alarm.decoded("trigger") == timedelta()


def test_times_are_local_wherever_the_phone_is() -> None:
    data = calendar_of(MIXED, the_same, now=lambda: NOW).decode()
    starts = [line for line in data.splitlines() if line.startswith("DTSTART")]
    assert starts == ["DTSTART:20260304T071500", "DTSTART:20260304T200000", "DTSTART:20260304T213000"]
    assert "VTIMEZONE" not in data
    assert "DTSTAMP:20260304T203012Z" in data


def test_every_day_is_said_so_and_other_days_are_named() -> None:
    rules = [event["rrule"].to_ical() for event in events(calendar_of(MIXED, the_same, now=lambda: NOW))]
    assert rules == [b"FREQ=WEEKLY;BYDAY=MO,WE,FR", b"FREQ=DAILY", b"FREQ=DAILY"]


def test_a_later_export_changes_the_phone_s_entries_instead_of_doubling_them() -> None:
    moved = ReminderSettings(slots=(SlotTime(at=time(6)), SlotTime(at=time(20)), SlotTime(at=time(22))))
    older = events(calendar_of(MIXED, the_same, now=lambda: NOW))
    newer = events(calendar_of(moved, the_same, now=lambda: NOW + timedelta(minutes=1)))
    assert [event["uid"] for event in newer] == [event["uid"] for event in older]
    assert len({event["uid"] for event in newer}) == 3
    assert all(after["sequence"] > before["sequence"] for before, after in zip(older, newer, strict=True))
    assert all(after.decoded("dtstamp") > before.decoded("dtstamp") for before, after in zip(older, newer, strict=True))


def test_reminders_that_are_turned_off_here_can_still_go_to_the_phone() -> None:
    off = ReminderSettings(enabled=False)
    assert len(events(calendar_of(off, the_same, now=lambda: NOW))) == 2


def test_without_reminders_there_is_no_calendar(tmp_path: Path) -> None:
    path = tmp_path / "none.ics"
    with pytest.raises(StorageError, match="add some in Settings"):
        write_calendar(path, ReminderSettings(slots=()), the_same)
    assert not path.exists()


def test_it_is_written_into_a_file_and_over_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "stretching.ICS"
    for reminders in (ReminderSettings(), MIXED):
        write_calendar(path, reminders, the_same, now=lambda: NOW)
        assert path.read_bytes() == calendar_of(reminders, the_same, now=lambda: NOW)
    assert list(tmp_path.iterdir()) == [path]


def test_lines_end_and_are_folded_as_the_standard_says() -> None:
    data = calendar_of(MIXED, the_same, now=lambda: NOW)
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


@pytest.mark.parametrize("name", ["stretching.txt", "stretching", "no-folder/stretching.ics"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match=r"\.$"):
        write_calendar(tmp_path / name, MIXED, the_same)
    assert list(tmp_path.iterdir()) == []


def test_what_can_not_be_written_leaves_the_old_calendar_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "stretching.ics"
    path.write_text("old")

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match=r"stretching\.ics can't be written: the disk is full; free some space\.$"):
        write_calendar(path, MIXED, the_same)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_today_is_the_first_day_even_if_its_time_is_over() -> None:
    first = events(calendar_of(ReminderSettings(), the_same, now=lambda: NOW))[0].decoded("dtstart")
    assert first == datetime.combine(date(2026, 3, 4), time(8))
