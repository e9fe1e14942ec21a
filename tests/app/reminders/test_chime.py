"""The soft tone of a reminder."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from stretchplayer.app.reminders import chime as tone
from stretchplayer.routine.cues import Cue, CueName
from stretchplayer.settings import SoundSettings


class FakeChimes:
    """Notes what is asked of it."""

    made: "list[FakeChimes]" = []  # noqa: RUF012 -- emptied by the fixture

    def __init__(self, _sounds: object, _own: object, _output: object, _timer: object) -> None:
        self.volume = -1
        self.played: list[CueName] = []
        self.closed = False
        FakeChimes.made.append(self)

    def configure(self, sound: SoundSettings) -> None:
        self.volume = sound.volume
        assert not sound.muted

    def play(self, cue: Cue) -> None:
        self.played.append(cue.name)

    def close(self) -> None:
        self.closed = True


def test_it_is_softer_than_a_session_and_nothing_is_kept(
    qapp: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    FakeChimes.made.clear()
    monkeypatch.setattr(tone, "Chimes", FakeChimes)
    monkeypatch.setattr(tone, "HEARD_MS", 1)
    parent = QObject()
    tone.play_softly(SoundSettings(volume=50, muted=frozenset({CueName.SESSION_START})), tmp_path, parent)
    (chimes,) = FakeChimes.made
    assert chimes.volume == 30
    assert chimes.played == [CueName.SESSION_START]
    qtbot.waitUntil(lambda: chimes.closed)
    qtbot.waitUntil(lambda: not parent.children())
