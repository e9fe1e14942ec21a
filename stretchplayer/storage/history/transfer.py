"""Export and import of the history.

A file that ends in .json is one object, format 1, that lists everything, a thing on each line:

- `plans`: whole plans, each as JSON in a text.
- `sessions`: as `progress.history.SessionRecord`, but `plan` is the number of the plan in `plans`, from "0" on.
- `answers`: as `PainAnswer`; `measures`: as `ReachMeasure`; `slots`: a reminder's date and time, and what became of it.

A file that ends in .zip has everything of the program: the same as history.json, settings.json, which has the reminder
times too, the person's own routines/*.toml and poses/*.toml, a manifest.json that says the format, and, for
spreadsheets, tables in CSV (UTF-8 with a header). Moments are ISO 8601 with UTC offset, days ISO 8601. The same data
always give the same bytes.
"""

import csv
import io
import logging
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import msgspec
from msgspec import Meta

from stretchplayer import __version__
from stretchplayer.errors import StorageError, plain
from stretchplayer.i18n import _
from stretchplayer.progress.history import PainAnswer, ReachMeasure, SessionOutcome, SessionRecord
from stretchplayer.reminders.slots import SlotState
from stretchplayer.settings import Settings
from stretchplayer.storage import messages
from stretchplayer.storage.atomic_write import writing_whole
from stretchplayer.storage.history import rows
from stretchplayer.storage.history.database import FILE_NAME, empty_database, open_history, reason
from stretchplayer.storage.poses.pose_file import name_of_file, parse_pose
from stretchplayer.storage.poses.pose_folder import OWN_DIR as POSES
from stretchplayer.storage.routines.routine_file import id_of_file, parse_routine
from stretchplayer.storage.routines.routine_folder import OWN_DIR as ROUTINES
from stretchplayer.storage.settings import FILE_NAME as SETTINGS_NAME
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.storage.toml_file import files_in
from stretchplayer.storage.versioned_file import MAX_BYTES, local_now

FORMAT: Final = 1
LARGEST_BYTES: Final = 16 << 20
"""Of an import, unpacked: the history of twenty years has less, and whatever it has, it is read in 200 MB of memory."""
LARGEST_ZIP_BYTES: Final = 8 << 20
_JSON_MEMBER: Final = "history.json"
_MANIFEST: Final = "manifest.json"
_FOLDERS: Final = (ROUTINES, POSES)
_OWN_FILE: Final = rf"({ROUTINES}|{POSES})/[^./\\:*?\"<>|][^/\\:*?\"<>|]*\.toml"
LONGEST_NAME: Final = 200
"""In bytes."""
MOST_MEMBERS: Final = 1_000
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date in a ZIP file; real ones would make every export different."""

log = logging.getLogger(__name__)


class _Format(msgspec.Struct):
    format: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an import added: ids of sessions and of sessions with answers, days, keys of slots, and names of files."""

    sessions: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    measures: tuple[date, ...] = ()
    slots: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return len(self.sessions) + len(self.answers) + len(self.measures) + len(self.slots) + len(self.files)


class _Manifest(msgspec.Struct, kw_only=True):
    format: int
    program: str = __version__
    undo: Changes | None = None


