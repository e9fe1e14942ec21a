"""The settings, in a JSON file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from stretchplayer.i18n import N_
from stretchplayer.settings import Settings
from stretchplayer.storage.versioned_file import VersionedFile, local_now

FILE_NAME: Final = "settings.json"


class SettingsFile(VersionedFile[Settings]):
    kind = Settings
    version = 1
    instead = N_("Default settings are used.")

    def __init__(self, data_dir: Path, *, now: Callable[[], datetime] = local_now) -> None:
        super().__init__(data_dir / FILE_NAME, now=now)
