"""Longer holds are offered after a good week, and never else."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.progress.history import DayPain, DayTotal, HeldBySide, WarningSign
from stretchplayer.progress.hold_progression import BEGINNER_HOLDS_S, longer_hold_s
from stretchplayer.routine.preferences import HOLD_CHOICES_S

TODAY = date(2026, 3, 15)
LONG_AGO = TODAY - timedelta(days=60)


def day(ago: int, *, complete: int = 2, sessions: int | None = None) -> DayTotal:
    """A day of the past; every session complete unless more are given."""
    return DayTotal(
        day=TODAY - timedelta(days=ago),
        sessions=complete if sessions is None else sessions,
        finished=complete,
        complete=complete,
        held=HeldBySide(),
    )


def hurts(ago: int, back: float | None, leg: float | None = None, *signs: WarningSign) -> DayPain:
    """What was answered on a day of the past."""
    return DayPain(day=TODAY - timedelta(days=ago), back=back, leg=leg, signs=frozenset(signs))


GOOD_WEEK = tuple(day(ago) for ago in range(6, -1, -1))


def offer(
    hold_s: int = 15,
    *,
    since: date = LONG_AGO,
    days: Sequence[DayTotal] = GOOD_WEEK,
    pain: Sequence[DayPain] = (),
) -> int | None:
    return longer_hold_s(hold_s, since=since, today=TODAY, days=days, pain=pain)


@pytest.mark.parametrize(("hold_s", "then"), [(10, 15), (15, 20), (25, 30), (28, 30), (30, None), (45, None)])
def test_after_a_good_week_five_seconds_more_up_to_thirty(hold_s: int, then: int | None) -> None:
    assert offer(hold_s) == then


def test_a_beginner_s_holds_can_be_chosen() -> None:
    assert set(BEGINNER_HOLDS_S) <= set(HOLD_CHOICES_S)


@pytest.mark.parametrize(("ago", "offered"), [(6, True), (5, False), (0, False)])
def test_the_week_is_one_with_this_hold(ago: int, offered: bool) -> None:
    assert (offer(since=TODAY - timedelta(days=ago)) is not None) is offered


@pytest.mark.parametrize(("days", "offered"), [(7, True), (5, True), (4, False), (0, False)])
def test_a_missed_day_or_two_take_nothing_away(days: int, offered: bool) -> None:
    assert (offer(days=GOOD_WEEK[:days]) is not None) is offered


def test_one_session_that_was_not_complete_is_one_too_many() -> None:
    assert offer(days=(*GOOD_WEEK[:-1], day(0, complete=1, sessions=2))) is None


def test_what_was_before_the_week_does_not_count() -> None:
    before = (day(7, complete=0, sessions=3),)
    assert offer(days=before + GOOD_WEEK, pain=[hurts(7, 1, None, WarningSign.NUMB)]) == 20
    assert offer(days=(day(8), day(7), *GOOD_WEEK[:4])) is None


@pytest.mark.parametrize("sign", WarningSign)
def test_any_sign_of_warning_is_a_reason_to_wait(sign: WarningSign) -> None:
    assert offer(pain=[hurts(3, None, None, sign)]) is None


@pytest.mark.parametrize(
    ("backs", "offered"),
    [
        ([], True),
        ([8], True),
        ([3, 3], True),
        ([3, 4], True),
        ([3, 5], False),
        ([3, 3, 9, 5, 5], False),
        ([6, 3, 2], True),
        ([2, 3, 3, 3, 3, 4], True),
        ([None, 2, None, 4], False),
    ],
)
def test_pain_that_has_grown_is_a_reason_to_wait(backs: list[float | None], offered: bool) -> None:
    of_back = [hurts(6 - number, back) for number, back in enumerate(backs)]
    of_leg = [hurts(6 - number, 4, leg) for number, leg in enumerate(backs)]
    assert (offer(pain=of_back) is not None) is offered
    assert (offer(pain=of_leg) is not None) is offered


@given(hold_s=st.integers(1, 120), complete=st.lists(st.integers(0, 3), max_size=10), extra=st.integers(0, 2))
def test_an_offer_is_five_seconds_at_most_and_never_beyond_thirty(hold_s: int, complete: list[int], extra: int) -> None:
    days = [day(ago, complete=number, sessions=number + extra) for ago, number in enumerate(complete)]
    then = offer(hold_s, days=days)
    assert then is None or hold_s < then <= min(hold_s + 5, 30)
