"""What runs in the helper process, with Qt's engine for tests, which is silent, in place of the system's."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtTextToSpeech import QTextToSpeech
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.audio.helper_loop import LONGEST_LINE, read_lines
from stretchplayer.audio.system_voice import helper as speech_helper
from stretchplayer.audio.system_voice.helper import (
    NoVoiceError,
    SpeechHelper,
    choose_voice,
    open_engine,
    plain_voices,
    voice_id,
)
from tests.patience import PATIENCE_S

LONG = "One two three four five six seven eight nine ten."


class StubbornEngine(QTextToSpeech):
    """Doesn't do what it is told, in the ways that `ignores` names."""

    def __init__(self, *ignores: str) -> None:
        super().__init__("mock")
        self.ignores = ignores
        self.hints: list[QTextToSpeech.BoundaryHint] = []

    def stop(self, boundaryHint: QTextToSpeech.BoundaryHint = QTextToSpeech.BoundaryHint.Default) -> None:  # noqa: N803
        self.hints.append(boundaryHint)
        if "stop" not in self.ignores and ("word" not in self.ignores or len(self.hints) > 1):
            super().stop(boundaryHint)

    def state(self) -> QTextToSpeech.State:
        return QTextToSpeech.State.Error if "open" in self.ignores else super().state()

    def say(self, text: str) -> None:
        if "say" in self.ignores:
            self.ignores = ("open",)
            self.stateChanged.emit(QTextToSpeech.State.Error)
        else:
            super().say(text)


class Stage:
    """A helper on this thread, and its answers."""

    def __init__(self, qtbot: QtBot, engine: Callable[[], QTextToSpeech]) -> None:
        self._qtbot = qtbot
        self.answers: list[Mapping[str, object]] = []
        self.helper = SpeechHelper(self.answers.append, open_engine=engine)

    def ask(self, what: str, number: int, **details: object) -> None:
        """Send a request."""
        self.helper.take(json.dumps({"do": what, "id": number, **details}).encode())

    def say(self, number: int, text: str = LONG) -> None:
        """Send a request to say something."""
        self.ask("say", number, text=text, rate=0.5, volume=0.5)

    def events(self, number: int | None) -> list[object]:
        """The answers to that request."""
        return [answer["event"] for answer in self.answers if answer["id"] == number]

    def wait_for(self, event: str, number: int) -> None:
        """Wait for an answer."""
        self._qtbot.waitUntil(lambda: event in self.events(number))


@pytest.fixture
def make_stage(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[..., Stage]]:
    stages: list[Stage] = []

    def make(*ignores: str, greeted: bool = True) -> Stage:
        stages.append(Stage(qtbot, lambda: StubbornEngine(*ignores)))
        if greeted:
            stages[-1].ask("hello", 0)
        return stages[-1]

    yield make
    for stage in stages:
        stage.helper.deleteLater()


@pytest.fixture
def stage(make_stage: Callable[..., Stage]) -> Stage:
    return make_stage()


def test_it_tells_the_engine_and_its_voices(stage: Stage) -> None:
    (ready,) = stage.answers
    assert (ready["event"], ready["id"], ready["engine"]) == ("ready", 0, "mock")
    voices = ready["voices"]
    assert isinstance(voices, list)
    assert {"id": "en-GB/Anne", "name": "Anne", "language": "en-GB"} in voices


def test_it_says_one_text_after_the_other(stage: Stage) -> None:
    for number in (1, 2):
        stage.say(number, "One two.")
        stage.wait_for("finished", number)
        assert sorted(map(str, stage.events(number))) == ["accepted", "finished", "started"]


def test_a_newer_text_replaces_an_older_one(stage: Stage) -> None:
    stage.say(1)
    stage.say(2)
    stage.wait_for("started", 2)
    assert "finished" in stage.events(1)


@pytest.mark.parametrize("how", ["stop", "hush"])
def test_it_stops(stage: Stage, how: str) -> None:
    stage.say(1)
    stage.wait_for("started", 1)
    stage.ask(how, 2)
    stage.wait_for("finished", 1)
    assert stage.events(2) == ["done"]
    stage.ask(how, 3)
    assert stage.events(3) == ["done"]


