"""The process that shows a reminder, and what becomes of it when it goes wrong."""

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from datetime import time
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.reminder_process import (
    LONGEST_ANSWER,
    SHOWN_WITHIN_MS,
    ReminderProcess,
    helper_command,
)
from stretchplayer.domain.invitation import HelperAnswer, HelperEvent, HelperOrder, Invitation, read_order
from stretchplayer.ports import ReminderHelper
from tests.fakes import FakeClock, FakeTimer

ORDER: Final = HelperOrder(
    invitation=Invitation(at=time(20), title="Trio", length_ms=480_000), dark=True, data_dir=Path("/nowhere")
)
SHOWN: Final = '{"event": "shown"}'
SKIPPED: Final = '{"event": "skip"}'
FOLLOW: Final = """
import json, os, sys
for line in sys.stdin:
    with open(sys.argv[1], "a") as log:
        print(json.dumps({"line": line, "env": dict(os.environ)}), file=log, flush=True)
    print(*sys.argv[2:], sep="\\n", flush=True)
"""
"""Writes down what it is told and what surrounds it, and says to everything what it was started with."""
DIE: Final = "import sys; sys.stdin.readline(); print('oh', file=sys.stderr); sys.exit(3)"
BABBLE: Final = f"""
import sys
sys.stdin.readline()
print("x" * {2 * LONGEST_ANSWER}, end="", flush=True)
sys.stdin.read()
"""


class Stage:
    """A helper of the test's making, and what is told of it."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.log = folder / "log"
        self.timer = FakeTimer(FakeClock())
        self.answers: list[HelperAnswer] = []
        self.failures = 0
        self._qtbot = qtbot
        self._made: list[ReminderProcess] = []

    def make(self, *command: str) -> ReminderHelper:
        """A port to the helper that this command runs."""
        made = ReminderProcess(self.timer, None, command)
        self._made.append(made)
        made.on_answer(self.answers.append)
        made.on_failure(self._count)
        return made

    def follow(self, *says: str) -> ReminderHelper:
        """A helper that says these lines to every order."""
        return self.make(sys.executable, "-I", "-S", "-c", FOLLOW, str(self.log), *says)

    def run(self, code: str) -> ReminderHelper:
        """A helper that does this."""
        return self.make(sys.executable, "-I", "-S", "-c", code)

    def _count(self) -> None:
        self.failures += 1

    @property
    def heard(self) -> list[dict[str, object]]:
        """What the helper has written down."""
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    @property
    def processes(self) -> list[QProcess]:
        """Those that are running."""
        found = [each for made in self._made for each in made.findChildren(QProcess)]
        return [process for process in found if process.state() is not QProcess.ProcessState.NotRunning]

    def until(self, condition: Callable[[], bool]) -> None:
        """Let Qt work until this is true."""
        self._qtbot.waitUntil(condition, timeout=20_000)

    def close(self) -> None:
        """Let no process be left."""
        for made in self._made:
            made.close()
            made.deleteLater()


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Stage]:
    assert qapp is not None
    made = Stage(tmp_path, qtbot)
    yield made
    made.close()


def test_it_is_told_what_to_show_and_tells_what_was_chosen(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("SESSION_MANAGER", "local/x")
    helper = stage.follow("hello", SHOWN, '{"event": "snooze", "minutes": 30}')
    helper.show(ORDER)
    assert stage.timer.delays_ms == [SHOWN_WITHIN_MS]
    stage.until(lambda: bool(stage.answers))
    assert stage.answers == [HelperAnswer(event=HelperEvent.SNOOZE, snooze_min=30)]
    assert not stage.timer.armed
    (heard,) = stage.heard
    assert read_order(str(heard["line"]).encode()) == ORDER
    env = heard["env"]
    assert isinstance(env, dict)
    assert env["QT_QPA_PLATFORM"] == "xcb"
    assert not {"WAYLAND_DISPLAY", "SESSION_MANAGER"} & env.keys()
    helper.show(ORDER)
    stage.until(lambda: len(stage.answers) == 2)
    assert len(stage.processes) == 1, "the same is told again"
    assert stage.failures == 0


def test_it_ends_when_the_reminder_is_withdrawn(stage: Stage) -> None:
    helper = stage.follow(SHOWN)
    helper.show(ORDER)
    stage.until(lambda: bool(stage.heard))
    helper.withdraw()
    helper.withdraw()
    assert not stage.timer.armed
    stage.until(lambda: not stage.processes)
    helper.show(ORDER)
    stage.until(lambda: len(stage.heard) == 2)
    assert (stage.answers, stage.failures) == ([], 0)


def test_a_choice_that_ends_it_is_the_last(stage: Stage) -> None:
    helper = stage.follow(SKIPPED, SKIPPED)

    def settle(answer: HelperAnswer) -> None:
        stage.answers.append(answer)
        helper.withdraw()

    helper.on_answer(settle)
    helper.show(ORDER)
    stage.until(lambda: bool(stage.answers and not stage.processes))
    assert stage.answers == [HelperAnswer(event=HelperEvent.SKIP)]
    assert stage.failures == 0


def test_closing_leaves_no_process(stage: Stage) -> None:
    helper = stage.follow(SHOWN)
    helper.show(ORDER)
    stage.until(lambda: bool(stage.heard))
    pid = stage.processes[0].processId()
    helper.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_program_that_is_not_there_fails_at_once(stage: Stage) -> None:
    stage.make("/no/such/program").show(ORDER)
    stage.until(lambda: stage.failures == 1)
    assert not stage.timer.armed


@pytest.mark.parametrize("code", [DIE, BABBLE])
def test_one_that_dies_or_babbles_fails(stage: Stage, caplog: pytest.LogCaptureFixture, code: str) -> None:
    caplog.set_level(logging.INFO)
    stage.run(code).show(ORDER)
    stage.until(lambda: stage.failures == 1 and not stage.processes)
    assert not stage.timer.armed
    assert "of no use" in caplog.text


def test_one_that_shows_nothing_is_not_waited_for(stage: Stage) -> None:
    helper = stage.follow("hello")
    helper.show(ORDER)
    stage.until(lambda: bool(stage.heard))
    stage.timer.fire()
    assert stage.failures == 1
    stage.until(lambda: not stage.processes)
    assert stage.failures == 1


def test_in_a_bundle_the_program_is_its_own_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    assert helper_command() == [sys.executable, "-m", "stretchplayer.app.reminder_helper"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert helper_command() == [sys.executable, "--reminder-helper"]
