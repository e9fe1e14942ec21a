"""A virtual desktop: screen, window manager, session bus, sound and a home of its own."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from tests.conftest import folders_below
from tests.e2e.sound import Recording, recording, sound_server
from tests.e2e.waiting import wait_until

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

ROOT: Final = Path(__file__).parent.parent.parent
END_S: Final = 5.0
"""How long a program may take to end when asked to, before it is killed."""
LOOKS_ALIKE: Final = 6
SPEAKERS: Final = "speakers"
_NOT_PASSED_ON: Final = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "QT_",
    "XDG_",
    "PULSE_",
    "DBUS_",
    "SDL_",
    "COVERAGE_",
    "SWAYSOCK",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A window as the window manager knows it; position and size in px of the screen, without the frame."""

    title: str
    pid: int
    x: int
    y: int
    width: int
    height: int
    fullscreen: bool
    focused: bool

    @property
    def middle(self) -> tuple[int, int]:
        """Where to click."""
        return self.x + self.width // 2, self.y + self.height // 2


class MissingProgramError(Exception):
    """What a virtual desktop is made of isn't installed; the text says what to do."""


def zone_of_three_in_the_afternoon() -> str:
    """A zone, as the C library takes it from TZ, in which it is past 15:00 now: far from the times of reminders.

    A reminder that comes because the tests run at eight in the evening is one more window and one more sound.
    """
    behind_h = (time.gmtime().tm_hour - 15 + 12) % 24 - 12
    return f"TEST{behind_h:+d}"


