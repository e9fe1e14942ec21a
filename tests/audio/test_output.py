"""Sounds, with helper processes that behave and misbehave as the test likes."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.audio.helper_process import HelperProcess
from stretchplayer.audio.output import (
    AGAIN_MS,
    BEAT_MS,
    HELLO_MS,
    LONGEST_PAUSE_MS,
    LOOK_MS,
    NO_SOUND,
    STUCK_MS,
    HelperOutput,
    server_listens,
    sound_helper_command,
)
from tests.audio.fake_sound_helper import Behaviour
from tests.fakes import FakeClock, FakeTimer
from tests.posix import not_on_windows, unix_socket

SCRIPT = Path(__file__).with_name("fake_sound_helper.py")
TONE = "tone.wav"


class Stage:
    """An output, the helpers it starts one after the other, and time that passes only when told to."""

    def __init__(self, qtbot: QtBot, log: Path) -> None:
        self.qtbot = qtbot
        self._log = log
        self.behaviours: list[Behaviour] = []
        self.listens = True
        self.timer = FakeTimer(FakeClock())
        self.problems: list[str] = []
        self.told = 0
        self.output = HelperOutput(
            Path("silence.wav"), self.timer, command=self._command, can_start=lambda: self.listens
        )
        self.output.problem_begun.connect(self._tell)
        self.output.problem_over.connect(self.problems.remove)

    def _tell(self, problem: str) -> None:
        self.problems.append(problem)
        self.told += 1

    def _command(self, silence: Path) -> list[str]:
        behaviour = self.behaviours.pop(0) if self.behaviours else Behaviour.GOOD
        return [sys.executable, "-S", "-E", str(SCRIPT), str(self._log), behaviour, str(silence)]

    def asked(self, *kinds: str) -> list[dict[str, object]]:
        """What the helpers were asked to do, of these kinds."""
        lines = self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []
        messages = [json.loads(line) for line in lines]
        return [message for message in messages if message["do"] in kinds]

    def wait_for(self, *kinds: str, times: int = 1) -> list[dict[str, object]]:
        """Wait until helpers were asked for these kinds of things so often."""
        self.qtbot.waitUntil(lambda: len(self.asked(*kinds)) >= times)
        return self.asked(*kinds)

    def wait_armed(self, delay_ms: int) -> None:
        """Wait until the alarm is set to this delay."""
        self.qtbot.waitUntil(lambda: self.timer.armed and self.timer.delays_ms[-1] == delay_ms)

    def pass_time(self, delay_ms: int) -> None:
        """Let the alarm go off, once it is set to this delay."""
        self.wait_armed(delay_ms)
        self.timer.fire_when_due()


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(qtbot, tmp_path / "asked.jsonl")
    yield stage
    stage.output.blockSignals(True)
    for number in range(1, 9):
        stage.output.release(number)
    assert not stage.timer.armed
    qtbot.waitUntil(lambda: not stage.output.findChildren(HelperProcess))
    stage.output.deleteLater()


def test_no_helper_is_started_until_there_is_a_sound(stage: Stage) -> None:
    assert not stage.output.findChildren(HelperProcess)


def test_the_helper_ends_with_the_program(stage: Stage, qapp: QApplication) -> None:
    sound = stage.output.effect(TONE, 0.5)
    stage.wait_for("load")
    process = stage.output.findChildren(QProcess)[0]
    qapp.aboutToQuit.emit()
    assert process.state() is QProcess.ProcessState.NotRunning
    stage.qtbot.waitUntil(lambda: not stage.output.findChildren(HelperProcess))
    sound.close()  # as the program does when its event loop has ended


def test_what_is_asked_of_a_sound_reaches_the_helper(stage: Stage) -> None:
    sound = stage.output.effect(TONE, 0.5)
    sound.play(750)
    sound.set_volume(0.25)
    sound.fade()
    sound.stop()
    asked = stage.wait_for("load", "play", "volume", "fade", "stop", times=5)
    assert asked[0] == {"do": "load", "id": 1, "path": "tone.wav", "volume": 0.5, "folder": stage.output.folder}
    assert (asked[1]["do"], asked[1]["length_ms"]) == ("play", 750)
    assert asked[2:] == [
        {"do": "volume", "id": 1, "volume": 0.25},
        {"do": "fade", "id": 1},
        {"do": "stop", "id": 1},
    ]
    assert not stage.problems


@not_on_windows("Windows can't be asked so whether a process is there")
def test_with_the_last_sound_the_helper_goes(stage: Stage) -> None:
    one, other = stage.output.effect(TONE, 1), stage.output.effect(TONE, 1)
    stage.wait_for("load", times=2)
    (process,) = stage.output.findChildren(QProcess)
    pid = int(process.processId())
    one.close()
    assert stage.wait_for("drop") == [{"do": "drop", "id": 1}]
    other.close()
    other.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not stage.timer.armed


def test_sound_that_is_not_taken_any_more_is_played_by_another_helper(stage: Stage) -> None:
    quiet = stage.output.effect(TONE, 0.5)
    stage.output.effect(TONE, 1)
    quiet.set_volume(0.1)
    stage.wait_for("volume")
    stage.pass_time(BEAT_MS)
    asked = stage.wait_for("load", times=4)[-2:]
    assert [each["volume"] for each in asked] == [0.1, 1]
    stage.wait_armed(BEAT_MS)
    assert not stage.told, "nothing was to be heard"


def test_a_problem_is_told_when_something_should_be_heard_and_goes_with_it(stage: Stage) -> None:
    stage.behaviours = [Behaviour.GOOD, Behaviour.MUTE]
    sound = stage.output.effect(TONE, 1)
    sound.play(750)
    stage.wait_for("play")
    stage.pass_time(BEAT_MS)
    stage.wait_for("start", times=2)
    assert stage.problems == [NO_SOUND]
    stage.pass_time(STUCK_MS)
    stage.wait_for("start", times=3)
    stage.qtbot.waitUntil(lambda: not stage.problems)
    assert stage.told == 1


def test_a_server_that_does_not_answer_is_told_and_waited_for(stage: Stage) -> None:
    stage.behaviours = [Behaviour.MUTE]
    sound = stage.output.effect(TONE, 1)
    sound.play(750)
    stage.pass_time(HELLO_MS)
    assert stage.problems == [NO_SOUND]
    stage.wait_armed(STUCK_MS)
    sound.close()
    assert not stage.problems, "there is nothing to be heard"


def test_where_no_server_listens_no_helper_is_started_until_one_does(stage: Stage) -> None:
    stage.listens = False
    sound = stage.output.effect(TONE, 1)
    assert not stage.problems
    sound.play(750)
    assert stage.problems == [NO_SOUND]
    stage.pass_time(LOOK_MS)
    assert not stage.output.findChildren(HelperProcess)
    stage.listens = True
    stage.pass_time(LOOK_MS)
    stage.qtbot.waitUntil(lambda: not stage.problems)


@pytest.mark.parametrize("behaviour", [Behaviour.DYING, Behaviour.NO_DEVICE])
def test_the_pauses_between_tries_grow_until_one_plays(stage: Stage, behaviour: Behaviour) -> None:
    stage.behaviours = [behaviour] * 6
    stage.output.effect(TONE, 1).play(750)
    for pause_ms in (AGAIN_MS, 1000, 2000, 4000, LONGEST_PAUSE_MS, LONGEST_PAUSE_MS):
        stage.pass_time(pause_ms)
        assert stage.problems == [NO_SOUND]
    stage.wait_armed(BEAT_MS)
    stage.output.effect(TONE, 1).play(750)
    stage.qtbot.waitUntil(lambda: stage.timer.delays_ms[-2:] == [BEAT_MS, BEAT_MS])
    assert not stage.problems
    stage.behaviours = [Behaviour.DYING]
    stage.pass_time(BEAT_MS)
    stage.wait_armed(AGAIN_MS)


def test_another_device_takes_another_helper_and_is_no_problem(stage: Stage) -> None:
    stage.behaviours = [Behaviour.LEAVING]
    stage.output.effect(TONE, 1).play(750)
    stage.pass_time(AGAIN_MS)
    stage.wait_for("load", times=2)
    stage.wait_armed(BEAT_MS)
    assert not stage.told


def test_a_command_that_is_missing_is_a_problem(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    problems: list[str] = []
    output = HelperOutput(
        tmp_path, FakeTimer(FakeClock()), command=lambda _silence: [str(tmp_path / "nothing")], can_start=lambda: True
    )
    output.problem_begun.connect(problems.append)
    output.problem_over.connect(problems.remove)
    sound = output.effect(TONE, 1)
    sound.play(750)
    qtbot.waitUntil(lambda: problems == [NO_SOUND])
    sound.close()
    assert problems == []
    output.deleteLater()


def test_in_a_bundle_the_program_is_its_own_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    silence = Path("warm.wav")
    assert sound_helper_command(silence) == [sys.executable, "-m", "stretchplayer.audio.sound_helper", "warm.wav"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert sound_helper_command(silence) == [sys.executable, "--sound-helper", "warm.wav"]


# Whether a server listens


@pytest.fixture
def runtime_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Linux machine on which no sound server runs yet."""
    for name in ("PULSE_SERVER", "PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("stretchplayer.audio.output.sys", SimpleNamespace(platform="linux"))
    monkeypatch.setattr("stretchplayer.audio.output.SYSTEM_SOCKET", tmp_path / "nowhere")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path


@not_on_windows("Windows has no such sockets")
def test_a_server_that_listens_is_found_and_one_that_died_is_not(runtime_dir: Path) -> None:
    assert not server_listens()
    with unix_socket() as server:
        server.bind(str(runtime_dir / "pipewire-0"))
        assert not server_listens()
        server.listen(0)
        assert server_listens()
        for _ in range(9):
            assert server_listens(), "it is busy"
    assert not server_listens()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has servers for sound")
@pytest.mark.parametrize("variable", ["PULSE_SERVER", "PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR"])
@pytest.mark.usefixtures("runtime_dir")
def test_a_server_may_be_somewhere_else(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "somewhere")
    assert server_listens()


@pytest.mark.usefixtures("runtime_dir")
def test_other_systems_always_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stretchplayer.audio.output.sys", SimpleNamespace(platform="win32"))
    assert server_listens()
