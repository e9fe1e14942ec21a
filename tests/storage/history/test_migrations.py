"""The history's tables, and how a file is brought up to date."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from stretchplayer.progress.history import RepetitionsBySide
from stretchplayer.reminders.slots import SlotState
from stretchplayer.storage.history.database import FILE_NAME, open_database, transaction
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.rows import put_session
from stretchplayer.storage.history.schema import MIGRATIONS
from tests.fakes import START
from tests.storage.history.past import record
from tests.storage.history.watched import aside, total


def test_a_dated_copy_is_made_before_a_file_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with closing(open_database(path, now=lambda: START)) as db, transaction(db):
        put_session(db, record())
    assert not aside(path)
    newer = (
        *MIGRATIONS,
        "ALTER TABLE session ADD COLUMN mood TEXT;\nCREATE TABLE extra (x) STRICT;".replace("(x)", "(x INT)"),
    )
    with closing(open_database(path, now=lambda: START, migrations=newer)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(newer),)
        assert db.execute("SELECT mood FROM session").fetchall() == [(None,)]
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    (copy,) = aside(path)
    assert copy.name == "history.backup-v4-20260302-080000.db"
    assert total(copy) == 1


def test_a_history_of_the_first_version_is_read_and_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with closing(open_database(path, now=lambda: START, migrations=MIGRATIONS[:1])) as db, transaction(db):
        db.execute("INSERT INTO plan VALUES (1, '{}')")
        moments = 3 * ("2026-03-02T08:00:00.000+01:00",)
        db.execute(
            "INSERT INTO session VALUES (7, 1, 'trio', 'Trio', ?, ?, ?, NULL, 'finished', 1.0, 3, 1, 0, 20000, 0, 0)",
            moments,
        )
        db.execute("INSERT INTO hold VALUES (7, 2, 'raise', 'Leg raise', 'left', 30000, 20000)")
        db.execute("INSERT INTO slot VALUES ('2026-03-01T20:00', 'skipped')")
    reader, ever = HistoryFileReader(tmp_path), (date.min, date.max)
    for _unused in range(2):
        assert reader.slots_settled(*ever) == {"2026-03-01T20:00": SlotState.SKIPPED}
        (session,) = reader.sessions(*ever)
        assert session.holds == (replace(record().holds[0], held_ms=20_000),)
        assert session.repetitions == ()
        assert reader.total().held.left_ms == 20_000
        open_database(path, now=lambda: START).close()


def test_repetitions_of_the_third_version_are_added_up_by_leg(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with closing(open_database(path, now=lambda: START, migrations=MIGRATIONS[:3])) as db, transaction(db):
        db.execute("INSERT INTO plan VALUES (1, '{}')")
        moments = 3 * ("2026-03-02T08:00:00.000+01:00",)
        db.execute(
            "INSERT INTO session (id, plan, routine, title, started_at, seen_at, ended_at, outcome, rate, phase, done,"
            " complete, left_ms, right_ms, both_ms, repetitions) "
            "VALUES (7, 1, 'bridge', 'Bridge', ?, ?, ?, 'finished', 1.0, 3, 1, 0, 0, 0, 0, 25)",
            moments,
        )
        for index, side, limb, done in ((1, "left", "leg", 8), (2, "right", "leg", 10), (3, "left", "arm", 7)):
            row = (7, index, f"exercise-{index}", "Exercise", side, 10, done, limb)
            db.execute("INSERT INTO repetition VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    for _unused in range(2):
        assert HistoryFileReader(tmp_path).total().repetitions == RepetitionsBySide(left=8, right=10, both=7)
        open_database(path, now=lambda: START).close()


def test_a_migration_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    open_database(path, now=lambda: START).close()
    broken = (*MIGRATIONS, "CREATE TABLE extra (x INT) STRICT;\nCREATE TABLE plan (x INT) STRICT;")
    with pytest.raises(sqlite3.Error):
        open_database(path, now=lambda: START, migrations=broken)
    assert not aside(path)
    with closing(open_database(path, now=lambda: START)) as db:
        assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'").fetchone() == (0,)


def test_all_tables_are_strict_and_refer_to_what_is_there(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / FILE_NAME, now=lambda: START)) as db:
        tables = db.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
        assert {name for name, strict in tables if not strict} <= {"sqlite_schema", "sqlite_stat1", "sqlite_sequence"}
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("INSERT INTO hold VALUES (1, 2, 'a', 'A', NULL, 3, 3, 'leg')")
