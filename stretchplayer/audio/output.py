"""The system's default sound output, through QtMultimedia."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QLoggingCategory, QObject, QUrl, Signal

from stretchplayer.audio.pulse_probe import ServerLink, sound_server_expected

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

_log = logging.getLogger(__name__)

NO_DEVICE_IDS: Final = frozenset({b"", b"auto_null"})
"""Stand-ins for a missing output device; `auto_null` is PulseAudio's when there is no sound card."""
HUSH_RULES: Final = "qt.multimedia.symbolsresolver.warning=false\nqt.multimedia.ffmpeg.info=false"
"""Keeps Qt from logging which optional libraries it found. QT_LOGGING_RULES in the environment takes precedence."""


class Effect(Protocol):
    """The part of QSoundEffect that is used: one sound, ready to play."""

    def play(self) -> None:
        """Play the sound in a loop until it is stopped; starts once it is loaded."""

    def stop(self) -> None:
        pass

    def setVolume(self, volume: float, /) -> None:
        """Set the factor for its samples, 0 to 1."""

    def deleteLater(self) -> None:
        pass


class SoundOutput(Protocol):
    """A sound output."""

    def device(self) -> str:
        """The current device; empty when there is none. Sounds loaded for another device are dead."""

    def effect(self, path: Path) -> Effect:
        """Load a WAV file for the current device."""

    def is_broken(self, effect: Effect) -> bool:
        """Whether the effect can't be played any more, for instance because its device is gone."""

    def on_change(self, callback: Callable[[], None]) -> None:
        """Add a callback for changes of the devices."""


def multimedia() -> "tuple[type[QMediaDevices], type[QSoundEffect]]":
    """What is used of QtMultimedia; ImportError where a system library that it needs, such as libpulse, is missing."""
    from PySide6.QtMultimedia import QMediaDevices, QSoundEffect  # noqa: PLC0415 -- slow to load

    return QMediaDevices, QSoundEffect


class QtSoundOutput(QObject):
    """The default output device. QtMultimedia, slow to load, is imported when a device is first asked for."""

    _changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices: QMediaDevices | None = None
        self._link: ServerLink | None = None

    def device(self) -> str:
        """The default device and the count of lost connections; empty without device, server or library."""
        if self._devices is None:
            self._devices = self._look_for_devices()
        if self._devices is None or self._link is None:
            return ""
        cuts = self._link.cuts()
        name = bytes(self._devices.defaultAudioOutput().id().data())
        return "" if cuts is None or name in NO_DEVICE_IDS else f"{name.decode(errors='replace')} after {cuts} cuts"

    def effect(self, path: Path) -> Effect:
        """Load a WAV file; it is ready a few milliseconds later.

        Effects loop instead of ending by themselves, which in Qt 6.11.3 is a race: when the audio thread is the last to
        release a sound that has ended, it closes a socket notifier of the main thread, whose event loop then spins for
        ever (seen after 170 to 600 tones on a busy machine; never in 6000 that were stopped).
        """
        media_devices, sound_effect = multimedia()
        effect = sound_effect(media_devices.defaultAudioOutput(), self)
        effect.setLoopCount(sound_effect.Loop.Infinite.value)
        effect.setSource(QUrl.fromLocalFile(str(path)))
        return effect

    def is_broken(self, effect: Effect) -> bool:
        _media_devices, sound_effect = multimedia()
        return isinstance(effect, sound_effect) and effect.status() is sound_effect.Status.Error

    def on_change(self, callback: Callable[[], None]) -> None:
        self._changed.connect(callback)

    def _look_for_devices(self) -> "QMediaDevices | None":
        if not sound_server_expected():
            return None
        QLoggingCategory.setFilterRules(HUSH_RULES)
        try:
            media_devices, _sound_effect = multimedia()
        except ImportError as error:
            _log.info("No sound: %s", error)
            return None
        self._link = ServerLink()
        devices = media_devices(self)
        devices.audioOutputsChanged.connect(self._changed)
        devices.defaultAudioOutput()
        self._link.opened()
        return devices
