"""What the program costs while it waits in the tray, beside other programs that remind of breaks, in the same run."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psutil

from tests.bench.row import Row
from tests.e2e.waiting import pause
from tests.e2e.x11 import X11Desktop

SETTLED_S: Final = 30.0
WATCHED_S: Final = 600.0
"""As long as the budgets say; STRETCHPLAYER_BENCH_S makes it shorter."""
OURS: Final = "in the tray"
PEERS: Final = ("Workrave", "Safe Eyes")
COMMANDS: Final = {
    "bare window": [sys.executable, "-m", "tests.bench.bare_window"],
    OURS: [sys.executable, "-m", "stretchplayer", "--background"],
    "Workrave": ["workrave"],
    "Safe Eyes": ["safeeyes"],
}
BUDGET_WAKES: Final = 0.05
BUDGET_CPU_PERCENT: Final = 0.05
"""0.0 %, as it is printed."""


class Waiting:
    """A program and all that it has started: what they use between `begin` and `end`."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self.wakes = 0
        self.cpu_s = 0.0

    def begin(self) -> None:
        """Count from now on."""
        self.wakes, self.cpu_s = -self._wakes_so_far(), -self._cpu_s_so_far()

    def end(self) -> None:
        """Count no further."""
        self.wakes += self._wakes_so_far()
        self.cpu_s += self._cpu_s_so_far()

    def memory_mib(self) -> float:
        return sum(each.memory_full_info().pss for each in self._tree()) / 2**20

    def _tree(self) -> list[psutil.Process]:
        return [self._process, *self._process.children(recursive=True)]

    def _wakes_so_far(self) -> int:
        """How often their threads have slept and been woken."""
        return sum(
            int(line.split()[1])
            for process in self._tree()
            for task in Path(f"/proc/{process.pid}/task").iterdir()
            for line in (task / "status").read_text(encoding="ascii").splitlines()
            if line.startswith("voluntary_ctxt_switches")
        )

    def _cpu_s_so_far(self) -> float:
        """The time they have used, in s."""
        times = [process.cpu_times() for process in self._tree()]
        return sum(each.user + each.system for each in times)


def measure() -> Iterator[Row]:
    """Let each wait on a desktop of its own, which has a tray, and count."""
    watched_s = float(os.environ.get("STRETCHPLAYER_BENCH_S", WATCHED_S))
    there = {name: command for name, command in COMMANDS.items() if shutil.which(command[0]) is not None}
    with ExitStack() as waiting:
        watched = {name: waiting.enter_context(_waiting(command)) for name, command in there.items()}
        pause(SETTLED_S)
        for each in watched.values():
            each.begin()
        pause(watched_s)
        for each in watched.values():
            each.end()
        together = {name: each.memory_mib() for name, each in watched.items()}
    alone = {name: _memory_alone(command) for name, command in there.items()}
    smallest = min((alone[name] for name in PEERS if name in alone), default=None)
    note = f"over {watched_s:.0f} s"
    for name in COMMANDS:
        if name not in there:
            yield Row(name=f"{name}, memory (PSS)", value=None, unit="MiB", is_missing=True)
            continue
        wakes, cpu, memory = (BUDGET_WAKES, BUDGET_CPU_PERCENT, smallest) if name == OURS else (None, None, None)
        found, beside = watched[name], f"{together[name]:.1f} MiB beside the others"
        yield Row(name=f"{name}, wake-ups", value=found.wakes / watched_s, unit="/s", budget=wakes, note=note)
        yield Row(name=f"{name}, of one core", value=100 * found.cpu_s / watched_s, unit="%", budget=cpu, note=note)
        yield Row(name=f"{name}, memory (PSS)", value=alone[name], unit="MiB", budget=memory, note=beside)


@contextmanager
def _waiting(command: list[str]) -> Iterator[Waiting]:
    with TemporaryDirectory(prefix="bench-") as folder, X11Desktop() as desktop:
        desktop.env["STRETCHPLAYER_DATA_DIR"] = folder
        desktop.env["TZ"] = _zone_at_night()
        desktop.start(["tint2"])
        yield Waiting(desktop.start(command).pid)


def _zone_at_night() -> str:
    """A time zone in which it is three in the morning, so that no reminder is due."""
    return f"NIGHT-{(3 - datetime.now(UTC).hour) % 24}"


def _memory_alone(command: list[str]) -> float:
    """In MiB, with none of the others there: what two of them share would be counted half in each."""
    with _waiting(command) as found:
        pause(SETTLED_S)
        return found.memory_mib()
