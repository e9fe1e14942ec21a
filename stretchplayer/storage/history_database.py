"""The history's file: opening it, bringing it up to date, checking it and setting it aside. Nothing of it is ever lost.

It is in WAL mode with `synchronous = FULL`: every commit is on the disk before the next thing is written, so a power
cut takes no more than the phase that was running. One commit a phase is little enough to pay for that. Where a WAL
can't be used (some network drives) SQLite keeps its usual journal, which is as safe.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from stretchplayer.errors import StorageError
from stretchplayer.storage import messages as wording
from stretchplayer.storage.history_schema import MIGRATIONS

FILE_NAME: Final = "history.db"
BUSY_MS: Final = 2_000
"""How long to wait for another process that writes."""
SMALL_BYTES: Final = 16 * 1024 * 1024
"""A file up to this size is checked before it is used, which takes some 50 ms; a larger one while it is being used."""
_BESIDE: Final = ("", "-wal", "-shm")
_SPOILT: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

log = logging.getLogger(__name__)


class DamagedError(Exception):
    """The file is no database any more."""


class NewerError(Exception):
    """The file was written by a newer version of the program."""


def is_damage(error: BaseException) -> bool:
    """Whether the error says that the file itself is spoilt, rather than that it can't be used just now."""
    if isinstance(error, DamagedError):
        return True
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and code & 0xFF in _SPOILT


def open_database(
    path: Path,
    *,
    now: Callable[[], datetime],
    busy_ms: int = BUSY_MS,
    small_bytes: int = SMALL_BYTES,
    migrations: Sequence[str] = MIGRATIONS,
) -> sqlite3.Connection:
    """Open the history for writing, made or brought up to date if need be.

    The directory is made, too. A small file is checked first; a larger one is for `check` to check. DamagedError and
    NewerError when it can't be used for good; OSError and sqlite3.Error when it can't be used just now.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=busy_ms / 1000, isolation_level=None, check_same_thread=False)
    try:
        if path.stat().st_size <= small_bytes:
            check(db)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        _migrate(db, path, now, migrations)
    except BaseException as error:
        db.close()
        if is_damage(error) and not isinstance(error, DamagedError):
            raise DamagedError(str(error)) from error
        raise
    return db


def check(db: sqlite3.Connection) -> None:
    """DamagedError when the database isn't whole. Reads the whole file: some seconds for a large one."""
    try:
        found = db.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise DamagedError(str(error)) from error
        raise
    if found != ("ok",):
        raise DamagedError(str(found))


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:  # some errors, a full disk for one, have ended it already
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def version_of(db: sqlite3.Connection) -> int:
    """How many migrations have been made."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _migrate(db: sqlite3.Connection, path: Path, now: Callable[[], datetime], migrations: Sequence[str]) -> None:
    version = version_of(db)
    if version > len(migrations):
        raise NewerError(str(version))
    if version == len(migrations):
        return
    if version:
        _back_up(db, free_name(path, f"backup-v{version}", now()))
    with transaction(db):
        # Another process may have done it meanwhile.
        for number, script in enumerate(migrations[version_of(db) :], version_of(db) + 1):
            for statement in statements(script):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")


def empty_database() -> sqlite3.Connection:
    """A history in memory that remembers nothing."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    for script in MIGRATIONS:
        db.executescript(script)
    return db


def statements(script: str) -> Iterator[str]:
    """Split a script into its statements. `executescript` won't do: it commits first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _back_up(db: sqlite3.Connection, to: Path) -> None:
    with closing(sqlite3.connect(to)) as copy:
        db.backup(copy)
    log.info("the history was copied to %s before it is brought up to date", to.name)


def free_name(path: Path, what: str, now: datetime) -> Path:
    """A dated name beside the history that nothing has: "history.damaged-20260302-080000.db"."""
    stem = f"{path.stem}.{what}-{now:%Y%m%d-%H%M%S}"
    free = path.with_name(f"{stem}{path.suffix}")
    number = 2
    while free.is_symlink() or free.exists():
        free = path.with_name(f"{stem}-{number}{path.suffix}")
        number += 1
    return free


def set_aside(path: Path, what: str, now: datetime) -> Path:
    """Rename the file, with what SQLite keeps beside it, and return its new name; OSError when it can't be."""
    aside = free_name(path, what, now)
    for ending in _BESIDE:
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    return aside


def other_files(path: Path) -> Iterator[Path]:
    """Backups and files set aside, with what lies beside them."""
    for found in path.parent.glob(f"{path.stem}.*{path.suffix}*"):
        if found.name.removeprefix(path.stem).startswith((".damaged-", ".newer-", ".backup-")):
            yield found


def open_history(path: Path, *, now: Callable[[], datetime], busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """Open the history for a command; StorageError with a sentence when it can't be."""
    where = wording.shown(path)
    try:
        return open_database(path, now=now, busy_ms=busy_ms, small_bytes=0)
    except NewerError as error:
        raise StorageError(f"The history in {where} was written by a newer version; install that one.") from error
    except DamagedError as error:
        raise StorageError(f"The history in {where} is damaged; start Stretch Player, which sets it aside.") from error
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"The history in {where} can't be used: {reason(error)}.") from error


def reason(error: Exception) -> str:
    """Why the history can't be used, in a few words for the person."""
    if isinstance(error, OSError):
        return wording.reason(error)
    code = getattr(error, "sqlite_errorcode", 0) or 0
    return {
        sqlite3.SQLITE_BUSY: "another program is using it",
        sqlite3.SQLITE_LOCKED: "another program is using it",
        sqlite3.SQLITE_FULL: "the disk is full",
        sqlite3.SQLITE_READONLY: "it may only be read",
        sqlite3.SQLITE_CANTOPEN: "it can't be opened",
        sqlite3.SQLITE_PERM: "it can't be opened",
    }.get(code & 0xFF, "the disk can't be read or written")
