"""The history's file: opening, checking, migrating it and setting it aside. Nothing is ever deleted.

It is in WAL mode with `synchronous = FULL`: every commit is on the disk before the next thing is written, so a power
cut loses no more than the phase that was running. One commit a phase is a small price for that. Where a WAL
can't be used (some network drives) SQLite keeps its usual journal, which is as safe.
"""

import logging
import os
import re
import sqlite3
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.storage import directories, messages
from stretchplayer.storage.atomic_write import free_name, patiently
from stretchplayer.storage.history.schema import MIGRATIONS

FILE_NAME: Final = "history.db"
BUSY_MS: Final = 2_000
_PARTS: Final = ("", "-wal", "-shm", "-journal")
_CORRUPT: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_ONE_ROW: Final = re.compile(r"value in|CHECK constraint failed")
"""What `integrity_check` reports about a single row; readers skip such rows."""
_AN_INDEX: Final = re.compile(r"\bindex\b")
"""What it reports about an index, which can be rebuilt."""

log = logging.getLogger(__name__)


class DamagedError(Exception):
    """The file isn't a history of this program, or is damaged."""


class NewerError(Exception):
    """The file was written by a newer version of the program."""


def _passing_reasons() -> dict[int, str]:
    """Temporary reasons why the file can't be used. Any other error on opening means that it is damaged."""
    busy, closed = _("another program is using it"), _("it can't be opened")
    return {
        sqlite3.SQLITE_BUSY: busy,
        sqlite3.SQLITE_LOCKED: busy,
        sqlite3.SQLITE_PROTOCOL: busy,
        sqlite3.SQLITE_FULL: _("the disk is full"),
        sqlite3.SQLITE_READONLY: _("it is read-only"),
        sqlite3.SQLITE_CANTOPEN: closed,
        sqlite3.SQLITE_PERM: closed,
        sqlite3.SQLITE_IOERR: _("the disk can't be read or written"),
        sqlite3.SQLITE_NOMEM: _("there is not enough memory"),
    }


def is_passing(error: BaseException) -> bool:
    return isinstance(error, OSError | MemoryError) or _code_of(error) in _passing_reasons()


def is_corrupt(error: BaseException) -> bool:
    """Whether the file is damaged; SQLite quotes what it finds, which may not be valid text."""
    return isinstance(error, UnicodeDecodeError) or _code_of(error) in _CORRUPT


def reason(error: BaseException) -> str:
    if isinstance(error, OSError):
        return messages.reason(error)
    return _passing_reasons().get(_code_of(error), _("it is damaged"))


