"""The reminder scheduler: its events, what it saves first, and how it notices sleep and clock changes."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.player.reminder_scheduler import LOOK_EVERY_MS, SOONEST_LOOK_MS, ReminderScheduler
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.slots import ReminderSettings, SlotState, SlotTime, SlotView
from tests.fakes import FakeReminderStore
from tests.player.reminded import BERLIN, HOUR_MS, MINUTE_MS, MONDAY, SEVEN, TUESDAY, KeyCommand, Reminded, slot
from tests.progress.days import daily

FULL = StorageError("The notes about reminders can't be saved: the disk is full; free some space.")


@pytest.fixture
def reminded() -> Reminded:
    """Monday, 07:00 in Berlin, and two reminders a day."""
    return Reminded()


@pytest.fixture
def due(reminded: Reminded) -> Reminded:
    """08:01, and a reminder is open."""
    reminded.run_until("08:01")
    assert reminded.due_at == ["08:00"]
    reminded.forget()
    return reminded


# A day


def test_at_first_it_tells_what_there_is(reminded: Reminded) -> None:
    assert reminded.told == ["changed coming coming"]
    assert reminded.scheduler.next_at == SEVEN.replace(hour=8)
    assert "due" not in reminded.states
    assert reminded.scheduler.paused_until is None


def test_what_was_marked_as_done_can_be_taken_back(due: Reminded) -> None:
    for done, state in ((True, "marked-done"), (False, "due")):
        due.scheduler.mark(slot("08:00"), done)
        assert due.states == [state, "coming"]
    assert due.scheduler.left_out == ()


def test_a_session_of_another_program_counts_as_one_of_ours(reminded: Reminded) -> None:
    reminded.run_until("14:01")
    reminded.scheduler.note_finished_elsewhere(2 * 60)
    assert reminded.states == ["done", "coming"]
    reminded.run_until("19:00")
    reminded.scheduler.note_finished_elsewhere(0)
    assert reminded.states == ["done", "done"]


def test_a_slot_whose_session_is_deleted_is_due_again(reminded: Reminded) -> None:
    reminded.run_until("08:05")
    reminded.scheduler.note_session_finished()
    key = slot("08:00").key
    reminded.scheduler.note_slot_done(key, None)
    assert reminded.states == ["due", "coming"]
    reminded.scheduler.note_slot_done(key, SEVEN.replace(hour=8, minute=5))
    assert reminded.states == ["done", "coming"]


def test_after_everything_was_deleted_nothing_is_due_again(reminded: Reminded) -> None:
    reminded.run_until("08:05")
    reminded.scheduler.note_session_finished()
    reminded.run_until("20:05")
    reminded.scheduler.skip()
    reminded.scheduler.forget()
    assert reminded.states == ["done", "skipped"]
    reminded.run_until("08:05", MONDAY + timedelta(days=3))
    reminded.scheduler.forget()
    assert reminded.states == ["due", "coming"]
    assert not reminded.scheduler.left_out


def test_who_begins_at_three_has_missed_nothing() -> None:
    reminded = Reminded(SEVEN.replace(hour=15))
    assert reminded.states == ["coming"]
    started_at = reminded.store.log.started_at
    assert started_at == SEVEN.replace(hour=15)
    again = Reminded(SEVEN.replace(hour=23), store=reminded.store)
    assert again.states == ["due"]
    assert again.store.log.started_at == started_at


def test_both_reminders_of_a_day_come_at_their_minute(reminded: Reminded) -> None:
    reminded.run_until("08:00")
    assert reminded.told == ["changed coming coming", "changed due coming", "due 08:00"]
    assert "due" in reminded.states
    reminded.run_until("06:00", TUESDAY)
    expected = ["08:00", "08:30", "09:00", "09:30", "20:00", "20:30", "21:00", "21:30"]
    assert reminded.due_at == expected
    assert reminded.told.count("withdrawn") == 2
    assert reminded.states == ["coming", "coming"]


def test_over_a_night_of_change_they_come_at_their_minute_too() -> None:
    reminded = Reminded(datetime(2026, 3, 28, 20, 0, tzinfo=BERLIN))
    reminded.scheduler.skip()
    reminded.run_until("09:00", date(2026, 3, 29))
    assert reminded.due_at == ["20:00", "08:00", "08:30", "09:00"]


def test_an_open_reminder_is_withdrawn_with_its_window(reminded: Reminded) -> None:
    reminded.run_until("13:59")
    reminded.forget()
    reminded.run_until("14:00")
    assert reminded.told == ["withdrawn", "changed missed coming"]


def test_it_looks_at_least_once_a_minute_and_hardly_more(reminded: Reminded) -> None:
    before = len(reminded.timer.delays_ms)
    reminded.run_for(8 * HOUR_MS)
    looks = len(reminded.timer.delays_ms) - before
    assert max(reminded.timer.delays_ms) == LOOK_EVERY_MS
    assert min(reminded.timer.delays_ms) >= SOONEST_LOOK_MS
    assert looks <= 8 * 60 + 10
    assert looks / (8 * 3600) < 0.02, "wake-ups per second"


def test_looking_without_news_saves_and_tells_nothing(reminded: Reminded) -> None:
    saves, told = reminded.store.saves, list(reminded.told)
    reminded.run_for(30 * MINUTE_MS)
    assert (reminded.store.saves, reminded.told) == (saves, told)


# Commands


@pytest.mark.parametrize(
    ("command", "state"),
    [
        (ReminderScheduler.skip, "skipped coming"),
        (ReminderScheduler.not_today, "skipped skipped"),
        (lambda scheduler: scheduler.mark(slot("08:00"), done=True), "marked-done coming"),
        (lambda scheduler: scheduler.snooze(10), "snoozed coming"),
        (lambda scheduler: scheduler.snooze(None), "snoozed coming"),
        (lambda scheduler: scheduler.pause_until(TUESDAY), "paused paused"),
        (ReminderScheduler.note_session_finished, "done coming"),
        (lambda scheduler: scheduler.take_settings(ReminderSettings(slots=())), ""),
    ],
)
def test_a_command_that_settles_the_slot_is_saved_and_withdraws_the_reminder(
    due: Reminded, command: KeyCommand, state: str
) -> None:
    saves = due.store.saves
    saved_when_told: list[int] = []
    due.scheduler.reminder_withdrawn.connect(lambda: saved_when_told.append(due.store.saves))
    command(due.scheduler)
    assert due.told == ["withdrawn", f"changed {state}"]
    assert "due" not in due.states
    if due.store.saves > saves:
        assert saved_when_told == [saves + 1]
        assert Reminded(due.clock.now(), store=due.store).states == state.split()


def test_a_snoozed_reminder_comes_again(due: Reminded) -> None:
    due.scheduler.snooze(10)
    assert due.scheduler.next_at == due.clock.now() + timedelta(minutes=10)
    due.run_until("08:29")
    assert due.due_at == ["08:11"]


def test_until_i_am_back(due: Reminded) -> None:
    due.scheduler.snooze(None)
    due.presence = Presence.AWAY
    due.run_until("11:00")
    assert due.due_at == []
    due.presence = Presence.FREE
    due.scheduler.look()
    assert due.due_at == ["11:00"]


def test_a_pause_and_its_end(due: Reminded) -> None:
    due.scheduler.pause_until(TUESDAY + timedelta(days=1))
    assert due.paused_until == "2026-03-04"
    due.run_until("12:00", TUESDAY)
    assert due.due_at == []
    due.scheduler.resume_reminders()
    assert due.paused_until == "None"
    assert due.due_at == ["12:00"]


def test_a_pause_ends_by_itself(due: Reminded) -> None:
    due.run_until("22:00")
    due.scheduler.pause_until(TUESDAY)
    due.forget()
    due.run_until("00:00", TUESDAY)
    assert due.scheduler.paused_until is None
    assert due.told == ["changed coming coming"]
    due.run_until("08:00", TUESDAY)
    assert due.due_at == ["08:00"]


def test_new_settings_hold_at_once(reminded: Reminded) -> None:
    at = (SEVEN - timedelta(minutes=5)).time()
    reminded.scheduler.take_settings(ReminderSettings(slots=(SlotTime(at=at),)))
    assert reminded.due_at == ["07:00"]
    assert [view.slot for view in reminded.scheduler.slots] == [slot("06:55")]


def test_a_time_added_for_earlier_today_is_not_missed_and_a_moved_one_not_due_again(due: Reminded) -> None:
    due.scheduler.note_session_finished()
    due.run_until("15:00")
    due.scheduler.take_settings(daily("06:00", "08:00", "20:00"))
    assert due.states == ["done", "coming"]
    due.scheduler.take_settings(daily("06:00", "14:30", "20:00"))
    assert due.states == ["done", "coming"]
    due.run_until("19:59")
    assert due.due_at == []
    again = Reminded(due.clock.now(), settings=daily("06:00", "14:30", "20:00"), store=due.store)
    assert again.states == ["done", "coming"], "that is kept"
    assert "2026-03-02T06:00" in again.scheduler.added_late


def test_closed_it_looks_no_more(reminded: Reminded) -> None:
    reminded.scheduler.close()
    assert not reminded.timer.armed


# Sessions and presence


def test_a_session_takes_the_open_reminder_away_and_counts(due: Reminded) -> None:
    due.scheduler.note_session_started()
    assert due.told == ["withdrawn"]
    due.presence = Presence.PLAYING
    due.run_until("08:40")
    assert due.due_at == []
    due.presence = Presence.FREE
    due.scheduler.note_session_finished()
    assert due.states == ["done", "coming"]
    due.run_until("19:59")
    assert due.due_at == []


def test_after_a_session_that_was_stopped_the_reminder_comes_in_ten_minutes_also_after_a_restart(due: Reminded) -> None:
    due.scheduler.note_session_started()
    due.presence = Presence.PLAYING
    due.run_until("08:40")
    due.presence = Presence.FREE
    due.scheduler.note_session_ended()
    due.run_until("08:45")
    assert due.due_at == []
    due.scheduler.close()
    again = Reminded(due.clock.now(), store=due.store)
    again.run_until("09:00")
    assert again.due_at == ["08:50"]


def test_a_session_without_an_open_reminder(reminded: Reminded) -> None:
    reminded.forget()
    reminded.scheduler.note_session_started()
    assert reminded.told == []
    reminded.scheduler.note_session_finished()
    assert reminded.states == ["done", "coming"]


def test_a_session_started_within_the_window_counts_for_it(due: Reminded) -> None:
    due.run_until("13:58")
    due.scheduler.note_session_started()
    due.run_until("14:05")
    due.scheduler.note_session_finished()
    assert due.states == ["done", "coming"]


def test_what_holds_a_due_reminder_back_is_known(reminded: Reminded) -> None:
    seen = []
    for moment, presence in (("07:59", Presence.CALLING), ("10:00", Presence.CALLING), ("10:01", Presence.FREE)):
        reminded.presence = presence
        reminded.run_until(moment)
        seen.append(reminded.scheduler.waits_for)
    assert seen == [None, Presence.CALLING, None]


@pytest.mark.parametrize("presence", [Presence.AWAY, Presence.BUSY, Presence.CALLING, Presence.PLAYING])
def test_it_comes_within_a_minute_when_the_person_is_free(reminded: Reminded, presence: Presence) -> None:
    reminded.presence = presence
    reminded.run_until("10:00")
    assert reminded.due_at == []
    assert reminded.states == ["due", "coming"]
    reminded.presence = Presence.FREE
    reminded.run_until("10:01")
    assert len(reminded.due_at) == 1


# Time that does not go on as it should


def test_sleep_is_noticed_and_given_two_minutes(reminded: Reminded) -> None:
    reminded.run_until("07:30")
    reminded.asleep(2 * HOUR_MS)
    reminded.scheduler.look()
    reminded.run_until("10:00")
    assert reminded.due_at == ["09:32"]


def test_a_late_alarm_is_no_sign_of_sleep(reminded: Reminded) -> None:
    reminded.run_until("07:30")
    reminded.clock.advance(2 * HOUR_MS)  # the program was suspended, or the machine very busy
    reminded.timer.fire()
    reminded.run_until("10:00")
    assert reminded.due_at[0] == "09:30", "the person who was there all the time gets no time to settle in"


def test_waking_up_is_noted(reminded: Reminded) -> None:
    reminded.run_until("07:59:30")
    reminded.scheduler.note_woken()
    reminded.run_until("08:05")
    assert reminded.due_at == ["08:01"]


def test_a_command_right_after_waking_is_after_waking(due: Reminded) -> None:
    due.scheduler.snooze(5)
    due.asleep(HOUR_MS)
    due.scheduler.resume_reminders()
    due.run_until("09:10")
    assert due.due_at == ["09:03"]


def test_a_jump_of_ten_hours_gives_one_catch_up() -> None:
    reminded = Reminded(datetime(2026, 3, 1, 23, 30, tzinfo=BERLIN))
    reminded.scheduler.skip()
    reminded.forget()
    reminded.clock.set_wall_clock(reminded.clock.now() + timedelta(hours=10))
    reminded.run_for(5 * MINUTE_MS)
    assert reminded.due_at == ["09:31"]
    assert reminded.store.log.steady_since is not None


def test_a_clock_that_is_set_back_and_forward_neither_doubles_nor_loses(due: Reminded) -> None:
    due.clock.set_wall_clock(due.clock.now() - timedelta(hours=3))
    due.run_for(MINUTE_MS)
    assert due.states == ["coming", "coming"]
    assert due.told[0] == "withdrawn"
    due.clock.set_wall_clock(due.clock.now() + timedelta(hours=3))
    due.run_for(MINUTE_MS)
    assert due.states == ["due", "coming"]
    due.run_until("20:00")
    assert due.store.log.of(slot("08:00")).reminded == 4
    assert due.store.log.of(slot("20:00")).reminded == 1


def test_in_another_zone_its_time_is_the_time_there(due: Reminded) -> None:
    due.scheduler.note_session_finished()
    due.clock.zone = ZoneInfo("America/New_York")
    due.run_until("20:00")
    assert due.due_at == ["20:00"]
    assert due.scheduler.next_at is not None
    assert due.scheduler.next_at.utcoffset() == timedelta(hours=-5)


# What is kept


def test_killed_and_restarted_it_knows_what_it_reminded_of(due: Reminded) -> None:
    again = Reminded(due.clock.now(), store=FakeReminderStore(due.store.log))
    assert again.states == due.states
    again.run_until("08:31")
    assert again.due_at == ["08:30"]


@pytest.mark.expected_log("can't be saved")
def test_a_full_disk_is_reported_once_and_reminders_continue() -> None:
    store = FakeReminderStore()
    store.error = FULL
    reminded = Reminded(store=store, look=False)
    reminded.scheduler.look()
    reminded.run_until("08:31")
    assert reminded.due_at == ["08:00", "08:30"]
    reminded.scheduler.note_session_finished()
    reminded.run_until("12:00")
    assert reminded.due_at == ["08:00", "08:30"]
    assert reminded.problems == [str(FULL)]


@pytest.mark.expected_log("can't be saved")
def test_what_could_not_be_saved_is_saved_when_that_is_possible(
    reminded: Reminded, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        reminded.store.error = FULL
        reminded.scheduler.note_woken()
        reminded.run_for(5 * MINUTE_MS)
        reminded.store.error = None
        reminded.run_for(MINUTE_MS)
        assert reminded.store.log.woke_at is not None
    assert len([record for record in caplog.records if "can't be saved" in record.message]) == 2
    assert len(reminded.problems) == 1


# Commands from slots of its facts


def test_a_command_from_a_slot_waits_for_its_turn(reminded: Reminded) -> None:
    later: list[str] = []

    def skip(view: SlotView) -> None:
        reminded.scheduler.skip()
        later.append(reminded.states[0])

    reminded.scheduler.reminder_due.connect(skip)
    reminded.run_until("08:00")
    assert later == ["due"]
    assert reminded.states == ["skipped", "coming"]
    assert reminded.told[1:] == ["changed due coming", "due 08:00", "withdrawn", "changed skipped coming"]


def test_it_remembers_no_more_than_it_needs(reminded: Reminded) -> None:
    reminded.run_until("09:00")
    for _ in range(15):
        reminded.clock.advance(24 * HOUR_MS)
        reminded.timer.fire()
        reminded.run_for(5 * MINUTE_MS)
    kept = [record.slot.day for record in reminded.store.log.records]
    assert kept
    assert min(kept) >= reminded.clock.now().date() - timedelta(days=8)
    assert min(kept) > MONDAY


def test_a_session_is_for_the_slot_it_counts_for(due: Reminded) -> None:
    started = due.clock.now()
    assert due.scheduler.slot_of(started, started) == "2026-03-02T08:00"
    due.clock.advance(5 * MINUTE_MS)
    due.scheduler.note_session_finished()
    now = due.clock.now()
    assert due.scheduler.slot_of(started, now) == "2026-03-02T08:00"
    assert due.scheduler.slot_of(now, now) is None


def test_what_was_left_out_is_known_for_some_days(reminded: Reminded) -> None:
    assert list(reminded.scheduler.left_out) == []
    reminded.scheduler.not_today()
    reminded.clock.advance(24 * HOUR_MS)
    reminded.scheduler.pause_until(date(2026, 3, 20))
    reminded.clock.advance(12 * 24 * HOUR_MS)
    reminded.scheduler.look()
    told = {(view.slot.day.day, view.slot.at.hour): view.state for view in reminded.scheduler.left_out}
    assert (2, 8) not in told, "further back than the log goes"
    assert told[3, 8] is SlotState.PAUSED
    assert told[15, 20] is SlotState.PAUSED
    assert set(told.values()) == {SlotState.PAUSED}


def test_a_skipped_day_is_left_out(reminded: Reminded) -> None:
    reminded.scheduler.not_today()
    reminded.clock.advance(3 * 24 * HOUR_MS)
    reminded.scheduler.look()
    assert [view.slot.key for view in reminded.scheduler.left_out] == ["2026-03-02T08:00", "2026-03-02T20:00"]
