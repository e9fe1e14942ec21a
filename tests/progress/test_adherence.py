"""The calendar: what became of each slot, and days in a row."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.progress.adherence import (
    CalendarDay,
    DaysInRow,
    Dot,
    DotState,
    Facts,
    calendar,
    days_for_rows,
    days_in_row,
)
from stretchplayer.progress.history import HistoryTotal
from stretchplayer.progress.report import report
from stretchplayer.reminders.slots import ReminderSettings, Slot, SlotState, SlotTime
from tests.progress_data import EVENING, MORNING, NOW, TODAY, day_total, slot

YESTERDAY = TODAY - timedelta(days=1)
LONG_AGO = TODAY - timedelta(days=100)
DONE, MISSED, COMING = DotState.DONE, DotState.MISSED, DotState.COMING


def facts(**changes: object) -> Facts:
    """A person who started long ago and has done nothing since."""
    usual = Facts(now=NOW, reminders=ReminderSettings(), total=HistoryTotal(first_day=LONG_AGO))
    return replace(usual, **changes)  # type: ignore[arg-type]  # fields of the facts


def states(of: Facts, day: date) -> list[DotState]:
    """What became of the slots of a day."""
    (found,) = calendar(of, day, day)
    return [dot.state for dot in found.dots]


def test_a_slot_is_done_or_missed() -> None:
    of = facts(slots_done=frozenset({slot(YESTERDAY).key}))
    assert states(of, YESTERDAY) == [DONE, MISSED]


@pytest.mark.parametrize(
    ("settled", "state"),
    [
        (SlotState.SKIPPED, DotState.SKIPPED),
        (SlotState.PAUSED, DotState.PAUSED),
        (SlotState.MARKED_DONE, DotState.MARKED_DONE),
        (SlotState.MISSED, MISSED),
        (SlotState.DUE, MISSED),
    ],
)
def test_what_is_known_of_a_slot_is_shown(settled: SlotState, state: DotState) -> None:
    known = {slot(YESTERDAY).key: settled, slot(YESTERDAY, EVENING).key: SlotState.MISSED}
    assert states(facts(settled=known), YESTERDAY) == [state, MISSED]


def test_a_slot_marked_as_done_counts_for_the_row_but_is_no_session() -> None:
    marked = {slot(YESTERDAY, EVENING).key: SlotState.MARKED_DONE}
    of = facts(settled=marked, slots_done=frozenset({slot(TODAY).key}))
    assert states(of, YESTERDAY) == [MISSED, DotState.MARKED_DONE]
    days = calendar(of, YESTERDAY, TODAY)
    assert days_in_row(days) == DaysInRow(now=2, longest=2)
    assert [(day.active, day.finished, day.extra) for day in days] == [(False, 0, 0), (True, 0, 0)]
    assert not report(facts(settled=marked), YESTERDAY).empty
    assert report(facts(settled=marked), YESTERDAY).days_active == 0


def test_a_slot_that_nobody_was_asked_for_is_none() -> None:
    assert states(facts(added_late=frozenset({slot(YESTERDAY).key})), YESTERDAY) == [MISSED]
    both = frozenset({slot(YESTERDAY).key, slot(YESTERDAY, EVENING).key})
    (day,) = calendar(facts(added_late=both), YESTERDAY, YESTERDAY)
    assert (day.dots, day.ends_row) == ((), False)
    done = facts(added_late=both, slots_done=frozenset({slot(YESTERDAY).key}))
    assert states(done, YESTERDAY) == [DONE]


def test_what_was_done_was_not_skipped() -> None:
    key = slot(YESTERDAY).key
    of = facts(settled={key: SlotState.SKIPPED}, slots_done=frozenset({key}))
    assert states(of, YESTERDAY) == [DONE]


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (7, [COMING, COMING]),
        (8, [COMING, COMING]),
        (13, [COMING, COMING]),
        (14, [MISSED, COMING]),
        (23, [MISSED, COMING]),
    ],
)
def test_a_slot_is_missed_only_when_its_window_is_over(hour: int, expected: list[DotState]) -> None:
    assert states(facts(now=NOW.replace(hour=hour)), TODAY) == expected


def test_an_evening_slot_can_still_be_done_after_midnight() -> None:
    night = NOW.replace(hour=0, minute=30)
    assert states(facts(now=night), YESTERDAY) == [MISSED, COMING]
    assert states(facts(now=NOW.replace(hour=2)), YESTERDAY) == [MISSED, MISSED]


def test_the_next_slot_ends_a_window() -> None:
    reminders = ReminderSettings(slots=(SlotTime(at=time(8)), SlotTime(at=time(10))))
    assert states(facts(now=NOW.replace(hour=11), reminders=reminders), TODAY) == [MISSED, COMING]
    early = ReminderSettings(slots=(SlotTime(at=time(0, 30)), SlotTime(at=time(23))))
    assert states(facts(now=NOW.replace(hour=1), reminders=early), YESTERDAY) == [MISSED, MISSED]


def test_before_the_first_session_nothing_was_missed() -> None:
    first = TODAY - timedelta(days=3)
    of = facts(total=HistoryTotal(first_day=first), slots_done=frozenset({slot(first, EVENING).key}))
    assert states(of, first - timedelta(days=1)) == [DotState.BEFORE, DotState.BEFORE]
    assert states(of, first) == [DotState.BEFORE, DONE]
    assert states(of, first + timedelta(days=1)) == [MISSED, MISSED]
    assert states(facts(total=HistoryTotal()), YESTERDAY) == [DotState.BEFORE, DotState.BEFORE]


def test_slots_are_those_of_the_weekday() -> None:
    mondays = ReminderSettings(slots=(SlotTime(at=MORNING, weekdays=frozenset({0})),))
    assert states(facts(reminders=mondays), YESTERDAY) == []
    assert states(facts(reminders=mondays), TODAY) == [MISSED]


def test_other_times_of_today_do_not_change_what_was() -> None:
    """Of a day of which it is known the slots are as they were; else one that was done stands for the nearest."""
    others = ReminderSettings(slots=(SlotTime(at=time(7)), SlotTime(at=time(13)), SlotTime(at=time(21))))
    known = {slot(YESTERDAY, EVENING).key: SlotState.MISSED}
    done = frozenset({slot(YESTERDAY).key})
    (day,) = calendar(facts(reminders=others, settled=known, slots_done=done), YESTERDAY, YESTERDAY)
    assert [dot.slot for dot in day.dots] == [slot(YESTERDAY), slot(YESTERDAY, EVENING)]
    (day,) = calendar(facts(reminders=others, slots_done=done), YESTERDAY, YESTERDAY)
    assert [dot.slot.at for dot in day.dots] == [time(8), time(13), time(21)]


def test_more_can_have_been_done_than_is_asked_for_now() -> None:
    none = ReminderSettings(slots=())
    done = frozenset({slot(YESTERDAY).key, slot(YESTERDAY, EVENING).key})
    assert states(facts(reminders=none, slots_done=done), YESTERDAY) == [DONE, DONE]


def test_sessions_outside_the_slots_are_counted() -> None:
    of = facts(days=[day_total(YESTERDAY, 3)], slots_done=frozenset({slot(YESTERDAY).key}))
    (day,) = calendar(of, YESTERDAY, YESTERDAY)
    assert (day.finished, day.extra) == (3, 2)
    assert CalendarDay(day=TODAY, dots=(Dot(slot=slot(TODAY), state=DONE),)).extra == 0


def test_without_reminders_a_day_without_a_session_ends_a_row() -> None:
    off = facts(reminders=ReminderSettings(enabled=False), days=[day_total(YESTERDAY, 1)])
    days = calendar(off, TODAY - timedelta(days=3), TODAY)
    assert [day.ends_row for day in days] == [True, True, True, False]
    assert all(not day.dots for day in days)
    assert days_in_row(days) == DaysInRow(now=1, longest=1)


# Days in a row


def day(finished: int, *of_slots: DotState, ends: bool | None = None) -> CalendarDay:
    """Some day."""
    dots = tuple(Dot(slot=Slot(day=TODAY, at=time(8 + number)), state=state) for number, state in enumerate(of_slots))
    return CalendarDay(day=TODAY, dots=dots, finished=finished, ends_row=MISSED in of_slots if ends is None else ends)


PAUSED, SKIPPED = DotState.PAUSED, DotState.SKIPPED


@pytest.mark.parametrize(
    ("days", "now", "longest"),
    [
        ([], 0, 0),
        ([day(1, DONE, MISSED), day(1, MISSED, DONE)], 2, 2),
        ([day(2, DONE, DONE), day(0, MISSED, MISSED), day(1, DONE)], 1, 1),
        ([day(1, DONE), day(0, PAUSED, PAUSED), day(0, SKIPPED, SKIPPED), day(1, DONE)], 2, 2),
        ([day(1, DONE), day(0, PAUSED, MISSED), day(1, DONE)], 1, 1),
        ([day(1, DONE)] * 3 + [day(0, MISSED)] + [day(1, DONE)] * 2 + [day(0, COMING, COMING)], 2, 3),
        ([day(1, DONE)] * 3 + [day(0, MISSED, MISSED)], 0, 3),
        ([day(1)], 1, 1),
    ],
)
def test_days_in_a_row(days: list[CalendarDay], now: int, longest: int) -> None:
    row = days_in_row(days)
    assert (row.now, row.longest) == (now, longest)


def test_an_evening_slot_done_after_midnight_counts_for_its_day() -> None:
    two_ago = YESTERDAY - timedelta(days=1)
    done = frozenset({slot(two_ago, EVENING).key})
    days = calendar(facts(slots_done=done, days=[day_total(YESTERDAY, 1)]), two_ago, YESTERDAY)
    assert [each.active for each in days] == [True, True]
    assert days_in_row(days).now == 2


def test_today_does_not_end_a_row_while_it_can_be_done() -> None:
    of = facts(days=[day_total(YESTERDAY, 1)], slots_done=frozenset({slot(YESTERDAY).key}))
    assert days_in_row(calendar(of, YESTERDAY, TODAY)).now == 1, "the morning was missed, the evening is to come"


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_rows_need_no_more_than_the_days_without_a_session(finished: set[int], after_midnight: set[int]) -> None:
    totals = [day_total(TODAY - timedelta(days=number), 1) for number in sorted(finished, reverse=True)]
    done = frozenset(slot(TODAY - timedelta(days=number), EVENING).key for number in after_midnight)
    of, first = facts(days=totals, slots_done=done), TODAY - timedelta(days=30)
    assert days_in_row(days_for_rows(of, first, TODAY)) == days_in_row(calendar(of, first, TODAY))


@given(st.lists(st.sampled_from([day(1, DONE), day(0, MISSED), day(0, PAUSED), day(0, COMING)]), max_size=20))
def test_pauses_never_change_a_row(days: list[CalendarDay]) -> None:
    with_pauses = [each for one in days for each in (one, day(0, PAUSED, PAUSED))]
    assert days_in_row(with_pauses) == days_in_row(days)
    assert days_in_row(days).now <= days_in_row(days).longest <= len(days)
