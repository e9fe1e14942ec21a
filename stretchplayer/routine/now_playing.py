"""A session as shown to media keys, lock screens and phones."""

from dataclasses import dataclass
from enum import StrEnum


class PlayingStatus(StrEnum):
    """The playback status in MPRIS's words."""

    PLAYING = "Playing"
    PAUSED = "Paused"


class MediaCommand(StrEnum):
    TOGGLE = "toggle"
    PLAY = "play"
    PAUSE = "pause"
    NEXT = "next"
    BACK = "back"
    STOP = "stop"
    RAISE = "raise"
    QUIT = "quit"


@dataclass(frozen=True, slots=True, kw_only=True)
class NowPlaying:
    """A session as one track of `length_ms`, whose title changes with the phases.

    `title` is translated and names exercise and leg; `routine` is the routine's title. `number` identifies the session.
    `rate` is session time per real time.
    """

    status: PlayingStatus
    title: str
    routine: str
    number: int
    length_ms: int
    rate: float = 1.0
