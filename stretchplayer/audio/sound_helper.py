"""The helper process that plays sounds.

QtMultimedia waits for the sound server in many calls, and after losing it never plays again in the same process. So it
lives here, for one output device: when that goes, or the server does, this process is given up for a new one. Requests:

    {"do": "load", "id": 1, "path": "done.wav", "volume": 0.6, "folder": …}     decoded into the folder
    {"do": "play", "id": 1, "length_ms": 1800, "at_s": 1234.5}      from its start, so long; asked for at that moment
    {"do": "volume", "id": 1, "volume": 0.4}
    {"do": "fade", "id": 1} or "stop" or "drop"

Answers:

    {"event": "device", "name": …}                  it plays; what was asked before is done now
    {"event": "no_device", "reason": …}             there is none, and perhaps will be later
    {"event": "beat"}                               again and again while the system takes sound
    {"event": "loaded", "id": 1} or "broken"        whether the file can be played
"""

import json
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NoReturn

from PySide6.QtCore import QCoreApplication, QLoggingCategory, QTimer, QUrl

from stretchplayer.audio.decoding import WAV, decode, write_wav
from stretchplayer.audio.helper_loop import Answer, Requests, serve

try:
    from PySide6.QtMultimedia import QAudioDevice, QMediaDevices, QSoundEffect
except ImportError as error:  # a system library that it needs, such as libpulse, is missing
    MISSING: str | None = str(error)
else:
    MISSING = None

LATEST_S: Final = 1.0
"""A sound that was asked for longer ago is not played: by now it would be out of place."""
FADE_STEPS: Final = 16
FADE_STEP_MS: Final = 5
ENDLESS: Final = 1_000_000
"""So many loops are as good as endless, and are counted, which tells that the system takes sound."""
NO_DEVICE_IDS: Final = frozenset({b"", b"auto_null"})
"""Stand-ins for a missing output device; `auto_null` is PulseAudio's when there is no sound card."""
HUSH_RULES: Final = "qt.multimedia.symbolsresolver.warning=false\nqt.multimedia.ffmpeg.info=false"
"""Keeps Qt from logging which optional libraries it found. QT_LOGGING_RULES in the environment takes precedence."""


class SoundHelper(Requests):
    """Plays on the default device. `silence` is a file of silence, whose loop keeps the output running.

    Sounds loop instead of ending by themselves, which in Qt 6.11.3 is a race: when the audio thread is the last to
    release a sound that has ended, it closes a socket notifier of the main thread, whose event loop then spins.
    """

    def __init__(self, answer: Answer, silence: str) -> None:
        super().__init__()
        self._answer = answer
        self._silence = silence
        self._device: QAudioDevice | None = None
        self._early: list[bytes] = []
        self._sounds: dict[int, _Sound] = {}
        self._to_load: deque[_Sound] = deque()
        self._load_next = QTimer(self, interval=0)
        self._load_next.timeout.connect(self._load_one)

    def open(self) -> None:
        if MISSING is not None:
            self._answer({"event": "no_device", "reason": MISSING})
            return
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._look)
        self._look()

    def take(self, line: bytes) -> None:
        if self._device is None:
            self._early.append(line)
            return
        message = json.loads(line)
        number = int(message["id"])
        if message["do"] == "load":
            sound = _Sound(self._device, message, partial(self._tell_loaded, number))
            self._sounds[number] = sound
            if sound.is_compressed:
                self._to_load.append(sound)
                self._load_next.start()
            else:
                sound.load()
        elif message["do"] == "drop":
            self._sounds.pop(number).drop()
        else:
            self._sounds[number].do(message)

    def _look(self) -> None:
        device = QMediaDevices.defaultAudioOutput()
        name = bytes(device.id().data())
        if self._device is not None:
            if name != bytes(self._device.id().data()):
                QCoreApplication.exit()
        elif name in NO_DEVICE_IDS:
            self._answer({"event": "no_device", "reason": "there is none"})
        else:
            self._begin(device)
            self._answer({"event": "device", "name": name.decode(errors="replace")})

    def _begin(self, device: "QAudioDevice") -> None:
        self._device = device
        beat = QSoundEffect(device, self)
        beat.setLoopCount(ENDLESS)
        beat.loopsRemainingChanged.connect(lambda: self._answer({"event": "beat"}))
        beat.setSource(QUrl.fromLocalFile(self._silence))
        beat.play()
        early, self._early = self._early, []
        for line in early:
            self.take(line)

    def _load_one(self) -> None:
        """Decode one sound at a time, so that what is asked for meanwhile is played at once."""
        if self._to_load:
            self._to_load.popleft().load()
        else:
            self._load_next.stop()

    def _tell_loaded(self, number: int, *, loaded: bool) -> None:
        self._answer({"event": "loaded" if loaded else "broken", "id": number})


