"""A slider with a track and a knob that can be seen and hit."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle

from stretchplayer.ui import theme

_EDGE: Final = 4.0
"""Room for the focus around the knob, px."""


class Slider(QSlider):
    """A horizontal slider; a click on the track brings the knob there."""

    def __init__(self, lowest: int, highest: int, value: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(lowest, highest)
        self.setPageStep(max(1, (highest - lowest) // 10))
        self.setValue(value)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _radius(self) -> float:
        return min(max(QFontMetricsF(self.font()).height() * 0.45, 8.0), self.height() / 2 - _EDGE)

    def _ends(self) -> tuple[float, float]:
        """Where the middle of the knob is at the lowest and at the highest value."""
        inset = self._radius() + _EDGE
        return inset, self.width() - inset

    def sizeHint(self) -> QSize:
        """At least 28 px high, to be hit with ease."""
        return QSize(160, max(28, round(1.3 * QFontMetricsF(self.font()).height())))

    def _value_at(self, x: float) -> int:
        left, right = self._ends()
        span = max(1, round(right - left))
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), round(x - left), span)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the knob to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setSliderPosition(self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the knob follow the pointer."""
        if self.isSliderDown():
            self.setSliderPosition(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the knob."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, value and knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self.palette().color
        left, right = self._ends()
        span = max(1, self.maximum() - self.minimum())
        at = left + (right - left) * (self.sliderPosition() - self.minimum()) / span
        middle, radius = self.height() / 2, self._radius()
        track = QPen(colour(theme.MUTED if self.isEnabled() else theme.TRACK), 2)
        track.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(track)
        painter.drawLine(QPointF(at, middle), QPointF(right, middle))
        value = QPen(colour(theme.DONE if self.isEnabled() else theme.TRACK), max(4.0, radius * 0.55))
        value.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(value)
        painter.drawLine(QPointF(left, middle), QPointF(at, middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.DONE if self.isEnabled() else theme.MUTED))
        painter.drawEllipse(QPointF(at, middle), radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(colour(theme.INK), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            box = QRectF(0, 0, 2 * radius + 5, 2 * radius + 5)
            box.moveCenter(QPointF(at, middle))
            painter.drawEllipse(box)
