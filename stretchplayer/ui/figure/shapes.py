"""The outlines of the figure's parts, each in the coordinates of its bone: x along it, y to the body's front.

They match the lengths and radii of `figure.skeleton`; neighbours overlap in a disc around their joint, so that there
is never a gap.
"""

from collections.abc import Callable, Sequence
from functools import cache
from math import hypot, sqrt
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF, QTransform

from stretchplayer.figure.skeleton import FOREARM, SHIN, THIGH, UPPER_ARM

Spot = tuple[float, float]

CUFF: Final = 0.86
"""Where on the shin the trousers end."""
SLEEVE: Final = 0.52
"""Where on the upper arm the sleeve ends."""
_CLOSED: Final = 0.01
"""A path whose ends are closer than this counts as closed."""
_FLAT: Final = 0.012
"""Deviation that can't be seen: a tenth of a px on a large screen."""
_FINER: Final = 6.0
"""Qt flattens curves finely enough for 1 px per unit; here a unit may be several px."""


def smooth(spots: Sequence[Spot], *, closed: bool = True) -> QPainterPath:
    """A smooth curve through the points; one given twice becomes a corner.

    A centripetal Catmull-Rom spline, which doesn't overshoot where points are unevenly spaced.
    """
    points = [complex(*spot) for spot in spots]
    points = [points[-1], *points, *points[:2]] if closed else [points[0], *points, points[-1]]
    path = QPainterPath(QPointF(points[1].real, points[1].imag))
    for before, one, two, after in zip(points, points[1:], points[2:], points[3:], strict=False):
        if one == two:
            continue
        span = sqrt(abs(two - one))
        straight = (two - one) / span
        leave, arrive = _slope(before, one, two), _slope(one, two, after)
        leave = leave or (straight + (straight - (arrive or straight)) / 2)
        arrive = arrive or (straight + (straight - leave) / 2)
        first, second = one + leave * span / 3, two - arrive * span / 3
        path.cubicTo(first.real, first.imag, second.real, second.imag, two.real, two.imag)
    if closed:
        path.closeSubpath()
    return path


def _slope(before: complex, at: complex, after: complex) -> complex:
    """The tangent at a point between two others; 0 at a corner or an end."""
    one, two = sqrt(abs(at - before)), sqrt(abs(after - at))
    if not one or not two:
        return 0j
    return ((at - before) / one * two + (after - at) / two * one) / (one + two)


def limb(front: Sequence[Spot], back: Sequence[Spot], *, round_end: bool = True) -> QPainterPath:
    """A limb with these sides, rounded at the start and, with `round_end`, at the end."""
    path = smooth(front, closed=False)
    if round_end:
        path.arcTo(_round(front[-1]), -90, 180)
    path.connectPath(smooth(back[::-1], closed=False))
    path.arcTo(_round(front[0]), 90, 180)
    path.closeSubpath()
    return path


def _round(spot: Spot) -> QRectF:
    """The square around the circle at a joint."""
    x, radius = spot
    return QRectF(x - radius, -radius, 2 * radius, 2 * radius)


@cache
def thigh() -> QPainterPath:
    """From the hip to the knee: full above, narrow at the knee."""
    front = [(0, 12), (12, 11.9), (26, 10.4), (38, 8.4), (THIGH, 7.6)]
    back = [(0, -12), (12, -11.7), (26, -10.2), (38, -8.2), (THIGH, -7.6)]
    return limb(front, back)


@cache
def shin() -> QPainterPath:
    """The trouser leg from the knee down, with a calf."""
    end = SHIN * CUFF
    front = [(0, 7.6), (10, 7.1), (20, 6.6), (30, 6.1), (end, 5.8)]
    back = [(0, -7.6), (7, -8.0), (14, -8.5), (21, -8.0), (30, -6.7), (end, -5.8)]
    return limb(front, back, round_end=False)


