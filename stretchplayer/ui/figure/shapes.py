"""The parts of the figure that keep their shape: hands and head, each in coordinates of its own.

Hands have x along the fingers, y to the thumb, and 0 in the middle of the grip; heads x to the top, y to the face.
"""

from collections.abc import Callable, Sequence
from functools import cache
from math import asin, hypot, pi, radians, sin, sqrt
from typing import Final, TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF, QTransform

from stretchplayer.ui.figure.outline import curve, flattened

_CLOSED: Final = 0.01
"""A path whose ends are closer than this counts as closed."""
_FLAT: Final = 0.012
"""Deviation that can't be seen: a tenth of a px on a large screen."""
_HEAD_BROAD: Final = 11.4
_HEAD_HIGH: Final = 17.0
"""The half axes of the ellipsoid on which face and hair go round the head."""
_FINER: Final = 6.0
"""Qt flattens curves finely enough for 1 px per unit; here a unit may be several px."""

Spots: TypeAlias = Sequence[tuple[float, float]]
Shape: TypeAlias = Callable[[], QPainterPath]
"""Makes the path when it is first drawn, and keeps it."""


def _smooth(*curves: Spots, closed: bool = True) -> Shape:
    """Smooth curves through these spots."""

    @cache
    def path() -> QPainterPath:
        first, *others = (curve([complex(*spot) for spot in spots], closed=closed) for spots in curves)
        for other in others:
            first.addPath(other)
        return first

    return path


def _lines(*curves: Spots) -> Shape:
    return _smooth(*curves, closed=False)


def _both(spots: Spots) -> tuple[Spots, Spots]:
    """A curve on the right, and its mirror image."""
    return spots, [(x, -y) for x, y in spots]


def _symmetric(spots: Spots) -> Shape:
    """A curve whose right half runs through these points."""
    return _smooth([*spots, *((x, -y) for x, y in reversed(spots) if y)])


palm: Final = _smooth(
    [
        (-9, -1.4), (-9, 1.4), (-5.6, 2.7), (-3, 3.3), (1, 3.0), (6, 2.2), (10, 1.2), (11.2, -0.4),
        (9.6, -1.8), (4, -2.8), (-2, -3.2), (-5.6, -2.7),
    ]
)  # fmt: skip
"""A flat hand, seen from the edge of the thumb."""
palm_lines: Final = _lines([(-3.6, -0.7), (0.4, -0.9), (3.4, 0.3)], [(6.2, -0.8), (9.8, -0.9)])
"""Under the thumb, and between the fingers."""
fist: Final = _smooth(
    [
        (-9, -1.4), (-9, 1.4), (-5.6, 2.7), (-3, 3.6), (0.5, 4.6), (3.8, 4.2), (5.6, 1.8), (5.8, -1.4),
        (4.4, -3.9), (0.4, -4.4), (-3, -3.7), (-5.6, -2.7),
    ]
)  # fmt: skip
"""A hand closed round something."""
fist_lines: Final = _lines(
    [(-3.6, 0.9), (-0.6, 0.9), (1.4, 1.9), (2.1, 3.4)], *([(2.0, y), (5.6, 0.86 * y)] for y in (-2.4, -0.3))
)
"""Between the fingers, and under the thumb."""
foot_lines: Final = _lines(
    [(-1.3, 1.4), (-0.4, 0.2), (1.0, 0.2), (1.8, 1.3)],
    *([(x, y), (x - 0.5, y - 1.1)] for x, y in ((17.2, -3.6), (15.4, -3.8), (13.7, -3.9))),
)
"""The ankle bone, and between the toes."""
head: Final = _smooth(
    [
        (11.8, 3.0), (9.6, 8.0), (6.6, 10.2), (3.8, 10.8), (2.0, 10.3), (0.6, 10.4), (-1.6, 12.0),
        (-3.5, 13.2), (-4.5, 12.6), (-4.9, 11.0), (-5.7, 10.7), (-6.6, 11.2), (-7.3, 10.5), (-8.1, 10.9),
        (-9.1, 10.2), (-10.0, 10.1), (-11.6, 10.4), (-12.8, 8.8), (-13.0, 6.0), (-11.8, 2.4), (-9.4, -2.0),
        (-8.6, -6.4), (-5, -10.6), (2, -12.0), (8.6, -9.2), (12.0, -4.0),
    ]
)  # fmt: skip
"""A face in profile, and the skull behind it."""
hair: Final = _smooth(
    [
        (8.6, 9.2), (10.8, 8.4), (13.2, 5.0), (14.3, 0.4), (13.6, -4.8), (10.6, -9.6), (5.6, -12.6),
        (0.0, -13.3), (-5.0, -12.2), (-8.8, -9.6), (-10.2, -7.2), (-9.6, -5.6), (-6.2, -5.0), (-3.2, -4.2),
        (0.2, -3.4), (1.8, -1.6), (1.2, 0.2), (-1.4, 0.9), (-3.4, 1.2), (-3.3, 2.4), (-0.6, 3.0), (2.4, 3.2),
        (4.6, 4.4), (6.0, 4.6), (7.2, 6.0),
    ]
)  # fmt: skip
"""Short hair: from the forehead over the top to the nape, round the ear, and up the temple."""
hair_lines: Final = _lines(
    [(9.6, 7.2), (11.6, 2.6), (11.0, -2.8), (8.4, -7.0)],
    [(7.6, 5.2), (9.0, 1.6), (8.2, -2.2), (5.6, -5.6)],
    [(2.2, -6.2), (-1.6, -7.6), (-5.4, -7.8)],
)
ear_line: Final = _lines([(0.6, -0.4), (0.7, -1.9), (-1.2, -2.0), (-2.6, -1.2)])
eye: Final = _smooth([(0.4, 9.4), (1.0, 8.2), (0.7, 6.8), (0.2, 6.4), (-0.4, 7.4), (-0.3, 8.6)])
"""The white of an eye."""
lid: Final = _lines([(0.4, 9.5), (1.1, 8.2), (0.7, 6.6), (0.0, 5.8)])
brow: Final = _smooth([(3.3, 10.3), (4.5, 8.9), (4.6, 7.3), (3.7, 5.5), (3.4, 5.8), (3.9, 7.4), (3.7, 8.8)])
mouth: Final = _lines([(-7.3, 10.5), (-7.4, 9.2), (-7.0, 7.9)])
nostril: Final = _lines([(-4.2, 11.2), (-3.6, 10.4), (-2.6, 10.4)])


