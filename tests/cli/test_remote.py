"""The commands that speak to a running program: what they send, what they print and their exit codes."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from stretchplayer.app.options import LaunchOptions
from stretchplayer.desktop.ipc.address import no_safe_folder, socket_address
from stretchplayer.desktop.ipc.foreign_lock import LOCK_NAME
from stretchplayer.desktop.ipc.protocol import DONE, Answer, Reply, encode_answer, refused
from stretchplayer.player.status import phase_as_data, status_as_data
from stretchplayer.reminders.log import ReminderLog
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.storage.reminders import ReminderFile
from tests.cli.run import Run
from tests.cli.test_cli import pretend_app
from tests.posix import unix_socket
from tests.routine.shipped import hamstring_trio

pytestmark = pytest.mark.skipif(os.name != "posix", reason="this running program listens at a socket")
Running = Callable[..., list[bytes]]
COMMANDS = ["pause", "resume", "toggle", "next", "back", "stop", "snooze", "skip", "done", "not-today", "quit"]
NOT_RUNNING = "Stretch Player is not running; start it with: stretchplayer\n"
SLOTS = {
    "slots": [
        {"date": "2026-03-02", "time": "08:00", "state": "done"},
        {"date": "2026-03-02", "time": "20:00", "state": "coming"},
    ],
    "next_reminder": "2026-03-02T20:00:00+01:00",
}


@pytest.fixture
def running(data_dir: Path) -> Iterator[Running]:
    """Pretends a running program that gives these answers, one after the other; what it was asked is kept."""
    listener = unix_socket()
    threads: list[threading.Thread] = []

    def begin(*answers: Answer) -> list[bytes]:
        asked: list[bytes] = []
        address = socket_address(data_dir, make=True)
        assert address is not None
        listener.bind(address)
        listener.listen()

        def serve() -> None:
            for answer in answers:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return  # the test is over
                with connection:
                    asked.append(connection.recv(4096))
                    connection.sendall(encode_answer(answer))

        threads.append(threading.Thread(target=serve, name="program"))
        threads[0].start()
        return asked

    yield begin
    with suppress(OSError):  # it was never asked to listen
        listener.shutdown(socket.SHUT_RDWR)
    for thread in threads:
        thread.join()
    listener.close()


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a day on which reminders are kept; soon after midnight the last slot of the day before may be due yet."""
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC).astimezone()
    monkeypatch.setattr("stretchplayer.cli.commands.remote.system_now", lambda: noon)


def status_of(**changes: object) -> Answer:
    status = status_as_data(SLOTS, running=True, state="idle", routine="hamstring-trio")
    return Answer(reply=Reply.DONE, status=status | changes)


# Commands


@pytest.mark.parametrize("verb", COMMANDS)
def test_a_command_is_sent_and_nothing_said(run: Run, running: Running, verb: str) -> None:
    asked = running(DONE)
    assert run(verb) == (0, "", "")
    assert [json.loads(line) for line in asked] == [{"verb": verb}]


@pytest.mark.parametrize("verb", COMMANDS)
def test_without_a_running_program_that_is_said(run: Run, verb: str) -> None:
    assert run(verb) == (3, "", NOT_RUNNING)


def test_a_refusal_is_said(run: Run, running: Running) -> None:
    running(refused("Nothing is playing."))
    assert run("pause") == (1, "", "Nothing is playing.\n")


def test_a_snooze_may_last(run: Run, running: Running) -> None:
    asked = running(DONE)
    assert run("snooze", "30") == (0, "", "")
    assert [json.loads(line) for line in asked] == [{"verb": "snooze", "minutes": 30}]


@pytest.mark.parametrize("minutes", ["0", "721", "-5", "5.5", "ten", "²", "9" * 5000])
def test_a_snooze_that_can_not_be(run: Run, minutes: str) -> None:
    code, out, err = run("snooze", "--", minutes)
    assert (code, out) == (2, "")
    assert "must be a whole number from 1 to 720" in err


