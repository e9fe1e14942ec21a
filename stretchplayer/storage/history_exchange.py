"""The history as other programs can read it, format 1: what an export contains and an import takes.

An export has seven tables, in this order: `plans`, `plan_holds`, `sessions`, `holds`, `answers`, `measures`, `slots`. A
file that ends in .json is one object with `"format": 1` and then each table as a list of objects, a row on each line. A
file that ends in .zip has a CSV file (UTF-8, with a header, lines end in CR LF) for each table, and `format.csv`.
Nothing is an empty field in CSV and null in JSON. Moments are ISO 8601 with milliseconds and UTC offset, days ISO 8601.

- plans: `id`; `routine` and `title`, its id and name; `plan`, the whole plan as JSON in a text.
- plan_holds: `plan`; `phase`, the hold's place in it; `stretch` (its id), `title`; `side`, left or right or nothing;
  `planned_ms`.
- sessions: `id`, `plan`; `started_at`, `seen_at` (when it was last known to be played), `ended_at`; `slot`, date and
  time of the reminder it was done for; `outcome`; `rate`, other than 1 in a rehearsal; `phase`, the place reached.
- holds: `session`, `phase`, `held_ms`; beside them, for readers, what `plan_holds` says of the hold.
- answers: `session`, `given_at`; pain of `back` and `leg` from 0 to 10; `note`; `worse`, `numb`, `weak`: 1 if reported.
- measures: `day`; `cm` from the fingertips to the floor.
- slots: `slot`, date and time of a reminder for which nothing was done; `state`, skipped, missed or paused.

The same history always makes the same bytes.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from stretchplayer.progress.history import LARGEST_ID
from stretchplayer.storage.history_rows import moment

FORMAT: Final = 1
FORMAT_MEMBER: Final = "format.csv"
Value = str | int | float | None


def _text(value: object) -> Value:
    if not isinstance(value, str):
        raise ValueError("is no text")  # noqa: TRY004  The value is wrong, not the program
    return value


def _whole(value: object) -> Value:
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_ID:
        raise ValueError("is no whole number")
    return value


def _number(value: object) -> Value:
    if isinstance(value, bool) or not isinstance(value, str | int | float) or not math.isfinite(float(value)):
        raise ValueError("is no number")
    return float(value)


def _moment(value: object) -> Value:
    at = datetime.fromisoformat(str(value))
    if at.tzinfo is None:
        raise ValueError("has no UTC offset")
    return moment(at)


def _day(value: object) -> Value:
    return date.fromisoformat(str(value)).isoformat()


def _slot(value: object) -> Value:
    return f"{datetime.fromisoformat(str(value)):%Y-%m-%dT%H:%M}"


def _or_nothing(kind: Callable[[object], Value]) -> Callable[[object], Value]:
    return lambda value: None if value is None or value == "" else kind(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of an export: its columns with what makes a value of one, and how its rows are got and put.

    `put` takes the values of the columns by their names; columns it doesn't name are for readers only.
    """

    name: str
    columns: dict[str, Callable[[object], Value]]
    get: str
    put: str


TABLES: Final = (
    Table(
        name="plans",
        columns={"id": _whole, "routine": _text, "title": _text, "plan": _text},
        get="SELECT id, routine, title, content FROM plan ORDER BY id",
        put="INSERT INTO plan VALUES (:id, plan_digest(:routine, :title, :plan), :routine, :title, :plan)",
    ),
    Table(
        name="plan_holds",
        columns={
            "plan": _whole, "phase": _whole, "stretch": _text, "title": _text, "side": _or_nothing(_text),
            "planned_ms": _whole,
        },
        get="SELECT plan, phase, stretch, title, side, planned_ms FROM plan_hold ORDER BY plan, phase",
        put="INSERT INTO plan_hold VALUES (:plan, :phase, :stretch, :title, :side, :planned_ms)",
    ),
    Table(
        name="sessions",
        columns={
            "id": _whole, "plan": _whole, "started_at": _moment, "seen_at": _moment, "ended_at": _or_nothing(_moment),
            "slot": _or_nothing(_text), "outcome": _text, "rate": _number, "phase": _whole,
        },
        get="SELECT id, plan, started_at, seen_at, ended_at, slot, outcome, rate, phase FROM session ORDER BY id",
        put="""INSERT INTO session (id, plan, started_at, seen_at, ended_at, slot, outcome, rate, phase, short)
            VALUES (:id, :plan, :started_at, :seen_at, :ended_at, :slot, :outcome, :rate, :phase,
                (SELECT count(*) FROM plan_hold WHERE plan = :plan AND planned_ms > 0))""",
    ),
    Table(
        name="holds",
        columns={
            "session": _whole, "phase": _whole, "stretch": _text, "title": _text, "side": _or_nothing(_text),
            "planned_ms": _whole, "held_ms": _whole,
        },
        get="""SELECT session.id, hold.phase, stretch, title, side, planned_ms, ifnull(held_ms, 0)
            FROM session CROSS JOIN plan_hold AS hold ON hold.plan = session.plan
                LEFT JOIN held ON held.session = session.id AND held.phase = hold.phase
            ORDER BY session.id, hold.phase""",
        put="INSERT INTO held SELECT :session, :phase, :held_ms WHERE :held_ms > 0",
    ),
    Table(
        name="answers",
        columns={
            "session": _whole, "given_at": _moment, "back": _or_nothing(_whole), "leg": _or_nothing(_whole),
            "note": _text, "worse": _whole, "numb": _whole, "weak": _whole,
        },
        get="SELECT session, given_at, back, leg, note, worse, numb, weak FROM answer ORDER BY session",
        put="""INSERT INTO answer (session, day, given_at, back, leg, note, worse, numb, weak)
            VALUES (:session, (SELECT day FROM session WHERE id = :session), :given_at, :back, :leg, :note,
                :worse, :numb, :weak)""",
    ),
    Table(
        name="measures",
        columns={"day": _day, "cm": _number},
        get="SELECT day, cm FROM measure ORDER BY day",
        put="INSERT INTO measure VALUES (:day, :cm)",
    ),
    Table(
        name="slots",
        columns={"slot": _slot, "state": _text},
        get="SELECT slot, state FROM slot ORDER BY slot",
        put="INSERT OR REPLACE INTO slot VALUES (:slot, :state)",
    ),
)  # fmt: skip
CHECKS: Final = {
    "SELECT count(*) FROM held JOIN session ON session.id = held.session "
    "LEFT JOIN plan_hold AS hold ON hold.plan = session.plan AND hold.phase = held.phase "
    "WHERE hold.phase IS NULL OR held_ms > planned_ms": "a hold was held longer than planned or was never planned",
    "SELECT count(*) FROM pragma_foreign_key_check": "something belongs to nothing",
}
"""Queries that count what no history can have, and what that is."""
