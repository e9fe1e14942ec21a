"""What has happened to the day's reminders: an immutable value, and the events that need to know no times of the day.

Every moment in it is aware and in UTC, so that two of them can be compared and subtracted whatever the clocks do.
"""

from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from typing import Annotated, Final, TypeAlias

from msgspec import Meta

from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.slots import Slot

KEPT_DAYS: Final = 8
"""How long the record of a slot is kept."""
ADDED_LATE_KEPT_DAYS: Final = 400
"""How long it is kept that nobody was asked for a slot: as long as calendars show its day."""
MAX_RECORDS: Final = 400
STEADY: Final = timedelta(days=1)
"""A clock that has run on for this long without a jump is believed."""
LONGEST_WAIT_TO_LEAVE: Final = timedelta(hours=1)
"""How long "until I'm back" lasts when the person isn't seen to leave."""

LAST_DAY: Final = date(MAXYEAR - 1, 12, 31)
"""Reminders can be paused until then; dates end a year later."""


Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRecord:
    """What has happened to one slot.

    `reminded` is how often, `reminded_at` when last. `snoozes` is how often the person put it off, and `due_until` the
    moment up to which it stays due because of that, should its window end sooner. `added_at` is when the person chose
    its time, where its window was over by then: nobody was asked for it.
    """

    slot: Slot
    reminded: Annotated[int, Meta(ge=0)] = 0
    reminded_at: Moment | None = None
    snoozes: Annotated[int, Meta(ge=0)] = 0
    due_until: Moment | None = None
    done_at: Moment | None = None
    skipped_at: Moment | None = None
    added_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """The person wants no reminder before `until`; None is "until I'm back", which needs to see them away first."""

    since: Moment
    until: Moment | None
    been_away: bool = False

    def ends_at(self, presence: Presence) -> datetime | None:
        """When a reminder may come again, as far as is known now; None while they are away and that is waited for."""
        if self.until is not None:
            return self.until
        if not self.been_away:
            return self.since + LONGEST_WAIT_TO_LEAVE
        return None if presence is Presence.AWAY else self.since

    def is_over(self, now: datetime, presence: Presence) -> bool:
        """Whether a reminder may come again."""
        end = self.ends_at(presence)
        return end is not None and now.astimezone(UTC) >= end


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The person wants no reminders from `since` on; `until` is the first local day on which they come again."""

    since: Moment
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLog:
    """All that the rule has to remember.

    `records` in the order of their slots, `ended_days` are those the person ended by "not today". `woke_at` is when the
    machine last woke up, and `steady_since` when the wall clock was last found to have jumped, or first looked at.
    `started_at` is when there were reminders for the first time; None is as if there had always been.
    """

    records: tuple[SlotRecord, ...] = ()
    ended_days: frozenset[date] = frozenset()
    snooze: Snooze | None = None
    pause: Pause | None = None
    woke_at: Moment | None = None
    steady_since: Moment | None = None
    started_at: Moment | None = None

    def of(self, slot: Slot) -> SlotRecord:
        """What has happened to the slot."""
        return next((record for record in self.records if record.slot == slot), SlotRecord(slot=slot))

    def with_record(self, changed: SlotRecord) -> "ReminderLog":
        """The log with another record of a slot."""
        others = [record for record in self.records if record.slot != changed.slot]
        return replace(self, records=tuple(sorted([*others, changed], key=lambda record: record.slot)))


def with_start(log: ReminderLog, now: datetime) -> ReminderLog:
    """There are reminders from now on, unless there were before: nobody has missed what nobody told them of."""
    return log if log.started_at is not None else replace(log, started_at=now.astimezone(UTC))


def reminded(log: ReminderLog, slot: Slot, now: datetime) -> ReminderLog:
    """The person is being reminded of the slot. A snooze has thereby had its end."""
    record = log.of(slot)
    changed = replace(record, reminded=record.reminded + 1, reminded_at=now.astimezone(UTC))
    return replace(log.with_record(changed), snooze=None)


def reminders_resumed(log: ReminderLog) -> ReminderLog:
    """The person wants reminders again."""
    return replace(log, pause=None)


def woken(log: ReminderLog, now: datetime) -> ReminderLog:
    """The machine woke up. Who let it sleep was away."""
    return _seen_away(replace(log, woke_at=now.astimezone(UTC)))


def presence_seen(log: ReminderLog, presence: Presence) -> ReminderLog:
    """The desktop says that of the person."""
    return _seen_away(log) if presence is Presence.AWAY else log


def _seen_away(log: ReminderLog) -> ReminderLog:
    if log.snooze is None or log.snooze.until is not None or log.snooze.been_away:
        return log
    return replace(log, snooze=replace(log.snooze, been_away=True))


def clock_jumped(log: ReminderLog, now: datetime) -> ReminderLog:
    """The wall clock was found to have been set, so it is not believed for a while."""
    return clock_checked(replace(log, steady_since=now.astimezone(UTC)), now)


def clock_checked(log: ReminderLog, now: datetime) -> ReminderLog:
    """The log without moments to come: what is said to have happened then happened now, and the clock was set back.

    Without that, a clock that is set back by a day would stop repeats, and make snooze and grace last for a day.
    """
    now = now.astimezone(UTC)
    steady_since = min(log.steady_since or now, now)
    woke_at = None if log.woke_at is None else min(log.woke_at, now)
    pause = None if log.pause is None else replace(log.pause, since=min(log.pause.since, now))
    return replace(
        log,
        records=tuple(_past(record, now) for record in log.records),
        snooze=_started(log.snooze, now),
        pause=pause,
        woke_at=woke_at,
        steady_since=steady_since,
        started_at=None if log.started_at is None else min(log.started_at, now),
    )


def _past(record: SlotRecord, now: datetime) -> SlotRecord:
    reminded_at, added_at = _not_after(record.reminded_at, now), _not_after(record.added_at, now)
    if (reminded_at, added_at) == (record.reminded_at, record.added_at):
        return record
    return replace(record, reminded_at=reminded_at, added_at=added_at)


def _not_after(moment: datetime | None, now: datetime) -> datetime | None:
    return None if moment is None else min(moment, now)


def _started(snooze: Snooze | None, now: datetime) -> Snooze | None:
    if snooze is None or snooze.since <= now:
        return snooze
    until = None if snooze.until is None else now + (snooze.until - snooze.since)
    return replace(snooze, since=now, until=until)


def pruned(log: ReminderLog, now: datetime) -> ReminderLog:
    """The log without what no longer matters.

    As long as the clock isn't known to be right nothing is dropped for its date: a clock that stands in another year
    until the network sets it must not make the program forget that today's stretching is done. After that, what was
    done on days still to come was done while the clock was wrong, and goes as well. (A day ahead is possible: on a
    journey to the west.)
    """
    today = now.date()
    records = sorted(log.records, key=lambda record: abs(record.slot.day - today))[:MAX_RECORDS]
    days = sorted(log.ended_days, key=lambda day: abs(day - today))[:MAX_RECORDS]
    pause = log.pause
    if log.steady_since is not None and now.astimezone(UTC) - log.steady_since >= STEADY:
        first, last = today - timedelta(days=KEPT_DAYS), today + timedelta(days=1)
        long_ago = today - timedelta(days=ADDED_LATE_KEPT_DAYS)
        records = [
            record for record in records if (first if record.added_at is None else long_ago) <= record.slot.day <= last
        ]
        days = [day for day in days if first <= day <= last]
        pause = None if pause is not None and pause.until < first else pause
    kept = tuple(sorted(records, key=lambda record: record.slot))
    return replace(log, records=kept, ended_days=frozenset(days), pause=pause)
