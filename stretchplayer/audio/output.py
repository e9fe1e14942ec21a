"""Sounds, played by a helper process, so that nothing here ever waits for the sound server."""

import logging
import os
import socket
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTemporaryDir, Signal

from stretchplayer.audio.helper_process import HelperProcess, helper_command
from stretchplayer.i18n import N_, _
from stretchplayer.ports import Timer

_log = logging.getLogger(__name__)

HELLO_MS: Final = 4_000
"""How long a helper may take to begin before the person is told; 0.3 s are usual, more when the machine is busy."""
STUCK_MS: Final = 30_000
"""How long it may go on waiting, for a sound server that doesn't answer, before another helper tries."""
BEAT_MS: Final = 3_000
"""The longest time between two signs that sound is taken. The first comes after up to 2 s."""
AGAIN_MS: Final = 500
"""The pause before the next helper is started, doubled every time that one fails ..."""
LONGEST_PAUSE_MS: Final = 8_000
"""... up to this. Where no sound server listens, none is started, and looking costs nothing."""
LOOK_MS: Final = 1_000
SERVER_SOCKETS: Final = ("pulse/native", "pipewire-0")
"""Where PulseAudio and PipeWire listen, below the user's runtime directory."""
SYSTEM_SOCKET: Final = Path("/run/pulse/native")
"""Where a PulseAudio that serves the whole machine listens."""
SERVER_VARIABLES: Final = ("PULSE_SERVER", "PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR")
"""Variables that name a sound server listening somewhere else."""
NO_SOUND: Final = N_(
    "No sound device answers, so there is no sound at the moment; check your speakers: "
    "it comes back by itself, without a new start."
)


class Effect:
    """One sound, ready to play."""

    def __init__(self, output: "HelperOutput", number: int, path: str, volume: float) -> None:
        self._output = output
        self._number = number
        self.path = path
        self._volume = volume

    def load(self) -> None:
        self._send("load", path=self.path, volume=self._volume, folder=self._output.folder)

    def play(self, length_ms: int) -> None:
        """Play the first `length_ms` of the file."""
        self._output.note_wanted()
        self._send("play", length_ms=length_ms, at_s=time.monotonic())

    def stop(self) -> None:
        self._send("stop")

    def fade(self) -> None:
        """Stop within 80 ms, softly."""
        self._send("fade")

    def set_volume(self, volume: float) -> None:
        """Set the factor for its samples, 0 to 1."""
        self._volume = volume
        self._send("volume", volume=volume)

    def close(self) -> None:
        self._send("drop")
        self._output.release(self._number)

    def _send(self, what: str, **details: object) -> None:
        self._output.send({"do": what, "id": self._number, **details})


LoadSound = Callable[[str, float], Effect]
"""Loads a sound file, to be played at a volume. Never raises or blocks."""


def sound_helper_command(silence: Path) -> list[str]:
    return [*helper_command("stretchplayer.audio.sound_helper", "--sound-helper"), str(silence)]


def server_listens() -> bool:
    """Whether it makes sense to start a helper now: always, except on Linux when no sound server listens."""
    runtime_dir = os.environ.get("XDG_RUNTIME_DIR")
    is_elsewhere = any(os.environ.get(name) for name in SERVER_VARIABLES)
    if sys.platform == "linux" and runtime_dir and not is_elsewhere:
        return any(map(_listens, (*(Path(runtime_dir, name) for name in SERVER_SOCKETS), SYSTEM_SOCKET)))
    return True


def _listens(path: Path) -> bool:
    if sys.platform == "win32":
        return False
    with socket.socket(socket.AF_UNIX) as client:
        client.setblocking(False)
        try:
            client.connect(str(path))
        except BlockingIOError:  # it is busy
            return True
        except OSError:
            return False
        return True


