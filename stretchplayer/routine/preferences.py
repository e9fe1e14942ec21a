"""The person's preferences for playing a routine."""

from dataclasses import dataclass
from typing import Annotated, Final

from msgspec import Meta

from stretchplayer.figure.side import Side
from stretchplayer.routine.routine import MAX_STEP_S

HOLD_CHOICES_S: Final = (10, 15, 20, 25, 30, 45, 60)
LEAD_IN_CHOICES_S: Final = (3, 6, 10, 15, 20)
SWITCH_CHOICES_S: Final = (3, 6, 10, 15)
PACE_CHOICES: Final = (0.75, 1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The settings that shape a timeline.

    `hold_s` overrides the length of every timed hold (None: as in the routine). `pace` multiplies the time of moves and
    releases (2 is half as fast). `lead_in_s` is the time to get into position, `switch_s` that to change sides. With
    `wait_for_me` a hold starts when the person presses a key, with `wait_between` an exercise after the first (None: in
    the first sessions). `coaching` speaks during holds. `same_position_together` plays exercises in the same position
    one after the other, to save getting up and down. `tell_time_left` says when ten seconds of a hold are left.
    """

    hold_s: Annotated[int, Meta(ge=1, le=MAX_STEP_S)] | None = None
    pace: Annotated[float, Meta(ge=0.5, le=3)] = 1.0
    lead_in_s: Annotated[int, Meta(ge=0, le=60)] = 6
    switch_s: Annotated[int, Meta(ge=0, le=60)] = 6
    first_side: Side = Side.LEFT
    wait_for_me: bool = False
    wait_between: bool | None = None
    tell_time_left: bool = False
    coaching: bool = True
    same_position_together: bool = False
