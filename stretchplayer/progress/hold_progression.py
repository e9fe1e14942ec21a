"""Whether to offer longer holds. It is only ever an offer, and only to a person who has asked for such offers."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import fmean
from typing import Final

from stretchplayer.progress.history import DayPain, DayTotal

BEGINNER_HOLDS_S: Final = (10, 15)
"""What a beginner starts with."""
STEP_S: Final = 5
LONGEST_S: Final = 30
"""What the routine's source asks for; nobody is led beyond it."""
WEEK: Final = timedelta(days=7)
LEAST_DAYS: Final = 5
"""So many days of the week need a complete session: a missed day or two take nothing away."""
GROWING: Final = 2.0
"""Points on the scale of 0 to 10: a smaller difference may be none (the smallest change that such a scale detects)."""


def longer_hold_s(
    hold_s: int, *, since: date, today: date, days: Sequence[DayTotal], pain: Sequence[DayPain]
) -> int | None:
    """The hold to offer in place of `hold_s`, which has been the person's choice since a day; None for no offer.

    There is one after a week with this hold: a complete session on five of its seven days, none that was not complete,
    no sign of warning, and no pain that has grown. `days` and `pain` are those of the history, of any range that
    contains the seven days up to `today`.
    """
    first = today - WEEK + timedelta(days=1)
    if hold_s >= LONGEST_S or since > first:
        return None
    week = [day for day in days if first <= day.day <= today]
    told = [day for day in pain if first <= day.day <= today]
    whole = sum(day.complete > 0 for day in week) >= LEAST_DAYS and all(day.sessions == day.complete for day in week)
    if not whole or any(day.signs for day in told) or _has_grown(told):
        return None
    return min(hold_s + STEP_S, LONGEST_S)


def _has_grown(told: Sequence[DayPain]) -> bool:
    """Whether the back or the leg hurts more in the later half of the answers than in the earlier one."""
    backs = [day.back for day in told if day.back is not None]
    legs = [day.leg for day in told if day.leg is not None]
    return _grown(backs) or _grown(legs)


def _grown(values: Sequence[float]) -> bool:
    half = len(values) // 2
    return half > 0 and fmean(values[-half:]) - fmean(values[:half]) >= GROWING
