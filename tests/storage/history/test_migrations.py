"""The history's tables, and how a file is brought up to date."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from stretchplayer.storage.history.database import FILE_NAME, connect, open_database, transaction, version_of
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
        db.row_factory = None
        assert db.execute("PRAGMA user_version").fetchone() == (len(newer),)
        assert db.execute("SELECT mood FROM session").fetchall() == [(None,)]
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    (copy,) = aside(path)
    assert copy.name == "history.backup-v1-20260302-080000.db"
    assert total(copy) == 1


def test_a_history_of_an_older_version_is_read_without_being_touched(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with closing(open_database(path, now=lambda: START)) as db, transaction(db):
        put_session(db, record())
    second = "DELETE FROM hold;\nUPDATE session SET left_ms = 5;"  # so that it shows when it has run
    reader, ever = HistoryFileReader(tmp_path, migrations=(*MIGRATIONS, second)), (date.min, date.max)
    (session,) = reader.sessions(*ever)
    assert session.holds == ()
    assert reader.total().held_ms.left == 5
    with closing(connect(path)) as db:
        assert version_of(db) == len(MIGRATIONS)
    (session,) = HistoryFileReader(tmp_path).sessions(*ever)
    assert session.holds == record().holds


def test_a_migration_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    open_database(path, now=lambda: START).close()
    broken = (*MIGRATIONS, "CREATE TABLE extra (x INT) STRICT;\nCREATE TABLE plan (x INT) STRICT;")
    with pytest.raises(sqlite3.Error):
        open_database(path, now=lambda: START, migrations=broken)
    assert not aside(path)
    with closing(open_database(path, now=lambda: START)) as db:
        assert not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'extra'").fetchall()


def test_all_tables_are_strict_and_refer_to_what_is_there(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / FILE_NAME, now=lambda: START)) as db:
        tables = db.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
        assert {name for name, strict in tables if not strict} <= {"sqlite_schema", "sqlite_stat1", "sqlite_sequence"}
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("INSERT INTO hold VALUES (1, 2, 'a', 'A', NULL, 3, 3, 'leg')")
