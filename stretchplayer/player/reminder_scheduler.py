"""Keeps the reminders: asks the rule what to do, remembers what happened, and tells of it."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from math import ceil
from typing import Final

from PySide6.QtCore import QObject, Signal

from stretchplayer.errors import StorageError
from stretchplayer.player.command_queue import CommandQueue, queued
from stretchplayer.player.stopwatch import NS_PER_MS
from stretchplayer.ports import Clock, ReminderStore, Timer
from stretchplayer.reminders import log as reminder_log
from stretchplayer.reminders import reschedule as reminder_times
from stretchplayer.reminders import rules as reminders
from stretchplayer.reminders.log import ReminderLog
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.rules import Advice
from stretchplayer.reminders.slots import ReminderSettings, Slot, SlotView

LOOK_EVERY_MS: Final = 60_000
"""The longest time between two looks: the wall clock may be set, and the person may come back, without a word."""
SOONEST_LOOK_MS: Final = 20
"""An alarm may go off a little early, and must not then be set again and again."""
SLEPT_MS: Final = 10_000
"""A machine that stood still for longer was asleep."""
LATE_MS: Final = 30_000
"""So was one whose alarm is late by this much, where the system doesn't say how long it slept."""
JUMPED_MS: Final = 5_000
"""A wall clock that is further off than this was set."""

log = logging.getLogger(__name__)


