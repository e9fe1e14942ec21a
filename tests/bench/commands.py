"""The commands that need no window, beside a Python that does nothing."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Final

from stretchplayer.storage.assets import asset_dir
from tests.bench.row import Row
from tests.e2e.desktop import ROOT
from tests.e2e.player import COMMAND

RUNS: Final = 15
NOTHING: Final = "python -c pass"
BUDGET_MS: Final = 150
"""Above what that takes."""
NOT_RUNNING: Final = frozenset({"status", "pause"})
"""They leave with an exit code that says that no program runs."""
COMMANDS: Final[dict[str, list[str]]] = {
    NOTHING: [sys.executable, "-c", "pass"],
    "--version": [*COMMAND, "--version"],
    "routines": [*COMMAND, "routines"],
    "plan": [*COMMAND, "plan"],
    "plan --json": [*COMMAND, "plan", "--json"],
    "status": [*COMMAND, "status"],
    "pause": [*COMMAND, "pause"],
    "check": [*COMMAND, "check", str(asset_dir("routines") / "hamstring-trio.toml")],
}


def measure() -> Iterator[Row]:
    """Take the median of RUNS of each, in turns."""
    took: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with TemporaryDirectory(prefix="bench-") as folder:
        env = {**os.environ, "STRETCHPLAYER_DATA_DIR": folder}
        for _ in range(RUNS + 1):
            for name, command in COMMANDS.items():
                started = time.perf_counter()
                subprocess.run(
                    command, cwd=ROOT, env=env, check=name not in NOT_RUNNING, capture_output=True, text=True
                )
                took[name].append((time.perf_counter() - started) * 1000)
    # The first of each reads from the disk what is in memory from then on.
    medians = {name: statistics.median(times[1:]) for name, times in took.items()}
    budget = medians[NOTHING] + BUDGET_MS
    for name, median in medians.items():
        yield Row(name=name, value=median, unit="ms", budget=None if name == NOTHING else budget)
