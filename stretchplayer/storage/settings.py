"""The settings, in a JSON file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from stretchplayer.i18n import _
from stretchplayer.settings import Settings
from stretchplayer.storage.versioned_file import VersionedFile, local_now

FILE_NAME: Final = "settings.json"
VERSION: Final = 1


class SettingsFile(VersionedFile[Settings]):
    def __init__(self, data_dir: Path, *, now: Callable[[], datetime] = local_now) -> None:
        super().__init__(
            data_dir / FILE_NAME,
            kind=Settings,
            version=VERSION,
            instead=_("Default settings are used."),
            now=now,
        )
