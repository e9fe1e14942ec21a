"""Which routine a moment plays."""

from datetime import datetime, time

import pytest

from stretchplayer.reminders.slots import Slot, SlotState, SlotView
from stretchplayer.settings import Settings

MINE = Settings(mornings="bad-back-day", evenings="hips")
NOON = datetime(2026, 3, 2, 12, 0).astimezone()


def view(hour: int, state: SlotState) -> SlotView:
    return SlotView(slot=Slot(day=NOON.date(), at=time(hour)), state=state)


@pytest.mark.parametrize(("at", "routine"), [("00:00", "bad-back-day"), ("13:59", "bad-back-day"), ("14:00", "hips")])
def test_slots_before_two_are_mornings(at: str, routine: str) -> None:
    assert MINE.routine_at(time.fromisoformat(at)) == routine


@pytest.mark.parametrize(
    ("morning", "evening", "routine"),
    [
        (SlotState.DUE, SlotState.COMING, "bad-back-day"),
        (SlotState.SNOOZED, SlotState.COMING, "bad-back-day"),
        (SlotState.DONE, SlotState.COMING, "hips"),
        (SlotState.SKIPPED, SlotState.DUE, "hips"),
        (SlotState.DONE, SlotState.DONE, "bad-back-day"),
        (SlotState.PAUSED, SlotState.PAUSED, "bad-back-day"),
    ],
)
def test_what_is_due_or_comes_next_is_offered(morning: SlotState, evening: SlotState, routine: str) -> None:
    assert MINE.next_routine(NOON, (view(8, morning), view(20, evening))) == routine


def test_without_reminders_the_moment_itself_counts() -> None:
    assert MINE.next_routine(NOON, ()) == "bad-back-day"
    assert MINE.next_routine(NOON.replace(hour=18), ()) == "hips"


def test_the_trio_is_played_at_first() -> None:
    assert Settings().next_routine(NOON, ()) == Settings().routine_at(time(20)) == "hamstring-trio"
