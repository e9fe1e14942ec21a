"""What may be offered, and when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from stretchplayer.figure.side import Side
from stretchplayer.progress.history import HoldRecord, PainAnswer, SessionOutcome, SessionRecord, WarningSign
from stretchplayer.progress.prompts import longer_hold, reach_is_due
from tests.progress_data import NOW, TODAY


@pytest.mark.parametrize(("days_ago", "due"), [(None, True), (0, False), (2, False), (3, True), (30, True), (-1, True)])
def test_reach_is_asked_for_every_third_day_at_most(days_ago: int | None, due: bool) -> None:
    day = None if days_ago is None else TODAY - timedelta(days=days_ago)
    assert reach_is_due(TODAY, day, None) is due
    assert reach_is_due(TODAY, None, day) is due
    assert reach_is_due(TODAY, day, day) is due


def session(days_ago: int, *, hold_s: int = 15, held_s: int | None = None, **changes: object) -> SessionRecord:
    """A session with one hold for each leg."""
    held_ms = 1000 * (hold_s if held_s is None else held_s)
    started = NOW - timedelta(days=days_ago)
    holds = tuple(
        HoldRecord(index=number, stretch="a", title="A", side=side, planned_ms=hold_s * 1000, held_ms=held_ms)
        for number, side in enumerate(Side)
    )
    record = SessionRecord(
        id=100 - days_ago, routine="r", title="R", plan="{}", started_at=started, ended_at=started, seen_at=started,
        outcome=SessionOutcome.FINISHED, holds=holds,
    )  # fmt: skip
    return replace(record, **changes)  # type: ignore[arg-type]  # fields of the record


def good_week(**changes: object) -> list[SessionRecord]:
    """A session on each of five days."""
    return [session(days_ago, **changes) for days_ago in (0, 1, 3, 4, 6)]  # type: ignore[arg-type]  # as above


def answer(days_ago: int, **pain: object) -> PainAnswer:
    """What was answered about the session of that day."""
    return PainAnswer(session=100 - days_ago, answered_at=NOW, **pain)  # type: ignore[arg-type]  # fields of the answer


def offered(
    sessions: list[SessionRecord],
    *answers: PainAnswer,
    hold_s: int = 15,
    goal_s: float = 30,
    answered: date | None = None,
) -> int | None:
    """What is offered."""
    return longer_hold(TODAY, hold_s, goal_s, sessions, answers, answered=answered)


def test_after_a_good_week_five_seconds_more_are_offered() -> None:
    assert offered(good_week()) == 20
    assert offered(good_week(hold_s=10), hold_s=10) == 15
    assert offered(good_week(hold_s=25), hold_s=25) == 30


def test_never_more_than_the_routine_s_own() -> None:
    assert offered(good_week(hold_s=30), hold_s=30) is None
    assert offered(good_week(hold_s=15), goal_s=18) is None
    assert offered(good_week(hold_s=30), hold_s=30, goal_s=45) is None, "35 s can't be chosen"


def test_five_days_are_a_week() -> None:
    assert offered(good_week()[1:]) is None
    assert offered([*good_week()[1:], session(1, id=7)]) is None, "two on one day are one day"
    assert offered([*good_week()[1:], session(7)]) is None, "that day is a week ago"


@pytest.mark.parametrize(
    "bad",
    [
        session(2, held_s=10),
        session(2, hold_s=10),
        session(2, outcome=SessionOutcome.STOPPED),
        session(2, outcome=SessionOutcome.INTERRUPTED),
    ],
)
def test_one_incomplete_session_prevents_the_offer(bad: SessionRecord) -> None:
    assert offered([*good_week(), bad]) is None


def test_rehearsals_and_the_session_that_is_being_played_do_not_matter() -> None:
    rehearsal = session(2, held_s=1, rate=20.0)
    playing = session(0, held_s=1, id=200, outcome=SessionOutcome.OPEN, ended_at=None)
    assert offered([*good_week(), rehearsal, playing]) == 20


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([answer(6, back=3), answer(0, back=4)], 20),
        ([answer(6, back=3), answer(0, back=5)], None),
        ([answer(0, leg=5), answer(6, leg=1)], None),
        ([answer(6, back=5), answer(0, back=1)], 20),
        ([answer(3, signs=frozenset({WarningSign.NUMB}))], None),
        ([answer(20, back=0), answer(0, back=9)], 20),
        ([answer(1, note="Fine.")], 20),
    ],
)
def test_nothing_is_offered_while_pain_grows(answers: list[PainAnswer], expected: int | None) -> None:
    assert offered(good_week(), *answers) == expected


@pytest.mark.parametrize(("days_ago", "expected"), [(0, None), (6, None), (7, 20), (-1, 20)])
def test_yes_or_no_holds_for_a_week(days_ago: int, expected: int | None) -> None:
    assert offered(good_week(), answered=TODAY - timedelta(days=days_ago)) == expected
