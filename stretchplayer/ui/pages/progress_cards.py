"""The cards of the Progress page, each with a heading, a chart and a sentence that sums it up."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QFont, QHelpEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.adherence import CalendarDay, DotState
from stretchplayer.progress.history import WORST_PAIN
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
from stretchplayer.ui.theme.scaling import padded, spaced, with_font
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
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column = padded(spaced(QVBoxLayout(self), 8), 18, 14, 18, 14)
        self.column.addWidget(self.title)
        if chart is not None:
            self.column.addWidget(chart)
        self.column.addWidget(self.told)
        self.column.addStretch(1)

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
        super().__init__(_("Sessions by day"), self.calendar)
        self.calendar.installEventFilter(self)
        self.calendar.day_reached.connect(self._tell_day)

    def show_report(self, report: Report) -> None:
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
        words = progress_words.day_text(self.locale(), day) if day else ""
        if day is not None:
            words = "\n".join((words, _("Click to change it.")))
        QToolTip.showText(event.globalPos(), words, self.calendar)
        return True

    def _tell_day(self, day: CalendarDay, place: QPoint) -> None:
        words = progress_words.day_text(self.locale(), day)
        QToolTip.showText(self.calendar.mapToGlobal(place), words, self.calendar)
        accessible.announce(self.calendar, words)


class WeeksCard(Card):
    def __init__(self) -> None:
        self.bars = DrawnChart(300, 150)
        super().__init__(_("Minutes per week"), self.bars)

    def show_report(self, report: Report) -> None:
        weeks = report.weeks[-max(report.weeks_known, LEAST_WEEKS) :]
        self.bars.show_drawing(partial(draw_bars, weeks=weeks, locale=self.locale()))
        drawn = report.weeks_known > 1 and report.held.total_ms > 0
        self.tell(progress_words.weeks_text(report), drawn=drawn)


class BalanceCard(Card):
    def __init__(self) -> None:
        self.balance = DrawnChart(260, 106)
        super().__init__(_("Left and right"), self.balance)

    def show_report(self, report: Report) -> None:
        labels = progress_words.side_labels(report.held)
        self.balance.show_drawing(partial(draw_balance, held=report.held, labels=labels))
        sided = report.held.left_ms + report.held.right_ms > 0
        self.tell(progress_words.balance_text(report.held), drawn=sided)


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
        self.has_points = False

    def show_measure(self, measure: Measure, report: Report) -> None:
        """Show the series since it began; hidden while it is empty."""
        self.title.setText(measure.title)
        self.setAccessibleName(measure.title)
        self.has_points = bool(measure.series.points)
        self.setVisible(self.has_points)
        if self.has_points:
            data = line_data(measure, report)
            self.line.show_drawing(partial(draw_line, data=data, locale=self.locale()))
            words = progress_words.series_text(self.locale(), measure.series, measure.unit)
            self.tell(words, drawn=len(measure.series.points) > 1)


def line_data(measure: Measure, report: Report) -> LineData:
    """A series from its first point on, but at least two weeks."""
    first = min(max(report.first, measure.series.points[0].day), report.today - timedelta(days=13))
    return LineData(series=measure.series, first=first, last=report.today, highest=measure.highest)
