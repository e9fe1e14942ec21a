"""The Progress page: sessions, pain and reach, as charts or as a table."""

from datetime import date
from itertools import pairwise, zip_longest
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QComboBox, QGridLayout, QMenu, QStackedWidget, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.adherence import CalendarDay, Dot, DotState
from stretchplayer.progress.report import DayRow, Report
from stretchplayer.reminders.slots import Slot
from stretchplayer.ui.charts.dots import Fortnight
from stretchplayer.ui.pages.page import FOCUS_ROOM, Page, ScrollingArea, page_title
from stretchplayer.ui.pages.progress_cards import CalendarCard, Card, FigureCard, PictureCard
from stretchplayer.ui.pages.progress_pictures import of_holds, of_measures, of_repetitions
from stretchplayer.ui.pages.progress_table import ProgressTable
from stretchplayer.ui.pages.progress_table_view import ProgressTableView
from stretchplayer.ui.text import progress as words
from stretchplayer.ui.text.dates import clock_time, long_date
from stretchplayer.ui.text.slots import mark_label
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least, scale_of, spaced
from stretchplayer.ui.widgets.boxes import fill, hbox, vbox
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label

PERIODS_WEEKS: Final = (13, 26, 53)
_LEAST_WEEKS: Final = 6
"""At least this many weeks are shown, even before the first session."""
_COLUMNS: Final = 12
"""Of the grid, in which up to four cards are side by side."""
_BETWEEN: Final = 60
"""Room between and beside the figures, including the scroll bar, in design px."""
_TWO_CHARTS: Final = 540
_THREE_CHARTS: Final = 880
"""Width for two and three charts side by side, in design px."""


def _rows(cards: tuple[Card, ...], beside: int) -> list[tuple[Card, ...]]:
    return [cards[start : start + beside] for start in range(0, len(cards), beside)]


_WIDTH_OF_DOTS = 300
"""Including margins, in design px."""


class EmptyProgress(QWidget):
    """Says what will be here, with today's dots still to be filled."""

    def __init__(self) -> None:
        super().__init__()
        self._dots = Fortnight(labelled=False)
        self._title = plain_label("", wrap=True, px=24, weight=QFont.Weight.Bold)
        self._told = plain_label("", wrap=True, role=theme.MUTED, px=17)
        for label in (self._title, self._told):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = vbox(1, (self._dots, Qt.AlignmentFlag.AlignHCenter), gap=18, on=self)
        column.addSpacing(6)
        fill(column, self._title, self._told, 2)

    def show_report(self, report: Report) -> None:
        """Show the dots so far; say so if a session was stopped before its first hold."""
        self._dots.show_days(report.days)
        coming = _(
            "Every session becomes a dot here. After a few days you will see your weeks, both legs, and whether pain "
            "and reach change by more than chance. All of it stays on this computer."
        )
        if report.total.sessions:
            self._title.setText(_("It starts with your first hold"))
            stopped = _("You stopped before the first hold, so nothing was counted.")
            coming = f"{stopped} {coming}"
        else:
            self._title.setText(_("It starts with your first session"))
        self._told.setText(coming)

    def fit(self, room: float) -> None:
        """Scale the dots to a page `room` px wide."""
        self._dots.enlarge(min(1.4, room / (_WIDTH_OF_DOTS * scale_of(self))))


