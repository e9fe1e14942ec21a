"""Export and import of the history.

A file that ends in .json is one object, format 1, that lists everything, a thing on each line:

- `plans`: whole plans, each as JSON in a text.
- `sessions`: as `progress.history.SessionRecord`, but `plan` is the number of the plan in `plans`, from "0" on.
- `answers`: as `PainAnswer`; `measures`: as `ReachMeasure`; `slots`: a reminder's date and time, and what became of it.

A file that ends in .zip has the same as history.json, and tables for spreadsheets: CSV in UTF-8 with a header. An
import reads the JSON of either. Moments are ISO 8601 with UTC offset, days ISO 8601. The same history always gives the
same bytes.
"""

import csv
import io
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.progress.history import PainAnswer, ReachMeasure, SessionRecord
from stretchplayer.reminders.slots import SlotState
from stretchplayer.storage import messages
from stretchplayer.storage.atomic_write import writing_whole
from stretchplayer.storage.history import rows
from stretchplayer.storage.history.database import FILE_NAME, empty_database, open_history, reason, transaction
from stretchplayer.storage.versioned_file import local_now

FORMAT: Final = 1
LARGEST_BYTES: Final = 1 << 27
"""Of an import, unpacked: the history of a hundred years has less."""
_JSON_MEMBER: Final = "history.json"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date in a ZIP file; real ones would make every export different."""

log = logging.getLogger(__name__)


class _Format(msgspec.Struct):
    format: int = 0


class _Export(msgspec.Struct):
    plans: list[str]
    sessions: list[SessionRecord]
    answers: list[PainAnswer]
    measures: list[ReachMeasure]
    slots: list[tuple[str, SlotState]]


def export_history(data_dir: Path, to: Path, *, now: Callable[[], datetime] = local_now) -> None:
    """Write the whole history to a file that ends in .json or .zip.

    An old file is replaced atomically. StorageError when that fails.
    """
    write = {".json": _write_json, ".zip": _write_zip}.get(to.suffix.lower())
    if write is None:
        raise _refused(to, _("{file} must end in .json or, for tables in CSV, in .zip."))
    path = data_dir / FILE_NAME
    try:
        db = open_history(path, now=now) if path.exists() else empty_database()
        with closing(db), writing_whole(to) as file:
            db.execute("BEGIN")  # a snapshot, unaffected by other programs
            write(db, file)
    except OSError as error:
        raise _refused(to, _("{file} can't be written: {why}."), why=messages.reason(error)) from error
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _refused(path, _("The history in {file} can't be read: {why}."), why=reason(error)) from error


def _things(db: sqlite3.Connection) -> Iterator[tuple[str, Iterable[Any]]]:
    """The lists of an export; each has to be read before the next."""
    plans = [content for (content,) in db.execute("SELECT content FROM plan ORDER BY content")]
    numbers = {content: str(number) for number, content in enumerate(plans)}
    sessions = rows.usable(db.execute(f"{rows.SESSION} ORDER BY session.id"), lambda row: rows.session_of(db, row))
    yield "plans", plans
    yield "sessions", (replace(record, plan=numbers[record.plan]) for record in sessions)
    yield "answers", rows.usable(db.execute(f"{rows.ANSWER} ORDER BY session"), rows.answer_of)
    yield "measures", rows.usable(db.execute("SELECT day, cm FROM measure ORDER BY day"), rows.measure_of)
    yield "slots", rows.usable(db.execute("SELECT slot, state FROM slot ORDER BY slot"), rows.slot_of)


def _write_json(db: sqlite3.Connection, file: BinaryIO) -> None:
    file.write(f'{{"format": {FORMAT}'.encode())
    for name, things in _things(db):
        file.write(f',\n"{name}": ['.encode())
        for number, thing in enumerate(things):
            file.write(b",\n" if number else b"\n")
            file.write(msgspec.json.encode(thing, order="deterministic"))
        file.write(b"\n]")
    file.write(b"\n}\n")


_CSV: Final = {
    "sessions": """SELECT id, routine, title, started_at, ended_at, slot, outcome, rate, left_ms, right_ms, both_ms
        FROM session ORDER BY id""",
    "holds": """SELECT session, started_at, hold.phase, stretch, hold.title, side, planned_ms, held_ms
        FROM hold JOIN session ON id = session ORDER BY session, hold.phase""",
    "answers": f"{rows.ANSWER} ORDER BY session",
    "measures": "SELECT day, cm FROM measure ORDER BY day",
    "slots": "SELECT slot, state FROM slot ORDER BY slot",
}


def _write_zip(db: sqlite3.Connection, file: BinaryIO) -> None:
    with ZipFile(file, "w") as archive:
        for name, query in _CSV.items():
            with _member(archive, f"{name}.csv") as member, io.TextIOWrapper(member, "utf-8", newline="") as text:
                found = db.execute(query)
                writer = csv.writer(text)
                writer.writerow(column[0] for column in found.description)
                writer.writerows(found)
        with _member(archive, _JSON_MEMBER) as member:
            _write_json(db, member)


def _member(archive: ZipFile, name: str) -> BinaryIO:
    info = ZipInfo(name, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    info.create_system = 3  # otherwise it depends on the system
    return archive.open(info, "w", force_zip64=True)  # type: ignore[return-value]  # it is one


class _NotOursError(Exception):
    """The file isn't an export; the text says why."""


