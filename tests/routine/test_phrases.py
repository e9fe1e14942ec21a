"""The sentences that no routine file contains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.routine import phrases
from stretchplayer.routine.routine import Position


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
        (0, "Less than a minute."),
        (29_999, "Less than a minute."),
        (31_000, "About one minute."),
        (89_000, "About one minute."),
        (91_000, "About two minutes."),
        (7 * 60_000 + 5_000, "About seven minutes."),
    ],
)
def test_minutes_are_rounded_to_the_nearest(total_ms: int, said: str) -> None:
    assert phrases.about_minutes(total_ms) == said


def test_a_session_starts_with_its_name_its_length_and_what_to_have_at_hand() -> None:
    assert (
        phrases.session_start("hamstring trio", 300_000, ("a chair", "a towel"))
        == "Hamstring trio. About five minutes. Have a chair and a towel at hand."
    )
    assert phrases.session_start("Trio", 300_000, ()) == "Trio. About five minutes."


def test_a_stretch_starts_with_its_name_and_its_position() -> None:
    assert phrases.stretch_start("towel stretch", "lie down") == "Towel stretch. Lie down."


def test_the_next_stretch_is_named_with_what_to_fetch() -> None:
    assert phrases.next_stretch("towel stretch", ("a towel",)) == "Next: Towel stretch. Get a towel."
    assert phrases.next_stretch("towel stretch", ()) == "Next: Towel stretch."


def test_holding_waiting_and_resting_say_how_long() -> None:
    assert phrases.hold(30) == "Hold. Thirty seconds."
    assert phrases.wait(45) == "When you are ready, press any key. Then hold for forty-five seconds."
    assert phrases.rest(60) == "Rest for one minute."


@pytest.mark.parametrize(
    ("holds_done", "holds", "said"),
    [
        (6, 6, "Well done. All six holds done."),
        (1, 1, "Well done."),
        (5, 6, "That is the end. Five of six holds done."),
        (1, 6, "That is the end. One of six holds done."),
        (0, 6, "That is the end."),
        (0, 1, "That is the end."),
        (0, 0, "Well done."),
    ],
)
def test_the_end_says_what_was_done_and_no_more(holds_done: int, holds: int, said: str) -> None:
    assert phrases.done(holds_done, holds) == said


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
        ("Next: Towel stretch. Get a towel.", ("Next: Towel stretch.", "Get a towel.")),
    ],
)
def test_a_text_is_split_into_its_sentences(text: str, sentences: tuple[str, ...]) -> None:
    assert phrases.sentences(text) == sentences


@given(st.text())
def test_splitting_loses_nothing_but_space(text: str) -> None:
    assert "".join("".join(phrases.sentences(text)).split()) == "".join(text.split())
