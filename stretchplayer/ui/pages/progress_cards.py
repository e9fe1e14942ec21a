"""The cards of the Progress page, each with a heading, a chart and a sentence that sums it up."""

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QFont, QHelpEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.adherence import DotState
from stretchplayer.progress.report import Report
from stretchplayer.progress.trends import Series
from stretchplayer.ui.charts.balance import BalanceChart
from stretchplayer.ui.charts.bars import BarsChart
from stretchplayer.ui.charts.calendar import CalendarChart, shown_states
from stretchplayer.ui.charts.chart import Chart
from stretchplayer.ui.charts.line import LineChart, LineData
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
    ACCESSIBLE_ROLE = accessible.Role.Grouping

    def __init__(self, title: str, chart: Chart | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
            self.chart.set_words(self.title.text(), words)


class FigureCard(Card):
    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, None, parent)
        with_font(self.title).setForegroundRole(theme.MUTED)
        self.value = plain_label("", px=26, weight=QFont.Weight.Bold)
        spaced(self.column, 2)
        self.column.insertWidget(1, self.value)

    def show_value(self, value: str, told: str) -> None:
        self.value.setText(value)
        self.tell(told)
        self.setAccessibleName(f"{self.title.text()}: {value}. {told}")


class CalendarCard(Card):
    """The calendar, with a tooltip for each day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.calendar = CalendarChart()
        super().__init__(_("Sessions by day"), self.calendar, parent)
        self.calendar.installEventFilter(self)

    def show_report(self, report: Report) -> None:
        legend = tuple((state, progress_words.dot_words(state)) for state in shown_states(report.days))
        self.calendar.show_days(report.days, legend if len(legend) > 1 else ((DotState.DONE, _("done")),))
        if report.days_active:
            self.tell("")
            self.calendar.set_words(self.title.text(), progress_words.calendar_words(report))
        else:
            self.tell(progress_words.no_days_words(report), drawn=False)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # only the calendar is watched
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().eventFilter(watched, event)
        day = self.calendar.day_at(QPointF(event.pos()))
        words = progress_words.day_words(self.locale(), day) if day else ""
        QToolTip.showText(event.globalPos(), words, self.calendar)
        return True


class WeeksCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        self.bars = BarsChart()
        super().__init__(_("Minutes per week"), self.bars, parent)

    def show_report(self, report: Report) -> None:
        self.bars.show_weeks(report.weeks[-max(report.weeks_known, LEAST_WEEKS) :])
        drawn = report.weeks_known > 1 and report.held.total_ms > 0
        self.tell(progress_words.weeks_words(report), drawn=drawn)


class BalanceCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        self.balance = BalanceChart()
        super().__init__(_("Left and right"), self.balance, parent)

    def show_report(self, report: Report) -> None:
        labels = progress_words.side_labels(report.held)
        self.balance.show_held(report.held, labels)
        sided = report.held.left_ms + report.held.right_ms > 0
        self.tell(progress_words.balance_words(report.held), drawn=sided)


class MeasureCard(Card):
    def __init__(self, title: str, unit: str, highest: float, parent: QWidget | None = None) -> None:
        self.line = LineChart()
        super().__init__(title, self.line, parent)
        self.has_points = False
        self._unit = unit
        self._highest = highest

    def show_series(self, series: Series, report: Report) -> None:
        """Show the series since it began; hidden while it is empty."""
        self.has_points = bool(series.points)
        self.setVisible(self.has_points)
        if self.has_points:
            self.line.show_data(line_data(series, report, self._highest))
            words = progress_words.series_words(self.locale(), series, self._unit)
            self.tell(words, drawn=len(series.points) > 1)


def line_data(series: Series, report: Report, highest: float) -> LineData:
    """A series from its first point on, but at least two weeks."""
    first = min(max(report.first, series.points[0].day), report.today - timedelta(days=13))
    return LineData(series=series, first=first, last=report.today, highest=highest)
