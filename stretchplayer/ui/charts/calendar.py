"""The calendar of the last months: a column for each week, a row for each weekday, a dot for each slot."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import ceil
from typing import Final

from PySide6.QtCore import QLocale, QPoint, QPointF, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from stretchplayer.progress.adherence import CalendarDay, DotState
from stretchplayer.progress.report import week_of
from stretchplayer.ui.charts.chart import Chart, ChartStyle, centred, wrapped, write
from stretchplayer.ui.charts.dots import draw_dot, draw_dots, states_of
from stretchplayer.ui.text.dates import to_qdate, weekday_names
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.style import draw_focus, shows_focus

_ROW: Final = 17.0
"""How high a weekday's row is, in px of the design."""
_NARROWEST_WEEK: Final = 17.0
"""A week narrower than this is put into a block below."""
_WIDEST_WEEK: Final = 64.0
_MONTHS: Final = 20.0
_BETWEEN: Final = 12.0
_DOT: Final = 11.5
_WEEKDAYS: Final = 7
_LATE_IN_MONTH: Final = 20
_SHOWN: Final = (
    DotState.DONE, DotState.MARKED_DONE, DotState.MISSED, DotState.SKIPPED, DotState.PAUSED, DotState.COMING,
)  # fmt: skip


class _Layout:
    def __init__(self, days: Sequence[CalendarDay], width: float, style: ChartStyle, locale: QLocale) -> None:
        self.first_weekday = locale.firstDayOfWeek().value - 1
        self.days = days
        self.unit = style.unit
        self.left = max((style.width_of(name) for name in weekday_names(locale)), default=0) + 10 * style.unit
        begins = week_of(days[0].day, self.first_weekday)
        self.begins = begins
        self.weeks = (days[-1].day - begins).days // 7 + 1
        fitting = max(1, int((width - self.left) / (_NARROWEST_WEEK * style.unit)))
        self.blocks = ceil(self.weeks / fitting)
        self.columns = ceil(self.weeks / self.blocks)
        self.week = min((width - self.left) / self.columns, _WIDEST_WEEK * style.unit)
        self.row = _ROW * style.unit
        self.months = _MONTHS * style.unit

    @property
    def block_height(self) -> float:
        return self.months + 7 * self.row

    @property
    def height(self) -> float:
        return self.blocks * self.block_height + (self.blocks - 1) * _BETWEEN * self.unit

    def top(self, block: int) -> float:
        return block * (self.block_height + _BETWEEN * self.unit)

    def cell(self, number: int) -> QRectF:
        """The box of the day `number` days after the start of the first week."""
        week, weekday = divmod(number, 7)
        block, column = divmod(week, self.columns)
        x, y = self.left + column * self.week, self.top(block) + self.months + weekday * self.row
        return QRectF(x, y, self.week, self.row)

    def number_at(self, place: QPointF) -> int:
        """The number of the day at this point, or -1."""
        block, y = divmod(place.y(), self.block_height + _BETWEEN * self.unit)
        weekday, column = (y - self.months) // self.row, (place.x() - self.left) // self.week
        if not (0 <= weekday < _WEEKDAYS and 0 <= column < self.columns):
            return -1
        return round((block * self.columns + column) * _WEEKDAYS + weekday)


def calendar_height(days: Sequence[CalendarDay], width: float, style: ChartStyle, locale: QLocale) -> float:
    return _Layout(days, width, style, locale).height if days else 0.0


def draw_calendar(
    painter: QPainter,
    box: QRectF,
    days: Sequence[CalendarDay],
    style: ChartStyle,
    locale: QLocale,
    *,
    mark_today: bool = True,
) -> float:
    """Draw the calendar at the top of the box, and return its height. Paper has no "today" to mark."""
    if not days:
        return 0.0
    layout = _Layout(days, box.width(), style, locale)
    painter.save()
    painter.translate(box.topLeft())
    _draw_weekdays(painter, layout, style, locale)
    _draw_months(painter, layout, style, locale)
    first = (days[0].day - layout.begins).days
    for number, day in enumerate(days, start=first):
        cell = layout.cell(number)
        draw_dots(painter, style, cell, states_of(day), min(_DOT * style.unit, layout.row * 0.72))
    if mark_today:
        _draw_frame(painter, layout.cell(first + len(days) - 1), len(states_of(days[-1])), style)
    painter.restore()
    return layout.height


def _draw_frame(painter: QPainter, cell: QRectF, dots: int, style: ChartStyle) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(style.colour(theme.INK), max(1.0, 0.8 * style.unit)))
    radius, width = 4 * style.unit, min(cell.width(), 34 * style.unit * max(1.0, dots / 2))
    painter.drawRoundedRect(centred(cell.center().x(), cell.center().y(), width, cell.height()), radius, radius)


def _draw_weekdays(painter: QPainter, layout: _Layout, style: ChartStyle, locale: QLocale) -> None:
    names = weekday_names(locale)
    for block in range(layout.blocks):
        for row in range(7):
            y = layout.top(block) + layout.months + row * layout.row
            name = names[(row + layout.first_weekday) % 7]
            if row % 2 == 0:
                write(painter, style, QRectF(0, y, layout.left, layout.row), name, pixels=12)


