"""Reads an export into an empty program: all of it or nothing."""

import csv
import io
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from stretchplayer.errors import StorageError
from stretchplayer.storage import messages as wording
from stretchplayer.storage.history_database import FILE_NAME, open_history, reason, transaction
from stretchplayer.storage.history_exchange import CHECKS, FORMAT, FORMAT_MEMBER, TABLES, Table, Value
from stretchplayer.storage.history_rows import plan_digest
from stretchplayer.storage.json_stream import JsonStream
from stretchplayer.storage.versioned_file import local_now

LONGEST_FIELD: Final = 1 << 24
"""Characters. A plan is a long text, and the library's limit is meant for shorter ones."""
_Rows = Iterable[Mapping[str, object]]


class _NotOursError(Exception):
    """The file is no export; the text says why."""


def import_history(data_dir: Path, source: Path, *, now: Callable[[], datetime] = local_now) -> int:
    """Take over a whole export into a program that remembers nothing yet; how many sessions there are now.

    StorageError, with a sentence, when something is remembered already, when the file can't be read or isn't an export,
    and when the history can't be written; then nothing has changed.
    """
    read = {".json": _import_json, ".zip": _import_csv}.get(source.suffix.lower())
    if read is None:
        raise StorageError(f"{wording.shown(source)} must end in .json or .zip, as exports do.")
    path = data_dir / FILE_NAME
    if not source.is_file():
        raise StorageError(f"{wording.shown(source)} can't be read: there is no such file; check the name.")
    with closing(open_history(path, now=now)) as db:
        db.create_function("plan_digest", 3, plan_digest, deterministic=True)
        try:
            with transaction(db):
                _require_empty(db, path)
                read(db, source)
                _check(db)
                return int(db.execute("SELECT count(*) FROM session").fetchone()[0])
        except OSError as error:
            raise StorageError(f"{wording.shown(source)} can't be read: {wording.reason(error)}.") from error
        except sqlite3.IntegrityError as error:
            raise _not_ours(source, "something in it is there twice or can't be") from error
        except (_NotOursError, BadZipFile, ValueError, csv.Error) as error:
            raise _not_ours(source, error) from error
        except sqlite3.Error as error:
            raise StorageError(f"The history in {wording.shown(path)} can't be written: {reason(error)}.") from error


def _not_ours(source: Path, why: object) -> StorageError:
    return StorageError(f"{wording.shown(source)} is not a whole export of Stretch Player: {why}.")


def _require_empty(db: sqlite3.Connection, path: Path) -> None:
    if any(db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in ("session", "measure")):  # noqa: S608
        raise StorageError(
            f"There is a history in {wording.shown(path)} already; import into another directory (--data-dir DIR)."
        )


def _check(db: sqlite3.Connection) -> None:
    for query, what in CHECKS.items():
        if db.execute(query).fetchone()[0]:
            raise _NotOursError(what)


def _require_format(found: object) -> None:
    if isinstance(found, int) and found > FORMAT:
        raise _NotOursError("it was written by a newer version, so install that one")
    if found != FORMAT:
        raise _NotOursError("it does not say its format")


def _put(db: sqlite3.Connection, table: Table, rows: _Rows) -> None:
    db.executemany(table.put, (_row(table, number, row) for number, row in enumerate(rows, 1)))


def _row(table: Table, number: int, row: Mapping[str, object]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for column, kind in table.columns.items():
        try:
            values[column] = kind(row[column])
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            raise _NotOursError(f"row {number} of {table.name} has no usable {column}") from error
    return values


def _import_json(db: sqlite3.Connection, source: Path) -> None:
    with source.open(encoding="utf-8") as file:
        stream = JsonStream(file)
        members = stream.members()
        if next(members, None) != "format":
            raise _NotOursError("it does not say its format")
        _require_format(stream.value())
        for table in TABLES:
            if next(members, None) != table.name:
                raise _NotOursError(f"{table.name} are missing")
            _put(db, table, _objects(stream))
        if next(members, None) is not None:
            raise _NotOursError("there is more in it than an export has")


def _objects(stream: JsonStream) -> _Rows:
    for each in stream.elements():
        yield each if isinstance(each, dict) else {}


def _import_csv(db: sqlite3.Connection, source: Path) -> None:
    csv.field_size_limit(LONGEST_FIELD)
    with ZipFile(source) as archive:
        _require_format(next((int(row["format"]) for row in _lines(archive, FORMAT_MEMBER)), None))
        for table in TABLES:
            _put(db, table, _lines(archive, f"{table.name}.csv"))


def _lines(archive: ZipFile, name: str) -> Iterator[Mapping[str, str]]:
    try:
        member = archive.open(name)
    except KeyError as error:
        raise _NotOursError(f"{name} is missing") from error
    with member, io.TextIOWrapper(member, encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text, strict=True)
