"""How the reach is measured: the figure bent forward, and the distance from its fingertips to the floor."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.figure.movement import movement_to
from stretchplayer.figure.pose import Pose
from stretchplayer.figure.skeleton import unit
from stretchplayer.i18n import _
from stretchplayer.ui.figure.colours import figure_colours
from stretchplayer.ui.figure.painter import FigurePainter, Scene, fit
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme

POSE: Final = "bent-forward"
_VIEW: Final = QRectF(-42, -9, 152, 132)
"""What is in the picture: x, y, width and height in the skeleton's units, y up."""
_FINGERS: Final = 9.5
"""From the middle of the grip to the fingertips."""
_BESIDE: Final = 15.0
"""How far beside the fingers the distance is drawn."""
_ARROW: Final = 3.2


class ReachPicture(QWidget):
    """Draws the figure and the distance. Without the pose it draws nothing."""

    ACCESSIBLE_ROLE = accessible.Role.Graphic

    def __init__(self, poses: Mapping[str, Pose], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._scene: Scene | None = None
        if movement := movement_to(poses, POSE):
            self._scene = Scene(skeleton=movement.at(1), props=movement.end.props, side=None)
            self.setAccessibleName(movement.end.words(None))

    def sizeHint(self) -> QSize:
        return QSize(320, 280)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._scene is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        to_device = fit(_VIEW, QRectF(self.rect()), mirrored=False)
        FigurePainter(painter, figure_colours(self.palette()), to_device).paint(self._scene)
        arm = self._scene.skeleton.working_arm
        tips = arm.hand + unit(arm.forearm) * _FINGERS
        x = tips.real + _BESIDE
        upper, lower = to_device.map(QPointF(x, tips.imag)), to_device.map(QPointF(x, 0))
        scale = abs(to_device.m22())
        level = to_device.map(QPointF(tips.real - 2, tips.imag))
        painter.setPen(QPen(self.palette().color(theme.INK), max(1.2, 0.6 * scale), Qt.PenStyle.DashLine))
        painter.drawLine(level, upper + QPointF(6 * scale, 0))
        self._draw_arrow(painter, upper, lower, scale)

    def _draw_arrow(self, painter: QPainter, upper: QPointF, lower: QPointF, scale: float) -> None:
        ink = self.palette().color(theme.INK)
        painter.setPen(QPen(ink, max(1.6, 0.9 * scale)))
        painter.drawLine(upper, lower)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        size = _ARROW * scale
        for end, way in ((upper, 1), (lower, -1)):
            tip = [end, end + QPointF(-size * 0.6, way * size), end + QPointF(size * 0.6, way * size)]
            painter.drawPolygon(QPolygonF(tip))
        painter.setPen(ink)
        painter.setFont(theme.pixel_font(self.font(), 9 * scale, self.font().Weight.Bold))
        middle = (upper + lower) / 2
        box = QRectF(middle.x() + 4 * scale, middle.y() - 8 * scale, 40 * scale, 16 * scale)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), _("cm"))
