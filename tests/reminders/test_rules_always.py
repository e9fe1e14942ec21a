"""Invariants of the reminders for anyone, anywhere, in any year: see `reminded_person.py` for what is checked."""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.slots import EVERY_DAY, ReminderSettings, SlotTime
from tests.reminders.reminded_person import RemindedPerson

ZONES: Final = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "Europe/Berlin",
        "Europe/Dublin",  # its summer time is the standard one
        "America/New_York",
        "America/St_Johns",  # half an hour off; until 2011 the clocks changed at a minute past midnight
        "America/Sao_Paulo",  # until 2019 the clocks changed at midnight
        "America/Havana",  # midnight comes twice
        "Australia/Lord_Howe",  # changes by half an hour
        "Asia/Kathmandu",
        "Pacific/Apia",  # left out a whole day in 2011
        "Pacific/Kiritimati",
        "Antarctica/Troll",  # changes by two hours
    )
]
CHANGES: Final = [
    datetime(*moment, tzinfo=UTC)
    for moment in (
        (2026, 3, 28, 22),
        (2026, 10, 24, 22),
        (2026, 3, 8, 4),
        (2026, 11, 1, 3),
        (2018, 11, 4, 1),
        (2018, 2, 17, 23),
        (2011, 12, 29, 20),
        (2026, 4, 4, 12),
        (2010, 11, 7, 1),
    )
]
"""Moments some hours before a zone's clocks change."""

# Hours at which clocks change are more likely than others.
times = st.builds(time, st.integers(0, 3) | st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59]))
weekdays = st.just(EVERY_DAY) | st.frozensets(st.integers(0, 6), min_size=1)
slot_times = st.builds(SlotTime, at=times, weekdays=weekdays)
reminder_settings = st.builds(
    ReminderSettings,
    enabled=st.integers(0, 9).map(bool),
    slots=st.lists(slot_times, max_size=6, unique_by=lambda slot: slot.at).map(lambda slots: tuple(sorted(slots))),
) | st.just(ReminderSettings())
moments = st.sampled_from(CHANGES) | st.datetimes(
    min_value=datetime(1975, 1, 1),  # noqa: DTZ001  Hypothesis wants naive ones
    max_value=datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
seconds = st.integers(0, 59).map(lambda number: timedelta(seconds=number))
a_while = st.integers(0, 720).map(lambda number: timedelta(minutes=number))
a_sleep = a_while | st.integers(0, 21).map(lambda number: timedelta(days=number))
a_jump = st.integers(-120, 120).map(lambda number: timedelta(minutes=number)) | st.integers(-150, 150).map(
    lambda number: timedelta(hours=number)
)
zones = st.sampled_from(ZONES)


class AnyPerson(RuleBasedStateMachine):
    """Anything may happen, in any order."""

    @initialize(settings=reminder_settings, start=moments, zone=zones)
    def begin(self, settings: ReminderSettings, start: datetime, zone: ZoneInfo) -> None:
        self.person = RemindedPerson(settings, start, zone)

    @rule(duration=a_while, more=seconds)
    def live(self, duration: timedelta, more: timedelta) -> None:
        self.person.live(duration + more)

    @rule()
    def live_until_something_is_due(self) -> None:
        for _ in range(100):
            if self.person.due() is not None:
                break
            self.person.live(timedelta(minutes=15))

    @rule(presence=st.sampled_from(Presence))
    def become(self, presence: Presence) -> None:
        self.person.become(presence)

    @rule(duration=a_sleep, more=seconds)
    def sleep(self, duration: timedelta, more: timedelta) -> None:
        self.person.sleep(duration + more)

    @rule(by=a_jump)
    def set_clock(self, by: timedelta) -> None:
        self.person.set_clock(by)

    @rule(zone=zones)
    def travel(self, zone: ZoneInfo) -> None:
        self.person.travel(zone)

    @rule(settings=reminder_settings)
    def change_settings(self, settings: ReminderSettings) -> None:
        self.person.change_settings(settings)

    @rule()
    def restart(self) -> None:
        self.person.restart()

    @rule()
    def finish(self) -> None:
        self.person.finish()

    @rule()
    def stop(self) -> None:
        self.person.stop()

    @rule(minutes=st.sampled_from([None, 5, 10, 30, 60]))
    def snooze(self, minutes: int | None) -> None:
        self.person.snooze(minutes)

    @rule()
    def skip(self) -> None:
        self.person.skip()

    @rule()
    def not_today(self) -> None:
        self.person.not_today()

    @rule(days=st.integers(1, 20))
    def pause(self, days: int) -> None:
        self.person.pause(days)

    @rule()
    def resume(self) -> None:
        self.person.resume()


TestAnyPerson = AnyPerson.TestCase
TestAnyPerson.settings = settings(max_examples=max(30, settings().max_examples // 2), stateful_step_count=25)
