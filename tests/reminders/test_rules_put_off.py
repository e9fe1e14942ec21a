"""The rules by example: snoozing, skipping and pausing."""

from dataclasses import replace
from datetime import UTC, date, time, timedelta

import pytest

from stretchplayer.errors import DomainError
from stretchplayer.reminders.log import LAST_DAY, ReminderLog, pruned
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.rules import left_out
from stretchplayer.reminders.slots import ReminderSettings, SlotState, SlotTime
from tests.progress.days import MONDAY, Days, at, daily, slot

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def days() -> Days:
    """Two reminders a day, and nothing has happened."""
    return Days()


# "I did it already"


def test_a_slot_marked_as_done_is_not_reminded_of_until_that_is_taken_back(days: Days) -> None:
    days.look(at("08:00"))
    days.snooze(at("08:01"), 10)
    days.mark(at("08:02"), slot("08:00"))
    assert days.states(at("08:02")) == ["marked-done", "coming"]
    assert days.reminders(at("08:02"), at("14:00")) == []
    assert days.log.snooze is None
    assert days.states(at("15:00")) == ["marked-done", "coming"]
    assert [view.state for view in left_out(at("15:00"), days.settings, days.log)] == [SlotState.MARKED_DONE]
    days.mark(at("13:00"), slot("08:00"), done=False)
    assert days.states(at("13:00")) == ["due", "coming"]
    assert days.states(at("15:00")) == ["missed", "coming"]


def test_marking_another_slot_leaves_the_snooze(days: Days) -> None:
    days.mark(at("08:00"), slot("20:00"))
    days.snooze(at("08:01"), 10)
    days.mark(at("08:02"), slot("20:00"))
    assert days.states(at("08:02")) == ["snoozed", "marked-done"]


def test_a_session_counts_for_more_than_the_persons_word(days: Days) -> None:
    days.mark(at("08:02"), slot("08:00"))
    days.finish(at("09:00"))
    assert days.states(at("09:00")) == ["done", "coming"]


def test_the_persons_word_is_kept_as_long_as_calendars_show_the_day(days: Days) -> None:
    days.skip(at("08:01"))
    days.mark(at("20:01"), slot("20:00"))
    log = replace(days.log, steady_since=at("08:00").astimezone(UTC))
    assert [record.slot for record in pruned(log, at("08:00") + timedelta(days=399)).records] == [slot("20:00")]
    assert not pruned(log, at("08:00") + timedelta(days=401)).records


def test_a_time_that_is_moved_stays_marked(days: Days) -> None:
    days.mark(at("08:02"), slot("08:00"))
    days.change_settings(at("08:10"), daily("08:30", "20:00"))
    assert days.states(at("09:00")) == ["marked-done", "coming"]
    assert days.log.of(slot("08:00")).marked_at is None


# Snooze


@pytest.mark.parametrize("minutes", [5, 10, 30, 60])
def test_a_snoozed_reminder_comes_again_after_so_many_minutes(days: Days, minutes: int) -> None:
    days.look(at("08:00"))
    days.snooze(at("08:01"), minutes)
    end = at("08:01") + timedelta(minutes=minutes)
    advice = days.advice(at("08:02"))
    assert (advice.slots[0].state, advice.slots[0].snoozed_until) == (SlotState.SNOOZED, end)
    assert (advice.next_at, advice.look_at, advice.due) == (end, end, None)
    assert days.reminders(at("08:01"), end) == []
    assert days.look(end) == slot("08:00")
    assert days.states(end) == ["due", "coming"]


@pytest.mark.parametrize("minutes", [1, 61, 720])
def test_a_snooze_lasts_a_minute_to_twelve_hours(days: Days, minutes: int) -> None:
    days.snooze(at("08:00"), minutes)
    assert days.advice(at("08:00")).next_at == at("08:00") + timedelta(minutes=minutes)


@pytest.mark.parametrize("minutes", [-3, 0, 721, 10**9])
def test_another_snooze_is_refused(days: Days, minutes: int) -> None:
    with pytest.raises(DomainError, match="can be snoozed for 1 to 720 minutes"):
        days.snooze(at("08:00"), minutes)


def test_every_snooze_asks_for_one_reminder_more(days: Days) -> None:
    assert len(days.reminders(at("08:00"), at("10:00"))) == 4
    days.snooze(at("10:00"), 5)
    assert days.reminders(at("10:00"), at("12:00")) == ["10:05"]
    days.snooze(at("12:00"), 5)
    days.snooze(at("12:01"), 10)
    assert days.reminders(at("12:01"), at("14:00")) == ["12:11", "12:41"]


def test_snoozing_past_the_end_of_the_window_prolongs_it(days: Days) -> None:
    days.snooze(at("13:50"), 30)
    assert days.states(at("14:10")) == ["snoozed", "coming"]
    assert days.look(at("14:20")) == slot("08:00")
    assert days.states(at("14:49")) == ["due", "coming"]
    assert days.states(at("14:50")) == ["missed", "coming"]


def test_a_snooze_that_reaches_into_the_next_window_moves_that_reminder_to_its_end() -> None:
    days = Days(settings=daily("08:00", "09:00"))
    days.look(at("08:00"))
    days.snooze(at("08:50"), 30)
    advice = days.advice(at("08:55"))
    assert (advice.next_at, advice.look_at) == (at("09:20"), at("09:00"))
    assert days.reminders(at("08:50"), at("09:20")) == []
    assert days.states(at("09:10")) == ["missed", "snoozed"]
    assert days.look(at("09:20")) == slot("09:00")