class _Sound:
    def __init__(self, device: "QAudioDevice", message: Mapping[str, Any], tell: Callable[..., object]) -> None:
        self._path = Path(message["path"])
        self._folder = Path(message["folder"])
        self._tell = tell
        self._volume = float(message["volume"])
        self._fade_steps_left = 0
        self._is_loaded = False
        self._effect = QSoundEffect(device)
        self._effect.setLoopCount(QSoundEffect.Loop.Infinite.value)
        self._effect.statusChanged.connect(self._on_status)
        self._effect.setVolume(self._volume)
        self._end = QTimer(self._effect, singleShot=True)
        self._end.timeout.connect(self._stop)
        self._fading = QTimer(self._effect, interval=FADE_STEP_MS)
        self._fading.timeout.connect(self._fade)

    @property
    def is_compressed(self) -> bool:
        return self._path.suffix != WAV

    def load(self) -> None:
        """Decode the file, unless that is done, and give it to Qt, which plays WAV files only."""
        if self._is_loaded:
            return
        self._is_loaded, path = True, self._path
        if self.is_compressed:
            path = self._folder / f"{path.stem}{WAV}"
            try:
                if not path.exists():
                    write_wav(path, decode(self._path))
            except (OSError, ValueError):
                self._tell(loaded=False)
                return
        self._effect.setSource(QUrl.fromLocalFile(str(path)))

    def _on_status(self) -> None:
        status = self._effect.status()
        if status in {QSoundEffect.Status.Ready, QSoundEffect.Status.Error}:
            self._tell(loaded=status is QSoundEffect.Status.Ready)

    def do(self, message: Mapping[str, Any]) -> None:
        what = message["do"]
        if what == "play":
            if time.monotonic() - float(message["at_s"]) < LATEST_S:
                self._play()
                self._end.start(int(message["length_ms"]))
        elif what == "stop":
            self._stop()
        elif what == "volume":
            self._volume = float(message["volume"])
            self._effect.setVolume(self._volume)
        elif what == "fade":
            self._fade_steps_left = FADE_STEPS
            self._fading.start()

    def drop(self) -> None:
        self._stop()
        self._effect.deleteLater()

    def _play(self) -> None:
        self.load()
        self._stop()
        self._effect.setVolume(self._volume)
        self._effect.play()

    def _stop(self) -> None:
        self._end.stop()
        self._fading.stop()
        self._effect.stop()

    def _fade(self) -> None:
        self._fade_steps_left -= 1
        if self._fade_steps_left:
            self._effect.setVolume(self._volume * self._fade_steps_left / FADE_STEPS)
        else:
            self._stop()


def main(arguments: Sequence[str]) -> NoReturn:
    """Play until the input ends. The only argument is the file of silence."""
    QLoggingCategory.setFilterRules(HUSH_RULES)

    def make(answer: Answer) -> SoundHelper:
        helper = SoundHelper(answer, arguments[0])
        QTimer.singleShot(0, helper, helper.open)
        return helper

    QCoreApplication.setApplicationName("stretchplayer")
    serve(make)


if __name__ == "__main__":
    main(sys.argv[1:])
