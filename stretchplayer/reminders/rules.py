"""The rules of the reminders: due until done.

`advise` decides what to do now; the functions below it update the log after an event. All are pure functions of the
time, the settings, the log and the presence.

- A slot is due from its time to the next slot, for at most six hours (`slot_windows.py`).
- While it is due, the person is reminded once and then every 30 minutes, three times: four reminders in all. Each
  snooze allows one more.
- No reminder comes while the person is away, busy, in a call or in a session, nor in the two minutes after the machine
  wakes up or the ten after a session. It waits, but is never dropped within its window, so those minutes end one minute
  before the window does.
- A snooze holds back all reminders, and keeps its slot due for half an hour after its end ("until I'm back": for six
  hours) if the window ends sooner. If the next slot starts before that, its reminder comes at the end of the snooze.
- There are no reminders of slots that are done, marked as done, skipped or paused.
- Slots whose windows were over before reminders were active don't count: someone who starts at 3 pm has not missed the
  morning, and nobody who starts after midnight is reminded of the evening. Nor do slots whose times were chosen after
  they were over (`reschedule.py`).
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from stretchplayer.errors import DomainError
from stretchplayer.i18n import _
from stretchplayer.reminders.log import KEPT_DAYS, LAST_DAY, Pause, ReminderLog, SlotRecord, Snooze
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.slot_windows import LONGEST_WINDOW, Window, day_begins, days_from, windows, zone_of
from stretchplayer.reminders.slots import UNSETTLED, ReminderSettings, Slot, SlotState, SlotView
from stretchplayer.reminders.snooze import LONGEST_SNOOZE_MIN, SHORTEST_SNOOZE_MIN

REPEAT_EVERY: Final = timedelta(minutes=30)
MAX_REPEATS: Final = 3
"""After the first reminder, so that there are four in all."""
GRACE: Final = timedelta(minutes=2)
"""No reminder for this long after the machine wakes up."""
REST: Final = timedelta(minutes=10)
"""No reminder for this long after a session ends: it may have been stopped because it hurt."""
LAST_MINUTE: Final = timedelta(minutes=1)
EARLY: Final = timedelta(hours=2)
"""A session finished at most this long before a slot's time counts for it."""
LONG_SESSION: Final = timedelta(hours=2)
"""A session that took longer (overnight, asleep) doesn't count for the slot in which it started."""
SNOOZED_DUE: Final = timedelta(minutes=30)
"""How long a slot stays due after a snooze that outlasts its window."""
NEAR_DAYS: Final = 4
LONGEST_PAUSE_DAYS: Final = 400
"""Only this many days of a longer pause are listed."""
SEARCHED_DAYS: Final = 16
"""More than a week: with one slot a week, done early, the next one is a week away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do now.

    `remind` is the slot to remind of now; `withdraw` is whether to close the open reminder. `slots` are today's,
    preceded by yesterday's last one while that is due or snoozed; `due` is the one that is due and not snoozed, if any.
    `next_at` is when the next reminder is due (in the past while it waits for the person), None if none is in sight.
    `look_at` is when to ask again, always in the future. Both are aware and in the zone of now.
    """

    remind: SlotView | None
    withdraw: bool
    slots: tuple[SlotView, ...]
    due: SlotView | None
    next_at: datetime | None
    look_at: datetime


def advise(
    now: datetime,
    settings: ReminderSettings,
    log: ReminderLog,
    presence: Presence = Presence.FREE,
    *,
    open_reminder: Slot | None = None,
) -> Advice:
    """Decide what to do at `now` (aware and local); `open_reminder` is the slot of a reminder that is still open."""
    return _Look(now, settings, log, presence).advice(open_reminder)


