"""Repetitions, alternate sides, ranges, breaths, rests and rounds, as a person gets them."""

from dataclasses import replace
from itertools import pairwise

import pytest

from stretchplayer.figure.side import Side
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import Block, Exercise, Goal, Position, Routine, SideMode, Step, StepKind
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline, estimate_speech_ms, hold_cues
from tests.routine.counted import BRIDGE, KNEES, LIE, REACH, ROUTINE, counted_timeline, one_exercise
from tests.routine.shipped import hamstring_trio

PLAN = counted_timeline()
BREATHS = {CueName.BREATH_IN, CueName.BREATH_OUT}


def said(phases: tuple[Phase, ...] | list[Phase]) -> list[str]:
    """All sentences of these phases."""
    return [cue.say for phase in phases for cue in phase.cues if cue.say]


def steps(timeline: Timeline, ordinal: int = 0) -> list[Phase]:
    """The phases of an exercise without the way to it."""
    ahead = {PhaseKind.PREPARE, PhaseKind.DONE}
    return [phase for phase in timeline.phases if phase.ordinal == ordinal and phase.kind not in ahead]


def test_the_opening_counts_exercises() -> None:
    assert said(list(PLAN.phases[:1])) == ["Four exercises, about nine minutes.", "Bridge. Lie on your back."]


def test_rounds_are_played_one_after_the_other_with_a_rest_between_them() -> None:
    assert [exercise.id for exercise in PLAN.exercises] == ["bridge", "knees", "bridge", "knees", "reach", "lie"]
    rests = [phase for phase in PLAN.phases if phase.is_rest and PLAN.next_of(phase).kind is PhaseKind.TRANSITION]
    assert [(rest.ordinal, rest.duration_ms) for rest in rests] == [(2, 20_000)]
    assert said(rests)[0] == "Rest for twenty seconds."
    assert "Good. Next: Bridge." in said([PLAN.next_of(rests[0])])


def test_the_first_repetition_is_explained_and_later_ones_are_short() -> None:
    bridge = one_exercise(replace(BRIDGE, sets=1))
    assert said(steps(bridge)) == [
        "Lift your hips.", "And hold. Five seconds.", "Lower your hips slowly.",
        "Two. Up.", "And hold.", "And down.",
        "Three. Up.", "And hold.", "And down.",
    ]  # fmt: skip
    moves = [phase for phase in steps(bridge) if phase.step == 0]
    assert {phase.text for phase in moves} == {"Lift your hips."}
    assert [(phase.repetition, phase.repetitions) for phase in moves] == [(1, 3), (2, 3), (3, 3)]


def test_the_next_set_is_short_from_its_first_repetition_on() -> None:
    second = [phase for phase in steps(one_exercise(BRIDGE)) if phase.set_number == 2]
    assert said(second)[:4] == [
        "Rest for forty seconds.",
        "Let go, and breathe easily.",
        "Rest a little longer.",
        "One. Up.",
    ]
    assert {phase.sets for phase in second if phase.is_step} == {2}


def test_without_coaching_a_rest_is_silent() -> None:
    rest = next(phase for phase in steps(one_exercise(BRIDGE, Preferences(coaching=False))) if phase.is_rest)
    assert said([rest]) == ["Rest for forty seconds."]


def test_alternate_sides_change_at_each_repetition_and_are_announced_once() -> None:
    knees = one_exercise(KNEES)
    assert said(steps(knees)) == [
        "Let both knees sink to the left.", "Bring them back to the middle.",
        "Lovely. Now the right leg.",
        "Let both knees sink to the right.", "Bring them back to the middle.",
        "Left.", "Two. And back.", "Right.", "Two. And back.",
        "Left.", "Three. And back.", "Right.", "Three. And back.",
    ]  # fmt: skip
    sides = [phase.side for phase in steps(knees) if phase.step == 0]
    assert sides == [Side.LEFT, Side.RIGHT] * 3
    assert steps(one_exercise(KNEES, Preferences(switch_s=15))) == steps(knees), "nothing has to be rearranged"


def test_restarting_alternate_sides_goes_to_the_start_of_the_set() -> None:
    knees = one_exercise(replace(KNEES, sets=2, rest_s=10, rest_between_repetitions_s=5))
    for number in (1, 2):
        of_set = [phase for phase in steps(knees) if phase.set_number == number]
        first = next(phase for phase in of_set if phase.is_step)
        assert all(knees.side_start_of(phase) is first for phase in of_set[first is not of_set[0] :])


def test_repetitions_rest_between_one_another_and_say_so_in_full_once() -> None:
    reach = one_exercise(REACH)
    rests = [phase for phase in steps(reach) if phase.is_rest]
    assert [(rest.side, rest.repetition) for rest in rests] == [
        (Side.LEFT, 2), (Side.LEFT, 3), (Side.RIGHT, 2), (Side.RIGHT, 3),
    ]  # fmt: skip
    assert said(rests) == ["Rest for four seconds.", "Rest.", "Rest for four seconds.", "Rest."]
    assert {rest.duration_ms for rest in rests} == {4_000}
    left = [phase for phase in steps(reach) if phase.side is Side.LEFT]
    assert {reach.side_start_of(phase).index for phase in left} == {left[0].index}
    assert "Lovely. Now the right arm." in said(steps(reach))


