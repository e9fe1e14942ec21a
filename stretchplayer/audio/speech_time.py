"""How long words take to say. Free of Qt, so that a timeline can be printed without it."""

from collections.abc import Callable
from pathlib import Path

from stretchplayer.audio.clips.library import ClipLibrary
from stretchplayer.routine.timeline_builder import estimate_speech_ms
from stretchplayer.settings import SpeechMode, SpeechSettings


def speech_time(clips: Path, speech: SpeechSettings) -> Callable[[str], int]:
    """Return a function from a text to its duration in ms: that of the clips in the folder, or an estimate.

    With speech off the words get the same time, since they are read on the screen. What a system voice makes of its
    rate is unknown: the slowest is taken to be half as fast, and a fast one gets the time of the normal rate.
    """
    slower = 1 + max(0.0, -speech.rate)
    if speech.mode is SpeechMode.SYSTEM:
        return lambda text: round(estimate_speech_ms(text) * slower)
    library = ClipLibrary(clips)

    def known_or_estimated_ms(text: str) -> int:
        known_ms = library.duration_ms(text)
        return round(estimate_speech_ms(text) * slower) if known_ms is None else known_ms

    return known_or_estimated_ms
