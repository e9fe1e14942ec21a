"""The reminder log, in a JSON file."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import MAXYEAR, MINYEAR, datetime
from pathlib import Path
from typing import Final

from stretchplayer.i18n import _
from stretchplayer.reminders.log import LAST_DAY, ReminderLog
from stretchplayer.storage.versioned_file import VersionedFile, local_now

FILE_NAME: Final = "reminders.json"
VERSION: Final = 1


class ReminderFile(VersionedFile[ReminderLog]):
    """Keeps the log in `reminders.json` of the data directory. Implements `ports.ReminderStore`."""

    def __init__(self, data_dir: Path, *, now: Callable[[], datetime] = local_now) -> None:
        super().__init__(
            data_dir / FILE_NAME,
            kind=ReminderLog,
            version=VERSION,
            instead=_("A new reminder log was started."),
            check=_checked,
            now=now,
        )


def _checked(log: ReminderLog) -> ReminderLog:
    """Return the sorted log; ValueError if it has moments so extreme that adding hours to them would overflow."""
    if len({record.slot for record in log.records}) < len(log.records):
        raise ValueError(_("the same slot appears twice"))
    if not all(MINYEAR < moment.year < MAXYEAR for moment in _moments(log)):
        raise ValueError(_("a date is out of range"))
    pause = log.pause and replace(log.pause, until=min(log.pause.until, LAST_DAY))
    return replace(log, records=tuple(sorted(log.records, key=lambda record: record.slot)), pause=pause)


def _moments(thing: object) -> Iterator[datetime]:
    if isinstance(thing, datetime):
        yield thing
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _moments(each)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from _moments(getattr(thing, field.name))
