"""Chart: the left leg against the right one."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from stretchplayer.ui.charts.chart import Align, ChartStyle, write
from stretchplayer.ui.theme import palette as theme

_BAR: Final = 22.0


def draw_balance(
    painter: QPainter, box: QRectF, style: ChartStyle, legs: tuple[int, int], labels: tuple[str, str]
) -> None:
    """Draw a labelled bar for what each leg did, left and right, scaled to the longer one."""
    longest = max(*legs, 1)
    line, bar = style.line(15), _BAR * style.unit
    block = line * 1.15 + bar
    gap = max(0.0, min(14 * style.unit, box.height() - 2 * block))
    for number, (done, text) in enumerate(zip(legs, labels, strict=True)):
        top = box.top() + number * (block + gap)
        write(painter, style, QRectF(box.left(), top, box.width(), line), text, role=theme.INK, pixels=15,
              align=Align.AlignLeft)  # fmt: skip
        track = QRectF(box.left(), top + line * 1.15, box.width(), bar)
        radius = 6 * style.unit
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour(theme.TRACK))
        painter.drawRoundedRect(track, radius, radius)
        filled = QRectF(track)
        filled.setWidth(track.width() * done / longest)
        painter.setBrush(style.colour(theme.DONE))
        if done:
            painter.drawRoundedRect(filled, radius, radius)
