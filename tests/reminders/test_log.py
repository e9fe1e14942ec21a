"""What the reminders' log keeps, and what becomes of it when the clock is wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from stretchplayer.reminders.log import (
    MAX_RECORDS,
    Pause,
    ReminderLog,
    SlotRecord,
    clock_checked,
    clock_jumped,
    forgotten,
    presence_seen,
    pruned,
    reminded,
    with_done,
    with_start,
    woken,
)
from stretchplayer.reminders.presence import Presence
from tests.progress.days import MONDAY, Days, at, slot

NOW = at("12:00")
STEADY = clock_checked(ReminderLog(), NOW - timedelta(days=2))
DAY = timedelta(days=1)


def done(*offsets: int) -> tuple[SlotRecord, ...]:
    """Slots that were done so many days after Monday."""
    return tuple(SlotRecord(slot=slot("08:00", MONDAY + offset * DAY), done_at=NOW) for offset in offsets)


def kept(log: ReminderLog) -> list[int]:
    """How many days after Monday the slots are that are still known."""
    return [(record.slot.day - MONDAY).days for record in pruned(log, NOW).records]


def test_a_slot_is_done_no_longer_without_its_session_and_again_with_it() -> None:
    log = replace(STEADY, records=done(-1, 0))
    key = slot("08:00", MONDAY).key
    without = with_done(log, key, None)
    assert [record.done_at is None for record in without.records] == [False, True]
    assert with_done(without, key, NOW) == log
    assert with_done(log, "2020-01-01T08:00", None) == log


def test_records_are_kept_for_eight_days_and_a_day_ahead() -> None:
    assert kept(replace(STEADY, records=done(-400, -9, -8, -1, 0, 1, 2, 5000))) == [-8, -1, 0, 1]


def test_ended_days_and_pauses_that_are_over_are_dropped() -> None:
    days = frozenset(MONDAY + offset * DAY for offset in (-9, -8, 0, 1, 2))
    log = pruned(replace(STEADY, ended_days=days, pause=Pause(since=NOW, until=MONDAY - 9 * DAY)), NOW)
    assert log.ended_days == {MONDAY + offset * DAY for offset in (-8, 0, 1)}
    assert log.pause is None
    current = replace(STEADY, pause=Pause(since=NOW, until=MONDAY + DAY))
    assert pruned(current, NOW) == current


def test_nothing_is_dropped_as_long_as_the_clock_may_be_wrong() -> None:
    records = done(-400, 0, 400)
    assert kept(ReminderLog(records=records)) == [-400, 0, 400]
    assert kept(replace(clock_jumped(STEADY, NOW - timedelta(hours=23)), records=records)) == [-400, 0, 400]
    assert kept(replace(clock_jumped(STEADY, NOW - DAY), records=records)) == [0]


def test_the_log_can_not_grow_without_end() -> None:
    log = ReminderLog(records=done(*range(-600, 600)), ended_days=frozenset(MONDAY + n * DAY for n in range(-600, 600)))
    small = pruned(log, NOW)
    assert len(small.records) == len(small.ended_days) == MAX_RECORDS
    assert min(small.records, key=lambda record: record.slot).slot.day == MONDAY - 200 * DAY


def test_a_computer_without_a_battery_for_its_clock_still_knows_what_is_done() -> None:
    days = Days(log=STEADY)
    days.finish(at("08:10"))
    days.set_clock(datetime(1980, 1, 1, tzinfo=UTC))
    days.look(datetime(1980, 1, 1, tzinfo=UTC))
    days.log = pruned(days.log, datetime(1980, 1, 1, 0, 1, tzinfo=UTC))
    days.set_clock(at("08:20"))
    days.log = pruned(days.log, at("08:20"))
    assert days.states(at("08:20")) == ["done", "coming"]


def test_a_clock_that_was_a_week_ahead_does_not_silence_that_week() -> None:
    days, week = Days(log=STEADY), MONDAY + 7 * DAY
    days.finish(at("08:10", week))
    days.set_clock(at("08:20"))
    days.log = pruned(days.log, at("08:20", MONDAY + DAY))
    assert days.look(at("08:00", week)) == slot("08:00", week)


def test_set_back_the_clock_leaves_nothing_in_the_future() -> None:
    days = Days()
    days.look(at("08:00"))
    days.snooze(at("08:05"), 30)
    days.wake(at("08:06"))
    days.end_session(at("08:07"))
    days.set_clock(at("08:02"))
    assert days.advice(at("08:02")).next_at == at("08:32")
    assert days.log.woke_at == days.log.session_ended_at == at("08:02")
    days.pause(at("08:10"), MONDAY + DAY)
    days.set_clock(at("08:01"))
    assert days.log.pause == Pause(since=at("08:01").astimezone(UTC), until=MONDAY + DAY)
    assert days.log.steady_since == at("08:01")


def test_after_the_clock_is_set_back_reminders_count_from_then_on() -> None:
    days = Days(log=ReminderLog(started_at=at("15:00")))
    days.set_clock(at("09:00"))
    assert days.log.started_at == at("09:00")


def test_reminders_begin_once() -> None:
    log = with_start(ReminderLog(), at("15:00"))
    assert log.started_at == at("15:00")
    assert log.started_at is not None
    assert log.started_at.tzinfo is UTC
    assert with_start(log, at("16:00")) is log


def test_what_is_forgotten_is_neither_due_again_nor_missed_and_a_pause_goes_on() -> None:
    days = Days()
    days.finish(at("08:10"))
    days.pause(at("09:00"), MONDAY + 5 * DAY)
    log = replace(
        days.log, records=done(-4, -3, -2, -1, 0), ended_days=frozenset(MONDAY - back * DAY for back in range(5))
    )
    left = forgotten(log, at("12:00"))
    assert {record.slot.day for record in left.records} == left.ended_days == {MONDAY, MONDAY - DAY}
    assert left.pause == Pause(since=at("12:00").astimezone(UTC), until=MONDAY + 5 * DAY)
    assert left.started_at == at("12:00")
    assert forgotten(replace(log, pause=None), at("12:00")).pause is None


def test_after_the_clock_is_set_back_until_i_am_back_starts_over() -> None:
    days = Days()
    days.snooze(at("08:30"), None)
    days.set_clock(at("08:10"))
    assert days.advice(at("08:10")).next_at == at("09:10")


def test_repeats_continue_when_the_clock_is_set_back_within_the_window() -> None:
    days = Days()
    days.look(at("12:00"))
    days.set_clock(at("09:00"))
    assert days.reminders(at("09:00"), at("13:00")) == ["09:30", "10:00", "10:30"]


def test_set_forward_nothing_comes_twice() -> None:
    days = Days()
    days.finish(at("08:10"))
    days.set_clock(at("19:59"))
    assert days.reminders(at("19:59"), at("20:20")) == ["20:00"]
    days.set_clock(at("07:59"))
    assert days.reminders(at("07:59"), at("08:30")) == []


def test_events_that_change_nothing_leave_the_log_as_it_is() -> None:
    log = reminded(STEADY, slot("08:00"), NOW)
    assert presence_seen(log, Presence.AWAY) == log
    assert clock_checked(log, NOW) == log
    assert pruned(log, NOW) == log
    assert woken(woken(log, NOW), NOW) == woken(log, NOW)
