"""Playing fullscreen at 1920×1080, painted without a graphics card: time per frame, and use of the processor."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psutil

from tests.bench.row import Row, largest, percentile
from tests.e2e.player import Trace
from tests.e2e.waiting import wait_until
from tests.e2e.x11 import X11Desktop

FIRST_MOVE, SECOND_MOVE, FIRST_HOLD, FIRST_RELEASE = 1, 2, 3, 4
"""Phases of the shipped routine."""
AVERAGE_OVER_S: Final = 60.0
STARTED_S: Final = 8.0
"""After this the program has started."""
LONGEST_S: Final = 60.0
P99_BUDGET_MS, BUSY_BUDGET, HOLD_BUDGET = 8.0, 12.0, 8.0


def measure() -> Iterator[Row]:
    """Play the beginning of the shipped routine, in real time."""
    with TemporaryDirectory(prefix="bench-") as folder, X11Desktop() as desktop:
        frames_path, trace_path = Path(folder) / "frames.json", Path(folder) / "trace.jsonl"
        desktop.env["STRETCHPLAYER_DATA_DIR"] = str(Path(folder) / "data")
        command = [sys.executable, "-m", "tests.bench.timed_program", str(frames_path), "start"]
        process = desktop.start([*command, "--fullscreen", "--trace", str(trace_path)])
        desktop.move(desktop.width - 1, desktop.height // 2)
        program = psutil.Process(process.pid)

        def wait_for_phase(index: int) -> "_Mark":
            wait_until(lambda: Trace.read(trace_path).phase == index, f"phase {index}", LONGEST_S)
            return _Mark(program)

        wait_for_phase(0)
        begin_s = time.monotonic()
        wait_until(lambda: time.monotonic() - begin_s > STARTED_S, "the program to have started", LONGEST_S)
        start = _Mark(program)
        move = wait_for_phase(FIRST_MOVE).percent_until(wait_for_phase(SECOND_MOVE))
        hold = wait_for_phase(FIRST_HOLD).percent_until(wait_for_phase(FIRST_RELEASE))
        wait_until(lambda: time.monotonic() - start.at_s > AVERAGE_OVER_S, "a minute of playing", LONGEST_S)
        average = start.percent_until(_Mark(program))
        process.terminate()
        process.wait()
        frames = json.loads(frames_path.read_text(encoding="utf-8"))
    times = [took_ms for began_ns, took_ms in frames if began_ns > start.at_s * 1e9]
    per_s = f"{len(times) / AVERAGE_OVER_S:.0f} frames/s"
    yield Row(name="fullscreen frame, p50", value=percentile(times, 50), unit="ms", note=per_s)
    yield Row(name="fullscreen frame, p99", value=percentile(times, 99), unit="ms", budget=P99_BUDGET_MS)
    yield Row(name="fullscreen frame, longest", value=largest(times), unit="ms")
    yield Row(name="playing fullscreen, a move", value=move, unit="% of core", note="has its part in the 60 s")
    yield Row(name="playing fullscreen, a hold", value=hold, unit="% of core", budget=HOLD_BUDGET)
    yield Row(name="playing fullscreen, 60 s", value=average, unit="% of core", budget=BUSY_BUDGET)


class _Mark:
    """How much processor time a program and its helper processes, which play and speak, have used by now."""

    def __init__(self, program: psutil.Process) -> None:
        self.at_s = time.monotonic()
        times = [process.cpu_times() for process in (program, *program.children(recursive=True))]
        self.used_s: float = sum(each.user + each.system for each in times)
        self.used_s += times[0].children_user + times[0].children_system  # those that have ended

    def percent_until(self, later: "_Mark") -> float:
        """What share of one core they used until then."""
        return (later.used_s - self.used_s) / (later.at_s - self.at_s) * 100