def _code_of(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def connect(path: Path | str, *, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """Connect in autocommit mode, with named columns and undecodable text replaced; `path` may be a `file:` URI."""
    db = sqlite3.connect(
        path, timeout=busy_ms / 1000, isolation_level=None, check_same_thread=False, uri=str(path).startswith("file:")
    )
    db.row_factory = sqlite3.Row
    db.text_factory = lambda text: text.decode("utf-8", "replace")
    return db


def open_database(
    path: Path, *, now: Callable[[], datetime], busy_ms: int = BUSY_MS, migrations: Sequence[str] = MIGRATIONS
) -> sqlite3.Connection:
    """Open the history for writing, private to its owner; create or migrate it if need be.

    DamagedError and NewerError mean that it can't be used at all; OSError and sqlite3.Error, not at the moment.
    """
    directories.make_data_dir(path.parent)
    require_regular(path)
    _make_private(path)
    db = connect(path, busy_ms=busy_ms)
    try:
        try:
            _require_ours(db, migrations)
            _require_writable(db, path)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if is_passing(error):
                raise
            raise DamagedError(str(error)) from error
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        _migrate(db, path, now, migrations)
    except BaseException:
        db.close()
        raise
    return db


def require_regular(path: Path) -> None:
    """Raise DamagedError for a folder or a device in place of a file, and for a pipe, on which SQLite would wait."""
    if any(map(_is_irregular, _parts(path))):
        raise DamagedError("it is no file")


def _is_irregular(path: Path) -> bool:
    """Whether something is there that is no file. It is looked at once: SQLite deletes files when others close them."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


@lru_cache(maxsize=4)
def _parts(path: Path) -> Sequence[Path]:
    """The file and those that SQLite keeps beside it."""
    return [path.with_name(path.name + ending) for ending in _PARTS]


def open_history(path: Path, *, now: Callable[[], datetime], busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """Open the history for a command; StorageError when that fails."""
    where = messages.shown(path)
    try:
        return open_database(path, now=now, busy_ms=busy_ms)
    except NewerError as error:
        raise StorageError(newer(path)) from error
    except (DamagedError, UnicodeDecodeError) as error:
        damaged = _("The history in {where} is damaged; start Stretch Player, which sets it aside.")
        raise StorageError(damaged.format(where=where)) from error
    except (OSError, sqlite3.Error) as error:
        unusable = _("The history in {where} can't be used: {why}.")
        raise StorageError(unusable.format(where=where, why=reason(error))) from error


def newer(path: Path) -> str:
    sentence = _("The history in {where} was written by a newer version; install that one.")
    return sentence.format(where=messages.shown(path))


def _make_private(path: Path) -> None:
    """SQLite gives its side files the same permissions."""
    path.touch(mode=0o600)
    for part in _parts(path):
        with suppress(OSError):
            part.chmod(0o600)


def _require_ours(db: sqlite3.Connection, migrations: Sequence[str]) -> None:
    db.execute("BEGIN")  # a snapshot, unaffected by other programs
    found = [problem for (problem,) in db.execute("PRAGMA integrity_check(1000)") if problem != "ok"]
    if not all(_ONE_ROW.search(problem) or _AN_INDEX.search(problem) for problem in found):
        raise DamagedError("; ".join(found[:10]))
    require_tables(db, migrations)
    db.execute("COMMIT")
    if found:
        log.info("damage of the history was found: %s", "; ".join(found[:10]))
        db.execute("REINDEX")


def _require_writable(db: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedError for a file that says of itself that it may only be read; the system's word is told later."""
    try:
        db.execute("BEGIN IMMEDIATE")
        try:
            db.execute(f"PRAGMA user_version = {version_of(db)}")
        finally:
            db.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        if _code_of(error) == sqlite3.SQLITE_READONLY and may_write:
            raise DamagedError(str(error)) from error


def require_tables(db: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Raise DamagedError or NewerError unless the file has the tables that its version has."""
    version = version_of(db)
    if version > len(migrations):
        raise NewerError(str(version))
    with closing(empty_database(migrations[: max(version, 0)])) as ours:
        if version < 0 or _tables_of(db) != _tables_of(ours):
            raise DamagedError(f"it has other tables than version {version}")


def _tables_of(db: sqlite3.Connection) -> list[object]:
    return db.execute(
        "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY 1"
    ).fetchall()


def version_of(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _migrate(db: sqlite3.Connection, path: Path, now: Callable[[], datetime], migrations: Sequence[str]) -> None:
    version = version_of(db)
    if version == len(migrations):
        return
    copy = free_name(path, f"backup-v{version}", now())
    try:
        if version:
            _make_private(copy)
            with closing(sqlite3.connect(copy)) as to:
                db.backup(to)
            log.info("the history was copied to %s before it is brought up to date", copy.name)
        with transaction(db):
            # Another process may have migrated it in the meantime.
            for number, script in enumerate(migrations[version_of(db) :], version_of(db) + 1):
                for statement in statements(script):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number}")
    except BaseException:
        copy.unlink(missing_ok=True)  # otherwise every attempt would leave another
        raise


def empty_database(migrations: Sequence[str] = MIGRATIONS) -> sqlite3.Connection:
    db = connect(":memory:")
    for script in migrations:
        db.executescript(script)
    return db


def copy_migrated(db: sqlite3.Connection, to: sqlite3.Connection, migrations: Sequence[str]) -> None:
    """Copy what an older file has, and bring the copy up to date."""
    db.backup(to)
    for script in migrations[version_of(to) :]:
        to.executescript(script)


def statements(script: str) -> Iterator[str]:
    """Split a script into its statements. `executescript` won't do: it commits first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:  # some errors, a full disk for instance, have rolled back already
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def set_aside(path: Path, what: str, now: datetime) -> Path:
    """Rename the file and SQLite's side files, and return the new name; OSError when that fails."""
    aside = free_name(path, what, now)
    for part, new in zip(_parts(path), _parts(aside), strict=True):
        if part.exists():
            patiently(partial(part.rename, new))
    return aside


def other_files(path: Path) -> Iterator[Path]:
    """Backups and files set aside, with their side files."""
    for found in path.parent.glob(f"{path.stem}.*"):
        if found.name.removeprefix(path.stem).startswith((".damaged-", ".newer-", ".backup-", ".before-import-")):
            yield found
