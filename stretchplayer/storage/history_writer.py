"""The thread that writes the history, so that neither a slow disk nor a locked file is ever waited for."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from stretchplayer.storage import history_database
from stretchplayer.storage import messages as wording
from stretchplayer.storage.history_database import BUSY_MS, SMALL_BYTES, DamagedError, NewerError

RETRY_S: Final = 2.0
"""How long after a failure the file is tried again, when nothing new is to be written before."""
CLOSE_S: Final = 4.0
"""How long the end of the program waits for what is still to be written."""
STOP_CHECK_S: Final = 0.5
"""How long the end of the program waits for a check that is still reading; it changes nothing and may be left."""
_MOST_AT_ONCE: Final = 200
TIDY_AFTER: Final = 200
"""After so many transactions, of some 20 KB each, what was written is brought from the log into the file."""

_LARGEST_LOG_PAGES: Final = 10_000
"""From this size on SQLite tidies by itself, within a transaction."""

log = logging.getLogger(__name__)

Change = Callable[[sqlite3.Connection], None]


@dataclass(frozen=True, slots=True)
class _Write:
    """Something to be written in a transaction."""

    do: Change


@dataclass(frozen=True, slots=True)
class _Then:
    """Something to be done when everything before it has been written or could not be."""

    do: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Damage:
    """The check of a large file has found it damaged."""


@dataclass(frozen=True, slots=True)
class _End:
    """Nothing comes after this."""


_Job = _Write | _Then | _Damage | _End


class HistoryWriter:
    """Makes changes in the order they come, each batch in one transaction. What comes before `open` waits.

    A file that can't be used for good is set aside under a dated name and another one begun; one that can't be used
    just now is tried again, and until then the changes are kept. Each is told once. `opened` is called with the file
    each time one is opened, and whether it takes the place of one that was set aside. All callbacks run on the thread
    that writes.
    """

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime],
        opened: Callable[[sqlite3.Connection, bool], None],
        busy_ms: int = BUSY_MS,
        retry_s: float = RETRY_S,
        small_bytes: int = SMALL_BYTES,
        tidy_after: int = TIDY_AFTER,
    ) -> None:
        self._path = path
        self._now = now
        self._opened = opened
        self._busy_ms = busy_ms
        self._retry_s = retry_s
        self._small_bytes = small_bytes
        self._tidy_after = tidy_after
        self._untidy = 0
        """Transactions since then."""
        self._jobs: SimpleQueue[_Job] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._checker: _Checker | None = None
        self._db: sqlite3.Connection | None = None
        self._set_aside = False
        self._unwritten: list[_Write] = []
        self._told: set[str] = set()
        self.tell: Callable[[str], None] = lambda sentence: log.info("%s", sentence)
        self.changed: Callable[[], None] = lambda: None

    # What is called from outside

    def open(self) -> None:
        """Begin; opening twice is opening once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="history", daemon=True)
            self._thread.start()

    def write(self, change: Change) -> None:
        """Make the change, some time soon."""
        self._jobs.put(_Write(change))

    def then(self, do: Callable[[], None]) -> None:
        """Do something when everything before it is written; or at once when it can't be."""
        self._jobs.put(_Then(do))

    def close(self) -> None:
        """Write what is still to be written, and end; after `CLOSE_S` without it."""
        if self._thread is None:
            return
        self._jobs.put(_End())
        self._thread.join(CLOSE_S)
        if self._thread.is_alive():
            log.warning("the disk is too slow: what was done last may not be saved")
        self._thread = None

    # The thread

    def _run(self) -> None:
        self._attempt([])
        going_on = True
        while going_on:
            jobs = self._take()
            if _Damage() in jobs:
                self._put_aside("damaged", "is damaged")
            writes = [job for job in jobs if isinstance(job, _Write)]
            if writes or self._unwritten or self._db is None:
                self._attempt(writes)
            for job in jobs:
                if isinstance(job, _Then):
                    job.do()
            self._tidy()
            going_on = _End() not in jobs
        self._finish()

    def _take(self) -> list[_Job]:
        """The next jobs, waiting for the first of them; none when it is time to try again."""
        jobs: list[_Job] = []
        with suppress(Empty):
            jobs.append(self._jobs.get(timeout=self._retry_s if self._unwritten else None))
            while len(jobs) < _MOST_AT_ONCE:
                jobs.append(self._jobs.get_nowait())
        return jobs

    def _attempt(self, writes: list[_Write]) -> None:
        """Make the changes, or keep them for later."""
        self._unwritten += writes
        try:
            self._make(self._unwritten)
        except DamagedError:
            self._put_aside("damaged", "is damaged")
            self._attempt_again()
        except NewerError:
            self._put_aside("newer", "was written by a newer version of Stretch Player")
            self._attempt_again()
        except (OSError, sqlite3.Error) as error:
            self._give_up_for_now(error)

    def _attempt_again(self) -> None:
        """Make the changes in a new file."""
        try:
            self._make(self._unwritten)
        except (OSError, sqlite3.Error, DamagedError, NewerError) as error:
            self._give_up_for_now(error)

    def _make(self, writes: list[_Write]) -> None:
        try:
            db = self._open()
            if writes:
                with history_database.transaction(db):
                    for write in writes:
                        _make_one(db, write)
        except sqlite3.Error as error:
            if history_database.is_damage(error):
                raise DamagedError(str(error)) from error
            raise
        if writes:
            self._unwritten = []
            self._untidy += 1
            self.changed()

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            db = history_database.open_database(
                self._path, now=self._now, busy_ms=self._busy_ms, small_bytes=self._small_bytes
            )
            self._db = db
            db.execute(f"PRAGMA wal_autocheckpoint = {_LARGEST_LOG_PAGES}")
            self._opened(db, self._set_aside)
            self._set_aside = False
            if self._path.stat().st_size > self._small_bytes and self._checker is None:
                self._checker = _Checker(self._path, lambda: self._jobs.put(_Damage()))
        return self._db

    def _tidy(self) -> None:
        """Bring what was written into the file, when it is much: here, so that no phase waits for it to be saved."""
        if self._db is not None and self._untidy >= self._tidy_after:
            self._untidy = 0
            with suppress(sqlite3.Error):
                self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def compact(self) -> None:
        """Give back the room of what was deleted; to be called by a `then`. sqlite3.Error when it can't be."""
        if self._db is not None:
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _drop(self) -> None:
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
            self._db = None

    def _give_up_for_now(self, error: Exception) -> None:
        log.info("the history can't be written: %s", error)
        self._drop()
        where, why = wording.shown(self._path), history_database.reason(error)
        self._tell_once("unwritten", f"What you do is not being saved in {where}: {why}.")

    def _put_aside(self, what: str, why: str) -> None:
        self._drop()
        where = wording.shown(self._path)
        try:
            aside = history_database.set_aside(self._path, what, self._now())
        except OSError as error:
            self._tell_once(
                "unwritten",
                f"What you do is not being saved: the history in {where} {why} and can't be renamed; "
                f"{wording.reason(error)}.",
            )
        else:
            self._set_aside = True
            kept = wording.shown(aside.name)
            self._tell_once(what, f"The history in {where} {why}, so it was renamed {kept} and a new one was begun.")

    def _tell_once(self, what: str, sentence: str) -> None:
        if what not in self._told:
            self._told.add(what)
            self.tell(sentence)

    def _finish(self) -> None:
        if self._checker is not None:
            self._checker.stop()
        if self._unwritten:
            log.info("%d changes of the history could not be saved", len(self._unwritten))
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._drop()


def _make_one(db: sqlite3.Connection, write: _Write) -> None:
    try:
        write.do(db)
    except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, ValueError, TypeError, OverflowError):
        # It would be refused each time; nothing else is to wait for it.
        log.exception("a change of the history was refused")


class _Checker:
    """Checks a large file while it is being used, on a thread and a connection of its own."""

    def __init__(self, path: Path, found_damage: Callable[[], None]) -> None:
        self._path = path
        self._found_damage = found_damage
        self._stopped = False
        self._db: sqlite3.Connection | None = None
        self._thread = threading.Thread(target=self._run, name="history-check", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._db = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            self._db.set_progress_handler(lambda: self._stopped, 10_000)
            history_database.check(self._db)
        except DamagedError:
            self._found_damage()
        except sqlite3.Error as error:
            log.info("the check of the history came to no end: %s", error)
        finally:
            if self._db is not None:
                self._db.close()

    def stop(self) -> None:
        """End soon, whatever was found."""
        self._stopped = True
        self._thread.join(STOP_CHECK_S)
