"""Durations in words."""

import pytest

from stretchplayer.ui.text.durations import duration, exact_duration


@pytest.mark.parametrize(
    ("total_ms", "words"),
    [(0, "0 s"), (1, "1 s"), (59_001, "1 min 0 s"), (80_000, "1 min 20 s"), (119_000, "1 min 59 s"), (120_000, "2 min"),
     (400_000, "7 min")],
)  # fmt: skip
def test_what_is_left_is_rounded_up_and_soon_to_minutes(total_ms: float, words: str) -> None:
    assert duration(total_ms) == words


@pytest.mark.parametrize(
    ("total_ms", "words"),
    [(0, "0 s"), (29_999, "29 s"), (60_000, "1 min"), (179_999, "2 min 59 s"), (180_000, "3 min")],
)
def test_what_was_held_is_rounded_down(total_ms: float, words: str) -> None:
    assert exact_duration(total_ms) == words
