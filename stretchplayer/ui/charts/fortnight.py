"""The last 14 days at a glance: one column of dots per day."""

from collections import Counter
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.adherence import CalendarDay, DotState
from stretchplayer.ui.charts.chart import Align, Chart, ChartStyle, write
from stretchplayer.ui.charts.dots import draw_dot, states_of

DAYS: Final = 14
_STEP: Final = 18.0
_DOT: Final = 12.5
_MOST: Final = 4
"""More dots in a column would be too small to see, so the rest are left out."""


class Fortnight(Chart):
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
        return min(_MOST, max((len(states_of(day)) for day in self._days), default=1))

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
            for row, state in enumerate(states_of(day)[:_MOST]):
                x, y = left + (column + 0.5) * step, top + row * step
                draw_dot(painter, style, QRectF(x, y, 0, 0).topLeft(), _DOT * style.unit, state)
