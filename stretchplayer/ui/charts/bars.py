"""Bar chart: minutes per week."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from stretchplayer.progress.report import Week
from stretchplayer.ui.charts.chart import Align, ChartStyle, draw_grid, plot_area, write_below
from stretchplayer.ui.text.dates import short_date
from stretchplayer.ui.theme import palette as theme

_STEPS: Final = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 960)
_LINES: Final = 4
_WIDEST_BAR: Final = 34.0


def scale_of(highest: float, steps: Sequence[float] = _STEPS, lines: int = _LINES) -> tuple[float, int]:
    """The step of an axis from 0 with at most `lines` grid lines, and the number of steps."""
    for step in steps:
        if highest <= step * lines:
            return float(step), max(1, ceil(highest / step))
    step = float(ceil(highest / lines))
    return step, lines


def draw_bars(painter: QPainter, box: QRectF, style: ChartStyle, weeks: Sequence[Week], locale: QLocale) -> None:
    """Draw a bar for each week; the last is the current one."""
    if not weeks:
        return
    minutes = [week.held.total_ms / 60_000 for week in weeks]
    step, count = scale_of(max(minutes))
    plot = plot_area(box, style, locale.toString(step * count, "f", 0))
    draw_grid(painter, plot, style, (step, count), locale)
    across = plot.width() / len(weeks)
    widest = max(style.width_of(short_date(locale, week.begins)) for week in weeks)
    every = max(1, ceil(widest * 1.35 / across))
    for number, (week, held) in enumerate(zip(weeks, minutes, strict=True)):
        height = plot.height() * held / (step * count)
        width = min(across * 0.68, _WIDEST_BAR * style.unit)
        bar = QRectF(plot.left() + (number + 0.5) * across - width / 2, plot.bottom() - height, width, height)
        present = number == len(weeks) - 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour(theme.MARK if present else theme.DONE))
        painter.drawPath(_rounded_above(bar, min(width / 2, 4 * style.unit)))
        if (len(weeks) - 1 - number) % every == 0:
            write_below(
                painter, plot, style, bar.center().x(), short_date(locale, week.begins), align=Align.AlignHCenter
            )


def _rounded_above(bar: QRectF, radius: float) -> QPainterPath:
    radius = min(radius, bar.height())
    path = QPainterPath()
    path.moveTo(bar.bottomLeft())
    path.lineTo(bar.left(), bar.top() + radius)
    path.quadTo(bar.topLeft(), bar.topLeft() + (bar.topRight() - bar.topLeft()) * (radius / max(bar.width(), 1)))
    path.lineTo(bar.right() - radius, bar.top())
    path.quadTo(bar.topRight(), bar.topRight() + (bar.bottomRight() - bar.topRight()) * (radius / max(bar.height(), 1)))
    path.lineTo(bar.bottomRight())
    path.closeSubpath()
    return path
