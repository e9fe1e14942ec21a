"""The rules by example: when a reminder comes, and how a slot ends."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.reminders.log import ReminderLog
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.slots import ReminderSettings, Slot, SlotState, SlotTime
from tests.progress.days import MONDAY, Days, at, daily, slot

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def days() -> Days:
    """Two reminders a day, and nothing has happened."""
    return Days()


# Due until done


def test_a_reminder_comes_at_its_time_and_not_before(days: Days) -> None:
    assert days.look(at("07:59:59")) is None
    assert days.look(at("08:00")) == slot("08:00")


def test_it_comes_again_three_times_every_half_hour_so_four_times_in_all(days: Days) -> None:
    expected = ["08:00", "08:30", "09:00", "09:30", "20:00", "20:30", "21:00", "21:30"]
    assert days.reminders(at("02:00"), at("00:00", TUESDAY)) == expected


def test_the_states_of_a_day_on_which_nothing_is_done(days: Days) -> None:
    assert days.states(at("07:59")) == ["coming", "coming"]
    assert days.states(at("08:00")) == ["due", "coming"]
    assert days.states(at("13:59:59")) == ["due", "coming"]
    assert days.states(at("14:00")) == ["missed", "coming"]
    assert days.states(at("20:00")) == ["missed", "due"]


def test_a_slot_that_is_due_past_midnight_is_shown_before_those_of_the_day(days: Days) -> None:
    views = days.advice(at("01:00", TUESDAY)).slots
    assert [view.slot for view in views] == [slot("20:00"), slot("08:00", TUESDAY), slot("20:00", TUESDAY)]
    assert days.states(at("02:00", TUESDAY)) == ["coming", "coming"]


def test_a_window_ends_with_the_next_slot() -> None:
    days = Days(settings=daily("08:00", "10:00", "10:01"))
    assert days.states(at("09:59")) == ["due", "coming", "coming"]
    assert days.states(at("10:00")) == ["missed", "due", "coming"]
    assert days.states(at("10:01")) == ["missed", "missed", "due"]


def test_a_window_ends_with_the_next_day_s_first_slot() -> None:
    days = Days(settings=daily("00:30", "22:00"))
    assert days.advice(at("00:29", TUESDAY)).slots[0].state is SlotState.DUE
    assert days.states(at("00:30", TUESDAY)) == ["due", "coming"]


def test_a_slot_comes_on_its_weekdays_only() -> None:
    settings = ReminderSettings(slots=(SlotTime(at=time(8), weekdays=frozenset({1, 3})),))
    days = Days(settings=settings)
    assert days.advice(at("08:00")).slots == ()
    assert days.advice(at("08:00")).next_at == at("08:00", TUESDAY)
    assert days.look(at("08:00", TUESDAY)) == slot("08:00", TUESDAY)


@pytest.mark.parametrize("settings", [ReminderSettings(enabled=False), ReminderSettings(slots=())])
def test_without_reminders_there_is_nothing(settings: ReminderSettings) -> None:
    days = Days(settings=settings)
    advice = days.advice(at("08:00"), open_reminder=slot("08:00"))
    assert (advice.slots, advice.due, advice.remind, advice.next_at) == ((), None, None, None)
    assert advice.withdraw
    days.finish(at("08:00"))
    days.snooze(at("08:00"), 5)
    days.skip(at("08:00"))
    assert days.log == ReminderLog()


# Before there were reminders


@pytest.mark.parametrize(
    ("started", "states"),
    [
        ("07:00", ["missed", "coming"]),
        ("13:59", ["missed", "coming"]),
        ("14:00", ["coming"]),
        ("15:00", ["coming"]),
    ],
)
def test_slots_over_before_reminders_began_are_not_missed(started: str, states: list[str]) -> None:
    days = Days(log=ReminderLog(started_at=at(started)))
    assert days.states(at("15:00")) == states


def test_enabling_reminders_while_a_slot_is_due_brings_it() -> None:
    days = Days(log=ReminderLog(started_at=at("13:00")))
    assert days.look(at("13:00")) == slot("08:00")


def test_someone_who_starts_after_midnight_is_not_reminded_of_the_evening() -> None:
    days = Days(log=ReminderLog(started_at=at("01:00")))
    assert days.look(at("01:00")) is None
    assert days.states(at("01:00")) == ["coming", "coming"]
    assert days.look(at("08:00")) == slot("08:00")


def test_what_was_done_before_there_were_reminders_is_shown() -> None:
    days = Days(log=ReminderLog(started_at=at("15:00")))
    days.finish(at("09:00"))
    assert days.states(at("15:00")) == ["done", "coming"]


# Done


def test_no_reminder_comes_once_the_slot_is_done(days: Days) -> None:
    days.look(at("08:00"))
    days.finish(at("08:12"))
    assert days.reminders(at("08:12"), at("20:00")) == []
    view = days.advice(at("09:00")).slots[0]
    assert (view.state, view.done_at) == (SlotState.DONE, at("08:12"))
    assert view.done_at is not None
    assert view.done_at.utcoffset() == timedelta(hours=1)


def test_what_is_done_up_to_two_hours_early_counts(days: Days) -> None:
    days.finish(at("18:00"))
    assert days.states(at("20:30")) == ["missed", "done"]
    assert days.look(at("20:00")) is None


def test_what_is_done_earlier_counts_for_nothing(days: Days) -> None:
    days.finish(at("17:59:59"))
    assert days.log == ReminderLog()
    assert days.look(at("20:00")) == slot("20:00")


def test_early_credit_crosses_midnight() -> None:
    days = Days(settings=daily("00:30"))
    days.finish(at("23:00"))
    assert days.states(at("00:30", TUESDAY)) == ["done"]


def test_a_session_counts_for_the_slot_that_is_due_rather_than_for_the_next_one() -> None:
    days = Days(settings=daily("08:00", "09:00"))
    days.finish(at("08:30"))
    assert days.states(at("08:31")) == ["done", "coming"]
    days.finish(at("08:40"))
    assert days.states(at("08:41")) == ["done", "done"]
    before = days.log
    days.finish(at("08:50"))
    assert days.log == before


def test_early_credit_is_for_the_next_slot_only() -> None:
    days = Days(settings=daily("08:00", "09:00"))
    days.finish(at("07:30"))
    days.finish(at("07:40"))
    assert days.states(at("07:50")) == ["done", "coming"]


def test_a_session_that_runs_over_the_end_of_its_window_counts_for_it(days: Days) -> None:
    days.finish(at("14:03"), started=at("13:57"))
    assert days.states(at("14:04")) == ["done", "coming"]


def test_a_session_that_ends_in_the_next_window_counts_for_that_one() -> None:
    days = Days(settings=daily("08:00", "12:00"))
    days.finish(at("12:02"), started=at("11:57"))
    assert days.states(at("12:03")) == ["missed", "done"]


@pytest.mark.parametrize("leave_out", [Days.skip, Days.not_today])
def test_who_does_it_after_all_has_done_it(days: Days, leave_out: object) -> None:
    assert callable(leave_out)
    leave_out(days, at("08:05"))
    days.finish(at("08:30"))
    assert days.states(at("08:31"))[0] == "done"


def test_what_is_done_in_a_pause_is_done(days: Days) -> None:
    days.pause(at("07:00"), TUESDAY)
    days.finish(at("09:00"))
    assert days.states(at("09:01")) == ["done", "paused"]


# Which slot a session is for


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("05:59", None),
        ("06:00", slot("08:00")),
        ("08:00", slot("08:00")),
        ("13:59", slot("08:00")),
        ("14:00", None),
        ("17:59", None),
        ("18:00", slot("20:00")),
        ("01:59", slot("20:00", MONDAY - timedelta(days=1))),
        ("02:00", None),
    ],
)
def test_a_session_is_for_the_slot_that_is_due_or_near(days: Days, moment: str, expected: Slot | None) -> None:
    assert days.slot_of(at(moment)) == expected


def test_a_second_session_of_a_morning_is_for_none(days: Days) -> None:
    days.finish(at("08:10"))
    assert days.slot_of(at("10:30")) is None
    assert days.slot_of(at("18:30")) == slot("20:00")


def test_a_session_is_for_the_slot_it_was_credited_to(days: Days) -> None:
    days.finish(at("12:02"), started=at("11:57"))
    assert days.slot_of(at("12:02"), started=at("11:57")) == slot("08:00")
    assert days.slot_of(at("12:10"), started=at("12:03")) is None


@given(st.integers(0, 24 * 60 - 1))
def test_a_finished_session_settles_the_slot_it_was_for(minute: int) -> None:
    days, now = Days(), at("00:00") + timedelta(minutes=minute)
    expected = days.slot_of(now)
    days.finish(now)
    assert [record.slot for record in days.log.records if record.done_at] == ([expected] if expected else [])


# Waiting for the person


@pytest.mark.parametrize("presence", [Presence.AWAY, Presence.BUSY, Presence.PLAYING])
def test_a_reminder_waits_until_the_person_is_free(days: Days, presence: Presence) -> None:
    assert days.reminders(at("08:00"), at("13:59"), presence) == []
    assert days.states(at("13:58"), presence) == ["due", "coming"]
    assert days.advice(at("13:58"), presence).next_at == at("08:00")
    assert days.look(at("13:59")) == slot("08:00")
    assert days.look(at("14:00")) is None


def test_repeats_wait_too(days: Days) -> None:
    days.look(at("08:00"))
    assert days.reminders(at("08:30"), at("11:10"), Presence.AWAY) == []
    assert days.reminders(at("11:10"), at("14:00")) == ["11:10", "11:40", "12:10"]


def test_an_open_reminder_goes_when_a_session_begins_or_the_slot_is_settled(days: Days) -> None:
    days.look(at("08:00"))
    eight = slot("08:00")
    for presence in (Presence.FREE, Presence.AWAY, Presence.BUSY):
        assert not days.advice(at("08:05"), presence, eight).withdraw
    assert days.advice(at("08:05"), Presence.PLAYING, eight).withdraw
    assert days.advice(at("14:00"), open_reminder=eight).withdraw
    days.finish(at("08:12"))
    assert days.advice(at("08:12"), open_reminder=eight).withdraw
    assert not days.advice(at("08:12")).withdraw


def test_an_open_reminder_gives_way_to_the_next_one() -> None:
    days = Days(settings=daily("08:00", "09:00"))
    advice = days.advice(at("09:00"), open_reminder=slot("08:00"))
    assert advice.withdraw
    assert advice.remind is not None
    assert advice.remind.slot == slot("09:00")


# Sleep


def test_after_waking_one_reminder_comes_after_two_minutes(days: Days) -> None:
    days.wake(at("10:00"))
    assert days.look(at("10:01:59")) is None
    assert days.advice(at("10:00")).look_at == at("10:02")
    assert days.look(at("10:02")) == slot("08:00")


def test_after_a_week_asleep_there_is_one_catch_up(days: Days) -> None:
    morning = MONDAY + timedelta(days=7)
    days.look(at("08:00"))
    days.wake(at("21:00", morning))
    assert days.reminders(at("21:00", morning), at("21:30", morning)) == ["21:02"]
    assert days.states(at("21:30", morning)) == ["missed", "due"]


def test_the_grace_ends_before_the_window_does(days: Days) -> None:
    days.wake(at("13:58:30"))
    assert days.look(at("13:58:59")) is None
    assert days.look(at("13:59")) == slot("08:00")
    assert Days(log=days.log).look(at("14:00")) is None


# After a session


def test_no_reminder_comes_in_the_ten_minutes_after_a_session_that_was_stopped(days: Days) -> None:
    days.end_session(at("08:05"))
    assert days.states(at("08:05")) == ["due", "coming"]
    assert days.advice(at("08:05")).next_at == days.advice(at("08:05")).look_at == at("08:15")
    assert days.reminders(at("08:05"), at("08:40")) == ["08:15"]


def test_nor_a_repeat_nor_one_after_a_snooze(days: Days) -> None:
    days.look(at("08:00"))
    days.end_session(at("08:28"))
    assert days.reminders(at("08:28"), at("08:45")) == ["08:38"]
    days.snooze(at("08:45"), 5)
    days.end_session(at("08:47"))
    assert days.reminders(at("08:47"), at("09:20")) == ["08:57"]


def test_nor_one_of_a_slot_that_begins_then(days: Days) -> None:
    days.end_session(at("07:58"))
    assert days.reminders(at("07:58"), at("08:30")) == ["08:08"]


def test_the_rest_after_a_session_ends_before_the_window_does(days: Days) -> None:
    days.end_session(at("13:52"))
    assert days.look(at("13:58:59")) is None
    assert days.look(at("13:59")) == slot("08:00")


# When the next one comes, and when to look again


def test_the_next_reminder_as_the_day_goes_on(days: Days) -> None:
    assert days.advice(at("07:00")).next_at == at("08:00")
    days.look(at("08:00"))
    assert days.advice(at("08:00")).next_at == at("08:30")
    days.reminders(at("08:01"), at("10:00"))
    assert days.advice(at("10:00")).next_at == at("20:00")
    days.finish(at("19:00"))
    assert days.advice(at("19:00")).next_at == at("08:00", TUESDAY)


def test_the_next_one_may_be_a_week_and_a_day_off() -> None:
    days = Days(settings=ReminderSettings(slots=(SlotTime(at=time(8), weekdays=frozenset({0})),)))
    days.finish(at("06:30"))
    assert days.advice(at("06:31")).next_at == at("08:00", MONDAY + timedelta(days=7))


def test_a_repeat_that_would_come_after_the_window_is_not_the_next_one(days: Days) -> None:
    days.look(at("13:45"))
    assert days.advice(at("13:46")).next_at == at("20:00")


def test_a_slot_the_person_was_reminded_of_often_enough_is_not_the_next_one(days: Days) -> None:
    days.reminders(at("08:00"), at("10:00"))
    assert days.advice(at("07:00")).next_at == at("20:00")


@pytest.mark.parametrize(
    ("now", "look_at"),
    [
        ("07:00", "08:00"),
        ("08:00", "14:00"),
        ("14:00", "20:00"),
        ("19:59:59.999999", "20:00"),
    ],
)
def test_it_looks_again_when_something_changes(days: Days, now: str, look_at: str) -> None:
    assert days.advice(at(now)).look_at == at(look_at)


def test_it_looks_again_when_another_day_begins(days: Days) -> None:
    assert days.advice(at("20:00")).look_at == at("00:00", TUESDAY)


# Moments in any zone


def test_moments_are_in_the_zone_of_now(days: Days) -> None:
    now = at("08:00").astimezone(UTC)
    advice = days.advice(now)
    assert advice.look_at.tzinfo is UTC
    assert advice.next_at is not None
    assert advice.next_at.tzinfo is UTC
    assert now.hour == 7
    assert advice.next_at == datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_what_is_done_stays_done_in_another_zone(days: Days) -> None:
    days.finish(at("08:10"))
    assert days.states(at("08:10", zone=UTC)) == ["done", "coming"]
    assert days.log == replace(days.log)


def test_a_session_that_took_a_night_does_not_count_for_the_slot_it_started_in(days: Days) -> None:
    days.finish(at("03:00", TUESDAY), started=at("21:00"))
    days.finish(at("15:00"), started=at("13:59", TUESDAY))
    assert days.log == ReminderLog()