class Export(msgspec.Struct):
    plans: list[Annotated[str, Meta(min_length=12)]]
    sessions: list[SessionRecord]
    answers: list[PainAnswer]
    measures: list[ReachMeasure]
    slots: list[tuple[Annotated[str, Meta(min_length=16, max_length=16)], SlotState]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What the export called `name` has: own routines and poses by their names in it, and more.

    `undo` is there if it is the copy that was made before an import.
    """

    name: str
    history: Export
    settings: Settings | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    undo: Changes | None = None


def export_history(
    data_dir: Path, to: Path, *, now: Callable[[], datetime] = local_now, undo: Changes | None = None
) -> None:
    """Write the history to a file that ends in .json, or everything to one that ends in .zip.

    An old file is replaced atomically. `undo` makes it the copy before an import. StorageError when that fails.
    """
    writers: Mapping[str, Callable[[sqlite3.Connection, BinaryIO], None]]
    writers = {".json": _write_json, ".zip": partial(_write_zip, data_dir, undo)}
    write = writers.get(to.suffix.lower())
    if write is None:
        raise _refused(to, _("{file} must end in .zip for everything, or in .json for the history alone."))
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
    yield "slots", rows.usable(db.execute(f"{rows.SLOT} ORDER BY slot"), rows.slot_of)


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
    "slots": f"{rows.SLOT} ORDER BY slot",
}


def own_files(data_dir: Path) -> dict[str, bytes]:
    """The person's own routines and poses: "routines/mine.toml" and what is in it. OSError."""
    found = {}
    for folder in _FOLDERS:
        for path in files_in([data_dir / folder], []):
            name = f"{folder}/{path.name}"
            if path.is_file() and path.stat().st_size <= MAX_BYTES and _is_own_file(name):
                found[name] = path.read_bytes()
    return found


def _write_zip(data_dir: Path, undo: Changes | None, db: sqlite3.Connection, file: BinaryIO) -> None:
    settings = SettingsFile(data_dir)
    with ZipFile(file, "w") as archive:
        members = {
            _MANIFEST: msgspec.json.encode(_Manifest(format=FORMAT, undo=undo)),
            SETTINGS_NAME: settings.encode(settings.peek()),
            **own_files(data_dir),
        }
        for name, content in members.items():
            with _member(archive, name) as member:
                member.write(content)
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


def read_export(source: Path) -> Incoming:
    """Read an export; StorageError when it can't be read or isn't one."""
    if source.suffix.lower() not in {".json", ".zip"}:
        raise _refused(source, _("{file} must end in .json or .zip, as exports do."))
    try:
        if not source.is_file():
            raise _refused(source, _("{file} can't be read: there is no such file; check the name."))
        return _read(source)
    except OSError as error:
        raise _refused(source, _("{file} can't be read: {why}."), why=messages.reason(error)) from error
    except _NotOursError as error:
        raise not_whole(messages.shown(source), str(error)) from error


def not_whole(name: str, why: str) -> StorageError:
    return StorageError(_("{file} is not a complete Stretch Player export: {why}.").format(file=name, why=why))


def _refused(file: Path, sentence: str, **words: str) -> StorageError:
    return StorageError(sentence.format(file=messages.shown(file), **words))


def _read(source: Path) -> Incoming:
    try:
        if source.suffix.lower() == ".zip":
            return _read_zip(source)
        _require_size(source.stat().st_size, LARGEST_BYTES)
        return Incoming(name=messages.shown(source), history=_decoded(source.read_bytes()))
    except (_NotOursError, OSError):
        raise
    except StorageError as error:  # one of the files in it can't be used
        raise _NotOursError(str(error).rstrip(".")) from error
    except msgspec.ValidationError as error:
        why = messages.shortened(str(error))
        if "matching regex" in str(error):
            why = _("a text has line breaks or control characters, or is invisible")
        raise _NotOursError(_("its content is not that of an export ({why})").format(why=why)) from error
    except Exception as error:  # the readers of ZIP and JSON have a dozen kinds
        log.info("an export can't be read: %r", error)
        raise _NotOursError(_("it is damaged or cut short")) from error


def _decoded(data: bytes) -> Export:
    _require_format(data)
    export = msgspec.json.decode(data, type=Export)
    _check(export)
    return export


def _require_format(data: bytes) -> None:
    found = msgspec.json.decode(data, type=_Format).format
    if found > FORMAT:
        raise _NotOursError(_("it was written by a newer version, so install that one"))
    if found != FORMAT:
        raise _NotOursError(_("its format number is missing"))


def _read_zip(source: Path) -> Incoming:
    _require_size(source.stat().st_size, LARGEST_ZIP_BYTES)
    with ZipFile(source) as archive:
        names = archive.namelist()
        if len(names) > MOST_MEMBERS or len(set(names)) < len(names):
            raise _NotOursError(_("it has too many files, or duplicates"))
        if _JSON_MEMBER not in names:
            raise _NotOursError(_("{file} is missing").format(file=_JSON_MEMBER))
        history = _decoded(_unpacked(archive, _JSON_MEMBER, LARGEST_BYTES))
        undo, settings = None, None
        if _MANIFEST in names:
            data = _unpacked(archive, _MANIFEST, LARGEST_BYTES)
            _require_format(data)
            undo = msgspec.json.decode(data, type=_Manifest).undo
        if SETTINGS_NAME in names:
            settings = SettingsFile(source).decode(_unpacked(archive, SETTINGS_NAME, MAX_BYTES))
        own = [name for name in names if name.startswith(_FOLDERS)]
        _require_size(sum(archive.getinfo(name).file_size for name in own), MAX_BYTES)
        files = {name: _unpacked(archive, name, MAX_BYTES) for name in own}
    for name in (*files, *(() if undo is None else undo.files)):
        if not _is_own_file(name):
            raise _NotOursError(
                _("{name} is not a valid name for a routine or a pose").format(name=messages.quoted(name))
            )
    for name, data in files.items():
        _check_file(PurePosixPath(name), data)
    return Incoming(name=messages.shown(source), history=history, settings=settings, files=files, undo=undo)


def _unpacked(archive: ZipFile, name: str, largest: int) -> bytes:
    info = archive.getinfo(name)
    _require_size(info.file_size, largest)
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:  # the others can't be unpacked piece by piece
        raise _NotOursError(_("it was compressed by another program"))
    with archive.open(info) as member:
        return member.read(info.file_size + 1)  # no more than that is ever unpacked, whatever it says of itself


def _require_size(size: int, largest: int) -> None:
    if size > largest:
        raise _NotOursError(_("it is larger than {size} MiB").format(size=largest >> 20))


def _is_own_file(name: str) -> bool:
    """Whether this names a file in one of our folders, on every system."""
    size = len(name.encode(errors="replace"))
    return re.fullmatch(_OWN_FILE, name) is not None and plain(name) == name and size <= LONGEST_NAME


def _check_file(name: PurePosixPath, data: bytes) -> None:
    """Read a routine or a pose; StorageError when it can't be used."""
    if name.parent.name == ROUTINES:
        parse_routine(data, name=str(name), routine_id=id_of_file(Path(name)))
    else:
        parse_pose(data, file=str(name), name=name_of_file(Path(name)))


def _check(export: Export) -> None:
    """Raise _NotOursError for what no history of ours has."""
    sessions = {record.id for record in export.sessions}
    answered = {answer.session for answer in export.answers}
    days = {measure.day for measure in export.measures}
    if (
        len(sessions) < len(export.sessions)
        or len(answered) < len(export.answers)
        or len(days) < len(export.measures)
        or not answered <= sessions
    ):
        raise _NotOursError(_("it has duplicate or orphaned entries"))
    if not all(map(_is_possible, export.sessions)) or not all(map(_is_key, export.slots)):
        raise _NotOursError(_("it has impossible values"))


def _is_possible(record: SessionRecord) -> bool:
    is_open = record.outcome is SessionOutcome.OPEN
    return is_open == (record.ended_at is None) and all(hold.missed_ms >= 0 for hold in record.holds)


def _is_key(slot: tuple[str, SlotState]) -> bool:
    try:
        rows.key_of(slot)
    except ValueError:
        return False
    return True
