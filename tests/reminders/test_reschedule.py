"""Changed reminder times: late additions are not missed, and nothing is due twice."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import hypothesis.strategies as st
import pytest
from hypothesis import given

from stretchplayer.reminders.log import ReminderLog, SlotRecord, clock_checked, clock_jumped, pruned
from stretchplayer.reminders.reschedule import added_late, times_changed
from stretchplayer.reminders.rules import advise
from stretchplayer.reminders.slots import ReminderSettings, Slot, SlotState, SlotTime
from tests.progress.days import MONDAY, Days, at, daily, slot

TUESDAY: Final = MONDAY + timedelta(days=1)
AFTERNOON: Final = at("15:00")
TIMES: Final = [time(hour, minute) for hour in (0, 5, 8, 9, 14, 15, 20, 23) for minute in (0, 30)]

reminder_settings = st.builds(
    ReminderSettings,
    enabled=st.integers(0, 4).map(bool),
    slots=st.dictionaries(st.sampled_from(TIMES), st.frozensets(st.integers(0, 6), min_size=1), max_size=4).map(
        lambda chosen: tuple(sorted(SlotTime(at=at, weekdays=days) for at, days in chosen.items()))
    ),
)
minutes = st.integers(0, 2 * 24 * 60 - 1).map(lambda number: at("00:00") + timedelta(minutes=number))
done = st.sets(st.builds(Slot, day=st.sampled_from([MONDAY, TUESDAY]), at=st.sampled_from(TIMES)), max_size=6)


def log_of(slots: set[Slot]) -> ReminderLog:
    """A log in which these are done."""
    moment = AFTERNOON.astimezone(UTC)
    return ReminderLog(records=tuple(SlotRecord(slot=each, done_at=moment) for each in sorted(slots)))


def done_in(log: ReminderLog) -> set[Slot]:
    return {record.slot for record in log.records if record.done_at is not None}


def slots_on(settings: ReminderSettings, day: date) -> set[Slot]:
    return {Slot(day=day, at=each.at) for each in settings.slots if day.weekday() in each.weekdays}


# Not missed


@pytest.mark.parametrize(
    ("changed_at", "states"),
    [("13:59", ["missed", "coming"]), ("14:00", ["coming"]), ("15:00", ["coming"]), ("07:59", ["missed", "coming"])],
)
def test_a_time_that_is_added_for_earlier_today_is_not_missed(changed_at: str, states: list[str]) -> None:
    days = Days(settings=daily("20:00"))
    days.change_settings(at(changed_at), daily("08:00", "20:00"))
    assert days.states(AFTERNOON) == states
    assert days.states(at("15:00", TUESDAY)) == ["missed", "coming"], "the next day it was there"


def test_a_time_whose_weekday_is_added_today_is_not_missed() -> None:
    days = Days(settings=ReminderSettings(slots=(SlotTime(at=time(8), weekdays=frozenset({1})),)))
    days.change_settings(AFTERNOON, daily("08:00"))
    assert days.states(AFTERNOON) == []


def test_a_time_of_reminders_that_were_off_is_not_missed() -> None:
    days = Days(settings=ReminderSettings(enabled=False))
    days.change_settings(AFTERNOON, ReminderSettings())
    assert days.states(AFTERNOON) == ["coming"]


def test_a_slot_the_person_was_reminded_of_stays_missed() -> None:
    days = Days()
    assert days.look(at("08:00")) == slot("08:00")
    days.change_settings(AFTERNOON, daily("09:00", "20:00"))
    assert days.states(AFTERNOON) == ["coming"]
    days.change_settings(AFTERNOON, ReminderSettings())
    assert days.states(AFTERNOON) == ["missed", "coming"]


def test_one_that_is_added_within_its_window_is_due() -> None:
    days = Days(settings=daily("20:00"))
    days.change_settings(at("09:00"), daily("08:00", "20:00"))
    assert days.look(at("09:00")) == slot("08:00")


def test_it_is_remembered_for_as_long_as_calendars_show_the_day() -> None:
    days = Days(settings=daily("20:00"))
    days.change_settings(at("07:00"), daily("06:59", "20:00"))
    assert added_late(days.log) == {"2026-03-01T06:59"}, "today's is due"
    days.change_settings(AFTERNOON, daily("06:00", "20:00"))
    assert added_late(days.log) == {"2026-03-01T06:59", "2026-03-01T06:00", "2026-03-02T06:00"}
    for later, kept in ((9, True), (400, True), (401, False)):
        then = at("15:00", MONDAY + timedelta(days=later))
        log = pruned(clock_checked(replace(days.log, steady_since=AFTERNOON), then), then)
        assert ("2026-03-02T06:00" in added_late(log)) == kept


def test_a_clock_that_is_set_back_finds_no_time_that_will_be_added() -> None:
    days = Days(settings=daily("20:00"))
    days.change_settings(AFTERNOON, daily("08:00", "20:00"))
    days.log = clock_jumped(days.log, at("13:00"))
    assert days.log.of(slot("08:00")).added_at == at("13:00")


@given(now=minutes, before=reminder_settings, after=reminder_settings, slots=done)
def test_a_time_that_did_not_exist_is_not_missed(
    now: datetime, before: ReminderSettings, after: ReminderSettings, slots: set[Slot]
) -> None:
    log = times_changed(log_of(slots), now, before, after)
    there = slots_on(before, now.date()) if before.enabled else set()
    shown = {view.slot for view in advise(now, after, log).slots if view.state is SlotState.MISSED}
    assert shown <= there
    plain = advise(now, after, log_of(done_in(log))).slots
    assert {view.slot for view in plain if view.state is SlotState.MISSED} & there == shown, "the rest is as it was"


# Due once


def test_what_was_done_stays_done_when_its_time_is_moved() -> None:
    days = Days(settings=daily("08:00"))
    days.finish(at("08:05"))
    for moved in ("09:00", "07:30", "18:00", "08:00"):
        days.change_settings(at("08:30"), daily(moved))
        assert days.states(at("08:30")) == ["done"]
        assert days.reminders(at("08:30"), at("00:00", TUESDAY)) == []


def test_it_goes_to_the_nearest_time_that_has_nothing_yet() -> None:
    days = Days()
    days.finish(at("08:05"))
    days.change_settings(at("09:00"), daily("10:00", "21:00"))
    assert days.states(at("09:00")) == ["done", "coming"]
    days.finish(at("19:30"))
    days.change_settings(at("19:40"), daily("19:00"))
    assert days.states(at("19:40")) == ["done"]


def test_a_session_counts_for_one_time_only() -> None:
    days = Days(settings=daily("08:00"))
    days.finish(at("08:05"))
    days.change_settings(at("08:30"), daily("09:00"))
    days.change_settings(at("08:30"), daily("08:00", "09:00"))
    assert days.states(at("09:00")) == ["missed", "done"]


def test_credit_moves_while_reminders_are_off_too() -> None:
    days = Days(settings=daily("08:00"))
    days.finish(at("08:05"))
    days.change_settings(at("08:30"), ReminderSettings(enabled=False, slots=daily("08:00").slots))
    days.change_settings(at("08:30"), ReminderSettings(enabled=False, slots=daily("09:00").slots))
    days.change_settings(at("08:30"), daily("09:00"))
    assert days.states(at("10:00")) == ["done"]


@given(now=minutes, before=reminder_settings, after=reminder_settings, slots=done)
def test_no_credit_is_lost_or_made_and_nothing_is_due_twice(
    now: datetime, before: ReminderSettings, after: ReminderSettings, slots: set[Slot]
) -> None:
    log = times_changed(log_of(slots), now, before, after)
    assert Counter(each.day for each in done_in(log)) == Counter(each.day for each in slots)
    for day in (MONDAY, TUESDAY):
        was, now_there = slots_on(before, day), slots_on(after, day)
        added = max(0, len(now_there) - len(was))
        assert len(now_there - done_in(log)) <= len(was - slots) + added, (
            "nobody has more to do for having moved a time"
        )
    assert times_changed(log, now, after, after) == log


@given(now=minutes, settings=reminder_settings, slots=done)
def test_times_that_stay_as_they_are_change_nothing(
    now: datetime, settings: ReminderSettings, slots: set[Slot]
) -> None:
    assert times_changed(log_of(slots), now, settings, settings) == log_of(slots)
