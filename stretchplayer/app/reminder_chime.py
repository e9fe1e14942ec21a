"""The soft tone of a reminder, for a program that has no sound ready."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer

from stretchplayer.audio.chimes import Chimes
from stretchplayer.audio.output import QtSoundOutput
from stretchplayer.routine.cues import Cue, CueName
from stretchplayer.settings import SoundSettings
from stretchplayer.storage.assets import asset_dir

HEARD_MS: Final = 6_000
"""By then it has been heard, and the sound device is let go."""
SOFTER: Final = 0.6


def play_softly(sound: SoundSettings, parent: QObject) -> None:
    """Play the tone once, softer than those of a session, and keep nothing of what that takes."""
    root = QObject(parent)
    chimes = Chimes(asset_dir("sounds"), root, output=QtSoundOutput(root))
    chimes.configure(replace(sound, volume=round(sound.volume * SOFTER), muted=frozenset()))
    chimes.play(Cue(at_ms=0, name=CueName.SESSION_START))

    def let_go() -> None:
        chimes.close()
        root.deleteLater()

    QTimer.singleShot(HEARD_MS, root, let_go)
