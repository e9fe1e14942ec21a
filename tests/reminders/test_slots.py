"""Slots and what can be chosen about them."""

from datetime import UTC, date, time, timedelta

import pytest

from stretchplayer.errors import DomainError
from stretchplayer.reminders.slots import MAX_SLOTS, ReminderSettings, Slot, SlotTime


def test_a_slot_is_known_by_its_local_date_and_time() -> None:
    assert Slot(day=date(2026, 3, 2), at=time(8, 0)).key == "2026-03-02T08:00"


def test_there_are_two_reminders_a_day_to_begin_with() -> None:
    assert [slot.at for slot in ReminderSettings().slots] == [time(8), time(20)]


@pytest.mark.parametrize("at", [time(8, 0, 1), time(8, 0, 0, 1), time(8, 0, tzinfo=UTC)])
def test_a_reminder_is_at_a_whole_minute_of_the_local_day(at: time) -> None:
    with pytest.raises(DomainError, match="whole minute"):
        SlotTime(at=at)


@pytest.mark.parametrize("weekdays", [frozenset[int](), frozenset({0, 7})])
def test_a_reminder_needs_weekdays(weekdays: frozenset[int]) -> None:
    with pytest.raises(DomainError, match="at least one weekday"):
        SlotTime(at=time(8), weekdays=weekdays)


@pytest.mark.parametrize("hours", [(8, 8), (20, 8)])
def test_reminders_are_in_the_order_of_the_day(hours: tuple[int, ...]) -> None:
    with pytest.raises(DomainError, match="earliest first"):
        ReminderSettings(slots=tuple(SlotTime(at=time(hour)) for hour in hours))


def test_there_can_be_too_many_reminders() -> None:
    midnight = timedelta()
    minutes = [midnight + timedelta(minutes=number) for number in range(MAX_SLOTS + 1)]
    slots = tuple(SlotTime(at=time(0, each.seconds // 60)) for each in minutes)
    with pytest.raises(DomainError, match="at most"):
        ReminderSettings(slots=slots)
