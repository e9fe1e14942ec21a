"""How soon a key is answered while something is said, with speech services and sound servers that come, go and hang."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from Xlib import XK, X
from Xlib.display import Display

from stretchplayer.settings import Settings, SpeechMode, SpeechSettings
from stretchplayer.storage.settings import SettingsFile
from tests.bench.row import Row, largest, median
from tests.e2e.desktop import end
from tests.e2e.player import NS_PER_MS, Player
from tests.e2e.sound import RATE, Recording
from tests.e2e.sound_stage import SoundStage
from tests.e2e.waiting import pause, wait_until
from tests.e2e.x11 import X11Desktop

BUDGET_MS: Final = 50.0
PRESSES: Final = 12
CHANGE_AT, CHANGE_BACK_AT = 4, 8
"""Before these presses, counted from 0, the service or the server changes."""
SPEAKING_S: Final = 1.0
"""So long after a key was answered the words that tell of it are being said, their tone having ended."""
SHIPPED: Final = "hamstring-trio"
LOUD: Final = 300
JUST_BEFORE: Final = RATE // 4
"""Samples in which words can be told from a pause between two."""


class Room(SoundStage):
    """A desktop whose sound server and speech service can be started and ended."""

    def __init__(self, *, has_sound: bool = True) -> None:
        super().__init__(has_sound=has_sound)
        self._service: subprocess.Popen[str] | None = None

    def start_speech(self) -> None:
        """Start the speech service."""
        self._service = start_speech_service(self)

    def tell_speech(self, number: signal.Signals) -> None:
        """Send the speech service and its modules a signal."""
        assert self._service is not None
        os.killpg(self._service.pid, number)


def start_speech_service(desktop: X11Desktop) -> "subprocess.Popen[str]":
    """Start the speech service on a desktop, which ends it; a signal to its group reaches its modules too."""
    listens_at = Path(desktop.env["XDG_RUNTIME_DIR"]) / "speech-dispatcher" / "speechd.sock"
    listens_at.unlink(missing_ok=True)
    listens_at.parent.mkdir(mode=0o700, exist_ok=True)
    # Without the timeout of 0 it ends when nobody has come within 5 s.
    options = [
        "--run-single",
        "--timeout",
        "0",
        "--communication-method",
        "unix_socket",
        "--socket-path",
        str(listens_at),
    ]
    service = desktop.start(["speech-dispatcher", *options])
    wait_until(lambda: _has_modules(listens_at), "the speech service")
    return service


def _has_modules(listens_at: Path) -> bool:
    """Whether the speech service takes requests, and has loaded what speaks."""
    with socket.socket(socket.AF_UNIX) as service, suppress(OSError):
        service.connect(str(listens_at))
        service.sendall(b"LIST OUTPUT_MODULES\r\nQUIT\r\n")
        return b"250-" in b"".join(iter(lambda: service.recv(4096), b""))
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is there at first, and what is done to it before which press."""

    name: str
    mode: SpeechMode
    has_sound: bool = True
    has_speech: bool = False
    changes: Mapping[int, Callable[[Room], None]] = field(default_factory=dict)


CASES: Final = (
    Case(name="clips", mode=SpeechMode.AUTOMATIC),
    Case(name="system's voice", mode=SpeechMode.SYSTEM, has_speech=True),
    Case(
        name="speech service stopped",
        mode=SpeechMode.SYSTEM,
        has_speech=True,
        changes={CHANGE_AT: lambda room: room.tell_speech(signal.SIGSTOP)},
    ),
    Case(
        name="speech service killed",
        mode=SpeechMode.SYSTEM,
        has_speech=True,
        changes={CHANGE_AT: lambda room: room.tell_speech(signal.SIGKILL)},
    ),
    Case(name="speech service absent", mode=SpeechMode.SYSTEM),
    Case(name="sound server late", mode=SpeechMode.AUTOMATIC, has_sound=False, changes={CHANGE_AT: Room.start_sound}),
    Case(
        name="sound server restarted",
        mode=SpeechMode.AUTOMATIC,
        changes={CHANGE_AT: Room.end_sound, CHANGE_BACK_AT: Room.start_sound},
    ),
    Case(name="sound server absent", mode=SpeechMode.AUTOMATIC, has_sound=False),
)


def measure() -> Iterator[Row]:
    """Play the beginning of the shipped routine in every case, pausing and going on by a key all the time."""
    for case in CASES:
        with TemporaryDirectory(prefix="bench-") as folder, Room(has_sound=case.has_sound) as room:
            data_dir = Path(folder) / "stretchplayer-data"
            SettingsFile(data_dir).save(Settings(speech=SpeechSettings(mode=case.mode)))
            room.env["STRETCHPLAYER_DATA_DIR"] = str(data_dir)
            if case.has_speech:
                room.start_speech()
            if case.has_sound and not case.changes:
                with room.record() as heard:
                    times, note = _answers(room, case, heard)
            else:
                times, note = _answers(room, case, None)
            if case.has_speech:
                room.tell_speech(signal.SIGKILL)
        yield Row(name=f"key, {case.name}, median", value=median(times), unit="ms")
        yield Row(name=f"key, {case.name}, max", value=largest(times), unit="ms", budget=BUDGET_MS, note=note)


def _answers(room: Room, case: Case, heard: Recording | None) -> tuple[list[float], str]:
    """How long each press took to be answered, in ms, and how many came amid sound."""
    player = Player(room, SHIPPED)
    player.window()
    player.wait(lambda: player.trace.of("cue"), "the first cue")
    display = Display(room.env["DISPLAY"])
    times, amid = [], 0
    try:
        for number in range(PRESSES):
            if number in case.changes:
                case.changes[number](room)
            pause(SPEAKING_S)
            amid += heard is not None and max(heard.since(heard.length - JUST_BEFORE)) > LOUD
            times.append(_answer_ms(player, display))
    finally:
        display.close()
        end(player.process)
    return times, f"{PRESSES} presses" + ("" if heard is None else f", {amid} amid sound")


def _answer_ms(player: Player, display: Display) -> float:
    """Press the space bar; how long it took until the session was in another state, in ms."""
    code = display.keysym_to_keycode(XK.string_to_keysym("space"))
    before = len(player.trace.states)
    pressed_ns = time.monotonic_ns()
    display.xtest_fake_input(X.KeyPress, code)
    display.xtest_fake_input(X.KeyRelease, code)
    display.sync()
    player.wait(lambda: len(player.trace.states) > before, "the key to be answered")
    return (player.trace.of("state")[before].mono_ns - pressed_ns) / NS_PER_MS
