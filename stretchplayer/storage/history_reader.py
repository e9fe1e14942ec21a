"""Reads the history for pages and commands, on a connection of its own that writes nothing."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

from stretchplayer.errors import StorageError
from stretchplayer.progress.history import (
    DayPain,
    DayTotal,
    HeldBySide,
    HistoryTotal,
    PainAnswer,
    ReachMeasure,
    SessionRecord,
    WeekTotal,
)
from stretchplayer.reminders.slots import SlotState
from stretchplayer.storage import history_rows
from stretchplayer.storage import messages as wording
from stretchplayer.storage.history_database import FILE_NAME, reason, version_of
from stretchplayer.storage.history_schema import MIGRATIONS

BUSY_S: Final = 0.2
"""How long to wait for a file that is locked: somebody is looking at a page."""

_TOTAL: Final = """
    SELECT min(day), max(day), sum(sessions), sum(finished), sum(complete), sum(left_ms), sum(right_ms), sum(both_ms)
    FROM day_total HAVING count(*)
"""
_DAYS: Final = """
    SELECT day, sessions, finished, complete, left_ms, right_ms, both_ms
    FROM day_total WHERE day BETWEEN ? AND ? ORDER BY day
"""
_WEEKS: Final = """
    SELECT date(day, '-6 days', 'weekday 1') AS monday,
        sum(sessions), sum(finished), sum(left_ms), sum(right_ms), sum(both_ms)
    FROM day_total WHERE day BETWEEN ? AND ? GROUP BY monday ORDER BY monday
"""
_SIDES: Final = """
    SELECT total(left_ms), total(right_ms), total(both_ms) FROM day_total WHERE day BETWEEN ? AND ?
"""
_SLOTS: Final = "SELECT DISTINCT slot FROM session WHERE slot >= ? AND slot < ? AND rate = 1.0 AND done"
_SETTLED: Final = "SELECT slot, state FROM slot WHERE slot >= ? AND slot < ?"
_PAIN: Final = """
    SELECT day, back_sum * 1.0 / nullif(backs, 0), leg_sum * 1.0 / nullif(legs, 0), worse, numb, weak
    FROM day_pain WHERE day BETWEEN ? AND ? ORDER BY day
