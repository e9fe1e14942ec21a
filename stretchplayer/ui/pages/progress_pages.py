"""The pages about progress, and their requests to the history."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.progress.adherence import CalendarDay
from stretchplayer.progress.history import AnsweredSession, FinishAnswer, HistoryTotal, SessionRecord
from stretchplayer.progress.report import Report
from stretchplayer.reminders.slots import Slot
from stretchplayer.ui.charts.paper import offer_pdf
from stretchplayer.ui.pages.finish_page import Background, FinishPage
from stretchplayer.ui.pages.progress_page import ProgressPage
from stretchplayer.ui.pages.progress_sheet import sheet_as_pdf
from stretchplayer.ui.pages.reach_page import ReachPage
from stretchplayer.ui.pages.session_page import SessionPage
from stretchplayer.ui.pages.today_page import TodayPage
from stretchplayer.ui.text import progress as words
from stretchplayer.ui.text.dates import clock_time, short_date
from stretchplayer.ui.text.slots import ReminderStatus
from stretchplayer.ui.widgets.files import FileChooser
from stretchplayer.ui.widgets.question import ask_once


class ProgressPages(QObject):
    """Builds each page when first needed. `show` puts a page into the window; `leave` goes back to Today."""

    report_requested = Signal(int)
    """Number of weeks."""
    background_requested = Signal()
    """What the Today and finish pages need from the history."""
    answered = Signal(FinishAnswer)
    measured = Signal(float)
    put_off = Signal()
    longer_hold_answered = Signal(bool)
    mark_requested = Signal(Slot, bool)
    """The person says that a slot was done, or takes that back."""
    start_requested = Signal()
    day_requested = Signal(date)
    """Show the sessions of that day."""
    day_delete_requested = Signal(date)
    """Delete the session of that day, or show them all where there is more than one."""
    session_corrected = Signal(AnsweredSession, FinishAnswer)
    delete_requested = Signal(SessionRecord)
    slot_changed = Signal(str, object)
    """The key of a reminder's slot, and when it was done: None where the session that it was done by was deleted."""
    undo_offered = Signal(str, object)
    """A sentence about what was done, and what undoes it."""
    export_requested = Signal(Path)
    import_requested = Signal(Path)
    import_agreed = Signal(bool)
    """Whether the settings are taken, too."""
    erase_question_requested = Signal()
    erase_requested = Signal()
    told = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        window: QWidget,
        poses: Mapping[str, Pose],
        today: TodayPage,
        show: Callable[[QWidget], None],
        leave: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._show = show
        self._leave = leave
        self._poses = poses
        self._today = today
        today.progress.measure_requested.connect(self.measure)
        self._finish: FinishPage | None = None
        self._reminders: ReminderStatus | None = None
        self._before_reach: QWidget | None = None
        self.files = FileChooser()

    # Pages

    @cached_property
    def page(self) -> ProgressPage:
        page = ProgressPage()
        page.closed.connect(self._leave)
        page.report_requested.connect(self.report_requested)
        page.start_requested.connect(self.start_requested)
        page.day_requested.connect(self.day_requested)
        page.day_delete_requested.connect(self.day_delete_requested)
        page.sheet_requested.connect(self._save_sheet)
        page.mark_requested.connect(self.mark_requested)
        return page

    @property
    def finish(self) -> FinishPage:
        if self._finish is None:
            self._finish = FinishPage(self._poses)
            if self._reminders is not None:
                self._finish.show_reminders(self._reminders)
            self._finish.closed.connect(self._leave)
            self._finish.answered.connect(self.answered)
            self._finish.measure_requested.connect(partial(self.measure, before=self._finish))
            self._finish.longer_hold_answered.connect(self.longer_hold_answered)
        return self._finish

    def open(self) -> None:
        """Go to the Progress page and request its report."""
        self._show(self.page)
        self.page.refresh()

    @cached_property
    def session(self) -> SessionPage:
        page = SessionPage()
        page.closed.connect(self.open)
        page.corrected.connect(self.session_corrected)
        page.delete_requested.connect(self._delete)
        return page

    def show_day(self, day: date, sessions: Sequence[AnsweredSession]) -> None:
        """Show what was done on a day, to look at it, correct or delete it."""
        if sessions:
            self.session.show_sessions(day, sessions)
            self._show(self.session)
            self.session.focus_first()
        else:
            day_name = short_date(self._window.locale(), day)
            self.told.emit(_("There is no session on {day} that has ended.").format(day=day_name))

    def _delete(self, record: SessionRecord) -> None:
        self.open()
        self.delete_requested.emit(record)

    def tell_deleted(self, record: SessionRecord, undo: Callable[[], None]) -> None:
        locale = self._window.locale()
        day, time = short_date(locale, record.day), clock_time(locale, record.started_at.time())
        self.undo_offered.emit(_("The session of {day}, {time} was deleted.").format(day=day, time=time), undo)

    @cached_property
    def reach(self) -> ReachPage:
        reach = ReachPage(self._poses)
        reach.measured.connect(self.measured)
        reach.put_off.connect(self.put_off)
        reach.closed.connect(self._leave_reach)
        for left in (reach.measured, reach.put_off):
            left.connect(self._leave)
        return reach

    def measure(self, *, before: QWidget | None = None) -> None:
        """Show the page that measures; Esc leads from it to the one `before` it, or to Today."""
        self._before_reach = before
        self._show(self.reach)
        self.reach.begin()

    def _leave_reach(self) -> None:
        if self._before_reach is None:
            self._leave()
        else:
            self._show(self._before_reach)

    # What comes from the history

    def show_report(self, report: Report) -> None:
        self.page.show_report(report)

    def show_report_problem(self, sentence: str) -> None:
        self.page.show_problem(sentence)

    def show_background(self, days: tuple[CalendarDay, ...], background: Background) -> None:
        """Show it on the Today and finish pages; `days` are the most recent ones."""
        self._today.show_progress(days, reach_is_due=background.reach_is_due)
        if self._finish is not None:
            self._finish.show_background(background)

    def show_reminders(self, shown: ReminderStatus) -> None:
        self._reminders = shown
        if self._finish is not None:
            self._finish.show_reminders(shown)

    # Commands

    def _save_sheet(self, report: Report) -> None:
        name = _("stretching-{day}.pdf").format(day=report.today.isoformat())
        make = partial(sheet_as_pdf, report, self.page.locale(), self.page.font(), report.today)
        offer_pdf(self.files, self._window, name, make, self.told.emit)

    def export(self) -> None:
        kinds = _("Everything, with tables in CSV (*.zip);;The history alone, in JSON (*.json)")
        title, name = _("Export everything"), "stretch-player.zip"
        self.files.place_to_save(self._window, title, name, kinds, self.export_requested.emit)

    def import_data(self) -> None:
        kinds = _("Stretch Player exports (*.json *.zip)")
        self.files.file_to_open(self._window, _("Import"), kinds, self.import_requested.emit)

    def ask_to_import(self, what: str, *, has_news: bool, has_settings: bool) -> None:
        """Ask whether to add it, and then whether to take the settings."""

        def ask_for_settings() -> None:
            title = _("Use its settings, too?")
            detail = _("They differ from yours, for example in sounds, appearance, holds or reminder times.")
            self._ask(title, detail, (_("Use its settings"), _("Keep mine")), on_settings)

        def on_settings(yes: bool) -> None:
            if yes or has_news:
                self.import_agreed.emit(yes)

        def on_news(yes: bool) -> None:
            if yes and has_settings:
                ask_for_settings()
            elif yes:
                self.import_agreed.emit(False)

        if has_news:
            detail = _("{what} Everything is copied first, so you can undo it.").format(what=what)
            self._ask(_("Import this?"), detail, (_("Import"), _("Cancel")), on_news)
        else:
            ask_for_settings()

    def _ask(self, title: str, detail: str, answers: tuple[str, str], answered: Callable[[bool], None]) -> None:
        scale = min(self._window.width() / 1060, self._window.height() / 720)
        ask_once(self._window, (title, detail), answers, answered, scale)

    def ask_to_erase(self, total: HistoryTotal) -> None:
        what = words.sessions(total.sessions)
        if total.first_day is not None:
            since = short_date(self._window.locale(), total.first_day)
            what = _("{sessions} since {day}").format(sessions=what, day=since)
        detail = _(
            "{what}, with all answers, notes and measurements, will be deleted permanently, along with their backups. "
            "So will your own doses. Your settings and routines are kept."
        ).format(what=what)
        answers = _("Delete everything"), _("Keep it")
        self._ask(_("Delete all of your progress?"), detail, answers, self._on_erase_answered)

    def _on_erase_answered(self, yes: bool) -> None:
        if yes:
            self.erase_requested.emit()

    def tell_exported(self, path: Path) -> None:
        self.told.emit(_("Everything has been saved in {path}.").format(path=path))

    def tell_imported(self, what: str, copy: Path | None) -> None:
        undo = "" if copy is None else " " + _("To undo it, import {copy}.").format(copy=copy)
        self.told.emit(what + undo)

    def tell_erased(self) -> None:
        self.told.emit(_("All of your progress has been deleted."))
