"""The text about the day's reminders."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise

import pytest
from PySide6.QtCore import QLocale

from stretchplayer.reminders.slots import SlotState, SlotView
from stretchplayer.ui.text import slots as slot_text
from stretchplayer.ui.text.slots import ReminderStatus, skip_label
from tests.ui.reminder_stage import DONE, DUE, EVENING, NOW, TODAY, USUAL, view


@pytest.fixture
def locale(request: pytest.FixtureRequest) -> Iterator[None]:
    """The language and country in which times and days are written."""
    usual = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield
    QLocale.setDefault(usual)


@pytest.mark.parametrize(
    ("locale", "evening", "day"),
    [
        ("C", "20:00", "3 Dec 2026"),
        ("en_GB", "20:00", "03/12/2026"),
        ("en_US", "8:00 PM", "12/3/26"),
        ("de_DE", "20:00", "03.12.26"),
        ("hr_HR", "20:00", "03. 12. 2026."),
        ("hu_HU", "20:00", "2026. 12. 03."),
        ("ja_JP", "20:00", "2026/12/03"),
    ],
    indirect=["locale"],
)
@pytest.mark.usefixtures("locale")
def test_times_and_days_are_written_as_the_language_does(evening: str, day: str) -> None:
    assert slot_text.clock_time(time(20)).replace("\u202f", " ") == evening
    assert slot_text.until_day(date(2026, 12, 3), date(2026, 11, 3)) == day


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(0), "Night"),
        (time(3, 59), "Night"),
        (time(4), "Morning"),
        (time(11, 59), "Morning"),
        (time(12), "Midday"),
        (time(14), "Afternoon"),
        (time(18), "Evening"),
        (time(21, 59), "Evening"),
        (time(22), "Night"),
    ],
)
def test_the_parts_of_the_day(at: time, words: str) -> None:
    assert slot_text.part_of_day(at) == words
    part = "" if words == "Night" else f"{words.lower()} "
    assert slot_text.invitation(at) == f"Time for your {part}exercises"


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (DONE, "Done at 08:12"),
        (view(8, SlotState.DONE), "Done"),
        (view(20, SlotState.COMING), "In 2 h 40 min"),
        (view(18, SlotState.COMING), "In 40 min"),
        (view(17, SlotState.DUE), "Due now"),
        (view(23, SlotState.DUE, ago=1), "Due since yesterday"),
        (view(17, SlotState.SNOOZED, snoozed="20:10"), "Snoozed until 20:10"),
        (view(17, SlotState.SNOOZED), "Snoozed until you are back"),
        (view(17, SlotState.SKIPPED), "Skipped"),
        (view(8, SlotState.MISSED), "Missed"),
        (view(8, SlotState.MARKED_DONE), "Marked as done"),
        (view(20, SlotState.PAUSED), "Paused"),
    ],
)
def test_the_state_of_a_slot(shown: SlotView, words: str) -> None:
    assert slot_text.state_text(shown, NOW) == words


@pytest.mark.parametrize(
    ("until", "words"),
    [(1, "Paused until tomorrow"), (2, "Paused until Thursday"), (9, "Paused until 3 Dec 2026"), (0, "Paused")],
)
def test_a_pause_has_an_end(until: int, words: str) -> None:
    assert slot_text.state_text(view(20, SlotState.PAUSED), NOW, TODAY + timedelta(days=until)) == words


def test_a_slot_that_is_seconds_away_is_in_a_minute() -> None:
    now = EVENING - timedelta(seconds=2)
    assert slot_text.state_text(view(20, SlotState.COMING), now) == "In 1 min"
    assert slot_text.state_text(view(20, SlotState.COMING), EVENING - timedelta(hours=2)) == "In 2 h"


def test_how_far_off_a_slot_is_counts_real_hours_over_a_night_in_which_clocks_change() -> None:
    from zoneinfo import ZoneInfo

    now = datetime(2026, 3, 28, 23, tzinfo=ZoneInfo("Europe/Berlin"))
    moment = datetime(2026, 3, 29, 8, tzinfo=ZoneInfo("Europe/Berlin"))
    assert slot_text.away(moment, now) == "In 8 h"
    assert slot_text.away(moment.astimezone(timezone(timedelta(hours=2))), now) == "In 8 h"


def test_a_slot_in_one_line() -> None:
    coming = view(20, SlotState.COMING)
    assert slot_text.slot_text(coming, USUAL) == "Evening, 20:00 · In 2 h 40 min"
    assert slot_text.slot_text(coming, USUAL, lasting=True) == "Evening, 20:00 · Later today"
    assert slot_text.slot_text(DONE, USUAL, lasting=True) == "Morning, 08:00 · Done at 08:12"


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (USUAL, "Next at 20:00 · Morning: done"),
        (DUE, "Time to exercise · Morning: done"),
        (replace(USUAL, enabled=False), "Reminders are off"),
        (replace(USUAL, paused_until=TODAY + timedelta(days=9)), "Reminders are paused until 3 Dec 2026"),
        (replace(USUAL, slots=(), next_at=None), "No reminder is coming"),
        (replace(USUAL, slots=(), next_at=EVENING + timedelta(days=1)), "Next tomorrow at 20:00"),
        (replace(USUAL, slots=(), next_at=EVENING + timedelta(days=6)), "Next Monday at 20:00"),
        (replace(USUAL, slots=(view(17, SlotState.SNOOZED),), next_at=None), "Next when you are back"),
        (
            ReminderStatus(slots=(view(8, SlotState.SKIPPED), view(12, SlotState.MISSED), DONE), now=NOW),
            "No reminder is coming · Midday: missed · Morning: done",
        ),
    ],
)
def test_the_day_in_one_line(shown: ReminderStatus, words: str) -> None:
    assert slot_text.summary(shown) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.1, "Next: this afternoon, 17:26"),
        (2.7, "Next: tonight, 20:02"),
        (15, "Next: tomorrow morning, 08:20"),
        (19, "Next: tomorrow at midday, 12:20"),
        (21, "Next: tomorrow afternoon, 14:20"),
        (27, "Next: tomorrow evening, 20:20"),
        (39, "Next: Thursday, 08:20"),
        (15 * 24, "Next: 9 Dec 2026, 17:20"),
    ],
)
def test_the_next_reminder_is_told_as_people_speak(hours: float, words: str) -> None:
    assert slot_text.next_slot_text(replace(USUAL, next_at=NOW + timedelta(hours=hours))) == words


def test_the_next_reminder_of_an_early_morning() -> None:
    early = replace(USUAL, now=NOW.replace(hour=7), next_at=NOW.replace(hour=8, minute=0))
    assert slot_text.next_slot_text(early) == "Next: this morning, 08:00"
    assert slot_text.next_slot_text(replace(early, next_at=NOW.replace(hour=13))) == "Next: at midday, 13:20"


@pytest.mark.parametrize("shown", [DUE, replace(USUAL, enabled=False), replace(USUAL, next_at=None)])
def test_nothing_is_told_of_a_next_reminder_where_there_is_none(shown: ReminderStatus) -> None:
    assert slot_text.next_slot_text(shown) == ""


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(0), "Hello"),
        (time(3, 59), "Hello"),
        (time(4), "Good morning"),
        (time(11, 59), "Good morning"),
        (time(12), "Good afternoon"),
        (time(17, 59), "Good afternoon"),
        (time(18), "Good evening"),
        (time(23, 59), "Good evening"),
    ],
)
def test_a_greeting_suits_the_time(at: time, words: str) -> None:
    assert slot_text.greeting(at) == words


EVENING_DONE = replace(
    USUAL, slots=(DONE, view(20, SlotState.DONE, done="20:02")), next_at=EVENING + timedelta(hours=12)
)


@pytest.mark.parametrize(
    ("shown", "words", "is_done"),
    [
        (DUE, "Time for your afternoon exercises", False),
        (replace(DUE, slots=(view(17, SlotState.SNOOZED),)), "Time for your afternoon exercises", False),
        (USUAL, "Next at 20:00", True),
        (replace(USUAL, slots=(view(8, SlotState.MISSED), USUAL.slots[1])), "Next at 20:00", False),
        (replace(USUAL, slots=(view(8, SlotState.MARKED_DONE), USUAL.slots[1])), "Next at 20:00", True),
        (replace(USUAL, slots=USUAL.slots[1:]), "Next at 20:00", False),
        (EVENING_DONE, "All done for today · Next tomorrow at 08:00", True),
        (replace(USUAL, slots=()), "Next at 20:00", False),
        (replace(USUAL, enabled=False), "Ready when you are", False),
    ],
)
def test_what_the_day_asks_for(shown: ReminderStatus, words: str, is_done: bool) -> None:
    assert slot_text.today_text(shown) == words
    assert shown.is_done is is_done


def test_the_parts_of_the_day_follow_one_another() -> None:
    parts = [slot_text.part_of_day(time(hour)) for hour in range(24)]
    changes = [other for one, other in pairwise(parts) if one != other]
    assert changes == ["Morning", "Midday", "Afternoon", "Evening", "Night"]


@pytest.mark.parametrize(("minutes", "words"), [(5, "5 min"), (60, "1 h"), (90, "1 h 30 min")])
def test_lengths_of_time(minutes: int, words: str) -> None:
    assert slot_text.minutes_text(minutes) == words


@pytest.mark.parametrize(
    ("hour", "label"),
    [
        (1, "Skip night"),
        (8, "Skip morning"),
        (12, "Skip midday"),
        (16, "Skip afternoon"),
        (20, "Skip evening"),
        (23, "Skip night"),
    ],
)
def test_it_is_said_what_is_skipped(hour: int, label: str) -> None:
    assert skip_label(time(hour)) == label
