"""Fills and strokes in the coordinates of the figure's bones."""

from collections.abc import Callable
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QTransform

from stretchplayer.figure.skeleton import Point, unit
from stretchplayer.ui.figure.outline import flattened
from stretchplayer.ui.figure.shapes import edge


class FigureBrush:
    """Draws along one bone at a time."""

    def __init__(self, painter: QPainter, to_device: QTransform) -> None:
        """`to_device` maps the skeleton's units to the painter's present coordinates."""
        self._painter = painter
        self._before = painter.worldTransform()
        self._to_device = to_device
        self._base = to_device * self._before

    @property
    def scale(self) -> float:
        """Pixels per unit."""
        return abs(self._to_device.m22())

    def world(self) -> None:
        """Draw in the skeleton's coordinates."""
        self._painter.setWorldTransform(self._base)

    def along(self, origin: Point, along: Point, front: Point) -> None:
        """Make x run along a bone, and y towards its front."""
        local = QTransform(along.real, along.imag, front.real, front.imag, origin.real, origin.imag)
        self._painter.setWorldTransform(local * self._base)

    def limb(self, origin: Point, angle: float) -> None:
        """Draw along a bone of a leg or an arm, whose front is to the left of its direction."""
        self.along(origin, unit(angle), unit(angle) * 1j)

    def trunk(self, origin: Point, angle: float) -> None:
        """Draw along the torso or the head, whose front is to the right."""
        self.along(origin, unit(angle), unit(angle) * -1j)

    def upright(self, origin: Point) -> None:
        """Draw in px around a point, neither rotated nor mirrored."""
        spot = self._to_device.map(QPointF(origin.real, origin.imag))
        self._painter.setWorldTransform(QTransform.fromTranslate(spot.x(), spot.y()) * self._before)

    def shape(self, shape: Callable[[], QPainterPath], colour: str) -> None:
        self.fill(shape(), colour)

    def fill(self, path: QPainterPath, colour: str) -> None:
        self._painter.fillPath(path, _brush(colour))

    def edge(self, shape: Callable[[], QPainterPath], colour: str, width: float) -> None:
        """Stroke one of the figure's shapes; a closed one is filled as well."""
        self.fill(edge(shape, width), colour)

    def line(
        self, path: QPainterPath, colour: str, width: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.RoundCap
    ) -> None:
        """Stroke a path that changes with each pose, so caching it would be useless."""
        pen = QPen(QColor(colour), width)
        pen.setCapStyle(cap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.strokePath(path, pen)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self.fill(_disc(x, y, radius), colour)

    def bar(self, rect: QRectF, colour: str, radius: float) -> None:
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        self.fill(path, colour)


@lru_cache(maxsize=64)
def _disc(x: float, y: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(x, y), radius, radius)
    return flattened(path)


@cache
def _brush(colour: str) -> QBrush:
    return QBrush(QColor(colour))
