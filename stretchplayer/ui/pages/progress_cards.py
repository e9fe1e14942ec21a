"""The cards of the Progress page, each with a heading, a chart and a sentence that sums it up."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QFont, QHelpEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.adherence import CalendarDay, DotState
from stretchplayer.progress.history import WORST_PAIN, BySide
from stretchplayer.progress.report import Report
from stretchplayer.progress.trends import Series
from stretchplayer.ui.charts.balance import draw_balance
from stretchplayer.ui.charts.bars import draw_bars
from stretchplayer.ui.charts.calendar import CalendarChart, shown_states
from stretchplayer.ui.charts.chart import Chart, DrawnChart
from stretchplayer.ui.charts.line import LineData, draw_line
from stretchplayer.ui.text import progress as progress_words
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import spaced, with_font
from stretchplayer.ui.widgets.boxes import vbox
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.panel import Panel

LEAST_REACH_AXIS_CM: Final = 20.0
LEAST_WEEKS: Final = 6
"""At least this many weeks are shown, even before the first session."""


class Card(Panel):
    def __init__(self, title: str, chart: Chart | None = None) -> None:
        super().__init__()
        accessible.describe(self, accessible.Role.Grouping)
        self.title = plain_label(title, wrap=True, px=18, weight=QFont.Weight.DemiBold)
        self.told = plain_label("", wrap=True, role=theme.MUTED)
        self.chart = chart
        self.needed = True
        """Whether it has anything to show; hidden otherwise."""
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        charts = () if chart is None else (chart,)
        self.column = vbox(self.title, *charts, self.told, 1, gap=8, margins=(18, 14, 18, 14), on=self)

    def need(self, needed: bool) -> None:
        self.needed = needed
        self.setVisible(needed)

    def tell(self, words: str, *, drawn: bool = True) -> None:
        """Sum it up; without `drawn` the words stand alone."""
        if self.chart is not None:
            self.chart.setVisible(drawn)
        self.told.setText(words)
        self.told.setVisible(bool(words))
        if self.chart is not None:
            self.chart.set_accessible_text(self.title.text(), words)


class FigureCard(Card):
    def __init__(self) -> None:
        super().__init__("")
        with_font(self.title).setForegroundRole(theme.MUTED)
        self.value = plain_label("", px=26, weight=QFont.Weight.Bold)
        spaced(self.column, 2)
        self.column.insertWidget(1, self.value)

    def show_figure(self, title: str, value: str, told: str) -> None:
        self.title.setText(title)
        self.value.setText(value)
        self.tell(told)
        self.setAccessibleName(f"{title}: {value}. {told}")


class CalendarCard(Card):
    """The calendar, with a tooltip for each day."""

    def __init__(self) -> None:
        self.calendar = CalendarChart()
        self._done: dict[date, str] = {}
        super().__init__(_("Sessions by day"), self.calendar)
        self.calendar.installEventFilter(self)
        self.calendar.day_reached.connect(self._tell_day)

    def show_report(self, report: Report) -> None:
        self._done = {row.calendar.day: progress_words.done_text(row.total) for row in report.rows if row.total}
        legend = tuple((state, progress_words.dot_label(state)) for state in shown_states(report.days))
        self.calendar.show_days(report.days, legend if len(legend) > 1 else ((DotState.DONE, _("done")),))
        if any(day.counts for day in report.days):
            self.tell("")
            self.calendar.set_accessible_text(self.title.text(), progress_words.calendar_text(report))
        else:
            self.tell(progress_words.no_days_text(report), drawn=False)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # only the calendar is watched
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().eventFilter(watched, event)
        day = self.calendar.day_at(QPointF(event.pos()))
        words = "" if day is None else "\n".join((self._day_text(day), _("Click to change it.")))
        QToolTip.showText(event.globalPos(), words, self.calendar)
        return True

    def _tell_day(self, day: CalendarDay, place: QPoint) -> None:
        words = self._day_text(day)
        QToolTip.showText(self.calendar.mapToGlobal(place), words, self.calendar)
        accessible.announce(self.calendar, words)

    def _day_text(self, day: CalendarDay) -> str:
        return "\n".join(filter(None, (progress_words.day_text(self.locale(), day), self._done.get(day.day))))


class WeeksCard(Card):
    def __init__(self, title: str, *, repetitions: bool) -> None:
        self.bars = DrawnChart(300, 150)
        self._repetitions = repetitions
        super().__init__(title, self.bars)

    def show_report(self, report: Report) -> None:
        weeks = report.weeks[-max(report.weeks_known, LEAST_WEEKS) :]
        self.bars.show_drawing(partial(draw_bars, weeks=weeks, locale=self.locale(), repetitions=self._repetitions))
        done = report.repetitions.total if self._repetitions else report.held_ms.total
        told = progress_words.repetition_weeks_text(report) if self._repetitions else progress_words.weeks_text(report)
        self.tell(told, drawn=report.weeks_known > 1 and done > 0)


class BalanceCard(Card):
    def __init__(self, title: str) -> None:
        self.balance = DrawnChart(260, 106)
        super().__init__(title, self.balance)

    def show_held(self, held_ms: BySide) -> None:
        self._show_legs((held_ms.left, held_ms.right), progress_words.side_labels(held_ms))
        self.tell(progress_words.balance_text(held_ms), drawn=held_ms.left + held_ms.right > 0)

    def show_repetitions(self, done: BySide) -> None:
        self._show_legs((done.left, done.right), progress_words.side_labels(done, str))
        self.tell(progress_words.repetition_balance_text(done))

    def _show_legs(self, legs: tuple[int, int], labels: tuple[str, str]) -> None:
        self.balance.show_drawing(partial(draw_balance, legs=legs, labels=labels))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A series, its unit, and the least value at the top of its axis."""

    title: str
    series: Series
    unit: str
    highest: float


def measures(report: Report) -> tuple[Measure, ...]:
    points, cm = progress_words.points_unit(), progress_words.cm_unit()
    reach = _("Fingertips to the floor, cm")
    return (
        Measure(title=_("Back pain, 0 to 10"), series=report.back, unit=points, highest=WORST_PAIN),
        Measure(title=_("Leg pain, 0 to 10"), series=report.leg, unit=points, highest=WORST_PAIN),
        Measure(title=reach, series=report.reach, unit=cm, highest=LEAST_REACH_AXIS_CM),
    )


class MeasureCard(Card):
    def __init__(self) -> None:
        self.line = DrawnChart(260, 160)
        super().__init__("", self.line)
        self.needed = False

    def show_measure(self, measure: Measure, report: Report) -> None:
        """Show the series since it began; hidden while it is empty."""
        self.title.setText(measure.title)
        self.setAccessibleName(measure.title)
        self.need(bool(measure.series.points))
        if self.needed:
            data = line_data(measure, report)
            self.line.show_drawing(partial(draw_line, data=data, locale=self.locale()))
            words = progress_words.series_text(self.locale(), measure.series, measure.unit)
            self.tell(words, drawn=len(measure.series.points) > 1)


def line_data(measure: Measure, report: Report) -> LineData:
    """A series from its first point on, but at least two weeks."""
    first = min(max(report.first, measure.series.points[0].day), report.today - timedelta(days=13))
    return LineData(series=measure.series, first=first, last=report.today, highest=measure.highest)
