"""The settings, in a JSON file."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from stretchplayer.domain.settings import Settings
from stretchplayer.storage.kept_file import MAX_BYTES, KeptFile, local_now
from stretchplayer.storage.settings_format import decode, encode

__all__ = ["FILE_NAME", "MAX_BYTES", "SettingsFile", "local_now", "open_settings", "read_settings"]

FILE_NAME: Final = "settings.json"


class SettingsFile:
    """Keeps the settings in `settings.json` of the data directory. Implements `ports.SettingsStore`."""

    def __init__(self, data_dir: Path, *, now: Callable[[], datetime] = local_now) -> None:
        self._file = KeptFile(
            data_dir / FILE_NAME,
            decode=_decode,
            default=Settings,
            subject="The settings",
            instead="the usual ones are used",
            now=now,
        )

    @property
    def problems(self) -> Sequence[str]:
        """Sentences for the person about what the last `load` found."""
        return self._file.problems

    def load(self) -> Settings:
        """Return what was saved, or the defaults; never raises."""
        return self._file.load()

    def peek(self) -> Settings:
        """The same, but a file that can't be used stays where it is and isn't told of."""
        return self._file.peek()

    def save(self, settings: Settings) -> None:
        """Write all settings, or leave the old ones whole; StorageError when they can't be written."""
        self._file.save(encode(settings))


def _decode(data: bytes) -> Settings:
    return decode(data)


def open_settings(data_dir: Path) -> SettingsFile:
    """The settings of a person whose data are there."""
    return SettingsFile(data_dir)


def read_settings(data_dir: Path) -> Settings:
    """What was saved there, or the defaults. Nothing is changed there."""
    return SettingsFile(data_dir).peek()
