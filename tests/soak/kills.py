"""Sessions that are killed at a random moment, two at a time on one history.

What is claimed: whatever a session's trace told before the kill is in the history. That is the phase it had come to,
and every hold before that in full; and the history is whole.
"""

import json
import random
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stretchplayer.storage.history.database import FILE_NAME
from tests.e2e.desktop import ROOT

BESIDE: Final = r"Stretch Player is already running: this session plays beside it, .*"
RATE: Final = 120
"""Session time per real time: a session takes a second."""
AT_ONCE: Final = 2
LONGEST_START_S: Final = 60
ROUTINE: Final = """\
format = 1
title = "To be killed"

[[stretches]]
title = "Legs"
position = "lying_on_back"
steps = [
    { kind = "move", text = "Raise your {leg}.", seconds = 4 },
    { kind = "hold", text = "Hold.", seconds = 9 },
    { kind = "release", text = "Down.", seconds = 3 },
    { kind = "hold", text = "Hold.", seconds = 6 },
]

[[stretches]]
title = "Back"
position = "on_all_fours"
sides = "none"
steps = [{ kind = "hold", text = "Hold.", seconds = 8 }]
"""


@dataclass(slots=True)
class Findings:
    """What a number of kills has shown. `wrong` has a sentence for everything that should not be."""

    kills: int = 0
    before_a_phase: int = 0
    in_the_middle: int = 0
    after_the_end: int = 0
    phases: int = 0
    holds: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.kills} kills ({self.before_a_phase} before the first phase, {self.in_the_middle} in the middle, "
            f"{self.after_the_end} after the end); {self.phases} phases and {self.holds} holds were reported as ended; "
            f"{len(self.wrong)} faults"
        )


def soak(folder: Path, kills: int, *, seed: int, tell: Callable[[str], object] = lambda _line: None) -> Findings:
    """Start and kill so many sessions; their files go into `folder`."""
    findings = Findings()
    chance = random.Random(seed)
    # Most are killed while the session plays, some while the program starts, some when all is over.
    moments = [chance.choice((-chance.uniform(0, 0.8), *[chance.uniform(0, 1.3)] * 9)) for _ in range(kills)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        works = [pool.submit(kill_one, folder, number, moment) for number, moment in enumerate(moments)]
        for number, work in enumerate(works):
            # Two play at once, so the second one says that it does.
            said = re.sub(BESIDE, "", work.result())
            if said.strip():
                findings.wrong.append(f"kill {number} said: {said.strip()}")
            look_at(folder, number, findings)
            if number % 50 == 49:
                findings.wrong += [*integrity(folder)]
                tell(str(findings))
    findings.wrong += [*integrity(folder)]
    return findings


def kill_one(folder: Path, number: int, moment_s: float) -> str:
    """Start a session and kill it that long after its first phase began (negative: after the program was started).

    The answer is what it wrote on standard error.
    """
    routine, trace = folder / f"kill-{number}.toml", trace_of(folder, number)
    routine.write_text(ROUTINE, encoding="utf-8")
    program = subprocess.Popen(
        [
            sys.executable, "-m", "stretchplayer", "start", str(routine), "--terminal", "--exit",
            "--rate", str(RATE), "--trace", str(trace), "--data-dir", str(folder / "data"),
        ],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    end = time.monotonic() + LONGEST_START_S
    while moment_s >= 0 and time.monotonic() < end and program.poll() is None:
        if trace.exists() and trace.stat().st_size:
            break
        time.sleep(0.002)
    time.sleep(abs(moment_s))
    program.kill()
    return program.communicate()[1]


def trace_of(folder: Path, number: int) -> Path:
    """The trace of that kill."""
    return folder / f"kill-{number}.jsonl"


def events(trace: Path) -> Iterator[dict[str, object]]:
    """What the trace told; a line that was cut off tells nothing."""
    if not trace.exists():
        return
    for line in trace.read_bytes().split(b"\n")[:-1]:
        yield json.loads(line)


def look_at(folder: Path, number: int, findings: Findings) -> None:
    """Compare what the trace of that kill told with what is remembered."""
    told = list(events(trace_of(folder, number)))
    started = [int(str(event["index"])) for event in told if event["event"] == "phase"]
    over = any(event["event"] == "session" for event in told)
    findings.kills += 1
    findings.before_a_phase += not started
    findings.in_the_middle += bool(started) and not over
    findings.after_the_end += over
    if not started:
        return
    reached = max(started)
    findings.phases += reached
    with closing(sqlite3.connect(folder / "data" / FILE_NAME)) as db:
        row = db.execute("SELECT id, phase, outcome FROM session WHERE routine = ?", (f"kill-{number}",)).fetchone()
        if row is None:
            findings.wrong.append(f"kill {number} is not remembered, though it came to phase {reached}")
            return
        session, phase, outcome = row
        before = db.execute(
            "SELECT phase, planned_ms, held_ms FROM hold WHERE session = ? AND phase < ?", (session, reached)
        ).fetchall()
    short = [hold for hold in before if hold[1] != hold[2]]
    findings.holds += len(before)
    if phase < reached:
        findings.wrong.append(f"kill {number} came to phase {reached}, but only {phase} is remembered")
    if short:
        findings.wrong.append(f"kill {number} came to phase {reached}, but these holds are not whole: {short}")
    if over and outcome != "finished":
        findings.wrong.append(f"kill {number} came to its end, but is remembered as {outcome}")


def integrity(folder: Path) -> Iterator[str]:
    """What is wrong with the history as a whole."""
    path = folder / "data" / FILE_NAME
    beside = {f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"}  # there while another session plays
    if aside := [found.name for found in path.parent.glob("history.*-*") if found.name not in beside]:
        yield f"files were set aside: {aside}"
    if not path.exists():
        return
    with closing(sqlite3.connect(path)) as db:
        if (found := db.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            yield f"the integrity check says: {found}"
        if found := db.execute("PRAGMA foreign_key_check").fetchall():
            yield f"the foreign key check says: {found}"