def _draw_months(painter: QPainter, layout: _Layout, style: ChartStyle, locale: QLocale) -> None:
    """Label each month above the week it starts in, January with its year, where the label fits."""
    end = layout.left + (layout.columns + 1) * layout.week
    taken: dict[int, float] = {}
    for day in _firsts(layout):
        block, column = divmod((day - layout.begins).days // 7, layout.columns)
        x = layout.left + column * layout.week
        january = day.month == 1
        short = QLocale.FormatType.ShortFormat
        name = locale.toString(to_qdate(day), "yyyy") if january else locale.standaloneMonthName(day.month, short)
        width = style.width_of(name, 12)
        if x >= taken.get(block, 0.0) and x + width <= end:
            write(painter, style, QRectF(x, layout.top(block), width, layout.months * 0.8), name, pixels=12)
            taken[block] = x + width + 8 * style.unit


def _firsts(layout: _Layout) -> Iterator[date]:
    """The first of each month, and the very first day unless the next month's label would collide with it."""
    days = [day.day for day in layout.days]
    if days[0].day < _LATE_IN_MONTH:
        yield days[0]
    yield from (day for day in days[1:] if day.day == 1)


def _legend_places(entries: Sequence[tuple[DotState, str]], width: float, style: ChartStyle) -> list[QRectF]:
    """The box of each entry of the legend, wrapped at `width`."""
    widths = (style.width_of(words, 12) + 34 * style.unit for _state, words in entries)
    return wrapped(widths, width, style.line(12) * 1.25)


def draw_legend(painter: QPainter, box: QRectF, entries: Sequence[tuple[DotState, str]], style: ChartStyle) -> float:
    """Draw the legend, wrapped to the box; return its height."""
    bottom = 0.0
    for (state, words), place in zip(entries, _legend_places(entries, box.width(), style), strict=True):
        bottom = place.bottom()
        place.translate(box.topLeft())
        centre = QPointF(place.x() + 6 * style.unit, place.center().y())
        draw_dot(painter, style, centre, 10.5 * style.unit, state)
        write(painter, style, place.adjusted(17 * style.unit, 0, 17 * style.unit, 0), words, pixels=12)
    return bottom


def shown_states(days: Sequence[CalendarDay]) -> tuple[DotState, ...]:
    """The states that occur, in legend order."""
    found = {state for day in days for state in states_of(day)}
    return tuple(state for state in _SHOWN if state in found)


_STEPS: Final[Mapping[int, int]] = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -_WEEKDAYS,
    Qt.Key.Key_Right: _WEEKDAYS,
}
"""How many days an arrow key moves."""
_CHOOSING: Final[Sequence[int]] = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Menu)


class CalendarChart(Chart):
    """A click chooses a day; so does Enter, after the arrow keys have moved to it."""

    day_chosen = Signal(CalendarDay, QPoint)
    """And where it is, in this widget."""
    day_reached = Signal(CalendarDay, QPoint)
    """The arrow keys have moved to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[CalendarDay, ...] = ()
        self._legend: tuple[tuple[DotState, str], ...] = ()
        self._current = 0
        """How many days before the last one the arrow keys have moved."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_days(self, days: tuple[CalendarDay, ...], legend: tuple[tuple[DotState, str], ...]) -> None:
        self._days, self._legend = days, legend
        self.updateGeometry()
        self.update()

    def day_at(self, place: QPointF) -> CalendarDay | None:
        if not self._days:
            return None
        layout = self._layout()
        number = layout.number_at(place) - (self._days[0].day - layout.begins).days
        return self._days[number] if 0 <= number < len(self._days) else None

    def _place_of(self, day: CalendarDay) -> QRectF:
        layout = self._layout()
        return layout.cell((day.day - layout.begins).days)

    def _tell(self, signal: SignalInstance, day: CalendarDay | None) -> None:
        if day is not None:
            signal.emit(day, self._place_of(day).bottomLeft().toPoint())

    def _current_day(self) -> CalendarDay | None:
        return self._days[-1 - min(self._current, len(self._days) - 1)] if self._days else None

    def _layout(self) -> _Layout:
        return _Layout(self._days, self.width(), self.style_now, self.locale())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(calendar_height(self._days, width, self.style_now, self.locale()) + self._legend_height(width))

    def _legend_height(self, width: float) -> float:
        places = _legend_places(self._legend, width, self.style_now)
        return places[-1].bottom() + 8 * self.unit if places else 0.0

    def sizeHint(self) -> QSize:
        return QSize(round(500 * self.unit), self.heightForWidth(round(500 * self.unit)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 40)

    def draw(self, painter: QPainter, box: QRectF, style: ChartStyle) -> None:
        height = draw_calendar(painter, box, self._days, style, self.locale())
        draw_legend(painter, box.adjusted(0, height + 8 * style.unit, 0, 0), self._legend, style)
        day = self._current_day()
        if day is not None and shows_focus(self):
            draw_focus(painter, self._place_of(day).adjusted(1, 1, -1, -1), style.colour(theme.INK), 4 * style.unit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _STEPS and self._days:
            self._current = min(max(self._current - _STEPS[key], 0), len(self._days) - 1)
            self.update()
            self._tell(self.day_reached, self._current_day())
        elif key in _CHOOSING:
            self._tell(self.day_chosen, self._current_day())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._tell(self.day_chosen, self.day_at(event.position()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self._tell(self.day_chosen, self.day_at(QPointF(event.pos())))
