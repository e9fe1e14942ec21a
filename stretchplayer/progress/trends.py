"""Pain and reach over time, and what can be said of them: what a measure can't tell from chance is no change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

DETECTABLE_PAIN: Final = 2.0
"""Points of the 0 to 10 scale. In patients with low back pain the standard error of the numeric rating scale is 1.02
points, and a change of 2 exceeds the error of measurement: Childs, Piva, Fritz, "Responsiveness of the numeric pain
rating scale in patients with low back pain", Spine 30 (2005), 1331-1334. Suzuki and others, PLOS ONE 15 (2020),
e0229228, came to the same 2 points for chronic low back pain, by what patients called an improvement."""
DETECTABLE_REACH_CM: Final = 5.0
"""The fingertip-to-floor distance has a minimum detectable change of 4.5 cm in patients with acute or subacute low back
pain: Ekedahl, Jönsson, Frobell, "Fingertip-to-floor test and straight leg raising test", Archives of Physical Medicine
and Rehabilitation 93 (2012), 2210-2215. It is rounded up, as people measure at home and alone."""
AVERAGED_DAYS: Final = 7
"""How many days at the beginning and at the end are averaged before they are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What was measured on one day."""

    day: date
    value: float


class Trend(StrEnum):
    """What can be said of a measure."""

    UNKNOWN = "unknown"
    """There is not enough to compare."""
    STEADY = "steady"
    """No change beyond what the measure can detect."""
    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A measure over time, in order, and what can be said of it.

    `before` is the mean of the first week with an answer and `after` that of the last, both rounded to a tenth, each
    None when it isn't there. The trend is a change only when they differ by `detectable` or more.
    """

    points: tuple[Point, ...]
    detectable: float
    before: float | None = None
    after: float | None = None
    trend: Trend = Trend.UNKNOWN

    @property
    def difference(self) -> float:
        """By how much it is higher now, to a tenth; 0 when there is nothing to compare."""
        return 0.0 if self.before is None or self.after is None else round(self.after - self.before, 1)


def series(points: Sequence[Point], detectable: float) -> Series:
    """Compare the first week that has a point with the last, if they have no day in common."""
    if not points:
        return Series(points=(), detectable=detectable)
    start, end = points[0].day, points[-1].day
    before = _mean([point.value for point in points if (point.day - start).days < AVERAGED_DAYS])
    if (end - start).days < 2 * AVERAGED_DAYS - 1:
        return Series(points=tuple(points), detectable=detectable, before=before)
    after = _mean([point.value for point in points if (end - point.day).days < AVERAGED_DAYS])
    difference = round(after - before, 1)
    trend = Trend.STEADY
    if abs(difference) >= detectable:
        trend = Trend.HIGHER if difference > 0 else Trend.LOWER
    return Series(points=tuple(points), detectable=detectable, before=before, after=after, trend=trend)


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 1)
