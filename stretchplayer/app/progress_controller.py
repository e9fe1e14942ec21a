"""Wires what is shown, asked and offered about progress to the history."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QLocale, QObject, Signal

from stretchplayer.app.history import History
from stretchplayer.app.playback import Playback
from stretchplayer.app.progress_facts import Question, background_of, report_of, sessions_of
from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.player.state import ACTIVE_STATES
from stretchplayer.progress.adherence import CalendarDay
from stretchplayer.progress.history import AnsweredSession, FinishAnswer, PainAnswer, ReachMeasure, SessionRecord
from stretchplayer.reminders.slots import Slot, SlotState, SlotView
from stretchplayer.settings import Settings
from stretchplayer.storage.history.merge import Merged, merge, preview
from stretchplayer.storage.history.transfer import SOUNDS, Incoming, export_history, read_export
from stretchplayer.ui.pages.finish_page import Background
from stretchplayer.ui.window.main_view import MainView

_Found = TypeVar("_Found")

log = logging.getLogger(__name__)


class ProgressController(QObject):
    """Carries out the commands of the pages, slow ones on a thread of its own, one after the other."""

    _done = Signal(object)

    def __init__(self, playback: Playback, history: History, view: MainView) -> None:
        super().__init__(view)
        self._playback = playback
        self._history = history
        self._view = view
        self._data_dir, self._now = playback.options.data_dir, playback.clock.now
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
        pages.mark_requested.connect(self._mark)
        pages.longer_hold_answered.connect(self._keep_longer_hold)
        pages.day_requested.connect(self._show_day)
        pages.day_delete_requested.connect(self._delete_of_day)
        pages.session_corrected.connect(self._correct)
        pages.delete_requested.connect(self._delete)
        pages.export_requested.connect(self._export)
        pages.import_requested.connect(self._import)
        pages.import_agreed.connect(self._merge)
        pages.erase_question_requested.connect(self._ask_to_erase)
        pages.erase_requested.connect(self._erase)

    def refresh(self) -> None:
        """Reload what is shown; during a session nothing is."""
        if self._playback.session.state in ACTIVE_STATES:
            return
        self._load_background()
        if self._weeks is not None and self._pages.page.isVisible():
            self._load_report(self._weeks)

    def note_slots(self, views: Sequence[SlotView], added_late: frozenset[str] = frozenset()) -> None:
        """Remember what has become of slots without a session, as far as that is known for good.

        `added_late` are the keys of those that count as none.
        """
        if added_late != self._added_late:
            self._added_late = added_late
            self.refresh()
        states = {view.slot.key: view.state for view in views}
        new = {key: state for key, state in states.items() if self._settled.get(key) is not state}
        if new:
            self._settled |= new
            self._history.store.settle(new)

    def close(self) -> None:
        self._closed = True
        self._thread.shutdown(wait=True, cancel_futures=True)

    # On the thread

    def _work(
        self,
        work: Callable[[], _Found],
        then: Callable[[_Found], None],
        *,
        written: bool = False,
        on_error: Callable[[str], None] | None = None,
    ) -> None:
        """Run `work` on the thread, and pass its result to `then` on this one.

        If `written`, it runs once all pending changes are saved. An error is told, or handed to `on_error`.
        """

        def run() -> None:
            try:
                found = work()
            except StorageError as error:
                self._done.emit(partial(on_error or self._pages.told.emit, str(error)))
            except Exception:
                log.exception("what is shown of progress can't be read")
                self._done.emit(partial(self._pages.told.emit, _("A program error prevented that; see the log.")))
            else:
                self._done.emit(partial(then, found))

        def submit() -> None:
            if not self._closed:
                self._thread.submit(run)

        if written:
            self._history.store.then(submit)
        else:
            submit()

    def _on_done(self, then: Callable[[], None]) -> None:
        if not self._closed:
            then()

    # What pages show

    def _load_report(self, weeks: int) -> None:
        self._weeks = weeks
        pages = self._pages
        self._work(partial(report_of, self._question(), weeks), pages.show_report, on_error=pages.show_report_problem)

    def _load_background(self) -> None:
        self._work(partial(background_of, self._question()), lambda found: self._show_background(*found))

    def _question(self) -> Question:
        return Question(
            reader=self._history.reader,
            settings=self._playback.settings,
            routine=self._playback.routine,
            now=self._now(),
            session=self._history.recorder.session_id,
            first_weekday=QLocale().firstDayOfWeek().value - 1,
            added_late=self._added_late,
        )

    def _show_background(self, days: tuple[CalendarDay, ...], background: Background) -> None:
        self._offered_s = background.longer_hold_s
        self._pages.show_background(days, background)

    # What people answer

    def _keep_answer(self, answer: FinishAnswer) -> None:
        session = self._history.recorder.session_id
        if session is None:
            return
        self._put_answer(session, self._now(), answer)

    def _put_answer(self, session: int, at: datetime, answer: FinishAnswer) -> None:
        self._history.store.answer(PainAnswer(session=session, answered_at=at, **asdict(answer)))

    def _mark(self, slot: Slot, done: bool) -> None:
        state = SlotState.MARKED_DONE if done else SlotState.COMING
        self._settled[slot.key] = state
        self._history.store.settle({slot.key: state})

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
        return self._now().date()

    # To correct or delete one session

    def _with_sessions_of(self, day: date, then: Callable[[Sequence[AnsweredSession]], None]) -> None:
        self._work(partial(sessions_of, self._history.reader, day), then, written=True)

    def _show_day(self, day: date) -> None:
        self._with_sessions_of(day, partial(self._pages.show_day, day))

    def _delete_of_day(self, day: date) -> None:
        def delete(sessions: Sequence[AnsweredSession]) -> None:
            if len(sessions) == 1:
                self._delete(sessions[0].record)
            else:
                self._pages.show_day(day, sessions)

        self._with_sessions_of(day, delete)

    def _correct(self, session: AnsweredSession, answer: FinishAnswer) -> None:
        """Keep the answer with the time of the first one, or of the session, so that it stays on its day."""
        record = session.record
        at = record.ended_at or record.seen_at
        self._put_answer(record.id, at if session.answer is None else session.answer.answered_at, answer)

    def _delete(self, record: SessionRecord) -> None:
        """Delete it, and tell so only when that is on the disk."""
        reader = self._history.reader
        self._history.store.delete(record.id)

        def work() -> tuple[bool, str | None]:
            """Whether it is gone, and the slot that nothing is done for any more."""
            day = date.fromisoformat(record.slot[:10]) if record.slot else record.day
            freed = record.slot if record.done and record.slot not in reader.slots_done(day, day) else None
            return reader.session(record.id) is None, freed

        self._work(work, lambda found: self._after_deletion(record, *found), written=True)

    def _after_deletion(self, record: SessionRecord, is_gone: bool, freed: str | None) -> None:
        if not is_gone:
            return  # the store has told why, and tries again
        if freed is not None:
            self._pages.slot_changed.emit(freed, None)
        self._pages.tell_deleted(record, partial(self._restore, record, freed))

    def _restore(self, record: SessionRecord, freed: str | None) -> None:
        self._history.store.restore(record.id)
        if freed is not None:
            self._pages.slot_changed.emit(freed, record.ended_at)

    # To take away, to bring back, to delete

    def _export(self, path: Path) -> None:
        write = partial(export_history, self._data_dir, path, now=self._now)
        self._work(write, lambda _none: self._pages.tell_exported(path), written=True)

    def _import(self, path: Path) -> None:
        def work() -> tuple[Incoming, Merged]:
            incoming = read_export(path)
            return incoming, preview(self._data_dir, incoming, now=self._now)

        self._work(work, lambda found: self._ask_to_import(*found), written=True)

    def _ask_to_import(self, incoming: Incoming, found: Merged) -> None:
        self._incoming = incoming
        has_settings = found.settings is not None
        if found.is_nothing and not has_settings:
            self._pages.told.emit(found.summary())
        else:
            self._pages.ask_to_import(found.summary(), has_news=not found.is_nothing, has_settings=has_settings)

    def _merge(self, takes_settings: bool) -> None:
        incoming, self._incoming = self._incoming, None
        if incoming is not None:
            work = partial(merge, self._data_dir, incoming, takes_settings=takes_settings, now=self._now)
            self._work(work, partial(self._after_import, takes_settings), written=True)

    def _after_import(self, takes_settings: bool, merged: Merged) -> None:
        settings = merged.settings if takes_settings else None
        has_sounds = not SOUNDS.isdisjoint(merged.added.files + merged.removed.files)
        if has_sounds and self._playback.sound is not None:
            self._playback.sound.chimes.reload()
        if has_sounds or settings is not None:
            settings = settings or self._playback.settings
            self._view.change_settings(**{each.name: getattr(settings, each.name) for each in fields(Settings)})
            self._view.show_settings()  # as they are now
        self._pages.tell_imported(merged.summary(), merged.copy)
        self.refresh()

    def _ask_to_erase(self) -> None:
        self._work(self._history.reader.total, self._pages.ask_to_erase)

    def _erase(self) -> None:
        self._settled.clear()
        self._history.store.erase()
        self._pages.tell_erased()
