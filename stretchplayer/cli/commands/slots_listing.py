"""Today's slots and the next reminder as data, with or without a running program."""

from datetime import datetime
from pathlib import Path

from stretchplayer.player.status import views_as_data
from stretchplayer.reminders.log import with_start
from stretchplayer.reminders.rules import advise
from stretchplayer.storage.reminders import read_reminders
from stretchplayer.storage.settings import read_settings


def slots_as_data(data_dir: Path, now: datetime) -> dict[str, object]:
    """The state of the reminders in the data directory at `now`, which is aware and local.

    `{"slots": [{"date": "2026-03-02", "time": "08:00", "state": "due"}, …], "next_reminder": ISO 8601 or None}`.
    Nothing is written; an unusable file counts as absent.
    """
    advice = advise(now, read_settings(data_dir).reminders, with_start(read_reminders(data_dir), now))
    return views_as_data(advice.slots, advice.next_at, now)
