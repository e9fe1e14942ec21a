"""The cards of the Progress page, each with a heading, a chart and a sentence that sums it up."""

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QFont, QHelpEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.adherence import CalendarDay, DotState
from stretchplayer.progress.report import Report
from stretchplayer.ui.charts.calendar import CalendarChart, shown_states
from stretchplayer.ui.charts.chart import Chart, DrawnChart
from stretchplayer.ui.pages.progress_pictures import Picture
from stretchplayer.ui.text import progress as progress_words
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import spaced, with_font
from stretchplayer.ui.widgets.boxes import vbox
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.panel import Panel


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
        self.told.setText(words)
        self.told.setVisible(bool(words))
        if self.chart is not None:
            self.chart.setVisible(drawn)
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


class PictureCard(Card):
    """A picture from the report; hidden while there is none."""

    def __init__(self, width: float, height: float) -> None:
        self.drawing = DrawnChart(width, height)
        super().__init__("", self.drawing)
        self.needed = False

    def show_picture(self, picture: Picture | None) -> None:
        self.need(picture is not None)
        if picture is not None:
            self.title.setText(picture.title)
            self.setAccessibleName(picture.title)
            self.drawing.show_drawing(picture.draw)
            self.tell(picture.told, drawn=picture.says_much)