@cache
def clasped_fingers() -> QPainterPath:
    """The other hand's fingers between those of a fist."""
    path = QPainterPath()
    for y in (-4.4, -2.25, -0.1, 2.05):
        path.addRoundedRect(QRectF(0.4, y, 6.6, 1.95), 0.97, 0.97)
    return path


# The head from the front: x to its top, y to the right.

front_head: Final = _symmetric(
    [(13.0, 0.0), (11.0, 6.4), (6.0, 9.2), (0.0, 9.5), (-5.0, 8.8), (-9.4, 6.6), (-12.4, 3.4), (-13.2, 0.0)]
)
front_ears: Final = _smooth(*_both([(1.6, 9.0), (2.0, 10.6), (0.0, 11.2), (-3.0, 10.4), (-4.0, 9.2), (-2.0, 8.6)]))
front_hair: Final = _smooth(
    [
        (-0.8, 10.0), (4.0, 11.2), (9.8, 10.4), (14.0, 6.4), (15.4, 0.6), (14.6, -5.4), (10.6, -10.2),
        (4.4, -11.2), (-0.8, -10.0), (0.8, -9.0), (4.0, -8.8), (6.6, -7.6), (7.8, -4.6), (8.2, -0.8),
        (9.0, 2.8), (9.6, 4.6), (8.0, 6.6), (5.6, 8.2), (3.0, 8.9), (0.8, 9.0),
    ]
)  # fmt: skip
"""From ear to ear over the top, with a parting."""
front_hair_lines: Final = _lines(
    [(10.2, 4.4), (11.8, 0.8), (11.4, -4.0), (8.8, -8.2)],
    [(12.6, 4.6), (13.6, 1.0), (13.0, -4.0)],
    [(11.0, 6.6), (8.6, 8.8), (5.6, 9.8)],
)
front_eyes: Final = _smooth(*_both([(0.2, 2.4), (0.9, 3.4), (1.0, 4.6), (0.5, 5.7), (-0.4, 4.8), (-0.5, 3.4)]))
front_lids: Final = _lines(*_both([(0.2, 2.3), (1.0, 3.3), (1.15, 4.7), (0.6, 5.9)]))
front_brows: Final = _smooth(*_both([(3.0, 1.9), (3.7, 4.0), (3.4, 6.3), (3.1, 6.5), (3.0, 4.2), (2.4, 2.1)]))
front_nose: Final = _lines([(-0.6, 1.0), (-2.6, 1.4), (-4.1, 1.7), (-4.6, 0.6), (-4.5, -0.8)])
front_mouth: Final = _lines([(-7.2, 3.0), (-7.7, 1.4), (-7.8, 0.0), (-7.7, -1.4), (-7.2, -3.0)])
back_of_head: Final = _symmetric(
    [(15.4, 0.0), (14.0, 6.4), (9.8, 10.4), (3.0, 11.2), (-3.0, 10.6), (-7.0, 8.0), (-8.0, 0.0)]
)
"""What of the hair a turned head shows beside its face."""
front_knee: Final = _lines([(-6.0, -4.4), (-0.5, -4.6), (3.4, -3.0), (4.8, 0.0), (3.4, 3.0), (-0.5, 4.6), (-6.0, 4.4)])
"""Round a knee that points at the viewer."""
front_toes: Final = _lines(*([(-0.2, y), (-1.9, y)] for y in (-2.8, -1.0, 0.8, 2.4)))
"""Between the toes of a foot whose tip is at 0."""


@cache
def front_pupils() -> QPainterPath:
    path = QPainterPath()
    for y in (-4.0, 4.0):
        path.addEllipse(QPointF(0.3, y), 0.85, 0.85)
    return flattened(path)


def turned(path: QPainterPath, angle: float) -> QPainterPath:
    """A shape of the head from the front, when the head is turned by an angle in degrees to where y is less than 0."""
    result = QPainterPath()
    result.setFillRule(path.fillRule())
    for polygon in path.toSubpathPolygons():
        spots = []
        for spot in polygon.toList():
            broad = _HEAD_BROAD * sqrt(max(1 - ((spot.x() - 1) / _HEAD_HIGH) ** 2, 0.1))
            around = asin(min(max(spot.y() / broad, -1.0), 1.0)) - radians(angle)
            spots.append(QPointF(spot.x(), broad * sin(min(max(around, -pi / 2), pi / 2))))
        result.addPolygon(QPolygonF(spots))
    return result


@cache
def edge(shape: Shape, width: float) -> QPainterPath:
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
