"""Export and import of the history.

A file that ends in .json is one object, format 1, that lists everything, a thing on each line:

- `plans`: whole plans, each as JSON in a text.
- `sessions`: as `progress.history.SessionRecord`, but `plan` is the number of the plan in `plans`, from "0" on.
- `answers`: as `PainAnswer`; `measures`: as `ReachMeasure`; `slots`: a reminder's date and time, and what became of it.

A file that ends in .zip has everything of the program: the same as history.json or, where that would be too large to be
read at once, in pieces (history-2.json and so on), settings.json, which has the reminder times too, the person's own
routines/*.toml with their pictures, poses/*.toml, sounds/*.wav and doses/*.json, a manifest.json that says the format,
and, for spreadsheets, tables in CSV (UTF-8 with a header). Moments are ISO 8601 with UTC offset, days ISO 8601. The
same data give the same bytes.
"""

import csv
import io
import logging
import re
import sqlite3
import struct
import wave
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Annotated, BinaryIO, Final, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import msgspec
from msgspec import Meta

from stretchplayer import __version__
from stretchplayer.errors import StorageError, plain
from stretchplayer.i18n import _
from stretchplayer.progress.history import PainAnswer, ReachMeasure, SessionOutcome, SessionRecord
from stretchplayer.reminders.slots import SlotState
from stretchplayer.routine.cues import TONE_MS, TONE_RATE
from stretchplayer.settings import Settings
from stretchplayer.storage import messages
from stretchplayer.storage.assets import OWN_SOUNDS
from stretchplayer.storage.atomic_write import writing_whole
from stretchplayer.storage.doses import OWN_DIR as DOSES
from stretchplayer.storage.doses import DoseFile
from stretchplayer.storage.history import rows
from stretchplayer.storage.history.database import BUSY_MS, FILE_NAME, empty_database, open_history, reason
from stretchplayer.storage.poses.pose_file import name_of_file, parse_pose
from stretchplayer.storage.poses.pose_folder import OWN_DIR as POSES
from stretchplayer.storage.routines.routine_file import LARGEST_PICTURE_BYTES, id_of_file, parse_routine
from stretchplayer.storage.routines.routine_folder import OWN_DIR as ROUTINES
from stretchplayer.storage.settings import FILE_NAME as SETTINGS_NAME
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.storage.toml_file import files_in
from stretchplayer.storage.versioned_file import MAX_BYTES, local_now

FORMAT: Final = 1
LARGEST_BYTES: Final = 16 << 20
"""Of a piece of the history, unpacked, about twenty years: whatever it has, it is read in 200 MB of memory."""
LARGEST_HISTORY_BYTES: Final = 128 << 20
"""Of all pieces."""
MOST_SESSIONS: Final = 100_000
MOST_SLOTS: Final = 50_000
"""More than six years of 24 reminders a day, none of them followed."""
MOST_MEASURES: Final = 50_000
"""One a day for more than a hundred years."""
MOST_UNDONE: Final = 500_000
"""Whatever the copy before an import takes away: more than the largest import adds."""
LARGEST_ZIP_BYTES: Final = 64 << 20
LARGEST_DIRECTORY_BYTES: Final = 1 << 20
"""Of the list of files at the end of a ZIP file, which is read whole."""
_JSON_MEMBER: Final = "history.json"
_JSON_MEMBERS: Final = re.compile(r"history(-\d+)?\.json")
_BETWEEN: Final = b",\n"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MANIFEST: Final = "manifest.json"
_FOLDERS: Final = (ROUTINES, POSES, DOSES)
SOUNDS: Final = frozenset(f"{OWN_SOUNDS}/{name}.wav" for name in TONE_MS)
LARGEST_SOUND_BYTES: Final = 1 << 19
_OWN_FILE: Final = rf"({ROUTINES}|{POSES})/[^./\\:*?\"<>|][^/\\:*?\"<>|]*\.toml|{DOSES}/[a-z0-9][a-z0-9-]*\.json"
_PICTURES: Final = re.compile(rf"{ROUTINES}/[\w][\w .-]*\.(png|jpe?g|svg)", re.ASCII | re.IGNORECASE)
_PICTURE_PATH: Final = re.compile(r'"picture_path":"(?:[^"\\]|\\.)+"')
"""In a plan."""
LARGEST_PICTURES_BYTES: Final = 32 << 20
"""Of all pictures."""
LONGEST_NAME: Final = 200
"""In bytes."""
MOST_MEMBERS: Final = 1_000
_END: Final = struct.Struct("<4s16s4s8sIIH")
"""Of a ZIP file: where there is more than an ordinary one has, and how large the list of its files is."""
_END_MARK, _FAR_MARK = b"PK\x05\x06", b"PK\x06\x07"
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
    """What the export called `name` has: own routines, poses and sounds by their names in it, and more.

    `history` reads its pieces, one after the other, anew whenever it is called; StorageError as in `read_export`.
    `undo` is there if it is the copy that was made before an import.
    """

    name: str
    history: Callable[[], Iterator[Export]]
    settings: Settings | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    undo: Changes | None = None