@cache
def sock() -> QPainterPath:
    """From inside the trouser leg to inside the shoe."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(SHIN * (CUFF - 0.08), -4.4, SHIN * (1.08 - CUFF) + 3.5, 8.8), 3, 3)
    return path


@cache
def shoe() -> QPainterPath:
    """A shoe in the coordinates of the foot: x to the toes, y to the instep."""
    return smooth(
        [
            (-5.0, 4.8), (-6.3, 1.0), (-6.9, -3.2), (-5.0, -5.5), (-4.2, -5.5), (-4.2, -5.5), (15.4, -5.5),
            (15.4, -5.5), (18.2, -5.0), (19.0, -3.0), (16.8, -0.4), (12, 1.2), (8, 3.2), (5.4, 5.6), (5.4, 5.6),
            (0, 5.0), (-5.0, 4.8),
        ]
    )  # fmt: skip


@cache
def sole() -> QPainterPath:
    return smooth(
        [
            (-6.9, -3.2), (-6.9, -3.2), (-5.0, -5.5), (-4.2, -5.5), (-4.2, -5.5), (15.4, -5.5), (15.4, -5.5),
            (18.2, -5.0), (19.0, -3.0), (19.0, -3.0),
        ]
    )  # fmt: skip


@cache
def upper_arm() -> QPainterPath:
    """Bare from the shoulder to the elbow."""
    front = [(0, 5.4), (10, 5.4), (20, 4.8), (UPPER_ARM, 4.2)]
    back = [(0, -5.4), (10, -5.2), (20, -4.7), (UPPER_ARM, -4.2)]
    return limb(front, back)


@cache
def sleeve() -> QPainterPath:
    """A short sleeve round the shoulder."""
    end = UPPER_ARM * SLEEVE
    front = [(0, 7.4), (8, 7.1), (end, 6.5)]
    back = [(0, -7.4), (8, -7.0), (end, -6.3)]
    return limb(front, back, round_end=False)


@cache
def forearm() -> QPainterPath:
    """From the elbow to the wrist, which is where the hand begins."""
    wrist = FOREARM - 6
    front = [(0, 4.2), (8, 4.4), (17, 3.7), (wrist, 2.9)]
    back = [(0, -4.2), (8, -4.5), (17, -3.9), (wrist, -2.9)]
    return limb(front, back)


@cache
def fist() -> QPainterPath:
    """A hand closed round something, its middle at 0."""
    return smooth(
        [
            (-7.5, -2.8), (-7.5, 2.8), (-3.5, 3.8), (1, 4.4), (4.6, 4.0), (6.2, 1.6), (6.2, -1.6), (4.4, -4.2),
            (0, -4.4), (-4, -3.7),
        ]
    )  # fmt: skip


@cache
def fist_lines() -> QPainterPath:
    """The lines of the fist's thumb and fingers."""
    path = smooth([(-3.4, 1.2), (-0.4, 1.6), (2.0, 3.0), (2.4, 4.6)], closed=False)
    for y in (-1.7, 0.5):
        path.moveTo(2.9, y)
        path.lineTo(5.7, y * 0.9)
    return path


@cache
def clasped_fingers() -> QPainterPath:
    """The other hand's fingers, between those of a fist."""
    path = QPainterPath()
    for y in (-4.2, -2.1, 0.0, 2.1):
        path.addRoundedRect(QRectF(1.4, y, 6.0, 1.7), 0.85, 0.85)
    return path


@cache
def palm() -> QPainterPath:
    """A hand laid flat on something."""
    return smooth(
        [(-7.5, -2.8), (-7.5, 2.8), (-3, 3.5), (3, 3.4), (8.5, 2.2), (10.4, 0), (9, -1.9), (3, -3.2), (-3, -3.4)]
    )


@cache
def palm_lines() -> QPainterPath:
    """The lines of the flat hand's thumb and fingers."""
    path = smooth([(-3.0, 0.6), (0.6, 0.8), (3.4, 2.0)], closed=False)
    path.moveTo(5.0, -0.9)
    path.lineTo(9.4, -0.8)
    return path


@cache
def pelvis() -> QPainterPath:
    """The seat of the trousers, in the coordinates of the torso."""
    return smooth(
        [(-11.6, -3), (-10, -7.6), (-5, -11.2), (2, -12), (8, -11.4), (13, -8), (13, 7), (7, 10.4), (0, 11.0),
         (-6, 10.2), (-10.6, 5)]
    )  # fmt: skip


@cache
def shirt() -> QPainterPath:
    """The shirt from its hem to the collar."""
    return smooth(
        [(3, -12), (10, -11.8), (20, -10.6), (30, -11.0), (40, -12), (48, -11.6), (54, -8.8), (58.5, -4.6), (60, 0),
         (58, 4.4), (53, 7.6), (46, 11.6), (39, 13.0), (30, 12.2), (20, 11.4), (10, 11.8), (3, 11.8), (1.6, 0)]
    )  # fmt: skip


@cache
def hem() -> QPainterPath:
    """The line of the shirt's hem."""
    return smooth([(4.4, -11.4), (3.2, -4), (3.4, 4), (4.4, 11.2)], closed=False)


@cache
def neck() -> QPainterPath:
    """From the shoulder to inside the head, along the head's axis."""
    return smooth([(-1, -7.0), (6, -5.8), (14, -6.2), (18, 0), (14, 5.2), (8, 4.8), (2, 6.2), (-2, 0)])


# Parts of the head: x to its top, y to the face.