def import_history(data_dir: Path, source: Path, *, now: Callable[[], datetime] = local_now) -> int:
    """Import an export into an empty history; return the number of sessions.

    StorageError, with nothing changed, when there is a history already, when the file can't be read or isn't an export,
    or when the history can't be written.
    """
    path = data_dir / FILE_NAME
    if source.suffix.lower() not in {".json", ".zip"}:
        raise _refused(source, _("{file} must end in .json or .zip, as exports do."))
    if not source.is_file():
        raise _refused(source, _("{file} can't be read: there is no such file; check the name."))
    with closing(open_history(path, now=now)) as db:
        try:
            _require_empty(db, path)
            export = _read(source)
            with transaction(db):
                _require_empty(db, path)
                _put(db, export)
        except OSError as error:
            raise _refused(source, _("{file} can't be read: {why}."), why=messages.reason(error)) from error
        except _NotOursError as error:
            raise _refused(
                source, _("{file} is not a whole export of Stretch Player: {why}."), why=str(error)
            ) from error
        except sqlite3.Error as error:
            raise _refused(path, _("The history in {file} can't be written: {why}."), why=reason(error)) from error
    return len(export.sessions)


def _refused(file: Path, sentence: str, **words: str) -> StorageError:
    return StorageError(sentence.format(file=messages.shown(file), **words))


def _require_empty(db: sqlite3.Connection, path: Path) -> None:
    if any(db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in ("session", "measure")):  # noqa: S608
        raise _refused(path, _("There is a history in {file} already; import into another directory (--data-dir DIR)."))


def _read(source: Path) -> _Export:
    try:
        return _decoded(_content_of(source))
    except (_NotOursError, OSError):
        raise
    except msgspec.ValidationError as error:
        why = messages.shown(str(error)[:200])
        if "matching regex" in str(error):
            why = _("a text has line breaks or control characters, or can't be seen")
        raise _NotOursError(_("its content is not that of an export ({why})").format(why=why)) from error
    except Exception as error:  # the readers of ZIP and JSON have a dozen kinds
        log.info("an export can't be read: %r", error)
        raise _NotOursError(_("it is damaged or cut short")) from error


def _decoded(data: bytes) -> _Export:
    found = msgspec.json.decode(data, type=_Format).format
    if found > FORMAT:
        raise _NotOursError(_("it was written by a newer version, so install that one"))
    if found != FORMAT:
        raise _NotOursError(_("it does not say its format"))
    return msgspec.json.decode(data, type=_Export)


def _content_of(source: Path) -> bytes:
    if source.suffix.lower() == ".json":
        _require_size(source.stat().st_size)
        return source.read_bytes()
    with ZipFile(source) as archive:
        if _JSON_MEMBER not in archive.namelist():
            raise _NotOursError(_("{file} is missing").format(file=_JSON_MEMBER))
        _require_size(archive.getinfo(_JSON_MEMBER).file_size)  # no more than that is ever unpacked
        return archive.read(_JSON_MEMBER)


def _require_size(size: int) -> None:
    if size > LARGEST_BYTES:
        raise _NotOursError(_("it is larger than {size} MiB").format(size=LARGEST_BYTES >> 20))


def _put(db: sqlite3.Connection, export: _Export) -> None:
    try:
        for record in export.sessions:
            rows.put_session(db, replace(record, plan=export.plans[int(record.plan)]))
        for answer in export.answers:
            rows.put_answer(db, answer)
        for measure in export.measures:
            rows.put_measure(db, measure)
        rows.put_slots(db, dict(export.slots))
    except (sqlite3.IntegrityError, ValueError, IndexError, OverflowError) as error:
        raise _NotOursError(_("it has values that can't be")) from error
    for table, things in (("session", export.sessions), ("answer", export.answers), ("measure", export.measures)):
        if db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] != len(things):  # noqa: S608  Names of our own
            raise _NotOursError(_("something in it is there twice or belongs to nothing"))
