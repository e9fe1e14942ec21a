"""The history as it is written. Nothing here waits for the disk; `history_writer` has a thread for that."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path

from stretchplayer.progress.history import (
    PainAnswer,
    ReachMeasure,
    SessionNote,
    SessionOutcome,
    SessionRecord,
    ended,
    noted,
)
from stretchplayer.progress.prompts import is_offered
from stretchplayer.reminders.slots import SlotState
from stretchplayer.storage import history_rows
from stretchplayer.storage.history_database import BUSY_MS, FILE_NAME, SMALL_BYTES, other_files, transaction
from stretchplayer.storage.history_lock import FILE_NAME as LOCK_NAME
from stretchplayer.storage.history_lock import PlayingLocks
from stretchplayer.storage.history_schema import EVERYTHING
from stretchplayer.storage.history_writer import RETRY_S, HistoryWriter
from stretchplayer.storage.versioned_file import local_now


class HistoryFile:
    """Keeps the history in `history.db` of the data directory. Implements `ports.HistoryStore`.

    Callbacks are called on the thread that writes. What comes before `open` waits for it.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        now: Callable[[], datetime] = local_now,
        busy_ms: int = BUSY_MS,
        retry_s: float = RETRY_S,
        small_bytes: int = SMALL_BYTES,
    ) -> None:
        self._path = data_dir / FILE_NAME
        self._now = now
        self._writer = HistoryWriter(
            self._path,
            now=now,
            opened=self._on_opened,
            busy_ms=busy_ms,
            retry_s=retry_s,
            small_bytes=small_bytes,
        )
        self._playing: dict[int, SessionRecord] = {}
        """What was begun here, as it is now."""
        # These belong to the thread that writes.
        self._locks = PlayingLocks(data_dir / LOCK_NAME)
        self._latest: dict[int, SessionRecord] = {}
        self._looked_for_unfinished = False
        self._unfinished: Callable[[SessionRecord], None] = lambda _record: None

    def open(self) -> None:
        """Begin to write, on another thread; opening twice is opening once."""
        self._writer.open()

    def begin(self, record: SessionRecord) -> None:
        """Keep the session, open, and say that this program plays it."""
        self._playing[record.id] = record
        self._put(record)

    def note(self, note: SessionNote) -> None:
        """Keep how far an open session has come."""
        record = self._playing.get(note.session)
        if record is not None:
            self._playing[note.session] = noted(record, note)
            self._put(self._playing[note.session])

    def end(self, session: int, outcome: SessionOutcome, ended_at: datetime, slot: str | None = None) -> None:
        """Keep how a session ended."""
        record = self._playing.pop(session, None)
        if record is not None:
            self._put(ended(record, outcome, ended_at, slot))

    def answer(self, answer: PainAnswer) -> None:
        """Keep the answer."""
        self._writer.write(partial(history_rows.put_answer, answer=answer))

    def measure(self, measure: ReachMeasure) -> None:
        """Keep the measure."""
        self._writer.write(partial(history_rows.put_measure, measure=measure))

    def forget_measure(self, day: date) -> None:
        """Forget the measure of that day."""
        self._writer.write(partial(history_rows.forget_measure, day=day))

    def settle(self, states: Mapping[str, SlotState]) -> None:
        """Keep what became of slots that nothing was done for."""
        self._writer.write(partial(history_rows.put_slots, states=dict(states)))

    def erase(self) -> None:
        """Delete everything, backups and files set aside included. Of a session being played the rest is not kept."""
        self._playing.clear()
        self._writer.write(self._erase)
        self._writer.then(self._sweep)

    def then(self, do: Callable[[], None]) -> None:
        """Do something, on the thread that writes, when all before it is written; or at once when it can't be."""
        self._writer.then(do)

    def on_problem(self, callback: Callable[[str], None]) -> None:
        """Set who is told what isn't being saved."""
        self._writer.tell = callback

    def on_changed(self, callback: Callable[[], None]) -> None:
        """Set who is told that something has been written."""
        self._writer.changed = callback

    def on_unfinished(self, callback: Callable[[SessionRecord], None]) -> None:
        """Set who is told, once and before `open`, of a session that can be gone on with.

        It stays open until it is begun again or `close_unfinished`; every other session that was left open and that
        nobody plays is closed, as interrupted.
        """
        self._unfinished = callback

    def close_unfinished(self, record: SessionRecord) -> None:
        """Close a session that was left open, as it was."""
        self._put(ended(record, SessionOutcome.INTERRUPTED, record.seen_at))

    def close(self) -> None:
        """Write what is still to be written, within a few seconds, and end."""
        self._writer.close()
        self._locks.close()

    # On the thread that writes

    def _put(self, record: SessionRecord) -> None:
        self._writer.write(lambda db: self._write(db, record))

    def _write(self, db: sqlite3.Connection, record: SessionRecord) -> None:
        self._latest[record.id] = record
        history_rows.put_session(db, record)
        if record.outcome is SessionOutcome.OPEN:
            self._locks.take(record.id)
        else:
            self._locks.release(record.id)

    def _on_opened(self, db: sqlite3.Connection, is_new: bool) -> None:
        if is_new:
            with transaction(db):
                for record in self._latest.values():
                    history_rows.put_session(db, record)
        if not self._looked_for_unfinished:
            self._look_for_unfinished(db)
            self._looked_for_unfinished = True

    def _look_for_unfinished(self, db: sqlite3.Connection) -> None:
        open_ones = f"{history_rows.SESSION} WHERE outcome = 'open' ORDER BY session.id DESC"
        rows = db.execute(open_ones).fetchall()
        mine = {record.id for row in rows if self._locks.take((record := history_rows.session_of(db, row)).id)}
        with transaction(db):
            # Read again: another program may have ended its session, and let go of it, since it was first seen.
            rows = db.execute(open_ones).fetchall()
            left = [record for row in rows if (record := history_rows.session_of(db, row)).id in mine]
            offered = next((record for record in left if is_offered(record, self._now())), None)
            for record in left:
                if record is not offered:
                    self._write(db, ended(record, SessionOutcome.INTERRUPTED, record.seen_at))
        for ended_since in mine - {record.id for record in left}:
            self._locks.release(ended_since)
        if offered is not None:
            self._unfinished(offered)

    def _erase(self, db: sqlite3.Connection) -> None:
        self._latest.clear()
        for table in EVERYTHING:
            db.execute(f"DELETE FROM {table}")  # noqa: S608  Names of our own

    def _sweep(self) -> None:
        """Leave nothing of what was deleted on the disk."""
        for path in other_files(self._path):
            with suppress(OSError):
                path.unlink()
        with suppress(sqlite3.Error):
            self._writer.compact()
