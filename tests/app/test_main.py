"""Which front end is run, and the program as a whole without a display."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from stretchplayer.app.main import run
from stretchplayer.app.options import LaunchOptions
from stretchplayer.app.terminal import run_terminal
from stretchplayer.desktop.ipc.instance import Instance
from stretchplayer.storage.logfile import FILE_NAME
from tests.patience import PATIENCE_S
from tests.posix import not_on_windows

RUN = (sys.executable, "-m", "stretchplayer")


def no_display() -> dict[str, str]:
    """The environment of a machine without a display."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return {name: value for name, value in os.environ.items() if name not in hidden}


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, own_app: QApplication) -> list[str]:
    """The front ends that were run."""
    assert own_app is not None
    names: list[str] = []

    def front_end(name: str, code: int) -> Callable[..., int]:
        def run(*_arguments: object) -> int:
            names.append(name)
            return code

        return run

    monkeypatch.setattr("stretchplayer.app.terminal.run_terminal", front_end("terminal", 3))
    monkeypatch.setattr("stretchplayer.app.first_window.run_window", front_end("window", 4))
    return names


def test_with_a_display_the_window_is_run(ran: list[str], make_options: Callable[..., LaunchOptions]) -> None:
    assert run(make_options()) == 4
    assert ran == ["window"]


def test_an_interrupt_ends_it_at_once_while_it_is_being_loaded(
    make_options: Callable[..., LaunchOptions], monkeypatch: pytest.MonkeyPatch
) -> None:
    during: list[object] = []

    def run_window(*_arguments: object) -> int:
        during.append(signal.getsignal(signal.SIGINT))
        return 0

    monkeypatch.setattr("stretchplayer.app.first_window.run_window", run_window)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run(make_options())
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler, "it is given back"
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        run(make_options())
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    assert during == [signal.SIG_DFL, signal.SIG_IGN], "what ignores interrupts goes on doing so"


@pytest.mark.expected_log("the program can't go on")
def test_what_keeps_the_program_from_beginning_is_in_the_log(
    make_options: Callable[..., LaunchOptions], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def run_window(*_arguments: object) -> int:
        raise RuntimeError("broken")

    monkeypatch.setattr("stretchplayer.app.first_window.run_window", run_window)
    monkeypatch.setattr("stretchplayer.app.main.show_error", shown.append)
    with pytest.raises(RuntimeError, match="broken"):
        run(make_options())
    assert len(shown) == 1
    assert FILE_NAME in shown[0]
    assert (data_dir / FILE_NAME).read_text(encoding="utf-8").endswith("\nRuntimeError: broken\n")


@pytest.mark.expected_log("unhandled error")
@pytest.mark.parametrize(
    ("front_end", "terminal"), [("first_window.run_window", False), ("terminal.run_terminal", True)]
)
def test_a_fault_in_a_slot_is_in_the_log_of_every_front_end(
    make_options: Callable[..., LaunchOptions],
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    front_end: str,
    terminal: bool,
) -> None:
    def run_front_end(*_arguments: object) -> int:
        sys.excepthook(RuntimeError, RuntimeError("broken"), None)  # as PySide does
        return 0

    monkeypatch.setattr(f"stretchplayer.app.{front_end}", run_front_end)
    monkeypatch.setattr("sys.excepthook", hook := lambda *_fault: None)
    assert run(make_options(terminal=terminal)) == 0
    assert sys.excepthook is hook, "it is given back"
    assert "RuntimeError: broken" in (data_dir / FILE_NAME).read_text(encoding="utf-8")


def test_when_the_program_runs_already_no_other_is(
    ran: list[str], make_options: Callable[..., LaunchOptions], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stretchplayer.app.second_start.claim_or_hand_over", lambda *_arguments, **_options: None)
    monkeypatch.setattr("stretchplayer.desktop.ipc.instance.claim_instance", lambda _data_dir: None)
    assert run(make_options()) == 0
    assert ran == []


def test_the_terminal_is_run_where_it_is_wanted(
    ran: list[str], make_options: Callable[..., LaunchOptions], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(make_options(terminal=True)) == 3
    assert ran == ["terminal"]
    assert capsys.readouterr().err == ""


@not_on_windows("it always has a display")
def test_without_a_display_it_says_so_and_runs_the_terminal(
    ran: list[str],
    make_options: Callable[..., LaunchOptions],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert run(make_options()) == 3
    assert ran == ["terminal"]
    assert capsys.readouterr().err == "There is no display, so the session plays here in the terminal.\n"


def test_a_session_in_the_terminal(
    own_app: QApplication,
    make_options: Callable[..., LaunchOptions],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    assert own_app is not None
    options = make_options(terminal=True, trace=tmp_path / "trace.jsonl")
    output = io.StringIO()
    monkeypatch.setattr(sys, "stdout", output)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert run_terminal(options, Instance(None, options.data_dir)) == 0
    lines = output.getvalue().splitlines()
    assert lines[-1] == "The end. 6 of 6 holds, 3 min held."
    last = json.loads((tmp_path / "trace.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert last["outcome"] == "finished"


@not_on_windows("it always has a display")
def test_the_program_plays_in_the_terminal_where_there_is_no_display(data_dir: Path) -> None:
    command = [*RUN, "start", "--rate", "500", "--exit", "--data-dir", str(data_dir)]
    done = subprocess.run(
        command, env=no_display(), stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE_S, check=False
    )
    assert done.stderr.decode() == "There is no display, so the session plays here in the terminal.\n"
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[-1] == "The end. 6 of 6 holds, 3 min held."


@not_on_windows("it always has a display")
def test_a_display_that_does_not_answer_is_named(data_dir: Path) -> None:
    command = [*RUN, "start", "--rate", "500", "--exit", "--data-dir", str(data_dir)]
    done = subprocess.run(
        command,
        env={**no_display(), "DISPLAY": ":7654"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.stderr.decode().startswith("The display :7654 doesn't answer, so the session plays here")
    assert done.returncode == 0
