"""Smooth outlines of the body, built anew for each pose from the joints and the body's thickness beside its bones."""

from cmath import exp, phase
from collections.abc import Sequence
from itertools import pairwise
from math import hypot, radians, sqrt, tan
from typing import Final, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath, QTransform

from stretchplayer.figure.skeleton import Point

Spot: TypeAlias = tuple[float, float]
"""A fraction of a bone's length, and the distance of the body's surface beside it."""
FRONT: Final = 1
BACK: Final = -1
_FINER: Final = 6.0
"""Qt flattens curves finely enough for 1 px per unit; here a unit may be several px."""
_FAR: Final = 1000.0
_SHARP: Final = radians(70)
"""Half of a bend that needs more than one point to be round."""
_SHORT: Final = 0.01
"""The length of a bone that points at the viewer."""
_CREASE: Final = 7.0
"""Within this distance of a crease, the thickness of the limb becomes that of the joint."""


def curve(points: Sequence[Point], *, closed: bool = True) -> QPainterPath:
    """A smooth curve through the points; one given twice becomes a corner.

    A centripetal Catmull-Rom spline, which doesn't overshoot where points are unevenly spaced.
    """
    line = [points[-1], *points, *points[:2]] if closed else [points[0], *points, points[-1]]
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)  # an outline may cross itself in a crease
    path.moveTo(line[1].real, line[1].imag)
    spans = [sqrt(abs(two - one)) for one, two in pairwise(line)]
    slopes = [
        ((at - before) / one * two + (after - at) / two * one) / (one + two) if one and two else 0j
        for before, at, after, one, two in zip(line, line[1:], line[2:], spans, spans[1:], strict=False)
    ]
    for one, two, span, begin, end in zip(line[1:], line[2:], spans[1:], slopes, slopes[1:], strict=False):
        if not span:
            continue
        straight = 1.5 * (two - one) / span
        leave = begin or straight - end / 2
        arrive = end or straight - begin / 2
        first, second = one + leave * span / 3, two - arrive * span / 3
        path.cubicTo(first.real, first.imag, second.real, second.imag, two.real, two.imag)
    if not closed:
        return path
    path.closeSubpath()
    return flattened(path)


def flattened(path: QPainterPath) -> QPainterPath:
    """The path as a polygon, with vertices as close as seen on a large screen: filling it costs half."""
    flat = QPainterPath()
    flat.setFillRule(path.fillRule())
    flat.addPolygon(path.toFillPolygon(QTransform.fromScale(_FINER, _FINER)))
    return QTransform.fromScale(1 / _FINER, 1 / _FINER).map(flat)


def grown(points: Sequence[Point], by: float) -> QPainterPath:
    """The closed curve `by` outside of that through the points, which go round clockwise; its corners are rounded."""
    ring = [one for one, two in pairwise([*points, points[0]]) if one != two]
    ways = [two - one for one, two in zip([ring[-1], *ring], [*ring[1:], ring[0], ring[1]], strict=False)]
    return curve([point + way / abs(way) * 1j * by for point, way in zip(ring, ways, strict=False)])


def ribbon(points: Sequence[Point], width: float) -> QPainterPath:
    """A ribbon along the open curve through the points, cut straight at its ends."""
    ways = [after - before for before, after in zip([points[0], *points], [*points[1:], points[-1]], strict=False)]
    sides = [1j * width / 2 * way / abs(way) for way in ways]
    there = [point + side for point, side in zip(points, sides, strict=True)]
    back = [point - side for point, side in zip(points, sides, strict=True)][::-1]
    return curve([there[0], *there, there[-1], back[0], *back, back[-1]])


def placed(origin: Point, along: Point, front: Point, spots: Sequence[Spot]) -> list[Point]:
    """Points of a bone's coordinates in those of the skeleton."""
    return [origin + x * along + y * front for x, y in spots]


def edge(
    joints: Sequence[Point], bones: Sequence[Sequence[Spot]], radii: Sequence[float], side: int
) -> list[list[Point]]:
    """One edge of a chain of bones: a list of points for each bone; but for the first, they begin beside its joint.

    `bones` has the spots beside each bone, `radii` the thickness at each joint between them. Where the edge is inside
    a bend, it turns at a crease, and spots beyond the crease are left out.
    """
    spans = [two - one or _SHORT for one, two in pairwise(joints)]
    lengths = [abs(span) for span in spans]
    ways = [span / length for span, length in zip(spans, lengths, strict=True)]
    halves = [side * phase(after / before) / 2 for before, after in pairwise(ways)]
    bends = [
        min(radius * tan(half), 0.9 * min(pair)) if half > 0 else 0.0
        for radius, half, pair in zip(radii, halves, pairwise(lengths), strict=True)
    ]
    creases = [-_FAR, *bends, -_FAR]
    around = [0.0, *radii, 0.0]
    result: list[list[Point]] = []
    for number, (origin, way, length, spots) in enumerate(zip(joints, ways, lengths, bones, strict=False)):
        front = way * 1j * side
        points = []
        if number:
            half, radius = halves[number - 1], radii[number - 1]
            turned = (0.0,) if half > -_SHARP else (half, 0.0, -half)
            for turn in turned:
                away = front * exp(-1j * side * (half + turn))
                points.append(origin + away * hypot(radius, creases[number]))
        for fraction, thick in spots:
            along = fraction * length
            gaps = (along - creases[number], length - along - creases[number + 1])
            if min(gaps) > 0:
                beside = thick
                for gap, radius in zip(gaps, around[number : number + 2], strict=True):
                    beside = radius + (beside - radius) * min(gap / _CREASE, 1.0)
                points.append(origin + way * along + front * beside)
        result.append(points)
    return result
