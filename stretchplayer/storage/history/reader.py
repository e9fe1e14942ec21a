"""Reads the history for pages and commands, on its own read-only connections."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Final, TypeVar

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.progress.history import (
    BySide,
    DayPain,
    DayTotal,
    HistoryTotal,
    PainAnswer,
    ReachMeasure,
    SessionRecord,
)
from stretchplayer.reminders.slots import SlotState
from stretchplayer.storage import messages
from stretchplayer.storage.history import rows
from stretchplayer.storage.history.database import (
    FILE_NAME,
    DamagedError,
    connect,
    copy_migrated,
    empty_database,
    newer,
    reason,
    require_regular,
    version_of,
)
from stretchplayer.storage.history.rows import usable
from stretchplayer.storage.history.schema import MIGRATIONS

BUSY_MS: Final = 200
"""How long to wait for a locked file: someone is waiting for a page."""

# `total` never overflows and `date` knows a date, whatever a damaged row has; none was held for ten days.
_SUMS: Final = "count(*), count(*) FILTER (WHERE done), count(*) FILTER (WHERE complete), " + ", ".join(
    f"total({done}) FILTER (WHERE {done} BETWEEN 0 AND 864e6)"
    for done in ("left_ms", "right_ms", "both_ms", "repetitions", "left_repetitions", "right_repetitions")
)
_DAY: Final = "SELECT day FROM session WHERE rate = 1.0 AND day = date(day) AND day > '0001' ORDER BY day"
_TOTAL: Final = f"""
    SELECT ({_DAY} LIMIT 1) AS first, ({_DAY} DESC LIMIT 1) AS last, {_SUMS} FROM session
    WHERE rate = 1.0 HAVING first IS NOT NULL
"""  # noqa: S608  Our own words
_DAYS: Final = f"""
    SELECT day, {_SUMS} FROM session WHERE rate = 1.0 AND day BETWEEN ? AND ? AND day = date(day)
    GROUP BY day ORDER BY day
"""  # noqa: S608  Our own words
_SLOTS: Final = "SELECT DISTINCT slot FROM session WHERE slot >= ? AND slot < ? AND rate = 1.0 AND done"
_PAIN: Final = """
    SELECT day, avg(back) FILTER (WHERE back BETWEEN 0 AND 10) AS back,
        avg(leg) FILTER (WHERE leg BETWEEN 0 AND 10) AS leg, max(worse = 1) AS worse, max(numb = 1) AS numb,
        max(weak = 1) AS weak
    FROM session JOIN answer ON answer.session = session.id
    WHERE day BETWEEN ? AND ? AND (back NOTNULL OR leg NOTNULL OR worse OR numb OR weak) GROUP BY day ORDER BY day
