"""What has happened to the reminders, in a JSON file."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from stretchplayer.domain.reminder_log import ReminderLog
from stretchplayer.storage.kept_file import KeptFile, local_now
from stretchplayer.storage.reminder_format import decode, encode

FILE_NAME: Final = "reminders.json"


class ReminderFile:
    """Keeps the log in `reminders.json` of the data directory. Implements `ports.ReminderStore`."""

    def __init__(self, data_dir: Path, *, now: Callable[[], datetime] = local_now) -> None:
        self._file = KeptFile(
            data_dir / FILE_NAME,
            decode=_decode,
            default=ReminderLog,
            subject="The notes about reminders",
            instead="new ones are begun",
            now=now,
        )

    @property
    def problems(self) -> Sequence[str]:
        """Sentences for the person about what the last `load` found."""
        return self._file.problems

    def load(self) -> ReminderLog:
        """Return what was saved, or an empty log; never raises."""
        return self._file.load()

    def peek(self) -> ReminderLog:
        """The same, but a file that can't be used stays where it is and isn't told of."""
        return self._file.peek()

    def save(self, log: ReminderLog) -> None:
        """Write the whole log, or leave the old one; StorageError when it can't be written."""
        self._file.save(encode(log))


def _decode(data: bytes) -> ReminderLog:
    return decode(data)


def open_reminders(data_dir: Path) -> ReminderFile:
    """What has happened to the reminders of a person whose data are there."""
    return ReminderFile(data_dir)


def read_reminders(data_dir: Path) -> ReminderLog:
    """What was saved there, or an empty log. Nothing is changed there."""
    return ReminderFile(data_dir).peek()
