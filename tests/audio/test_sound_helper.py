"""What runs in the helper process, with a stand-in for QtMultimedia: a test machine need not have sound."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QUrl, Signal
from pytestqt.qtbot import QtBot

from stretchplayer.audio import sound_helper
from stretchplayer.audio.sound_helper import ENDLESS, FADE_STEPS, LATEST_S, SoundHelper
from stretchplayer.storage.assets import voice_dir
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.usefixtures("qapp")


class FakeDevice:
    """A QAudioDevice as far as it is used."""

    def __init__(self, name: bytes) -> None:
        self._name = name

    def id(self) -> QByteArray:
        return QByteArray(self._name)


class FakeDevices(QObject):
    """A QMediaDevices as far as it is used."""

    audioOutputsChanged = Signal()  # noqa: N815 -- the name it has in Qt
    default: ClassVar[bytes] = b"speakers"

    @classmethod
    def defaultAudioOutput(cls) -> FakeDevice:
        return FakeDevice(cls.default)


class FakeSoundEffect(QObject):
    """A QSoundEffect as far as it is used."""

    statusChanged, loopsRemainingChanged = Signal(), Signal()  # noqa: N815 -- the names they have in Qt
    made: ClassVar[list["FakeSoundEffect"]] = []

    class Status(Enum):
        """How far it is."""

        Loading = 1
        Ready = 2
        Error = 3

    class Loop(Enum):
        """Special numbers of loops."""

        Infinite = -2

    def __init__(self, device: FakeDevice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.device = device
        self.loops = 1
        self.url = QUrl()
        self.now = self.Status.Loading
        self.calls: list[str | float] = []
        self.made.append(self)

    def setSource(self, url: QUrl) -> None:
        self.url = url

    def setLoopCount(self, count: int) -> None:
        self.loops = count

    def setVolume(self, volume: float) -> None:
        self.calls.append(volume)

    def play(self) -> None:
        self.calls.append("play")

    def stop(self) -> None:
        self.calls.append("stop")

    def status(self) -> Status:
        return self.now

    def reach(self, status: Status) -> None:
        """Change its status."""
        self.now = status
        self.statusChanged.emit()


class Stage:
    """A helper on this thread, and its answers."""

    def __init__(self) -> None:
        self.answers: list[object] = []
        self.helper = SoundHelper(self.answers.append, "warm.wav")

    def ask(self, what: str, **details: object) -> None:
        self.helper.take(json.dumps({"do": what, "id": 1, **details}).encode())

    def load(self) -> FakeSoundEffect:
        """Load a sound."""
        self.ask("load", path="tone.wav", volume=0.5, folder="")
        return FakeSoundEffect.made[-1]

    def play(self, length_ms: int = 5_000, ago_s: float = 0) -> None:
        """Ask for the sound, as was done so long ago."""
        self.ask("play", length_ms=length_ms, at_s=time.monotonic() - ago_s)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(sound_helper, "QMediaDevices", FakeDevices)
    monkeypatch.setattr(sound_helper, "QSoundEffect", FakeSoundEffect)
    monkeypatch.setattr(FakeDevices, "default", b"speakers")
    FakeSoundEffect.made.clear()
    stage = Stage()
    yield stage
    stage.helper.deleteLater()


def test_it_tells_the_device_and_that_sound_is_taken(stage: Stage) -> None:
    stage.helper.open()
    (silence,) = FakeSoundEffect.made
    assert (silence.url, silence.loops, silence.calls) == (QUrl.fromLocalFile("warm.wav"), ENDLESS, ["play"])
    silence.loopsRemainingChanged.emit()
    assert stage.answers == [{"event": "device", "name": "speakers"}, {"event": "beat"}]


@pytest.mark.parametrize("name", [b"", b"auto_null"])
def test_what_only_stands_in_for_a_device_is_none_and_one_may_come(stage: Stage, name: bytes) -> None:
    FakeDevices.default = name
    stage.ask("load", path="tone.wav", volume=0.5, folder="")
    stage.helper.open()
    assert stage.answers == [{"event": "no_device", "reason": "there is none"}]
    assert not FakeSoundEffect.made
    FakeDevices.default = b"headphones"
    devices = stage.helper.findChild(FakeDevices)
    assert isinstance(devices, FakeDevices)
    devices.audioOutputsChanged.emit()
    assert stage.answers[1:] == [{"event": "device", "name": "headphones"}]
    assert [effect.url.fileName() for effect in FakeSoundEffect.made] == ["warm.wav", "tone.wav"]


def test_without_the_library_there_is_no_device(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_helper, "MISSING", "libpulse.so.0 is missing")
    stage.helper.open()
    assert stage.answers == [{"event": "no_device", "reason": "libpulse.so.0 is missing"}]


def test_it_ends_when_the_device_is_another(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[bool] = []
    monkeypatch.setattr(QCoreApplication, "exit", lambda: ends.append(True))
    stage.helper.open()
    devices = stage.helper.findChild(FakeDevices)
    assert isinstance(devices, FakeDevices)
    devices.audioOutputsChanged.emit()
    assert not ends
    FakeDevices.default = b"headphones"
    devices.audioOutputsChanged.emit()
    assert ends


def test_a_sound_is_loaded_and_said_to_be(stage: Stage) -> None:
    stage.helper.open()
    effect = stage.load()
    assert (effect.url, effect.loops, effect.calls) == (QUrl.fromLocalFile("tone.wav"), -2, [0.5])
    effect.reach(FakeSoundEffect.Status.Loading)
    effect.reach(FakeSoundEffect.Status.Ready)
    effect.reach(FakeSoundEffect.Status.Error)
    assert stage.answers[1:] == [{"event": "loaded", "id": 1}, {"event": "broken", "id": 1}]


def test_a_sound_is_played_and_ends_by_itself(stage: Stage, qtbot: QtBot) -> None:
    stage.helper.open()
    effect = stage.load()
    effect.calls.clear()
    stage.play(1)
    assert effect.calls == ["stop", 0.5, "play"]
    qtbot.waitUntil(lambda: effect.calls[-1] == "stop")


def test_what_was_asked_for_too_long_ago_is_not_played(stage: Stage) -> None:
    stage.helper.open()
    effect = stage.load()
    stage.play(ago_s=LATEST_S)
    assert "play" not in effect.calls


def test_volume_and_stop_count_at_once(stage: Stage) -> None:
    stage.helper.open()
    effect = stage.load()
    stage.play()
    effect.calls.clear()
    stage.ask("volume", volume=0.1)
    stage.ask("stop")
    assert effect.calls == [0.1, "stop"]


def test_fading_is_soft_and_the_next_time_is_as_loud_as_ever(stage: Stage, qtbot: QtBot) -> None:
    stage.helper.open()
    effect = stage.load()
    stage.play()
    effect.calls.clear()
    stage.ask("fade")
    qtbot.waitUntil(lambda: "stop" in effect.calls)
    volumes = [call for call in effect.calls if isinstance(call, float)]
    assert len(volumes) == FADE_STEPS - 1
    assert volumes == sorted(volumes, reverse=True)
    effect.calls.clear()
    stage.play()
    assert effect.calls == ["stop", 0.5, "play"]


def test_a_dropped_sound_is_stopped(stage: Stage) -> None:
    stage.helper.open()
    effect = stage.load()
    stage.play()
    effect.calls.clear()
    stage.ask("drop")
    assert effect.calls == ["stop"]


def test_the_process_serves_until_its_input_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "stretchplayer.audio.sound_helper", str(tmp_path / "warm.wav")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        process.communicate(b"", timeout=PATIENCE_S)
    assert process.returncode == 0


def test_compressed_sounds_are_decoded_one_by_one_and_one_that_is_wanted_at_once(
    stage: Stage, tmp_path: Path, qtbot: QtBot
) -> None:
    clips = sorted(voice_dir().glob("*.ogg"))[:3]
    stage.helper.open()
    for number, clip in enumerate(clips):
        stage.ask("load", id=number, path=str(clip), volume=1, folder=str(tmp_path))
    assert not list(tmp_path.iterdir())
    stage.ask("play", id=2, length_ms=100, at_s=time.monotonic())
    assert [path.stem for path in tmp_path.iterdir()] == [clips[2].stem]
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.wav"))) == len(clips))
    urls = {Path(effect.url.toLocalFile()) for effect in FakeSoundEffect.made[-3:]}
    assert urls == set(tmp_path.glob("*.wav"))


def test_a_compressed_sound_that_is_damaged_is_told(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "clip.ogg").write_bytes(b"OggS")
    stage.helper.open()
    stage.ask("load", id=5, path=str(tmp_path / "clip.ogg"), volume=1, folder=str(tmp_path))
    stage.ask("play", id=5, length_ms=100, at_s=time.monotonic())
    assert stage.answers[-1] == {"event": "broken", "id": 5}
