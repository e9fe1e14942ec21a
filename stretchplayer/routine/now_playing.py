"""What media keys, lock screens and phones are told about a session."""

from dataclasses import dataclass
from enum import StrEnum


class PlayingStatus(StrEnum):
    """Whether time passes in the session, in the words of MPRIS."""

    PLAYING = "Playing"
    PAUSED = "Paused"


class MediaCommand(StrEnum):
    """What the person may want of the program by way of a media key or a phone."""

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
    """A session as others see it: one piece of `length_ms` whose title follows the phases.

    `title` is in the person's language and names the stretch and the leg, `routine` is the routine's title. `number`
    tells sessions apart. `rate` is session time per real time.
    """

    status: PlayingStatus
    title: str
    routine: str
    number: int
    length_ms: int
    rate: float = 1.0
