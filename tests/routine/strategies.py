"""Hypothesis strategies that build any routine a file can describe, at a size that keeps the tests quick."""

from hypothesis import strategies as st

from stretchplayer.figure.side import Side
from stretchplayer.routine.preferences import (
    HOLD_CHOICES_S,
    LEAD_IN_CHOICES_S,
    PACE_CHOICES,
    SWITCH_CHOICES_S,
    Preferences,
)
from stretchplayer.routine.routine import Exercise, Position, Routine, SideMode, Step, StepKind

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
    return st.lists(st.sampled_from(words), min_size=1, max_size=4).map(" ".join)


@st.composite
def _steps(draw: st.DrawFn, words: tuple[str, ...]) -> Step:
    timed = draw(st.booleans())
    return Step(
        kind=draw(st.sampled_from(StepKind)),
        text=draw(_sentences(words)),
        say=draw(st.none() | _sentences(words)),
        seconds=draw(st.integers(1, 90) | st.floats(1, 90)) if timed else None,
        repetitions=None if timed else draw(st.integers(1, 20)),
        coach=tuple(draw(st.lists(_sentences(words), max_size=3))),
        pose=draw(st.none() | st.sampled_from(("lying", "leg-up"))),
    )


@st.composite
def exercises(draw: st.DrawFn, exercise_id: str = "only") -> Exercise:
    """Any exercise, on one side or both, several times over."""
    sides = draw(st.sampled_from(SideMode))
    words = SIDED_WORDS if sides is SideMode.EACH else WORDS
    return Exercise(
        id=exercise_id,
        title=draw(st.sampled_from(TITLES)),
        position=draw(st.sampled_from(Position)),
        setup=draw(st.none() | _sentences(WORDS)),
        setup_say=draw(st.none() | _sentences(WORDS)),
        equipment=tuple(draw(st.lists(st.sampled_from(THINGS), unique=True, max_size=2))),
        sides=sides,
        limb=draw(st.sampled_from(("leg", "arm"))),
        repetitions=draw(st.integers(1, 2)),
        sets=draw(st.integers(1, 3)),
        rest_s=draw(st.just(0) | st.integers(1, 60) | st.floats(0.5, 60)),
        steps=tuple(draw(st.lists(_steps(words), min_size=1, max_size=3))),
    )


@st.composite
def routines(draw: st.DrawFn, *, most_exercises: int = 3) -> Routine:
    """Any routine of at most so many exercises."""
    number = draw(st.integers(1, most_exercises))
    return Routine(
        id="any",
        title=draw(st.sampled_from(TITLES)),
        exercises=tuple(draw(exercises(f"stretch-{index}")) for index in range(number)),
    )
