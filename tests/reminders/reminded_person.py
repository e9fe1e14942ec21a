"""A simulated person at a simulated machine, whose reminders are checked against an account kept apart from the rule.

The account knows what slots there are and what was done about them, and works out by plain comparison of moments what
may, must and must not be reminded of. Only the program's looks read the wall clock, and it looks only when told to, on
a coarse timer, and when the person does something.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from stretchplayer.reminders import log as reminder_log
from stretchplayer.reminders.log import SlotRecord
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.rules import Advice
from stretchplayer.reminders.slots import ReminderSettings, Slot, SlotState
from tests.progress.days import Days

COARSE: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)


@dataclass
class Account:
    """What happened to one slot."""

    times: list[datetime] = field(default_factory=list)
    snoozes: int = 0
    due_until: datetime | None = None
    done: bool = False
    skipped: bool = False


class RemindedPerson:
    """Lives, and checks at every look of the program that the rule is kept."""

    def __init__(self, settings: ReminderSettings, start: datetime, zone: ZoneInfo) -> None:
        self.days = Days(settings=settings)
        self.zone = zone
        self.wall = start.astimezone(UTC)
        self.presence = Presence.FREE
        self.accounts: dict[Slot, Account] = {}
        self.ended: set[date] = set()
        self.paused_until: date | None = None
        self.snoozed_at: datetime | None = None
        self.snoozed_until: datetime | None = None
        self.seen_away = False
        self.woke_at: datetime | None = None
        self.session_ended_at: datetime | None = None
        self.steady_since = self.wall
        self.open: Slot | None = None
        self.look_in = MINUTE
        self.started: datetime | None = None
        self.look()

    @property
    def now(self) -> datetime:
        """The wall clock, as the program sees it."""
        return self.wall.astimezone(self.zone)

    def account(self, slot: Slot) -> Account:
        return self.accounts.setdefault(slot, Account())

    # What happens

    def live(self, duration: timedelta) -> None:
        """Time passes, the machine being awake."""
        while duration >= self.look_in:
            duration -= self.look_in
            self.wall += self.look_in
            self.look()
        self.wall += duration
        self.look_in -= duration

    def become(self, presence: Presence) -> None:
        """The presence changes without a notification to the program."""
        if presence is Presence.PLAYING:
            self.started = self.now
        self.presence = presence

    def sleep(self, duration: timedelta) -> None:
        """The machine sleeps."""
        self.wall += duration
        self.days.wake(self.now)
        self.woke_at = self.wall
        self._left()
        self.look()

    def set_clock(self, by: timedelta) -> None:
        """Someone sets the wall clock, and the program notices at its next look."""
        self.wall += by
        for account in self.accounts.values():
            account.times = [min(moment, self.wall) for moment in account.times]
        if self.snoozed_at is not None and self.snoozed_at > self.wall:
            if self.snoozed_until is not None:
                self.snoozed_until += self.wall - self.snoozed_at
            self.snoozed_at = self.wall
        self.woke_at = None if self.woke_at is None else min(self.woke_at, self.wall)
        if self.session_ended_at is not None:
            self.session_ended_at = min(self.session_ended_at, self.wall)
        self.steady_since = self.wall
        self.days.set_clock(self.now)
        self.look()

    def travel(self, zone: ZoneInfo) -> None:
        """The machine is somewhere else now."""
        self.zone = zone
        self.look()

    def change_settings(self, settings: ReminderSettings) -> None:
        before = self._done()
        self.days.change_settings(self.now, settings)
        after = self._done()
        assert sorted(slot.day for slot in after) == sorted(slot.day for slot in before), "no credit comes or goes"
        chosen = {(each.at, day) for each in settings.slots for day in each.weekdays}
        for slot in before ^ after:
            assert (slot in after) == ((slot.at, slot.day.weekday()) in chosen)
            self.account(slot).done = slot in after
        self.look()

    def restart(self) -> None:
        """The program ends and starts again: what was open is gone."""
        self.open = None
        self.look()

    def finish(self) -> None:
        """A session is played to its end."""
        due, before = self.due(), self._records()
        self.days.finish(self.now, self.started)
        changed = [slot for slot, record in self._records().items() if record != before.get(slot)]
        credited = [slot for slot in changed if self.days.log.of(slot).done_at is not None]
        assert credited == changed
        assert len(credited) <= 1
        for slot in credited:
            assert not self.account(slot).done
            assert -26 * HOUR <= self._start(slot.day, slot.at) - self.wall <= 2 * HOUR
            assert due in {None, slot}
            self.account(slot).done = True
        if due is not None:
            assert credited == [due]
        if credited:
            self.snoozed_at = None
        self.stop()

    def stop(self) -> None:
        """A session ends."""
        self.days.end_session(self.now)
        self.session_ended_at = self.wall
        self.presence, self.started = Presence.FREE, None
        self.look()

    def snooze(self, minutes: int | None) -> None:
        slot = self.due()
        self.days.snooze(self.now, minutes)
        if slot is not None:
            account = self.account(slot)
            account.snoozes += 1
            until = None if minutes is None else self.wall + timedelta(minutes=minutes)
            account.due_until = self.wall + 6 * HOUR if until is None else until + HOUR / 2
            self.snoozed_at, self.snoozed_until, self.seen_away = self.wall, until, False
        self.look()

    def skip(self) -> None:
        slot = self.due()
        self.days.skip(self.now)
        if slot is not None:
            self.account(slot).skipped = True
            self.snoozed_at = None
        self.look()

    def not_today(self) -> None:
        slot = self.due()
        self.days.not_today(self.now)
        self.ended.add(slot.day if slot else self.now.date())
        self.snoozed_at = None
        self.look()

    def pause(self, days: int) -> None:
        self.paused_until = self.now.date() + timedelta(days=days)
        self.days.pause(self.now, self.paused_until)
        self.snoozed_at = None
        self.look()

    def resume(self) -> None:
        self.days.resume()
        self.paused_until = None
        self.look()

    # What the program does

    def look(self) -> None:
        """Ask the rule and do what it says, checking all of it."""
        now, days = self.now, self.days
        days.log = reminder_log.clock_checked(days.log, now)
        days.log = reminder_log.presence_seen(days.log, self.presence)
        if self.presence is Presence.AWAY:
            self._left()
        advice = days.advice(now, self.presence, self.open)
        self.check_open(advice)
        if advice.remind is not None:
            slot = advice.remind.slot
            self.check_reminder(slot)
            days.log = reminder_log.reminded(days.log, slot, now)
            self.account(slot).times.append(self.wall)
            self.snoozed_at = None
            self.open = slot
        days.log = reminder_log.pruned(days.log, now)
        self._forget()
        self.check_liveness()
        after = days.advice(now, self.presence, self.open)
        self.check_states(after)
        self.check_nothing_is_missed_until(after)
        self.look_in = min(after.look_at.astimezone(UTC) - self.wall, COARSE)

    # What has to be so

    def check_open(self, advice: Advice) -> None:
        if self.open is not None:
            settled = self.due() != self.open or self.is_snoozed() or self.presence is Presence.PLAYING
            assert advice.withdraw == settled
        if advice.withdraw:
            self.open = None
        if advice.remind is not None:
            assert self.open in {None, advice.remind.slot}, "two at once"

    def check_reminder(self, slot: Slot) -> None:
        account = self.account(slot)
        assert self.presence is Presence.FREE
        assert self.due() == slot, "done, skipped, paused, or past its window"
        assert not self.in_rest() or self.wall >= self._end(slot) - MINUTE
        assert not self.is_snoozed()
        assert len(account.times) < 4 + account.snoozes
        if account.times and self.snoozed_at is None:
            assert self.wall - account.times[-1] >= HOUR / 2

    def check_liveness(self) -> None:
        slot = self.due()
        may = self.presence is Presence.FREE and not (self.is_snoozed() or self.in_grace() or self.in_rest())
        if slot is not None and may:
            assert self.account(slot).times, "due, the person is free, and there was no reminder yet"
            assert self.snoozed_at is None, "nor one after the snooze"

    def check_states(self, advice: Advice) -> None:
        due = self.due()
        unsettled = [view.slot for view in advice.slots if view.state in {SlotState.DUE, SlotState.SNOOZED}]
        assert unsettled == ([] if due is None else [due])
        assert (advice.due is not None) == (due is not None and not self.is_snoozed())
        assert all((view.state is SlotState.DONE) == self.account(view.slot).done for view in advice.slots)
        assert advice.remind is None, "one reminder settles one look"
        if advice.next_at is not None and due is None:
            assert advice.next_at > self.now

    def check_nothing_is_missed_until(self, advice: Advice) -> None:
        """Until it is told to look again, nothing happens by itself."""
        look_at = advice.look_at.astimezone(UTC)
        assert look_at > self.wall
        for moment in (self.wall + (look_at - self.wall) / 2, look_at - timedelta(microseconds=1)):
            then = self.days.advice(moment.astimezone(self.zone), self.presence, self.open)
            assert (then.remind, then.withdraw, then.due) == (None, advice.withdraw, advice.due)
            # Clocks that are put back over midnight bring the day before back. The coarse timer is enough for that.
            today, day = self.now.date(), moment.astimezone(self.zone).date()
            assert day <= today
            if day == today:
                assert then.slots == advice.slots
                assert then.look_at.astimezone(UTC) >= look_at

    # The account

    def due(self) -> Slot | None:
        """The slot that is due or snoozed now."""
        started = [(start, slot) for start, slot in self._starts() if start <= self.wall]
        if not started:
            return None
        _start, slot = max(started)
        account = self.account(slot)
        paused = self.paused_until is not None and slot.day < self.paused_until
        settled = account.done or account.skipped or slot.day in self.ended or paused
        return slot if self.wall < self._end(slot) and not settled else None

    def is_snoozed(self) -> bool:
        if self.snoozed_at is None:
            return False
        if self.snoozed_until is not None:
            return self.wall < self.snoozed_until
        return self.presence is Presence.AWAY if self.seen_away else self.wall < self.snoozed_at + HOUR

    def in_grace(self) -> bool:
        return self.woke_at is not None and self.wall < self.woke_at + 2 * MINUTE

    def in_rest(self) -> bool:
        return self.session_ended_at is not None and self.wall < self.session_ended_at + 10 * MINUTE

    def _left(self) -> None:
        self.seen_away = True

    def _forget(self) -> None:
        """A clock that is right forgets what was done a week ago, and on days that a wrong one made up."""
        if self.wall - self.steady_since >= 24 * HOUR:
            today = self.now.date()
            known = {today + timedelta(days=number) for number in range(-8, 2)}
            self.accounts = {slot: account for slot, account in self.accounts.items() if slot.day in known}
            self.ended &= known

    def _starts(self) -> list[tuple[datetime, Slot]]:
        """The slots around now and when they begin. Of two that begin at once, the later one by the clock is last."""
        today = self.now.date()
        slots = [
            Slot(day=today + timedelta(days=number), at=each.at)
            for number in (-2, -1, 0, 1)
            for each in self.days.settings.slots
            if (today + timedelta(days=number)).weekday() in each.weekdays and self.days.settings.enabled
        ]
        return [(self._start(slot.day, slot.at), slot) for slot in slots]

    def _end(self, slot: Slot) -> datetime:
        """When the window of a slot that has begun ends."""
        start, due_until = self._start(slot.day, slot.at), self.account(slot).due_until
        end = max(start + 6 * HOUR, min(due_until or start, start + 24 * HOUR))
        return min([end, *(following for following, _slot in self._starts() if following > self.wall)])

    def _start(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)

    def _done(self) -> set[Slot]:
        return {record.slot for record in self.days.log.records if record.done_at is not None}

    def _records(self) -> dict[Slot, SlotRecord]:
        return {record.slot: record for record in self.days.log.records}