def test_a_word_that_does_not_end_is_cut_off(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage("word")
    stage.say(1)
    stage.ask("hush", 2)
    stage.wait_for("finished", 1)


def test_of_texts_that_wait_for_an_engine_to_stop_only_the_last_is_said(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage("stop")
    for number in (1, 2, 3):
        stage.say(number)
    assert stage.events(2) == ["finished"]
    assert "finished" not in stage.events(1)
    stage.wait_for("accepted", 3)
    assert "finished" in stage.events(1)


def test_a_text_that_waits_can_be_stopped(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage("stop")
    stage.say(1)
    stage.say(2)
    stage.ask("stop", 3)
    assert stage.events(2) == ["finished"]


def test_it_answers_pings_and_takes_a_voice(stage: Stage) -> None:
    stage.ask("ping", 1)
    stage.ask("configure", 2, voice="fi/Kari", language="fi")
    stage.ask("configure", 3, voice="fi/Kari", language="fi")
    assert [stage.events(number) for number in (1, 2, 3)] == [["done"]] * 3


def test_a_language_that_no_voice_speaks_is_an_error(stage: Stage) -> None:
    stage.ask("configure", 1, voice="fi/Kari", language="ja")
    assert stage.events(1) == ["error"]


@pytest.mark.parametrize(
    "line", [b"garbage\n", b"[]\n", b"{}\n", b'{"do": "sing", "id": 7}\n', b"\xff\n", b"[" * 9_999]
)
def test_what_it_does_not_understand_is_an_error(stage: Stage, line: bytes) -> None:
    stage.helper.take(line)
    assert stage.answers[-1]["event"] == "error"


def test_nothing_is_said_before_the_engine_is_open(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(greeted=False)
    stage.say(1)
    assert stage.events(1) == ["error"]


def test_an_engine_that_does_not_open_is_an_error(make_stage: Callable[..., Stage]) -> None:
    assert make_stage("open").events(0) == ["error"]


def test_an_engine_that_breaks_while_saying_is_an_error(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage("say")
    stage.say(1)
    assert "error" in stage.events(1)


def test_a_system_without_an_engine_has_no_voice(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QTextToSpeech, "availableEngines", lambda: ["mock"])
    stage = Stage(qtbot, open_engine)
    stage.ask("hello", 0)
    assert stage.events(0) == ["no_voice"]


def test_an_engine_that_is_not_the_one_for_tests_is_opened(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stretchplayer.audio.system_voice.helper.QTextToSpeech", FakeLoader)
    FakeLoader.loaded = "robot"
    assert open_engine().engine() == "robot"
    FakeLoader.loaded = "mock"
    with pytest.raises(NoVoiceError, match="robot can't be loaded"):
        open_engine()


class FakeLoader:
    """An engine "robot" that Qt knows of, and may be able to load."""

    loaded = ""

    @staticmethod
    def availableEngines() -> list[str]:
        return ["mock", "robot"]

    def engine(self) -> str:
        return self.loaded


def test_an_engine_without_voices_is_none(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech_helper, "plain_voices", lambda _engine: [])
    stage = Stage(qtbot, lambda: QTextToSpeech("mock"))
    stage.ask("hello", 0)
    assert stage.events(0) == ["no_voice"]


# Voices


class FakeVoice:
    """A voice; QVoice can't be made with a name."""

    def __init__(self, name: str, locale: str) -> None:
        self._name = name
        self._locale = QLocale(locale)

    def name(self) -> str:
        return self._name

    def locale(self) -> QLocale:
        return self._locale


class FakeVoices:
    """An engine that has voices."""

    def __init__(self, engine: str, *voices: FakeVoice) -> None:
        self._engine = engine
        self._voices = voices

    def engine(self) -> str:
        return self._engine

    def voice(self) -> FakeVoice:
        return self._voices[0]

    def allVoices(self, locale: object) -> list[FakeVoice]:
        return list(self._voices)


ESPEAK = (
    FakeVoice("Klingon", "C"),
    FakeVoice("English (Caribbean)", "en_JM"),
    FakeVoice("English (Caribbean)+Adam", "en_JM"),
    FakeVoice("English (Great Britain)", "en_GB"),
    FakeVoice("English (America)", "en_US"),
    FakeVoice("German", "de_DE"),
    FakeVoice("Vega+", "de_DE"),
)


def chosen(engine: str, *voices: FakeVoice, wanted: str | None = None, language: str = "en") -> str:
    """The name of the voice that is chosen."""
    return choose_voice(FakeVoices(engine, *voices), wanted, language).name()  # type: ignore[arg-type]


def test_variants_of_voices_are_left_out_and_languages_nobody_knows_are_empty() -> None:
    names = [voice_id(voice) for voice in plain_voices(FakeVoices("speechd", *ESPEAK))]  # type: ignore[arg-type]
    assert names == [
        "/Klingon",
        "en-JM/English (Caribbean)",
        "en-GB/English (Great Britain)",
        "en/English (America)",
        "de/German",
        "de/Vega+",
    ]


def test_the_voice_that_was_asked_for_is_taken_if_it_speaks_the_language() -> None:
    assert chosen("speechd", *ESPEAK, language="de") == "German"
    assert chosen("speechd", *ESPEAK, wanted="de/Vega+", language="de") == "Vega+"
    assert chosen("speechd", *ESPEAK, wanted="en-JM/English (Caribbean)") == "English (Caribbean)"


@pytest.mark.parametrize("wanted", [None, "en/gone", "de/Vega+"])
def test_else_it_is_a_plain_voice_of_the_language(wanted: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("C"))
    assert chosen("speechd", *ESPEAK, wanted=wanted) == "English (America)"
    with pytest.raises(ValueError, match="empty"):
        chosen("speechd", *ESPEAK, wanted=wanted, language="fr")


def test_the_persons_own_kind_of_english_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("en_GB"))
    assert chosen("speechd", *ESPEAK) == "English (Great Britain)"


def test_systems_where_people_choose_a_voice_keep_it_if_it_speaks_the_language() -> None:
    ann, bob, ute = FakeVoice("Ann", "en_AU"), FakeVoice("Bob", "en_US"), FakeVoice("Ute", "de_DE")
    assert chosen("darwin", ann, bob, ute) == "Ann"
    assert chosen("darwin", ute, bob, ann) == "Bob"


# The process


def test_lines_are_read_until_there_are_no_more(qtbot: QtBot, stage: Stage) -> None:
    source = BytesIO(b'{"do": "ping", "id": 1}\n' + b"x" * 2 * LONGEST_LINE + b'\n{"do": "ping", "id": 2}\nhalf')
    with qtbot.waitSignal(stage.helper.input_ended):
        read_lines(source, stage.helper)
    stage.wait_for("done", 2)
    assert stage.events(1) == ["done"]
    assert len(stage.answers) == 3


def test_it_stops_speaking_when_its_input_ends(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    quits: list[bool] = []
    monkeypatch.setattr(QCoreApplication, "quit", lambda: quits.append(True))
    stage.say(1)
    stage.helper.input_ended.emit()
    stage.wait_for("finished", 1)
    assert quits


MOCK = "lambda: QTextToSpeech('mock')"
STUCK = "lambda: ctypes.PyDLL(None).sleep(600)"
"""Hangs in C without letting other threads of Python's run, as an engine does."""
PROGRAM = """
import ctypes
from PySide6.QtTextToSpeech import QTextToSpeech
from stretchplayer.audio.system_voice import helper as speech_helper
speech_helper.main({engine}, {longest_call_s})
"""


def start(engine: str, longest_call_s: float = PATIENCE_S) -> "subprocess.Popen[bytes]":
    """Start a real process."""
    command = [sys.executable, "-c", PROGRAM.format(engine=engine, longest_call_s=longest_call_s)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_the_process_serves_until_its_input_ends() -> None:
    with start(MOCK) as process:
        output, _ = process.communicate(b'{"do": "hello", "id": 0}\n{"do": "ping", "id": 1}\n', timeout=PATIENCE_S)
    events = [json.loads(line)["event"] for line in output.splitlines()]
    assert events == ["ready", "done"]
    assert process.returncode == 0


def test_the_process_ends_when_nobody_listens() -> None:
    with start(MOCK) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.close()
        process.stdin.write(b'{"do": "ping", "id": 1}\n')
        process.stdin.flush()
        assert process.wait(PATIENCE_S) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="The hang is made of a function of POSIX systems")
def test_an_engine_that_hangs_for_good_does_not_keep_the_process() -> None:
    with start(STUCK, longest_call_s=0.2) as process:
        output, _ = process.communicate(b'{"do": "hello", "id": 0}\n', timeout=PATIENCE_S)
    assert output == b""
    assert process.returncode == 1


PARENT = """
import subprocess, sys
helper = subprocess.Popen([sys.executable, "-m", "stretchplayer.audio.system_voice.helper"], stdin=subprocess.PIPE)
print(helper.pid, flush=True)
helper.wait()
"""


def test_the_process_ends_when_its_parent_is_killed(qtbot: QtBot) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        helper = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    qtbot.waitUntil(lambda: not helper.is_running() or helper.status() == psutil.STATUS_ZOMBIE)