def export_history(
    data_dir: Path,
    to: Path,
    *,
    now: Callable[[], datetime] = local_now,
    undo: Changes | None = None,
    busy_ms: int = BUSY_MS,
) -> None:
    """Write the history to a file that ends in .json, or everything to one that ends in .zip.

    An old file is replaced atomically. `undo` makes it the copy before an import. StorageError when that fails.
    """
    writers: Mapping[str, Callable[[sqlite3.Connection, BinaryIO], None]]
    writers = {".json": partial(_write_json, to), ".zip": partial(_write_zip, data_dir, undo)}
    write = writers.get(to.suffix.lower())
    if write is None:
        raise _refused(to, _("{file} must end in .zip for everything, or in .json for the history alone."))
    path = data_dir / FILE_NAME
    try:
        db = open_history(path, now=now, busy_ms=busy_ms) if path.exists() else empty_database()
        with closing(db), writing_whole(to) as file:
            db.execute("BEGIN")  # a snapshot, unaffected by other programs
            write(db, file)
    except OSError as error:
        raise _refused(to, _("{file} can't be written: {why}."), why=messages.reason(error)) from error
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _refused(path, _("The history in {file} can't be read: {why}."), why=reason(error)) from error


_Thing: TypeAlias = SessionRecord | PainAnswer | ReachMeasure | tuple[str, SlotState]
_SECTIONS: Final[Mapping[type, str]] = {
    str: "plans", SessionRecord: "sessions", PainAnswer: "answers", ReachMeasure: "measures", tuple: "slots",
}  # fmt: skip


class _Piece:
    """A piece of the history that an import can read at once."""

    def __init__(self) -> None:
        self._plans: dict[str, str] = {}
        self._lines: dict[str, list[bytes]] = {section: [] for section in _SECTIONS.values()}
        self._size = len(bytes(self))

    def add(self, things: Sequence[_Thing]) -> bool:
        """Take what belongs together, unless the piece would get too large."""
        plans = dict(self._plans)
        found: list[_Thing | str] = []
        for thing in things:
            if not isinstance(thing, SessionRecord):
                found.append(thing)
                continue
            if thing.plan not in plans:
                plans[thing.plan] = str(len(plans))
                found.append(_without_paths(thing.plan))
            found.append(replace(thing, plan=plans[thing.plan]))
        lines = [(_SECTIONS[type(thing)], msgspec.json.encode(thing, order="deterministic")) for thing in found]
        size = self._size + sum(len(line) + len(_BETWEEN) for _section, line in lines)
        if size > LARGEST_BYTES and any(self._lines.values()):
            return False
        self._plans, self._size = plans, size
        for section, line in lines:
            self._lines[section].append(line)
        return True

    def __bytes__(self) -> bytes:
        sections = [
            f'"{section}": [\n'.encode() + _BETWEEN.join(lines) + b"\n]" for section, lines in self._lines.items()
        ]
        return _BETWEEN.join([f'{{"format": {FORMAT}'.encode(), *sections]) + b"\n}\n"


