"""The steps of the stretch that is being done, with the current one marked."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.ui import accessible, theme
from stretchplayer.ui.fit_label import text_height

_SMALLEST_PX: Final = 11.0
_GAP: Final = 0.62
"""Room between two steps, in font sizes."""


class StepState(StrEnum):
    """Where a step stands."""

    DONE = "done"
    CURRENT = "current"
    COMING = "coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One line of the list."""

    text: str
    state: StepState


class StepList(QWidget):
    """Draws steps as large as they fit; of more steps than fit, those around the current one."""

    ACCESSIBLE_ROLE = accessible.Role.StaticText

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[StepLine, ...] = ()
        self._max_px = 20.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def lines(self) -> tuple[StepLine, ...]:
        """What is shown."""
        return self._lines

    def show_lines(self, lines: tuple[StepLine, ...]) -> None:
        """Show other steps."""
        if lines != self._lines:
            self._lines = lines
            spoken = {StepState.DONE: self.tr("done"), StepState.CURRENT: self.tr("now"), StepState.COMING: ""}
            self.setAccessibleName("; ".join(f"{line.text} {spoken[line.state]}".strip() for line in lines))
            self.update()

    def set_max_px(self, pixels: float) -> None:
        """Never draw larger than this font size."""
        self._max_px = pixels
        self.update()

    def _font(self, line: StepLine, pixels: float) -> QFont:
        weight = QFont.Weight.DemiBold if line.state is StepState.CURRENT else QFont.Weight.Normal
        return theme.pixel_font(self.font(), pixels, weight)

    def _heights(self, pixels: float) -> list[float]:
        room = self.width() - 1.9 * pixels
        return [text_height(self._font(line, pixels), room, line.text) for line in self._lines]

    def _fitting(self) -> tuple[float, list[float], int]:
        """Font size, height of each line, and the first line to draw."""
        pixels = self._max_px
        while True:
            heights = self._heights(pixels)
            total = sum(heights) + _GAP * pixels * max(len(heights) - 1, 0)
            if total <= self.height():
                return pixels, heights, 0
            if pixels <= _SMALLEST_PX:
                current = next((i for i, line in enumerate(self._lines) if line.state is StepState.CURRENT), 0)
                return pixels, heights, max(current - 1, 0)
            pixels = max(_SMALLEST_PX, pixels * 0.94)

    def sizeHint(self) -> QSize:
        """Room for four steps."""
        return QSize(320, 160)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the steps from the top."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pixels, heights, first = self._fitting()
        top = 0.0
        for line, height in list(zip(self._lines, heights, strict=True))[first:]:
            if top + height > self.height() + 1:
                return
            font = self._font(line, pixels)
            middle = QFontMetricsF(font).lineSpacing() / 2
            self._draw_mark(painter, QPointF(0.55 * pixels, top + middle), 0.5 * pixels, line.state)
            painter.setFont(font)
            painter.setPen(self.palette().color(theme.INK if line.state is StepState.CURRENT else theme.MUTED))
            box = QRectF(1.8 * pixels, top, self.width() - 1.8 * pixels, height + 2)
            painter.drawText(box, int(Qt.TextFlag.TextWordWrap), line.text)
            top += height + _GAP * pixels

    def _draw_mark(self, painter: QPainter, centre: QPointF, radius: float, state: StepState) -> None:
        colour = self.palette().color
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if state is StepState.COMING:
            painter.setPen(QPen(colour(theme.MUTED), radius * 0.16))
            painter.drawEllipse(centre, radius * 0.9, radius * 0.9)
        elif state is StepState.CURRENT:
            painter.setPen(QPen(colour(theme.MARK), radius * 0.3))
            painter.drawEllipse(centre, radius * 0.85, radius * 0.85)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.MARK))
            painter.drawEllipse(centre, radius * 0.38, radius * 0.38)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.DONE))
            painter.drawEllipse(centre, radius, radius)
            tick = QPen(colour(theme.GROUND), radius * 0.28)
            tick.setCapStyle(Qt.PenCapStyle.RoundCap)
            tick.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(tick)
            points = [(-0.42, 0.02), (-0.1, 0.36), (0.45, -0.32)]
            painter.drawPolyline([centre + QPointF(x * radius, y * radius) for x, y in points])