class _Look:
    def __init__(self, now: datetime, settings: ReminderSettings, log: ReminderLog, presence: Presence) -> None:
        self._now = now.astimezone(UTC)
        self._zone = zone_of(now)
        self._today = now.date()
        self._settings = settings
        self._log = log
        self._presence = presence
        first = self._today - timedelta(days=1)
        if log.started_at is not None and log.started_at.astimezone(self._zone).date() == self._today:
            first = self._today
        self._near = windows(settings, log, days_from(first, NEAR_DAYS), self._zone)
        self.current = next((window for window in self._near if window.holds(now)), None)

    def advice(self, open_reminder: Slot | None) -> Advice:
        views = self.views()
        due = next((view for view in views if view.state is SlotState.DUE), None)
        remind_at = self._remind_at(self.current) if self.current else None
        is_time = remind_at is not None and self._now >= remind_at and self._presence is Presence.FREE
        may_stay = due is not None and due.slot == open_reminder and self._presence is not Presence.PLAYING
        next_at = self._next_at(remind_at)
        return Advice(
            remind=due if is_time else None,
            withdraw=open_reminder is not None and not may_stay,
            slots=views,
            due=due,
            next_at=next_at.astimezone(self._zone) if next_at else None,
            look_at=self._look_at(remind_at).astimezone(self._zone),
        )

    def views(self) -> tuple[SlotView, ...]:
        shown = [each for each in self._near if each.slot.day == self._today or self._is_unsettled(each)]
        return tuple(self.view(window) for window in shown if not self._is_exempt(window))

    def _is_exempt(self, window: Window) -> bool:
        """Whether the window was over before its slot could be reminded of, and no session counts for it."""
        started = (self._log.started_at, self._log.of(window.slot).added_at)
        is_before = any(moment is not None and window.end <= moment for moment in started)
        return is_before and self.state(window) is SlotState.MISSED

    def _is_unsettled(self, window: Window) -> bool:
        return window is self.current and self.state(window) in UNSETTLED

    def state(self, window: Window) -> SlotState:
        settled = self._settled(window)
        if settled is not None:
            return settled
        if self._now < window.start:
            return SlotState.COMING
        if self._now >= window.end:
            return SlotState.MISSED
        snooze = self._log.snooze
        return SlotState.DUE if snooze is None or snooze.is_over(self._now, self._presence) else SlotState.SNOOZED

    def _settled(self, window: Window) -> SlotState | None:
        record, pause = self._log.of(window.slot), self._log.pause
        if record.done_at is not None:
            return SlotState.DONE
        if record.marked_at is not None:
            return SlotState.MARKED_DONE
        if record.skipped_at is not None or window.slot.day in self._log.ended_days:
            return SlotState.SKIPPED
        if pause is not None and window.slot.day < pause.until and window.end > pause.since:
            return SlotState.PAUSED
        return None

    def view(self, window: Window) -> SlotView:
        state, record, until = self.state(window), self._log.of(window.slot), None
        if state is SlotState.SNOOZED and self._log.snooze is not None:
            until = self._log.snooze.until
        return SlotView(
            slot=window.slot,
            state=state,
            done_at=record.done_at.astimezone(self._zone) if record.done_at else None,
            snoozed_until=until.astimezone(self._zone) if until else None,
        )

    def _remind_at(self, window: Window) -> datetime | None:
        """When the slot's next reminder is due; None if there were enough, or while that is unknown."""
        record, snooze = self._log.of(window.slot), self._log.snooze
        if record.reminded > MAX_REPEATS + record.snoozes:
            return None
        remind_at: datetime | None = window.start
        if snooze is not None:
            remind_at = snooze.ends_at(self._presence)
        elif record.reminded_at is not None:
            remind_at = record.reminded_at + REPEAT_EVERY
        if remind_at is None:
            return None
        for moment, quiet in ((self._log.woke_at, GRACE), (self._log.session_ended_at, REST)):
            if moment is not None:
                remind_at = max(remind_at, min(moment + quiet, window.end - LAST_MINUTE))
        return max(remind_at, window.start)

    def _next_at(self, remind_at: datetime | None) -> datetime | None:
        current = self.current
        if (
            current is not None
            and remind_at is not None
            and remind_at < current.end
            and self.state(current) in UNSETTLED
        ):
            return remind_at
        first = max(self._today, self._log.pause.until) if self._log.pause else self._today
        return self._first_reminder(first, NEAR_DAYS) or self._first_reminder(first, SEARCHED_DAYS)

    def _first_reminder(self, first: date, days: int) -> datetime | None:
        """When the first reminder of a coming slot is due, within that many days."""
        for window in windows(self._settings, self._log, days_from(first, days), self._zone):
            if window.start > self._now and self.state(window) is SlotState.COMING:
                remind_at = self._remind_at(window)
                if remind_at is not None and remind_at < window.end:
                    return remind_at
        return None

    def _look_at(self, remind_at: datetime | None) -> datetime:
        """The next moment at which anything can change."""
        tomorrow = self._today + timedelta(days=1)
        moments = [self._now + LONGEST_WINDOW]
        moments += [day_begins(tomorrow, self._zone, fold=fold) for fold in (0, 1)]
        moments += [moment for window in self._near for moment in (window.start, window.end)]
        snooze_end = self._log.snooze.ends_at(self._presence) if self._log.snooze else None
        moments += [moment for moment in (remind_at, snooze_end) if moment is not None]
        return min(moment for moment in moments if moment > self._now)


def due_slot(now: datetime, settings: ReminderSettings, log: ReminderLog) -> Slot | None:
    look = _Look(now, settings, log, Presence.FREE)
    return look.current.slot if look.current and look.state(look.current) in UNSETTLED else None


