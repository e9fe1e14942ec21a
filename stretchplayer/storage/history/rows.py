"""Converts between the history's records and the rows of its tables."""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from sqlite3 import Row
from typing import Any, Final, TypeVar

import msgspec

from stretchplayer.errors import plain
from stretchplayer.figure.side import LEG, Side
from stretchplayer.progress.history import PainAnswer, ReachMeasure, SessionRecord, WarningSign
from stretchplayer.reminders.slots import Slot, SlotState

_SESSION: Final = """
    SELECT session.id, routine, title, content AS plan, started_at, seen_at, ended_at, slot, outcome, rate, phase
    FROM session JOIN plan ON plan.id = plan
"""
_HOLDS: Final = 'SELECT *, phase AS "index" FROM hold WHERE session = ? ORDER BY phase'
_REPETITIONS: Final = 'SELECT *, phase AS "index" FROM repetition WHERE session = ? ORDER BY phase'
ANSWER: Final = "SELECT session, answered_at, back, leg, note, worse, numb, weak FROM answer"
"""To be followed by a WHERE; what `answer_of` takes."""
_PUT_SESSION: Final = """
    INSERT INTO session
        (id, plan, routine, title, started_at, seen_at, ended_at, slot, outcome, rate, phase, done, complete,
        left_ms, right_ms, both_ms, repetitions, left_repetitions, right_repetitions)
    VALUES (?, (SELECT id FROM plan WHERE content = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        seen_at = excluded.seen_at, ended_at = excluded.ended_at, slot = excluded.slot, outcome = excluded.outcome,
        phase = excluded.phase, done = excluded.done, complete = excluded.complete,
        left_ms = excluded.left_ms, right_ms = excluded.right_ms, both_ms = excluded.both_ms,
        repetitions = excluded.repetitions, left_repetitions = excluded.left_repetitions,
        right_repetitions = excluded.right_repetitions
"""
_PUT_HOLD: Final = """
    INSERT OR REPLACE INTO hold VALUES (:session, :index, :stretch, :title, :side, :planned_ms, :held_ms, :limb)
"""
_PUT_REPETITION: Final = """
    INSERT OR REPLACE INTO repetition VALUES (:session, :index, :stretch, :title, :side, :planned, :done, :limb)
"""
_PUT_ANSWER: Final = """
    INSERT OR REPLACE INTO answer (session, answered_at, back, leg, note, worse, numb, weak)
    SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM session WHERE id = ?1
"""
SLOT: Final = "SELECT slot, CASE marked_done WHEN 0 THEN state ELSE 'marked-done' END AS state FROM slot"
"""To be followed by a WHERE; what `slot_of` takes."""
_PUT_SLOT: Final = """
    INSERT INTO slot (slot, state) VALUES (?, ?)
    ON CONFLICT (slot) DO UPDATE SET state = excluded.state, marked_done = 0
"""
_MARK_SLOT: Final = """
    INSERT INTO slot (slot, state, marked_done) VALUES (?, 'missed', 1)
    ON CONFLICT (slot) DO UPDATE SET marked_done = 1
"""

_Thing = TypeVar("_Thing")

log = logging.getLogger(__name__)


def put_session(db: sqlite3.Connection, record: SessionRecord) -> None:
    moments = [None if at is None else _text(at) for at in (record.started_at, record.seen_at, record.ended_at)]
    held_ms: dict[Side | None, int] = {Side.LEFT: 0, Side.RIGHT: 0, None: 0}
    for hold in record.holds:
        held_ms[hold.side if hold.limb == LEG else None] += hold.held_ms
    done: dict[Side | None, int] = {Side.LEFT: 0, Side.RIGHT: 0, None: 0}
    for run in record.repetitions:
        done[run.side if run.limb == LEG else None] += run.done
    sums = (*held_ms.values(), record.repetitions_done, done[Side.LEFT], done[Side.RIGHT])
    progress = (record.slot, record.outcome.value, float(record.rate), record.phase, record.done, record.complete)
    db.execute("INSERT OR IGNORE INTO plan (content) VALUES (?)", (record.plan,))
    db.execute(_PUT_SESSION, (record.id, record.plan, record.routine, record.title, *moments, *progress, *sums))
    for put, parts in ((_PUT_HOLD, record.holds), (_PUT_REPETITION, record.repetitions)):
        db.executemany(put, [{"session": record.id, **asdict(part)} for part in parts])


