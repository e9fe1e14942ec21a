"""Repetitions that were done are counted, once, and what one side missed is made up."""

from dataclasses import replace

from stretchplayer.figure.side import Side
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import MakeUp, make_up
from stretchplayer.routine.resume import resume_point
from stretchplayer.routine.routine import Exercise, Step, StepKind
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from tests.routine.counted import BRIDGE, KNEES, REACH, counted_timeline, one_exercise

REACHES = one_exercise(REACH)


def played(plan: Timeline, *left_out: int) -> HeldTime:
    """All of the plan, but for the repetitions with these numbers."""
    held = HeldTime(plan)
    skipped = {phase.index for number in left_out for phase in plan.repetitions()[number]}
    for phase in plan.phases:
        held.note(phase, phase.end_ms if phase.index not in skipped else phase.end_ms - 1)
    return held


def offered(held: HeldTime, *before: int) -> MakeUp | None:
    """What is offered next."""
    return make_up(held.timeline, held, offered=before, lead_in_ms=6_000)


def test_a_repetition_is_done_when_all_its_phases_have_been_played() -> None:
    plan, held = one_exercise(BRIDGE), HeldTime(one_exercise(BRIDGE))
    assert held.repetitions == 6
    for phase in plan.repetitions()[0]:
        assert held.repetitions_done == 0
        held.note(phase, phase.end_ms - 1)
        assert held.repetitions_done == 0
        held.note(phase, phase.end_ms)
    assert held.repetitions_done == 1
    assert held.anything_done
    assert held.anything_whole
    for phase in plan.repetitions()[0]:
        held.note(phase, phase.end_ms)
    assert held.repetitions_done == 1
    assert held.repetitions_by_exercise() == {"bridge": {"both": 1}}


def test_rounds_add_up_and_seconds_are_counted_beside() -> None:
    held = played(counted_timeline())
    assert held.repetitions_by_exercise() == {
        "bridge": {"both": 12}, "knees": {"left": 6, "right": 6}, "reach": {"left": 3, "right": 3},
    }  # fmt: skip
    assert held.by_exercise() == {"bridge": {"both": 60_000}, "lie": {"both": 30_000}}
    assert (held.exercises_done, held.complete) == (6, True)


def test_an_exercise_is_done_when_nothing_of_it_is_missing() -> None:
    plan = counted_timeline()
    held = HeldTime(plan)
    assert (held.exercises_done, held.complete, held.anything_done) == (0, False, False)
    assert played(plan, 0).exercises_done == 5
    held = played(plan)
    (lie,) = (hold for hold in plan.holds() if hold.exercise == "lie")
    without = HeldTime(plan, {hold.index: hold.duration_ms for hold in plan.holds() if hold is not lie})
    for repetition in plan.repetitions():
        for phase in repetition:
            without.note(phase, phase.end_ms)
    assert (held.exercises_done, without.exercises_done) == (6, 5)


def test_of_those_done_before_a_crash_none_is_counted_twice() -> None:
    left, right = HeldTime(REACHES).runs()
    held = HeldTime(REACHES, done_before={left.index: 2, right.index: 9})
    assert [run.done for run in held.runs()] == [2, 3]
    for phase in REACHES.repetitions()[0]:
        held.note(phase, phase.end_ms)
    assert held.runs()[0].done == 2
    assert held.repetitions_done == 5


def test_the_sets_before_a_crash_count_beside_those_after_it() -> None:
    plan = one_exercise(BRIDGE)
    first, second = HeldTime(plan).runs()
    assert (first.planned, second.planned) == (3, 3)
    held = HeldTime(plan, done_before={first.index: 3, second.index: 1})
    for repetition in plan.repetitions()[3:]:  # the second set is begun again
        for phase in repetition:
            held.note(phase, phase.end_ms)
    assert held.repetitions_done == 6


def test_what_both_sides_did_is_not_offered() -> None:
    assert offered(played(REACHES)) is None
    assert offered(played(REACHES, 0, 3)) is None  # one on each side
    assert offered(played(one_exercise(BRIDGE), 0)) is None  # without sides


def test_the_repetitions_that_one_side_missed_are_offered_together() -> None:
    held = played(REACHES, 4, 5)
    found = offered(held)
    assert found is not None
    assert (found.missed.side, found.repetitions, found.missed.step) == (Side.RIGHT, 2, 0)
    added = found.timeline.phases[REACHES.done.index : -1]
    assert added[0] is found.first
    assert [phase.kind for phase in added] == [PhaseKind.PREPARE, *[PhaseKind.MOVE, PhaseKind.RELEASE] * 2]
    assert [(phase.repetition, phase.repetitions) for phase in added[1:]] == [(1, 2), (1, 2), (2, 2), (2, 2)]
    assert [cue.say for phase in added for cue in phase.cues if cue.say] == [
        "Arm reach. Go down on your hands and knees.", "Now the right arm.",
        "Reach forward with your right arm.", "Lower it again.",
        "Two. Reach.", "And lower.",
    ]  # fmt: skip
    starts = [phase.start_ms for phase in found.timeline.phases]
    assert starts == [0, *(phase.end_ms for phase in found.timeline.phases[:-1])]
    for number, phase in enumerate(added):
        held.note(phase, phase.end_ms)
        assert held.repetitions_done == 4 + number // 2
    assert offered(held) is None


def test_what_was_offered_is_not_offered_again() -> None:
    held = played(REACHES, 4, 5)
    found = offered(held)
    assert found is not None
    for phase in found.timeline.phases[REACHES.done.index :][1:3]:
        held.note(phase, phase.end_ms)
    assert held.repetitions_done == 5
    assert offered(held, found.missed.index) is None


def test_a_hold_that_begins_a_repetition_is_not_announced_when_there_is_none() -> None:
    holding = one_exercise(_holding())
    found = offered(played(holding, 3))
    assert found is not None
    assert found.repetitions == 1
    names = [cue.name for cue in found.timeline.phases[-2].cues]
    assert CueName.HOLD_SOON not in names


def _holding() -> Exercise:
    return replace(REACH, repetitions=2, steps=(Step(kind=StepKind.HOLD, text="Hold.", seconds=6),))


def test_a_repetition_too_short_to_get_into_position_for_is_not_offered() -> None:
    quick = replace(REACH, steps=(Step(kind=StepKind.MOVE, text="Nod.", seconds=1),))
    assert offered(played(one_exercise(quick), 5)) is None


def test_what_was_done_before_counts_when_the_rest_is_made_up() -> None:
    left, right = HeldTime(REACHES).runs()
    held = HeldTime(REACHES, done_before={left.index: 3, right.index: 1})
    found = offered(held)
    assert found is not None
    assert found.repetitions == 2
    for phase in found.timeline.phases[REACHES.done.index :]:
        held.note(phase, phase.end_ms)
    assert [run.done for run in held.runs()] == [3, 3]


def test_alternate_sides_resume_at_the_start_of_the_set() -> None:
    knees = one_exercise(KNEES)

    def place(phase: Phase) -> PhaseKind:
        return resume_point(knees, phase.index).kind

    assert {place(phase) for phase in knees.phases[:-1]} == {PhaseKind.PREPARE}
