"""A choice of several values, drawn as a plate like the buttons."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from stretchplayer.ui import theme
from stretchplayer.ui.plate import draw_arrow, draw_plate, plate_of


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
        draw_plate(painter, self, focus=self.hasFocus())
        box = plate_of(self)
        ink = self.palette().color(theme.INK if self.isEnabled() else theme.MUTED)
        em = self._em()
        words = box.adjusted(0.7 * em, 0, -1.7 * em, 0)
        painter.setPen(ink)
        metrics = QFontMetricsF(self.font())
        shown = metrics.elidedText(self.currentText(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)
        draw_arrow(painter, QPointF(box.right() - 1.0 * em, box.center().y()), em, ink)
