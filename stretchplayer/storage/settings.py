"""The settings, in a JSON file."""

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from stretchplayer.domain.errors import StorageError
from stretchplayer.domain.preferences import Settings
from stretchplayer.storage import wording

FILE_NAME: Final = "settings.json"
MAX_BYTES: Final = 1024 * 1024


def local_now() -> datetime:
    """The wall clock, aware, in local time."""
    return datetime.now().astimezone()


class SettingsFile:
    """Keeps the settings in `settings.json` of the data directory. Implements `ports.SettingsStore`.

    A file that can't be used is set aside under a dated name, so that nothing a person chose is ever lost.
    """

    def __init__(self, data_dir: Path, *, now: Callable[[], datetime] = local_now) -> None:
        self._path = data_dir / FILE_NAME
        self._now = now
        self._problems: tuple[str, ...] = ()

    @property
    def problems(self) -> Sequence[str]:
        """Sentences for the person about what the last `load` found."""
        return self._problems

    def load(self) -> Settings:
        """Return what was saved, or the defaults; never raises."""
        self._problems = ()
        try:
            with self._path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            # A data directory that can't be entered, or is a file, holds nothing to set aside.
            if os.path.isdir(self._path.parent):  # noqa: PTH112  Unlike Path.is_dir it never raises
                self._set_aside("damaged", f"can't be read ({error.strerror or error})")
            return Settings()
        return self._decode(data)

    def save(self, settings: Settings) -> None:
        """Write all settings, or leave the old ones whole; StorageError when they can't be written."""
        from stretchplayer.storage.settings_format import encode
        from stretchplayer.storage.whole_file import write_whole

        try:
            write_whole(self._path, encode(settings))
        except OSError as error:
            where = wording.shown(self._path.parent)
            raise StorageError(f"The settings can't be saved in {where}: {wording.reason(error)}.") from error

    def _decode(self, data: bytes) -> Settings:
        from stretchplayer.storage.settings_format import DamagedError, NewerVersionError, decode

        try:
            if len(data) <= MAX_BYTES:
                return decode(data)
            self._set_aside("damaged", "are over 1 MiB")
        except NewerVersionError:
            self._set_aside("newer", "were written by a newer version of Stretch Player")
        except DamagedError:
            self._set_aside("damaged", "are damaged")
        return Settings()

    def _set_aside(self, what: str, why: str) -> None:
        name = wording.shown(self._path)
        try:
            aside = self._free_name(what)
            self._path.rename(aside)
        except OSError as error:
            self._problems = (f"The settings in {name} {why}, so the usual ones are used; {wording.reason(error)}.",)
        else:
            kept = wording.shown(aside.name)
            self._problems = (
                f"The settings in {name} {why}, so they were renamed {kept} and the usual ones are used.",
            )

    def _free_name(self, what: str) -> Path:
        """A dated name beside the settings that nothing has."""
        stem = f"settings.{what}-{self._now():%Y%m%d-%H%M%S}"
        path = self._path.with_name(f"{stem}.json")
        number = 2
        while path.is_symlink() or path.exists():
            path = self._path.with_name(f"{stem}-{number}.json")
            number += 1
        return path


def open_settings(data_dir: Path) -> SettingsFile:
    """The settings of a person whose data are there."""
    return SettingsFile(data_dir)
