"""A person's days for the reminder tests: moments, and a log to which events are applied in turn."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from stretchplayer.reminders import log as reminder_log
from stretchplayer.reminders import reschedule as reminder_times
from stretchplayer.reminders import rules as reminders
from stretchplayer.reminders.log import ReminderLog
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.rules import Advice, advise
from stretchplayer.reminders.slots import ReminderSettings, Slot, SlotTime

BERLIN: Final = ZoneInfo("Europe/Berlin")
MONDAY: Final = date(2026, 3, 2)


def at(text: str, day: date = MONDAY, zone: tzinfo = BERLIN) -> datetime:
    """A moment of that day, by its local time: "08:00"."""
    return datetime.combine(day, time.fromisoformat(text), zone)


def slot(text: str, day: date = MONDAY) -> Slot:
    """A slot of that day."""
    return Slot(day=day, at=time.fromisoformat(text))


def daily(*times: str) -> ReminderSettings:
    """Reminders at these times every day."""
    return ReminderSettings(slots=tuple(SlotTime(at=time.fromisoformat(each)) for each in times))


@dataclass
class Days:
    """What has happened, and what the rule says to it."""

    settings: ReminderSettings = field(default_factory=ReminderSettings)
    log: ReminderLog = field(default_factory=ReminderLog)

    def advice(self, now: datetime, presence: Presence = Presence.FREE, open_reminder: Slot | None = None) -> Advice:
        """What the rule says."""
        return advise(now, self.settings, self.log, presence, open_reminder=open_reminder)

    def look(self, now: datetime, presence: Presence = Presence.FREE) -> Slot | None:
        """Do what the rule says; what is returned is the slot that the person was reminded of."""
        self.log = reminder_log.presence_seen(self.log, presence)
        due = self.advice(now, presence).remind
        if due is None:
            return None
        self.log = reminder_log.reminded(self.log, due.slot, now)
        return due.slot

    def reminders(self, begin: datetime, end: datetime, presence: Presence = Presence.FREE) -> list[str]:
        """Look every minute, up to but not at the end; what is returned are the local times of the reminders."""
        found, now = [], begin
        while now < end:
            if self.look(now, presence) is not None:
                found.append(f"{now:%H:%M}")
            now = (now.astimezone(UTC) + timedelta(minutes=1)).astimezone(now.tzinfo)
        return found

    def states(self, now: datetime, presence: Presence = Presence.FREE) -> list[str]:
        """The states of today's slots."""
        return [str(view.state) for view in self.advice(now, presence).slots]

    def finish(self, now: datetime, started: datetime | None = None) -> None:
        """A session is played to its end."""
        self.log = reminders.session_finished(self.log, self.settings, started=started or now, ended=now)

    def slot_of(self, ended: datetime, started: datetime | None = None) -> Slot | None:
        """The slot of a session that is played to its end."""
        return reminders.slot_of(self.log, self.settings, started=started or ended, ended=ended)

    def snooze(self, now: datetime, minutes: int | None) -> None:
        """Later, says the person."""
        self.log = reminders.snoozed(self.log, now, self.settings, minutes)

    def skip(self, now: datetime) -> None:
        """Not this one."""
        self.log = reminders.skipped(self.log, now, self.settings)

    def mark(self, now: datetime, slot: Slot, *, done: bool = True) -> None:
        """Done already, or not after all."""
        if done:
            self.log = reminders.marked_done(self.log, now, self.settings, slot)
        else:
            self.log = reminders.unmarked(self.log, slot)

    def end_session(self, now: datetime) -> None:
        """A session ends, finished or not."""
        self.log = reminder_log.session_ended(self.log, now)

    def not_today(self, now: datetime) -> None:
        """Nor any other one today."""
        self.log = reminders.day_ended(self.log, now, self.settings)

    def pause(self, now: datetime, until: date) -> None:
        """No reminders before that day."""
        self.log = reminders.reminders_paused(self.log, now, until)

    def resume(self) -> None:
        """Reminders again."""
        self.log = reminder_log.reminders_resumed(self.log)

    def change_settings(self, now: datetime, settings: ReminderSettings) -> None:
        """Other times from now on."""
        self.log = reminder_times.times_changed(self.log, now, self.settings, settings)
        self.settings = settings

    def wake(self, now: datetime) -> None:
        """The machine wakes up."""
        self.log = reminder_log.woken(self.log, now)

    def set_clock(self, now: datetime) -> None:
        """The wall clock is set to that."""
        self.log = reminder_log.clock_jumped(self.log, now)
