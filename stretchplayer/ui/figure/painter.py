"""Paints the figure: one skeleton, its props and its label, into any rectangle of any painter."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPainterPath, QTransform

from stretchplayer.figure.movement import Movement
from stretchplayer.figure.pose import Rest
from stretchplayer.figure.side import Side
from stretchplayer.figure.skeleton import BACK_RADIUS, Arm, Leg, Skeleton, unit
from stretchplayer.ui.figure import shapes
from stretchplayer.ui.figure.brush import FigureBrush
from stretchplayer.ui.figure.colours import FigureColours
from stretchplayer.ui.figure.props import draw_floor, draw_towel

CHEST_SWELLS: Final = 0.055
"""How much deeper a full chest is than an empty one, as a fraction of its depth."""
OUTLINE: Final = 1.5
"""Width of the working leg's outline."""
LABEL_ON_SHIN: Final = 0.6
"""Where on the shin the label is."""
LABEL_RADIUS: Final = 8.2
SMALLEST_LABEL_PX: Final = 7.5
_LARGEST_LABEL: Final = 13.0

VIEWS: Final = {
    Rest.BACK: QRectF(-98, -9, 212, 130),
    Rest.SEAT: QRectF(-66, -9, 192, 166),
    Rest.FOOT: QRectF(-66, -16, 192, 216),
}
"""The area that is always shown: x, y, width and height in skeleton units, y up."""
_MARGIN: Final = 16.0
"""How far the body may reach beyond the skeleton's points."""

CHEST_DEPTH: Final = 25.0
"""From the back to the front of the chest."""
_MEET: Final = 0.5
"""Closed hands nearer than this are clasped."""
_PIVOT: Final = 3.0
"""How far behind its centre a hand pivots on the forearm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Without a side the working leg has no label. `breath` is how full the chest is, 0 to 1."""

    skeleton: Skeleton
    side: Side | None
    breath: float = 0.0

    @property
    def mirrored(self) -> bool:
        """Poses are drawn with the right leg working; the left one is the mirror image."""
        return self.side is Side.LEFT


