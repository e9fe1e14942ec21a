"""Paints the figure: one skeleton, its props and its label, into any rectangle of any painter."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPainterPath, QTransform

from stretchplayer.figure.movement import Movement
from stretchplayer.figure.side import Side
from stretchplayer.figure.skeleton import Point, Skeleton, angle_of, unit
from stretchplayer.figure.surroundings import Contact, Prop, View
from stretchplayer.ui.figure.brush import FigureBrush
from stretchplayer.ui.figure.colours import FigureColours
from stretchplayer.ui.figure.front_view import FrontView
from stretchplayer.ui.figure.outline import curve
from stretchplayer.ui.figure.props import draw_props, draw_towel
from stretchplayer.ui.figure.side_view import SideView

LABEL_RADIUS: Final = 8.2
SMALLEST_LABEL_PX: Final = 7.5
_LARGEST_LABEL: Final = 13.0

_LYING: Final = QRectF(-100, -12, 216, 133)
VIEWS: Final = {
    Contact.BACK: _LYING,
    Contact.SIDE: _LYING,
    Contact.FOREARMS: _LYING,
    Contact.SEAT: QRectF(-66, -11, 192, 168),
    Contact.FEET: QRectF(-66, -16, 192, 216),
    Contact.KNEES: QRectF(-112, -16, 240, 122),
    Contact.FRONT: QRectF(-122, -12, 230, 133),
}
"""The area that is always shown: x, y, width and height in skeleton units, y up; of several contacts the lowest one."""
FROM_ABOVE: Final = QRectF(-104, -62, 224, 124)
_SHAFT: Final = 4.0
"""The width of an arrow's shaft."""
_HEAD: Final = 11.0
"""The length of its head."""
_MARGIN: Final = 18.0
_OF_LIMBS: Final = 13.0
"""How far the trunk and the head may reach beyond the skeleton's points, and how far the limbs."""
_BESIDE_MAT: Final = 5.0
"""Free of the mat, at either side of the picture."""
_OVER_MAT: Final = 0.54
"""The height shown over a mat of a length of its own, as a fraction of it."""
_EDGE: Final = 6.0
"""Nearer to the edge of the picture than this, the body needs more room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Without a side the working leg has no label. `breath` is how full the chest is, 0 to 1."""

    skeleton: Skeleton
    side: Side | None
    breath: float = 0.0

    @property
    def mirrored(self) -> bool:
        """Poses are drawn with the right leg working, seen from the right; the left one is the mirror image."""
        return (self.side is Side.LEFT) is not self.skeleton.from_other_side


def view_of(movement: Movement) -> QRectF:
    """The area that holds all of a movement, in units, y up; where there is a mat, no wider than that if possible."""
    end, frame = movement.end, movement.end.frame
    if frame is not None:
        return QRectF(frame.left, frame.low, frame.right - frame.left, frame.high - frame.low)
    lowest = min((VIEWS[rest] for rest in end.rests if rest in VIEWS), key=QRectF.height, default=_LYING)
    usual = QRectF(FROM_ABOVE if end.view is View.ABOVE else lowest)
    if end.view is View.FRONT:
        usual.moveCenter(QPointF(0, usual.center().y()))
    mat = end.thing(Prop.MAT)
    if mat is not None:
        usual.setLeft(mat.span[0] - _BESIDE_MAT)
        usual.setRight(mat.span[1] + _BESIDE_MAT)
        if mat.length is not None:
            usual.setBottom(min(usual.bottom(), _OVER_MAT * mat.length))
    view = QRectF(usual)
    inner = QRectF() if end.view is View.FRONT else usual.adjusted(_EDGE, 0, -_EDGE, -_EDGE)
    for step in range(13):
        body = movement.at(step / 12)
        broad = {body.head_centre, body.hip, body.shoulder}
        for point in body.points():
            spot = _around(point, _MARGIN if point in broad else _OF_LIMBS)
            if not inner.contains(spot.center()):
                view = view.united(spot)
    for thing in end.things:
        left, right = thing.span
        room = 0.0 if thing.prop is Prop.MAT else _MARGIN / 2
        high = thing.top + _MARGIN if thing.prop is Prop.DOORWAY else 1
        view = view.united(QRectF(left - room, 0, right - left + 2 * room, high))
    return view


