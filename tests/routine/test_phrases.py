"""The sentences that no routine file contains."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.figure.side import Side
from stretchplayer.routine import phrases
from stretchplayer.routine.routine import Exercise, Goal, Position, Routine, SideMode, Step, StepKind

BREATHE = Step(kind=StepKind.MOVE, text="Breathe.", seconds=5)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"),
        (1, "one"),
        (13, "thirteen"),
        (20, "twenty"),
        (45, "forty-five"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (101, "one hundred and one"),
        (342, "three hundred and forty-two"),
        (1234, "twelve hundred and thirty-four"),
    ],
)
def test_numbers_are_written_in_words(value: int, words: str) -> None:
    assert phrases.number(value) == words


@given(st.sets(st.integers(0, 9999), min_size=2, max_size=50))
def test_no_two_numbers_sound_the_same(values: set[int]) -> None:
    assert len({phrases.number(value) for value in values}) == len(values)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "zero seconds"),
        (1, "one second"),
        (30, "thirty seconds"),
        (60, "one minute"),
        (75, "one minute fifteen seconds"),
        (121, "two minutes one second"),
        (3600, "sixty minutes"),
    ],
)
def test_lengths_are_said_in_minutes_and_seconds(seconds: int, words: str) -> None:
    assert phrases.length(seconds) == words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("raise your leg", "Raise your leg."),
        (" Raise your leg. ", "Raise your leg."),
        ("Ready?", "Ready?"),
        ("Now!", "Now!"),
        ("Wait…", "Wait…"),
        ("  ", ""),
    ],
)
def test_a_sentence_has_a_capital_and_an_end(text: str, said: str) -> None:
    assert phrases.sentence(text) == said


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (["a chair"], "a chair"),
        (["a chair", "a towel"], "a chair and a towel"),
        (["a mat", "a chair", "a towel"], "a mat, a chair and a towel"),
    ],
)
def test_things_are_listed_as_one_says_them(items: list[str], said: str) -> None:
    assert phrases.listing(items) == said


@pytest.mark.parametrize(
    ("total_ms", "said"),
    [
        (0, "less than a minute"),
        (29_999, "less than a minute"),
        (31_000, "about one minute"),
        (89_000, "about one minute"),
        (91_000, "about two minutes"),
        (7 * 60_000 + 5_000, "about seven minutes"),
    ],
)
def test_minutes_are_rounded_to_the_nearest(total_ms: int, said: str) -> None:
    assert phrases.about_minutes(total_ms) == said


def exercise(title: str = "towel stretch", *, position: Position = Position.LYING_ON_BACK, **more: Any) -> Exercise:  # noqa: ANN401
    return Exercise(id=title, title=title, position=position, steps=(BREATHE,), **more)


def test_a_session_starts_with_what_there_is_to_do_how_long_it_takes_and_what_it_needs() -> None:
    hold = Step(kind=StepKind.HOLD, text="Hold.", seconds=30)
    one = replace(exercise("one", equipment=("a chair",)), steps=(hold,))
    routine = Routine(id="r", title="Routine", exercises=(one, replace(one, id="two", equipment=("a towel",))))
    opening = "Two gentle stretches, both legs, about five minutes."
    assert phrases.session_start(routine, 300_000) == f"{opening} You'll need a chair and a towel."
    arm, none = replace(one, limb="arm", equipment=()), replace(one, sides=SideMode.NONE, equipment=())
    started = [phrases.session_start(replace(routine, exercises=(each,)), 0) for each in (arm, none)]
    assert started == ["One gentle stretch, both sides, less than a minute.", "One gentle stretch, less than a minute."]


@pytest.mark.parametrize("goal", [*Goal, None])
def test_what_does_not_stretch_is_an_exercise(goal: Goal | None) -> None:
    bridge = exercise("bridge", sides=SideMode.ALTERNATE)
    routine = Routine(id="r", title="Routine", goal=goal, exercises=(bridge, replace(bridge, id="two")))
    what = "gentle stretches" if goal is Goal.STRETCHING else "exercises"
    assert phrases.session_start(routine, 600_000) == f"Two {what}, both legs, about ten minutes."


def test_an_exercise_starts_with_its_name_and_its_position_or_its_own_words() -> None:
    assert phrases.get_ready(exercise(setup="lie down")) == "Towel stretch. Lie down."
    assert phrases.get_ready(exercise(setup_say="Down you go.")) == "Down you go."


@pytest.mark.parametrize(
    ("position", "how"),
    [
        (Position.LYING_ON_BACK, ""),
        (Position.STANDING, " Stand up slowly, in your own time."),
        (Position.SITTING_ON_CHAIR, " Roll onto your side, push up with your hands, and take your time."),
    ],
)
def test_the_next_exercise_is_named_with_the_way_there_and_what_to_fetch(position: Position, how: str) -> None:
    one, two = exercise("one", equipment=("a mat",)), exercise(position=position, equipment=("a mat", "a towel"))
    assert phrases.next_exercise(two, one, is_last=False) == f"Good. Next: Towel stretch.{how} Get a towel."
    assert phrases.next_exercise(two, two, is_last=True) == "Well done. The last one: Towel stretch."


def test_the_way_to_the_floor_is_told() -> None:
    words = phrases.next_exercise(exercise(), exercise(position=Position.STANDING), is_last=False)
    assert words == "Good. Next: Towel stretch. Come down to the floor, in your own time."


def test_holding_and_resting_say_how_long() -> None:
    assert phrases.hold(30) == "And hold. Thirty seconds."
    assert phrases.hold(30, "stay there") == "Stay there. Thirty seconds."
    assert phrases.rest(60) == "Rest for one minute."
    assert phrases.half_way(15) == ("Half-way. Fifteen to go.", "Half-way.")


def test_the_other_side_is_named() -> None:
    assert phrases.other_side(Side.LEFT, "arm") == "Lovely. Now the left arm."
    assert phrases.other_side(Side.RIGHT, "leg") == "Lovely. Now the right leg."


@pytest.mark.parametrize(
    ("holds_done", "holds", "said"),
    [
        (6, 6, "Well done, that's all six."),
        (1, 1, "Well done."),
        (5, 6, "That's five of six holds."),
        (1, 6, "That's one of six holds."),
        (0, 6, "That is the end."),
        (0, 1, "That is the end."),
        (0, 0, "Well done."),
    ],
)
def test_the_end_says_what_was_done_and_no_more(holds_done: int, holds: int, said: str) -> None:
    assert phrases.done(holds_done, holds, Position.STANDING) == said


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (5, "Well done, that's all five exercises."),
        (2, "That's two of five exercises."),
        (0, "That is the end."),
    ],
)
def test_the_end_of_a_routine_that_counts_tells_of_exercises(done: int, said: str) -> None:
    assert phrases.done(done, 5, Position.STANDING, exercises=True) == said


@pytest.mark.parametrize(
    ("position", "how"),
    [
        (Position.LYING_ON_FRONT, "Bend your knees, rest a moment, and roll to your side before you get up."),
        (Position.SITTING_ON_CHAIR, "Rest a moment before you stand up."),
    ],
)
@pytest.mark.parametrize(
    ("holds_done", "said"),
    [(0, "That is the end."), (1, "That's one of two holds."), (2, "Well done, that's all two.")],
)
def test_the_end_says_how_to_get_up(holds_done: int, said: str, position: Position, how: str) -> None:
    assert phrases.done(holds_done, 2, position) == f"{said} {how}"


def test_every_position_has_words() -> None:
    assert set(phrases.POSITIONS) == set(Position)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ()),
        ("  ", ()),
        ("Hold", ("Hold",)),
        ("Hold. Thirty seconds.", ("Hold.", "Thirty seconds.")),
        (" Ready?  Go on…\nNow! ", ("Ready?", "Go on…", "Now!")),
        ("Half-way. About 2.5 minutes.", ("Half-way.", "About 2.5 minutes.")),
        ("Breathe in… and out. Good.", ("Breathe in… and out.", "Good.")),
        ("Next: Towel stretch. Get a towel.", ("Next: Towel stretch.", "Get a towel.")),
    ],
)
def test_a_text_is_split_into_its_sentences(text: str, sentences: tuple[str, ...]) -> None:
    assert phrases.sentences(text) == sentences


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("Two exercises, both legs, about one minute.", ("Two exercises,", "both legs,", "about one minute.")),
        ("Hold.", ("Hold.",)),
    ],
)
def test_a_sentence_is_split_into_its_clauses(sentence: str, clauses: tuple[str, ...]) -> None:
    assert phrases.clauses(sentence) == clauses


@given(st.text())
def test_splitting_loses_nothing_but_space(text: str) -> None:
    assert "".join("".join(phrases.sentences(text)).split()) == "".join(text.split())