@cache
def head() -> QPainterPath:
    """The profile of a face, with forehead, nose, lips and chin, and the skull behind it."""
    return smooth(
        [
            (12.6, 1.0), (10.8, 7.6), (7.0, 11.3), (4.2, 12.2), (2.0, 12.0), (-0.4, 13.6), (-2.2, 14.9), (-3.4, 14.3),
            (-3.9, 12.4), (-5.2, 12.6), (-6.1, 12.0), (-7.2, 12.2), (-8.5, 11.4), (-10.2, 11.6), (-12.0, 10.4),
            (-12.9, 7.0), (-11.8, 2.0), (-9.6, -3.0), (-9.0, -7.0), (-5, -11.0), (2, -12.4), (9, -9.4), (12.4, -4.2),
        ]
    )  # fmt: skip


@cache
def hair() -> QPainterPath:
    """Short hair, from the forehead over the top to the nape."""
    return smooth(
        [
            (7.6, 11.3), (9.6, 12.0), (12.6, 10.2), (14.6, 5.0), (14.7, -1.4), (12.4, -8.0), (8.0, -12.0), (2.0, -13.3),
            (-4.0, -12.7), (-8.6, -10.4), (-10.2, -7.8), (-9.2, -5.6), (-5.6, -4.6), (-1.6, -4.0), (1.6, -2.8),
            (1.8, -0.2), (-0.6, 1.3), (-1.2, 2.1), (0.2, 2.9), (2.8, 3.3), (5.2, 4.8), (6.7, 7.8),
        ]
    )  # fmt: skip


@cache
def ear() -> QPainterPath:
    return smooth([(1.4, -1.6), (0.6, 0.6), (-1.6, 0.9), (-3.9, -0.4), (-4.2, -1.9), (-1.6, -3.4), (0.8, -3.2)])


@cache
def ear_line() -> QPainterPath:
    """The fold in the ear."""
    return smooth([(0.2, -0.8), (0.0, -2.2), (-2.0, -2.2)], closed=False)


@cache
def smile() -> QPainterPath:
    return smooth([(-6.1, 11.8), (-6.8, 10.5), (-6.7, 9.4), (-6.1, 8.6)], closed=False)


@cache
def brow() -> QPainterPath:
    return smooth([(4.4, 11.0), (5.2, 9.6), (5.0, 8.0), (4.2, 6.8)], closed=False)


@cache
def area(shape: Callable[[], QPainterPath]) -> QPainterPath:
    """One of these shapes as polygons: filling it costs a third."""
    return flattened(shape())


def flattened(path: QPainterPath) -> QPainterPath:
    """The path as polygons with as few vertices as look the same; a unit is a few px at most."""
    flat = QPainterPath()
    flat.setFillRule(path.fillRule())
    for polygon in QTransform.fromScale(_FINER, _FINER).map(path).toSubpathPolygons():
        flat.addPolygon(polygon)
    return _with_fewer_corners(QTransform.fromScale(1 / _FINER, 1 / _FINER).map(flat))


@cache
def edge(shape: Callable[[], QPainterPath], width: float) -> QPainterPath:
    """The stroke of a shape as an area: filling that costs a third of stroking.

    For a closed shape, the shape enlarged by half the width.
    """
    stroker = QPainterPathStroker()
    stroker.setWidth(width * _FINER)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    path = QTransform.fromScale(_FINER, _FINER).map(shape())
    area = stroker.createStroke(path).simplified()
    first, last = path.elementAt(0), path.currentPosition()
    if hypot(first.x - last.x(), first.y - last.y()) < _CLOSED * _FINER:
        area = area.united(path)
    return _with_fewer_corners(QTransform.fromScale(1 / _FINER, 1 / _FINER).map(area))


def _with_fewer_corners(area: QPainterPath) -> QPainterPath:
    """Drop vertices that can't be seen: Qt's stroker makes ten times as many as needed, and each costs time."""
    result = QPainterPath()
    result.setFillRule(area.fillRule())
    for polygon in area.toSubpathPolygons():
        corners = [complex(corner.x(), corner.y()) for corner in polygon.toList()]
        half = len(corners) // 2  # a closed one ends where it begins
        kept = _fewer(corners[: half + 1])[:-1] + _fewer(corners[half:])
        result.addPolygon(QPolygonF([QPointF(corner.real, corner.imag) for corner in kept]))
    return result


def _fewer(corners: list[complex]) -> list[complex]:
    """Simplify a polyline (Ramer-Douglas-Peucker)."""
    first, last = corners[0], corners[-1]
    along = (last - first) / abs(last - first) if last != first else 0j
    away = [abs(((corner - first) * along.conjugate()).imag) if along else abs(corner - first) for corner in corners]
    farthest = max(range(len(corners)), key=away.__getitem__)
    if away[farthest] <= _FLAT:
        return [first, last]
    return _fewer(corners[: farthest + 1])[:-1] + _fewer(corners[farthest:])
