"""What the fields of our own have in common: the plate they stand on, and the arrow that points where a value goes."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from stretchplayer.ui import theme


def plate_of(widget: QWidget) -> QRectF:
    """Where the plate of a field is; round it the focus is drawn."""
    return QRectF(widget.rect()).adjusted(3, 2, -3, -2)


def draw_plate(painter: QPainter, widget: QWidget, *, focus: bool) -> None:
    """Draw the plate of a field, paler under the pointer, and whether the keyboard is in it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = plate_of(widget)
    radius = min(box.height() * 0.26, 14.0)
    surface = widget.palette().color(theme.RAISED)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(surface.lighter(112) if widget.underMouse() and widget.isEnabled() else surface)
    painter.drawRoundedRect(box, radius, radius)
    if focus:
        painter.setPen(QPen(widget.palette().color(theme.INK), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), radius + 1, radius + 1)


def draw_arrow(painter: QPainter, middle: QPointF, em: float, ink: QColor, *, up: bool = False) -> None:
    """Draw an arrow without a shaft, for letters of the height `em`."""
    pen = QPen(ink, max(1.5, em * 0.1))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    arm = 0.26 * em
    tip = QPointF(0, -arm / 2 if up else arm / 2)
    painter.drawPolyline([middle - tip - QPointF(arm, 0), middle + tip, middle - tip + QPointF(arm, 0)])
