"""Checks that the audio system accepts sounds, without anybody hearing them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer

from stretchplayer.audio.output import QtSoundOutput, multimedia

TAKEN_WITHIN_MS: Final = 3_000


def rehearse(output: QtSoundOutput, paths: Iterable[Path], within_ms: int = TAKEN_WITHIN_MS) -> list[Path]:
    """Play every file at zero volume, one after another, until the audio system accepts it.

    Returns those it did not accept in time.
    """
    return [path for path in paths if not _is_taken(output, path, within_ms)]


def _is_taken(output: QtSoundOutput, path: Path, within_ms: int) -> bool:
    _devices, sound_effect = multimedia()
    effect = output.effect(path)
    if not isinstance(effect, sound_effect):
        return False
    loop = QEventLoop()
    effect.setVolume(0.0)
    effect.statusChanged.connect(loop.quit)
    effect.play()
    QTimer.singleShot(within_ms, loop, loop.quit)
    if effect.status() is sound_effect.Status.Loading:
        loop.exec()
    taken = effect.status() is sound_effect.Status.Ready and effect.isPlaying()
    effect.stop()
    effect.deleteLater()
    return taken
