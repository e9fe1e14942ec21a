"""Session records: what they report, and what they refuse."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.errors import DomainError
from stretchplayer.progress.history import (
    LARGEST_ID,
    BySide,
    PainAnswer,
    ReachMeasure,
    SessionOutcome,
    ended,
    new_session_id,
    with_progress,
)
from tests.fakes import START
from tests.storage.history.past import HOLDS, LEFT, record

WHOLE = tuple(hold.planned_ms for hold in HOLDS)


def test_a_session_adds_up_what_was_held() -> None:
    one = record(held_ms=(12_000, 30_000, 4_000))
    assert (one.held_ms, one.planned_ms) == (46_000, 70_000)
    assert [hold.missed_ms for hold in one.holds] == [18_000, 0, 6_000]
    assert one.day == START.date()
    assert BySide(left=1, right=2, both=4).total == 7


@pytest.mark.parametrize(
    ("outcome", "held_ms", "done", "complete"),
    [
        (SessionOutcome.FINISHED, WHOLE, True, True),
        (SessionOutcome.FINISHED, (30_000, 29_999, 10_000), True, False),
        (SessionOutcome.FINISHED, (0, 0, 0), False, False),
        (SessionOutcome.STOPPED, WHOLE, False, False),
        (SessionOutcome.INTERRUPTED, WHOLE, False, False),
        (SessionOutcome.OPEN, WHOLE, False, False),
    ],
)
def test_done_is_what_came_to_its_end_with_something_held(
    outcome: SessionOutcome, held_ms: tuple[int, ...], done: bool, complete: bool
) -> None:
    one = replace(record(held_ms=held_ms), outcome=outcome)
    assert (one.done, one.complete) == (done, complete)


@pytest.mark.parametrize(("rate", "counts"), [(1.0, True), (1, True), (0.5, False), (20.0, False)])
def test_a_rehearsal_does_not_count(rate: float, counts: bool) -> None:
    assert replace(record(), rate=rate).counts is counts


@given(held_ms=st.lists(st.integers(0, 60_000), max_size=6), back_s=st.integers(-100, 100))
def test_notes_only_ever_add(held_ms: list[int], back_s: int) -> None:
    one = record(held_ms=(7_000, 0, 0))
    for number, ms in enumerate(held_ms):
        at = START + timedelta(seconds=back_s * number)
        before, one = one, with_progress(one, at=at, phase=number, held_ms={LEFT.index: ms})
        assert one.seen_at >= before.seen_at
        assert one.held_ms >= before.held_ms
    assert one.holds[0].held_ms == min(30_000, max([7_000, *held_ms]))
    assert ended(one, SessionOutcome.STOPPED, START - timedelta(days=1)).ended_at == START


@pytest.mark.parametrize("pain", [{"back": 11}, {"leg": -1}, {"note": "x" * 2_001}])
def test_an_answer_off_the_scale_is_refused(pain: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        PainAnswer(session=1, answered_at=START, **pain)  # type: ignore[arg-type]  # its fields


@pytest.mark.parametrize("cm", [-0.5, 200.5])
def test_an_impossible_reach_is_refused(cm: float) -> None:
    with pytest.raises(DomainError):
        ReachMeasure(day=START.date(), cm=cm)


def test_ids_sort_by_the_moment_and_differ_in_it() -> None:
    later = START + timedelta(milliseconds=1)
    assert new_session_id(START, 0) < new_session_id(START, 1023) < new_session_id(later, 0) < LARGEST_ID
    assert new_session_id(START, 1024) == new_session_id(START, 0)


def test_sessions_before_1970_differ_too() -> None:
    early = [datetime.min.replace(tzinfo=UTC), datetime(1916, 8, 25, tzinfo=UTC), datetime(1969, 12, 31, tzinfo=UTC)]
    moments = [each + timedelta(seconds=second) for each in early for second in (0, 1)]
    ids = [new_session_id(at, 3) for at in moments]
    assert sorted(set(ids)) == ids
    assert ids[0] > 0
    assert ids[-1] < new_session_id(datetime(1972, 1, 1, tzinfo=UTC), 0)
