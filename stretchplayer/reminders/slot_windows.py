"""When slots start and end, in the person's time zone.

A slot's key is a local date and time; its window is in real time. When the clocks change:

- A time that is skipped comes as long after midnight as on any other day: 02:30 at what the clocks then call 03:30, as
  in calendars (RFC 5545, 3.3.5). If another slot starts at the same moment, the two become one.
- A time that occurs twice counts the first time. The second time its window is open already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Final

from stretchplayer.reminders.log import ReminderLog
from stretchplayer.reminders.slots import ReminderSettings, Slot

LONGEST_WINDOW: Final = timedelta(hours=6)
LONGEST_SNOOZED_WINDOW: Final = timedelta(hours=24)
"""However often it is snoozed, a slot is due no longer than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a slot is due: from `start` up to but excluding `end`, both in UTC."""

    slot: Slot
    start: datetime
    end: datetime

    def holds(self, now: datetime) -> bool:
        return self.start <= now.astimezone(UTC) < self.end


def moment_of(slot: Slot, zone: tzinfo) -> datetime:
    """When the slot starts, in UTC."""
    return datetime.combine(slot.day, slot.at, zone).astimezone(UTC)


def day_begins(day: date, zone: tzinfo, *, fold: int = 0) -> datetime:
    """When a local day starts, in UTC; `fold` 1 is the second midnight where clocks go back across it."""
    return moment_of(Slot(day=day, at=time(fold=fold)), zone)


def zone_of(now: datetime) -> tzinfo:
    return now.tzinfo or UTC


def windows(settings: ReminderSettings, log: ReminderLog, days: Iterable[date], zone: tzinfo) -> tuple[Window, ...]:
    """The windows of all slots of these consecutive days, in order and without overlaps.

    The last one isn't cut short by the next slot, so ask for one day more than needed.
    """
    if not settings.enabled:
        return ()
    slots = [slot for day in days for slot in settings.slots_on(day)]
    prolonged = {record.slot: record.due_until for record in log.records if record.due_until is not None}
    starts = sorted({moment_of(slot, zone): slot for slot in slots}.items())
    ends = [following for _, (following, _) in pairwise(starts)]
    return tuple(
        Window(slot=slot, start=start, end=min([_own_end(start, prolonged.get(slot)), *ends[index : index + 1]]))
        for index, (start, slot) in enumerate(starts)
    )


def _own_end(start: datetime, due_until: datetime | None) -> datetime:
    """When the window ends unless the next slot cuts it short."""
    return min(max(start + LONGEST_WINDOW, due_until or start), start + LONGEST_SNOOZED_WINDOW)


def days_from(first: date, count: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=number) for number in range(count))