class ReminderScheduler(QObject):
    """Reminds the person. Takes commands, answers with facts; whatever it tells has been saved before.

    `presence` is asked at every look. Looks come by themselves at least once a minute, and by `look` whenever something
    may have changed: the person is back, the window was opened. A command from a slot of a fact waits for its turn.
    """

    reminder_due = Signal(SlotView)
    """Remind the person now. Another one may still be open; it is then replaced."""
    reminder_withdrawn = Signal()
    """Take away the open reminder: its slot is settled, or the person is stretching."""
    slots_changed = Signal(tuple)
    """The views of `slots`; `next_at` or `paused_until` may have changed as well."""
    problem = Signal(str)
    """What happens can't be saved; told once, with a sentence for the person."""

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
        self._kept = store.load()
        self._log = reminder_log.with_start(self._kept, clock.now())
        self._open: Slot | None = None
        self._session_started_at: datetime | None = None
        self._is_failing = False
        self._problem_reported = False
        self._shown: tuple[object, ...] = ()
        self._mono_ns = clock.monotonic_ns()
        self._boot_ns = clock.boottime_ns()
        self._wall = clock.now().astimezone(UTC)
        self._delay_ms = LOOK_EVERY_MS
        self._advice = self._advise(clock.now(), Presence.FREE)
        timer.connect(self.look)

    # Facts that can be asked for

    @property
    def slots(self) -> tuple[SlotView, ...]:
        """Today's slots, preceded by yesterday's as long as that is due or snoozed."""
        return self._advice.slots

    @property
    def next_at(self) -> datetime | None:
        """The moment from which on the next reminder comes, aware and local; past while it waits for the person."""
        return self._advice.next_at

    @property
    def paused_until(self) -> date | None:
        """The day on which reminders come again, if they are paused."""
        pause = self._log.pause
        return pause.until if pause is not None and pause.until > self._clock.now().date() else None

    # Commands

    @queued
    def look(self) -> None:
        """See what is due. The first call begins it all."""
        self._look(self._clock.now())

    def snooze(self, minutes: int | None) -> None:
        """Put the due slot's reminder off, by so many minutes or until the person is back."""
        self._change(lambda log, now: reminders.snoozed(log, now, self._settings, minutes))

    def skip(self) -> None:
        """Leave out the slot that is due."""
        self._change(lambda log, now: reminders.skipped(log, now, self._settings))

    def not_today(self) -> None:
        """Leave out the rest of the day."""
        self._change(lambda log, now: reminders.day_ended(log, now, self._settings))

    def pause_until(self, day: date) -> None:
        """Remind of nothing before that day."""
        self._change(lambda log, now: reminders.reminders_paused(log, now, day))

    def resume_reminders(self) -> None:
        """Remind again."""
        self._change(lambda log, _now: reminder_log.reminders_resumed(log))

    def note_session_started(self) -> None:
        """A session is being played, so an open reminder has done its work."""
        self.queue.run(self._on_session_started)

    def note_session_finished(self) -> None:
        """A session was played to its end."""
        started, self._session_started_at = self._session_started_at, None
        self._change(
            lambda log, now: reminders.session_finished(log, self._settings, started=started or now, ended=now)
        )

    def note_finished_elsewhere(self, took_s: int) -> None:
        """A session was played to its end by another program, having begun so many s ago."""
        took = timedelta(seconds=took_s)
        self._change(lambda log, now: reminders.session_finished(log, self._settings, started=now - took, ended=now))

    @property
    def left_out(self) -> tuple[SlotView, ...]:
        """The slots of the last days that were skipped or fell into a pause."""
        return reminders.left_out(self._clock.now(), self._settings, self._log)

    @property
    def added_late(self) -> frozenset[str]:
        """The keys of slots that were over before the person chose their times."""
        return reminder_times.added_late(self._log)

    def slot_of(self, started: datetime, ended: datetime) -> str | None:
        """The key of the slot of a session, None when it is for none."""
        slot = reminders.slot_of(self._log, self._settings, started=started, ended=ended)
        return slot.key if slot else None

    def note_woken(self) -> None:
        """The machine woke up."""
        self._change(reminder_log.woken)

    def take_settings(self, settings: ReminderSettings) -> None:
        """Let other settings hold from now on."""
        self.queue.run(partial(self._on_settings, settings))

    def close(self) -> None:
        """Look no more."""
        self._timer.cancel()

    # How commands are granted

    def _on_session_started(self) -> None:
        self._session_started_at = self._clock.now()
        self._withdraw()

    def _on_settings(self, settings: ReminderSettings) -> None:
        now = self._clock.now()
        self._notice_time(now)
        self._log = reminder_times.times_changed(self._log, now, self._settings, settings)
        self._settings = settings
        self._look(now)

    def _change(self, change: Callable[[ReminderLog, datetime], ReminderLog]) -> None:
        def make() -> None:
            now = self._clock.now()
            self._notice_time(now)
            self._log = change(self._log, now)
            self._look(now)

        self.queue.run(make)

    def _look(self, now: datetime) -> None:
        self._notice_time(now)
        presence = self._presence()
        self._log = reminder_log.presence_seen(self._log, presence)
        advice = self._advise(now, presence)
        if advice.remind is not None:
            self._log = reminder_log.reminded(self._log, advice.remind.slot, now)
        self._log = reminder_log.pruned(self._log, now)
        self._keep()
        self._advice = self._advise(now, presence)
        self._arm(now)
        if advice.withdraw:
            self._withdraw()
        self._show()
        if advice.remind is not None:
            self._open = advice.remind.slot
            self.reminder_due.emit(advice.remind)

    def _advise(self, now: datetime, presence: Presence) -> Advice:
        return reminders.advise(now, self._settings, self._log, presence, open_reminder=self._open)

    def _notice_time(self, now: datetime) -> None:
        """Notice that the machine slept or that the wall clock was set."""
        mono_ns, boot_ns, wall = self._clock.monotonic_ns(), self._clock.boottime_ns(), now.astimezone(UTC)
        passed_ms = (boot_ns - self._boot_ns) / NS_PER_MS
        asleep_ms = passed_ms - (mono_ns - self._mono_ns) / NS_PER_MS
        jumped_ms = (wall - self._wall) / timedelta(milliseconds=1) - passed_ms
        self._mono_ns, self._boot_ns, self._wall = mono_ns, boot_ns, wall
        self._log = reminder_log.clock_checked(self._log, now)
        if abs(jumped_ms) > JUMPED_MS:
            log.info("the wall clock was set, by %.0f s", jumped_ms / 1000)
            self._log = reminder_log.clock_jumped(self._log, now)
        if asleep_ms > SLEPT_MS or passed_ms > self._delay_ms + LATE_MS:
            log.info("the machine slept, for about %.0f s", max(asleep_ms, passed_ms - self._delay_ms) / 1000)
            self._log = reminder_log.woken(self._log, now)

    def _arm(self, now: datetime) -> None:
        away_ms = ceil((self._advice.look_at.astimezone(UTC) - now.astimezone(UTC)) / timedelta(milliseconds=1))
        self._delay_ms = min(max(away_ms, SOONEST_LOOK_MS), LOOK_EVERY_MS)
        self._timer.arm(self._delay_ms)

    def _keep(self) -> None:
        if self._log == self._kept:
            return
        try:
            self._store.save(self._log)
        except StorageError as error:
            self._on_failure(error)
        else:
            self._is_failing = False
            self._kept = self._log

    def _on_failure(self, error: StorageError) -> None:
        """Go on from memory; the next look tries to save again."""
        if not self._is_failing:
            log.warning("what happened to reminders can't be saved: %s", error)
        self._is_failing = True
        if not self._problem_reported:
            self._problem_reported = True
            self.problem.emit(str(error))

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
