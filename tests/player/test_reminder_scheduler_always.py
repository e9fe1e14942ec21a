"""What holds for the scheduler whatever happens to it: see the invariants. `tests/reminders` has the rule itself."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from stretchplayer.player.reminder_scheduler import LOOK_EVERY_MS
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.slots import ReminderSettings, Slot, SlotState, SlotView
from tests.fakes import FakeReminderStore
from tests.player.reminded import HOUR_MS, MINUTE_MS, Reminded

NIGHTS = [datetime(2026, 3, 28, 18, 30, tzinfo=UTC), datetime(2026, 10, 24, 18, 30, tzinfo=UTC)]
"""Evenings before the clocks change in Berlin."""


class AnyScheduler(RuleBasedStateMachine):
    """Time, the person, the machine and the disk do what they like."""

    @initialize(start=st.sampled_from(NIGHTS))
    def begin(self, start: datetime) -> None:
        self.counts = Counter[Slot]()
        self.snoozes = Counter[Slot]()
        self.open: Slot | None = None
        self.chosen = ReminderSettings()
        self._start(Reminded(start, store=FakeReminderStore(), look=False))

    def _start(self, reminded: Reminded) -> None:
        self.reminded = reminded
        reminded.scheduler.reminder_due.connect(self._on_due)
        reminded.scheduler.reminder_withdrawn.connect(self._on_withdrawn)
        reminded.scheduler.look()

    def _on_due(self, view: SlotView) -> None:
        assert self.reminded.presence is Presence.FREE
        assert view.state is SlotState.DUE
        assert self.open in {None, view.slot}, "two at once"
        self.open = view.slot
        self.counts[view.slot] += 1

    def _on_withdrawn(self) -> None:
        assert self.open is not None
        self.open = None

    @rule(minutes=st.integers(1, 200))
    def live(self, minutes: int) -> None:
        self.reminded.run_for(minutes * MINUTE_MS)

    @rule(hours=st.integers(0, 100), tells=st.booleans())
    def sleep(self, hours: int, tells: bool) -> None:
        self.reminded.asleep(hours * HOUR_MS)
        if tells:
            self.reminded.scheduler.note_woken()
        self.reminded.run_for(LOOK_EVERY_MS)

    @rule(minutes=st.integers(-1000, 1000))
    def set_clock(self, minutes: int) -> None:
        clock = self.reminded.clock
        clock.set_wall_clock(clock.now().astimezone(UTC) + timedelta(minutes=minutes))
        self.reminded.run_for(LOOK_EVERY_MS)

    @rule(zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Tokyo"]))
    def travel(self, zone: str) -> None:
        self.reminded.clock.zone = ZoneInfo(zone)
        self.reminded.scheduler.look()

    @rule(presence=st.sampled_from([Presence.FREE, Presence.FREE, Presence.AWAY, Presence.BUSY]))
    def become(self, presence: Presence) -> None:
        self.reminded.presence = presence

    @rule(minutes=st.sampled_from([None, 5, 60]))
    def snooze(self, minutes: int | None) -> None:
        snoozed = [view.slot for view in self.reminded.scheduler.slots if view.state in {"due", "snoozed"}]
        self.snoozes.update(snoozed)
        self.reminded.scheduler.snooze(minutes)

    @rule()
    def play(self) -> None:
        scheduler = self.reminded.scheduler
        scheduler.note_session_started()
        assert self.open is None
        self.reminded.run_for(7 * MINUTE_MS)
        scheduler.note_session_finished()
        assert "due" not in self.reminded.states

    @rule()
    def skip(self) -> None:
        self.reminded.scheduler.skip()
        assert "due" not in self.reminded.states

    @rule()
    def not_today(self) -> None:
        self.reminded.scheduler.not_today()

    @rule(days=st.integers(1, 3))
    def pause(self, days: int) -> None:
        self.reminded.scheduler.pause_until(self.reminded.clock.now().date() + timedelta(days=days))

    @rule()
    def resume(self) -> None:
        self.reminded.scheduler.resume_reminders()

    @rule(enabled=st.booleans())
    def change_settings(self, enabled: bool) -> None:
        self.chosen = ReminderSettings(enabled=enabled)
        self.reminded.scheduler.take_settings(self.chosen)

    @rule()
    def kill_and_start_again(self) -> None:
        old, self.open = self.reminded, None
        old.scheduler.close()
        log = FakeReminderStore(old.store.log)
        again = Reminded(old.clock.now(), settings=self.chosen, store=log, look=False)
        again.clock.zone, again.presence = old.clock.zone, old.presence
        states = old.states
        self._start(again)
        assert again.states == states, "killed at any moment, the state of the day is as it was"

    @invariant()
    def it_will_look_again_within_a_minute(self) -> None:
        due_in_ms = self.reminded.timer.due_in_ms
        assert due_in_ms is not None
        assert 0 < due_in_ms <= LOOK_EVERY_MS

    @invariant()
    def there_are_never_too_many(self) -> None:
        assert all(count <= 4 + self.snoozes[slot] for slot, count in self.counts.items())

    @invariant()
    def an_open_reminder_is_of_the_slot_that_is_due(self) -> None:
        due = [view.slot for view in self.reminded.scheduler.slots if view.state is SlotState.DUE]
        assert len(due) <= 1
        assert self.open is None or [self.open] == due

    @invariant()
    def all_of_it_is_saved(self) -> None:
        assert self.reminded.problems == []
        scheduler = self.reminded.scheduler
        assert all(
            (view.state is SlotState.DONE) == (self.reminded.store.log.of(view.slot).done_at is not None)
            for view in scheduler.slots
        )


TestAnyScheduler = AnyScheduler.TestCase
TestAnyScheduler.settings = settings(max_examples=max(12, settings().max_examples // 5), stateful_step_count=20)
