"""A switch: on or off, by its place as well as by its colour."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from stretchplayer.ui import theme


class Switch(QCheckBox):
    """A check box drawn as a switch with its words beside it."""

    def _unit(self) -> float:
        return max(QFontMetricsF(self.font()).height(), 16.0)

    def sizeHint(self) -> QSize:
        """Room for the switch and the words; at least 24 px high, to be hit with ease."""
        metrics = QFontMetricsF(self.font())
        width = 1.9 * self._unit() + metrics.height() * 0.6 + metrics.horizontalAdvance(self.text()) + 6
        return QSize(round(width), round(max(self._unit() * 1.5, 26)))

    def minimumSizeHint(self) -> QSize:
        """As much as it wants."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The words can be clicked too."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space switch."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the switch and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color
        height = self._unit() * 1.05
        track = QRectF(3, (self.height() - height) / 2, height * 1.8, height)
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen if on else QPen(colour(theme.MUTED), 1.5))
        painter.setBrush(colour(theme.DONE) if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(track, height / 2, height / 2)
        knob = QRectF(0, 0, height * 0.66, height * 0.66)
        knob.moveCenter(track.center())
        knob.moveLeft(track.right() - height * 0.83 if on else track.left() + height * 0.17)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.GROUND) if on else colour(theme.MUTED))
        painter.drawEllipse(knob)
        if self.hasFocus():
            painter.setPen(QPen(colour(theme.INK), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), height / 2 + 2, height / 2 + 2)
        painter.setPen(colour(theme.INK))
        words = QRectF(track.right() + self._unit() * 0.6, 0, self.width(), self.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