class HelperOutput(QObject):
    """The default output device, in use as long as there are effects.

    A helper that fails, or through which no sound flows any more, is replaced.
    """

    problem_begun = Signal(str)
    """Something can't be heard; a sentence for the person."""
    problem_over = Signal(str)
    """All that can be heard again."""

    def __init__(
        self,
        silence: Path,
        timer: Timer,
        parent: QObject | None = None,
        *,
        command: Callable[[Path], Sequence[str]] = sound_helper_command,
        can_start: Callable[[], bool] = server_listens,
    ) -> None:
        super().__init__(parent)
        self._silence = silence
        self._decoded = QTemporaryDir()
        self._command = command
        self._can_start = can_start
        self._watchdog = timer
        timer.connect(self._on_timeout)
        self._helper: HelperProcess | None = None
        self._sounds: dict[int, Effect] = {}
        self._last_id = 0
        self._is_sounding = False
        self._pause_ms = AGAIN_MS
        self._has_problem = False
        self._is_wanted = False
        self._is_reported = False

    def effect(self, path: str, volume: float) -> Effect:
        self._last_id += 1
        sound = Effect(self, self._last_id, path, volume)
        if not self._sounds:
            self._start()
        self._sounds[self._last_id] = sound
        sound.load()
        return sound

    @property
    def is_heard(self) -> bool:
        """Whether the system takes sound now, as far as is known."""
        return self._is_sounding and not self._has_problem

    # What sounds ask for

    @property
    def folder(self) -> str:
        """Where compressed sounds are decoded to, once for all helpers."""
        return self._decoded.path()

    def send(self, message: Mapping[str, object]) -> None:
        if self._helper is not None:
            self._helper.send(message)

    def note_wanted(self) -> None:
        """Note that something should be heard; only then is it a problem if it can't be."""
        self._is_wanted = True
        self._report()

    def release(self, number: int) -> None:
        """Forget a sound. With the last one the helper goes."""
        if self._sounds.pop(number, None) is not None and not self._sounds:
            self._watchdog.cancel()
            self._drop_helper(wait=True)
            self._is_wanted = False
            self._pause_ms = AGAIN_MS
            self._set_problem(there=False)

    # The helper

    def _start(self) -> None:
        if not self._can_start():
            self._set_problem(there=True)
            self._watchdog.arm(LOOK_MS)
            return
        helper = HelperProcess(self._command(self._silence), self)
        self._helper = helper
        helper.answered.connect(self._on_answer)
        helper.failed.connect(self._on_failed)
        helper.start()
        if self._helper is not helper:  # it has failed already
            return
        for sound in self._sounds.values():
            sound.load()
        self._watchdog.arm(STUCK_MS if self._has_problem else HELLO_MS)

    def _on_answer(self, message: Mapping[str, Any]) -> None:
        event = message["event"]
        if event == "no_device":
            _log.info("no sound device: %s", message.get("reason"))
            self._set_problem(there=True)
            self._pause()  # a library that has given up would not see a device that comes
        elif event == "broken":
            sound = self._sounds.get(message.get("id", 0))
            _log.info("a sound can't be played: %s", "gone" if sound is None else sound.path)
        elif event in {"device", "beat"}:
            self._is_sounding = True
            self._set_problem(there=False)
            self._watchdog.arm(BEAT_MS)
            if event == "beat":
                self._pause_ms = AGAIN_MS

    def _on_failed(self, reason: str) -> None:
        _log.info("the sound helper failed: %s", reason)
        if not self._is_sounding:
            self._set_problem(there=True)
        self._drop_helper()
        self._pause()

    def _pause(self) -> None:
        self._watchdog.arm(self._pause_ms)
        self._pause_ms = min(2 * self._pause_ms, LONGEST_PAUSE_MS)

    def _on_timeout(self) -> None:
        if self._helper is None:
            self._start()
            return
        if not self._has_problem:
            _log.info("the sound system doesn't answer")
        waits = not self._is_sounding and not self._has_problem
        self._set_problem(there=True)
        if waits:
            self._watchdog.arm(STUCK_MS)
        else:
            self._drop_helper()
            self._start()

    def _drop_helper(self, *, wait: bool = False) -> None:
        helper, self._helper = self._helper, None
        self._is_sounding = False
        if helper is not None and wait:
            helper.close()
        elif helper is not None:
            helper.kill()

    # The problem

    def _set_problem(self, *, there: bool) -> None:
        self._has_problem = there
        self._report()

    def _report(self) -> None:
        if self._has_problem and self._is_wanted and not self._is_reported:
            self._is_reported = True
            self.problem_begun.emit(_(NO_SOUND))
        elif not self._has_problem and self._is_reported:
            self._is_reported = False
            self.problem_over.emit(_(NO_SOUND))