def test_no_slot_is_due_for_more_than_a_day(days: Days) -> None:
    days.settings = daily("08:00")
    now = at("13:50")
    while now < at("08:00", TUESDAY) + timedelta(hours=3):
        days.snooze(now, 60)
        now += timedelta(minutes=50)
    assert days.states(at("08:30", TUESDAY)) == ["snoozed"]
    weekly = Days(settings=ReminderSettings(slots=(SlotTime(at=time(8), weekdays=frozenset({0})),)))
    now = at("13:50")
    while now < at("20:00", TUESDAY):
        weekly.snooze(now, 60)
        now += timedelta(minutes=50)
    assert [str(view.slot.day) for view in weekly.advice(at("07:59", TUESDAY)).slots] == [str(MONDAY)]
    assert weekly.advice(at("08:00", TUESDAY)).slots == ()


def test_until_i_am_back_lasts_until_they_are(days: Days) -> None:
    days.look(at("08:00"))
    days.snooze(at("08:01"), None)
    view = days.advice(at("08:02")).slots[0]
    assert (view.state, view.snoozed_until) == (SlotState.SNOOZED, None)
    assert days.advice(at("08:02")).next_at == at("09:01")
    assert days.reminders(at("08:02"), at("08:20")) == []
    assert days.reminders(at("08:20"), at("10:00"), Presence.AWAY) == []
    assert days.states(at("10:00"), Presence.AWAY)[0] == "snoozed"
    assert days.advice(at("10:00"), Presence.AWAY).next_at is None
    assert days.states(at("10:00"), Presence.BUSY)[0] == "due"
    assert days.look(at("10:01")) == slot("08:00")
    assert days.look(at("10:02")) is None


def test_until_i_am_back_lasts_an_hour_when_nobody_is_seen_to_leave(days: Days) -> None:
    days.look(at("08:00"))
    days.snooze(at("08:01"), None)
    assert days.reminders(at("08:02"), at("09:20")) == ["09:01"]


def test_until_i_am_back_holds_for_six_hours_past_the_window(days: Days) -> None:
    days.look(at("08:00"))
    days.snooze(at("08:01"), None)
    days.look(at("08:10"), Presence.AWAY)
    days.snooze(at("13:30"), None)
    days.look(at("13:40"), Presence.AWAY)
    assert days.look(at("19:29")) == slot("08:00")
    assert days.states(at("19:30"))[0] == "missed"


def test_sleep_counts_as_being_away(days: Days) -> None:
    days.snooze(at("08:01"), None)
    days.wake(at("08:30"))
    assert days.reminders(at("08:30"), at("08:40")) == ["08:32"]


def test_being_away_changes_no_other_snooze(days: Days) -> None:
    days.snooze(at("08:01"), 30)
    before = days.log
    days.look(at("08:05"), Presence.AWAY)
    assert days.log == before


def test_only_a_due_slot_can_be_snoozed_or_skipped(days: Days) -> None:
    days.snooze(at("07:00"), 5)
    days.skip(at("07:00"))
    assert days.log == ReminderLog()


# Skip, not today, pause


def test_a_skipped_slot_is_silent_and_the_next_one_comes(days: Days) -> None:
    days.skip(at("08:00"))
    assert days.states(at("08:01")) == ["skipped", "coming"]
    assert days.reminders(at("08:01"), at("20:01")) == ["20:00"]


def test_a_snoozed_slot_can_be_skipped(days: Days) -> None:
    days.snooze(at("08:00"), 5)
    days.skip(at("08:01"))
    assert days.reminders(at("08:01"), at("20:00")) == []


def test_not_today_ends_the_day(days: Days) -> None:
    days.not_today(at("09:00"))
    assert days.states(at("09:01")) == ["skipped", "skipped"]
    assert days.advice(at("09:01")).next_at == at("08:00", TUESDAY)
    assert days.reminders(at("09:01"), at("08:01", TUESDAY)) == ["08:00"]


def test_not_today_after_midnight_is_about_the_day_that_is_due(days: Days) -> None:
    days.not_today(at("01:00", TUESDAY))
    assert days.states(at("01:01", TUESDAY)) == ["coming", "coming"]
    assert days.reminders(at("01:01", TUESDAY), at("08:01", TUESDAY)) == ["08:00"]


def test_not_today_before_the_first_slot_ends_the_day(days: Days) -> None:
    days.not_today(at("06:00"))
    assert days.states(at("08:00")) == ["skipped", "skipped"]


def test_in_a_pause_nothing_comes(days: Days) -> None:
    until = MONDAY + timedelta(days=2)
    days.pause(at("15:00"), until)
    assert days.states(at("15:01")) == ["missed", "paused"]
    assert days.advice(at("15:01")).next_at == at("08:00", until)
    assert days.reminders(at("15:01"), at("08:01", until)) == ["08:00"]


def test_the_slot_that_is_due_is_paused_with_the_others(days: Days) -> None:
    days.snooze(at("01:00", TUESDAY), 30)
    days.pause(at("01:01", TUESDAY), TUESDAY + timedelta(days=1))
    assert days.states(at("01:02", TUESDAY)) == ["paused", "paused"]
    assert days.log.snooze is None


def test_resuming_within_the_window_brings_the_reminder(days: Days) -> None:
    days.pause(at("07:00"), TUESDAY)
    assert days.look(at("09:00")) is None
    days.resume()
    assert days.look(at("09:00")) == slot("08:00")


def test_a_pause_that_ends_at_once_changes_nothing(days: Days) -> None:
    days.pause(at("09:00"), MONDAY)
    assert days.log == ReminderLog()


def test_a_pause_until_the_end_of_time(days: Days) -> None:
    days.pause(at("09:00"), date.max)
    assert days.advice(at("09:00")).next_at == at("08:00", LAST_DAY)
