"""Everything that the shipped routines can bring the program to say, whatever the person chose.

The trio's texts are recorded whole, as are those that stand in the files of the other routines and their openings. What
the program puts together ("Three. And up.", "And hold. Eight seconds.") is recorded by the sentence, so that any dose
has its words; and how a routine opens that the person changed, by the clause: "Two exercises, both legs, about nine
minutes."
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, permutations, product
from typing import Final, TypeVar

from stretchplayer.figure.side import LEG, Side, fill_placeholders
from stretchplayer.i18n import _
from stretchplayer.routine import phrases
from stretchplayer.routine.dose import HOLDS_S, REPETITIONS, RESTS_S
from stretchplayer.routine.preferences import (
    HOLD_CHOICES_S,
    LEAD_IN_CHOICES_S,
    PACE_CHOICES,
    SWITCH_CHOICES_S,
    Preferences,
)
from stretchplayer.routine.routine import DEFAULT_ROUTINE, Exercise, Goal, Position, Routine, SideMode, StepKind
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline, estimate_speech_ms, same_position_together
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.routines.routine_file import read_routine

T = TypeVar("T")
SpeechTime = Callable[[str], int]
LONGEST_LEAD_IN_S: Final = max(LEAD_IN_CHOICES_S)
LONGEST_SWITCH_S: Final = max(SWITCH_CHOICES_S)


OTHER_LENGTHS_S: Final = sorted({*range(3, 21), 40, *HOLD_CHOICES_S, *HOLDS_S, *RESTS_S} - {0})
"""The lengths of holds and rests that are recorded, in whatever exercise."""
MOST_BREATHS: Final = 5
MOST_MINUTES: Final = 60
"""How long a session may last if its length is to be spoken by the clips."""


def shipped_routines() -> list[Routine]:
    """All routines that are shipped, in the order of their file names."""
    return [read_routine(path) for path in sorted(asset_dir("routines").glob("*.toml"))]


def timelines(routine: Routine, speech_ms: SpeechTime) -> Iterator[Timeline]:
    """The routine in every way that changes its words, but for the minutes it takes."""
    switches = product((False, True), repeat=5)
    for hold_s, side, (wait, tell, coaching, together, newcomer) in product((None, *HOLD_CHOICES_S), Side, switches):
        preferences = Preferences(
            hold_s=hold_s,
            first_side=side,
            wait_for_me=wait,
            tell_time_left=tell,
            coaching=coaching,
            same_position_together=together,
        )
        yield build_timeline(routine, preferences, speech_ms, newcomer=newcomer)


def openings(routine: Routine, speech_ms: SpeechTime) -> Iterator[str]:
    """The opening sentence with every number of minutes between the shortest and the longest session."""
    shortest, longest = (
        build_timeline(routine, preferences, speech_ms).total_ms
        for preferences in (
            Preferences(hold_s=min(HOLD_CHOICES_S), pace=min(PACE_CHOICES), lead_in_s=0, switch_s=0, wait_for_me=True),
            Preferences(
                hold_s=max(HOLD_CHOICES_S),
                pace=max(PACE_CHOICES),
                lead_in_s=LONGEST_LEAD_IN_S,
                switch_s=LONGEST_SWITCH_S,
            ),
        )
    )
    # How long it takes depends on how long the words take, which is known only when they are recorded.
    for minutes in range(round(shortest / 60_000) - 1, round(longest / 60_000) + 3):
        yield phrases.session_start(routine, minutes * 60_000)


def answers(timeline: Timeline) -> Iterator[str]:
    """What is said when the person pauses, resumes, has to press a key, ends early or is offered what was missed."""
    yield from (phrases.PAUSED, phrases.RESUMING, phrases.INTERRUPTED, phrases.STOPPED)
    yield from (phrases.HOLD_THE_REST, phrases.WHEN_READY)
    for exercise, side in product(timeline.routine.exercises, Side):
        yield phrases.offer(side, exercise.limb)
        yield phrases.now_the(side, exercise.limb)
    holds = len(timeline.holds())
    position = timeline.routine.exercise(timeline.done.exercise).position
    for done in range(holds + 1):
        yield phrases.done(done, holds, position)


def half_ways() -> Iterator[str]:
    """The half of a make-up, which may have any length."""
    for seconds in range(5, max(OTHER_LENGTHS_S) // 2 + 1):
        yield from phrases.half_way(seconds)


def in_file(exercise: Exercise) -> Iterator[str]:
    """The texts of an exercise, on both sides."""
    yield phrases.get_ready(exercise)
    if exercise.transition_say is not None:
        yield exercise.transition_say
    for step, side in product(exercise.steps, (None,) if exercise.sides is SideMode.NONE else Side):
        # What a hold shows is not said; without words of its own it is announced as any hold.
        texts = (step.say or (None if step.kind is StepKind.HOLD else step.text), step.short, *step.coach)
        for text in (text for text in texts if text is not None):
            yield phrases.sentence(fill_placeholders(text, side, exercise.limb))


def in_any_order(items: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Some or all of the items, in every order."""
    return chain.from_iterable(permutations(items, count) for count in range(len(items) + 1))


