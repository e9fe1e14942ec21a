"""Wires what is shown, asked and offered about progress to the history."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal

from stretchplayer.app.history import History
from stretchplayer.app.playback import Playback
from stretchplayer.app.progress_facts import Question, background_of, report_of
from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.player.statechart import ACTIVE_STATES
from stretchplayer.progress.adherence import CalendarDay
from stretchplayer.progress.feedback import FinishAnswer
from stretchplayer.progress.history import PainAnswer, ReachMeasure
from stretchplayer.reminders.slots import SlotState, SlotView
from stretchplayer.settings import Settings
from stretchplayer.storage.history.merge import Merged, merge, preview
from stretchplayer.storage.history.transfer import Incoming, export_history, read_export
from stretchplayer.ui.pages.finish_page import Background
from stretchplayer.ui.window.main_view import MainView

log = logging.getLogger(__name__)


class ProgressController(QObject):
    """Answers the commands of the pages. What takes time is done on a thread of its own, one thing after the other."""

    _done = Signal(object)

    def __init__(self, playback: Playback, history: History, view: MainView) -> None:
        super().__init__(view)
        self._playback = playback
        self._history = history
        self._view = view
        self._pages = view.progress
        self._offered_s: int | None = None
        self._weeks: int | None = None
        self._settled: dict[str, SlotState] = {}
        self._added_late: frozenset[str] = frozenset()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="progress")
        self._closed = False
        self._incoming: Incoming | None = None
        """What the person is asked about."""
        self._done.connect(self._on_done)
        history.changed.connect(self.refresh)
        pages = self._pages
        pages.report_requested.connect(self._load_report)
        pages.background_requested.connect(self._load_background)
        pages.answered.connect(self._keep_answer)
        pages.measured.connect(self._keep_measure)
        pages.put_off.connect(lambda: self._remember(reach_put_off=self._today()))
        pages.longer_hold_answered.connect(self._keep_longer_hold)
        pages.export_requested.connect(self._export)
        pages.import_requested.connect(self._import)
        pages.import_agreed.connect(self._merge)
        pages.erase_question_requested.connect(self._ask_to_erase)
        pages.erase_requested.connect(self._erase)

    def refresh(self) -> None:
        """Read again what is being shown; while a session plays nothing of it is."""
        if self._playback.session.state in ACTIVE_STATES:
            return
        self._load_background()
        if self._weeks is not None and self._pages.page.isVisible():
            self._load_report(self._weeks)

    def note_slots(self, views: Sequence[SlotView], added_late: frozenset[str] = frozenset()) -> None:
        """Remember what has become of slots that nothing was done for, as far as that is known for good.

        `added_late` are the keys of those that count as none.
        """
        if added_late != self._added_late:
            self._added_late = added_late
            self.refresh()
        kept = (SlotState.SKIPPED, SlotState.MISSED, SlotState.PAUSED)
        states = {view.slot.key: view.state for view in views if view.state in kept}
        new = {key: state for key, state in states.items() if self._settled.get(key) is not state}
        if new:
            self._settled |= new
            self._history.store.settle(new)

    def close(self) -> None:
        self._closed = True
        self._thread.shutdown(wait=True, cancel_futures=True)

    # On the thread

    def _work(self, work: Callable[[], Callable[[], None]]) -> None:
        """Do the work on the thread, and then what it returns on this one."""
        if not self._closed:
            self._thread.submit(self._run, work)

    def _run(self, work: Callable[[], Callable[[], None]]) -> None:
        try:
            then = work()
        except StorageError as error:
            then = partial(self._pages.told.emit, str(error))
        except Exception:
            log.exception("what is shown of progress can't be read")
            then = partial(self._pages.told.emit, _("A program error prevented that; see the log."))
        self._done.emit(then)

    def _on_done(self, then: Callable[[], None]) -> None:
        if not self._closed:
            then()

    # What pages show

    def _load_report(self, weeks: int) -> None:
        self._weeks = weeks
        question = self._question()

        def work() -> Callable[[], None]:
            try:
                made = report_of(question, weeks)
            except StorageError as error:
                return partial(self._pages.show_report_problem, str(error))
            return partial(self._pages.show_report, made)

        self._work(work)

    def _load_background(self) -> None:
        question = self._question()

        def work() -> Callable[[], None]:
            days, background = background_of(question)
            return partial(self._show_background, days, background)

        self._work(work)

    def _question(self) -> Question:
        return Question(
            reader=self._history.reader,
            settings=self._playback.settings,
            routine=self._playback.routine,
            now=self._playback.clock.now(),
            session=self._history.recorder.session_id,
            first_weekday=QLocale().firstDayOfWeek().value - 1,
            added_late=self._added_late,
        )

    def _show_background(self, days: tuple[CalendarDay, ...], background: Background) -> None:
        self._offered_s = background.longer_hold_s
        self._view.today.set_progress(self._pages.today)
        self._pages.show_background(days, background)

    # What people answer

    def _keep_answer(self, answer: FinishAnswer) -> None:
        session = self._history.recorder.session_id
        if session is None:
            return
        now = self._playback.clock.now()
        self._history.store.answer(
            PainAnswer(
                session=session, answered_at=now, back=answer.back, leg=answer.leg, note=answer.note, signs=answer.signs
            )
        )

    def _keep_measure(self, cm: float) -> None:
        self._history.store.measure(ReachMeasure(day=self._today(), cm=cm))

    def _keep_longer_hold(self, yes: bool) -> None:
        progress = replace(self._playback.settings.progress, holds_answered=self._today())
        playing = self._playback.settings.playing
        if yes and self._offered_s is not None:
            playing = replace(playing, hold_s=self._offered_s)
        self._view.change_settings(progress=progress, playing=playing)

    def _remember(self, **changes: object) -> None:
        progress = replace(self._playback.settings.progress, **changes)  # type: ignore[arg-type]  # fields of these settings
        self._view.change_settings(progress=progress)
        self._load_background()

    def _today(self) -> date:
        return self._playback.clock.now().date()

    # To take away, to bring back, to delete

    def _export(self, path: Path) -> None:
        data_dir, now = self._playback.options.data_dir, self._playback.clock.now

        def work() -> Callable[[], None]:
            export_history(data_dir, path, now=now)
            return partial(self._pages.tell_exported, path)

        self._history.store.then(partial(self._work, work))

    def _import(self, path: Path) -> None:
        """Show what it would add, and ask."""
        data_dir, now = self._playback.options.data_dir, self._playback.clock.now

        def work() -> Callable[[], None]:
            incoming = read_export(path)
            return partial(self._ask_to_import, incoming, preview(data_dir, incoming, now=now))

        self._history.store.then(partial(self._work, work))

    def _ask_to_import(self, incoming: Incoming, found: Merged) -> None:
        self._incoming = incoming
        has_settings = found.settings is not None
        if found.is_nothing and not has_settings:
            self._pages.told.emit(found.in_words())
        else:
            self._pages.ask_to_import(found.in_words(), has_news=not found.is_nothing, has_settings=has_settings)

    def _merge(self, takes_settings: bool) -> None:
        incoming, self._incoming = self._incoming, None
        if incoming is None:
            return
        data_dir, now = self._playback.options.data_dir, self._playback.clock.now

        def work() -> Callable[[], None]:
            merged = merge(data_dir, incoming, takes_settings=takes_settings, now=now)
            return partial(self._after_import, merged, takes_settings=takes_settings)

        self._history.store.then(partial(self._work, work))

    def _after_import(self, merged: Merged, *, takes_settings: bool) -> None:
        if takes_settings and merged.settings is not None:
            self._view.change_settings(**{each.name: getattr(merged.settings, each.name) for each in fields(Settings)})
            self._view.show_settings()  # as they are now
        self._pages.tell_imported(merged.in_words(), merged.copy)
        self.refresh()

    def _ask_to_erase(self) -> None:
        reader = self._history.reader
        self._work(lambda: partial(self._pages.ask_to_erase, reader.total()))

    def _erase(self) -> None:
        self._settled.clear()
        self._history.store.erase()
        self._pages.tell_erased()
