"""Letting the audio system take sounds."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtMultimedia import QSoundEffect
from PySide6.QtWidgets import QApplication

from stretchplayer.audio.output import QtSoundOutput
from stretchplayer.audio.playback_check import rehearse


class _Effect(QObject):
    """A sound that is ready, or fails, once it has been played."""

    statusChanged = Signal()  # noqa: N815 # by the name of Qt's
    Status = QSoundEffect.Status

    def __init__(self, *, ready: bool, late: bool) -> None:
        super().__init__()
        self._outcome = self.Status.Ready if ready else self.Status.Error
        self._status = self.Status.Loading if late else self._outcome
        self.heard: list[float] = []
        self.playing = False

    def setVolume(self, volume: float) -> None:
        """Set how loud it is."""
        self.heard.append(volume)

    def play(self) -> None:
        """Play, when it is loaded."""
        self.playing = True
        if self._status is self.Status.Loading:
            self.startTimer(0)

    def timerEvent(self, _event: object) -> None:
        """Be loaded."""
        self._status = self._outcome
        self.statusChanged.emit()

    def status(self) -> QSoundEffect.Status:
        """How far it is."""
        return self._status

    def isPlaying(self) -> bool:
        """Whether it plays."""
        return self.playing

    def stop(self) -> None:
        """Stop."""
        self.playing = False


@pytest.mark.parametrize(("ready", "late", "refused"), [(True, False, 0), (True, True, 0), (False, True, 1)])
def test_sounds_that_get_ready_are_taken(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, ready: bool, late: bool, refused: int
) -> None:
    effect = _Effect(ready=ready, late=late)
    monkeypatch.setattr("PySide6.QtMultimedia.QSoundEffect", _Effect)
    monkeypatch.setattr(QtSoundOutput, "effect", lambda *_: effect)
    output = QtSoundOutput()
    assert len(rehearse(output, [Path("a.wav")])) == refused
    assert effect.heard == [0.0]
    assert not effect.playing


def test_a_sound_that_stays_away_is_refused(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    effect = _Effect(ready=True, late=True)
    monkeypatch.setattr(effect, "play", lambda: None)
    monkeypatch.setattr("PySide6.QtMultimedia.QSoundEffect", _Effect)
    monkeypatch.setattr(QtSoundOutput, "effect", lambda *_: effect)
    assert rehearse(QtSoundOutput(), [Path("a.wav")], within_ms=1) == [Path("a.wav")]
