"""Where sound comes out: the system's default output device, through QtMultimedia."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QLoggingCategory, QObject, QUrl

from stretchplayer.audio.pulse_probe import ServerLink, sound_server_expected

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaDevices

_log = logging.getLogger(__name__)

NO_DEVICE_IDS: Final = frozenset({b"", b"auto_null"})
"""What stands in for an output device when there is none; `auto_null` is what PulseAudio plays to without a card."""
HUSH_RULES: Final = "qt.multimedia.symbolsresolver.warning=false\nqt.multimedia.ffmpeg.info=false"
"""Keeps Qt from telling which optional libraries it found. QT_LOGGING_RULES in the environment still has its say."""


class Effect(Protocol):
    """What is used of a QSoundEffect: one sound, ready to be played."""

    def play(self) -> None:
        """Play the sound over and over until it is stopped; while it is still loading, as soon as it has."""

    def stop(self) -> None:
        pass

    def setVolume(self, volume: float, /) -> None:
        """Set how loud it is: a factor for its samples, 0 to 1."""

    def deleteLater(self) -> None:
        pass


class SoundOutput(Protocol):
    """A place where sound comes out."""

    def device(self) -> str:
        """Which device sound goes to now; empty when there is none. Sounds loaded for another answer are dead."""

    def effect(self, path: Path) -> Effect:
        """Load a WAV file for the device that sound goes to now."""

    def is_broken(self, effect: Effect) -> bool:
        """Whether the effect will never sound again, as when its device has gone."""

    def on_change(self, callback: Callable[[], None]) -> None:
        """Add what is called when devices came, went or changed places."""


class QtSoundOutput(QObject):
    """The default output device. QtMultimedia, slow to load, is imported when a device is first asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices: QMediaDevices | None = None
        self._link: ServerLink | None = None
        self._callbacks: list[Callable[[], None]] = []

    def device(self) -> str:
        """The default device and the connection to it; empty without a device, a sound server or a sound library."""
        if self._devices is None:
            self._devices = self._look_for_devices()
        if self._devices is None or self._link is None:
            return ""
        cuts = self._link.cuts()
        name = bytes(self._devices.defaultAudioOutput().id().data())
        return "" if cuts is None or name in NO_DEVICE_IDS else f"{name.decode(errors='replace')} after {cuts} cuts"

    def effect(self, path: Path) -> Effect:
        """Load a WAV file; it is ready a few milliseconds later.

        Effects never end by themselves, because in Qt 6.11.3 that is a race: when the audio thread is the last to let
        go of a sound that has ended, it closes a socket notifier of the main thread, whose event loop then spins for
        ever (seen after 170 to 600 tones on a busy machine; never in 6000 that were stopped).
        """
        from PySide6.QtMultimedia import QMediaDevices, QSoundEffect  # noqa: PLC0415 -- slow, and a library that it needs may be missing

        effect = QSoundEffect(QMediaDevices.defaultAudioOutput(), self)
        effect.setLoopCount(QSoundEffect.Loop.Infinite.value)
        effect.setSource(QUrl.fromLocalFile(str(path)))
        return effect

    def is_broken(self, effect: Effect) -> bool:
        """Whether Qt has given the effect up: it never leaves that state."""
        from PySide6.QtMultimedia import QSoundEffect  # noqa: PLC0415 -- slow, and a library that it needs may be missing

        return isinstance(effect, QSoundEffect) and effect.status() is QSoundEffect.Status.Error

    def on_change(self, callback: Callable[[], None]) -> None:
        """Add what is called, on this object's thread, when devices came, went or changed places."""
        self._callbacks.append(callback)

    def _look_for_devices(self) -> "QMediaDevices | None":
        if not sound_server_expected():
            return None
        QLoggingCategory.setFilterRules(HUSH_RULES)
        try:
            from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415 -- slow, and a library that it needs may be missing
        except ImportError as error:  # a system library that it needs, such as libpulse, is missing
            _log.info("No sound: %s", error)
            return None
        self._link = ServerLink()
        devices = QMediaDevices(self)
        devices.audioOutputsChanged.connect(self._on_outputs_changed)
        devices.defaultAudioOutput()
        self._link.opened()
        return devices

    def _on_outputs_changed(self) -> None:
        for callback in self._callbacks:
            callback()
