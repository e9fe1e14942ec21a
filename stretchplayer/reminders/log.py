"""The reminder log, an immutable value, and the events that don't depend on the slots' times.

All datetimes in it are in UTC, so they can be compared and subtracted across clock changes.
"""

from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, date, datetime, timedelta
from typing import Annotated, Final, TypeAlias

from msgspec import Meta

from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.slots import Slot

KEPT_DAYS: Final = 8
LONG_KEPT_DAYS: Final = 400
"""For slots added late or marked as done: as long as calendars show their days."""
MAX_RECORDS: Final = 400
STEADY: Final = timedelta(days=1)
"""A clock that has run this long without a jump is trusted."""
LONGEST_WAIT_TO_LEAVE: Final = timedelta(hours=1)
"""How long "until I'm back" lasts if the person is never seen to leave."""

LAST_DAY: Final = date(MAXYEAR - 1, 12, 31)
"""The last day until which reminders can be paused: a year before `date` ends."""


Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRecord:
    """What has happened to one slot.

    `reminded` and `snoozes` are counts, `reminded_at` the last time. A snooze keeps the slot due until `due_until` if
    its window ends sooner. `marked_at` is when the person said that it was done, and `added_at` when they chose its
    time, set only if its window was over by then.
    """

    slot: Slot
    reminded: Annotated[int, Meta(ge=0)] = 0
    reminded_at: Moment | None = None
    snoozes: Annotated[int, Meta(ge=0)] = 0
    due_until: Moment | None = None
    done_at: Moment | None = None
    marked_at: Moment | None = None
    skipped_at: Moment | None = None
    added_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """No reminder before `until`; None means "until I'm back", which starts once the person has been away."""

    since: Moment
    until: Moment | None
    been_away: bool = False

    def ends_at(self, presence: Presence) -> datetime | None:
        """When a reminder may come again, as far as is known; None while waiting for the person to return."""
        if self.until is not None:
            return self.until
        if not self.been_away:
            return self.since + LONGEST_WAIT_TO_LEAVE
        return None if presence is Presence.AWAY else self.since

    def is_over(self, now: datetime, presence: Presence) -> bool:
        end = self.ends_at(presence)
        return end is not None and now.astimezone(UTC) >= end


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """No reminders from `since` on; `until` is the first local day on which they come again."""

    since: Moment
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLog:
    """All the state of the reminder rules.

    `records` are sorted by slot; `ended_days` are those skipped as a whole. `woke_at` is when the machine last woke up,
    `session_ended_at` when a session last ended, finished or not, `steady_since` when the wall clock last jumped or was
    first read, and `started_at` when reminders were first active (None: always).
    """

    records: tuple[SlotRecord, ...] = ()
    ended_days: frozenset[date] = frozenset()
    snooze: Snooze | None = None
    pause: Pause | None = None
    woke_at: Moment | None = None
    session_ended_at: Moment | None = None
    steady_since: Moment | None = None
    started_at: Moment | None = None

    def of(self, slot: Slot) -> SlotRecord:
        return next((record for record in self.records if record.slot == slot), SlotRecord(slot=slot))

    def with_record(self, changed: SlotRecord) -> "ReminderLog":
        others = [record for record in self.records if record.slot != changed.slot]
        return replace(self, records=tuple(sorted([*others, changed], key=lambda record: record.slot)))


def with_start(log: ReminderLog, now: datetime) -> ReminderLog:
    """Reminders are active from now on, if they weren't before: earlier slots can't be missed."""
    return log if log.started_at is not None else replace(log, started_at=now.astimezone(UTC))


def reminded(log: ReminderLog, slot: Slot, now: datetime) -> ReminderLog:
    """The person is reminded of the slot, which ends a snooze."""
    record = log.of(slot)
    changed = replace(record, reminded=record.reminded + 1, reminded_at=now.astimezone(UTC))
    return replace(log.with_record(changed), snooze=None)


def with_done(log: ReminderLog, slot: str, done_at: datetime | None) -> ReminderLog:
    """A session that counts for the slot with that key was deleted (None), or is there again."""
    at = None if done_at is None else done_at.astimezone(UTC)
    records = (replace(record, done_at=at) if record.slot.key == slot else record for record in log.records)
    return replace(log, records=tuple(records))