class ProgressPage(Page):
    """Shows a report, which it requests when it is opened or the period changes."""

    report_requested = Signal(int)
    """Number of weeks, including the current one."""
    start_requested = Signal()
    mark_requested = Signal(Slot, bool)
    """The person says that the slot was done, or takes that back."""
    day_requested = Signal(date)
    """Show the sessions of that day."""
    day_delete_requested = Signal(date)
    """Delete the only session of that day."""
    sheet_requested = Signal(object)
    """The report to print."""

    def __init__(self) -> None:
        super().__init__()
        self.report: Report | None = None
        self._arranged: list[tuple[Card, ...]] = []
        self._told = plain_label("", wrap=True, role=theme.MUTED)
        self._told.setContentsMargins(FOCUS_ROOM, 0, FOCUS_ROOM, 0)
        self.period = at_least(QComboBox(), 130, 36)
        for name in (_("3 months"), _("6 months"), _("1 year")):
            self.period.addItem(name)
        self.period.setAccessibleName(_("Period"))
        self.period.currentIndexChanged.connect(self.refresh)
        self._make_cards()
        self.table = ProgressTableView()
        self.table.open_requested.connect(self._open_selected)
        self.table.menu_requested.connect(self._open_menu_of_row)
        self.table.day_delete_requested.connect(self.day_delete_requested)
        self._empty = EmptyProgress()
        self._calendar.calendar.day_chosen.connect(self._open_day)
        self._blank = QWidget()
        self._nothing = ScrollingArea(vbox(self._empty), _("Progress"))
        self._stack = QStackedWidget()
        for widget in (self._blank, self._scroll, self.table, self._nothing):
            self._stack.addWidget(widget)
        self._make_buttons()
        head = hbox((page_title(_("Progress")), 1), self.period, gap=None)
        fill(self.column, head, self._told, (self._stack, 1), self._buttons)
        order = (
            self.period, self._scroll, self._calendar.calendar, self.table,
            self._open, self._switch, self._copy, self._sheet,
        )  # fmt: skip
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)
        self._show_parts()

    def _make_cards(self) -> None:
        self._figures = (FigureCard(), FigureCard(), FigureCard(), FigureCard())
        self._calendar = CalendarCard()
        self._holds, self._repetitions = ((PictureCard(300, 150), PictureCard(260, 106)) for _unused in range(2))
        self._done = (*self._holds, *self._repetitions)
        self._measures = (PictureCard(260, 160), PictureCard(260, 160), PictureCard(260, 160))
        self._cards: tuple[Card, ...] = (*self._figures, self._calendar, *self._done, *self._measures)
        self._grid = spaced(QGridLayout(), 14)
        column = vbox(self._grid, 1, gap=None)
        self._scroll = ScrollingArea(column, _("Charts"))
        for card in self._cards:
            card.setParent(self._scroll.widget())  # or it would be a window if shown before it is placed
        self._how = plain_label("", wrap=True, role=theme.MUTED)
        column.insertWidget(1, self._how)  # screen readers read it after the charts, too

    def _make_buttons(self) -> None:
        self._start = WideButton(_("Start"), self, clicked=self.start_requested, accent=True, px=22)
        self._open = WideButton(_("Open"), self, clicked=self._open_selected, px=16)
        self._open.setAccessibleName(_("Open the selected day"))
        self._switch = WideButton("", self, clicked=self._switch_view, px=16)
        self._copy = WideButton(_("Copy"), self, clicked=self._copy_table, px=16)
        self._copy.setAccessibleName(_("Copy the table"))
        self._sheet = WideButton("", self, clicked=lambda: self.sheet_requested.emit(self.report), px=16)
        self._sheet.setAccessibleName(_("Save as a PDF of one page, to print or to send"))
        self._buttons = hbox(self._start, self._open, self._switch, self._copy, self._sheet, 1, gap=None)

    def _name_buttons(self) -> None:
        """Use the buttons' long labels where they fit, else the short ones."""
        as_table = self._stack.currentWidget() is self.table
        long_name = _("Show as charts") if as_table else _("Show as a table")
        self._switch.setAccessibleName(long_name)
        self._open.setVisible(as_table)
        names = ((long_name, _("Save as PDF…")),
                 (_("Charts") if as_table else _("Table"), _("PDF…")))  # fmt: skip
        for switch, sheet in names:
            self._switch.setText(switch)
            self._sheet.setText(sheet)
            shown = (self._open, self._switch, self._copy, self._sheet)[not as_table :]
            needed = sum(button.sizeHint().width() for button in shown)
            if needed + len(shown) * self._buttons.spacing() <= self.room:
                break
        else:
            self._open.hide()  # the keys and the menu of a row are left
        for button in (self._switch, self._sheet):
            button.updateGeometry()

    # What is shown

    def refresh(self) -> None:
        self.report_requested.emit(PERIODS_WEEKS[self.period.currentIndex()])

    def show_report(self, report: Report) -> None:
        self.report = report
        self._told.setText("" if report.empty else words.period_text(self.locale(), report))
        figures = words.figures(report)
        for figure_card, figure in zip(self._figures, figures, strict=False):
            figure_card.show_figure(*figure)
        self._figures[-1].need(len(figures) == len(self._figures))
        self._calendar.show_report(report)
        weeks = report.weeks[-max(report.weeks_known, _LEAST_WEEKS) :]
        for cards, pictures in (
            (self._holds, of_holds(report, weeks, self.locale())),
            (self._repetitions, of_repetitions(report, weeks, self.locale())),
            (self._measures, of_measures(report, self.locale())),
        ):
            for card, picture in zip_longest(cards, pictures):
                card.show_picture(picture)
        self._how.setText(words.how_compared(self.locale()))
        self._how.setVisible(any(card.needed for card in self._measures))
        self._show_parts()
        if self._stack.currentWidget() is self.table:
            self.table.show_report(report)
        self.rescale()

    def show_problem(self, sentence: str) -> None:
        self.report = None
        self._told.setText(sentence)
        self._show_parts()

    def _show_parts(self) -> None:
        report = self.report
        if report is None:
            self._stack.setCurrentWidget(self._blank)
        elif report.empty:
            self._empty.show_report(report)
            self._stack.setCurrentWidget(self._nothing)
        elif self._stack.currentWidget() is not self.table:
            self._stack.setCurrentWidget(self._scroll)
        there = report is not None and not report.empty
        for widget in (self.period, self._switch, self._copy, self._sheet):
            widget.setVisible(there)
        self._start.setVisible(report is not None and report.empty)
        self._told.setVisible(bool(self._told.text()))

    def leave(self) -> None:
        """Go back from the table to the charts, and from these to Today."""
        if self._stack.currentWidget() is self.table:
            self._switch_view()
        else:
            super().leave()

    def _switch_view(self) -> None:
        as_table = self._stack.currentWidget() is not self.table
        if as_table and self.report is not None:
            self.table.show_report(self.report)
        self._stack.setCurrentWidget(self.table if as_table else self._scroll)
        self._name_buttons()
        if as_table:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_day(self, day: CalendarDay, place: QPoint) -> None:
        calendar = self._calendar.calendar
        self._open_menu(day, calendar, calendar.mapToGlobal(place))

    def _open_selected(self) -> None:
        """Show the sessions of the selected day, or what else can be done with it."""
        row = self._selected_row()
        if row is not None and self._sessions_on(row.calendar):
            self.day_requested.emit(row.calendar.day)
        elif row is not None:
            place = self.table.visualRect(self.table.currentIndex()).bottomLeft()
            self._open_menu_of_row(self.table.viewport().mapToGlobal(place))

    def _open_menu_of_row(self, place: QPoint) -> None:
        row = self._selected_row()
        if row is not None:
            self._open_menu(row.calendar, self.table, place)

    def _open_menu(self, day: CalendarDay, owner: QWidget, at: QPoint) -> None:
        """Open the menu of a day at this place of the screen."""
        menu = QMenu(owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(owner.font())
        menu.addAction(long_date(self.locale(), day.day)).setEnabled(False)
        menu.addSeparator()
        for dot in day.dots:
            self._add_slot(menu, dot)
        if not day.dots:
            menu.addAction(words.slots_text(self.locale(), day) or _("no session")).setEnabled(False)
        sessions = self._sessions_on(day)
        if sessions:
            menu.addSeparator()
            menu.addAction(_("Show what was done"), lambda: self.day_requested.emit(day.day))
        if sessions == 1:
            menu.addAction(_("Delete the session"), lambda: self.day_delete_requested.emit(day.day))
        menu.popup(at)

    def _add_slot(self, menu: QMenu, dot: Dot) -> None:
        if dot.state is DotState.DONE:
            menu.addAction(words.dot_text(self.locale(), dot)).setEnabled(False)
            return
        done = dot.state is not DotState.MARKED_DONE
        time = clock_time(self.locale(), dot.slot.at)
        command = _("{time}: {command}").format(time=time, command=mark_label(done=done))
        menu.addAction(command, lambda: self.mark_requested.emit(dot.slot, done))

    def _selected_row(self) -> DayRow | None:
        day = self.table.current_day()
        return next((row for row in self.report.rows if row.calendar.day == day), None) if self.report else None

    def _sessions_on(self, day: CalendarDay) -> int:
        """How many sessions can be shown of a day; the only one for it may have been after midnight."""
        rows = self.report.rows if self.report else ()
        total = next((row.total for row in rows if row.calendar.day == day.day), None)
        return max(total.sessions if total else 0, int(day.active))

    def _copy_table(self) -> None:
        if self._stack.currentWidget() is self.table:
            self.table.copy()
        elif self.report is not None:
            table = ProgressTable(self.locale())
            table.show_report(self.report)
            QApplication.clipboard().setText(table.as_text())

    # Sizes

    def arrange(self, scale: float) -> None:
        """Put as many cards side by side as fit."""
        self.table.fit()
        self._empty.fit(self.room)
        self._name_buttons()
        room = self.room / scale
        figures, done, shown = (
            tuple(card for card in cards if card.needed) for cards in (self._figures, self._done, self._measures)
        )
        width = max(card.minimumSizeHint().width() for card in figures) * len(figures) / scale
        rows = _rows(figures, len(figures) if width + _BETWEEN < room else 1)
        rows.append((self._calendar,))
        rows += _rows(done, 2 if room > _TWO_CHARTS else 1)
        rows += _rows(shown, 3 if room > _THREE_CHARTS else 2 if room > _TWO_CHARTS else 1)
        if rows == self._arranged:
            return
        self._arranged = rows
        for card in self._cards:
            self._grid.removeWidget(card)
        for number, cards in enumerate(rows):
            for place, card in enumerate(cards):
                span = _COLUMNS // len(cards)
                self._grid.addWidget(card, number, place * span, 1, span)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, 240)
