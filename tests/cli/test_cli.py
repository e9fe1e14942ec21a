"""The command line: output, exit codes, and modules that must not be imported."""

import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import pytest

from stretchplayer import __version__
from stretchplayer.app.options import LaunchOptions
from stretchplayer.audio.speech_time import speech_time
from stretchplayer.cli import main
from stretchplayer.errors import DesktopError
from stretchplayer.figure.side import Side
from stretchplayer.routine.dose import Dose, OwnDoses
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.timeline import PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Settings, SpeechSettings
from stretchplayer.storage.assets import voice_dir
from stretchplayer.storage.doses import DoseFile
from stretchplayer.storage.settings import SettingsFile
from tests.cli.run import Run
from tests.patience import PATIENCE_S
from tests.routine.shipped import FILE, hamstring_trio
from tests.storage.routines.sheets import SHEET, write_sheet

WITHOUT_WINDOW: Sequence[Sequence[str]] = [
    ["--version"],
    ["--help"],
    ["plan"],
    ["plan", "--json"],
    ["check", str(FILE)],
    ["routines"],
    ["routines", "--json"],
    ["plan", "nope"],
    ["start", "--rate", "0"],
]


def spoken_timeline() -> Timeline:
    """The shipped routine as it is played, with the time its recorded words take."""
    return build_timeline(hamstring_trio(), speech_ms=speech_time(voice_dir(), SpeechSettings()))


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[LaunchOptions]:
    """What the program was started with; it ends at once, with exit code 7."""
    launched: list[LaunchOptions] = []

    def run_app(options: LaunchOptions) -> int:
        launched.append(options)
        return 7

    pretend_app(monkeypatch, run_app)
    return launched


def pretend_app(monkeypatch: pytest.MonkeyPatch, run_app: Callable[[LaunchOptions], int]) -> None:
    monkeypatch.setattr("stretchplayer.cli.commands.window.run", run_app)


def python(*arguments: str, out: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False, timeout=PATIENCE_S)


# The plan


def test_the_plan_of_the_shipped_routine_as_json(run: Run) -> None:
    code, out, err = run("plan", "--json")
    plan = json.loads(out)
    assert (code, err) == (0, "")
    assert list(plan) == ["routine", "total_ms", "phases"]
    assert plan["routine"] == "hamstring-trio"
    keys = ["index", "start_ms", "duration_ms", "kind", "stretch", "side", "step", "text", "equipment", "cues"]
    assert all(list(phase) == keys for phase in plan["phases"])
    assert all(list(cue) == ["at_ms", "name", "say"] for phase in plan["phases"] for cue in phase["cues"])
    holds = [phase for phase in plan["phases"] if phase["kind"] == "hold"]
    assert [(phase["side"], phase["duration_ms"], phase["step"]) for phase in holds] == [
        ("left", 30_000, 2),
        ("right", 30_000, 2),
    ] * 3
    assert plan["phases"][0]["side"] is None
    assert plan["phases"][0]["step"] is None


def test_the_plan_is_the_timeline(run: Run) -> None:
    timeline = spoken_timeline()
    plan = json.loads(run("plan", "--json")[1])
    assert plan["total_ms"] == timeline.total_ms
    assert [phase["start_ms"] for phase in plan["phases"]] == [phase.start_ms for phase in timeline.phases]
    assert [cue["say"] for phase in plan["phases"] for cue in phase["cues"]] == [cue.say for cue in timeline.cues()]


def test_the_plan_as_a_table(run: Run) -> None:
    code, out, err = run("plan")
    timeline = spoken_timeline()
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[:3] == ["Hamstring trio, 07:47", "At hand: a sturdy chair, a towel", ""]
    assert lines[3] == " start  takes  phase         side   what to do"
    assert lines[7] == " 00:43  00:30  hold          left   Sole of your left foot towards the ceiling."
    assert len(lines) == 4 + len(timeline.phases)
    assert {line[36:] for line in lines[4:]} == {phase.text for phase in timeline.phases}


def test_the_plan_is_at_the_person_s_own_dose_and_says_so(run: Run, data_dir: Path) -> None:
    own = {"lying-leg-raise": Dose(hold_s=15), "towel-stretch": Dose(left_out=True)}
    DoseFile(data_dir, "hamstring-trio").save(OwnDoses(exercises=own))
    lines = run("plan")[1].splitlines()
    assert lines[1:5] == [
        "At hand: a sturdy chair",
        "Changed by you: Lying leg raise",
        "Left out: Towel stretch",
        "",
    ]
    holds = [
        phase["duration_ms"] for phase in json.loads(run("plan", "--json")[1])["phases"] if phase["kind"] == "hold"
    ]
    assert holds == [15_000, 15_000, 30_000, 30_000]
    listed = {routine["id"]: routine for routine in json.loads(run("routines", "--json")[1])}
    assert listed["hamstring-trio"]["stretches"] == 2


