"""Today's slots without a running program: what is read, what is said, and that nothing is touched."""

import json
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from stretchplayer.cli.commands.remote import slots_as_data
from stretchplayer.player.status import views_as_data
from stretchplayer.reminders import rules as reminders
from stretchplayer.reminders.log import ReminderLog, reminded
from stretchplayer.reminders.rules import advise
from stretchplayer.reminders.slots import ReminderSettings, SlotTime
from stretchplayer.settings import Settings
from stretchplayer.storage.reminders import ReminderFile
from stretchplayer.storage.settings import SettingsFile
from tests.cli.test_cli import python
from tests.progress.days import at, slot

SATURDAY = datetime(2026, 3, 28, 21, 0, tzinfo=ZoneInfo("Europe/Berlin"))
"""The clocks go forward in the night."""


def states(data: dict[str, object]) -> list[str]:
    found = data["slots"]
    assert isinstance(found, list)
    return [each["state"] for each in found]


def test_on_a_fresh_machine_there_are_two_slots(data_dir: Path) -> None:
    assert slots_as_data(data_dir, at("07:30:10")) == {
        "slots": [
            {"date": "2026-03-02", "time": "08:00", "state": "coming"},
            {"date": "2026-03-02", "time": "20:00", "state": "coming"},
        ],
        "next_reminder": "2026-03-02T08:00:00+01:00",
    }
    assert not data_dir.exists()


def test_who_has_just_come_has_missed_nothing(data_dir: Path) -> None:
    data = slots_as_data(data_dir, at("15:00"))
    assert (states(data), data["next_reminder"]) == (["coming"], "2026-03-02T20:00:00+01:00")


def test_what_happened_and_what_was_set_is_read(data_dir: Path) -> None:
    settings = ReminderSettings(slots=(SlotTime(at=time(6)), SlotTime(at=time(9)), SlotTime(at=time(18))))
    SettingsFile(data_dir).save(Settings(reminders=settings))
    log = reminders.session_finished(ReminderLog(), settings, started=at("06:10"), ended=at("06:20"))
    log = reminders.snoozed(log, at("09:10"), settings, 30)
    ReminderFile(data_dir).save(log)
    data = slots_as_data(data_dir, at("09:20"))
    assert states(data) == ["done", "snoozed", "coming"]
    assert data["next_reminder"] == "2026-03-02T09:40:00+01:00"


def test_the_next_reminder_has_the_offset_it_will_have_then(data_dir: Path) -> None:
    ReminderFile(data_dir).save(reminders.skipped(ReminderLog(), SATURDAY, ReminderSettings()))
    assert slots_as_data(data_dir, SATURDAY)["next_reminder"] == "2026-03-29T08:00:00+02:00"


def test_a_reminder_that_waits_for_the_person_is_next_now(data_dir: Path) -> None:
    data = slots_as_data(data_dir, at("09:20:30"))
    assert (states(data), data["next_reminder"]) == (["due", "coming"], "2026-03-02T09:20:30+01:00")


def test_after_a_reminder_its_repeat_is_next(data_dir: Path) -> None:
    ReminderFile(data_dir).save(reminded(ReminderLog(), slot("08:00"), at("08:00")))
    assert slots_as_data(data_dir, at("08:10"))["next_reminder"] == "2026-03-02T08:30:00+01:00"


def test_without_reminders_there_is_nothing(data_dir: Path) -> None:
    SettingsFile(data_dir).save(Settings(reminders=ReminderSettings(slots=())))
    assert slots_as_data(data_dir, at("08:10")) == {"slots": [], "next_reminder": None}


@pytest.mark.parametrize("name", ["settings.json", "reminders.json"])
@pytest.mark.parametrize("content", ["{", '{"version": 99}', " " * 2**21])
def test_files_that_can_not_be_used_are_let_be(data_dir: Path, name: str, content: str) -> None:
    data_dir.mkdir()
    (data_dir / name).write_text(content)
    assert states(slots_as_data(data_dir, at("07:00"))) == ["coming", "coming"]
    assert [(path.name, path.read_text()) for path in data_dir.iterdir()] == [(name, content)]


def test_a_running_program_can_say_it_in_the_same_words(data_dir: Path) -> None:
    advice = advise(at("08:10"), ReminderSettings(), ReminderLog())
    assert views_as_data(advice.slots, advice.next_at, at("08:10")) == slots_as_data(data_dir, at("08:10"))


def test_it_takes_no_qt(data_dir: Path) -> None:
    code = """
import json
import sys
from datetime import datetime
from pathlib import Path
from stretchplayer.cli.commands.remote import slots_as_data
print(json.dumps(slots_as_data(Path(sys.argv[1]), datetime.now().astimezone())))
assert not [name for name in sys.modules if name.startswith(("PySide6", "icalendar"))]
"""
    data_dir.mkdir()
    ran = python("-c", code, str(data_dir))
    assert ran.stderr == ""
    assert len(json.loads(ran.stdout)["slots"]) >= 1
