"""A scroll bar that is a rounded handle and nothing else."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from stretchplayer.ui import theme

_WIDTH: Final = 14


class ScrollBar(QScrollBar):
    """A vertical scroll bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Narrow."""
        return QSize(_WIDTH, 60)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the handle where Qt has it."""
        if self.minimum() == self.maximum():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ScrollBar, QStyle.SubControl.SC_ScrollBarSlider
        handle = QRectF(self.style().subControlRect(control, option, part, self))
        handle.setLeft(handle.left() + 4)
        handle.setRight(handle.right() - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = self.palette().color(theme.MUTED)
        colour.setAlphaF(0.9 if self.underMouse() or self.isSliderDown() else 0.6)
        painter.setBrush(colour)
        painter.drawRoundedRect(handle, handle.width() / 2, handle.width() / 2)
