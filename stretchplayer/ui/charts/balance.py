"""Chart: left against right hold time."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from stretchplayer.progress.history import HeldBySide
from stretchplayer.ui.charts.chart import Align, ChartStyle, write
from stretchplayer.ui.theme import palette as theme

_BAR: Final = 22.0


def draw_balance(painter: QPainter, box: QRectF, style: ChartStyle, held: HeldBySide, labels: tuple[str, str]) -> None:
    """Draw a labelled bar for each leg, scaled to the longer one."""
    longest = max(held.left_ms, held.right_ms, 1)
    line, bar = style.line(15), _BAR * style.unit
    block = line * 1.15 + bar
    gap = max(0.0, min(14 * style.unit, box.height() - 2 * block))
    for number, (milliseconds, text) in enumerate(zip((held.left_ms, held.right_ms), labels, strict=True)):
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
