"""What the program costs while it waits in the background, beside a bare window of Qt's in the same run."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench.row import Row
from tests.e2e.player import COMMAND
from tests.e2e.waiting import pause, wait_until
from tests.e2e.x11 import X11Desktop

SETTLED_S: Final = 15.0
WATCHED_S: Final = 600.0
"""As long as the budgets say; STRETCHPLAYER_BENCH_S makes it shorter."""
BARE: Final = [sys.executable, "-m", "tests.bench.bare_window"]
OURS: Final = [*COMMAND, "--background"]
BUDGET_WAKES: Final = 0.05
BUDGET_CPU_PERCENT: Final = 0.05
"""0.0 %, as it is printed."""
BUDGET_RATIO: Final = 1.15


def measure() -> Iterator[Row]:
    """Let both wait on a desktop with a tray, and count."""
    watched_s = float(os.environ.get("STRETCHPLAYER_BENCH_S", WATCHED_S))
    with TemporaryDirectory(prefix="bench-") as folder, X11Desktop() as desktop:
        desktop.env["STRETCHPLAYER_DATA_DIR"] = folder
        desktop.start(["tint2"])
        bare = desktop.start(BARE)
        wait_until(desktop.windows, "the bare window")
        ours = desktop.start(OURS)
        pause(SETTLED_S)
        wakes, cpu_s = _wakes(ours.pid), _cpu_s(ours.pid)
        pause(watched_s)
        wakes, cpu_s = _wakes(ours.pid) - wakes, _cpu_s(ours.pid) - cpu_s
        note = f"over {watched_s:.0f} s"
        yield Row(
            name="in the background, wake-ups", value=wakes / watched_s, unit="/s", budget=BUDGET_WAKES, note=note
        )
        share = 100 * cpu_s / watched_s
        yield Row(name="in the background, of one core", value=share, unit="%", budget=BUDGET_CPU_PERCENT, note=note)
        memory, bare_memory = _pss_mib(ours.pid), _pss_mib(bare.pid)
        yield Row(name="bare window, memory (PSS)", value=bare_memory, unit="MiB")
        yield Row(name="in the background, memory (PSS)", value=memory, unit="MiB")
        yield Row(name="the same, to bare", value=memory / bare_memory, unit="×", budget=BUDGET_RATIO)


def _wakes(pid: int) -> int:
    """How often its threads have slept and been woken."""
    return sum(
        int(line.split()[1])
        for task in Path(f"/proc/{pid}/task").iterdir()
        for line in (task / "status").read_text(encoding="ascii").splitlines()
        if line.startswith("voluntary_ctxt_switches")
    )


def _cpu_s(pid: int) -> float:
    """The time it has used, in s."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _pss_mib(pid: int) -> float:
    """Its share of the memory in use."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
