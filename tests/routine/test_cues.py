"""Cues and how long their tones sound."""

import pytest

from stretchplayer.routine.cues import TONE_MS, Cue, CueName


@pytest.mark.parametrize("name", [CueName.EXERCISE_START, CueName.STEP, CueName.HOLD_SOON, CueName.TRANSITION])
def test_what_is_only_spoken_has_no_tone(name: CueName) -> None:
    assert Cue(at_ms=0, name=name, say="Lie down.").tone_ms == 0


def test_the_tones_of_a_hold_differ_in_length_and_ticks_are_short() -> None:
    start, end = Cue(at_ms=0, name=CueName.HOLD_START), Cue(at_ms=0, name=CueName.HOLD_END)
    assert 0 < start.tone_ms < end.tone_ms
    assert TONE_MS[CueName.COUNTDOWN] < 1000
