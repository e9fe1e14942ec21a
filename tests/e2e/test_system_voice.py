"""The system's real voice, heard on a virtual desktop, with a speech service that hangs, dies and isn't there."""

import os
import shutil
import signal
import subprocess
import sys
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.audio.system_voice import voice as speech
from stretchplayer.audio.system_voice.voice import (
    NO_ANSWER,
    NOT_ITS_LANGUAGE,
    SpeechProcess,
    SystemVoice,
    speech_helper_command,
)
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.settings import SpeechSettings
from tests.e2e.sound import RATE, Recording
from tests.e2e.waiting import wait_until
from tests.e2e.x11 import X11Desktop
from tests.patience import PATIENCE_MS, PATIENCE_S

pytestmark = [
    pytest.mark.desktop,
    pytest.mark.skipif(shutil.which("speech-dispatcher") is None, reason="speech-dispatcher is not installed"),
]

HOLD = "Hold. Thirty seconds."
SENTENCE = "Slowly straighten your right knee, until its sole faces the ceiling, and keep on breathing calmly. "
LONG = 10 * SENTENCE
LONG_S = 40.0
"""How long espeak-ng takes for it at least."""
LIMITS = ("ANSWER_MS", "BEGIN_MS", "OPEN_MS")
"""How long the voice waits for its helper."""
LOUD = 300