def put_together(routine: Routine) -> Iterator[str]:
    """What the program says about the exercises of a routine in whatever order, dose and variant."""
    exercises = routine.exercises
    for exercise, is_last in product(exercises, (False, True)):
        yield phrases.get_ready(replace(exercise, setup_say=None))
        for position, equipment in product(Position, in_any_order(exercise.equipment)):
            previous = replace(exercise, position=position, equipment=equipment)
            yield phrases.next_exercise(exercise, previous, is_last=is_last)
    for exercise, side, repetitions in product(exercises, Side, (False, True)):
        yield phrases.other_side(side, exercise.limb)
        yield phrases.now_the(side, exercise.limb)
        yield phrases.offer(side, exercise.limb, repetitions=repetitions)
    for planned, position in product(range(1, len(routine.played) + 1), Position):
        yield from (phrases.done(done, planned, position, exercises=True) for done in range(planned + 1))
    if routine.goal in {None, Goal.STRETCHING}:
        for planned, position in product(range(1, len(Side) * len(routine.played) + 1), Position):
            yield from (phrases.done(done, planned, position) for done in range(planned + 1))


def changed_openings(routine: Routine) -> Iterator[str]:
    """How a part of the routine is opened, on whatever sides and with whatever equipment."""
    first = routine.exercises[0]
    for count, goal, limb, sides in product(
        range(len(routine.played)), (Goal.STRETCHING, Goal.MOBILITY), (LEG, "arm"), (SideMode.EACH, SideMode.NONE)
    ):
        exercises = tuple(replace(first, id=str(number), limb=limb, sides=sides) for number in range(count + 1))
        yield phrases.session_start(replace(routine, exercises=exercises, blocks=(), goal=goal), 0)
    for equipment in in_any_order(routine.equipment):
        yield phrases.session_start(replace(routine, exercises=(replace(first, equipment=equipment),)), 0)
    for minutes in range(MOST_MINUTES + 1):
        yield phrases.session_start(routine, minutes * 60_000)


def in_any_exercise() -> Iterator[str]:
    for seconds in OTHER_LENGTHS_S:
        yield from (phrases.hold(seconds), phrases.rest(seconds))
    for count in range(1, MOST_BREATHS + 1):
        yield phrases.hold_for_breaths(count)
    for count in range(1, max(REPETITIONS) + 1):
        yield phrases.sentence(phrases.number(count))
    yield from map(_, (phrases.RELEASE, phrases.REST, *phrases.LONG_COACHING, *phrases.RESTING))


def spoken_texts(routines: Iterable[Routine], speech_ms: SpeechTime = estimate_speech_ms) -> frozenset[str]:
    """Every text, when speaking takes as long as `speech_ms` says."""
    texts = {*half_ways(), *map(_, phrases.COACHING)}
    parts, changed = set(in_any_exercise()), set[str]()
    for routine in routines:
        texts.update(chain.from_iterable(map(in_file, routine.exercises)))
        parts.update(put_together(routine))
        changed.update(changed_openings(routine))
        if routine.id != DEFAULT_ROUTINE:
            parts.update(openings(routine, estimate_speech_ms))
            continue
        for order in (routine, same_position_together(routine)):
            texts.update(openings(order, speech_ms))
        for timeline in timelines(routine, speech_ms):
            texts.update(cue.say for cue in timeline.cues() if cue.say is not None)
            texts.update(answers(timeline))
    clauses = chain.from_iterable(map(phrases.clauses, chain.from_iterable(map(phrases.sentences, changed))))
    return frozenset(texts).union(clauses, *map(phrases.sentences, parts))
