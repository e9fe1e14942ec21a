"""Shortening text to what fits."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.ui.text.text_fitting import first_fitting, in_parts, part_at, sentences


def up_to(length: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= length


def test_sentences_keep_their_full_stops() -> None:
    assert sentences("Lie down. Rest! Well?  Yes") == ["Lie down.", "Rest!", "Well?", "Yes"]
    assert sentences("") == []


def test_what_fits_stays_whole() -> None:
    assert in_parts("One. Two.", up_to(9)) == ("One. Two.",)
    assert in_parts("", up_to(0)) == ("",)


def test_what_does_not_is_cut_between_sentences_and_then_clauses() -> None:
    text = "Keep one foot down. Lift the other leg, toes to the ceiling. Rest. Go."
    assert in_parts(text, up_to(45)) == ("Keep one foot down.", "Lift the other leg, toes to the ceiling.", "Rest. Go.")
    assert in_parts(text, up_to(22)) == (
        "Keep one foot down.",
        "Lift the other leg,",
        "toes to the ceiling.",
        "Rest. Go.",
    )


def test_a_text_without_a_place_to_cut_stays_whole() -> None:
    assert in_parts("no place to cut", up_to(4)) == ("no place to cut",)


@given(st.text("ab .,", max_size=60), st.integers(0, 60))
def test_no_word_is_lost(text: str, length: int) -> None:
    assert "".join("".join(in_parts(text, up_to(length))).split()) == "".join(text.split())


def test_each_part_has_its_share_of_the_time() -> None:
    parts = ("aaaa", "bb", "cc")
    shown = [part_at(parts, moment / 8) for moment in range(9)]
    assert shown == ["aaaa"] * 4 + ["bb"] * 2 + ["cc"] * 3


def test_the_first_text_that_fits_is_taken() -> None:
    texts = ["a long sentence, and more", "a long sentence", "short"]
    assert first_fitting(texts, up_to(15)) == "a long sentence"
    assert first_fitting(texts, up_to(99)) == texts[0]


def test_a_text_that_is_too_long_is_elided_after_its_first_words() -> None:
    assert first_fitting(["raise it, slowly, now"], up_to(12)) == "raise it …"
    assert first_fitting(["raise it slowly"], up_to(3)) == "raise it slowly"


def test_languages_without_spaces_are_cut_at_their_own_boundaries() -> None:
    text = "仰向けに寝ます。片足を胸に引き寄せ、膝を伸ばします。"
    assert sentences(text) == ["仰向けに寝ます。", "片足を胸に引き寄せ、膝を伸ばします。"]
    assert in_parts(text, up_to(10)) == ("仰向けに寝ます。", "片足を胸に引き寄せ、", "膝を伸ばします。")
    assert first_fitting(["片足を胸に引き寄せます"], up_to(7)) == "片足を胸に …"
    assert in_parts("😀 One. Two.", up_to(6)) == ("😀 One.", "Two.")
