"""Hypothesis strategies that build any routine a file can describe, at a size that keeps the tests quick."""

from dataclasses import replace

from hypothesis import strategies as st

from stretchplayer.figure.side import Side, SidedText
from stretchplayer.routine.preferences import (
    HOLD_CHOICES_S,
    LEAD_IN_CHOICES_S,
    PACE_CHOICES,
    SWITCH_CHOICES_S,
    Preferences,
)
from stretchplayer.routine.routine import (
    Block,
    Exercise,
    Goal,
    Position,
    Range,
    Routine,
    SideMode,
    Step,
    StepKind,
    low_end,
)

WORDS = ("raise", "lower", "slowly", "breathe", "the knee", "to the chest", "toes up", "until it pulls")
SIDED_WORDS = (*WORDS, "your {leg}", "the {other_leg}", "the {side} foot", "on the {other_side}")
THINGS = ("a sturdy chair", "a towel", "a mat", "a wall")
TITLES = ("leg raise", "Seated stretch", "The towel one.", "Cat and cow")

preferences = st.builds(
    Preferences,
    hold_s=st.none() | st.sampled_from(HOLD_CHOICES_S),
    pace=st.sampled_from(PACE_CHOICES),
    lead_in_s=st.sampled_from(LEAD_IN_CHOICES_S),
    first_side=st.sampled_from(Side),
    wait_for_me=st.booleans(),
    switch_s=st.sampled_from(SWITCH_CHOICES_S),
    wait_between=st.sampled_from((None, False, True)),
    coaching=st.booleans(),
    tell_time_left=st.booleans(),
)
"""Anything a person can choose."""

ms_per_character = st.integers(min_value=20, max_value=150)
"""How long a voice takes for a character."""


def _sentences(words: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Words that follow one another in the list: each sentence is one choice, which is what takes time."""
    runs = [words[start : start + length] for length in range(1, 5) for start in range(len(words) - length + 1)]
    return st.sampled_from([" ".join(run) for run in runs])


def _numbers(least: int, most: int) -> st.SearchStrategy[int | Range[int]]:
    """A number, or a range, of which the low end is played."""
    number = st.integers(least, most)
    return number | number.map(lambda low: Range(low=low, high=low + 5))


_seconds: st.SearchStrategy[float | Range[float]] = st.floats(1, 90) | st.integers(1, 90).map(
    lambda low: Range(low=low, high=low + 5.0)
)


@st.composite
def _steps(draw: st.DrawFn, words: tuple[str, ...]) -> Step:
    measured = draw(st.sampled_from(("seconds", "repetitions", "breaths")))
    sides = st.builds(SidedText, left=_sentences(WORDS), right=_sentences(WORDS))
    texts = _sentences(words) if words == WORDS else _sentences(words) | sides
    return Step(
        kind=draw(st.sampled_from(StepKind)),
        text=draw(texts),
        say=draw(st.none() | texts),
        short=draw(st.none() | _sentences(words)),
        count=draw(st.booleans()),
        seconds=draw(_seconds) if measured == "seconds" else None,
        repetitions=draw(st.integers(1, 20)) if measured == "repetitions" else None,
        breaths=draw(st.integers(1, 4)) if measured == "breaths" else None,
        coach=tuple(draw(st.lists(_sentences(words), max_size=3))),
        pose=draw(st.none() | st.sampled_from(("lying", "leg-up"))),
    )


@st.composite
def exercises(draw: st.DrawFn, exercise_id: str = "only", *, most_repetitions: int = 2) -> Exercise:
    """Any exercise, on one side or both, in turn or one after the other, several times over."""
    sides = draw(st.sampled_from(SideMode))
    words = WORDS if sides is SideMode.NONE else SIDED_WORDS
    a_side = st.none() if sides is SideMode.NONE else st.none() | st.sampled_from(Side)
    only_side = draw(a_side)
    has_both = only_side is None and sides in {SideMode.EACH, SideMode.ALTERNATE}
    return Exercise(
        id=exercise_id,
        title=draw(st.sampled_from(TITLES)),
        position=draw(st.sampled_from(Position)),
        setup=draw(st.none() | _sentences(WORDS)),
        setup_say=draw(st.none() | _sentences(WORDS)),
        equipment=tuple(draw(st.lists(st.sampled_from(THINGS), unique=True, max_size=2))),
        sides=sides,
        only_side=only_side,
        extra_set_on=draw(a_side) if has_both else None,
        limb=draw(st.sampled_from(("leg", "arm"))),
        repetitions=draw(_numbers(1, most_repetitions)),
        sets=draw(_numbers(1, 2)),
        rest_s=draw(st.just(0) | st.integers(1, 60) | st.floats(0.5, 60)),
        rest_between_repetitions_s=draw(st.just(0) | st.integers(1, 30)),
        steps=tuple(draw(st.lists(_steps(words), min_size=1, max_size=3))),
        own_hold=draw(st.booleans()),
    )


@st.composite
def routines(draw: st.DrawFn, *, most_exercises: int = 3, most_repetitions: int = 2) -> Routine:
    """Any routine of at most so many exercises, and an easier variant of the first, perhaps in rounds."""
    ids = [f"exercise-{index}" for index in range(draw(st.integers(1, most_exercises)))]
    first, *others = (draw(exercises(each, most_repetitions=most_repetitions)) for each in ids)
    variant = replace(first, id="easier-variant")
    blocks = st.builds(
        Block,
        rounds=st.integers(1, 2),
        exercises=st.lists(st.sampled_from(ids), min_size=1, max_size=2).map(tuple),
        rest_s=st.sampled_from((0, 20)),
    )
    return Routine(
        id="any",
        title=draw(st.sampled_from(TITLES)),
        goal=draw(st.none() | st.sampled_from(Goal)),
        exercises=(replace(first, easier=variant.id), *others, variant),
        blocks=tuple(draw(st.lists(blocks, max_size=2))),
    )


def visits(routine: Routine) -> list[Exercise]:
    """The exercises as they are to be played, round by round."""
    if not routine.blocks:
        return [exercise for exercise in routine.exercises if exercise.id != "easier-variant"]
    names = [name for block in routine.blocks for _round in range(block.rounds) for name in block.exercises]
    return [routine.exercise(name) for name in names]


def turns(exercise: Exercise, first: Side) -> list[tuple[int, Side | None, int]]:
    """The set, side and repetition of everything that is to be played of an exercise, in order."""
    both: dict[SideMode, tuple[Side | None, ...]] = {
        SideMode.NONE: (None,),
        SideMode.ONE: (first,),
        SideMode.EACH: (first, first.other),
        SideMode.ALTERNATE: (first, first.other),
    }
    sides = (exercise.only_side,) if exercise.only_side else both[exercise.sides]
    sets = [sides] * low_end(exercise.sets) + [(exercise.extra_set_on,)] * (exercise.extra_set_on is not None)
    numbers = range(1, low_end(exercise.repetitions) + 1)
    found: list[tuple[int, Side | None, int]] = []
    for set_number, in_set in enumerate(sets, start=1):
        if exercise.sides is SideMode.ALTERNATE:
            found += [(set_number, side, number) for number in numbers for side in in_set]
        else:
            found += [(set_number, side, number) for side in in_set for number in numbers]
    return found
