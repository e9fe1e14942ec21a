"""The status as data for other programs."""

from datetime import date, datetime, time, timedelta, timezone

from stretchplayer.player.status import phase_as_data, status_as_data, views_as_data
from stretchplayer.reminders.slots import Slot, SlotState, SlotView
from stretchplayer.routine.timeline_builder import build_timeline
from tests.routine.shipped import hamstring_trio

ZONE = timezone(timedelta(hours=1))
NOW = datetime(2026, 3, 2, 8, 10, 30, tzinfo=ZONE)
VIEWS = (
    SlotView(slot=Slot(day=date(2026, 3, 2), at=time(8)), state=SlotState.DUE),
    SlotView(slot=Slot(day=date(2026, 3, 2), at=time(20)), state=SlotState.COMING),
)
SLOTS: dict[str, object] = {"slots": [], "next_reminder": None}


def test_without_a_session_there_is_no_phase() -> None:
    assert status_as_data(SLOTS, running=False, state="idle", routine="trio") == {
        "running": False,
        "state": "idle",
        "routine": "trio",
        "phase": None,
        "remaining_ms": 0,
        "slots": [],
        "next_reminder": None,
        "problem": None,
        "waits_for": None,
    }


def test_in_a_session_the_phase_is_as_in_the_plan() -> None:
    phase = build_timeline(hamstring_trio()).phases[2]
    status = status_as_data(SLOTS, running=True, state="hold", routine="x", phase=phase, remaining_ms=1234.5)
    assert status["phase"] == phase_as_data(phase)
    assert status["remaining_ms"] == 1234


def test_the_slots_of_a_day_and_the_next_reminder() -> None:
    assert views_as_data(VIEWS, datetime(2026, 3, 2, 8, 30, tzinfo=ZONE), NOW) == {
        "slots": [
            {"date": "2026-03-02", "time": "08:00", "state": "due"},
            {"date": "2026-03-02", "time": "20:00", "state": "coming"},
        ],
        "next_reminder": "2026-03-02T08:30:00+01:00",
    }


def test_a_reminder_that_waits_for_the_person_is_next_now() -> None:
    assert views_as_data((), NOW - timedelta(minutes=5), NOW)["next_reminder"] == "2026-03-02T08:10:30+01:00"
    assert views_as_data((), None, NOW) == {"slots": [], "next_reminder": None}