def left_out(now: datetime, settings: ReminderSettings, log: ReminderLog) -> tuple[SlotView, ...]:
    """The slots up to today that were marked as done, skipped or paused, as far back as the log goes."""
    look = _Look(now, settings, log, Presence.FREE)
    today, pause = now.date(), log.pause
    pause_began = pause.since.astimezone(zone_of(now)).date() if pause else today
    longest = today - timedelta(days=LONGEST_PAUSE_DAYS)
    first = min(today - timedelta(days=KEPT_DAYS), max(pause_began, longest))
    days = days_from(first, (today - first).days + 1)
    views = (look.view(window) for window in windows(settings, log, days, zone_of(now)))
    kept = {SlotState.MARKED_DONE, SlotState.SKIPPED, SlotState.PAUSED}
    return tuple(view for view in views if view.state in kept)


def slot_of(log: ReminderLog, settings: ReminderSettings, *, started: datetime, ended: datetime) -> Slot | None:
    """The slot that a session counts for if it is finished at `ended`; None if it counts for none.

    The first that applies of: the slot it was already credited to, also by another program; the slot due now; the one
    due when it started, at most two hours ago; the next one, if that starts within two hours; the one whose window it
    is, though marked as done, skipped or paused.
    """
    credited = (
        record.slot for record in log.records if record.done_at is not None and started < record.done_at <= ended
    )
    is_short = timedelta() <= ended.astimezone(UTC) - started.astimezone(UTC) <= LONG_SESSION
    return (
        next(credited, None)
        or due_slot(ended, settings, log)
        or (due_slot(started, settings, log) if is_short else None)
        or _slot_to_credit(ended, settings, log)
    )


def session_finished(
    log: ReminderLog, settings: ReminderSettings, *, started: datetime, ended: datetime
) -> ReminderLog:
    """A session was played to its end. One that was stopped counts for nothing."""
    slot = slot_of(log, settings, started=started, ended=ended)
    if slot is None:
        return log
    return replace(log.with_record(replace(log.of(slot), done_at=ended.astimezone(UTC))), snooze=None)


def _slot_to_credit(now: datetime, settings: ReminderSettings, log: ReminderLog) -> Slot | None:
    near = windows(settings, log, days_from(now.date() - timedelta(days=1), NEAR_DAYS), zone_of(now))
    open_ones = [window for window in near if log.of(window.slot).done_at is None]
    coming = [each.slot for each in near if timedelta() < each.start - now.astimezone(UTC) <= EARLY][:1]
    current = [window.slot for window in open_ones if window.holds(now)]
    return next((slot for slot in (*coming, *current) if log.of(slot).done_at is None), None)


def snoozed(log: ReminderLog, now: datetime, settings: ReminderSettings, minutes: int | None) -> ReminderLog:
    """Snooze the due slot for `minutes`, or until the person is back (None).

    DomainError if `minutes` is out of range.
    """
    if minutes is not None and not SHORTEST_SNOOZE_MIN <= minutes <= LONGEST_SNOOZE_MIN:
        sentence = _("A reminder can be snoozed for {least} to {most} minutes.")
        raise DomainError(sentence, least=SHORTEST_SNOOZE_MIN, most=LONGEST_SNOOZE_MIN)
    slot = due_slot(now, settings, log)
    if slot is None:
        return log
    since = now.astimezone(UTC)
    if minutes is None:
        until, due_until = None, since + LONGEST_WINDOW
    else:
        until = since + timedelta(minutes=minutes)
        due_until = until + SNOOZED_DUE
    record = log.of(slot)
    changed = replace(record, snoozes=record.snoozes + 1, due_until=due_until)
    return replace(log.with_record(changed), snooze=Snooze(since=since, until=until))


def skipped(log: ReminderLog, now: datetime, settings: ReminderSettings) -> ReminderLog:
    slot = due_slot(now, settings, log)
    if slot is None:
        return log
    changed: SlotRecord = replace(log.of(slot), skipped_at=now.astimezone(UTC))
    return replace(log.with_record(changed), snooze=None)


def marked_done(log: ReminderLog, now: datetime, settings: ReminderSettings, slot: Slot) -> ReminderLog:
    """The person says that the slot was done, which ends the snooze of the due one."""
    if slot == due_slot(now, settings, log):
        log = replace(log, snooze=None)
    return log.with_record(replace(log.of(slot), marked_at=now.astimezone(UTC)))


def unmarked(log: ReminderLog, slot: Slot) -> ReminderLog:
    return log.with_record(replace(log.of(slot), marked_at=None))


def day_ended(log: ReminderLog, now: datetime, settings: ReminderSettings) -> ReminderLog:
    """Skip the whole day of the due slot (yesterday, shortly after midnight), or else today."""
    slot = due_slot(now, settings, log)
    return replace(log, ended_days=log.ended_days | {slot.day if slot else now.date()}, snooze=None)


def reminders_paused(log: ReminderLog, now: datetime, until: date) -> ReminderLog:
    """Pause all reminders before that day; no effect unless it is in the future."""
    if until <= now.date():
        return log
    return replace(log, pause=Pause(since=now.astimezone(UTC), until=min(until, LAST_DAY)), snooze=None)