# On paper


@pytest.mark.usefixtures("qapp")
def test_a_routine_is_written_as_a_pdf(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sheet.PDF"
    assert run("sheet", "--out", str(file)) == (0, "", "")
    assert file.read_bytes().startswith(b"%PDF")
    assert run("sheet", "hamstring-trio", "--out", "sheet.txt") == (
        2,
        "",
        "sheet.txt is not a PDF; the name must end in .pdf.\n",
    )
    code, out, err = run("sheet", "--out", str(tmp_path / "none" / "sheet.pdf"))
    assert (code, out) == (2, "")
    assert "can't be written" in err


def test_a_plan_longer_than_an_hour_without_equipment(run: Run, tmp_path: Path) -> None:
    sheet = FILE.read_text(encoding="utf-8").replace("seconds = 30", "seconds = 3600")
    sheet = sheet.replace('equipment = ["a towel"]\n', "").replace('equipment = ["a sturdy chair"]\n', "")
    lines = run("plan", str(write_sheet(tmp_path / "long.toml", sheet)))[1].splitlines()
    assert lines[0].startswith("Hamstring trio, 36")
    assert lines[1] == ""
    assert len({line.index("  ", 8) for line in lines[4:]}) == 1


def test_the_plan_follows_the_saved_preferences(run: Run, data_dir: Path, tmp_path: Path) -> None:
    mine = Settings(playing=Preferences(hold_s=10, first_side=Side.RIGHT))
    SettingsFile(data_dir).save(mine)
    SettingsFile(tmp_path / "other").save(Settings(playing=Preferences(hold_s=60)))

    def first_hold(*arguments: str) -> tuple[int, str]:
        phases = json.loads(run(*arguments)[1])["phases"]
        hold = next(phase for phase in phases if phase["kind"] == PhaseKind.HOLD)
        return hold["duration_ms"], hold["side"]

    other = str(tmp_path / "other")
    assert first_hold("plan", "--json") == (10_000, "right")
    assert first_hold("--data-dir", other, "plan", "--json") == (60_000, "left")
    assert first_hold("plan", "--json", "--data-dir", other) == (60_000, "left")


def test_damaged_settings_are_reported_and_the_plan_is_printed(run: Run, data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "settings.json").write_text("{")
    code, out, err = run("plan", "--json")
    assert code == 0
    assert json.loads(out)["total_ms"] == spoken_timeline().total_ms
    assert err.startswith(f"{data_dir / 'settings.json'} is damaged")


def test_a_plan_of_a_file_or_an_own_routine(run: Run, data_dir: Path, tmp_path: Path) -> None:
    write_sheet(data_dir / "routines" / "mine.toml")
    there = write_sheet(tmp_path / "there.toml")
    assert json.loads(run("plan", "mine", "--json")[1])["routine"] == "mine"
    assert json.loads(run("plan", str(there), "--json")[1])["routine"] == "there"


def test_a_plan_of_what_is_not_there(run: Run) -> None:
    assert run("plan", "hamstring") == (2, "", 'There is no routine "hamstring"; did you mean "hamstring-trio"?\n')


# Checking and listing


def test_good_files_are_fine(run: Run, tmp_path: Path) -> None:
    small = write_sheet(tmp_path / "small.toml")
    long = write_sheet(tmp_path / "long.toml", small.read_text().replace("seconds = 20", "seconds = 30"))
    short = tmp_path / "short.toml"
    short.write_text(
        'format = 1\ntitle = "S"\n[[stretches]]\ntitle = "S"\nposition = "standing"\nsides = "none"\n'
        '[[stretches.steps]]\nkind = "move"\ntext = "T"\nseconds = 1\n'
    )
    code, out, err = run("check", str(FILE), str(small), str(long), str(short))
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"{FILE}: fine, 3 exercises, about 8 minutes",
        f"{small}: fine, 2 exercises, about 2 minutes",
        f"{long}: fine, 2 exercises, about 3 minutes",
        f"{short}: fine, 1 exercise, less than a minute",
    ]


def test_a_pose_is_checked_too(run: Run, tmp_path: Path) -> None:
    good = FILE.parents[1] / "poses" / "leg-up.toml"
    bad = tmp_path / "bad.toml"
    bad.write_text(good.read_text(encoding="utf-8").replace("head =", "hat ="), encoding="utf-8")
    code, out, err = run("check", str(good), str(bad))
    assert (code, out) == (2, f"{good}: fine, a pose\n")
    assert '"hat" is an unknown key' in err


