"""The system's voice, with helper processes that behave and misbehave as the test likes."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.audio.system_voice.voice import (
    ANSWER_MS,
    BEGIN_MS,
    LONG_REST_MS,
    NO_ANSWER,
    NO_VOICE,
    NOT_ITS_LANGUAGE,
    OPEN_MS,
    REST_MS,
    STALE_MS,
    SpeechProcess,
    SystemVoice,
    speech_helper_command,
)
from stretchplayer.settings import SpeechMode, SpeechSettings, Voice
from tests.audio.system_voice.fake_speech_helper import Behaviour
from tests.fakes import FakeClock, FakeTimer
from tests.posix import not_on_windows

SCRIPT = Path(__file__).with_name("fake_speech_helper.py")
HOLD = "Hold. Thirty seconds."
RELEASE = "Slowly release."


class Stage:
    """A voice, the helpers it starts one after the other, and time that passes only when told to."""

    def __init__(self, qtbot: QtBot, log: Path) -> None:
        self.qtbot = qtbot
        self._log = log
        self.behaviours: list[Behaviour] = []
        self.clock = FakeClock()
        self.timers: list[FakeTimer] = []
        self.problems: list[str] = []
        self.voice = SystemVoice(self._make_timer, command=self._command)
        self.voice.problem_begun.connect(self.problems.append)
        self.voice.problem_over.connect(self.problems.remove)

    def _make_timer(self) -> FakeTimer:
        self.timers.append(FakeTimer(self.clock))
        return self.timers[-1]

    def _command(self) -> list[str]:
        behaviour = self.behaviours.pop(0) if self.behaviours else Behaviour.GOOD
        return [sys.executable, "-S", "-E", str(SCRIPT), str(self._log), behaviour]

    def asked(self, *kinds: str) -> list[dict[str, object]]:
        """What the helpers were asked to do, of these kinds."""
        lines = self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []
        messages = [json.loads(line) for line in lines]
        return [message for message in messages if not kinds or message["do"] in kinds]

    def said(self) -> list[object]:
        """The texts that reached a helper."""
        return [message["text"] for message in self.asked("say")]

    def wait_for(self, *kinds: str, times: int = 1) -> list[dict[str, object]]:
        """Wait until helpers were asked for these kinds of things so often."""
        self.qtbot.waitUntil(lambda: len(self.asked(*kinds)) >= times)
        return self.asked(*kinds)

    def wait_ready(self) -> None:
        """Wait until a helper has told its voices."""
        with self.qtbot.waitSignal(self.voice.voices_changed):
            pass

    def helper_pid(self) -> int:
        """The id of the only helper process."""
        (process,) = self.voice.findChildren(QProcess)
        return int(process.processId())

    def wait_for_helpers(self, number: int) -> None:
        """Wait until so many helper processes are left."""
        self.qtbot.waitUntil(lambda: len(self.voice.findChildren(SpeechProcess)) == number)

    def wait_for_problem(self) -> None:
        """Wait until the person was told something."""
        self.qtbot.waitUntil(lambda: bool(self.problems))

    def wait_calm(self) -> None:
        """Wait until every request was answered, so that no answer is awaited any more."""
        self.qtbot.waitUntil(lambda: not self._alarms(ANSWER_MS) and not self._alarms(BEGIN_MS))

    def _alarms(self, delay_ms: int) -> list[FakeTimer]:
        return [timer for timer in self.timers if timer.armed and timer.delays_ms[-1] == delay_ms]

    def pass_time(self, delay_ms: int) -> None:
        """Let the alarm go off that was last set to this delay; AssertionError when none is."""
        (alarm,) = self._alarms(delay_ms)
        alarm.fire_when_due()

    def is_waiting_for(self, delay_ms: int) -> bool:
        """Whether an alarm is set to this delay."""
        return bool(self._alarms(delay_ms))


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(qtbot, tmp_path / "asked.jsonl")
    yield stage
    stage.voice.close()
    stage.wait_for_helpers(0)
    stage.voice.deleteLater()


def test_no_helper_is_started_until_it_is_needed(stage: Stage) -> None:
    stage.voice.configure(SpeechSettings(mode=SpeechMode.AUTOMATIC))
    stage.voice.prepare([])
    stage.voice.hush()
    stage.voice.stop()
    assert stage.voice.can_say(HOLD)
    assert stage.voice.lead_ms > 0
    stage.wait_for_helpers(0)
    assert not any(timer.armed for timer in stage.timers)


def test_texts_to_be_said_start_it_and_are_said(stage: Stage) -> None:
    stage.voice.configure(SpeechSettings(volume=50, rate=0.25, voice="de/Ute"))
    stage.voice.prepare([HOLD])
    stage.wait_ready()
    stage.voice.say(HOLD)
    stage.wait_for("say")
    kinds = [message["do"] for message in stage.asked()]
    assert kinds == ["start", "hello", "configure", "say"]
    configure, say = stage.asked("configure", "say")
    assert (configure["voice"], configure["language"]) == ("de/Ute", "en")
    assert (say["text"], say["rate"], say["volume"]) == (HOLD, 0.25, 0.5)


def test_a_helper_that_is_there_is_looked_after_when_more_is_to_be_said(stage: Stage) -> None:
    stage.voice.prepare([HOLD])
    stage.wait_ready()
    stage.wait_calm()
    stage.voice.prepare([RELEASE])
    stage.wait_for("ping")


def test_the_voices_are_listed_for_the_settings(stage: Stage) -> None:
    assert not stage.voice.voices
    stage.voice.look_for_voices()
    stage.wait_ready()
    assert stage.voice.voices == (
        Voice(id="de/Ute", name="Ute", language="de"),
        Voice(id="en/Ann", name="Ann", language="en"),
    )
    assert stage.voice.problem is None
    with stage.qtbot.waitSignal(stage.voice.voices_changed):
        stage.voice.look_for_voices()
    assert len(stage.asked("start")) == 1


def test_words_wait_for_a_helper_that_is_starting(stage: Stage) -> None:
    stage.voice.say(HOLD)
    stage.voice.say(RELEASE)
    stage.wait_for("say")
    assert stage.said() == [RELEASE]
    stage.wait_calm()


@pytest.mark.parametrize("end", ["hush", "stop", "stale"])
def test_words_that_waited_too_long_or_were_hushed_are_not_said(stage: Stage, end: str) -> None:
    stage.voice.say(HOLD)
    if end == "stale":
        stage.pass_time(STALE_MS)
    else:
        getattr(stage.voice, end)()
    stage.wait_ready()
    stage.voice.say(RELEASE)
    stage.wait_for("say")
    assert stage.said() == [RELEASE]


@pytest.mark.parametrize("how", ["hush", "stop"])
def test_what_is_being_said_is_hushed(stage: Stage, how: str) -> None:
    stage.behaviours = [Behaviour.SILENT]
    stage.voice.look_for_voices()
    stage.wait_ready()
    stage.voice.say(HOLD)
    getattr(stage.voice, how)()
    stage.wait_for(how)


def test_what_has_been_said_need_not_be_hushed(stage: Stage) -> None:
    stage.voice.look_for_voices()
    stage.wait_ready()
    stage.voice.say(HOLD)
    stage.wait_calm()
    helper = stage.voice.findChildren(SpeechProcess)[0]
    with stage.qtbot.waitSignal(helper.answered, check_params_cb=lambda message: message["event"] == "finished"):
        stage.voice.say(RELEASE)
    stage.voice.hush()
    stage.voice.prepare([HOLD])
    stage.wait_for("ping")
    assert not stage.asked("hush")


def test_the_voice_and_the_volume_can_be_changed(stage: Stage) -> None:
    stage.behaviours = [Behaviour.SILENT]
    stage.voice.look_for_voices()
    stage.wait_ready()
    stage.voice.configure(SpeechSettings(voice="en/Ann"))
    stage.voice.say(HOLD)
    stage.voice.configure(SpeechSettings(voice="en/Ann", volume=0))
    stage.voice.say(RELEASE)
    stage.wait_for("stop")
    assert [message["voice"] for message in stage.asked("configure")] == [None, "en/Ann"]
    assert stage.said() == [HOLD]


@pytest.mark.parametrize("text", ["", "  ", "… – !"])
def test_there_is_nothing_to_say_without_a_word(stage: Stage, text: str) -> None:
    assert not stage.voice.can_say(text)
    stage.voice.say(text)
    stage.voice.prepare([text])
    stage.wait_for_helpers(0)


# Going wrong


@pytest.mark.parametrize(
    "behaviour", [Behaviour.BROKEN, Behaviour.ENDLESS, Behaviour.DYING_WHEN_SAYING, Behaviour.GOOD]
)
def test_a_helper_that_fails_is_replaced(stage: Stage, behaviour: Behaviour) -> None:
    stage.behaviours = [behaviour, Behaviour.GOOD]
    if behaviour in {Behaviour.BROKEN, Behaviour.ENDLESS}:
        stage.voice.prepare([HOLD])
    else:
        stage.voice.look_for_voices()
        stage.wait_ready()
        stage.voice.say(HOLD)
        if behaviour is Behaviour.GOOD:
            stage.wait_calm()
            os.kill(stage.helper_pid(), 9)
    stage.wait_ready()
    stage.voice.say(RELEASE)
    stage.wait_for("start", times=2)
    stage.qtbot.waitUntil(lambda: RELEASE in stage.said())
    stage.wait_for_helpers(1)
    assert not stage.problems


def test_a_helper_that_never_opens_is_replaced_and_after_two_the_voice_gives_up(stage: Stage) -> None:
    stage.behaviours = [Behaviour.MUTE, Behaviour.MUTE]
    stage.voice.prepare([HOLD])
    stage.pass_time(OPEN_MS)
    assert stage.voice.can_say(HOLD)
    stage.voice.say(HOLD)
    stage.pass_time(OPEN_MS)
    assert stage.problems == [NO_ANSWER]
    assert stage.voice.problem == NO_ANSWER
    assert not stage.voice.can_say(HOLD)
    stage.voice.say(HOLD)
    stage.voice.prepare([HOLD])
    stage.wait_for_helpers(0)
    assert stage.problems == [NO_ANSWER]
    assert not any(timer.armed for timer in stage.timers)


@pytest.mark.parametrize(
    ("behaviour", "within_ms"), [(Behaviour.MUTE_WHEN_SAYING, ANSWER_MS), (Behaviour.SILENT, BEGIN_MS)]
)
def test_words_that_are_not_begun_are_a_failure(stage: Stage, behaviour: Behaviour, within_ms: int) -> None:
    stage.behaviours = [behaviour, behaviour]
    for _ in range(2):
        stage.voice.prepare([HOLD])
        stage.wait_ready()
        stage.wait_calm()
        stage.voice.say(HOLD)
        stage.qtbot.waitUntil(lambda: stage.is_waiting_for(within_ms))
        stage.pass_time(within_ms)
    assert stage.problems == [NO_ANSWER]


def test_it_speaks_the_language_of_the_routine_whatever_the_region(stage: Stage) -> None:
    stage.voice.configure(SpeechSettings(voice="de/Ute"))
    stage.voice.speak_in("en-GB")
    stage.voice.say(HOLD)
    stage.wait_for("say")
    for language in ("en", "de-AT"):
        stage.voice.speak_in(language)
    stage.voice.say(RELEASE)
    stage.wait_for("say", times=2)
    assert [message["language"] for message in stage.asked("configure")] == ["en", "de"]
    assert not stage.problems


@pytest.mark.parametrize("are_known", [False, True])
def test_a_language_that_no_voice_speaks_is_not_spoken_and_told_once(stage: Stage, *, are_known: bool) -> None:
    stage.voice.configure(SpeechSettings(voice="de/Ute"))
    if are_known:
        stage.voice.look_for_voices()
        stage.wait_ready()
    stage.voice.speak_in("fr")
    stage.voice.say(HOLD)
    stage.wait_for_problem()
    assert stage.problems == [NOT_ITS_LANGUAGE]
    assert not stage.voice.can_say(HOLD)
    stage.voice.say(RELEASE)
    stage.wait_for_helpers(0)
    assert stage.said() == []


def test_what_no_voice_speaks_is_looked_for_again_and_no_problem_in_another_language(stage: Stage) -> None:
    told: list[str] = []
    stage.voice.problem_begun.connect(told.append)
    stage.voice.speak_in("fr")
    for _ in range(2):
        stage.voice.try_again()
        stage.voice.prepare([HOLD])
        stage.qtbot.waitUntil(lambda: stage.voice.problem is not None)
    assert told == [NOT_ITS_LANGUAGE]
    assert len(stage.asked("hello")) == 2
    stage.voice.try_again()
    stage.voice.speak_in("de")
    assert not stage.problems
    stage.voice.say(HOLD)
    stage.wait_for("say")


def test_without_an_engine_there_is_no_voice_and_no_second_try(stage: Stage) -> None:
    stage.behaviours = [Behaviour.NO_VOICE]
    stage.voice.prepare([HOLD])
    stage.wait_for_problem()
    assert stage.problems == [NO_VOICE]
    assert not stage.voice.can_say(HOLD)
    assert len(stage.asked("start")) == 1


def test_a_command_that_is_missing_is_a_failure(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    clock, problems = FakeClock(), list[str]()
    voice = SystemVoice(lambda: FakeTimer(clock), command=lambda: [str(tmp_path / "nothing")])
    voice.problem_begun.connect(problems.append)
    voice.say(HOLD)
    qtbot.waitUntil(lambda: bool(problems))
    assert problems == [NO_ANSWER]
    voice.close()
    voice.deleteLater()


def test_a_voice_that_nobody_misses_is_no_problem_until_a_session_wants_it(stage: Stage) -> None:
    stage.behaviours = [Behaviour.NO_VOICE]
    stage.voice.look_for_voices()
    stage.qtbot.waitUntil(lambda: stage.voice.problem is not None)
    assert not stage.problems
    stage.voice.say(HOLD)
    assert stage.problems == [NO_VOICE]


def test_after_giving_up_it_can_be_tried_again(stage: Stage) -> None:
    stage.behaviours = [Behaviour.NO_VOICE]
    stage.voice.say(HOLD)
    stage.wait_for_problem()
    stage.voice.try_again()
    assert stage.voice.can_say(RELEASE)
    stage.voice.say(RELEASE)
    stage.wait_for("say")
    assert stage.said() == [RELEASE]
    assert not stage.problems, "it has been taken back"


def test_who_wants_no_voice_has_no_problem_without_one(stage: Stage) -> None:
    stage.behaviours = [Behaviour.NO_VOICE]
    stage.voice.say(HOLD)
    stage.wait_for_problem()
    stage.voice.configure(SpeechSettings(mode=SpeechMode.OFF))
    assert not stage.problems


@pytest.mark.parametrize("behaviour", [Behaviour.BABBLING, Behaviour.COMPLAINING])
def test_other_noise_is_no_failure(stage: Stage, behaviour: Behaviour) -> None:
    stage.behaviours = [behaviour]
    stage.voice.say(HOLD)
    stage.wait_for("say")
    stage.wait_calm()
    assert len(stage.asked("start")) == 1
    assert not stage.problems


# Its end


@pytest.mark.parametrize(
    ("mode", "expected", "rest_ms"),
    [
        (SpeechMode.AUTOMATIC, False, REST_MS),
        (SpeechMode.AUTOMATIC, True, LONG_REST_MS),
        (SpeechMode.SYSTEM, False, LONG_REST_MS),
    ],
)
def test_the_helper_is_dismissed_when_it_had_nothing_to_do_for_long(
    stage: Stage, mode: SpeechMode, rest_ms: int, *, expected: bool
) -> None:
    stage.voice.configure(SpeechSettings(mode=mode))
    if expected:
        stage.voice.prepare([HOLD])
    else:
        stage.voice.look_for_voices()
    stage.wait_ready()
    stage.wait_calm()
    stage.pass_time(rest_ms)
    stage.wait_for_helpers(0)
    assert not stage.problems
    stage.voice.say(HOLD)
    stage.wait_for("say")


def test_a_dismissed_helper_that_stays_is_killed(stage: Stage) -> None:
    stage.behaviours = [Behaviour.DEAF]
    stage.voice.look_for_voices()
    stage.wait_ready()
    stage.wait_calm()
    stage.pass_time(REST_MS)
    stage.wait_for_helpers(0)


@not_on_windows("Windows can't be asked so whether a process is there")
def test_closing_ends_the_helper_at_once(stage: Stage) -> None:
    stage.behaviours = [Behaviour.DEAF]
    stage.voice.look_for_voices()
    stage.wait_ready()
    pid = stage.helper_pid()
    stage.voice.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert not any(timer.armed for timer in stage.timers)


def test_in_a_bundle_the_program_is_its_own_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    assert speech_helper_command() == [sys.executable, "-m", "stretchplayer.audio.system_voice.helper"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert speech_helper_command() == [sys.executable, "--speech-helper"]
