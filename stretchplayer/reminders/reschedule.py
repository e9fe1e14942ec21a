"""What happens to the reminders when the person changes their times.

- A new slot whose window is over already can't be missed. If the person was reminded of it before, because its time was
  changed and changed back, it keeps its record.
- A session done for a removed slot counts for the nearest new slot of that day, and so does what the person marked as
  done. So a moved time doesn't make anything due twice, and no session counts for two slots.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from stretchplayer.reminders.log import ReminderLog, SlotRecord
from stretchplayer.reminders.slot_windows import days_from, windows, zone_of
from stretchplayer.reminders.slots import ReminderSettings, Slot

_DAYS: Final = 3
"""Yesterday's last slot may still be due, and tomorrow's first may have been done early."""


def times_changed(log: ReminderLog, now: datetime, before: ReminderSettings, after: ReminderSettings) -> ReminderLog:
    """The person changed the times, or turned reminders on or off; `now` is aware and local."""
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
    """The keys of slots whose windows were over when their times were chosen."""
    return frozenset(record.slot.key for record in log.records if record.added_at is not None)


def _with_credit_moved(log: ReminderLog, gone: set[Slot], new: set[Slot]) -> ReminderLog:
    """The log with what was done for removed slots credited to the new ones."""
    free = [slot for slot in sorted(new) if not _is_done(log.of(slot))]
    for slot in sorted(gone):
        record = log.of(slot)
        if _is_done(record) and free:
            nearest = min(free, key=lambda other: abs(_minute(other) - _minute(slot)))
            free.remove(nearest)
            log = log.with_record(replace(log.of(nearest), done_at=record.done_at, marked_at=record.marked_at))
            log = log.with_record(replace(record, done_at=None, marked_at=None))
    return log


def _is_done(record: SlotRecord) -> bool:
    return record.done_at is not None or record.marked_at is not None


def _minute(slot: Slot) -> int:
    return slot.at.hour * 60 + slot.at.minute