class Stage:
    """A voice in this process whose helpers, and the service they speak to, run on the desktop."""

    def __init__(self, desktop: X11Desktop, qtbot: QtBot) -> None:
        self._desktop = desktop
        self._qtbot = qtbot
        self._timers = QObject()
        # Services are started by the tests, never by the library.
        self._env = {**desktop.env, "SPEECHD_CMD": "no-such-program"}
        self._socket = Path(desktop.env["XDG_RUNTIME_DIR"]) / "speech-dispatcher" / "speechd.sock"
        self.service: subprocess.Popen[str] | None = None
        self.problems: list[str] = []
        self.voice = SystemVoice(lambda: QtTimer(self._timers), command=self._command)
        self.voice.problem_begun.connect(self.problems.append)
        self.voice.problem_over.connect(self.problems.remove)
        self.times_ready = 0
        self.voice.voices_changed.connect(self._on_ready)

    def _on_ready(self) -> None:
        self.times_ready += 1

    def _command(self) -> list[str]:
        variables = [f"{name}={value}" for name, value in self._env.items()]
        return ["env", "-i", *variables, *speech_helper_command()]

    def start_service(self) -> None:
        """Start the speech service."""
        self._socket.unlink(missing_ok=True)
        self._socket.parent.mkdir(mode=0o700, exist_ok=True)
        options = ["--run-single", "--communication-method", "unix_socket", "--socket-path", str(self._socket)]
        self.service = self._desktop.start(["speech-dispatcher", *options])
        wait_until(self._socket.is_socket, "the speech service")

    def tell_service(self, number: signal.Signals) -> None:
        """Send the service and its modules a signal."""
        assert self.service is not None
        os.killpg(self.service.pid, number)

    def open(self) -> None:
        """Wait until the voice is ready; a service that is slow to start makes the helper give up, so ask again."""
        before = self.times_ready

        def is_ready() -> bool:
            if self.times_ready == before and not self.voice.findChildren(SpeechProcess):
                self.voice.try_again()
                self.voice.prepare([LONG])
            return self.times_ready > before

        self.wait_for(is_ready)

    def wait_ready(self, times: int) -> None:
        """Wait until a helper has become ready for the so many-th time."""
        self.wait_for(lambda: self.times_ready >= times)

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait for something."""
        self._qtbot.waitUntil(condition)

    def wait_speaking(self, heard: Recording) -> None:
        """Wait until something new is heard."""
        before = heard.length
        self.wait_for(lambda: is_loud(heard.since(before)))

    def wait_quiet(self, heard: Recording) -> None:
        """Wait until nothing has been heard for a second."""
        self.wait_for(lambda: heard.length > RATE and not is_loud(heard.since(heard.length - RATE)))

    def close(self) -> None:
        """End everything."""
        self.voice.close()
        self.wait_for(lambda: not self.voice.findChildren(SpeechProcess))
        self.voice.deleteLater()
        if self.service is not None and self.service.poll() is None:
            self.tell_service(signal.SIGKILL)
            self.service.wait()


def is_loud(samples: "array[int]") -> bool:
    """Whether anything can be heard."""
    return max(samples, default=0) > LOUD


def loud_s(samples: "array[int]") -> float:
    """From the first to the last sound, in s."""
    loud = [index for index, sample in enumerate(samples) if sample > LOUD]
    return (loud[-1] - loud[0]) / RATE if loud else 0.0


@pytest.fixture
def stage(x11: X11Desktop, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    for name in LIMITS:  # a busy machine is no voice that hangs
        monkeypatch.setattr(speech, name, PATIENCE_MS)
    # The service tells its log and, as root, about its configuration.
    x11.allowed_noise.append(".*")
    stage = Stage(x11, qtbot)
    yield stage
    stage.close()


def test_a_text_is_heard_in_english_and_stopped(stage: Stage, x11: X11Desktop) -> None:
    stage.start_service()
    stage.open()
    assert {"en", "en-GB"} <= {voice.language for voice in stage.voice.voices}
    with x11.record() as heard:
        stage.voice.say(LONG)
        stage.wait_speaking(heard)
        stage.voice.stop()
        stage.wait_quiet(heard)
    assert 0 < loud_s(heard.samples) < LONG_S / 2
    assert not stage.problems


def test_a_newer_text_cuts_an_older_one_short(stage: Stage, x11: X11Desktop) -> None:
    stage.start_service()
    stage.open()
    with x11.record() as heard:
        stage.voice.say(LONG)
        stage.wait_speaking(heard)
        stage.voice.hush()
        stage.voice.say(HOLD)
        stage.wait_speaking(heard)
        stage.wait_quiet(heard)
    assert 1.0 < loud_s(heard.samples) < LONG_S


def test_the_volume_and_the_voice_can_be_heard(stage: Stage, x11: X11Desktop) -> None:
    stage.start_service()
    stage.open()
    peaks = {}
    for volume in (30, 100):
        stage.voice.configure(SpeechSettings(volume=volume, voice="en-GB/English (Great Britain)"))
        with x11.record() as heard:
            stage.voice.say(HOLD)
            stage.wait_speaking(heard)
            stage.wait_quiet(heard)
        peaks[volume] = heard.peak
    assert peaks[30] < 0.8 * peaks[100]


def test_a_language_that_no_voice_speaks_is_silent(stage: Stage, x11: X11Desktop) -> None:
    stage.start_service()
    stage.open()
    stage.voice.configure(SpeechSettings(voice="en-GB/English (Great Britain)"))
    with x11.record() as heard:
        stage.voice.speak_in("xog")  # Soga
        stage.voice.say(HOLD)
        stage.wait_for(lambda: bool(stage.problems))
        stage.wait_quiet(heard)
    assert heard.peak < LOUD
    assert stage.problems == [NOT_ITS_LANGUAGE]


def test_a_service_that_was_killed_and_is_back_speaks_again(stage: Stage, x11: X11Desktop) -> None:
    stage.start_service()
    stage.open()
    with x11.record() as heard:
        stage.voice.say(LONG)
        stage.wait_speaking(heard)
        stage.tell_service(signal.SIGKILL)
        stage.wait_quiet(heard)
        stage.start_service()
        stage.voice.say(HOLD)
        stage.wait_ready(2)
        stage.voice.say(HOLD)
        stage.wait_speaking(heard)
    assert not stage.problems


def test_a_helper_that_was_killed_is_replaced(stage: Stage, x11: X11Desktop) -> None:
    stage.start_service()
    stage.open()
    with x11.record() as heard:
        stage.voice.say(2 * SENTENCE)  # the service finishes it before it answers the next helper
        stage.wait_speaking(heard)
        (helper,) = stage.voice.findChildren(QProcess)
        os.kill(int(helper.processId()), signal.SIGKILL)
        stage.wait_ready(2)
        stage.wait_quiet(heard)
        stage.voice.say(HOLD)
        stage.wait_speaking(heard)
    assert not stage.problems


def test_a_service_that_hangs_is_given_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.start_service()
    stage.open()
    for name in LIMITS:
        monkeypatch.setattr(speech, name, 1_000)
    stage.tell_service(signal.SIGSTOP)
    stage.voice.say(HOLD)
    stage.wait_for(lambda: bool(stage.problems))
    assert stage.problems == [NO_ANSWER]
    assert not stage.voice.can_say(HOLD)


def test_without_a_service_the_voice_gives_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "OPEN_MS", 1_000)
    stage.voice.prepare([HOLD])
    stage.wait_for(lambda: bool(stage.problems))
    assert stage.problems == [NO_ANSWER]


def test_the_program_knows_how_to_start_its_helper(x11: X11Desktop) -> None:
    process = x11.start([*speech_helper_command()])
    assert process.wait(PATIENCE_S) == 0, "its input has ended"
    assert x11.errors(process) == ""
    assert sys.executable in speech_helper_command()
