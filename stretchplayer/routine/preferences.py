"""The person's preferences for playing a routine."""

from dataclasses import dataclass
from typing import Annotated, Final

from msgspec import Meta

from stretchplayer.figure.side import Side
from stretchplayer.routine.routine import MAX_STEP_S

HOLD_CHOICES_S: Final = (10, 15, 20, 25, 30, 45, 60)
LEAD_IN_CHOICES_S: Final = (3, 6, 10, 15, 20)
PACE_CHOICES: Final = (0.75, 1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The settings that shape a timeline.

    `hold_s` overrides the length of every timed hold (None: as in the routine). `pace` multiplies the time of moves and
    releases (2 is half as fast). `lead_in_s` is the time to get into position. With `wait_for_me` a hold starts when
    the person presses a key. With `tell_time_left` its words are how many seconds are left, at the half and at ten.
    """

    hold_s: Annotated[int, Meta(ge=1, le=MAX_STEP_S)] | None = None
    pace: Annotated[float, Meta(ge=0.5, le=3)] = 1.0
    lead_in_s: Annotated[int, Meta(ge=0, le=60)] = 6
    first_side: Side = Side.LEFT
    wait_for_me: bool = False
    tell_time_left: bool = False