"""
# Which sessions are the newest is answered by the index alone; whole plans would be sorted otherwise.
_NEWEST: Final = "SELECT id FROM session WHERE day BETWEEN ? AND ? ORDER BY day DESC, id DESC LIMIT ?"

_Answer = TypeVar("_Answer")


class HistoryFileReader:
    """Reads `history.db` of the data directory; one that doesn't exist yet is empty. Damaged rows are skipped.

    Ranges include both days, and sums exclude rehearsals. Thread-safe, and fast enough for the GUI's thread with
    100,000 sessions. StorageError, with a sentence for the person, if the history can't be read now.
    """

    def __init__(self, data_dir: Path, *, migrations: Sequence[str] = MIGRATIONS) -> None:
        self._path = data_dir / FILE_NAME
        self._migrations = migrations

    def total(self) -> HistoryTotal:
        for first, last, sessions, finished, complete, *sums in self._ask(_TOTAL, ()):
            return HistoryTotal(
                first_day=date.fromisoformat(first),
                last_day=date.fromisoformat(last),
                sessions=sessions,
                finished=finished,
                complete=complete,
                **_done(*sums),
            )
        return HistoryTotal()

    def day_totals(self, first: date, last: date) -> Sequence[DayTotal]:
        """The sums of each day with a session, in order."""
        return tuple(
            DayTotal(
                day=date.fromisoformat(day),
                sessions=sessions,
                finished=finished,
                **_done(*sums),
            )
            for day, sessions, finished, _complete, *sums in self._ask(_DAYS, _range(first, last))
        )

    def slots_done(self, first: date, last: date) -> frozenset[str]:
        """The keys (`Slot.key`) of these days' slots with a finished session."""
        return frozenset(usable(self._ask(_SLOTS, _keys(first, last)), lambda row: rows.key_of(row["slot"])))

    def slots_settled(self, first: date, last: date) -> Mapping[str, SlotState]:
        """The states of these days' slots without a session, by key."""
        found = self._ask(f"{rows.SLOT} WHERE slot >= ? AND slot < ?", _keys(first, last))
        return dict(usable(found, rows.slot_of))

    def sessions(self, first: date, last: date, *, newest: int = 100) -> Sequence[SessionRecord]:
        """Sessions started in the range, newest first, rehearsals and open ones included."""
        wanted = f"WHERE session.id IN ({_NEWEST}) ORDER BY day DESC, session.id DESC"
        return self._with(lambda db: tuple(rows.sessions(db, wanted, (*_range(first, last), newest))))

    def session(self, session: int) -> SessionRecord | None:
        return self._with(lambda db: next(rows.sessions(db, "WHERE session.id = ?", (session,)), None))

    def pain(self, first: date, last: date) -> Sequence[DayPain]:
        def pain_of(row: sqlite3.Row) -> DayPain:
            day = date.fromisoformat(row["day"])
            return DayPain(day=day, back=row["back"], leg=row["leg"], signs=rows.signs_of(row))

        return tuple(usable(self._ask(_PAIN, _range(first, last)), pain_of))

    def answers(self, first: date, last: date, *, newest: int = 100) -> Sequence[PainAnswer]:
        """Answers about sessions started in the range, newest first."""
        wanted = (
            f"{rows.ANSWER} JOIN session ON id = session WHERE day BETWEEN ? AND ? ORDER BY day DESC, id DESC LIMIT ?"
        )
        return tuple(usable(self._ask(wanted, (*_range(first, last), newest)), rows.answer_of))

    def measures(self, first: date, last: date) -> Sequence[ReachMeasure]:
        found = self._ask("SELECT day, cm FROM measure WHERE day BETWEEN ? AND ? ORDER BY day", _range(first, last))
        return tuple(usable(found, rows.measure_of))

    def _ask(self, query: str, values: tuple[object, ...]) -> list[sqlite3.Row]:
        return self._with(lambda db: db.execute(query, values).fetchall())

    def _with(self, read: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        """Read from the present file, which may have been replaced since the last query."""
        try:
            with closing(self._connect()) as db:
                version = version_of(db)
                if version > len(self._migrations):
                    raise StorageError(newer(self._path))
                if version == len(self._migrations):
                    return read(db)
                if version > 0:
                    with closing(connect(":memory:")) as copy:
                        copy_migrated(db, copy, self._migrations)
                        return read(copy)
                # One that is just being created counts as empty.
        except FileNotFoundError:
            pass
        except (OSError, sqlite3.Error, UnicodeDecodeError, DamagedError) as error:
            unreadable = _("The history in {where} can't be read: {why}.")
            raise StorageError(unreadable.format(where=messages.shown(self._path), why=reason(error))) from error
        with closing(empty_database()) as nothing:
            return read(nothing)

    def _connect(self) -> sqlite3.Connection:
        self._path.stat()
        require_regular(self._path)
        return connect(f"{self._path.absolute().as_uri()}?mode=ro", busy_ms=BUSY_MS)


def _done(left_ms: float, right_ms: float, both_ms: float, *repetitions: float) -> dict[str, BySide]:
    """What was held, and the repetitions."""
    total, left, right = map(int, repetitions)
    return {
        "held_ms": BySide(left=int(left_ms), right=int(right_ms), both=int(both_ms)),
        "repetitions": BySide(left=left, right=right, both=max(0, total - left - right)),
    }


def _keys(first: date, last: date) -> tuple[str, str]:
    """The half-open range of these days' slot keys."""
    return first.isoformat(), "9999-12-32" if last == date.max else (last + timedelta(days=1)).isoformat()


def _range(first: date, last: date) -> tuple[str, str]:
    return first.isoformat(), last.isoformat()
