"""How long words take depends on who says them."""

from pathlib import Path

import pytest

from stretchplayer.audio.speech_time import speech_time
from stretchplayer.routine.timeline_builder import estimate_speech_ms
from stretchplayer.settings import SpeechMode, SpeechSettings
from tests.audio.clips.recorded import record

ESTIMATED_MS = estimate_speech_ms("Hold.")


@pytest.mark.parametrize(
    ("mode", "rate", "expected"),
    [
        (SpeechMode.AUTOMATIC, -1.0, 500),
        (SpeechMode.OFF, 0.0, 500),
        (SpeechMode.SYSTEM, 0.0, ESTIMATED_MS),
        (SpeechMode.SYSTEM, 1.0, ESTIMATED_MS),
        (SpeechMode.SYSTEM, -1.0, 2 * ESTIMATED_MS),
    ],
)
def test_clips_take_the_time_they_have(tmp_path: Path, mode: SpeechMode, rate: float, expected: int) -> None:
    record(tmp_path, {"Hold.": 500})
    assert speech_time(tmp_path, SpeechSettings(mode=mode, rate=rate))("Hold.") == expected


def test_without_a_clip_the_time_is_estimated(tmp_path: Path) -> None:
    record(tmp_path, {"Release.": 500})
    assert speech_time(tmp_path, SpeechSettings())("Hold.") == ESTIMATED_MS
