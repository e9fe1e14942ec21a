"""How long something takes, in words."""

from math import ceil
from typing import Final

from stretchplayer.i18n import _

_EXACT_BELOW_S: Final = 120


def rounded_minutes(total_ms: float) -> int:
    """The minutes of a duration, as it is told without seconds."""
    return round(ceil(total_ms / 1000) / 60)


def duration(total_ms: float) -> str:
    """A duration: "5 min", "1 min 20 s", "40 s"."""
    seconds = ceil(total_ms / 1000)
    if seconds >= _EXACT_BELOW_S:
        return _("{minutes} min").format(minutes=rounded_minutes(total_ms))
    if seconds >= 60:  # noqa: PLR2004 -- a minute
        return _("{minutes} min {seconds} s").format(minutes=seconds // 60, seconds=seconds % 60)
    return _("{seconds} s").format(seconds=seconds)


def exact_duration(total_ms: float) -> str:
    """A duration to the second, rounded down, so that hold times are never overstated."""
    minutes, seconds = divmod(int(total_ms // 1000), 60)
    if not minutes:
        return _("{seconds} s").format(seconds=seconds)
    if not seconds:
        return _("{minutes} min").format(minutes=minutes)
    return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=seconds)
