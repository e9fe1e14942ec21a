"""A switch: on or off, by its place as well as by its colour."""

from math import ceil
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from stretchplayer.ui import theme

_LEAST_EMS: Final = 9.0
"""So wide are its lines at least, in heights of the letters."""


class Switch(QCheckBox):
    """A check box drawn as a switch with its words beside it."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _unit(self) -> float:
        return max(QFontMetricsF(self.font()).height(), 16.0)

    def _beside(self) -> float:
        """What is beside the words, in px."""
        return 1.9 * self._unit() + QFontMetricsF(self.font()).height() * 0.6 + 6

    def _lines_height(self, width: float) -> float:
        """The height of the words in lines that are no wider than that."""
        room = QRectF(0, 0, max(width, 1.0), 1e6)
        return QFontMetricsF(self.font()).boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text()).height()

    def sizeHint(self) -> QSize:
        """Room for the switch and the words in one line; at least 24 px high, to be hit with ease."""
        width = self._beside() + QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(ceil(width), round(max(self._unit() * 1.5, 26)))

    def minimumSizeHint(self) -> QSize:
        """Room for some words a line; the rest goes into further lines."""
        metrics = QFontMetricsF(self.font())
        longest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0.0)
        hint = self.sizeHint()
        least = ceil(self._beside() + max(longest, _LEAST_EMS * metrics.height()))
        return QSize(min(hint.width(), least), hint.height())

    def heightForWidth(self, width: int) -> int:
        """The words take as many lines as they need."""
        one_line = self.sizeHint()
        if width >= one_line.width():
            return one_line.height()
        return max(one_line.height(), ceil(self._lines_height(width - self._beside()) + self._unit() * 0.5))

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
        words = QRectF(self.rect())
        words.setLeft(track.right() + self._unit() * 0.6)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), self.text())
