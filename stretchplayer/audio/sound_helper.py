"""The helper process that plays sounds.

QtMultimedia waits for the sound server in many calls, and after losing it never plays again in the same process. So it
lives here, for one output device: when that goes, or the server does, this process is given up for a new one. Requests:

    {"do": "load", "id": 1, "path": "done.wav", "volume": 0.6}      a WAV file
    {"do": "play", "id": 1, "length_ms": 1800, "at_s": 1234.5}      from its start, so long; asked for at that moment
    {"do": "loop", "id": 1}                                         until it is stopped
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
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, NoReturn

from PySide6.QtCore import QCoreApplication, QLoggingCategory, QTimer, QUrl

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
            self._sounds[number] = _Sound(self._device, message, partial(self._tell_loaded, number))
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

    def _tell_loaded(self, number: int, status: "QSoundEffect.Status") -> None:
        if status is QSoundEffect.Status.Ready:
            self._answer({"event": "loaded", "id": number})
        elif status is QSoundEffect.Status.Error:
            self._answer({"event": "broken", "id": number})


class _Sound:
    def __init__(self, device: "QAudioDevice", message: Mapping[str, Any], tell: Any) -> None:  # noqa: ANN401
        self._volume = float(message["volume"])
        self._fade_steps_left = 0
        self._effect = QSoundEffect(device)
        self._effect.setLoopCount(QSoundEffect.Loop.Infinite.value)
        self._effect.statusChanged.connect(lambda: tell(self._effect.status()))
        self._effect.setVolume(self._volume)
        self._effect.setSource(QUrl.fromLocalFile(str(message["path"])))
        self._end = QTimer(self._effect, singleShot=True)
        self._end.timeout.connect(self._stop)
        self._fading = QTimer(self._effect, interval=FADE_STEP_MS)
        self._fading.timeout.connect(self._fade)

    def do(self, message: Mapping[str, Any]) -> None:
        what = message["do"]
        if what == "play":
            if time.monotonic() - float(message["at_s"]) < LATEST_S:
                self._play()
                self._end.start(int(message["length_ms"]))
        elif what == "loop":
            self._play()
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
