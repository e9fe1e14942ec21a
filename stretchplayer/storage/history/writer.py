"""Writes the history in its own thread, so that nothing ever waits for a slow disk or a locked file."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from stretchplayer.i18n import _
from stretchplayer.progress.history import (
    PainAnswer,
    ReachMeasure,
    SessionOutcome,
    SessionRecord,
    ended,
)
from stretchplayer.progress.prompts import can_resume
from stretchplayer.reminders.slots import SlotState
from stretchplayer.storage import messages
from stretchplayer.storage.history import database, rows
from stretchplayer.storage.history.database import BUSY_MS, DamagedError, NewerError, transaction
from stretchplayer.storage.history.schema import EVERYTHING
from stretchplayer.storage.history.session_lock import FILE_NAME as LOCK_NAME
from stretchplayer.storage.history.session_lock import SessionLocks
from stretchplayer.storage.versioned_file import local_now

RETRY_S: Final = 2.0
"""How long after a failure to try again, unless there is something new to write earlier."""
CLOSE_S: Final = 4.0
"""How long quitting waits for pending writes."""

log = logging.getLogger(__name__)

Change = Callable[[sqlite3.Connection], None]


@dataclass(frozen=True, slots=True)
class _Then:
    """A callback for when everything queued before it has been written or has failed."""

    do: Callable[[], None]


class HistoryWriter:
    """Keeps the history in `history.db` of the data directory. Implements `ports.SessionStore`; never raises or blocks.

    Changes are written in order, each batch in one transaction. An unusable file is set aside under a dated name and a
    new one started; after a temporary failure the changes are kept and retried. Each problem is reported once, until
    it is over. All callbacks run on the writer thread. Changes made before `open` wait for it.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        now: Callable[[], datetime] = local_now,
        busy_ms: int = BUSY_MS,
        retry_s: float = RETRY_S,
        close_s: float = CLOSE_S,
    ) -> None:
        self._path = data_dir / database.FILE_NAME
        self._now = now
        self._busy_ms = busy_ms
        self._retry_s = retry_s
        self._close_s = close_s
        self._jobs: SimpleQueue[Change | _Then | None] = SimpleQueue()
        """None ends the thread."""
        self._thread: threading.Thread | None = None
        self._tell: Callable[[str], None] = lambda sentence: log.info("%s", sentence)
        self._changed: Callable[[], None] = lambda: None
        self._unfinished: Callable[[SessionRecord], None] = lambda _record: None
        # The rest belongs to the writer thread.
        self._db: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._locks = SessionLocks(data_dir / LOCK_NAME)
        self._latest: dict[int, SessionRecord] = {}
        """What was written here, to be written again if the file is replaced."""
        self._erased: set[int] = set()
        """Sessions that are not recorded any more, though they may still be playing."""
        self._deleted: dict[int, tuple[SessionRecord, tuple[PainAnswer, ...]]] = {}
        """Sessions deleted since the program began, with their answers."""
        self._is_new = self._is_lost = False
        self._looked_for_unfinished = False
        self._unwritten: list[Change] = []
        self._is_unswept = False
        """Whether there is something of the deleted data on the disk still."""
        self._told: set[str] = set()

    def open(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="history", daemon=True)
            self._thread.start()

    def close(self) -> None:
        if self._thread is None:
            return
        self._jobs.put(None)
        self._thread.join(self._close_s)
        if self._thread.is_alive():
            log.warning("the disk is too slow: what was done last may not be saved")
        self._thread = None

    def put(self, record: SessionRecord) -> None:
        self._jobs.put(partial(self._write_session, record=record))

    def close_unfinished(self, record: SessionRecord) -> None:
        self.put(ended(record, SessionOutcome.INTERRUPTED, record.seen_at))

    def answer(self, answer: PainAnswer) -> None:
        self._jobs.put(partial(rows.put_answer, answer=answer))

    def delete(self, session: int) -> None:
        """Delete a session that has ended, with its holds and its answer."""
        self._jobs.put(partial(self._delete, session=session))

    def restore(self, session: int) -> None:
        """Bring back, as it was, a session that was deleted since the program began."""
        self._jobs.put(partial(self._restore, session=session))

    def measure(self, measure: ReachMeasure) -> None:
        self._jobs.put(partial(rows.put_measure, measure=measure))

    def settle(self, states: Mapping[str, SlotState]) -> None:
        """Record what became of slots without a session, by key; see `rows.put_slots`."""
        self._jobs.put(partial(rows.put_slots, states=dict(states)))

    def erase(self) -> None:
        """Delete everything, including backups and files set aside. A session being played is no longer recorded."""
        self._jobs.put(self._erase)
        self._jobs.put(_Then(self._sweep))

    def then(self, do: Callable[[], None]) -> None:
        """Call `do` on the writer thread when everything before it has been written or has failed."""
        self._jobs.put(_Then(do))

    def on_problem(self, callback: Callable[[str], None]) -> None:
        self._tell = callback

    def on_changed(self, callback: Callable[[], None]) -> None:
        self._changed = callback

    def on_unfinished(self, callback: Callable[[SessionRecord], None]) -> None:
        """Set the callback, before `open`, for a session that can be resumed; it is called at most once.

        That session stays open until it is put again or `close_unfinished`; every other open session that nobody
        plays is closed as interrupted, or deleted when it came to nothing.
        """
        self._unfinished = callback

    # On the writer thread

    def _run(self) -> None:
        self._safely(self._save)
        jobs: list[Change | _Then | None] = []
        while None not in jobs:
            jobs = self._take()
            self._unwritten += [job for job in jobs if job is not None and not isinstance(job, _Then)]
            if self._unwritten or self._db is None:
                self._safely(self._save)
            for job in jobs:
                if isinstance(job, _Then):
                    self._safely(job.do)
            if self._is_unswept and not jobs:
                self._safely(self._sweep)
        if self._unwritten:
            log.info("%d changes of the history could not be saved", len(self._unwritten))
        self._safely(self._end)

    def _end(self) -> None:
        if self._db is not None:
            with suppress(sqlite3.Error, UnicodeDecodeError):
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._drop()
        self._locks.close()

    def _take(self) -> list[Change | _Then | None]:
        """Wait for the next jobs; none when it is time to retry."""
        jobs: list[Change | _Then | None] = []
        with suppress(Empty):
            waits = self._unwritten or self._is_unswept
            jobs.append(self._jobs.get(timeout=self._retry_s if waits else None))
            while jobs[-1] is not None:
                jobs.append(self._jobs.get_nowait())
        return jobs

    def _safely(self, do: Callable[[], None]) -> None:
        """Report whatever goes wrong; the thread continues."""
        try:
            do()
        except Exception:
            log.exception("the history's writer thread hit an error")
            self._tell_once("fault", _("A program error may keep your session from being saved; see the log."))

    def _save(self) -> None:
        try:
            try:
                self._make_changes()
            except (DamagedError, NewerError) as error:
                if not self._put_aside(error):
                    return
                self._make_changes()
        except (OSError, sqlite3.Error, DamagedError, NewerError) as error:
            log.info("the history can't be written: %s", error)
            self._drop()
            self._tell_once(
                "unwritten", _("Your sessions are not being saved in {where}: {why}."), why=database.reason(error)
            )

    def _make_changes(self) -> None:
        """DamagedError, NewerError, OSError, sqlite3.Error."""
        try:
            db = self._open()
            if not self._unwritten:
                return
            with transaction(db):
                for change in self._unwritten:
                    self._make(db, change)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if database.is_corrupt(error):
                raise DamagedError(str(error)) from error
            raise
        self._unwritten = []
        self._told.discard("unwritten")
        self._changed()

    def _make(self, db: sqlite3.Connection, change: Change) -> None:
        try:
            change(db)
        except Exception as error:
            if database.is_passing(error) or database.is_corrupt(error):
                raise
            database.require_tables(db)
            # It would fail every time; nothing else may wait for it.
            log.exception("a change of the history was refused")
            self._tell_once("refused", _("Something could not be saved to the history; see the log."))

    def _open(self) -> sqlite3.Connection:
        """Open the present file, which may have been deleted or replaced."""
        if self._db is not None and self._file != _file_at(self._path):
            self._drop()
            self._locks.close()
            self._is_new = self._is_lost = True
        if self._db is None:
            db = database.open_database(self._path, now=self._now, busy_ms=self._busy_ms)
            self._db, self._file = db, _file_at(self._path)
            if self._is_new:
                with transaction(db):
                    for record in self._latest.values():
                        self._write_session(db, record)
                self._is_new = False
            if self._is_lost:
                self._is_lost = False
                self._tell_of(_("The history in {where} was deleted or replaced; what you do is saved in the new one."))
            if not self._looked_for_unfinished:
                self._look_for_unfinished(db)
                self._looked_for_unfinished = True
        return self._db

    def _drop(self) -> None:
        if self._db is not None:
            with suppress(sqlite3.Error, UnicodeDecodeError):
                self._db.close()
            self._db = None

    def _put_aside(self, error: DamagedError | NewerError) -> bool:
        self._drop()
        log.info("the history can't be used: %s", error)
        if isinstance(error, NewerError):
            what = "newer"
            told = _(
                "The history in {where} is from a newer version, so it was renamed {kept} and a new one was started."
            )
        else:
            what = "damaged"
            told = _("The history in {where} is damaged, so it was renamed {kept} and a new one was started.")
        try:
            aside = database.set_aside(self._path, what, self._now())
        except OSError as refused:
            unsaved = _(
                "Your sessions are not being saved: the history in {where} can neither be used nor renamed; {why}."
            )
            self._tell_once("unwritten", unsaved, why=messages.reason(refused))
            return False
        self._is_new, self._is_lost = True, False
        self._tell_of(told, kept=messages.shown(aside.name))
        return True

    def _tell_once(self, what: str, sentence: str, **values: str) -> None:
        if what not in self._told:
            self._told.add(what)
            self._tell_of(sentence, **values)

    def _tell_of(self, sentence: str, **values: str) -> None:
        with suppress(RuntimeError):  # the program has quit meanwhile
            self._tell(sentence.format(where=messages.shown(self._path), **values))

    def _write_session(self, db: sqlite3.Connection, record: SessionRecord) -> None:
        if record.id in self._erased:
            return
        if record.is_false_start:
            self._latest.pop(record.id, None)
            rows.delete_session(db, record.id)
        else:
            self._latest[record.id] = record
            rows.put_session(db, record)
        if record.outcome is SessionOutcome.OPEN:
            self._locks.take(record.id)
        else:
            self._locks.release(record.id)

    def _delete(self, db: sqlite3.Connection, session: int) -> None:
        taken = rows.take_session(db, session)
        if taken is not None:
            self._deleted[session] = taken
            self._latest.pop(session, None)

    def _restore(self, db: sqlite3.Connection, session: int) -> None:
        if session not in self._deleted:  # another program had deleted it before
            return
        record, answers = self._deleted[session]
        self._latest[session] = record
        rows.put_session(db, record)
        for answer in answers:
            rows.put_answer(db, answer)

    def _look_for_unfinished(self, db: sqlite3.Connection) -> None:
        mine = {record.id for record in _open_sessions(db) if self._locks.take(record.id)}
        with transaction(db):
            # Read again: another program may have ended and released its session since the first query.
            left = [record for record in _open_sessions(db) if record.id in mine]
            offered = next((record for record in left if can_resume(record, self._now())), None)
            for record in left:
                if record is not offered:
                    outcome = SessionOutcome.STOPPED if record.came_to_nothing else SessionOutcome.INTERRUPTED
                    self._write_session(db, ended(record, outcome, record.seen_at))
        for ended_since in mine - {record.id for record in left}:
            self._locks.release(ended_since)
        if offered is not None:
            self._unfinished(offered)

    def _erase(self, db: sqlite3.Connection) -> None:
        self._erased |= self._latest.keys()
        self._latest.clear()
        self._deleted.clear()
        for table in EVERYTHING:
            db.execute(f"DELETE FROM {table}")  # noqa: S608  Names of our own

    def _sweep(self) -> None:
        for path in database.other_files(self._path):
            with suppress(OSError):
                path.unlink()
        self._is_unswept = self._db is not None and not _swept(self._db)
        if self._is_unswept:
            sentence = _("The deleted data stay in {where} while another program is reading it; close that program.")
            self._tell_once("unswept", sentence)


def _swept(db: sqlite3.Connection) -> bool:
    """Leave nothing of what was deleted in the file; False while another program reads it."""
    try:
        db.execute("VACUUM")
        return not db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error:
        return False


def _file_at(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _open_sessions(db: sqlite3.Connection) -> list[SessionRecord]:
    """Newest first."""
    return list(rows.sessions(db, "WHERE outcome = 'open' ORDER BY session.id DESC"))