"""
_MEASURES: Final = "SELECT day, cm FROM measure WHERE day BETWEEN ? AND ? ORDER BY day"

_Answer = TypeVar("_Answer")


class HistoryFileReader:
    """Reads `history.db` of the data directory. Implements `ports.HistoryReader`."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE_NAME
        self._lock = Lock()
        self._db: sqlite3.Connection | None = None
        self._file = (0, 0)

    def total(self) -> HistoryTotal:
        """The sums of everything."""

        def ask(db: sqlite3.Connection) -> HistoryTotal:
            row = db.execute(_TOTAL).fetchone()
            if row is None:
                return HistoryTotal()
            first, last, sessions, finished, complete, left_ms, right_ms, both_ms = row
            return HistoryTotal(
                first_day=date.fromisoformat(first),
                last_day=date.fromisoformat(last),
                sessions=sessions,
                finished=finished,
                complete=complete,
                held=HeldBySide(left_ms=left_ms, right_ms=right_ms, both_ms=both_ms),
            )

        return self._ask(ask, HistoryTotal())

    def day_totals(self, first: date, last: date) -> Sequence[DayTotal]:
        """The sums of each day in the range on which a session began, in order."""
        return self._ask(
            lambda db: tuple(
                DayTotal(
                    day=date.fromisoformat(day),
                    sessions=sessions,
                    finished=finished,
                    complete=complete,
                    held=HeldBySide(left_ms=left_ms, right_ms=right_ms, both_ms=both_ms),
                )
                for day, sessions, finished, complete, left_ms, right_ms, both_ms in db.execute(
                    _DAYS, _range(first, last)
                )
            ),
            (),
        )

    def week_totals(self, first: date, last: date) -> Sequence[WeekTotal]:
        """The sums of each week with a session in the range, in order."""
        return self._ask(
            lambda db: tuple(
                WeekTotal(
                    monday=date.fromisoformat(monday),
                    sessions=sessions,
                    finished=finished,
                    held=HeldBySide(left_ms=left_ms, right_ms=right_ms, both_ms=both_ms),
                )
                for monday, sessions, finished, left_ms, right_ms, both_ms in db.execute(_WEEKS, _range(first, last))
            ),
            (),
        )

    def held_by_side(self, first: date, last: date) -> HeldBySide:
        """What was held in the range, left and right apart."""

        def ask(db: sqlite3.Connection) -> HeldBySide:
            left_ms, right_ms, both_ms = map(int, db.execute(_SIDES, _range(first, last)).fetchone())
            return HeldBySide(left_ms=left_ms, right_ms=right_ms, both_ms=both_ms)

        return self._ask(ask, HeldBySide())

    def slots_done(self, first: date, last: date) -> frozenset[str]:
        """The keys of the slots of these days for which a session came to its end with something held."""
        return self._ask(lambda db: frozenset(slot for (slot,) in db.execute(_SLOTS, _keys(first, last))), frozenset())

    def slots_settled(self, first: date, last: date) -> Mapping[str, SlotState]:
        """What became of slots of these days that nothing was done for, by their keys."""

        def ask(db: sqlite3.Connection) -> dict[str, SlotState]:
            return {slot: SlotState(state) for slot, state in db.execute(_SETTLED, _keys(first, last))}

        return self._ask(ask, {})

    def sessions(self, first: date, last: date, *, newest: int = 100) -> Sequence[SessionRecord]:
        """The newest sessions that began in the range, the newest first."""
        # Which ones is answered by the index alone; whole plans would be sorted otherwise.
        which = "SELECT id FROM session WHERE day BETWEEN ? AND ? ORDER BY day DESC, id DESC LIMIT ?"
        wanted = f"{history_rows.SESSION} WHERE session.id IN ({which}) ORDER BY day DESC, session.id DESC"
        return self._ask(
            lambda db: tuple(
                history_rows.session_of(db, row)
                for row in db.execute(wanted, (*_range(first, last), newest)).fetchall()
            ),
            (),
        )

    def session(self, session: int) -> SessionRecord | None:
        """The session with that id."""

        def ask(db: sqlite3.Connection) -> SessionRecord | None:
            row = db.execute(f"{history_rows.SESSION} WHERE session.id = ?", (session,)).fetchone()
            return None if row is None else history_rows.session_of(db, row)

        return self._ask(ask, None)

    def pain(self, first: date, last: date) -> Sequence[DayPain]:
        """What was answered on each day in the range on which something was, in order."""
        return self._ask(
            lambda db: tuple(
                DayPain(day=date.fromisoformat(day), back=back, leg=leg, signs=history_rows.signs_of(*signs))
                for day, back, leg, *signs in db.execute(_PAIN, _range(first, last))
            ),
            (),
        )

    def answers(self, first: date, last: date, *, newest: int = 100) -> Sequence[PainAnswer]:
        """The newest answers about sessions that began in the range, the newest first."""
        wanted = f"{history_rows.ANSWER} WHERE day BETWEEN ? AND ? ORDER BY day DESC, session DESC LIMIT ?"
        return self._ask(
            lambda db: tuple(history_rows.answer_of(row) for row in db.execute(wanted, (*_range(first, last), newest))),
            (),
        )

    def measures(self, first: date, last: date) -> Sequence[ReachMeasure]:
        """The measures in the range, in order."""
        return self._ask(
            lambda db: tuple(
                ReachMeasure(day=date.fromisoformat(day), cm=cm)
                for day, cm in db.execute(_MEASURES, _range(first, last))
            ),
            (),
        )

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._drop()

    def _ask(self, question: Callable[[sqlite3.Connection], _Answer], of_nothing: _Answer) -> _Answer:
        """The answer, or `of_nothing` when there is no history yet."""
        with self._lock:
            try:
                db = self._connect()
                return of_nothing if db is None else question(db)
            except FileNotFoundError:
                self._drop()
                return of_nothing
            except (OSError, sqlite3.Error, ValueError) as error:
                self._drop()
                why = reason(error) if isinstance(error, OSError | sqlite3.Error) else "it is damaged"
                raise StorageError(f"The history in {wording.shown(self._path)} can't be read: {why}.") from error

    def _connect(self) -> sqlite3.Connection | None:
        """The file as it is there now: it may have been set aside since the last question."""
        found = self._path.stat()
        if self._db is None or (found.st_dev, found.st_ino) != self._file:
            self._drop()
            self._db = sqlite3.connect(
                f"{self._path.absolute().as_uri()}?mode=ro",
                uri=True,
                timeout=BUSY_S,
                isolation_level=None,
                check_same_thread=False,
            )
            self._file = (found.st_dev, found.st_ino)
        version = version_of(self._db)
        if version > len(MIGRATIONS):
            raise StorageError(
                f"The history in {wording.shown(self._path)} was written by a newer version; install that one."
            )
        # One that is just being made, or brought up to date, has nothing to tell yet.
        return self._db if version == len(MIGRATIONS) else None

    def _drop(self) -> None:
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
            self._db = None


def _keys(first: date, last: date) -> tuple[str, str]:
    """The range of the keys of these days' slots; the second is the first one beyond."""
    return first.isoformat(), "9999-12-32" if last == date.max else (last + timedelta(days=1)).isoformat()


def _range(first: date, last: date) -> tuple[str, str]:
    return first.isoformat(), last.isoformat()


def open_reader(data_dir: Path) -> HistoryFileReader:
    """What is remembered of a person whose data are there."""
    return HistoryFileReader(data_dir)
