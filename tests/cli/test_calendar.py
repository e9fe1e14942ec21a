"""The command that writes the reminders as a calendar."""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from icalendar import Calendar

from stretchplayer.cli import main
from stretchplayer.reminders.slots import ReminderSettings, SlotTime
from stretchplayer.settings import Settings
from stretchplayer.storage.settings import SettingsFile
from tests.cli.test_cli import python
from tests.storage.routines.sheets import write_sheet


def summaries(data: bytes) -> list[str]:
    return [str(event["summary"]) for event in Calendar.from_ical(data).walk("VEVENT")]


@pytest.fixture
def three_times(data_dir: Path) -> None:
    """The person has set three reminders."""
    slots = tuple(SlotTime(at=time(hour)) for hour in (7, 12, 19))
    SettingsFile(data_dir).save(Settings(reminders=ReminderSettings(slots=slots)))


def test_the_calendar_goes_into_a_file(tmp_path: Path, three_times: None, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "stretching.ics"
    assert main(["calendar", str(path)]) == 0
    assert summaries(path.read_bytes()) == ["Hamstring trio"] * 3
    assert capsys.readouterr() == ("", "")


def test_each_time_of_day_has_its_own_routine(
    data_dir: Path, three_times: None, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    write_sheet(data_dir / "routines" / "mine.toml")
    store = SettingsFile(data_dir)
    store.save(replace(store.load(), evenings="mine"))
    assert main(["calendar", "-"]) == 0
    assert summaries(capsysbinary.readouterr().out) == ["Hamstring trio", "Hamstring trio", "Two exercises"]
    store.save(replace(store.load(), evenings="gone"))
    assert main(["calendar", "-"]) == 0
    out, err = capsysbinary.readouterr()
    assert summaries(out) == ["Hamstring trio"] * 3
    assert "“gone” can't be played".encode() in err


def test_the_calendar_goes_to_standard_output(three_times: None, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["calendar", "-"]) == 0
    out, err = capsysbinary.readouterr()
    assert summaries(out) == ["Hamstring trio"] * 3
    assert out.count(b"\r\n") == out.count(b"\n")
    assert err == b""


def test_there_is_a_calendar_of_any_routine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", str(tmp_path / "x.ics"), "no-such-routine"]) == 2
    assert "no-such-routine" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "said"), [("x.txt", "must end in .ics"), ("nowhere/x.ics", "there is no such file or folder")]
)
def test_a_file_that_can_not_be_one_is_refused(
    tmp_path: Path, name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calendar", str(tmp_path / name)]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_without_reminders_there_is_none(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    SettingsFile(data_dir).save(Settings(reminders=ReminderSettings(slots=())))
    path = tmp_path / "x.ics"
    assert main(["calendar", str(path)]) == 2
    assert "add some in Settings" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_behind_standard_output_is_reported() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = python("-m", "stretchplayer", "calendar", "-", out=full.fileno())
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    assert "The output can't be written" in ran.stderr


def test_it_takes_no_qt(tmp_path: Path) -> None:
    code = (
        "import sys; from stretchplayer.cli import main; main(sys.argv[1:]); "
        "assert not [name for name in sys.modules if name.startswith('PySide6')]"
    )
    ran = python("-c", code, "calendar", str(tmp_path / "x.ics"))
    assert (ran.returncode, ran.stderr) == (0, "")