def test_a_picture_has_to_be_one(run: Run, tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>'
    sheet = SHEET.replace("format = 1", "format = 2").replace("stretches", "exercises")
    sheet = sheet.replace('position = "on_all_fours"', 'position = "on_all_fours"\npicture = "cat.svg"')
    path, picture = write_sheet(tmp_path / "cats.toml", sheet), tmp_path / "cat.svg"
    picture.write_text(drawing, encoding="utf-8")
    assert run("check", str(path)) == (0, f"{path}: fine, 2 exercises, about 2 minutes\n", "")
    picture.write_text(drawing[:60], encoding="utf-8")
    told = (
        'exercise 2: "picture" is "cat.svg", which is damaged or not what its name says; save it again as PNG, JPEG or'
    )
    assert run("check", str(path)) == (2, "", f"{path}, {told} SVG.\n")


def test_a_bad_file_is_reported_and_the_others_are_checked(run: Run, tmp_path: Path) -> None:
    bad, good = write_sheet(tmp_path / "bad.toml", "format = 1\n"), write_sheet(tmp_path / "good.toml")
    code, out, err = run("check", str(bad), str(tmp_path / "missing.toml"), str(good))
    assert code == 2
    assert out == f"{good}: fine, 2 exercises, about 2 minutes\n"
    title, missing = err.splitlines()
    assert title.startswith(f'{bad}: "title" is missing. ')
    assert missing.endswith("missing.toml can't be read: there is no such file or folder; check the name.")


def test_routines_are_listed(run: Run, data_dir: Path) -> None:
    write_sheet(data_dir / "routines" / "mine.toml")
    bad = write_sheet(data_dir / "routines" / "bad.toml", "")
    code, out, err = run("routines")
    assert code == 0
    lines = out.splitlines()
    assert "hamstring-trio      Hamstring trio, 3 exercises, about 8 minutes" in lines
    assert lines[-1] == "mine                Two exercises, 2 exercises, about 2 minutes"
    assert err == f"{bad} is empty; its first line must be format = 2.\n"


def test_routines_are_listed_as_json(run: Run) -> None:
    code, out, err = run("routines", "--json")
    assert (code, err) == (0, "")
    routine = hamstring_trio()
    assert {
        "id": "hamstring-trio",
        "title": "Hamstring trio",
        "description": routine.description,
        "stretches": 3,
        "total_ms": spoken_timeline().total_ms,
        "equipment": ["a sturdy chair", "a towel"],
    } in json.loads(out)


# Starting


def test_without_a_command_the_window_opens(launched: list[LaunchOptions], run: Run, data_dir: Path) -> None:
    assert run() == (7, "", "")
    assert launched == [LaunchOptions(data_dir=data_dir)]


def test_the_data_directory_is_handed_on(launched: list[LaunchOptions], run: Run, tmp_path: Path) -> None:
    run("--data-dir", str(tmp_path / "one"))
    run("start", "--data-dir", str(tmp_path / "two"))
    run("--data-dir", str(tmp_path / "three"), "start")
    assert [options.data_dir.name for options in launched] == ["one", "two", "three"]


def test_start_hands_everything_on(launched: list[LaunchOptions], run: Run, data_dir: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace.jsonl"
    arguments = ["start", str(FILE), "--fullscreen", "--rate", "20", "--trace", str(trace), "--exit", "--terminal"]
    assert run(*arguments) == (7, "", "")
    assert launched == [
        LaunchOptions(
            data_dir=data_dir,
            routine=str(FILE),
            start=True,
            fullscreen=True,
            rate=20.0,
            trace=trace,
            exit_when_done=True,
            terminal=True,
        )
    ]


def test_start_plays_the_shipped_routine_in_real_time(launched: list[LaunchOptions], run: Run, data_dir: Path) -> None:
    run("start")
    assert launched == [LaunchOptions(data_dir=data_dir, start=True)]


@pytest.mark.parametrize("rate", ["0", "-1", "nan", "inf", "1000.1", "fast", ""])
def test_a_rate_that_can_not_be(launched: list[LaunchOptions], run: Run, rate: str) -> None:
    code, out, err = run("start", f"--rate={rate}")
    assert (code, out, launched) == (2, "", [])
    assert f"argument --rate: '{rate}' must be a number above 0, at most 1000" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["start", "nope"], "There is no routine"),
        (["start", "missing.toml"], "there is no such file"),
        (["start", "--trace", "nowhere/trace.jsonl"], "The trace can't be written to nowhere"),
        (["start", "--trace", "."], "it is a folder; name a file"),
        (["--data-dir", str(FILE)], "is a file; choose a folder"),
        (["--data-dir", ""], "the name can't be empty"),
        (["plan", ""], "the name can't be empty"),
        (["check"], "the following arguments are required: FILE"),
        (["nope"], "invalid choice: 'nope'"),
        (["n" * 100_000], f"invalid choice: '{'n' * 29}…{'n' * 28}'"),
        (["plan", "a", "b" * 100_000], f"unrecognized arguments: {'b' * 30}…{'b' * 29}\n"),
        (["history", "--last", "9" * 100_000], f"'{'9' * 29}…{'9' * 28}' must be"),
        (["start", "--full"], "unrecognized arguments: --full"),
        (["--data", "x"], "invalid choice"),
        (["plan", "a", "b"], "unrecognized arguments: b"),
    ],
)
def test_wrong_use_is_reported_before_anything_starts(
    launched: list[LaunchOptions], run: Run, arguments: list[str], message: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out, launched) == (2, "", [])
    assert message in err


