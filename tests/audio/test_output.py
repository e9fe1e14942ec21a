"""The way to QtMultimedia, which a stand-in replaces: a test machine need not have sound."""

import sys
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest
from PySide6.QtCore import QByteArray, QObject, QUrl, Signal

from stretchplayer.audio.output import QtSoundOutput
from stretchplayer.audio.pulse_probe import ServerLink

pytestmark = pytest.mark.usefixtures("qapp")

MULTIMEDIA = "PySide6.QtMultimedia"


class FakeDevice:
    """A QAudioDevice as far as it is used."""

    def __init__(self, name: bytes) -> None:
        self._name = name

    def id(self) -> QByteArray:
        return QByteArray(self._name)


class FakeMediaDevices(QObject):
    """A QMediaDevices as far as it is used."""

    audioOutputsChanged = Signal()  # noqa: N815 -- the name it has in Qt
    default: ClassVar[bytes] = b"speakers"

    @classmethod
    def defaultAudioOutput(cls) -> FakeDevice:
        return FakeDevice(cls.default)


class FakeSoundEffect(QObject):
    """A QSoundEffect as far as it is used."""

    class Status(Enum):
        """How far it is."""

        Ready = 2
        Error = 3

    class Loop(Enum):
        """Special numbers of loops."""

        Infinite = -2

    def __init__(self, device: FakeDevice, parent: QObject) -> None:
        super().__init__(parent)
        self.device = device
        self.loops = 1
        self.url = QUrl()
        self.now = self.Status.Ready

    def setSource(self, url: QUrl) -> None:
        self.url = url

    def setLoopCount(self, count: int) -> None:
        self.loops = count

    def status(self) -> Status:
        return self.now


@pytest.fixture
def multimedia(monkeypatch: pytest.MonkeyPatch) -> type[FakeMediaDevices]:
    module = ModuleType(MULTIMEDIA)
    monkeypatch.setattr(module, "QMediaDevices", FakeMediaDevices, raising=False)
    monkeypatch.setattr(module, "QSoundEffect", FakeSoundEffect, raising=False)
    monkeypatch.setitem(sys.modules, MULTIMEDIA, module)
    monkeypatch.setattr(FakeMediaDevices, "default", b"speakers")
    monkeypatch.setenv("PULSE_SERVER", "somewhere")
    return FakeMediaDevices


@pytest.mark.usefixtures("multimedia")
def test_the_default_device_is_named() -> None:
    assert "speakers" in QtSoundOutput().device()


@pytest.mark.parametrize("name", [b"", b"auto_null"])
def test_what_only_stands_in_for_a_device_is_none(multimedia: type[FakeMediaDevices], name: bytes) -> None:
    multimedia.default = name
    assert QtSoundOutput().device() == ""


def test_changes_are_told(multimedia: type[FakeMediaDevices]) -> None:
    output = QtSoundOutput()
    output.device()
    devices = output.findChild(FakeMediaDevices)
    assert isinstance(devices, FakeMediaDevices)
    devices.audioOutputsChanged.emit()
    heard: list[str] = []
    output.on_change(lambda: heard.append(output.device()))
    multimedia.default = b"headphones"
    devices.audioOutputsChanged.emit()
    assert ["headphones" in device for device in heard] == [True]


@pytest.mark.usefixtures("multimedia")
def test_effects_loop_until_stopped_on_the_default_device(tmp_path: Path) -> None:
    effect = QtSoundOutput().effect(tmp_path / "a.wav")
    assert isinstance(effect, FakeSoundEffect)
    assert effect.loops == FakeSoundEffect.Loop.Infinite.value
    assert effect.url == QUrl.fromLocalFile(str(tmp_path / "a.wav"))
    assert effect.device.id() == QByteArray(b"speakers")


@pytest.mark.usefixtures("multimedia")
def test_an_effect_is_broken_once_qt_gave_it_up(tmp_path: Path) -> None:
    output = QtSoundOutput()
    effect = output.effect(tmp_path / "a.wav")
    assert isinstance(effect, FakeSoundEffect)
    assert not output.is_broken(effect)
    effect.now = FakeSoundEffect.Status.Error
    assert output.is_broken(effect)


def test_without_the_library_there_is_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "somewhere")
    monkeypatch.setitem(sys.modules, MULTIMEDIA, None)
    assert QtSoundOutput().device() == ""


@pytest.mark.usefixtures("multimedia", "no_server")
def test_without_a_server_qt_is_not_asked() -> None:
    output = QtSoundOutput()
    assert output.device() == ""
    assert output.findChild(FakeMediaDevices) is None


@pytest.mark.usefixtures("multimedia")
def test_a_server_that_comes_later_is_found(no_server: Path) -> None:
    output = QtSoundOutput()
    assert output.device() == ""
    (no_server / "pipewire-0").touch()
    assert "speakers" in output.device()


@pytest.mark.usefixtures("multimedia")
def test_a_connection_that_was_cut_shows_in_the_device(monkeypatch: pytest.MonkeyPatch) -> None:
    cuts: list[int | None] = [0, None, 1]
    monkeypatch.setattr(ServerLink, "cuts", lambda _link: cuts.pop(0))
    output = QtSoundOutput()
    before, during, after = output.device(), output.device(), output.device()
    assert before
    assert during == ""
    assert after not in {before, during}
