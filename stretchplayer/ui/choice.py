"""A choice of several values, drawn as a plate like the buttons."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from stretchplayer.ui import theme


class Choice(QComboBox):
    """A combo box without edges, gradients and a tiny arrow; everything else is Qt's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _em(self) -> float:
        return QFontMetricsF(self.font()).height()

    def sizeHint(self) -> QSize:
        """Room for the longest words and the arrow; at least 28 px high, to be hit with ease."""
        metrics = QFontMetricsF(self.font())
        words = max((metrics.horizontalAdvance(self.itemText(row)) for row in range(self.count())), default=0.0)
        return QSize(round(words + 3.2 * self._em()), round(max(1.9 * self._em(), 28)))

    def minimumSizeHint(self) -> QSize:
        """Long words may be cut off; the list that opens shows them whole."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), round(9 * self._em())), hint.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: nothing changes just because the pointer happens to be here."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate, the chosen words and the arrow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color
        box = QRectF(self.rect()).adjusted(3, 2, -3, -2)
        radius = min(box.height() * 0.26, 14.0)
        surface = colour(theme.RAISED)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(surface.lighter(112) if self.underMouse() and self.isEnabled() else surface)
        painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(colour(theme.INK), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), radius + 1, radius + 1)
        ink = colour(theme.INK if self.isEnabled() else theme.MUTED)
        em = self._em()
        words = box.adjusted(0.7 * em, 0, -1.7 * em, 0)
        painter.setPen(ink)
        metrics = QFontMetricsF(self.font())
        shown = metrics.elidedText(self.currentText(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)
        pen = QPen(ink, max(1.5, em * 0.1))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        middle, arm = QPointF(box.right() - 1.0 * em, box.center().y()), 0.26 * em
        painter.drawPolyline(
            [middle + QPointF(-arm, -arm / 2), middle + QPointF(0, arm / 2), middle + QPointF(arm, -arm / 2)]
        )