def _without_paths(plan: str) -> str:
    """The plan without the paths of its pictures, which hold on this machine only and name the person's folders."""
    return _PICTURE_PATH.sub('"picture_path":""', plan)


def _pieces(db: sqlite3.Connection) -> Iterator[bytes]:
    piece = _Piece()
    for things in _things(db):
        if not piece.add(things):
            yield bytes(piece)
            piece = _Piece()
            piece.add(things)
    yield bytes(piece)


def _things(db: sqlite3.Connection) -> Iterator[Sequence[_Thing]]:
    """What the history has; an answer comes with its session."""
    for record in rows.sessions(db, "ORDER BY session.id"):
        yield record, *rows.answers_about(db, record.id)
    for measure in rows.usable(db.execute("SELECT day, cm FROM measure ORDER BY day"), rows.measure_of):
        yield (measure,)
    for slot in rows.usable(db.execute(f"{rows.SLOT} ORDER BY slot"), rows.slot_of):
        yield (slot,)


def _write_json(to: Path, db: sqlite3.Connection, file: BinaryIO) -> None:
    for number, piece in enumerate(_pieces(db)):
        if number:
            raise _refused(to, _("The history is too large for {file}; choose a name that ends in .zip."))
        file.write(piece)


_CSV: Final = {
    "sessions": """SELECT id, routine, title, started_at, ended_at, slot, outcome, rate, left_ms, right_ms, both_ms,
        repetitions FROM session ORDER BY id""",
    "holds": """SELECT session, started_at, hold.phase, stretch, hold.title, side, planned_ms, held_ms, limb
        FROM hold JOIN session ON id = session ORDER BY session, hold.phase""",
    "repetitions": """SELECT session, started_at, repetition.phase, stretch, repetition.title, side, planned,
        repetition.done, limb FROM repetition JOIN session ON id = session ORDER BY session, repetition.phase""",
    "answers": f"{rows.ANSWER} ORDER BY session",
    "measures": "SELECT day, cm FROM measure ORDER BY day",
    "slots": f"{rows.SLOT} ORDER BY slot",
}


def own_files(data_dir: Path) -> dict[str, bytes]:
    """The person's own routines and their pictures, poses, sounds and doses: "routines/mine.toml" and what is in it.

    OSError; StorageError when the pictures are larger than an export may be.
    """
    found = {}
    for name in sorted(SOUNDS):
        path = data_dir / name
        if path.is_file() and path.stat().st_size <= LARGEST_SOUND_BYTES:
            found[name] = path.read_bytes()
    doses = sorted((data_dir / DOSES).glob("*.json"))
    for path in (*files_in([data_dir / ROUTINES, data_dir / POSES], []), *doses):
        name = f"{path.parent.name}/{path.name}"
        if path.is_file() and path.stat().st_size <= MAX_BYTES and _is_own_file(name):
            found[name] = path.read_bytes()
    pictures = [
        path
        for path in sorted((data_dir / ROUTINES).glob("*"))
        if is_picture(f"{ROUTINES}/{path.name}") and path.is_file() and path.stat().st_size <= LARGEST_PICTURE_BYTES
    ]
    if sum(path.stat().st_size for path in pictures) > LARGEST_PICTURES_BYTES:
        what = _("The pictures in {where} are larger than {size} MiB together; make some of them smaller.")
        raise StorageError(what, where=messages.shown(data_dir / ROUTINES), size=LARGEST_PICTURES_BYTES >> 20)
    return found | {f"{ROUTINES}/{path.name}": path.read_bytes() for path in pictures}


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
                writer.writerows(map(_harmless, row) for row in found)
        for number, piece in enumerate(_pieces(db), 1):
            with _member(archive, f"history-{number}.json" if number > 1 else _JSON_MEMBER) as member:
                member.write(piece)