def test_a_failure_of_the_program_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_options: LaunchOptions) -> int:
        raise DesktopError("The desktop is gone; log in again.")

    pretend_app(monkeypatch, fail)
    assert run() == (1, "", "The desktop is gone; log in again.\n")


def test_ctrl_c_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_options: LaunchOptions) -> int:
        raise KeyboardInterrupt

    pretend_app(monkeypatch, interrupt)
    assert run() == (130, "", "")


# Streams


def test_the_version(run: Run) -> None:
    assert run("--version") == (0, f"Stretch Player {__version__}\n", "")


def test_json_is_utf_8_and_text_is_escaped_on_a_terminal_that_can_not_show_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sheet = (
        FILE.read_text(encoding="utf-8")
        .replace('"Hamstring trio"', '"Übung 伸展"')
        .replace("First, the", "Übung 伸展.")
    )
    path = str(write_sheet(tmp_path / "x.toml", sheet))

    def written(*arguments: str) -> bytes:
        stream = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(stream, encoding="ascii"))
        assert main(arguments) == 0
        return stream.getvalue()

    assert written("plan", path).startswith(rb"\xdcbung \u4f38\u5c55, 07:")
    assert "Übung 伸展." in json.loads(written("plan", path, "--json"))["phases"][0]["cues"][1]["say"]


def test_without_a_console_nothing_breaks(launched: list[LaunchOptions], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main([]) == 7
    assert main(["plan", "--json"]) == 0
    assert main(["plan", "nope"]) == 2
    assert main(["calendar", "-"]) == 1
    assert len(launched) == 1


def test_what_windows_says_of_a_closed_pipe_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    class ClosedPipe(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.EINVAL, "Invalid argument")

        def fileno(self) -> int:
            return sys.__stdout__.fileno() if sys.__stdout__ else 1

    monkeypatch.setattr(sys, "stdout", ClosedPipe())
    monkeypatch.setattr(os, "dup2", lambda *_numbers: None)
    assert main(["plan"]) == 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("arguments", [["plan"], ["plan", "--json"], ["routines"], ["--help"]])
def test_a_reader_that_has_seen_enough_is_no_failure(arguments: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = python("-m", "stretchplayer", *arguments, out=write)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_output_that_can_not_be_written_is_a_failure() -> None:
    with Path("/dev/full").open("w") as full:
        done = python("-m", "stretchplayer", "plan", out=full.fileno())
    assert (done.returncode, done.stderr) == (1, "The output can't be written: No space left on device.\n")


# Imports


@pytest.mark.parametrize("arguments", WITHOUT_WINDOW, ids=" ".join)
def test_a_command_without_a_window_imports_no_qt(arguments: list[str]) -> None:
    done = python("-X", "importtime", "-m", "stretchplayer", *arguments)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "stretchplayer.cli" in imported
    assert not {name for name in imported if name.split(".")[0] in {"PySide6", "shiboken6", "rich", "wakepy"}}


def test_the_entry_point_leaves_with_the_exit_code() -> None:
    done = python("-c", "import sys; sys.argv[1:] = ['plan', 'x']; from stretchplayer.__main__ import run; run()")
    assert done.returncode == 2


def test_a_bundle_can_be_its_own_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[object] = []

    def serve(*arguments: object) -> NoReturn:
        served.append(arguments)
        raise SystemExit

    monkeypatch.setattr("stretchplayer.audio.system_voice.helper.main", serve)
    monkeypatch.setattr("stretchplayer.audio.sound_helper.main", serve)
    for arguments in (["--speech-helper"], ["--sound-helper", "warm.wav"]):
        with pytest.raises(SystemExit):
            main(arguments)
    assert served == [(), (("warm.wav",),)]


# The routine of the time of day


def test_without_a_name_the_routine_of_the_time_of_day_is_planned(run: Run, data_dir: Path) -> None:
    write_sheet(data_dir / "routines" / "mine.toml")
    store = SettingsFile(data_dir)
    store.save(Settings(mornings="mine", evenings="mine"))
    assert run("plan")[1].startswith("Two exercises, ")
    store.save(Settings(mornings="gone", evenings="gone"))
    code, out, err = run("plan")
    assert (code, out[:15]) == (0, "Hamstring trio,")
    assert "“gone” can't be played" in err
