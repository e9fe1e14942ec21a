"""What the program costs while it waits in the tray, beside other programs that remind of breaks, in the same run."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psutil

from tests.bench.row import Row
from tests.e2e.player import COMMAND
from tests.e2e.waiting import pause
from tests.e2e.x11 import X11Desktop

SETTLED_S: Final = 30.0
WATCHED_S: Final = 600.0
"""As long as the budgets say; STRETCHPLAYER_BENCH_S makes it shorter."""
OURS: Final = "in the tray"
PEERS: Final = ("Workrave", "Safe Eyes")
COMMANDS: Final = {
    "bare window": [sys.executable, "-m", "tests.bench.bare_window"],
    OURS: [*COMMAND, "--background"],
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
        self.memory_mib = 0.0

    def begin(self) -> None:
        """Count from now on."""
        self.wakes, self.cpu_s = -self._wakes_so_far(), -self._cpu_s_so_far()

    def end(self) -> None:
        """Count no further."""
        self.wakes += self._wakes_so_far()
        self.cpu_s += self._cpu_s_so_far()
        self.memory_mib = sum(each.memory_full_info().pss for each in self._tree()) / 2**20

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
    with TemporaryDirectory(prefix="bench-") as folder, ExitStack() as desktops:
        watched: dict[str, Waiting] = {}
        for name, command in COMMANDS.items():
            if shutil.which(command[0]) is not None:
                desktop = desktops.enter_context(X11Desktop())
                desktop.env["STRETCHPLAYER_DATA_DIR"] = folder
                desktop.start(["tint2"])
                watched[name] = Waiting(desktop.start(command).pid)
        pause(SETTLED_S)
        for each in watched.values():
            each.begin()
        pause(watched_s)
        for each in watched.values():
            each.end()
    smallest = min((watched[name].memory_mib for name in PEERS if name in watched), default=None)
    for name in COMMANDS:
        if name in watched:
            budgets = (BUDGET_WAKES, BUDGET_CPU_PERCENT, smallest) if name == OURS else (None, None, None)
            yield from _rows(name, watched[name], watched_s, budgets)
        else:
            yield Row(name=f"{name}, memory (PSS)", value=None, unit="MiB", is_missing=True)


def _rows(
    name: str, found: Waiting, watched_s: float, budgets: tuple[float | None, float | None, float | None]
) -> Iterator[Row]:
    wakes, cpu, memory = budgets
    note = f"over {watched_s:.0f} s"
    yield Row(name=f"{name}, wake-ups", value=found.wakes / watched_s, unit="/s", budget=wakes, note=note)
    yield Row(name=f"{name}, of one core", value=100 * found.cpu_s / watched_s, unit="%", budget=cpu, note=note)
    yield Row(name=f"{name}, memory (PSS)", value=found.memory_mib, unit="MiB", budget=memory)