def delete_session(db: sqlite3.Connection, session: int) -> None:
    db.execute("DELETE FROM session WHERE id = ?", (session,))


def take_session(db: sqlite3.Connection, session: int) -> tuple[SessionRecord, tuple[PainAnswer, ...]] | None:
    """Delete a session with its holds and answers, and return them; None for one that is open or isn't there."""
    for record in sessions(db, "WHERE session.id = ? AND outcome <> 'open'", (session,)):
        answers = tuple(answers_about(db, session))
        delete_session(db, session)
        return record, answers
    return None


def put_answer(db: sqlite3.Connection, answer: PainAnswer) -> None:
    """Write an answer; one about an unknown session is dropped."""
    signs = [sign in answer.signs for sign in WarningSign]
    note = plain(answer.note.encode("utf-8", "replace").decode())  # a keyboard may send a lone surrogate
    db.execute(_PUT_ANSWER, (answer.session, _text(answer.answered_at), answer.back, answer.leg, note, *signs))


def put_measure(db: sqlite3.Connection, measure: ReachMeasure) -> None:
    db.execute("INSERT OR REPLACE INTO measure VALUES (?, ?)", (measure.day.isoformat(), float(measure.cm)))


def put_slots(db: sqlite3.Connection, states: Mapping[str, SlotState]) -> None:
    """Write what became of slots. A state that isn't kept takes back that the slot was marked as done."""
    for slot, state in states.items():
        if state is SlotState.MARKED_DONE:
            db.execute(_MARK_SLOT, (slot,))
        elif state in {SlotState.SKIPPED, SlotState.MISSED, SlotState.PAUSED}:
            db.execute(_PUT_SLOT, (slot, str(state)))
        else:
            db.execute("UPDATE slot SET marked_done = 0 WHERE slot = ?", (slot,))


def usable(rows: Iterable[Row], make: Callable[[Row], _Thing]) -> Iterator[_Thing]:
    """Yield what is made of the rows, skipping damaged ones."""
    damaged = 0
    for row in rows:
        try:
            thing = make(row)
        except sqlite3.Error:
            raise
        except Exception:  # noqa: BLE001  A damaged value may raise anything
            damaged += 1
        else:
            yield thing
    if damaged:
        log.info("%d damaged rows of the history were passed over", damaged)


def sessions(db: sqlite3.Connection, which: str, values: Sequence[object] = ()) -> Iterator[SessionRecord]:
    """The sessions that a query finds which goes on with `which`: WHERE and so on."""
    return usable(db.execute(f"{_SESSION} {which}", values), lambda row: _session_of(db, row))


def answers_about(db: sqlite3.Connection, session: int) -> Iterator[PainAnswer]:
    return usable(db.execute(f"{ANSWER} WHERE session = ?", (session,)), answer_of)


def _session_of(db: sqlite3.Connection, row: Row) -> SessionRecord:
    holds = [_titled(hold) for hold in db.execute(_HOLDS, (row["id"],))]
    runs = [_titled(run) for run in db.execute(_REPETITIONS, (row["id"],))]
    record = msgspec.convert({**_titled(row), "holds": holds, "repetitions": runs}, SessionRecord)
    if any(hold.missed_ms < 0 for hold in record.holds) or any(run.done > run.planned for run in record.repetitions):
        raise ValueError("more was done than planned")
    return record


def _titled(row: Row) -> dict[str, Any]:
    return {**row, "title": plain(row["title"])}


def answer_of(row: Row) -> PainAnswer:
    return msgspec.convert({**row, "note": plain(row["note"]), "signs": sorted(signs_of(row))}, PainAnswer)


def measure_of(row: Row) -> ReachMeasure:
    return msgspec.convert({**row}, ReachMeasure)


def slot_of(row: Row) -> tuple[str, SlotState]:
    return key_of(row["slot"]), SlotState(row["state"])


def key_of(slot: str) -> str:
    """The key of a slot; ValueError for one that no slot has."""
    at = datetime.fromisoformat(slot)
    key = Slot(day=at.date(), at=at.time()).key
    if key != slot:
        raise ValueError(key)
    return key


def signs_of(row: Row) -> frozenset[WarningSign]:
    """The signs whose columns are not 0."""
    return frozenset(sign for sign in WarningSign if row[sign])


def _text(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("the UTC offset is missing")
    return at.isoformat(timespec="milliseconds")
