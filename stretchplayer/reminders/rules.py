"""The rule of the reminders: due until done.

`advise` says what to do now; the functions below it say what an event means. All are pure: the moment, the person's
settings, what has happened and whether the person is there go in, and nothing is remembered here.

- A slot is due from its time to the next slot, for at most six hours (`windows.py`).
- While it is due, the person is reminded once, and every 30 minutes again, three times: four reminders in all. Each
  snooze asks for one more.
- No reminder comes while the person is away, busy or already stretching, nor in the two minutes after the machine woke
  up. It waits for that, and is never dropped within its window; so the two minutes end a minute before the window does.
- A snooze holds back every reminder, and keeps its slot due for half an hour after its end ("until I'm back": for six
  hours), should the window end sooner. If the next slot begins before that, its reminder comes at the end of the
  snooze: whoever asks to be reminded is.
- Nothing that is done, skipped or paused is ever reminded of.
- A slot whose window was over before there were reminders is none: who begins at three has missed no morning. Nor is
  one whose time was chosen after that (`reminder_times.py`).
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
"""After the machine woke up."""
LAST_MINUTE: Final = timedelta(minutes=1)
EARLY: Final = timedelta(hours=2)
"""What is done this long before a slot's time, or less, counts for it."""
LONG_SESSION: Final = timedelta(hours=2)
"""A session that took longer, asleep for a night perhaps, says nothing about the slot it was begun for."""
SNOOZED_DUE: Final = timedelta(minutes=30)
"""How long a slot stays due after a snooze that ends near or after its window's end."""
NEAR_DAYS: Final = 4
LONGEST_PAUSE_DAYS: Final = 400
"""No longer pause is told of in full."""
SEARCHED_DAYS: Final = 16
"""With a slot on one day of the week, and that one done early, the next one is a week off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to do now.

    `remind`: remind the person of this slot now. `withdraw`: take away the reminder that is still open. `slots` are the
    slots of the local day, preceded by yesterday's as long as it is due or snoozed; `due` is the one of them that is
    due and not snoozed, if there is one. `next_at` is the moment from which
    on the next reminder comes (it is past while one waits for the person), None when none is in sight. `look_at` is
    when to ask again, always after now. Both are aware and in the zone of now.
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
    """Say what to do now, which is aware and in local time; `open_reminder` is the slot of one that is still open."""
    return _Look(now, settings, log, presence).advice(open_reminder)


class _Look:
    """Everything that `advise` needs to see at one moment."""

    def __init__(self, now: datetime, settings: ReminderSettings, log: ReminderLog, presence: Presence) -> None:
        self._now = now.astimezone(UTC)
        self._zone = zone_of(now)
        self._today = now.date()
        self._settings = settings
        self._log = log
        self._presence = presence
        self._near = windows(settings, log, days_from(self._today - timedelta(days=1), NEAR_DAYS), self._zone)
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
        return tuple(self.view(window) for window in shown if not self._is_before_all(window))

    def _is_before_all(self, window: Window) -> bool:
        """Whether nobody could have been reminded of the window's slot, and nothing was done about it all the same."""
        started = (self._log.started_at, self._log.of(window.slot).added_at)
        is_before = any(moment is not None and window.end <= moment for moment in started)
        return is_before and self.state(window) is SlotState.MISSED

    def _is_unsettled(self, window: Window) -> bool:
        return window is self.current and self.state(window) in UNSETTLED

    def state(self, window: Window) -> SlotState:
        """What has become of the window's slot."""
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
        if record.skipped_at is not None or window.slot.day in self._log.ended_days:
            return SlotState.SKIPPED
        if pause is not None and window.slot.day < pause.until and window.end > pause.since:
            return SlotState.PAUSED
        return None

    def view(self, window: Window) -> SlotView:
        """What there is to show of the window's slot."""
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
        """From when on a reminder of the window's slot comes; None when there have been enough or that isn't known."""
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
        if self._log.woke_at is not None:
            remind_at = max(remind_at, min(self._log.woke_at + GRACE, window.end - LAST_MINUTE))
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
        """When the next reminder of a slot to come is due, in so many days."""
        for window in windows(self._settings, self._log, days_from(first, days), self._zone):
            if window.start > self._now and self.state(window) is SlotState.COMING:
                remind_at = self._remind_at(window)
                if remind_at is not None and remind_at < window.end:
                    return remind_at
        return None

    def _look_at(self, remind_at: datetime | None) -> datetime:
        """The next moment at which something may be other than now."""
        tomorrow = self._today + timedelta(days=1)
        moments = [self._now + LONGEST_WINDOW]
        moments += [day_begins(tomorrow, self._zone, fold=fold) for fold in (0, 1)]
        moments += [moment for window in self._near for moment in (window.start, window.end)]
        snooze_end = self._log.snooze.ends_at(self._presence) if self._log.snooze else None
        moments += [moment for moment in (remind_at, snooze_end) if moment is not None]
        return min(moment for moment in moments if moment > self._now)


