"""The invariants of every timeline, whatever the routine and the preferences."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stretchplayer.figure.side import Side, fill_placeholders
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import Cue, CueName
from stretchplayer.routine.preferences import HOLD_CHOICES_S, Preferences
from stretchplayer.routine.routine import Exercise, Goal, Position, Routine, SideMode, Step, StepKind
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import APART_MS, build_timeline, estimate_speech_ms, hold_cues, session_ms
from tests.routine import strategies
from tests.routine.shipped import hamstring_trio

SPEECH_MS_PER_CHARACTER = 65
BREATHS = {CueName.BREATH_IN, CueName.BREATH_OUT}
LEADING_TO_AN_EXERCISE = {PhaseKind.TRANSITION, PhaseKind.PREPARE}


@st.composite
def timelines(draw: st.DrawFn) -> tuple[Timeline, Preferences]:
    """Any timeline at the usual speed of speech, with the preferences that made it."""
    preferences = draw(strategies.preferences)
    return build_timeline(draw(strategies.routines()), preferences), preferences


def _sound_ms(phase: Phase, ms_per_character: int = SPEECH_MS_PER_CHARACTER) -> int:
    return sum(cue.tone_ms + len(cue.say or "") * ms_per_character for cue in phase.cues)


@given(timelines())
def test_phases_follow_one_another_from_zero_without_a_gap(made: tuple[Timeline, Preferences]) -> None:
    timeline, _ = made
    moment = 0
    for index, phase in enumerate(timeline.phases):
        assert phase.index == index
        assert phase.start_ms == moment
        assert phase.end_ms == phase.start_ms + phase.duration_ms
        assert phase.duration_ms > 0 or phase is timeline.done
        moment += phase.duration_ms
    assert timeline.total_ms == moment == sum(phase.duration_ms for phase in timeline.phases)


@pytest.mark.parametrize("preferences", [Preferences(), Preferences(same_position_together=True, lead_in_s=9)])
def test_its_length_is_known_without_its_phases(preferences: Preferences) -> None:
    timeline = build_timeline(hamstring_trio(), preferences)
    assert session_ms(hamstring_trio(), preferences, estimate_speech_ms) == timeline.total_ms


@given(timelines())
def test_it_ends_with_done_which_takes_no_time(made: tuple[Timeline, Preferences]) -> None:
    timeline, _ = made
    assert [phase.kind for phase in timeline.phases].count(PhaseKind.DONE) == 1
    assert timeline.phases[-1] is timeline.done
    assert (timeline.done.kind, timeline.done.duration_ms) == (PhaseKind.DONE, 0)
    assert timeline.done.equipment == ()
    (cue,) = timeline.done.cues
    assert (cue.name, cue.at_ms) == (CueName.DONE, timeline.total_ms)


@given(timelines())
def test_every_hold_takes_exactly_what_was_planned(made: tuple[Timeline, Preferences]) -> None:
    timeline, preferences = made
    planned = []
    for exercise in strategies.visits(timeline.routine):
        chosen_s = None if exercise.counts_repetitions else preferences.hold_s
        if timeline.routine.goal not in {None, Goal.STRETCHING} or exercise.own_hold:
            chosen_s = None
        for _ in strategies.turns(exercise, Side.LEFT):
            for step in exercise.steps:
                if step.kind is StepKind.HOLD:
                    paced = preferences.pace if step.breaths else 1
                    own_s = step.duration_s * paced
                    planned.append(round(1000 * (own_s if chosen_s is None or step.seconds is None else chosen_s)))
    assert [hold.duration_ms for hold in timeline.holds()] == planned


@given(timelines())
def test_every_step_is_there_as_often_as_the_routine_says(made: tuple[Timeline, Preferences]) -> None:
    timeline, preferences = made
    visits = strategies.visits(timeline.routine)
    assert list(timeline.exercises) == visits
    for ordinal, exercise in enumerate(visits):
        wanted = [
            (set_number, side, repetition, step)
            for set_number, side, repetition in strategies.turns(exercise, preferences.first_side)
            for step in range(len(exercise.steps))
        ]
        there = [phase for phase in timeline.phases if phase.ordinal == ordinal and phase.step is not None]
        assert [(p.set_number, p.side, p.repetition, p.step) for p in there] == wanted
        for phase in there:
            step = exercise.steps[phase.step or 0]
            assert phase.kind is PhaseKind(step.kind)
            assert phase.pose == step.pose
            assert phase.text == fill_placeholders(step.text, phase.side, exercise.limb)
            assert phase.breaths == (step.breaths or 0)
            on_this_side = [(p.set_number, p.repetition) for p in there if p.side is phase.side]
            assert (phase.sets, phase.repetitions) == max(on_this_side)


@given(timelines())
def test_both_sides_are_the_same_but_for_the_side(made: tuple[Timeline, Preferences]) -> None:
    timeline, _ = made
    exercises = timeline.exercises
    runs: dict[tuple[int, int, Side], list[tuple[object, ...]]] = {}
    for phase in timeline.phases:
        exercise = exercises[phase.ordinal]
        one_sided = exercise.sides is SideMode.ONE or exercise.only_side or exercise.extra_set_on
        # A hold at the beginning is announced in what comes before it, and nothing comes before the first.
        announced = exercise.sides is SideMode.ALTERNATE and exercise.steps[0].kind is StepKind.HOLD
        if phase.side is not None and phase.is_step and not one_sided and not announced:
            offsets = tuple((cue.name, cue.at_ms - phase.start_ms) for cue in phase.cues if cue.name not in BREATHS)
            facts = (phase.kind, phase.step, phase.repetition, phase.duration_ms, phase.pose, phase.equipment, offsets)
            runs.setdefault((phase.ordinal, phase.set_number, phase.side), []).append(facts)
    for (ordinal, set_number, side), run in runs.items():
        assert run == runs[(ordinal, set_number, side.other)]


@given(timelines())
def test_a_side_is_only_left_through_a_switch_and_a_switch_names_it(made: tuple[Timeline, Preferences]) -> None:
    timeline, _ = made
    exercises = timeline.exercises
    before: Phase | None = None
    for phase in timeline.phases:
        exercise = exercises[phase.ordinal]
        if phase.kind is PhaseKind.SWITCH_SIDES:
            assert phase.text == f"Now the {phase.side} {exercise.limb}."
            assert before is not None
            assert before.side is not phase.side
        elif phase.is_step and before is not None and before.is_step and before.side is not phase.side:
            assert exercise.sides is SideMode.ALTERNATE
            assert (phase.set_number, phase.repetition) != (1, 1)
        before = phase


@given(routine=strategies.routines(), preferences=strategies.preferences, pace=strategies.ms_per_character)
def test_cues_lie_in_their_phase_in_order_and_each_can_be_said_in_full(
    routine: Routine, preferences: Preferences, pace: int
) -> None:
    timeline = build_timeline(routine, preferences, lambda text: len(text) * pace)
    for phase in timeline.phases[:-1]:
        free_from = phase.start_ms
        for cue in phase.cues:
            assert free_from <= cue.at_ms
            free_from = cue.at_ms + cue.tone_ms + len(cue.say or "") * pace
        assert free_from <= phase.end_ms
        assert phase.duration_ms >= _sound_ms(phase, pace)
    planned = [cue.at_ms for cue in timeline.cues()]
    assert planned == sorted(planned)


@given(timelines())
def test_a_step_takes_at_least_its_time_at_the_chosen_pace(made: tuple[Timeline, Preferences]) -> None:
    timeline, preferences = made
    exercises = timeline.exercises
    for phase in timeline.phases:
        if phase.kind in {PhaseKind.MOVE, PhaseKind.RELEASE} and phase.step is not None:
            step = exercises[phase.ordinal].steps[phase.step]
            assert phase.duration_ms >= round(step.duration_s * 1000 * preferences.pace)


@given(timelines())
def test_breaths_are_paced_after_the_words_to_the_end(made: tuple[Timeline, Preferences]) -> None:
    timeline, preferences = made
    for phase in timeline.phases:
        breaths = [cue for cue in phase.cues if cue.name in BREATHS]
        if not phase.breaths:
            assert not breaths
            continue
        assert phase.breath_ms == 5_000 * preferences.pace
        first_ms = phase.breathing_ms
        assert first_ms >= phase.start_ms
        if phase.kind is PhaseKind.HOLD:
            assert (first_ms, phase.duration_ms) == (phase.start_ms, phase.breaths * phase.breath_ms)
        else:
            words = phase.cues[0]
            assert words.at_ms + words.tone_ms + len(words.say or "") * SPEECH_MS_PER_CHARACTER <= first_ms
            assert len(breaths) == 2 * phase.breaths
        for cue in breaths:
            into_ms = (cue.at_ms - first_ms) % phase.breath_ms
            assert into_ms == (0 if cue.name is CueName.BREATH_IN else phase.breath_ms * 2 // 5)


@given(timelines())
def test_what_was_explained_once_is_said_briefly(made: tuple[Timeline, Preferences]) -> None:
    timeline, _ = made
    exercises = timeline.exercises
    for phase in timeline.phases:
        if phase.step is None or phase.kind is PhaseKind.HOLD:
            continue
        exercise = exercises[phase.ordinal]
        step, said = exercise.steps[phase.step], phase.cues[0].say
        is_first = phase.set_number == phase.repetition == 1
        if is_first or not (step.short or step.count):
            assert said == fill_placeholders(step.say or step.text, phase.side, exercise.limb)
        else:
            number = phrases.sentence(phrases.number(phase.repetition)) if step.count else ""
            short = phrases.sentence(fill_placeholders(step.short or "", phase.side, exercise.limb))
            assert said == f"{number} {short}".strip()


@given(timelines())
def test_equipment_is_named_before_it_is_needed(made: tuple[Timeline, Preferences]) -> None:
    timeline, _ = made
    told: list[str] = []
    for phase in timeline.phases:
        if phase.kind not in LEADING_TO_AN_EXERCISE:
            missing = [item for item in phase.equipment if not any(item in words for words in told)]
            assert not missing
        told += [cue.say for cue in phase.cues if cue.say]
        if phase.kind in LEADING_TO_AN_EXERCISE:
            told.append(phase.text)


@given(timelines())
def test_what_the_exercise_before_did_not_use_is_fetched_on_the_way(made: tuple[Timeline, Preferences]) -> None:
    timeline, _ = made
    exercises = timeline.exercises
    for phase in timeline.phases:
        if phase.kind is PhaseKind.TRANSITION and not phase.is_rest:
            new = set(phase.equipment) - set(exercises[phase.ordinal - 1].equipment)
            assert all(item in phase.text for item in new)
            assert phase.duration_ms >= _sound_ms(phase) + (6_000 if new else 0)
            assert timeline.next_of(phase).kind is PhaseKind.PREPARE


@given(timelines())
def test_every_hold_is_released_with_an_end_tone(made: tuple[Timeline, Preferences]) -> None:
    timeline, _ = made
    for hold in timeline.holds():
        after = timeline.next_of(hold)
        assert after.kind is PhaseKind.RELEASE
        assert (after.cues[0].name, after.cues[0].at_ms) == (CueName.HOLD_END, hold.end_ms)
        assert after.side is hold.side
    ends = [cue for cue in timeline.cues() if cue.name is CueName.HOLD_END]
    assert len(ends) == len(timeline.holds())


@given(timelines())
def test_every_hold_starts_with_a_tone_and_has_its_ticks(made: tuple[Timeline, Preferences]) -> None:
    timeline, _ = made
    for hold in timeline.holds():
        spoken = {CueName.COACH, CueName.TIME_LEFT}
        if hold.breaths:
            assert {cue.name for cue in hold.cues} <= {CueName.HOLD_START, CueName.COACH, *BREATHS}
            assert hold.cues[0].name is CueName.HOLD_START
            continue
        offsets = [(cue.name, cue.at_ms - hold.start_ms) for cue in hold.cues if cue.name not in spoken]
        wanted = [(CueName.HOLD_START, 0)]
        if hold.duration_ms >= 10_000:
            wanted.append((CueName.HALF_WAY, hold.duration_ms // 2))
        if hold.duration_ms >= 5_000:
            wanted += [(CueName.COUNTDOWN, hold.duration_ms - left) for left in (3000, 2000, 1000)]
        assert offsets == wanted


@given(timelines())
def test_a_hold_is_announced_unless_it_waits_for_the_person(made: tuple[Timeline, Preferences]) -> None:
    timeline, preferences = made
    exercises = timeline.exercises
    for hold in timeline.holds():
        exercise = exercises[hold.ordinal]
        assert hold.awaits_person is (preferences.wait_for_me and not exercise.counts_repetitions)
        announced = [cue for cue in timeline.previous_of(hold).cues if cue.name is CueName.HOLD_SOON]
        if hold.awaits_person:
            assert not announced
            continue
        (words,) = (cue.say or "" for cue in announced)
        step = exercise.steps[hold.step or 0]
        if hold.set_number * hold.repetition > 1 and (step.short or step.count):
            assert "second" not in words
        elif hold.breaths:
            assert words.endswith(("One breath.", " breaths."))
        else:
            assert words.endswith(phrases.sentence(phrases.length(round(hold.duration_ms / 1000))))
    others = [phase for phase in timeline.phases if phase.kind is not PhaseKind.HOLD]
    assert {phase.kind for phase in others if phase.awaits_person} <= {PhaseKind.PREPARE}


@given(timelines())
def test_the_opening_says_about_how_long_it_takes(made: tuple[Timeline, Preferences]) -> None:
    timeline, _ = made
    opening = timeline.phases[0].cues[0]
    assert opening.name is CueName.SESSION_START
    said = re.search(r"about (.*?) minutes?\.|less than a minute\.", opening.say or "")
    assert said is not None
    minutes = {phrases.number(value): value for value in range(1000)}[said[1] or "zero"]
    # The sentence is part of what it tells of: its own length may carry the total over the edge.
    assert abs(timeline.total_ms - minutes * 60_000) <= 30_000 + 30 * SPEECH_MS_PER_CHARACTER


@given(timelines())
def test_a_rest_lasts_as_long_as_the_routine_says_and_is_never_silent_for_long(
    made: tuple[Timeline, Preferences],
) -> None:
    timeline, preferences = made
    exercises = timeline.exercises
    for phase in timeline.phases:
        exercise = exercises[phase.ordinal]
        if not phase.is_rest:
            continue
        before, after = timeline.previous_of(phase), timeline.next_of(phase)
        assert phase.kind is PhaseKind.TRANSITION
        if before.ordinal != phase.ordinal:
            wanted_s = 20.0  # between rounds
            assert after.kind is PhaseKind.TRANSITION
        elif before.set_number != phase.set_number:
            wanted_s = exercise.rest_s
        else:
            wanted_s = exercise.rest_between_repetitions_s
        assert wanted_s
        assert phase.duration_ms >= round(wanted_s * 1000)
        heard = sounds(phase.cues)
        gaps = [begins - ended for (_, ended), (begins, _) in pairwise([*heard, (phase.end_ms, 0)])]
        assert max(gaps) <= (15_000 if preferences.coaching else 60_000)


@given(timelines())
def test_there_is_a_rest_between_sets_and_between_repetitions(made: tuple[Timeline, Preferences]) -> None:
    timeline, preferences = made
    for ordinal, exercise in enumerate(timeline.exercises):
        rests = [phase for phase in timeline.phases if phase.is_rest and phase.ordinal == ordinal and phase.index]
        turns = strategies.turns(exercise, preferences.first_side)
        wanted = 0
        for before, after in pairwise(turns):
            if before[0] != after[0]:
                wanted += bool(exercise.rest_s)
            elif before[1] is after[1] or (exercise.sides is SideMode.ALTERNATE and after[::2] != (1, 1)):
                wanted += bool(exercise.rest_between_repetitions_s)
        before_it = [rest for rest in rests if timeline.previous_of(rest).ordinal == ordinal]
        assert len(before_it) == wanted


@given(timelines())
def test_a_timeline_depends_on_nothing_but_what_it_is_given(made: tuple[Timeline, Preferences]) -> None:
    timeline, preferences = made
    assert build_timeline(timeline.routine, preferences) == timeline


@given(strategies.routines(), strategies.preferences)
def test_the_other_first_leg_changes_nothing_but_the_legs(routine: Routine, preferences: Preferences) -> None:
    assume(not any(exercise.only_side or exercise.extra_set_on for exercise in routine.exercises))
    one = build_timeline(routine, replace(preferences, first_side=Side.LEFT))
    other = build_timeline(routine, replace(preferences, first_side=Side.RIGHT))
    for left, right in zip(one.phases, other.phases, strict=True):
        assert (left.kind, left.start_ms, left.duration_ms) == (right.kind, right.start_ms, right.duration_ms)
        assert left.side is (right.side and right.side.other)


def test_speech_is_estimated_from_the_number_of_characters() -> None:
    assert estimate_speech_ms("") == 0
    assert estimate_speech_ms("Half-way.") == 9 * SPEECH_MS_PER_CHARACTER


def test_getting_into_another_position_takes_longer_than_staying() -> None:
    def lasting(second: Position, *equipment: str) -> int:
        step = Step(kind=StepKind.MOVE, text="Breathe.", seconds=5)
        one = Exercise(id="a", title="A", position=Position.STANDING, setup="Be there.", steps=(step,))
        two = replace(one, id="b", position=second, equipment=equipment)
        timeline = build_timeline(Routine(id="r", title="R", exercises=(one, two)))
        (prepare,) = (p for p in timeline.phases if p.kind is PhaseKind.PREPARE and p.ordinal == 1)
        return prepare.duration_ms

    assert lasting(Position.STANDING, "a mat") == lasting(Position.STANDING) + 6_000
    assert lasting(Position.SITTING_ON_CHAIR) == lasting(Position.STANDING) + 6_000
    assert lasting(Position.KNEELING) == 15_000


def test_a_hold_followed_by_another_step_is_released_first() -> None:
    hold = Step(kind=StepKind.HOLD, text="Hold.", seconds=10)
    move = Step(kind=StepKind.MOVE, text="Move.", seconds=5)
    exercise = Exercise(
        id="s", title="S", position=Position.STANDING, sides=SideMode.NONE, steps=(hold, hold, move, hold)
    )
    timeline = build_timeline(Routine(id="r", title="R", exercises=(exercise,)))
    kinds = "prepare hold release hold release move hold release done"
    assert [str(phase.kind) for phase in timeline.phases] == kinds.split()
    assert timeline.phases[2].cues[0].say == "And release."
    assert timeline.phases[2].cues[1].say == "And hold. Ten seconds."


@pytest.mark.parametrize(("seconds", "cues"), [(4, 0), (5, 3), (9, 3), (10, 4)])
def test_a_hold_too_short_for_them_has_neither_a_countdown_nor_a_half_way(seconds: int, cues: int) -> None:
    names = [CueName.HOLD_START, CueName.HALF_WAY, *3 * [CueName.COUNTDOWN]]
    found = [cue.name for cue in hold_cues(7_000, seconds * 1000, estimate_speech_ms)]
    assert found == (names if cues == 4 else [names[0], *names[2:][:cues]])


@pytest.mark.parametrize(
    ("seconds", "says_ten"), [(8, False), (10, False), (20, False), (24, False), (30, True), (60, True), (120, True)]
)
def test_ten_seconds_are_told_unless_words_would_meet(seconds: int, *, says_ten: bool) -> None:
    cues = hold_cues(7_000, seconds * 1000, estimate_speech_ms, tell_time_left=True)
    ten = [(cue.at_ms, cue.say) for cue in cues if cue.name is CueName.TIME_LEFT]
    assert ten == ([(7_000 + seconds * 1000 - 10_000, "Ten.")] if says_ten else [])


@given(st.integers(1, 1800), st.integers(0, 6_000))
def test_the_time_left_meets_no_other_cue(seconds: int, words_ms: int) -> None:
    cues = hold_cues(0, seconds * 1000, lambda _text: words_ms, tell_time_left=True)
    for cue, following in pairwise(cues):
        if CueName.TIME_LEFT in {cue.name, following.name}:
            assert cue.at_ms + cue.tone_ms + (words_ms if cue.say else 0) + APART_MS <= following.at_ms


class TestShippedRoutine:
    """The three hamstring stretches, as a person gets them who changed no setting."""

    timeline = build_timeline(hamstring_trio())

    def test_three_exercises_on_both_legs_in_six_holds_of_thirty_seconds(self) -> None:
        holds = [(hold.exercise, hold.side, hold.duration_ms) for hold in self.timeline.holds()]
        assert holds == [
            ("lying-leg-raise", Side.LEFT, 30_000),
            ("lying-leg-raise", Side.RIGHT, 30_000),
            ("seated-hamstring-stretch", Side.LEFT, 30_000),
            ("seated-hamstring-stretch", Side.RIGHT, 30_000),
            ("towel-stretch", Side.LEFT, 30_000),
            ("towel-stretch", Side.RIGHT, 30_000),
        ]

    def test_the_phases_come_in_the_order_of_the_exercise_sheet(self) -> None:
        one_exercise = "prepare move move hold release switch_sides move move hold release"
        kinds = f"{one_exercise} transition {one_exercise} transition {one_exercise} done"
        assert [str(phase.kind) for phase in self.timeline.phases] == kinds.split()

    @pytest.mark.parametrize(("item", "exercise"), [("a sturdy chair", 1), ("a towel", 2)])
    def test_equipment_is_said_at_the_start_and_on_the_way_to_its_exercise(self, item: str, exercise: int) -> None:
        needing = [phase for phase in self.timeline.phases if item in phase.equipment]
        assert {phase.ordinal for phase in needing} == {exercise}
        assert needing[0].kind is PhaseKind.TRANSITION
        assert item.removeprefix("a sturdy ").removeprefix("a ") in needing[0].text
        assert item in (self.timeline.phases[0].cues[0].say or "")

    def test_the_opening(self) -> None:
        opening, exercise = self.timeline.phases[0].cues
        assert opening.say == (
            "Three gentle stretches, both legs, about eight minutes. You'll need a sturdy chair and a towel."
        )
        assert exercise.say == "First, the leg raise. Lie on your back, legs out straight. Take your time."

    def test_the_first_side(self) -> None:
        said = [(cue.name, cue.say) for phase in self.timeline.phases[1:6] for cue in phase.cues]
        assert said == [
            (
                CueName.STEP,
                "Left knee towards your chest. Hands behind the thigh. Right leg stays long on the floor.",
            ),
            (
                CueName.STEP,
                (
                    "Slowly straighten your left leg, sole towards the ceiling, as far as feels comfortable. "
                    "A soft knee is fine."
                ),
            ),
            (CueName.HOLD_SOON, "And hold. Thirty seconds."),
            (CueName.HOLD_START, None),
            (CueName.COACH, "Shoulders soft. Breathe in… and slowly out."),
            (CueName.HALF_WAY, "Half-way. Fifteen to go."),
            (CueName.COACH, "Let the back of the thigh soften. No forcing."),
            (CueName.COUNTDOWN, None),
            (CueName.COUNTDOWN, None),
            (CueName.COUNTDOWN, None),
            (CueName.HOLD_END, "And release. Bend your left knee, and slowly lower the leg."),
            (CueName.SWITCH_SIDES, "Lovely. Now the right leg."),
        ]

    def test_coaching_comes_four_seconds_into_the_hold_and_five_after_the_half(self) -> None:
        for hold in self.timeline.holds():
            assert [cue.at_ms - hold.start_ms for cue in hold.cues if cue.name is CueName.COACH] == [4_000, 20_000]

    def test_between_floor_and_chair_there_are_forty_seconds_to_the_next_instruction(self) -> None:
        for transition in (phase for phase in self.timeline.phases if phase.kind is PhaseKind.TRANSITION):
            prepare = self.timeline.next_of(transition)
            assert prepare.end_ms - transition.start_ms >= 40_000

    def test_the_closing_words(self) -> None:
        assert self.timeline.done.cues[0].say == (
            "Well done, that's all six. Bend your knees, rest a moment, and roll to your side before you get up."
        )

    def test_floor_exercises_together_save_getting_up_and_down(self) -> None:
        timeline = build_timeline(hamstring_trio(), Preferences(same_position_together=True))
        exercises = [exercise.id for exercise in timeline.routine.exercises]
        assert exercises == ["lying-leg-raise", "towel-stretch", "seated-hamstring-stretch"]
        said = [phase.text for phase in timeline.phases if phase.kind is PhaseKind.TRANSITION]
        assert said == [
            "Good. Next: Towel stretch. Get a towel.",
            (
                "Well done. The last one: Seated hamstring stretch."
                " Roll onto your side, push up with your hands, and take your time. Get a sturdy chair."
            ),
        ]
        assert timeline.done.cues[0].say == "Well done, that's all six. Rest a moment before you stand up."

    def test_exercises_that_are_together_already_keep_their_words(self) -> None:
        one, two, _three = hamstring_trio().exercises
        routine = replace(hamstring_trio(), exercises=(one, two))
        assert build_timeline(routine, Preferences(same_position_together=True)) == build_timeline(routine)

    def test_a_newcomer_is_warned_and_waited_for(self) -> None:
        timeline = build_timeline(hamstring_trio(), newcomer=True)
        assert [cue.name for cue in timeline.phases[0].cues] == [
            CueName.SESSION_START, CueName.CAUTION, CueName.EXERCISE_START,
        ]  # fmt: skip
        waiting = [(phase.kind, phase.ordinal) for phase in timeline.phases if phase.awaits_person]
        assert waiting == [(PhaseKind.PREPARE, 1), (PhaseKind.PREPARE, 2)]

    @pytest.mark.parametrize("newcomer", [False, True])
    @pytest.mark.parametrize("wait", [False, True])
    def test_who_chose_is_waited_for_as_they_chose(self, *, newcomer: bool, wait: bool) -> None:
        timeline = build_timeline(hamstring_trio(), Preferences(wait_between=wait), newcomer=newcomer)
        assert any(phase.awaits_person for phase in timeline.phases) is wait


# Coaching in a hold

COACH = ("Shoulders soft. Breathe in… and slowly out.", "Let the back of the thigh soften. No forcing.")


def sounds(cues: tuple[Cue, ...]) -> list[tuple[int, int]]:
    """When each cue begins and ends."""
    return [(cue.at_ms, cue.at_ms + cue.tone_ms + estimate_speech_ms(cue.say or "")) for cue in cues]


@pytest.mark.parametrize("hold_s", [*HOLD_CHOICES_S, 90, 300])
@pytest.mark.parametrize("coach", [(), COACH, COACH * 3])
@pytest.mark.parametrize("tell_time_left", [False, True])
def test_with_coaching_no_silence_is_long_and_nothing_meets(
    hold_s: int, coach: tuple[str, ...], *, tell_time_left: bool
) -> None:
    heard = sounds(hold_cues(0, hold_s * 1000, estimate_speech_ms, coach, tell_time_left=tell_time_left))
    gaps = [begins - ended for (_, ended), (begins, _) in pairwise([*heard, (hold_s * 1000, 0)])]
    assert max(gaps) <= 15_000
    assert min(gaps) >= 0


@pytest.mark.parametrize(
    ("hold_s", "said"), [(10, []), (20, COACH[:1]), (30, COACH), (60, [*COACH, *phrases.COACHING[::2]])]
)
def test_what_has_no_room_in_a_hold_is_left_out_and_a_long_one_has_more(hold_s: int, said: Sequence[str]) -> None:
    cues = hold_cues(0, hold_s * 1000, estimate_speech_ms, COACH)
    assert [cue.say for cue in cues if cue.name is CueName.COACH] == list(said)


def test_without_coaching_a_hold_has_its_tones_and_its_half() -> None:
    cues = hold_cues(0, 60_000, estimate_speech_ms, None)
    assert [cue.say for cue in cues if cue.say] == ["Half-way. Thirty to go."]
    timeline = build_timeline(hamstring_trio(), Preferences(coaching=False))
    assert CueName.COACH not in {cue.name for cue in timeline.cues()}


def test_the_half_of_a_short_hold_is_said_shortly() -> None:
    said = [cue.say for cue in hold_cues(0, 10_000, lambda words: len(words) * 100) if cue.say]
    assert said == ["Half-way."]
