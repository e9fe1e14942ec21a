"""All routines: the shipped ones and the person's own, each in a TOML file."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.routine.library import RoutineFile
from stretchplayer.routine.routine import Routine
from stretchplayer.storage import messages, toml_file
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.atomic_write import write_whole
from stretchplayer.storage.routines.routine_file import id_of_file, parse_routine, read_routine
from stretchplayer.storage.toml_file import SUFFIX, files_in

OWN_DIR: Final = "routines"
_OWN_PREFIX: Final = "my-"
"""Before the name of a file that is copied while a shipped one has its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRoutine:
    """A routine that may be copied into the person's folder: its own file there, and those of its pictures.

    `before` is what these files contain now, None for one that isn't there.
    """

    routine: Routine
    files: Mapping[Path, bytes]
    before: Mapping[Path, bytes | None]

    @property
    def is_known(self) -> bool:
        """Whether all of it is there."""
        return self.files == self.before

    @property
    def replaces(self) -> bool:
        """Whether something else would be lost."""
        return any(self.before[path] not in {None, data} for path, data in self.files.items())


class RoutineFiles:
    """Reads routine files; unusable ones don't affect the others. A file that hasn't changed is read only once."""

    def __init__(self, data_dir: Path, shipped_dir: Path | None = None) -> None:
        self._shipped_dir = shipped_dir or asset_dir("routines")
        self.own_dir: Final = data_dir / OWN_DIR
        self._directories = (self._shipped_dir, self.own_dir)
        self._read: dict[Path, tuple[int, int, RoutineFile]] = {}
        """The usable files as they were read, with their time and size."""
        self.problems: list[str] = []
        """Sentences for the person about files that the last `routines` or `files` could not use."""

    def routines(self) -> Sequence[Routine]:
        """Return the usable routines, shipped ones first, sorted by file name."""
        return tuple(file.routine for file in self.files() if file.routine is not None)

    def files(self) -> Sequence[RoutineFile]:
        """Return all files, shipped ones first, sorted by name."""
        self.problems = []
        found: list[RoutineFile] = []
        taken: set[str] = set()
        for path in files_in(self._directories, self.problems):
            file = self._file(path)
            if file.routine is not None and file.routine.id in taken:
                twice = _('{path}: there is already a routine with the id "{name}"; rename the file.')
                problem = twice.format(path=messages.shown(path), name=file.routine.id)
                file = replace(file, routine=None, problem=problem)
            if file.routine is not None:
                taken.add(file.routine.id)
            else:
                self.problems.append(file.problem)
            found.append(file)
        return found

    def _file(self, path: Path) -> RoutineFile:
        try:
            status = path.stat()
        except OSError:  # `read_routine` says why
            changed_ns, size = 0, -1
        else:
            changed_ns, size = status.st_mtime_ns, status.st_size
        kept = self._read.get(path)
        if kept is not None and kept[:2] == (changed_ns, size):
            return kept[2]
        name, is_own = messages.shown(path.name), path.parent == self.own_dir
        try:
            file = RoutineFile(file_name=name, is_own=is_own, routine=read_routine(path))
        except StorageError as error:
            return RoutineFile(file_name=name, is_own=is_own, problem=str(error))
        self._read[path] = (changed_ns, size, file)
        return file

    def find(self, id_or_file: str) -> Routine:
        """Return the routine with that id or in that file, without reading others; StorageError when there is none."""
        if names_a_file(id_or_file):
            return read_routine(Path(id_or_file))
        ids = []
        for path in files_in(self._directories, self.problems):
            routine_id = id_of_file(path)
            if routine_id == id_or_file:
                return read_routine(path)
            ids.append(routine_id)
        raise StorageError(_unknown(id_or_file, ids))

    def look_at(self, source: Path) -> NewRoutine:
        """Check a file that is to be copied into the person's folder; StorageError when it can't be used.

        It keeps its name, which is its routine's id, unless a shipped routine has that.
        """
        data, routine_id = toml_file.read_bytes(source), id_of_file(source)
        routine = parse_routine(data, name=messages.shown(source), routine_id=routine_id, folder=source.parent)
        shipped = {id_of_file(path) for path in files_in((self._shipped_dir,), [])}
        if routine_id in shipped:
            path = self.own_dir / f"{_OWN_PREFIX}{routine_id}{SUFFIX}"
        else:
            path = self.own_dir / f"{source.stem}{SUFFIX}"
        own = {id_of_file(each): each for each in files_in((self.own_dir,), [])}
        path = own.get(id_of_file(path), path)
        pictures = {each.picture for each in routine.exercises if each.picture is not None}
        try:
            files = {self.own_dir / name: (source.parent / name).read_bytes() for name in sorted(pictures)}
            files[path] = data
            before = {each: each.read_bytes() if each.exists() else None for each in files}
        except OSError as error:
            what = _("{name} can't be added: {reason}.")
            raise StorageError(what, name=messages.shown(source), reason=messages.reason(error)) from error
        return NewRoutine(routine=replace(routine, id=id_of_file(path)), files=files, before=before)

    def write(self, files: Mapping[Path, bytes | None]) -> None:
        """Give files of the person's folder this content, or remove them (None); StorageError when that can't be."""
        for path, data in files.items():
            try:
                if data is None:
                    path.unlink(missing_ok=True)
                else:
                    write_whole(path, data)
            except OSError as error:
                raise StorageError(
                    _("{path} can't be written: {reason}."), path=messages.shown(path), reason=messages.reason(error)
                ) from error


def names_a_file(id_or_file: str) -> bool:
    return id_or_file.lower().endswith(SUFFIX) or os.sep in id_or_file or "/" in id_or_file


def _unknown(wanted: str, ids: list[str]) -> str:
    close = get_close_matches(wanted, ids, n=1)
    if close:
        return _('There is no routine {wanted}; did you mean "{close}"?').format(
            wanted=messages.quoted(wanted), close=close[0]
        )
    return _("There is no routine {wanted}; name a file that ends in {suffix}, or one of {ids}.").format(
        wanted=messages.quoted(wanted), suffix=SUFFIX, ids=", ".join(sorted(set(ids)))
    )