def due_slot(now: datetime, settings: ReminderSettings, log: ReminderLog) -> Slot | None:
    """The slot that is due now, be it snoozed or not."""
    look = _Look(now, settings, log, Presence.FREE)
    return look.current.slot if look.current and look.state(look.current) in UNSETTLED else None


def left_out(now: datetime, settings: ReminderSettings, log: ReminderLog) -> tuple[SlotView, ...]:
    """The slots up to today that were skipped or fell into a pause, as far back as the log goes."""
    look = _Look(now, settings, log, Presence.FREE)
    today, pause = now.date(), log.pause
    pause_began = pause.since.astimezone(zone_of(now)).date() if pause else today
    longest = today - timedelta(days=LONGEST_PAUSE_DAYS)
    first = min(today - timedelta(days=KEPT_DAYS), max(pause_began, longest))
    days = days_from(first, (today - first).days + 1)
    views = (look.view(window) for window in windows(settings, log, days, zone_of(now)))
    return tuple(view for view in views if view.state in {SlotState.SKIPPED, SlotState.PAUSED})


def slot_of(log: ReminderLog, settings: ReminderSettings, *, started: datetime, ended: datetime) -> Slot | None:
    """The slot that a session counts for if it is played to its end at `ended`; None when it counts for none.

    It is the slot that it was credited to already, by whichever program. Else it is the one that is due; else the one
    that was due when it began, not more than two hours ago; else the next one if that is at most two hours away; else
    the one whose window it is, though that was skipped or paused.
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
    """The person wants the due slot's reminder later: in so many minutes, or when they are back (None).

    DomainError when the minutes are too few or too many.
    """
    if minutes is not None and not SHORTEST_SNOOZE_MIN <= minutes <= LONGEST_SNOOZE_MIN:
        sentence = _("A reminder can be snoozed for {least} to {most} minutes.")
        raise DomainError(sentence.format(least=SHORTEST_SNOOZE_MIN, most=LONGEST_SNOOZE_MIN))
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
    """The person leaves out the slot that is due."""
    slot = due_slot(now, settings, log)
    if slot is None:
        return log
    changed: SlotRecord = replace(log.of(slot), skipped_at=now.astimezone(UTC))
    return replace(log.with_record(changed), snooze=None)


def day_ended(log: ReminderLog, now: datetime, settings: ReminderSettings) -> ReminderLog:
    """Not today, says the person: the day of the slot that is due (after midnight that is yesterday), else today."""
    slot = due_slot(now, settings, log)
    return replace(log, ended_days=log.ended_days | {slot.day if slot else now.date()}, snooze=None)


def reminders_paused(log: ReminderLog, now: datetime, until: date) -> ReminderLog:
    """The person wants no reminders before that day; today or a day before it changes nothing."""
    if until <= now.date():
        return log
    return replace(log, pause=Pause(since=now.astimezone(UTC), until=min(until, LAST_DAY)), snooze=None)
