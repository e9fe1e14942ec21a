"""The reminder log, in a JSON file."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import MAXYEAR, MINYEAR, datetime
from pathlib import Path
from typing import Final

from stretchplayer.i18n import N_
from stretchplayer.reminders.log import LAST_DAY, ReminderLog
from stretchplayer.storage.versioned_file import VersionedFile, local_now

FILE_NAME: Final = "reminders.json"


class ReminderFile(VersionedFile[ReminderLog]):
    """Keeps the log in `reminders.json` of the data directory. Implements `ports.ReminderStore`."""

    kind = ReminderLog
    version = 1
    instead = N_("A new reminder log was started.")

    def __init__(self, data_dir: Path, *, now: Callable[[], datetime] = local_now) -> None:
        super().__init__(data_dir / FILE_NAME, now=now)

    def check(self, value: ReminderLog) -> ReminderLog:
        """Return the sorted log; ValueError if it has moments so extreme that adding hours to them would overflow."""
        if len({record.slot for record in value.records}) < len(value.records):
            raise ValueError("the same slot appears twice")
        if not all(MINYEAR < moment.year < MAXYEAR for moment in _moments(value)):
            raise ValueError("a date is out of range")
        pause = value.pause and replace(value.pause, until=min(value.pause.until, LAST_DAY))
        return replace(value, records=tuple(sorted(value.records, key=lambda record: record.slot)), pause=pause)


def _moments(thing: object) -> Iterator[datetime]:
    if isinstance(thing, datetime):
        yield thing
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _moments(each)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _moments(getattr(thing, field.name))
