"""Brings what an export has together with what is here: each thing once, and with a way back.

Sessions are the same when their id, start and routine are, so the same export can be imported any number of times.
Nothing that is here is changed. Before anything is added, everything is copied to a dated file, and importing that copy
takes away what was added since.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Final

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _, ngettext
from stretchplayer.progress.history import LARGEST_ID, SessionRecord
from stretchplayer.reminders.slots import SlotState
from stretchplayer.settings import Settings
from stretchplayer.storage import messages
from stretchplayer.storage.atomic_write import free_name, write_whole
from stretchplayer.storage.history import rows
from stretchplayer.storage.history.database import FILE_NAME, open_history, reason, transaction
from stretchplayer.storage.history.transfer import (
    Changes,
    Export,
    Incoming,
    export_history,
    is_one_of_a_kind,
    is_picture,
    not_whole,
    own_files,
)
from stretchplayer.storage.routines.routine_folder import OWN_DIR as ROUTINES
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.storage.versioned_file import local_now

COPY: Final = "before-import"
MOST_NEIGHBOURS: Final = 8
"""More sessions than that never have the same id, or the next ones, by chance: ids have milliseconds and a salt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What an import adds and removes.

    `known` sessions were here already. `settings` are those of the export where they differ from those here; they are
    left to the caller. `copy` is the way back; None for a preview, and where there is nothing to do.
    """

    added: Changes
    removed: Changes
    known: int
    settings: Settings | None
    copy: Path | None = None

    @property
    def is_nothing(self) -> bool:
        return not (self.added.total or self.removed.total)

    def summary(self) -> str:
        """What it comes to: "New: 2 sessions, 1 routine, pose or sound. 3 sessions are here already."."""
        found = [
            sentence.format(things=_listed(changes))
            for sentence, changes in ((_("New: {things}."), self.added), (_("Gone: {things}."), self.removed))
            if changes.total
        ]
        if self.known:
            there = ngettext("{n} session is here already.", "{n} sessions are here already.", self.known)
            found.append(there.format(n=self.known))
        return " ".join(found) or _("There is nothing new in it.")


def _listed(changes: Changes) -> str:
    counted = (
        (ngettext("{n} session", "{n} sessions", len(changes.sessions)), changes.sessions),
        (ngettext("{n} answer", "{n} answers", len(changes.answers)), changes.answers),
        (ngettext("{n} measurement", "{n} measurements", len(changes.measures)), changes.measures),
        (ngettext("{n} reminder", "{n} reminders", len(changes.slots)), changes.slots),
        (
            ngettext("{n} routine, pose, sound or dose", "{n} routines, poses, sounds or doses", len(changes.files)),
            changes.files,
        ),
    )
    return ", ".join(words.format(n=len(things)) for words, things in counted if things)


class _PreviewedError(Exception):
    """Everything has been seen, and is to stay as it is."""


def preview(data_dir: Path, incoming: Incoming, *, now: Callable[[], datetime] = local_now) -> Merged:
    """What `merge` would do; nothing is changed. StorageError as there."""
    merged: list[Merged] = []
    with suppress(_PreviewedError), _writing(data_dir, incoming, now) as db, transaction(db):
        merged.append(_merge(db, data_dir, incoming))
        raise _PreviewedError
    return merged[0]


def merge(
    data_dir: Path, incoming: Incoming, *, takes_settings: bool = False, now: Callable[[], datetime] = local_now
) -> Merged:
    """Add what isn't here yet; StorageError, with the history as it was, when that fails.

    `takes_settings` says that the caller takes the settings as well, so that there has to be a way back.
    """
    with _writing(data_dir, incoming, now) as db, transaction(db):
        merged = _merge(db, data_dir, incoming)
        if merged.is_nothing and not takes_settings:
            return merged
        copy = free_name(data_dir / "history.zip", COPY, now())
        # On a connection of its own, which sees what was there before. It can't write while this one does.
        export_history(data_dir, copy, now=now, undo=merged.added, busy_ms=0)
        _change_files(data_dir, incoming, merged)
    return replace(merged, copy=copy)


@contextmanager
def _writing(data_dir: Path, incoming: Incoming, now: Callable[[], datetime]) -> Iterator[sqlite3.Connection]:
    """The history, open for writing; what goes wrong with it or with the export is a StorageError."""
    path = data_dir / FILE_NAME
    with closing(open_history(path, now=now)) as db:
        try:
            yield db
        except (sqlite3.IntegrityError, ValueError, IndexError, OverflowError) as error:
            raise not_whole(incoming.name, _("it has impossible values")) from error
        except (OSError, sqlite3.Error) as error:
            where, why = messages.shown(path), reason(error)
            raise StorageError(_("The history in {where} can't be written: {why}."), where=where, why=why) from error


def _merge(db: sqlite3.Connection, data_dir: Path, incoming: Incoming) -> Merged:
    removed = _take_away(db, data_dir, incoming.undo) if incoming.undo is not None else Changes()
    added, known = _add(db, incoming)
    here = SettingsFile(data_dir).peek()
    settings = incoming.settings if incoming.settings != here else None
    added = replace(added, files=tuple(_new_files(data_dir, incoming.files)))
    return Merged(added=added, removed=removed, known=known, settings=settings)


def _add(db: sqlite3.Connection, incoming: Incoming) -> tuple[Changes, int]:
    """Add the history, a piece at a time; also the number of sessions that are here already."""
    pieces = list(map(partial(_add_piece, db), incoming.history()))
    return Changes(
        sessions=tuple(number for piece, _known in pieces for number in piece.sessions),
        answers=tuple(number for piece, _known in pieces for number in piece.answers),
        measures=tuple(day for piece, _known in pieces for day in piece.measures),
        slots=tuple(slot for piece, _known in pieces for slot in piece.slots),
    ), sum(known for _piece, known in pieces)


def _add_piece(db: sqlite3.Connection, history: Export) -> tuple[Changes, int]:
    numbers: dict[int, int] = {}
    sessions, known = [], 0
    for record in history.sessions:
        number, is_known = _number_for(db, record)
        numbers[record.id] = number
        known += is_known
        if not is_known:
            rows.put_session(db, replace(record, id=number, plan=history.plans[int(record.plan)]))
            sessions.append(number)
    answers = [replace(answer, session=numbers[answer.session]) for answer in history.answers]
    answers = [answer for answer in answers if not _has(db, "answer", "session", answer.session)]
    measures = [measure for measure in history.measures if not _has(db, "measure", "day", measure.day.isoformat())]
    slots = {rows.key_of(slot): state for slot, state in history.slots if _is_news(db, slot, state)}
    for answer in answers:
        rows.put_answer(db, answer)
    for measure in measures:
        rows.put_measure(db, measure)
    rows.put_slots(db, slots)
    return Changes(
        sessions=tuple(sessions),
        answers=tuple(answer.session for answer in answers),
        measures=tuple(measure.day for measure in measures),
        slots=tuple(slots),
    ), known


def _number_for(db: sqlite3.Connection, record: SessionRecord) -> tuple[int, bool]:
    """The id for a session, and whether it is here already; another session may have the same id by chance.

    ValueError where so many have it that looking further would take for ever.
    """
    for number in range(record.id, min(record.id + MOST_NEIGHBOURS, LARGEST_ID + 1)):
        found = db.execute("SELECT started_at, routine FROM session WHERE id = ?", (number,)).fetchone()
        if found is None:
            return number, False
        with suppress(ValueError):
            if (datetime.fromisoformat(found[0]), found[1]) == (record.started_at, record.routine):
                return number, True
    raise ValueError(record.id)


def _has(db: sqlite3.Connection, table: str, column: str, key: object) -> bool:
    found = db.execute(f"SELECT 1 FROM {table} WHERE {column} = ?", (key,))  # noqa: S608  Names of our own
    return found.fetchone() is not None


def _is_news(db: sqlite3.Connection, slot: str, state: SlotState) -> bool:
    """Whether nothing is known of the slot here, or it was marked as done there only."""
    found = db.execute(f"{rows.SLOT} WHERE slot = ?", (slot,)).fetchone()
    return found is None or (found[1] != state == SlotState.MARKED_DONE)


def _take_away(db: sqlite3.Connection, data_dir: Path, undo: Changes) -> Changes:
    """Remove what that import added, as far as it is here still."""
    gone = replace(
        undo,
        answers=tuple(number for number in undo.answers if _has(db, "answer", "session", number)),
        sessions=tuple(number for number in undo.sessions if _has(db, "session", "id", number)),
        measures=tuple(day for day in undo.measures if _has(db, "measure", "day", day.isoformat())),
        slots=tuple(slot for slot in undo.slots if _has(db, "slot", "slot", slot)),
        files=tuple(name for name in undo.files if (data_dir / name).is_file()),
    )
    db.executemany("DELETE FROM answer WHERE session = ?", [(number,) for number in gone.answers])
    db.executemany("DELETE FROM session WHERE id = ?", [(number,) for number in gone.sessions])
    db.executemany("DELETE FROM measure WHERE day = ?", [(day.isoformat(),) for day in gone.measures])
    db.executemany("DELETE FROM slot WHERE slot = ?", [(slot,) for slot in gone.slots])
    return gone


def _new_files(data_dir: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The routines, poses, sounds and doses that aren't here under any name, by a name that is free."""
    here = own_files(data_dir)
    files = _with_own_pictures(files, here)
    contents = set(here.values())
    new: dict[str, bytes] = {}
    for name, content in files.items():
        if (name in here) if is_one_of_a_kind(name) else (content in contents):
            continue
        new[next(each for each in _names(name) if each not in here and each not in new)] = content
        contents.add(content)
    return new


