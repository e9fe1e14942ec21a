"""Writes the whole history into a file, a row at a time, so that it never has to be in memory."""

import csv
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from stretchplayer.errors import StorageError
from stretchplayer.storage import messages as wording
from stretchplayer.storage.atomic_write import writing_whole
from stretchplayer.storage.history_database import FILE_NAME, empty_database, open_history, reason
from stretchplayer.storage.history_exchange import FORMAT, FORMAT_MEMBER, TABLES, Table
from stretchplayer.storage.versioned_file import local_now

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date a ZIP file can tell; a real one would make each export another file."""


def export_history(data_dir: Path, to: Path, *, now: Callable[[], datetime] = local_now) -> None:
    """Write everything that is remembered into the file, which ends in .json or .zip (`history_exchange`).

    An old file is replaced, or stays whole. StorageError when it can't be done, with a sentence.
    """
    write = {".json": _write_json, ".zip": _write_csv}.get(to.suffix.lower())
    if write is None:
        raise StorageError(f"{wording.shown(to)} must end in .json or, for tables in CSV, in .zip.")
    path = data_dir / FILE_NAME
    try:
        db = open_history(path, now=now) if path.exists() else empty_database()
        with closing(db), writing_whole(to) as file:
            db.execute("BEGIN")  # what is written meanwhile is not seen
            write(db, file)
    except OSError as error:
        raise StorageError(f"{wording.shown(to)} can't be written: {wording.reason(error)}.") from error
    except sqlite3.Error as error:
        raise StorageError(f"The history in {wording.shown(path)} can't be read: {reason(error)}.") from error


def _write_json(db: sqlite3.Connection, file: BinaryIO) -> None:
    file.write(f'{{"format": {FORMAT}'.encode())
    for table in TABLES:
        file.write(f',\n"{table.name}": ['.encode())
        between = b"\n"
        for row in db.execute(table.get):
            file.write(between + msgspec.json.encode(dict(zip(table.columns, row, strict=True))))
            between = b",\n"
        file.write(b"\n]")
    file.write(b"\n}\n")


def _write_csv(db: sqlite3.Connection, file: BinaryIO) -> None:
    with ZipFile(file, "w") as archive:
        with archive.open(_member(FORMAT_MEMBER), "w") as member:
            member.write(f"format\r\n{FORMAT}\r\n".encode())
        for table in TABLES:
            with archive.open(_member(f"{table.name}.csv"), "w", force_zip64=True) as member:
                _write_table(db, table, io.TextIOWrapper(member, encoding="utf-8", newline=""))


def _write_table(db: sqlite3.Connection, table: Table, text: io.TextIOWrapper) -> None:
    writer = csv.writer(text)
    writer.writerow(table.columns)
    writer.writerows(db.execute(table.get))
    text.flush()
    text.detach()  # or the member would be closed with it


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name, EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    info.create_system = 3  # or it would tell which system made it
    return info
