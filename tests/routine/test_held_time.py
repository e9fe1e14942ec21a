"""What was really held is counted, once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.routine import Exercise, Position, Routine, SideMode, Step, StepKind
from stretchplayer.routine.timeline import PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline

HOLD = Step(kind=StepKind.HOLD, text="Hold.", seconds=30)


@pytest.fixture
def timeline() -> Timeline:
    """Two holds on each leg, then one without a side."""
    legs = Exercise(id="legs", title="Legs", position=Position.STANDING, repetitions=2, steps=(HOLD,))
    back = Exercise(id="back", title="Back", position=Position.STANDING, sides=SideMode.NONE, steps=(HOLD,))
    return build_timeline(Routine(id="r", title="R", exercises=(legs, back)))


def test_nothing_is_held_before_anything_was_noted(timeline: Timeline) -> None:
    held = HeldTime(timeline)
    assert (held.total_ms, held.holds_done) == (0, 0)
    assert held.by_exercise() == {"legs": {"left": 0, "right": 0}, "back": {"both": 0}}


def test_the_furthest_moment_counts_and_not_the_sum(timeline: Timeline) -> None:
    held, hold = HeldTime(timeline), timeline.holds()[0]
    held.note(hold, hold.start_ms + 20_000)
    held.note(hold, hold.start_ms + 10_000)
    assert held.of(hold) == 20_000
    assert held.holds_done == 0


def test_repetitions_of_a_side_add_up(timeline: Timeline) -> None:
    held = HeldTime(timeline)
    for hold in timeline.holds():
        held.note(hold, hold.end_ms)
    assert held.by_exercise() == {"legs": {"left": 60_000, "right": 60_000}, "back": {"both": 30_000}}
    assert (held.holds_done, held.total_ms) == (5, 150_000)


def test_only_holds_count(timeline: Timeline) -> None:
    held = HeldTime(timeline)
    for phase in timeline.phases:
        if phase.kind is not PhaseKind.HOLD:
            held.note(phase, phase.end_ms)
    assert held.total_ms == 0


@given(positions=st.lists(st.floats(-1e6, 1e6), max_size=20))
def test_a_hold_never_counts_more_than_its_length_or_less_than_nothing(positions: list[float]) -> None:
    exercise = Exercise(id="s", title="S", position=Position.STANDING, sides=SideMode.NONE, steps=(HOLD,))
    timeline = build_timeline(Routine(id="r", title="R", exercises=(exercise,)))
    held, hold = HeldTime(timeline), timeline.holds()[0]
    furthest = 0
    for position_ms in positions:
        held.note(hold, position_ms)
        furthest = max(furthest, min(30_000, int(position_ms - hold.start_ms)))
        assert held.of(hold) == max(0, furthest)
