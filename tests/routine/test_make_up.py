"""Make-up: what one side missed is offered again, and nothing else."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.figure.side import Side
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import MakeUp, make_up
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import Exercise, Position, Routine, Step, StepKind
from stretchplayer.routine.timeline import PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from tests.player.stage import timeline

PLAN = timeline()
LEFT, RIGHT, ONE, TWO = PLAN.holds()
WHOLE = {hold.index: hold.duration_ms for hold in PLAN.holds()}


def offer(changes: Mapping[int, int], *, plan: Timeline = PLAN, offered: tuple[int, ...] = ()) -> MakeUp | None:
    """What is offered when everything but these holds was held in full."""
    whole = {hold.index: hold.duration_ms for hold in plan.holds()}
    return make_up(plan, HeldTime(plan, {**whole, **changes}), offered=offered, lead_in_ms=6_000)


def test_nothing_is_offered_when_everything_was_held() -> None:
    assert offer({}) is None


@pytest.mark.parametrize(
    ("left_ms", "right_ms", "side", "missed_ms"),
    [
        (12_000, 30_000, Side.LEFT, 18_000),
        (30_000, 12_000, Side.RIGHT, 18_000),
        (0, 30_000, Side.LEFT, 30_000),
        (12_000, 20_000, Side.LEFT, 8_000),
        (25_000, 30_000, Side.LEFT, 5_000),
        (25_001, 30_000, None, 0),
        (12_000, 12_000, None, 0),
        (0, 0, None, 0),
    ],
)
def test_the_side_that_missed_something_is_offered_what_the_other_is_ahead(
    left_ms: int, right_ms: int, side: Side | None, missed_ms: int
) -> None:
    found = offer({LEFT.index: left_ms, RIGHT.index: right_ms})
    if side is None:
        assert found is None
    else:
        assert found is not None
        assert (found.missed.side, found.missed_ms) == (side, missed_ms)


def test_who_wants_the_time_left_hears_it_in_a_make_up_too() -> None:
    missed = HeldTime(PLAN, {**WHOLE, LEFT.index: 0})
    for tell_time_left in (False, True):
        found = make_up(PLAN, missed, tell_time_left=tell_time_left)
        assert found is not None
        said = [cue.say for phase in found.timeline.phases if phase.makes_up is not None for cue in phase.cues]
        assert ("Ten." in said) is tell_time_left


def test_what_has_no_sides_is_not_offered() -> None:
    assert offer({ONE.index: 0, TWO.index: 0}) is None


def test_a_declined_make_up_is_not_offered_again() -> None:
    assert offer({LEFT.index: 0}, offered=(LEFT.index,)) is None


def several() -> Timeline:
    """Two sets of two repetitions a side."""
    steps = (
        Step(kind=StepKind.MOVE, text="Raise your {leg}.", seconds=2),
        Step(kind=StepKind.HOLD, text="Hold.", seconds=20),
    )
    exercise = Exercise(id="s", title="S", position=Position.STANDING, steps=steps, repetitions=2, sets=2)
    return build_timeline(Routine(id="r", title="R", exercises=(exercise,)), Preferences())


def test_the_hold_that_missed_most_is_offered_first_and_only_for_what_it_missed() -> None:
    plan = several()
    lefts = [hold for hold in plan.holds() if hold.side is Side.LEFT]
    assert len(lefts) == 4
    found = offer({lefts[0].index: 11_000, lefts[2].index: 2_000}, plan=plan)
    assert found is not None
    assert (found.missed, found.missed_ms) == (lefts[2], 18_000)
    then = offer({lefts[0].index: 11_000}, plan=plan)
    assert then is not None
    assert (then.missed, then.missed_ms) == (lefts[0], 9_000)


def test_making_up_leads_through_the_steps_to_the_hold_and_out_of_it() -> None:
    found = offer({RIGHT.index: 12_000})
    assert found is not None
    added = found.timeline.phases[PLAN.done.index : -1]
    assert [phase.kind for phase in added] == [PhaseKind.PREPARE, PhaseKind.MOVE, PhaseKind.HOLD, PhaseKind.RELEASE]
    assert added[0] is found.first
    assert {phase.side for phase in added} == {Side.RIGHT}
    assert [phase.makes_up for phase in added] == [None, None, RIGHT.index, None]
    said = [cue.say for phase in added for cue in phase.cues if cue.say]
    assert said == [
        "Legs. Lie on your back.",
        "Now the right leg.",
        "Raise your right leg.",
        "And hold, for the rest of the time.",
        "Half-way. Nine to go.",
        "Lower your right leg.",
    ]
    assert CueName.HOLD_END in {cue.name for cue in added[-1].cues}


def test_a_made_up_hold_waits_for_a_key_if_the_others_do() -> None:
    plan = timeline(wait_for_me=True)
    found = offer({plan.holds()[0].index: 0}, plan=plan)
    assert found is not None
    assert [phase.awaits_person for phase in found.timeline.phases[plan.done.index : -1]] == [False, False, True, False]


@given(held_ms=st.tuples(st.integers(0, 30_000), st.integers(0, 30_000)), lead_in_ms=st.integers(0, 20_000))
def test_the_plan_stays_and_what_is_added_has_no_gaps(held_ms: tuple[int, int], lead_in_ms: int) -> None:
    held = HeldTime(PLAN, {LEFT.index: held_ms[0], RIGHT.index: held_ms[1]})
    offered: frozenset[int] = frozenset()
    longer = PLAN
    while (found := make_up(longer, held, offered=offered, lead_in_ms=lead_in_ms)) is not None:
        assert found.timeline.phases[: longer.done.index] == longer.phases[:-1]
        longer = found.timeline
        offered |= {found.missed.index}
        hold = next(phase for phase in longer.phases if phase.makes_up == found.missed.index)
        held.note(hold, hold.end_ms)
    assert [phase.index for phase in longer.phases] == list(range(len(longer.phases)))
    assert [phase.start_ms for phase in longer.phases] == [0, *(phase.end_ms for phase in longer.phases[:-1])]
    assert all(phase.start_ms <= cue.at_ms <= phase.end_ms for phase in longer.phases for cue in phase.cues)
    assert longer.done.kind is PhaseKind.DONE
    assert abs(held.of(LEFT) - held.of(RIGHT)) < 5_000
    assert held.total_ms <= 2 * max(*held_ms)


def test_what_is_made_up_is_added_and_never_counted_twice() -> None:
    found = offer({LEFT.index: 12_000})
    assert found is not None
    hold = next(phase for phase in found.timeline.phases if phase.makes_up is not None)
    held = HeldTime(PLAN, {LEFT.index: 12_000})
    held.note(hold, hold.start_ms + 7_000)
    held.note(hold, hold.start_ms + 3_000)
    assert held.of(LEFT) == 19_000
    held.note(hold, hold.end_ms)
    held.note(LEFT, LEFT.end_ms)
    assert held.of(LEFT) == 30_000
    assert held.by_exercise()["legs"] == {"left": 30_000, "right": 0}