def _with_own_pictures(files: Mapping[str, bytes], here: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with another name for each picture whose name another picture has here, in the routines as well."""
    renamed = dict(files)
    for name, content in files.items():
        if not is_picture(name) or here.get(name, content) == content:
            continue
        free = next(each for each in _names(name) if here.get(each, content) == content and each not in files)
        del renamed[name]
        renamed[free] = content
        named = re.compile(rb"""(\bpicture\s*=\s*["'])%b(?=["'])""" % re.escape(Path(name).name.encode()))
        for routine, text in renamed.items():
            if routine.startswith(f"{ROUTINES}/") and not is_picture(routine):
                renamed[routine] = named.sub(rb"\g<1>" + Path(free).name.encode(), text)
    return renamed


def _names(name: str) -> Iterator[str]:
    """The name, and others for the same thing: "routines/cat.png", "routines/cat-2.png", and so on."""
    path = PurePosixPath(name)
    return (name if number == 1 else str(path.with_stem(f"{path.stem}-{number}")) for number in count(1))


def _change_files(data_dir: Path, incoming: Incoming, merged: Merged) -> None:
    new = _new_files(data_dir, incoming.files)
    for name in merged.removed.files:
        (data_dir / name).unlink()
    for name, content in new.items():
        write_whole(data_dir / name, content)