def forgotten(log: ReminderLog, now: datetime) -> ReminderLog:
    """Delete what became of slots, except yesterday's and today's, which would become due again."""
    first, since = now.date() - timedelta(days=1), now.astimezone(UTC)
    return replace(
        log,
        records=tuple(record for record in log.records if record.slot.day >= first),
        ended_days=frozenset(day for day in log.ended_days if day >= first),
        pause=None if log.pause is None else replace(log.pause, since=since),
        session_ended_at=None,
        started_at=since,
    )


def reminders_resumed(log: ReminderLog) -> ReminderLog:
    return replace(log, pause=None)


def woken(log: ReminderLog, now: datetime) -> ReminderLog:
    """The machine woke up; while it slept, the person was away."""
    return _seen_away(replace(log, woke_at=now.astimezone(UTC)))


def session_ended(log: ReminderLog, now: datetime) -> ReminderLog:
    """A session ended, finished or not."""
    return replace(log, session_ended_at=now.astimezone(UTC))


def presence_seen(log: ReminderLog, presence: Presence) -> ReminderLog:
    return _seen_away(log) if presence is Presence.AWAY else log


def _seen_away(log: ReminderLog) -> ReminderLog:
    if log.snooze is None or log.snooze.until is not None or log.snooze.been_away:
        return log
    return replace(log, snooze=replace(log.snooze, been_away=True))


def clock_jumped(log: ReminderLog, now: datetime) -> ReminderLog:
    """The wall clock was set, so it isn't trusted for a while."""
    return clock_checked(replace(log, steady_since=now.astimezone(UTC)), now)


def clock_checked(log: ReminderLog, now: datetime) -> ReminderLog:
    """Move times in the future to now, since the clock was set back.

    Otherwise, a clock set back by a day would stop repeats, and make a snooze and the grace period last a day.
    """
    now = now.astimezone(UTC)
    return replace(
        log,
        records=tuple(
            replace(record, reminded_at=_not_after(record.reminded_at, now), added_at=_not_after(record.added_at, now))
            for record in log.records
        ),
        snooze=_snooze_without_future(log.snooze, now),
        pause=log.pause and replace(log.pause, since=min(log.pause.since, now)),
        woke_at=_not_after(log.woke_at, now),
        session_ended_at=_not_after(log.session_ended_at, now),
        steady_since=min(log.steady_since or now, now),
        started_at=_not_after(log.started_at, now),
    )


def _not_after(moment: datetime | None, now: datetime) -> datetime | None:
    return None if moment is None else min(moment, now)


def _snooze_without_future(snooze: Snooze | None, now: datetime) -> Snooze | None:
    if snooze is None or snooze.since <= now:
        return snooze
    until = None if snooze.until is None else now + (snooze.until - snooze.since)
    return replace(snooze, since=now, until=until)


def pruned(log: ReminderLog, now: datetime) -> ReminderLog:
    """The log without outdated records.

    Nothing is dropped by date until the clock is trusted: one that is a year off until the network sets it must not
    make the program forget that today's session is done. After that, records of future days go as well, because the
    clock was wrong when they were made. (One day ahead is possible after travelling west.)
    """
    today = now.date()
    records = sorted(log.records, key=lambda record: abs(record.slot.day - today))[:MAX_RECORDS]
    days = sorted(log.ended_days, key=lambda day: abs(day - today))[:MAX_RECORDS]
    pause = log.pause
    if log.steady_since is not None and now.astimezone(UTC) - log.steady_since >= STEADY:
        first, last = today - timedelta(days=KEPT_DAYS), today + timedelta(days=1)
        long_ago = today - timedelta(days=LONG_KEPT_DAYS)
        records = [
            record for record in records if (long_ago if _is_kept_long(record) else first) <= record.slot.day <= last
        ]
        days = [day for day in days if first <= day <= last]
        pause = None if pause is not None and pause.until < first else pause
    sorted_records = tuple(sorted(records, key=lambda record: record.slot))
    return replace(log, records=sorted_records, ended_days=frozenset(days), pause=pause)


def _is_kept_long(record: SlotRecord) -> bool:
    return record.added_at is not None or record.marked_at is not None