def end(process: "subprocess.Popen[str]") -> None:
    """Ask a program and what it started to end, and kill what is left after END_S."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(END_S)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            pass
        process.wait()
        return


class Desktop(ABC):
    """What X11 and Wayland have in common. Use it in a `with` statement: it is up inside, and gone after it."""

    needs: tuple[str, ...] = ("dbus-daemon", "pactl", "parec", "paplay")

    def __init__(self, width: int = 1920, height: int = 1080) -> None:
        self.width = width
        self.height = height
        self.env: dict[str, str] = {}
        self.allowed_noise: list[str] = []
        """Patterns of lines that a program may write to standard error in this test."""
        self.folder = Path()
        self._ending = ExitStack()
        self._programs: list[subprocess.Popen[str]] = []
        self._logs: dict[int, Path] = {}

    def __enter__(self) -> Self:
        """Put it up; MissingProgramError when something isn't installed."""
        servers = [command[0] for command in sound_server()]
        missing = [name for name in (*self.needs, *servers) if shutil.which(name) is None]
        if missing:
            msg = f"{', '.join(missing)}: not installed; packaging/linux/apt-test.txt lists what the tests need."
            raise MissingProgramError(msg)
        try:
            self._put_up()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take it down."""
        self.close()

    def close(self) -> None:
        """End every program in reverse order and remove the folder."""
        self.end_programs()
        self._ending.close()

    # Programs

    def run(self, *args: str, env: Mapping[str, str] | None = None) -> "subprocess.Popen[str]":
        """Start Stretch Player with these arguments."""
        return self.start([sys.executable, "-m", "stretchplayer", *args], env=env)

    def start(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> "subprocess.Popen[str]":
        """Start a program on this desktop, with more variables if given; `end_programs` ends it."""
        process = self._spawn(command, {**self.env, **(env or {})})
        self._programs.append(process)
        return process

    def output(self, process: "subprocess.Popen[str]") -> str:
        """What a program has written to standard output so far."""
        return self._logs[process.pid].with_suffix(".out").read_text(encoding="utf-8")

    def errors(self, process: "subprocess.Popen[str]") -> str:
        """What a program has written to standard error so far."""
        return self._logs[process.pid].with_suffix(".err").read_text(encoding="utf-8")

    def end_programs(self) -> list[str]:
        """End what the test started; the lines they wrote to standard error are returned."""
        lines: list[str] = []
        while self._programs:
            process = self._programs.pop()
            end(process)
            lines += self.errors(process).splitlines()
        return lines

    def _spawn(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        pass_fds: Sequence[int] = (),
        user: str | None = None,
    ) -> "subprocess.Popen[str]":
        log = self.folder / f"{len(self._logs)}-{Path(command[0]).name}"
        # Another user's program must not have root's groups.
        group = pwd.getpwnam(user).pw_gid if user else None
        with log.with_suffix(".out").open("w") as out, log.with_suffix(".err").open("w") as err:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=dict(env),
                pass_fds=pass_fds,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                text=True,
                user=user,
                group=group,
                extra_groups=[] if user else None,
            )
        self._logs[process.pid] = log
        return process

    # What a person does and perceives

    @abstractmethod
    def key(self, *keys: str) -> None:
        """Press keys one after another, by the names of X11: "space", "Escape", "f", "F11", "Prior", "ctrl+q"."""

    @abstractmethod
    def move(self, x: int, y: int) -> None:
        """Move the pointer, in px of the screen."""

    @abstractmethod
    def click(self, x: int, y: int, times: int = 1) -> None:
        """Click with the left button, twice for a double-click."""

    @abstractmethod
    def windows(self) -> list[Window]:
        """The windows there are, in the order in which they came."""

    @abstractmethod
    def picture(self) -> "QImage":
        """The whole screen."""

    def wait_for_window(self, title: str, condition: Callable[[Window], bool] = lambda _: True) -> Window:
        """Wait for a window whose title contains `title` and that fulfils the condition, to be where it stays.

        While a window appears or changes, its manager moves it about, so it has to look the same LOOKS_ALIKE times.
        """
        looks: list[Window] = []

        def look() -> Window | None:
            found = next((window for window in self.windows() if title in window.title and condition(window)), None)
            if found is None or looks[-1:] != [found]:
                looks.clear()
            if found is not None:
                looks.append(found)
            return found if len(looks) >= LOOKS_ALIKE else None

        try:
            return wait_until(look, f"a window {title!r}")
        except AssertionError as error:
            error.add_note(f"the windows are {self.windows()}")
            raise

    def record(self) -> AbstractContextManager[Recording]:
        """Record what the speakers play while the `with` block runs."""
        return recording(f"{SPEAKERS}.monitor", self.env)

    # Putting it up

    def _put_up(self) -> None:
        # Not in pytest's folders: sockets have short names, and the compositor may run as another user.
        self.folder = Path(tempfile.mkdtemp(prefix="desktop-"))
        self._ending.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.folder.chmod(0o711)
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_PASSED_ON)}
        self.env |= folders_below(self.folder / "home")
        # Who asks for the system's voice would otherwise start a service that outlives this desktop.
        self.env["SPEECHD_CMD"] = "no-such-program"
        self.env["TZ"] = zone_of_three_in_the_afternoon()
        self._put_up_bus()
        self._put_up_screen()
        self._put_up_sound()

    @abstractmethod
    def _put_up_screen(self) -> None:
        """Start the screen and what manages windows, and complete `env`."""

    def _put_up_bus(self) -> None:
        address = f"unix:path={self.folder / 'bus'}"
        self._serve(["dbus-daemon", "--session", "--nofork", f"--address={address}"])
        wait_until((self.folder / "bus").is_socket, "the session bus")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address
        # What happens to the machine the tests run on is none of their business.
        self.env["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={self.folder / 'no-system-bus'}"

    def _put_up_sound(self) -> None:
        for command in sound_server():
            self._serve(command)
        info = ["pactl", "info"]
        wait_until(
            lambda: subprocess.run(info, env=self.env, capture_output=True, check=False).returncode == 0,
            "the sound server",
        )
        self.tool("pactl", "load-module", "module-null-sink", f"sink_name={SPEAKERS}")
        wait_until(lambda: SPEAKERS in self.tool("pactl", "get-default-sink"), "the speakers")

    def _serve(
        self,
        command: Sequence[str],
        env: Mapping[str, str] | None = None,
        *,
        pass_fds: Sequence[int] = (),
        user: str | None = None,
    ) -> "subprocess.Popen[str]":
        """Start what belongs to the desktop and ends with it."""
        process = self._spawn(command, env or self.env, pass_fds=pass_fds, user=user)
        self._ending.callback(end, process)
        return process

    def tool(self, *command: str) -> str:
        """Run a tool to its end; its output is returned. CalledProcessError when it fails."""
        return subprocess.run(command, env=self.env, check=True, capture_output=True, text=True).stdout
