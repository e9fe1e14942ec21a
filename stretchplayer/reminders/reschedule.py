"""What it means for the reminders when the person changes their times.

- A slot that is there only since then has not been missed when its window was over before: nobody could have been
  reminded of it. Who was reminded of it all the same knew it, and has it back as it was.
- What was done counts for the slot that takes the place of one that is gone: of the new ones of that day the nearest.
  So nothing is due twice because a time was moved, and no session counts for two slots.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from stretchplayer.reminders.log import ReminderLog
from stretchplayer.reminders.slot_windows import days_from, windows, zone_of
from stretchplayer.reminders.slots import ReminderSettings, Slot

_DAYS: Final = 3
"""Yesterday's evening may be due still, and tomorrow's first slot may have been done early."""


def times_changed(log: ReminderLog, now: datetime, before: ReminderSettings, after: ReminderSettings) -> ReminderLog:
    """The person has chosen other times, or turned reminders on or off; `now` is aware and in local time."""
    for day in days_from(now.date() - timedelta(days=1), _DAYS):
        old, new = set(before.slots_on(day)), set(after.slots_on(day))
        log = _with_credit_moved(log, old - new, new - old)
    over = windows(after, log, days_from(now.date() - timedelta(days=1), _DAYS), zone_of(now))
    for window in over:
        was_there = before.enabled and window.slot in before.slots_on(window.slot.day)
        record = log.of(window.slot)
        if window.end <= now.astimezone(UTC) and not was_there and not record.reminded:
            log = log.with_record(replace(record, added_at=now.astimezone(UTC)))
    return log


def added_late(log: ReminderLog) -> frozenset[str]:
    """The keys of the slots that nobody could have done anything about: they are there only since they were over."""
    return frozenset(record.slot.key for record in log.records if record.added_at is not None)


def _with_credit_moved(log: ReminderLog, gone: set[Slot], new: set[Slot]) -> ReminderLog:
    """The log in which each new slot of a day has what was done for the slot that it takes the place of."""
    free = [slot for slot in sorted(new) if log.of(slot).done_at is None]
    for slot in sorted(gone):
        record = log.of(slot)
        if record.done_at is not None and free:
            heir = min(free, key=lambda other: abs(_minute(other) - _minute(slot)))
            free.remove(heir)
            log = log.with_record(replace(log.of(heir), done_at=record.done_at))
            log = log.with_record(replace(record, done_at=None))
    return log


def _minute(slot: Slot) -> int:
    """The minute of the day by the clock."""
    return slot.at.hour * 60 + slot.at.minute