def view_of(movement: Movement) -> QRectF:
    """The area that holds all of a movement, in units, y up."""
    view = QRectF(VIEWS[movement.end.rests_on])
    for step in range(13):
        for point in movement.at(step / 12).points():
            spot = QRectF(point.real - _MARGIN, point.imag - _MARGIN, 2 * _MARGIN, 2 * _MARGIN)
            if not VIEWS[movement.end.rests_on].contains(spot.center()):
                view = view.united(spot)
    return view


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
        draw_floor(brush, colours, {placed.prop for placed in skeleton.props})
        draw_towel(brush, colours, skeleton, near=False)
        self._far_arm(skeleton.other_arm)
        self._far_leg(skeleton.other_leg)
        self._torso(skeleton, scene.breath)
        self._head(skeleton)
        self._working_leg(skeleton.working_leg)
        draw_towel(brush, colours, skeleton, near=True)
        self._near_arm(skeleton.working_arm)
        if _clasped(skeleton.working_arm, skeleton.other_arm):
            self._at_hand(skeleton.working_arm)
            brush.edge(shapes.clasped_fingers, colours.skin_line, 0.8)
            brush.shape(shapes.clasped_fingers, colours.skin_far)
        self._label(skeleton.working_leg, scene.side)
        self._painter.restore()

    def _torso(self, skeleton: Skeleton, breath: float) -> None:
        brush, colours = self._brush, self._colours
        brush.trunk(skeleton.hip, skeleton.torso)
        brush.shape(shapes.pelvis, colours.trousers)
        brush.trunk(skeleton.shoulder, skeleton.head)
        brush.shape(shapes.neck, colours.skin)
        deeper = 1 + CHEST_SWELLS * breath
        along, front = unit(skeleton.torso), unit(skeleton.torso) * -1j
        brush.along(skeleton.hip + front * BACK_RADIUS * (deeper - 1), along, front * deeper)
        brush.shape(shapes.shirt, colours.shirt)
        brush.edge(shapes.hem, colours.shirt_line, 1.0)

    def _head(self, skeleton: Skeleton) -> None:
        brush, colours = self._brush, self._colours
        brush.trunk(skeleton.head_centre, skeleton.head)
        brush.shape(shapes.head, colours.skin)
        brush.shape(shapes.hair, colours.hair)
        brush.shape(shapes.ear, colours.skin)
        brush.edge(shapes.ear_line, colours.skin_line, 0.6)
        brush.disc(-3.2, 6.4, 1.9, colours.cheek)
        brush.disc(1.4, 9.2, 1.2, colours.eye)
        brush.edge(shapes.brow, colours.hair, 0.9)
        brush.edge(shapes.smile, colours.skin_line, 0.9)

    def _far_arm(self, arm: Arm) -> None:
        brush, colours = self._brush, self._colours
        self._bare_arm(arm, colours.skin_far)
        brush.limb(arm.shoulder, arm.upper)
        brush.shape(shapes.sleeve, colours.shirt_far)
        self._at_hand(arm)
        brush.shape(shapes.fist if arm.closed else shapes.palm, colours.skin_far)

    def _near_arm(self, arm: Arm) -> None:
        brush, colours = self._brush, self._colours
        self._bare_arm(arm, colours.skin)
        brush.limb(arm.shoulder, arm.upper)
        brush.edge(shapes.sleeve, colours.shirt_line, 1.2)
        brush.shape(shapes.sleeve, colours.shirt)
        self._at_hand(arm)
        brush.shape(shapes.fist if arm.closed else shapes.palm, colours.skin)
        brush.edge(shapes.fist_lines if arm.closed else shapes.palm_lines, colours.skin_line, 0.7)

    def _bare_arm(self, arm: Arm, colour: str) -> None:
        self._brush.limb(arm.shoulder, arm.upper)
        self._brush.shape(shapes.upper_arm, colour)
        self._brush.limb(arm.elbow, arm.forearm)
        self._brush.shape(shapes.forearm, colour)

    def _at_hand(self, arm: Arm) -> None:
        angle = arm.forearm + arm.wrist
        self._brush.limb(arm.hand + _PIVOT * (unit(angle) - unit(arm.forearm)), angle)

    def _far_leg(self, leg: Leg) -> None:
        brush, colours = self._brush, self._colours
        brush.limb(leg.knee, leg.shin)
        brush.shape(shapes.sock, colours.sock_far)
        brush.limb(leg.ankle, leg.foot)
        brush.shape(shapes.shoe, colours.shoe_far)
        brush.shape(shapes.sole, colours.sole_far)
        brush.limb(leg.hip, leg.thigh)
        brush.shape(shapes.thigh, colours.trousers_far)
        brush.limb(leg.knee, leg.shin)
        brush.shape(shapes.shin, colours.trousers_far)

    def _working_leg(self, leg: Leg) -> None:
        """Outlines go first, so that none crosses a joint."""
        brush, colours = self._brush, self._colours
        parts = (
            (leg.knee, leg.shin, shapes.sock, colours.sock),
            (leg.ankle, leg.foot, shapes.shoe, colours.shoe),
            (leg.ankle, leg.foot, shapes.sole, colours.sole),
            (leg.hip, leg.thigh, shapes.thigh, colours.accent),
            (leg.knee, leg.shin, shapes.shin, colours.accent),
        )
        for origin, angle, shape, _ in parts:
            if shape is not shapes.sole:
                brush.limb(origin, angle)
                brush.edge(shape, colours.accent_outline, 2 * OUTLINE)
        for origin, angle, shape, colour in parts:
            brush.limb(origin, angle)
            brush.shape(shape, colour)

    def _label(self, leg: Leg, side: Side | None) -> None:
        """The letter is never rotated or mirrored."""
        if side is None:
            return
        brush, colours = self._brush, self._colours
        brush.upright(leg.on_shin(LABEL_ON_SHIN, 0))
        radius = label_radius(brush.scale) * brush.scale
        brush.disc(0, 0, radius * 1.07, colours.accent_outline)
        brush.disc(0, 0, radius * 0.93, colours.label)
        brush.fill(QTransform.fromScale(radius * 1.12, radius * 1.12).map(_letter(side)), colours.label_ink)


def _clasped(one: Arm, other: Arm) -> bool:
    return one.closed and other.closed and abs(one.hand - other.hand) < _MEET


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