def test_without_a_runtime_directory_none_runs(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/no/such/folder")
    with TemporaryDirectory(prefix="sp-") as short:
        monkeypatch.setenv("TMPDIR", short)
        assert run("pause") == (3, "", NOT_RUNNING)


def test_the_data_directory_says_which_program_is_meant(run: Run, running: Running, tmp_path: Path) -> None:
    running(DONE)
    assert run("pause", "--data-dir", str(tmp_path / "other"))[0] == 3
    assert run("pause")[0] == 0


# The status


@pytest.mark.parametrize(
    ("presence", "reason"),
    [
        ("calling", "It waits while another program uses the microphone or camera, or shares the screen."),
        ("napping", "napping"),
    ],
)
def test_the_status_tells_why_a_reminder_waits(run: Run, running: Running, presence: str, reason: str) -> None:
    running(status_of(waits_for=presence))
    assert run("status")[1].splitlines()[-1] == reason


def test_the_status_as_json(run: Run, running: Running) -> None:
    hold = next(phase for phase in build_timeline(hamstring_trio()).phases if phase.kind == "hold")
    running(status_of(state="hold", phase=phase_as_data(hold), remaining_ms=12_345))
    code, out, err = run("status", "--json")
    status = json.loads(out)
    assert (code, err) == (0, "")
    assert " ".join(status) == "running state routine phase remaining_ms slots next_reminder waits_for problem"
    plan = json.loads(run("plan", "--json")[1])
    assert list(status["phase"]) == list(plan["phases"][0])
    assert (status["phase"]["side"], status["remaining_ms"]) == ("left", 12_345)
    assert (status["slots"], status["next_reminder"]) == (SLOTS["slots"], SLOTS["next_reminder"])


def test_the_status_in_words(run: Run, running: Running) -> None:
    phases = build_timeline(hamstring_trio()).phases
    hold = next(phase for phase in phases if phase.kind == "hold")
    running(
        status_of(),
        status_of(state="hold", phase=phase_as_data(hold), remaining_ms=65_000),
        status_of(state="paused", phase=phase_as_data(phases[0]), remaining_ms=401_000, slots=[], next_reminder=None),
    )
    reminders = ["Reminders: 08:00 done, 20:00 coming", "Next reminder: 2026-03-02 20:00"]
    assert run("status")[1].splitlines() == ["Nothing is playing.", *reminders]
    held = ["hamstring-trio: hold, left, 01:05 left", f"  {hold.text}"]
    assert run("status")[1].splitlines() == [*held, *reminders]
    paused = ["hamstring-trio: prepare (paused), 06:41 left", f"  {phases[0].text}"]
    assert run("status")[1].splitlines() == paused


def test_slots_of_two_days_are_listed_with_their_dates(run: Run, running: Running) -> None:
    slots = [{"date": f"2026-03-0{day}", "time": "20:00", "state": "due"} for day in (1, 2)]
    running(status_of(slots=slots, next_reminder=None))
    assert run("status")[1].splitlines()[1] == "Reminders: 2026-03-01 20:00 due, 2026-03-02 20:00 due"


@pytest.mark.usefixtures("at_noon")
def test_without_a_running_program_the_slots_are_read_from_the_data(run: Run, data_dir: Path) -> None:
    ReminderFile(data_dir).save(ReminderLog(started_at=datetime(2026, 3, 1, tzinfo=UTC)))
    code, out, err = run("status", "--json")
    status = json.loads(out)
    assert (code, err) == (3, NOT_RUNNING)
    assert {name: status[name] for name in ("running", "state", "routine", "phase", "remaining_ms")} == {
        "running": False,
        "state": "idle",
        "routine": "hamstring-trio",
        "phase": None,
        "remaining_ms": 0,
    }
    # Before that, yesterday's last one until two in the morning
    assert [slot["time"] for slot in status["slots"]][-2:] == ["08:00", "20:00"]
    assert status["next_reminder"] is not None
    code, out, err = run("status")
    assert (code, err) == (3, NOT_RUNNING)
    assert out.startswith("Reminders: ")
    assert " 08:00 " in out


@pytest.mark.usefixtures("at_noon")
def test_a_program_that_can_not_remind_promises_nothing(run: Run, running: Running, data_dir: Path) -> None:
    ReminderFile(data_dir).save(ReminderLog(started_at=datetime(2026, 3, 1, tzinfo=UTC)))
    answer = status_of(slots=None, next_reminder=None, problem="Reminders are off.")
    running(answer, answer)
    status = json.loads(run("status", "--json")[1])
    assert [slot["time"] for slot in status["slots"]][-2:] == ["08:00", "20:00"]
    assert (status["next_reminder"], status["problem"]) == (None, "Reminders are off.")
    assert run("status")[1].splitlines()[2:] == ["Reminders are off."]


@pytest.mark.usefixtures("at_noon")
def test_where_no_program_can_remind_nothing_is_promised(run: Run, data_dir: Path) -> None:
    (data_dir / LOCK_NAME).mkdir(parents=True)
    problem = f"Reminders are off: {data_dir / LOCK_NAME} isn't yours; delete it and start Stretch Player again."
    status = json.loads(run("status", "--json")[1])
    assert status["slots"]
    assert (status["running"], status["next_reminder"], status["problem"]) == (False, None, problem)
    code, out, err = run("status")
    assert (code, out.splitlines()[1:], err) == (3, [problem], NOT_RUNNING)


def test_where_no_folder_is_safe_nobody_is_said_not_to_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stretchplayer.cli.commands.remote.socket_address", lambda _data_dir, **_options: None)
    assert run("status") == (1, "", f"{no_safe_folder()}\n")


def test_a_status_that_is_refused(run: Run, running: Running) -> None:
    running(refused("Not now."))
    assert run("status") == (1, "", "Not now.\n")


# Starting


def test_it_may_start_out_of_sight(run: Run, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    launched: list[LaunchOptions] = []

    def run_app(options: LaunchOptions) -> int:
        launched.append(options)
        return 7

    pretend_app(monkeypatch, run_app)
    assert run("--background") == (7, "", "")
    assert launched == [LaunchOptions(data_dir=data_dir, background=True)]


# Imports


@pytest.mark.parametrize("arguments", [["pause"], ["status"], ["status", "--json"], ["snooze", "5"]], ids=" ".join)
def test_asking_imports_no_qt(arguments: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "stretchplayer", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert done.returncode == 3
    assert "stretchplayer.desktop.ipc.protocol" in imported
    assert not {name for name in imported if name.split(".")[0] in {"PySide6", "shiboken6", "rich"}}
