"""Trends of pain and reach: a change too small for the measure to detect is no change."""

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
"""The first and the last so many days are averaged and compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    day: date
    value: float


class Trend(StrEnum):
    UNKNOWN = "unknown"
    """Too little data to compare."""
    STEADY = "steady"
    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A measure over time, in order, and its trend.

    `before` and `after` are the means of the first and the last week with a point, to a tenth; None if there is none.
    They count as changed if they differ by `detectable` or more.
    """

    points: tuple[Point, ...]
    detectable: float
    before: float | None = None
    after: float | None = None
    trend: Trend = Trend.UNKNOWN

    @property
    def difference(self) -> float:
        """`after` minus `before`, to a tenth; 0 if there is nothing to compare."""
        return 0.0 if self.before is None or self.after is None else round(self.after - self.before, 1)


def series(points: Sequence[Point], detectable: float) -> Series:
    """Compare the first week with a point to the last, unless they overlap."""
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
