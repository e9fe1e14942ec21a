"""Navigating a timeline."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.figure.side import Side
from stretchplayer.routine.routine import SideMode
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from tests.routine import strategies
from tests.routine.shipped import hamstring_trio

timelines = st.builds(build_timeline, strategies.routines(), strategies.preferences)
OF_A_SIDE = {PhaseKind.MOVE, PhaseKind.HOLD, PhaseKind.RELEASE, PhaseKind.SWITCH_SIDES}


def _scan(timeline: Timeline, moment: float) -> Phase:
    """Look through all phases for the one a moment lies in."""
    if moment < 0:
        return timeline.phases[0]
    for phase in timeline.phases:
        if phase.start_ms <= moment < phase.end_ms:
            return phase
    return timeline.phases[-1]


@given(timelines, st.data())
def test_the_phase_at_a_moment_is_the_one_a_linear_scan_finds(timeline: Timeline, data: st.DataObject) -> None:
    edges = [phase.start_ms for phase in timeline.phases]
    anywhere = st.floats(-1000, timeline.total_ms + 1000)
    near_an_edge = st.builds(lambda edge, off: edge + off, st.sampled_from(edges), st.sampled_from((-1, -0.5, 0, 0.5)))
    moment = data.draw(anywhere | near_an_edge)
    assert timeline.at(moment) is _scan(timeline, moment)


@given(timelines)
def test_the_steps_of_each_exercise_and_side_lie_between_getting_into_position_and_the_next_exercise(
    timeline: Timeline,
) -> None:
    for ordinal, exercise in enumerate(timeline.exercises):
        begin = timeline.begin_of(ordinal)
        assert (begin.kind, begin.ordinal) == (PhaseKind.PREPARE, ordinal)
        sides = timeline.sides_of(ordinal)
        assert set(sides) == {side for _set, side, _repetition in strategies.turns(exercise, sides[0] or Side.LEFT)}
        for side in sides:
            steps = timeline.steps_of(ordinal, side)
            numbers = [step.step for step in steps if step.step is not None]
            assert numbers == list(range(len(exercise.steps)))
            assert {step.side for step in steps} == {side}
            assert begin.index < steps[0].index <= steps[-1].index < timeline.exercise_after(begin).index


@given(timelines)
def test_next_and_back_stay_on_the_timeline(timeline: Timeline) -> None:
    phases = timeline.phases
    for here in phases[:-1]:
        assert timeline.next_of(here) is phases[here.index + 1]
        assert timeline.previous_of(timeline.next_of(here)) is here
    assert timeline.next_of(timeline.done) is timeline.done
    assert timeline.previous_of(phases[0]) is phases[0]


@given(timelines)
def test_a_side_starts_with_its_switch_or_its_first_step(timeline: Timeline) -> None:
    exercises = timeline.exercises
    for phase in timeline.phases:
        start = timeline.side_start_of(phase)
        assert start.index <= phase.index
        assert (start.ordinal, start.set_number) == (phase.ordinal, phase.set_number)
        alternates = exercises[phase.ordinal].sides is SideMode.ALTERNATE
        rests_between = phase.is_rest and (phase.side is not None or phase.repetition > 1)
        if phase.kind in OF_A_SIDE or rests_between:
            assert start.kind is PhaseKind.SWITCH_SIDES or (start.step, start.repetition) == (0, 1)
            between = timeline.phases[start.index : phase.index]
            assert all(each.kind in OF_A_SIDE or each.is_rest for each in between)
            assert alternates or all(each.side is phase.side for each in between)
            assert timeline.side_start_of(start) is start
        else:
            assert start is phase or start.is_rest  # between rounds


@given(timelines)
def test_the_next_exercise_starts_at_its_first_phase_or_at_done(timeline: Timeline) -> None:
    for phase in timeline.phases:
        after = timeline.exercise_after(phase)
        later = [each for each in timeline.phases if each.ordinal > phase.ordinal]
        assert after is (later[0] if later else timeline.done)
        assert after.kind in {PhaseKind.TRANSITION, PhaseKind.DONE}
        assert after.index > phase.index or phase is timeline.done


@given(timelines)
def test_holds_and_cues_are_those_of_the_phases(timeline: Timeline) -> None:
    assert timeline.holds() == tuple(phase for phase in timeline.phases if phase.kind is PhaseKind.HOLD)
    assert [cue for phase in timeline.phases for cue in phase.cues] == list(timeline.cues())


@pytest.mark.parametrize(
    ("sides", "only", "pictured"),
    [
        (SideMode.EACH, None, Side.RIGHT),
        (SideMode.ALTERNATE, None, Side.RIGHT),
        (SideMode.ONE, Side.LEFT, Side.LEFT),
        (SideMode.ONE, None, Side.LEFT),
        (SideMode.NONE, None, None),
    ],
)
def test_an_exercise_is_pictured_on_a_side_on_which_it_is_done(
    sides: SideMode, only: Side | None, pictured: Side | None
) -> None:
    trio = hamstring_trio()
    first, *others = trio.exercises
    words = tuple(replace(step, text="Move.", say=None, coach=()) for step in first.steps)
    changed = replace(first, sides=sides, only_side=only, steps=words, setup_say=None)
    timeline = build_timeline(replace(trio, exercises=(changed, *others)))
    assert timeline.pictured_side(first.id) is pictured
