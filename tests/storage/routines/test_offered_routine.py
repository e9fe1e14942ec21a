"""The routine that is offered when none is named."""

from datetime import datetime
from pathlib import Path

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.reminders.log import ReminderLog, SlotRecord
from stretchplayer.reminders.slots import Slot
from stretchplayer.settings import Settings
from stretchplayer.storage.reminders import ReminderFile
from stretchplayer.storage.routines.offered_routine import find_offered, offered_id
from stretchplayer.storage.routines.routine_folder import RoutineFiles
from tests.storage.routines.sheets import write_sheet

MINE = Settings(mornings="bad-back-day", evenings="hips")
MORNING = datetime(2026, 3, 2, 9, 0).astimezone()


def test_a_morning_that_is_done_makes_way_for_the_evening(data_dir: Path) -> None:
    assert offered_id(data_dir, MINE, MORNING) == "bad-back-day"
    slot = Slot(day=MORNING.date(), at=MORNING.replace(hour=8).time())
    done = SlotRecord(slot=slot, done_at=MORNING)
    ReminderFile(data_dir).save(ReminderLog(started_at=MORNING.replace(day=1), records=(done,)))
    assert offered_id(data_dir, MINE, MORNING) == "hips"


def test_what_can_t_be_read_is_replaced_and_said(data_dir: Path) -> None:
    routines, told = RoutineFiles(data_dir), list[str]()
    write_sheet(routines.own_dir / "mine.toml")
    assert find_offered(routines, "mine", told.append).id == "mine"
    assert told == []
    write_sheet(routines.own_dir / "mine.toml", "format = 1\n")
    assert find_offered(routines, "mine", told.append).id == "hamstring-trio"
    assert told == ["Your routine “mine” can't be played; choose another one in the Library. Hamstring trio stands in."]


def test_without_the_shipped_one_there_is_nothing_to_offer(data_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="hamstring-trio"):
        find_offered(RoutineFiles(data_dir, tmp_path), "hamstring-trio", pytest.fail)
