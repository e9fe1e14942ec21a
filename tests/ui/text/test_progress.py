"""The words of the Progress page: numbers, days and weeks."""

from dataclasses import replace

from PySide6.QtCore import QLocale

from stretchplayer.progress.history import BySide
from stretchplayer.progress.trends import Trend
from stretchplayer.ui.text import progress as words
from tests.progress_data import a_first_day, a_week, a_year, counted, nothing, report_of, stopped_midway

ENGLISH = QLocale("en_GB")


def test_words_of_numbers() -> None:
    assert words.days(1) == "1 day"
    assert words.sessions(1) == "1 session"
    assert words.long_duration(59_999) == "59 s"
    assert words.long_duration(3_600_000) == "1 h"
    assert words.long_duration(3_725_000) == "1 h 2 min"
    assert words.side_labels(BySide())[0] == "Left  0 s · 0 %"
    assert words.balance_text(BySide(left=10, right=20)) == "Both legs were held for the same time."
    assert words.balance_text(BySide(left=10_000)) == "The right leg was held 10 s less."
    assert words.balance_text(BySide(right=10_000)) == "The left leg was held 10 s less."


def test_words_of_days() -> None:
    day = report_of(a_week()).days[-1]
    assert words.day_text(ENGLISH, day).endswith(": 08:00 done, 20:00 later today")
    extra = replace(day, finished=2)
    assert words.slots_text(ENGLISH, extra).endswith(", 1 extra session")
    assert words.slots_text(ENGLISH, replace(day, finished=3)).endswith(", 2 extra sessions")
    assert words.slots_text(ENGLISH, replace(day, dots=(), finished=1)) == "1 session"
    assert words.day_text(ENGLISH, replace(day, dots=(), finished=0)).endswith(": no session")


def test_words_of_weeks() -> None:
    assert words.weeks_text(report_of(a_week())) == "This week 3 min"
    assert " per week on average" in words.weeks_text(report_of(a_year()))
    assert words.weeks_text(report_of(nothing())) == "Minutes per week appear here."
    assert words.weeks_text(report_of(a_first_day())).startswith("This week 3 min; weekly bars")
    resting = replace(report_of(a_year()), held_ms=BySide())
    assert words.weeks_text(resting) == "No holds in these weeks."


def test_words_of_repetitions() -> None:
    done = BySide(left=8, right=9, both=5)
    assert words.side_labels(done, str) == ("Left  8 · 47 %", "Right  9 · 53 %")
    assert words.repetition_balance_text(done) == "The left leg did 1 fewer repetition."
    assert words.repetition_balance_text(replace(done, left=12)) == "The right leg did 3 fewer repetitions."
    assert words.repetition_balance_text(replace(done, left=9)) == "Both legs did the same number of repetitions."
    week, year = report_of(counted(a_week())), report_of(counted(a_year()))
    assert words.repetition_weeks_text(week) == "This week 23 repetitions"
    assert words.repetition_weeks_text(year).startswith("This week 23 repetitions; 1")
    assert [words.done_text(report.rows[0].total) for report in (week, year) if report.rows[0].total] == [
        "23 repetitions", "23 repetitions",
    ]  # fmt: skip


def test_the_figures_tell_of_holds_and_repetitions_what_there_is() -> None:
    only, both = report_of(counted(a_week())), report_of(counted(a_week(), holds=True))
    assert words.figures(only)[2:] == (("Repetitions", "161", "left leg 56, right leg 70"),)
    assert words.figures(both)[2:] == (
        ("Total hold time", "36 min", "12 sessions"),
        ("Repetitions", "161", "left leg 56, right leg 70"),
    )
    without_legs = replace(both.total, repetitions=BySide(both=35))
    assert words.figures(replace(both, total=without_legs))[3] == ("Repetitions", "35", "")
    nothing_held = replace(without_legs, held_ms=BySide())
    assert words.figures(replace(both, total=nothing_held))[2:] == (("Repetitions", "35", "12 sessions"),)
    assert words.done_text(replace(both.rows[0].total or a_week().days[0])) == "3 min held, 23 repetitions"


def test_only_what_has_measurably_changed_is_told() -> None:
    year = report_of(a_year(), 53)
    assert words.change_text(ENGLISH, back=year.back, leg=year.leg, reach=year.reach) == (
        f"Back pain: {-year.back.difference} points lower than in your first week.",
        f"Reach: {-year.reach.difference} cm closer to the floor than in your first week.",
    )
    worse = replace(year.back, trend=Trend.HIGHER, after=9.0, before=4.0)
    assert words.change_text(ENGLISH, back=worse, leg=worse, reach=worse) == (
        "Back pain: 5 points higher than in your first week.",
        "Leg pain: 5 points higher than in your first week.",
        "Reach: 5 cm farther from the floor than in your first week.",
    )
    week = report_of(a_week())
    assert words.change_text(ENGLISH, back=week.back, leg=week.leg, reach=week.reach) == ()


def test_words_where_there_is_no_dot() -> None:
    assert "two a day" in words.no_days_text(report_of(stopped_midway()))
    assert words.no_days_text(report_of(a_year())) == "No finished session in these months."
