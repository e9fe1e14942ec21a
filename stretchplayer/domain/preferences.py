"""What the person chose about how a routine is played."""

from dataclasses import dataclass
from typing import Final

from stretchplayer.domain.side import Side

HOLD_CHOICES_S: Final = (10, 15, 20, 25, 30, 45, 60)
LEAD_IN_CHOICES_S: Final = (3, 6, 10, 15, 20)
PACE_CHOICES: Final = (0.75, 1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What shapes a timeline.

    `hold_s` replaces the length of every timed hold (None: as the routine says). `pace` multiplies the time of moves
    and releases (2 is half as fast). `lead_in_s` is the time to get into position. With `wait_for_me` a hold begins
    when the person presses a key.
    """

    hold_s: int | None = None
    pace: float = 1.0
    lead_in_s: int = 6
    first_side: Side = Side.LEFT
    wait_for_me: bool = False
