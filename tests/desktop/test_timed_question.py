"""Questions to the system, of which some are never answered."""

from threading import Event

import pytest

from stretchplayer.desktop.timed_question import TimedQuestion


@pytest.mark.parametrize("answer", [True, False])
def test_what_is_answered(answer: bool) -> None:
    assert TimedQuestion(lambda: answer).is_yes(within_s=60) is answer


def test_no_answer_is_a_no() -> None:
    over = Event()
    try:
        assert not TimedQuestion(over.wait).is_yes(within_s=0.001)
    finally:
        over.set()
