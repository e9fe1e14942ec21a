"""The tone of a reminder."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from stretchplayer.audio.chimes import Chimes
from stretchplayer.audio.output import HelperOutput
from stretchplayer.audio.own_sounds import OwnSounds
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.routine.cues import Cue, CueName
from stretchplayer.settings import SoundSettings
from stretchplayer.storage.assets import OWN_SOUNDS, SILENCE, asset_dir

HEARD_MS: Final = 6_000
"""By then it has been heard, and the sound device is let go."""
SOFTER: Final = 0.6


def play_softly(sound: SoundSettings, data_dir: Path, parent: QObject) -> None:
    """Play the tone of a reminder once, softer than those of a session, and keep nothing of what that takes."""
    root = QObject(parent)
    output = HelperOutput(asset_dir("sounds") / SILENCE, QtTimer(root), root)
    chimes = Chimes(asset_dir("sounds"), OwnSounds(data_dir / OWN_SOUNDS), output.effect, QtTimer(root))
    chimes.configure(replace(sound, volume=round(sound.volume * SOFTER), muted=frozenset()))
    chimes.play(Cue(at_ms=0, name=CueName.SESSION_START))

    def let_go() -> None:
        chimes.close()
        root.deleteLater()

    QTimer.singleShot(HEARD_MS, root, let_go)
