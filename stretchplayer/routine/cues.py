"""Cues: sounds and sentences due at a moment of the timeline, or in answer to a command."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class CueName(StrEnum):
    """All cues: the first block is part of the timeline, the second answers commands."""

    SESSION_START = "session_start"
    CAUTION = "caution"
    EXERCISE_START = "stretch_start"
    STEP = "step"
    HOLD_SOON = "hold_soon"
    HOLD_START = "hold_start"
    COACH = "coach"
    HALF_WAY = "half_way"
    TIME_LEFT = "time_left"
    BREATH_IN = "breath_in"
    BREATH_OUT = "breath_out"
    COUNTDOWN = "countdown"
    HOLD_END = "hold_end"
    SWITCH_SIDES = "switch_sides"
    TRANSITION = "transition"
    DONE = "done"

    PAUSED = "paused"
    RESUMING = "resuming"
    WAITING = "waiting"
    INTERRUPTED = "interrupted"
    STOPPED = "stopped"


TONE_MS: Final[dict[CueName, int]] = {
    CueName.SESSION_START: 900,
    CueName.HOLD_START: 450,
    CueName.HALF_WAY: 120,
    CueName.COUNTDOWN: 120,
    CueName.BREATH_IN: 1200,
    CueName.BREATH_OUT: 1400,
    CueName.HOLD_END: 750,
    CueName.SWITCH_SIDES: 550,
    CueName.DONE: 1500,
    CueName.PAUSED: 400,
    CueName.RESUMING: 400,
    CueName.WAITING: 400,
    CueName.INTERRUPTED: 400,
}
"""The length of each cue's tone; a cue without an entry is only spoken. The sound files have these lengths, and a cue's
sentence starts when its tone has ended."""

TONE_RATE: Final = 44_100
"""Samples a second of every sound that is played, so that one stream to the sound server serves all."""

TICKS: Final = frozenset({CueName.HALF_WAY, CueName.COUNTDOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue due `at_ms` after the start of the session; `say` is its sentence, None for a tone only."""

    at_ms: int
    name: CueName
    say: str | None = None

    @property
    def tone_ms(self) -> int:
        return TONE_MS.get(self.name, 0)

    def moved(self, by_ms: int) -> "Cue":
        """The same cue, later."""
        return Cue(at_ms=self.at_ms + by_ms, name=self.name, say=self.say)