def _harmless(value: object) -> object:
    """Keep a spreadsheet from taking a text for a formula; what is imported is read from elsewhere."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


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
    with _reading(source):
        if not source.is_file():
            raise _refused(source, _("{file} can't be read: there is no such file; check the name."))
        incoming = Incoming(name=messages.shown(source), history=partial(_pieces_in, source))
        deque(incoming.history(), maxlen=0)  # each piece is checked, and none kept
        return incoming if source.suffix.lower() == ".json" else _with_files(incoming, source)


@contextmanager
def _reading(source: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _refused(source, _("{file} can't be read: {why}."), why=messages.reason(error)) from error
    except StorageError:
        raise
    except _NotOursError as error:
        raise not_whole(messages.shown(source), str(error)) from error
    except msgspec.ValidationError as error:
        why = messages.shortened(str(error))
        if "matching regex" in str(error):
            why = _("a text has line breaks or control characters, or is invisible")
        why = _("its content is not that of an export ({why})").format(why=why)
        raise not_whole(messages.shown(source), why) from error
    except Exception as error:  # the readers of ZIP and JSON have a dozen kinds
        log.info("an export can't be read: %r", error)
        raise not_whole(messages.shown(source), _("it is damaged or cut short")) from error


def not_whole(name: str, why: str) -> StorageError:
    return StorageError(_("{file} is not a complete Stretch Player export: {why}.").format(file=name, why=why))


def _refused(file: Path, sentence: str, **values: str) -> StorageError:
    return StorageError(sentence.format(file=messages.shown(file), **values))


def _pieces_in(source: Path) -> Iterator[Export]:
    with _reading(source):
        sessions, measures, slots = 0, 0, 0
        for piece in map(_decoded, _unpacked_pieces(source)):
            sessions, measures = sessions + len(piece.sessions), measures + len(piece.measures)
            slots += len(piece.slots)
            _require_few(sessions, measures, slots)
            _check(piece)
            yield piece
            del piece  # before the next one is read


def _unpacked_pieces(source: Path) -> Iterator[bytes]:
    if source.suffix.lower() == ".json":
        _require_size(source.stat().st_size, LARGEST_BYTES)
        yield source.read_bytes()
        return
    with _open_zip(source) as archive:
        pieces = [name for name in archive.namelist() if _JSON_MEMBERS.fullmatch(name)]
        if _JSON_MEMBER not in pieces:
            raise _NotOursError(_("{file} is missing").format(file=_JSON_MEMBER))
        _require_size(sum(archive.getinfo(name).file_size for name in pieces), LARGEST_HISTORY_BYTES)
        for name in pieces:
            yield _unpacked(archive, name, LARGEST_BYTES)


def _decoded(data: bytes) -> Export:
    _require_format(data)
    return msgspec.json.decode(data, type=Export)


def _require_few(sessions: int, measures: int, slots: int) -> None:
    """A small one takes far longer to check and to write than its size suggests."""
    for number, most, sentence in (
        (sessions, MOST_SESSIONS, _("it has more than {most} sessions")),
        (measures, MOST_MEASURES, _("it has more than {most} measurements")),
        (slots, MOST_SLOTS, _("it has more than {most} reminders")),
    ):
        if number > most:
            raise _NotOursError(sentence.format(most=most))


def _require_format(data: bytes) -> None:
    found = msgspec.json.decode(data, type=_Format).format
    if found > FORMAT:
        raise _NotOursError(_("it was written by a newer version, so install that one"))
    if found != FORMAT:
        raise _NotOursError(_("its format number is missing"))


def _open_zip(source: Path) -> ZipFile:
    size = source.stat().st_size
    _require_size(size, LARGEST_ZIP_BYTES)
    with source.open("rb") as file:
        file.seek(max(0, size - _END.size))
        end = file.read()
    if len(end) == _END.size:
        far, _place, mark, _counts, directory_size, _offset, comment_size = _END.unpack(end)
        if far == _FAR_MARK or mark != _END_MARK or comment_size:
            raise _NotOursError(_("it is damaged, cut short, or was compressed by another program"))
        _require_size(directory_size, LARGEST_DIRECTORY_BYTES)
    archive = ZipFile(source)
    names = archive.namelist()
    if len(names) > MOST_MEMBERS or len(set(names)) < len(names):
        archive.close()
        raise _NotOursError(_("it has too many files, or duplicates"))
    return archive


def _with_files(incoming: Incoming, source: Path) -> Incoming:
    with _open_zip(source) as archive:
        names = archive.namelist()
        undo, settings = None, None
        if _MANIFEST in names:
            data = _unpacked(archive, _MANIFEST, LARGEST_BYTES)
            _require_format(data)
            undo = msgspec.json.decode(data, type=_Manifest).undo
        pictures = list(filter(is_picture, names))
        _require_size(sum(archive.getinfo(name).file_size for name in pictures), LARGEST_PICTURES_BYTES)
        own = [name for name in names if name.startswith(_FOLDERS) and name not in pictures]
        _require_size(sum(archive.getinfo(name).file_size for name in own), MAX_BYTES)
        files = {name: _unpacked(archive, name, MAX_BYTES) for name in own}
        files |= {name: _unpacked(archive, name, LARGEST_SOUND_BYTES) for name in names if name in SOUNDS}
        files |= {name: _unpacked(archive, name, LARGEST_PICTURE_BYTES) for name in pictures}
        try:
            if SETTINGS_NAME in names:
                settings = SettingsFile(source).decode(_unpacked(archive, SETTINGS_NAME, MAX_BYTES))
            for name, data in files.items():
                _check_file(PurePosixPath(name), data)
        except StorageError as error:
            raise _NotOursError(str(error).rstrip(".")) from error
    if undo is not None and undo.total > MOST_UNDONE:
        raise _NotOursError(_("it has impossible values"))
    for name in () if undo is None else undo.files:
        _require_own_file(name)
    return replace(incoming, settings=settings, files=files, undo=undo)


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
    is_ours = re.fullmatch(_OWN_FILE, name) is not None and plain(name) == name and size <= LONGEST_NAME
    return is_ours or name in SOUNDS or (is_picture(name) and size <= LONGEST_NAME)


def is_picture(name: str) -> bool:
    return _PICTURES.fullmatch(name) is not None


def is_one_of_a_kind(name: str) -> bool:
    """Whether there can be no second file for the same thing: a cue's sound, a routine's doses, or a named picture."""
    return name in SOUNDS or name.startswith(f"{DOSES}/") or is_picture(name)


def _require_own_file(name: str) -> None:
    if not _is_own_file(name):
        raise _NotOursError(
            _("{name} is not a valid name for a routine, pose, sound or dose").format(name=messages.quoted(name))
        )


def _check_file(name: PurePosixPath, data: bytes) -> None:
    _require_own_file(str(name))
    if name.parent.name == OWN_SOUNDS:
        with wave.open(io.BytesIO(data), "rb") as file:
            if file.getparams()[:3] != (1, 2, TONE_RATE):
                raise _NotOursError(_("{name} is not a sound of Stretch Player").format(name=name))
    elif name.parent.name == DOSES:
        DoseFile(Path(), name.stem).decode(data)
    elif is_picture(str(name)):
        pass  # it is looked at when it is shown
    elif name.parent.name == ROUTINES:
        parse_routine(data, name=str(name), routine_id=id_of_file(Path(name)))
    else:
        parse_pose(data, file=str(name), name=name_of_file(Path(name)))


def _check(export: Export) -> None:
    sessions = [record.id for record in export.sessions]
    answered = [answer.session for answer in export.answers]
    days = [measure.day for measure in export.measures]
    slots = [slot for slot, _state in export.slots]
    has_duplicates = any(len(set(keys)) < len(keys) for keys in (sessions, answered, days, slots))
    if has_duplicates or not set(answered) <= set(sessions):
        raise _NotOursError(_("it has duplicate or orphaned entries"))
    if not all(map(_is_possible, export.sessions)) or not all(map(_is_key, export.slots)):
        raise _NotOursError(_("it has impossible values"))


def _is_possible(record: SessionRecord) -> bool:
    is_open = record.outcome is SessionOutcome.OPEN
    held = all(hold.held_ms <= hold.planned_ms for hold in record.holds)
    return is_open == (record.ended_at is None) and held and all(run.done <= run.planned for run in record.repetitions)


def _is_key(slot: tuple[str, SlotState]) -> bool:
    try:
        rows.key_of(slot[0])
    except ValueError:
        return False
    return True
