"""The report: weeks, both sides, and a row for each day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.progress.adherence import DaysInRow
from stretchplayer.progress.history import BySide, DayPain, ReachMeasure
from stretchplayer.progress.report import report, week_of, weeks
from stretchplayer.progress.trends import Trend
from tests.progress_data import (
    NOW,
    TODAY,
    a_first_day,
    a_week,
    a_year,
    counted,
    day_total,
    nothing,
    report_of,
    stopped_at_once,
    stopped_midway,
)

MONDAY = date(2026, 3, 2)


def test_repetitions_are_added_up_by_week_and_leg_and_are_not_nothing() -> None:
    found = report_of(counted(a_week()))
    assert not found.empty
    assert found.repetitions == BySide(left=56, right=70, both=35)
    assert [week.repetitions.total for week in found.weeks[-3:]] == [0, 138, 23]
    stopped = replace(day_total(TODAY, 1), finished=0)
    assert not report_of(counted(replace(nothing(), days=[stopped]))).empty


@pytest.mark.parametrize(("first_weekday", "begins"), [(0, MONDAY), (6, date(2026, 3, 1)), (5, date(2026, 2, 28))])
def test_weeks_begin_on_the_chosen_weekday(first_weekday: int, begins: date) -> None:
    assert week_of(MONDAY, first_weekday) == begins


def test_weeks_without_a_session_are_included() -> None:
    days = [day_total(MONDAY - timedelta(days=14), 1), day_total(MONDAY, 2), day_total(MONDAY + timedelta(days=1), 1)]
    found = weeks(days, MONDAY - timedelta(days=14), MONDAY + timedelta(days=1))
    once, thrice = BySide(left=90_000, right=90_000), BySide(left=270_000, right=270_000)
    assert [(week.begins, week.held_ms) for week in found] == [
        (MONDAY - timedelta(days=14), once),
        (MONDAY - timedelta(days=7), BySide()),
        (MONDAY, thrice),
    ]


def test_a_week_ends_with_the_last_day_that_was_asked_for() -> None:
    days = [day_total(MONDAY, 1), day_total(MONDAY + timedelta(days=1), 1)]
    assert [week.held_ms.total for week in weeks(days, MONDAY, MONDAY)] == [180_000]


@given(st.lists(st.integers(0, 200), unique=True), st.integers(0, 6), st.integers(0, 200))
def test_weeks_add_up_to_what_was_held(numbers: list[int], first_weekday: int, length: int) -> None:
    days = [day_total(MONDAY + timedelta(days=number), 1) for number in sorted(numbers)]
    last = MONDAY + timedelta(days=length)
    inside = [day for day in days if day.day <= last]
    found = weeks(days, MONDAY, last, first_weekday)
    assert sum(week.held_ms.total for week in found) == sum(day.held_ms.total for day in inside)
    assert all(week.begins.weekday() == first_weekday for week in found)
    assert found[0].begins <= MONDAY
    assert found[-1].begins <= last < found[-1].begins + timedelta(days=7)


def test_a_new_person_s_report_is_empty() -> None:
    empty = report_of(nothing())
    assert empty.empty
    assert empty.rows == ()
    assert empty.days_active == 0
    assert len(empty.weeks) == 13
    assert len(empty.days) == 12 * 7 + 1


def test_reach_alone_is_something() -> None:
    from dataclasses import replace

    only_reach = report_of(replace(nothing(), reach=[ReachMeasure(day=TODAY, cm=3)]))
    assert not only_reach.empty
    assert [row.reach_cm for row in only_reach.rows] == [3]


def test_a_session_in_which_nothing_was_held_is_nothing_to_show() -> None:
    stopped = report_of(stopped_at_once())
    assert stopped.empty
    assert stopped.total.sessions == 1
    assert not report_of(stopped_midway()).empty
    said = replace(stopped_at_once(), pain=[DayPain(day=TODAY, back=3.0, leg=None)])
    assert not report_of(said).empty
    assert not report_of(replace(stopped_at_once(), notes={TODAY: "Another time."})).empty


def test_the_weeks_that_are_known() -> None:
    assert report_of(nothing()).weeks_known == 0
    assert report_of(a_first_day()).weeks_known == 1
    assert report_of(a_week()).weeks_known == 2
    assert report_of(a_year()).weeks_known == 13


def test_a_week_s_report() -> None:
    week = report_of(a_week())
    assert week.row == DaysInRow(now=7, longest=7)
    assert week.days_active == 7
    assert [row.calendar.day for row in week.rows] == [TODAY - timedelta(days=number) for number in range(7)]
    assert week.back.trend is Trend.UNKNOWN
    assert week.rows[0].total is not None
    assert week.rows[0].pain is not None
    assert week.rows[3].reach_cm == 21
    assert week.rows[0].reach_cm is None


def test_a_year_s_report() -> None:
    year = report_of(a_year(), 53)
    assert year.back.trend is Trend.LOWER
    assert year.leg.trend is Trend.STEADY
    assert year.reach.trend is Trend.LOWER
    assert year.held_ms.left < year.held_ms.right
    assert year.rows[5].note.startswith("Long day")
    assert len(year.rows) == len(year.days)
    assert len(report_of(a_year(), 13).rows) == 85


def test_the_longer_known_row_is_taken() -> None:
    row = DaysInRow(now=400, longest=500)
    assert report(a_week(), TODAY, row=row).row is row
    assert report(a_week(), TODAY).days[-1].day == NOW.date()
