"""Stretch Player in the background of a virtual desktop, at a time of day of the test's choosing."""

import signal
import subprocess
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QImage

from tests.e2e.desktop import ROOT, Desktop, Window
from tests.e2e.player import ACCENT, COMMAND, status_of
from tests.e2e.waiting import wait_until
from tests.patience import PATIENCE_S

REMINDER: Final = "Time to exercise — Stretch Player"
NOTE: Final = "Stretch Player is still running — Stretch Player"
ZONE: Final = "Europe/Berlin"
NOISE: Final = r"Failed to register with host portal|has a modification time in the future"


class Clock:
    """The wall clock of the programs that are started with `env`. Timers and the like go on as they are."""

    def __init__(self, folder: Path) -> None:
        libraries = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        assert libraries, "faketime: not installed; packaging/linux/apt-test.txt lists what the tests need."
        self._file = folder / "clock"
        self.env: Final = {
            "LD_PRELOAD": str(libraries[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            # With its fix for other programs, two threads of Python's fight for the interpreter without end.
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
            "TZ": ZONE,
        }

    def set(self, text: str) -> None:
        """Put the clock to this local time, "2026-03-28 19:59:57"; a program notices within a second or two."""
        self._file.write_text(f"@{text}\n", encoding="utf-8")


class Resident:
    """The program, started out of sight."""

    def __init__(self, desktop: Desktop, clock: Clock, *args: str) -> None:
        self._desktop = desktop
        self._clock = clock
        self._args = args or ("--background",)
        desktop.allowed_noise.append(NOISE)
        self.start()

    def start(self) -> None:
        """Start it, and wait until it can be asked."""
        self.process = self._desktop.run(*self._args, env=self._clock.env)
        wait_until(lambda: status_of(self._desktop), "the program")

    def kill(self) -> None:
        """End it without a farewell."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def ask(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command that speaks to it."""
        env = {**self._desktop.env, **self._clock.env}
        return subprocess.run(
            [*COMMAND, *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )

    @property
    def status(self) -> dict[str, Any]:
        """What it says of itself."""
        status = status_of(self._desktop)
        assert status is not None, "it does not run"
        return status

    def slots(self) -> dict[str, str]:
        """The state of each slot, by its date and time."""
        return {f"{slot['date']} {slot['time']}": slot["state"] for slot in self.status["slots"]}

    def wait_for_slot(self, slot: str, state: str) -> None:
        """Wait until this slot is in this state."""
        wait_until(lambda: self.slots().get(slot) == state, f"{slot} to be {state}")

    # What is seen of it

    def reminder(self) -> Window:
        """Wait for the reminder; the person is there, and moves on until the program has seen it."""

        def is_shown() -> bool:
            self.be_here()
            return self._is_shown(REMINDER)

        wait_until(is_shown, "the reminder")
        return self._desktop.wait_for_window(REMINDER)

    def no_reminder(self) -> None:
        """Wait until no reminder is there, and leave its place: one that comes up under the pointer takes no clicks."""
        wait_until(lambda: not self._is_shown(REMINDER), "the reminder to go")
        self.be_here()

    def _is_shown(self, title: str) -> bool:
        return any(window.title == title for window in self._desktop.windows())

    def be_here(self) -> None:
        """Move the pointer, as a person does who is in front of the screen."""
        self._desktop.move(300, 300)
        self._desktop.move(320, 310)


def accent_in(picture: QImage, x: int, y: int, width: int, height: int) -> tuple[int, int] | None:
    """A place in that part of the picture that has the accent colour."""
    places = ((column, row) for row in range(y, y + height) for column in range(x, x + width))
    return next((place for place in places if picture.pixelColor(*place).name() == ACCENT), None)


def button(window: Window, across: float, up_px: int = 45) -> tuple[int, int]:
    """Where to click in the lowest row of buttons: `across` is 0 at the left edge of the window and 1 at the right."""
    return window.x + round(window.width * across), window.y + window.height - up_px