def test_a_movement_in_breaths_takes_them_after_its_words() -> None:
    first, again = [phase for phase in steps(one_exercise(REACH)) if phase.step == 1][:2]
    for phase, words in ((first, "Lower it again."), (again, "And lower.")):
        spoken_ms = estimate_speech_ms(words)
        assert phase.breathing_ms >= phase.start_ms + spoken_ms
        assert phase.end_ms - phase.breathing_ms == phase.breath_ms == 5_000
        assert [(cue.name, cue.at_ms - phase.breathing_ms) for cue in phase.cues[1:]] == [
            (CueName.BREATH_IN, 0), (CueName.BREATH_OUT, 2_000),
        ]  # fmt: skip


def test_breathing_stops_when_the_hold_after_it_is_announced() -> None:
    breathe = Step(kind=StepKind.MOVE, text="Breathe.", breaths=2)
    exercise = replace(LIE, steps=(breathe, Step(kind=StepKind.HOLD, text="Hold.", seconds=20)))
    move = steps(one_exercise(exercise))[0]
    assert move.cues[-1].name is CueName.HOLD_SOON
    assert move.breathing_ms == move.cues[-1].at_ms - 10_000


@pytest.mark.parametrize(("pace", "breath_ms"), [(0.75, 3_750), (1.0, 5_000), (2.0, 10_000)])
def test_a_hold_in_breaths_follows_the_pace_of_the_person(pace: float, breath_ms: int) -> None:
    timeline = one_exercise(LIE, Preferences(pace=pace, hold_s=60, coaching=False))
    (hold,) = timeline.holds()
    assert (hold.breaths, hold.breath_ms, hold.duration_ms) == (6, breath_ms, 6 * breath_ms)
    assert hold.breathing_ms == hold.start_ms
    assert said([timeline.previous_of(hold)])[-1] == "And hold. Six breaths."
    tones = [(cue.name, cue.at_ms - hold.start_ms) for cue in hold.cues]
    assert tones[0] == (CueName.HOLD_START, 0)
    ins = [ms for name, ms in tones if name is CueName.BREATH_IN]
    outs = [ms for name, ms in tones if name is CueName.BREATH_OUT]
    assert ins == [breath_ms * number for number in range(1, 6)]  # the first is the start of the hold
    assert outs == [breath_ms * number + breath_ms * 2 // 5 for number in range(6)]


def test_words_in_a_hold_in_breaths_cover_no_breath() -> None:
    (hold,) = one_exercise(LIE).holds()
    ends_ms = 0
    for cue in hold.cues:
        assert cue.at_ms >= ends_ms
        ends_ms = cue.at_ms + cue.tone_ms + estimate_speech_ms(cue.say or "")
    assert "Let your back grow heavy." in said([hold])
    assert len([cue for cue in hold.cues if cue.name in BREATHS]) == 9


def test_the_first_words_of_a_hold_may_be_the_routine_s_own() -> None:
    own = replace(LIE, steps=(replace(LIE.steps[0], say="Rest here", breaths=1),))
    assert said(list(one_exercise(own).phases[:1]))[-1] == "Rest here. One breath."


def test_a_long_lie_is_never_silent_for_long_and_not_nearly_over_too_soon() -> None:
    cues = hold_cues(0, 120_000, estimate_speech_ms, ())
    heard = [(cue.at_ms, cue.at_ms + cue.tone_ms + estimate_speech_ms(cue.say or "")) for cue in cues]
    gaps = [begins - ended for (_, ended), (begins, _) in pairwise([*heard, (120_000, 0)])]
    assert max(gaps) <= 15_000
    sentences = [(cue.at_ms, cue.say) for cue in cues if cue.name is CueName.COACH]
    assert [words for _at_ms, words in sentences[:3]] == [*phrases.COACHING[:2], phrases.LONG_COACHING[0]]
    assert all(at_ms >= 100_000 for at_ms, words in sentences if words == phrases.COACHING[2])
    assert sentences[-1][1] == phrases.COACHING[2]


def test_the_hold_the_person_chose_is_for_stretches() -> None:
    def held_s(exercise: Exercise, goal: Goal | None) -> set[int]:
        routine = Routine(id="r", title="R", goal=goal, exercises=(exercise,))
        return {hold.duration_ms // 1000 for hold in build_timeline(routine, Preferences(hold_s=45)).holds()}

    stretch = replace(BRIDGE, steps=(Step(kind=StepKind.HOLD, text="Hold.", seconds=20),))
    assert held_s(stretch, None) == held_s(stretch, Goal.STRETCHING) == {45}
    assert held_s(stretch, Goal.STRENGTH) == {20}
    assert held_s(replace(stretch, own_hold=True), None) == {20}
    assert held_s(BRIDGE, None) == {5}


def test_nobody_presses_a_key_for_each_short_hold() -> None:
    plan = counted_timeline(Preferences(wait_for_me=True))
    assert {hold.exercise for hold in plan.holds() if hold.awaits_person} == {"lie"}


@pytest.mark.parametrize("sides", [SideMode.EACH, SideMode.ALTERNATE])
@pytest.mark.parametrize("side", list(Side))
def test_one_side_alone_is_played_alone(sides: SideMode, side: Side) -> None:
    only = one_exercise(replace(KNEES, sides=sides, only_side=side))
    assert {phase.side for phase in steps(only)} == {side}
    assert PhaseKind.SWITCH_SIDES not in {phase.kind for phase in only.phases}


@pytest.mark.parametrize(("only", "first", "played"), [
    (None, Side.LEFT, Side.LEFT), (None, Side.RIGHT, Side.RIGHT), (Side.RIGHT, Side.LEFT, Side.RIGHT),
])  # fmt: skip
def test_the_one_side_is_the_one_the_person_names(only: Side | None, first: Side, played: Side) -> None:
    one = one_exercise(replace(KNEES, sides=SideMode.ONE, only_side=only), Preferences(first_side=first))
    assert one.sides_of(0) == (played,)


def test_an_extra_set_is_done_on_one_side_after_the_others() -> None:
    extra = one_exercise(replace(REACH, repetitions=1, extra_set_on=Side.LEFT))
    done = [(phase.set_number, phase.side, phase.sets) for phase in steps(extra) if phase.step == 0]
    assert done == [(1, Side.LEFT, 2), (1, Side.RIGHT, 1), (2, Side.LEFT, 2)]
    assert said(steps(extra)).count("Lovely. Now the left arm.") == 1


def test_exercises_in_blocks_keep_their_order() -> None:
    together = build_timeline(ROUTINE, Preferences(same_position_together=True))
    assert together.exercises == PLAN.exercises


def test_variants_stay_when_others_are_put_together() -> None:
    routine = replace(ROUTINE, blocks=(), exercises=(BRIDGE, REACH, KNEES, *ROUTINE.exercises[4:]))
    together = build_timeline(routine, Preferences(same_position_together=True))
    assert [exercise.id for exercise in together.exercises] == ["bridge", "knees", "reach"]
    assert {exercise.id for exercise in together.routine.exercises} == {"bridge", "knees", "reach", "small-bridge"}


@pytest.mark.parametrize(
    ("before", "after", "how", "least_ms"),
    [
        (Position.LYING_ON_BACK, Position.LYING_ON_FRONT, "Roll onto your front, in your own time.", 12_000),
        (Position.LYING_ON_FRONT, Position.ON_ALL_FOURS, "Come onto your hands and knees, in your own time.", 12_000),
        (Position.ON_ALL_FOURS, Position.LYING_ON_SIDE, "Roll onto your side, in your own time.", 12_000),
        (Position.STANDING, Position.KNEELING, "Come down to the floor, in your own time.", 25_000),
        (Position.STANDING, Position.SITTING_ON_CHAIR, "", 0),
    ],
)
def test_there_is_time_to_get_from_one_position_into_another(
    before: Position, after: Position, how: str, least_ms: int
) -> None:
    exercises = (replace(KNEES, position=before), replace(LIE, position=after))
    timeline = build_timeline(Routine(id="r", title="R", exercises=exercises))
    (way,) = (phase for phase in timeline.phases if phase.kind is PhaseKind.TRANSITION)
    assert said([way]) == [f"Well done. The last one: Lying on the front. {how}".strip()]
    assert way.duration_ms >= least_ms


def test_words_for_the_way_are_said_only_where_they_fit() -> None:
    knees = replace(KNEES, transition_say="From the bridge to the knees.")
    bridge = replace(BRIDGE, transition_say="Up again.")
    routine = replace(ROUTINE, exercises=(bridge, knees), blocks=(Block(rounds=2, exercises=("bridge", "knees")),))
    ways = [
        phase for phase in build_timeline(routine).phases if phase.kind is PhaseKind.TRANSITION and not phase.is_rest
    ]
    assert said(ways) == [
        "From the bridge to the knees.", "Good. Next: Bridge.", "From the bridge to the knees.",
    ]  # fmt: skip


def test_the_end_tells_how_many_exercises_were_done() -> None:
    assert said([PLAN.done]) == [
        "Well done, that's all six exercises. Bend your knees, rest a moment, and roll to your side before you get up."
    ]


@pytest.mark.parametrize(
    ("repetitions", "words"), [(1, "Well done, that's all six."), (2, "that's all three exercises.")]
)
def test_holds_are_counted_at_the_end_if_there_is_one_on_each_side(repetitions: int, words: str) -> None:
    trio = hamstring_trio()
    exercises = tuple(replace(exercise, repetitions=repetitions) for exercise in trio.exercises)
    assert words in said([build_timeline(replace(trio, exercises=exercises)).done])[0]
