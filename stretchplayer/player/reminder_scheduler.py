"""Schedules reminders: applies the rules, saves what happened, and emits events."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import Final

from PySide6.QtCore import QObject, Signal

from stretchplayer.errors import StorageError
from stretchplayer.player.command_queue import CommandQueue, queued
from stretchplayer.player.stopwatch import NS_PER_MS
from stretchplayer.ports import Clock, ReminderStore, Timer
from stretchplayer.reminders import log as reminder_log
from stretchplayer.reminders import reschedule, rules
from stretchplayer.reminders.log import ReminderLog
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.rules import Advice
from stretchplayer.reminders.slots import ReminderSettings, Slot, SlotView

LOOK_EVERY_MS: Final = 60_000
"""The longest interval between two looks: the wall clock can be set, and the person return, without notice."""
SOONEST_LOOK_MS: Final = 20
"""A timer may fire slightly early, and must not then be re-armed in a tight loop."""
SLEPT_MS: Final = 10_000
"""A machine suspended for longer than this was asleep."""
JUMPED_MS: Final = 5_000
"""A wall clock that deviates by more than this was set."""

log = logging.getLogger(__name__)


class ReminderScheduler(QObject):
    """Reminds the person. Takes commands, answers with events, and saves before it emits.

    It looks at least once a minute; call `look` whenever something may have changed, such as the person returning or
    the window being opened. `presence` is called at every look. A command from a slot of an event is queued.
    """

    reminder_due = Signal(SlotView)
    """Remind the person now, replacing any reminder that is still open."""
    reminder_withdrawn = Signal()
    """Close the open reminder: its slot is settled, or a session is playing."""
    slots_changed = Signal(tuple)
    """The new `slots`; `next_at` or `paused_until` may have changed as well."""
    problem = Signal(str)
    """The log can't be saved; emitted once, with a sentence for the person."""

    def __init__(
        self,
        *,
        clock: Clock,
        timer: Timer,
        presence: Callable[[], Presence],
        store: ReminderStore,
        settings: ReminderSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.queue: Final = CommandQueue()
        self._clock = clock
        self._timer = timer
        self._presence = presence
        self._store = store
        self._settings = settings
        self._saved = store.load()
        self._log = reminder_log.with_start(self._saved, clock.now())
        self._open: Slot | None = None
        self._session_started_at: datetime | None = None
        self._is_failing = False
        self._problem_reported = False
        self._shown: tuple[object, ...] = ()
        self._mono_ns = clock.monotonic_ns()
        self._boot_ns = clock.boottime_ns()
        self._wall = clock.now().astimezone(UTC)
        self._advice = self._advise(clock.now(), Presence.FREE)
        self._found = Presence.FREE
        timer.connect(self.look)

    # Queries

    @property
    def slots(self) -> tuple[SlotView, ...]:
        """Today's slots, preceded by yesterday's last one while that is due or snoozed."""
        return self._advice.slots

    @property
    def next_at(self) -> datetime | None:
        """When the next reminder is due, aware and local; in the past while it waits for the person."""
        return self._advice.next_at

    @property
    def waits_for(self) -> Presence | None:
        """What holds back a reminder that is due; None when none is held back."""
        is_due = self.next_at is not None and self.next_at <= self._clock.now()
        return self._found if is_due and self._found is not Presence.FREE else None

    @property
    def paused_until(self) -> date | None:
        """The day on which paused reminders start again; None if they aren't paused."""
        pause = self._log.pause
        return pause.until if pause is not None and pause.until > self._clock.now().date() else None

    # Commands

    @queued
    def look(self) -> None:
        """Check what is due. The first call starts the scheduler."""
        self._look(self._clock.now())

    def snooze(self, minutes: int | None) -> None:
        """Snooze the due slot for `minutes`, or until the person is back (None)."""
        self._change(lambda log, now: rules.snoozed(log, now, self._settings, minutes))

    def skip(self) -> None:
        self._change(lambda log, now: rules.skipped(log, now, self._settings))

    def mark(self, slot: Slot, done: bool) -> None:
        """The person says that the slot was done, or takes that back."""
        if done:
            self._change(lambda log, now: rules.marked_done(log, now, self._settings, slot))
        else:
            self._change(lambda log, _now: rules.unmarked(log, slot))

    def not_today(self) -> None:
        self._change(lambda log, now: rules.day_ended(log, now, self._settings))

    def pause_until(self, day: date) -> None:
        self._change(lambda log, now: rules.reminders_paused(log, now, day))

    def resume_reminders(self) -> None:
        self._change(lambda log, _now: reminder_log.reminders_resumed(log))

    @queued
    def note_session_started(self) -> None:
        """A session has started, so an open reminder can close."""
        self._session_started_at = self._clock.now()
        self._withdraw()

    def note_session_finished(self) -> None:
        started, self._session_started_at = self._session_started_at, None
        self._change(lambda log, now: rules.session_finished(log, self._settings, started=started or now, ended=now))

    def note_session_ended(self) -> None:
        """A session ended, finished or not, here or in another program."""
        self._change(reminder_log.session_ended)

    def note_finished_elsewhere(self, took_s: int) -> None:
        """Another program played a session to its end; it started `took_s` ago."""
        took = timedelta(seconds=took_s)
        self._change(lambda log, now: rules.session_finished(log, self._settings, started=now - took, ended=now))

    def note_slot_done(self, slot: str, done_at: datetime | None) -> None:
        """The session that this slot was done by was deleted (None), or is there again."""
        self._change(lambda log, _now: reminder_log.with_done(log, slot, done_at))

    def forget(self) -> None:
        """The person has deleted everything."""
        self._change(reminder_log.forgotten)

    @property
    def left_out(self) -> tuple[SlotView, ...]:
        """Recent slots that were marked as done, skipped or fell into a pause."""
        return rules.left_out(self._clock.now(), self._settings, self._log)

    @property
    def added_late(self) -> frozenset[str]:
        """The keys of slots that were over before the person chose their times, so they can't be missed."""
        return reschedule.added_late(self._log)

    def slot_of(self, started: datetime, ended: datetime) -> str | None:
        slot = rules.slot_of(self._log, self._settings, started=started, ended=ended)
        return slot.key if slot else None

    def note_woken(self) -> None:
        self._change(reminder_log.woken)

    def take_settings(self, settings: ReminderSettings) -> None:
        def change(log: ReminderLog, now: datetime) -> ReminderLog:
            before, self._settings = self._settings, settings
            return reschedule.times_changed(log, now, before, settings)

        self._change(change)

    def close(self) -> None:
        self._timer.cancel()

    # Looking

    def _change(self, change: Callable[[ReminderLog, datetime], ReminderLog]) -> None:
        def make() -> None:
            now = self._clock.now()
            self._notice_time(now)
            self._log = change(self._log, now)
            self._look(now)

        self.queue.run(make)

    def _look(self, now: datetime) -> None:
        self._notice_time(now)
        presence = self._found = self._presence()
        self._log = reminder_log.presence_seen(self._log, presence)
        advice = self._advise(now, presence)
        if advice.remind is not None:
            self._log = reminder_log.reminded(self._log, advice.remind.slot, now)
        self._log = reminder_log.pruned(self._log, now)
        self._save()
        self._advice = self._advise(now, presence)
        self._arm(now)
        if advice.withdraw:
            self._withdraw()
        self._show()
        if advice.remind is not None:
            self._open = advice.remind.slot
            self.reminder_due.emit(advice.remind)

    def _advise(self, now: datetime, presence: Presence) -> Advice:
        return rules.advise(now, self._settings, self._log, presence, open_reminder=self._open)

    def _notice_time(self, now: datetime) -> None:
        mono_ns, boot_ns, wall = self._clock.monotonic_ns(), self._clock.boottime_ns(), now.astimezone(UTC)
        passed_ms = (boot_ns - self._boot_ns) / NS_PER_MS
        asleep_ms = passed_ms - (mono_ns - self._mono_ns) / NS_PER_MS
        jumped_ms = (wall - self._wall) / timedelta(milliseconds=1) - passed_ms
        self._mono_ns, self._boot_ns, self._wall = mono_ns, boot_ns, wall
        self._log = reminder_log.clock_checked(self._log, now)
        if abs(jumped_ms) > JUMPED_MS:
            log.info("the wall clock was set, by %.0f s", jumped_ms / 1000)
            self._log = reminder_log.clock_jumped(self._log, now)
        if asleep_ms > SLEPT_MS:
            log.info("the machine slept, for %.0f s", asleep_ms / 1000)
            self._log = reminder_log.woken(self._log, now)

    def _arm(self, now: datetime) -> None:
        away_ms = ceil((self._advice.look_at.astimezone(UTC) - now.astimezone(UTC)) / timedelta(milliseconds=1))
        self._timer.arm(min(max(away_ms, SOONEST_LOOK_MS), LOOK_EVERY_MS))

    def _save(self) -> None:
        if self._log == self._saved:
            return
        try:
            self._store.save(self._log)
        except StorageError as error:  # in memory it goes on, and the next look tries to save again
            if not self._is_failing:
                log.warning("what happened to reminders can't be saved: %s", error)
            self._is_failing = True
            if not self._problem_reported:
                self._problem_reported = True
                self.problem.emit(str(error))
        else:
            self._is_failing = False
            self._saved = self._log

    def _withdraw(self) -> None:
        if self._open is not None:
            self._open = None
            self.reminder_withdrawn.emit()

    def _show(self) -> None:
        next_at = self.next_at and self.next_at.astimezone(UTC)  # In local time an hour may come twice
        shown = (self.slots, next_at, self.paused_until)
        if shown != self._shown:
            self._shown = shown
            self.slots_changed.emit(self.slots)
