"""Between the records of the history and the rows of its tables."""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from stretchplayer.figure.side import Side
from stretchplayer.progress.history import (
    HoldRecord,
    PainAnswer,
    ReachMeasure,
    SessionOutcome,
    SessionRecord,
    WarningSign,
)
from stretchplayer.reminders.slots import SlotState

SESSION: Final = """
    SELECT session.id, routine, title, started_at, seen_at, ended_at, slot, outcome, rate, phase, plan, content
    FROM session JOIN plan ON plan.id = session.plan
"""
"""To be followed by a WHERE; what `session_of` takes."""
_HOLDS: Final = """
    SELECT hold.phase, stretch, title, side, planned_ms, ifnull(held_ms, 0)
    FROM plan_hold AS hold LEFT JOIN held ON held.session = ? AND held.phase = hold.phase
    WHERE hold.plan = ? ORDER BY hold.phase
"""
ANSWER: Final = "SELECT session, given_at, back, leg, note, worse, numb, weak FROM answer"
"""To be followed by a WHERE; what `answer_of` takes."""
_PUT_SESSION: Final = """
    INSERT INTO session (id, plan, started_at, seen_at, ended_at, slot, outcome, rate, phase, short)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT count(*) FROM plan_hold WHERE plan = ?2 AND planned_ms > 0))
    ON CONFLICT (id) DO UPDATE SET
        seen_at = excluded.seen_at, ended_at = excluded.ended_at, slot = excluded.slot, outcome = excluded.outcome,
        phase = excluded.phase
"""
_PUT_HELD: Final = """
    INSERT INTO held VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET held_ms = excluded.held_ms WHERE excluded.held_ms > held_ms
"""
_PUT_ANSWER: Final = """
    INSERT INTO answer (session, day, given_at, back, leg, note, worse, numb, weak)
    SELECT id, day, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM session WHERE id = ?1
    ON CONFLICT (session) DO UPDATE SET
        given_at = excluded.given_at, back = excluded.back, leg = excluded.leg, note = excluded.note,
        worse = excluded.worse, numb = excluded.numb, weak = excluded.weak
"""


def moment(at: datetime) -> str:
    """The moment as text: "2026-03-02T08:00:00.000+01:00"."""
    return at.isoformat(timespec="milliseconds")


def put_session(db: sqlite3.Connection, record: SessionRecord) -> None:
    """Write a session as it is now, be it there already or not; what was held there grows only."""
    plan = _plan(db, record)
    ended_at = None if record.ended_at is None else moment(record.ended_at)
    started_at, seen_at = moment(record.started_at), moment(record.seen_at)
    values = (started_at, seen_at, ended_at, record.slot, record.outcome.value, float(record.rate), record.phase)
    db.execute(_PUT_SESSION, (record.id, plan, *values))
    db.executemany(_PUT_HELD, [(record.id, hold.index, hold.held_ms) for hold in record.holds if hold.held_ms])


def _plan(db: sqlite3.Connection, record: SessionRecord) -> int:
    """The number of the record's plan, which is written if it is new."""
    digest = plan_digest(record.routine, record.title, record.plan)
    found = db.execute("SELECT id FROM plan WHERE digest = ?", (digest,)).fetchone()
    if found:
        return int(found[0])
    values = (digest, record.routine, record.title, record.plan)
    number = db.execute("INSERT INTO plan (digest, routine, title, content) VALUES (?, ?, ?, ?)", values).lastrowid
    assert number is not None  # noqa: S101  An INSERT that didn't raise has one
    db.executemany(
        "INSERT INTO plan_hold VALUES (?, ?, ?, ?, ?, ?)",
        [(number, hold.index, hold.stretch, hold.title, hold.side, hold.planned_ms) for hold in record.holds],
    )
    return number


def plan_digest(routine: str, title: str, content: str) -> str:
    """What tells one plan from another."""
    return hashlib.sha256(f"{routine}\n{title}\n{content}".encode()).hexdigest()


def put_answer(db: sqlite3.Connection, answer: PainAnswer) -> None:
    """Write an answer; one about a session that isn't there is dropped."""
    signs = [int(sign in answer.signs) for sign in WarningSign]
    note = answer.note.encode("utf-8", "replace").decode()  # half of a pair, as a keyboard may send it, is no text
    row = (answer.session, moment(answer.given_at), answer.back, answer.leg, note, *signs)
    db.execute(_PUT_ANSWER, row)


def put_measure(db: sqlite3.Connection, measure: ReachMeasure) -> None:
    """Write a measure in place of the day's."""
    db.execute("INSERT OR REPLACE INTO measure VALUES (?, ?)", (measure.day.isoformat(), float(measure.cm)))


def forget_measure(db: sqlite3.Connection, day: date) -> None:
    """Delete the day's measure."""
    db.execute("DELETE FROM measure WHERE day = ?", (day.isoformat(),))


def put_slots(db: sqlite3.Connection, states: Mapping[str, SlotState]) -> None:
    """Write what became of slots, in place of what was known."""
    db.executemany("INSERT OR REPLACE INTO slot VALUES (?, ?)", [(slot, str(state)) for slot, state in states.items()])


Row = tuple[object, ...]


def session_of(db: sqlite3.Connection, row: Row) -> SessionRecord:
    """The session of a row of `SESSION`, with its holds."""
    number, routine, title, started_at, seen_at, ended_at, slot, outcome, rate, phase, plan, content = row
    return SessionRecord(
        id=int(str(number)),
        routine=str(routine),
        title=str(title),
        plan=str(content),
        started_at=datetime.fromisoformat(str(started_at)),
        seen_at=datetime.fromisoformat(str(seen_at)),
        ended_at=None if ended_at is None else datetime.fromisoformat(str(ended_at)),
        slot=None if slot is None else str(slot),
        outcome=SessionOutcome(str(outcome)),
        rate=float(str(rate)),
        phase=int(str(phase)),
        holds=tuple(holds_of(db, number, plan)),
    )


def holds_of(db: sqlite3.Connection, session: object, plan: object) -> Iterator[HoldRecord]:
    """The holds of a session's plan, held or not."""
    for index, stretch, title, side, planned_ms, held_ms in db.execute(_HOLDS, (session, plan)):
        side_of = None if side is None else Side(side)
        yield HoldRecord(
            index=index, stretch=stretch, title=title, side=side_of, planned_ms=planned_ms, held_ms=held_ms
        )


def signs_of(*flags: object) -> frozenset[WarningSign]:
    """The signs whose columns (`worse`, `numb`, `weak`) are not 0."""
    return frozenset(sign for sign, flag in zip(WarningSign, flags, strict=True) if flag)


def answer_of(row: Row) -> PainAnswer:
    """The answer of a row of `ANSWER`."""
    session, given_at, back, leg, note, *signs = row
    return PainAnswer(
        session=int(str(session)),
        given_at=datetime.fromisoformat(str(given_at)),
        back=back if isinstance(back, int) else None,
        leg=leg if isinstance(leg, int) else None,
        note=str(note),
        signs=signs_of(*signs),
    )