def trunk_area(skeleton: Skeleton) -> QRectF:
    """Where the trunk is, in units, y up."""
    area = QRectF()
    for point in (skeleton.hip, skeleton.waist, skeleton.shoulder):
        area = area.united(_around(point, _MARGIN))
    return area


def _around(point: Point, by: float) -> QRectF:
    return QRectF(point.real - by, point.imag - by, 2 * by, 2 * by)


def fit(view: QRectF, box: QRectF, *, mirrored: bool) -> QTransform:
    """The transform that centres a view (units, y up) in a box (px, y down)."""
    scale = min(box.width() / view.width(), box.height() / view.height())
    across = -scale if mirrored else scale
    centre = view.center()
    return QTransform(
        across, 0, 0, -scale, box.center().x() - across * centre.x(), box.center().y() + scale * centre.y()
    )


class FigurePainter:
    def __init__(self, painter: QPainter, colours: FigureColours, to_device: QTransform) -> None:
        """`to_device` maps the skeleton's units to the painter's present coordinates."""
        self._painter = painter
        self._colours = colours
        self._brush = FigureBrush(painter, to_device)

    def paint(self, scene: Scene) -> None:
        """Paint everything, back to front."""
        brush, colours, skeleton = self._brush, self._colours, scene.skeleton
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_props(brush, colours, skeleton)
        view = SideView if skeleton.view is View.SIDE else FrontView
        body = view(brush, colours, skeleton, scene.breath)
        draw_towel(brush, colours, skeleton, near=False)
        body.paint_far()
        body.paint_near()
        draw_towel(brush, colours, skeleton, near=True)
        body.paint_near_arm()
        for arrow in skeleton.arrows:
            self._arrow(arrow)
        self._label(body.label_at, scene.side)
        self._painter.restore()

    def _arrow(self, points: tuple[Point, ...]) -> None:
        *shaft, neck = points
        way = _HEAD * unit(angle_of(neck - shaft[-1]))
        corners = (neck + way, neck + 0.7j * way, neck - 0.7j * way)
        self._brush.world()
        self._brush.line(curve(points, closed=False), self._colours.arrow, _SHAFT)
        self._brush.fill(curve([corner for corner in corners for _twice in range(2)]), self._colours.arrow)

    def _label(self, at: Point, side: Side | None) -> None:
        """The letter is never rotated or mirrored."""
        if side is None:
            return
        brush, colours = self._brush, self._colours
        brush.upright(at)
        radius = label_radius(brush.scale) * brush.scale
        brush.disc(0, 0, radius * 1.07, colours.accent_outline)
        brush.disc(0, 0, radius * 0.93, colours.label)
        brush.fill(QTransform.fromScale(radius * 1.12, radius * 1.12).map(_letter(side)), colours.label_ink)


def label_radius(scale: float) -> float:
    """Radius of the label in units, at `scale` px per unit: relatively larger in small pictures."""
    return min(max(LABEL_RADIUS, SMALLEST_LABEL_PX / scale), _LARGEST_LABEL)


@cache
def _letter(side: Side) -> QPainterPath:
    """The letter for a side, 1 high and centred on the origin."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(100)
    font.setWeight(QFont.Weight.DemiBold)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)  # the strokes of a letter may overlap
    path.addText(0, 0, font, "L" if side is Side.LEFT else "R")
    box = path.boundingRect()
    path.translate(-box.center())
    return QTransform.fromScale(1 / box.height(), 1 / box.height()).map(path)
