"""The dots of a day, the state of each slot by shape as well as colour, and those of the last 14 days."""

from collections import Counter
from collections.abc import Sequence
from math import ceil, sqrt
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.adherence import CalendarDay, DotState
from stretchplayer.ui.charts.chart import Align, Chart, ChartStyle, centred, write
from stretchplayer.ui.theme import palette as theme

_MOST: Final = 9
"""More dots would be too small to see; the table lists them all."""
_FAINT: Final = 0.65
"""Opacity of what was not done: visible, but not the first thing to catch the eye."""
DAYS: Final = 14
_STEP: Final = 18.0
_DOT: Final = 12.5
_MOST_ROWS: Final = 4
"""More dots in a column would be too small to see, so the rest are left out."""


def states_of(day: CalendarDay) -> tuple[DotState, ...]:
    """One state per slot, plus one per extra session."""
    return (*(dot.state for dot in day.dots), *(DotState.DONE for _unused in range(day.extra)))


def draw_dot(painter: QPainter, style: ChartStyle, centre: QPointF, diameter: float, state: DotState) -> None:
    """Draw one dot.

    Done is a disc, marked as done a disc in a ring, missed a ring, skipped a bar, paused two bars, later today a bright
    ring.
    """
    painter.setBrush(Qt.BrushStyle.NoBrush)
    stroke = max(diameter * 0.15, 0.8)
    inner = diameter - stroke
    ring = centred(centre.x(), centre.y(), inner, inner)
    match state:
        case DotState.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour(theme.DONE))
            painter.drawEllipse(centre, diameter / 2, diameter / 2)
        case DotState.MARKED_DONE:
            painter.setPen(QPen(style.colour(theme.DONE), stroke))
            painter.drawEllipse(ring)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour(theme.DONE))
            painter.drawEllipse(centre, diameter * 0.23, diameter * 0.23)
        case DotState.MISSED:
            painter.setPen(QPen(style.colour(theme.MUTED, _FAINT), stroke))
            painter.drawEllipse(ring)
        case DotState.COMING:
            painter.setPen(QPen(style.colour(theme.MOVEMENT), max(diameter * 0.2, 1.2)))
            painter.drawEllipse(ring)
        case DotState.SKIPPED:
            _bar(painter, style, centre, diameter * 0.8, diameter * 0.24)
        case DotState.PAUSED:
            for side in (-1, 1):
                _bar(painter, style, centre + QPointF(side * diameter * 0.2, 0), diameter * 0.2, diameter * 0.72)
        case DotState.BEFORE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.colour(theme.MUTED, 0.35))
            painter.drawEllipse(centre, diameter * 0.14, diameter * 0.14)


def _bar(painter: QPainter, style: ChartStyle, centre: QPointF, width: float, height: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.colour(theme.MUTED, _FAINT))
    radius = min(width, height) / 2
    painter.drawRoundedRect(centred(centre.x(), centre.y(), width, height), radius, radius)


def draw_dots(painter: QPainter, style: ChartStyle, box: QRectF, states: Sequence[DotState], largest: float) -> None:
    """Draw a day's dots in one row, or in several if the box is narrow."""
    states = states[:_MOST]
    if not states:
        return
    count = len(states)
    columns = count if count * largest * 1.15 <= box.width() or count <= 2 else ceil(sqrt(count))  # noqa: PLR2004
    rows = ceil(count / columns)
    diameter = min(largest, box.width() / columns * 0.86, box.height() / rows * 0.86)
    step = diameter * 1.22
    for place, state in enumerate(states):
        row, column = divmod(place, columns)
        x = box.center().x() + (column - (columns - 1) / 2) * step
        y = box.center().y() + (row - (rows - 1) / 2) * step
        draw_dot(painter, style, QPointF(x, y), diameter, state)


class Fortnight(Chart):
    """The last 14 days at a glance: one column of dots per day."""

    def __init__(self, parent: QWidget | None = None, *, labelled: bool = True) -> None:
        super().__init__(parent)
        self._days: tuple[CalendarDay, ...] = ()
        self._label = _("last 14 days") if labelled else ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_days(self, days: tuple[CalendarDay, ...]) -> None:
        self._days = days[-DAYS:]
        found = Counter(state for day in self._days for state in states_of(day))
        words = _("{done} done, {missed} missed")
        if found[DotState.MARKED_DONE]:
            words = _("{done} done, {marked} marked as done, {missed} missed")
        counts = words.format(
            done=found[DotState.DONE], marked=found[DotState.MARKED_DONE], missed=found[DotState.MISSED]
        )
        self.set_accessible_text(_("The last 14 days"), counts)
        self.updateGeometry()
        self.update()

    def _rows(self) -> int:
        return min(_MOST_ROWS, max((len(states_of(day)) for day in self._days), default=1))

    def sizeHint(self) -> QSize:
        style = self.style_now
        label = style.width_of(self._label, 15) + 14 * style.unit if self._label else 0
        rows = max(2, self._rows())
        return QSize(round(label + DAYS * _STEP * style.unit), round(rows * _STEP * style.unit + 4 * style.unit))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def draw(self, painter: QPainter, box: QRectF, style: ChartStyle) -> None:
        step = _STEP * style.unit
        left = box.right() - len(self._days) * step
        if self._label:
            label = QRectF(box.left(), box.top(), left - box.left() - 14 * style.unit, box.height())
            write(painter, style, label, self._label, align=Align.AlignRight, pixels=15)
        rows = self._rows()
        top = box.center().y() - (rows - 1) / 2 * step
        for column, day in enumerate(self._days):
            for row, state in enumerate(states_of(day)[:_MOST_ROWS]):
                x, y = left + (column + 0.5) * step, top + row * step
                draw_dot(painter, style, QRectF(x, y, 0, 0).topLeft(), _DOT * style.unit, state)
