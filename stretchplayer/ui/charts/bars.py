"""Bar charts: what was done each week, and the left leg against the right one."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from stretchplayer.progress.report import Week
from stretchplayer.ui.charts.chart import Align, ChartStyle, draw_grid, plot_area, write, write_below
from stretchplayer.ui.text.dates import short_date
from stretchplayer.ui.theme import palette as theme

_STEPS: Final = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 960)
_COUNTS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""The steps of minutes, and of repetitions."""
_LINES: Final = 4
_WIDEST_BAR: Final = 34.0
_LEG_BAR: Final = 22.0


def scale_of(highest: float, steps: Sequence[float] = _STEPS, lines: int = _LINES) -> tuple[float, int]:
    """The step of an axis from 0 with at most `lines` grid lines, and the number of steps."""
    for step in steps:
        if highest <= step * lines:
            return float(step), max(1, ceil(highest / step))
    step = float(ceil(highest / lines))
    return step, lines


def draw_bars(
    painter: QPainter,
    box: QRectF,
    style: ChartStyle,
    weeks: Sequence[Week],
    locale: QLocale,
    *,
    repetitions: bool = False,
) -> None:
    """Draw a bar for the minutes or the repetitions of each week; the last is the current one."""
    if not weeks:
        return
    amounts = [week.repetitions.total if repetitions else week.held_ms.total / 60_000 for week in weeks]
    step, count = scale_of(max(amounts), _COUNTS if repetitions else _STEPS)
    plot = plot_area(box, style, locale.toString(step * count, "f", 0))
    draw_grid(painter, plot, style, (step, count), locale)
    across = plot.width() / len(weeks)
    for number, amount in enumerate(amounts):
        height = plot.height() * amount / (step * count)
        width = min(across * 0.68, _WIDEST_BAR * style.unit)
        bar = QRectF(plot.left() + (number + 0.5) * across - width / 2, plot.bottom() - height, width, height)
        present = number == len(weeks) - 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colour(theme.MOVEMENT if present else theme.DONE))
        painter.drawPath(_rounded_above(bar, min(width / 2, 4 * style.unit)))
    _draw_dates(painter, plot, style, weeks, locale)


def _draw_dates(painter: QPainter, plot: QRectF, style: ChartStyle, weeks: Sequence[Week], locale: QLocale) -> None:
    """Label the last bar and, going back, each bar whose label has room; at the ends labels are moved inwards."""
    across = plot.width() / len(weeks)
    gap = 14 * style.unit
    free = plot.right() + gap
    for number in range(len(weeks) - 1, -1, -1):
        text = short_date(locale, weeks[number].begins)
        half = style.width_of(text) / 2 + 1
        x = min(max(plot.left() + (number + 0.5) * across, plot.left() + half), plot.right() - half)
        if x + half + gap <= free:
            write_below(painter, plot, style, x, text, align=Align.AlignHCenter)
            free = x - half


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


def draw_balance(
    painter: QPainter, box: QRectF, style: ChartStyle, legs: tuple[int, int], labels: tuple[str, str]
) -> None:
    """Draw a labelled bar for what each leg did, left and right, scaled to the longer one."""
    longest = max(*legs, 1)
    line, bar = style.line(15), _LEG_BAR * style.unit
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
