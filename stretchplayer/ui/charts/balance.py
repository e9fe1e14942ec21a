"""Chart: left against right hold time."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from stretchplayer.progress.history import HeldBySide
from stretchplayer.ui.charts.chart import Align, Chart, ChartStyle, write
from stretchplayer.ui.theme import palette as theme

_BAR: Final = 22.0
_HEIGHT: Final = 106.0


def draw_balance(painter: QPainter, box: QRectF, held: HeldBySide, words: tuple[str, str], style: ChartStyle) -> None:
    """Draw a labelled bar for each leg, scaled to the longer one."""
    longest = max(held.left_ms, held.right_ms, 1)
    line, bar = style.line(15), _BAR * style.unit
    block = line * 1.15 + bar
    gap = max(0.0, min(14 * style.unit, box.height() - 2 * block))
    for number, (milliseconds, text) in enumerate(zip((held.left_ms, held.right_ms), words, strict=True)):
        top = box.top() + number * (block + gap)
        write(painter, style, QRectF(box.left(), top, box.width(), line), text, role=theme.INK, pixels=15,
              align=Align.AlignLeft)  # fmt: skip
        track = QRectF(box.left(), top + line * 1.15, box.width(), bar)
        radius = 6 * style.unit
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour(theme.TRACK))
        painter.drawRoundedRect(track, radius, radius)
        filled = QRectF(track)
        filled.setWidth(track.width() * milliseconds / longest)
        painter.setBrush(style.colour(theme.DONE))
        if milliseconds:
            painter.drawRoundedRect(filled, radius, radius)


class BalanceChart(Chart):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held = HeldBySide()
        self._labels = ("", "")

    def show_held(self, held: HeldBySide, labels: tuple[str, str]) -> None:
        self._held, self._labels = held, labels
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(260 * self.unit), round(_HEIGHT * self.unit))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, round(_HEIGHT * self.unit))

    def draw(self, painter: QPainter, box: QRectF, style: ChartStyle) -> None:
        draw_balance(painter, box, self._held, self._labels, style)
