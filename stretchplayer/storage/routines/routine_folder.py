"""All routines: the shipped ones and the person's own, each in a TOML file."""

import os
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.routine.routine import Routine
from stretchplayer.storage import messages
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.routines.routine_file import id_of_file, read_routine
from stretchplayer.storage.toml_file import SUFFIX, files_in, read_each

OWN_DIR: Final = "routines"


class RoutineFiles:
    """Reads routine files; unusable ones don't affect the others."""

    def __init__(self, data_dir: Path, shipped_dir: Path | None = None) -> None:
        self._directories = (shipped_dir or asset_dir("routines"), data_dir / OWN_DIR)
        self.problems: list[str] = []
        """Sentences for the person about files that the last `routines` could not use."""

    def routines(self) -> Sequence[Routine]:
        """Reread all files and return the usable routines, shipped ones first, sorted by file name."""
        self.problems = []
        found = read_each(
            self._directories,
            self.problems,
            name_of=id_of_file,
            read=read_routine,
            twice=_('{path}: there is already a routine with the id "{name}"; rename the file.'),
        )
        return tuple(routine for _path, routine in found.values())

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
