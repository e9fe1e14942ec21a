"""A history of 100,000 sessions: writing a phase, everything the Progress page asks, and export and import."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from stretchplayer.progress.history import (
    HoldRecord,
    SessionOutcome,
    SessionRecord,
    ended,
    new_session_id,
    with_progress,
)
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.storage.history.database import FILE_NAME, open_database, statements, transaction
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.rows import put_session
from stretchplayer.storage.history.writer import HistoryWriter
from stretchplayer.storage.plan_snapshot import plan_as_text
from tests.bench import first_page
from tests.bench.row import Row, percentile
from tests.e2e.desktop import ROOT
from tests.routine.shipped import hamstring_trio

SESSIONS: Final = int(os.environ.get("BENCH_SESSIONS", "100000"))
DAYS: Final = SESSIONS // 2
"""Twice a day."""
MOVED: Final = 12_000
"""Sessions of an export and import: sixteen years, about as many as one JSON file may have."""
PHASES: Final = 2_000
PHASES_OF_SESSION: Final = 40
PHASE_BYTES: Final = 20_000
"""What a phase writes into SQLite's log: four or five of its pages."""
LOG_PHASES: Final = 200
"""After so many phases SQLite writes its log from the beginning again."""
LAST: Final = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
FIRST: Final = LAST - timedelta(days=DAYS)
KIB_PER_MIB: Final = 1024

# Moments and pain that differ from session to session; of every seventh the last hold is cut short.
_GENERATE: Final = """
CREATE TEMP TABLE begun AS
    WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :sessions)
    SELECT n, :first + n * 43200 AS at, n + 1 AS id FROM number;
INSERT INTO session
    (id, plan, routine, title, started_at, seen_at, ended_at, slot, outcome, rate, phase, done, complete,
    left_ms, right_ms, both_ms)
SELECT begun.id, plan, routine, title,
    strftime('%Y-%m-%dT%H:%M:%S.000+00:00', at, 'unixepoch'),
    strftime('%Y-%m-%dT%H:%M:%S.000+00:00', at + 400, 'unixepoch'),
    strftime('%Y-%m-%dT%H:%M:%S.000+00:00', at + 400, 'unixepoch'),
    strftime('%Y-%m-%dT', at, 'unixepoch') || iif(n % 2, '20:00', '08:00'),
    iif(n % 7, 'finished', 'stopped'), 1.0, 40, n % 7 > 0, n % 7 > 0, 90000, iif(n % 7, 90000, 72000), 0
FROM begun CROSS JOIN session WHERE session.id = :model;
INSERT INTO hold
    SELECT begun.id, phase, stretch, title, side, planned_ms,
        iif(n % 7 = 0 AND phase = (SELECT max(phase) FROM hold WHERE session = :model), 12000, planned_ms), limb
    FROM begun CROSS JOIN hold WHERE session = :model;
INSERT INTO answer SELECT id, ended_at, id / 3 % 11, id / 5 % 11, '', 0, 0, 0 FROM session WHERE id <> :model;
INSERT OR IGNORE INTO measure SELECT day, 20.0 FROM session WHERE strftime('%w', day) IN ('1', '4');
DELETE FROM session WHERE id = :model;
"""
_COMMAND: Final = r"""
import re, sys
from pathlib import Path
from stretchplayer.cli import main
assert main(sys.argv[1:]) == 0
# What the system says of the memory of this program alone: its rusage begins with that of the program that started it.
print(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[0])
"""


def a_record(at: datetime) -> SessionRecord:
    """A session of the shipped routine that has just begun."""
    timeline = build_timeline(hamstring_trio())
    holds = tuple(
        HoldRecord(
            index=hold.index, stretch=hold.exercise, title=hold.exercise, side=hold.side,
            planned_ms=hold.duration_ms, held_ms=0,
        )
        for hold in timeline.holds()
    )  # fmt: skip
    return SessionRecord(
        id=new_session_id(at, 0), routine=timeline.routine.id, title=timeline.routine.title,
        plan=plan_as_text(timeline), started_at=at, seen_at=at, holds=holds,
    )  # fmt: skip


def generate(folder: Path, sessions: int = SESSIONS) -> None:
    """Make a history of so many sessions."""
    with closing(open_database(folder / FILE_NAME, now=lambda: LAST)) as db:
        db.execute("PRAGMA synchronous = OFF")
        model = a_record(FIRST - timedelta(days=1))
        values = {"sessions": sessions, "first": int(FIRST.timestamp()), "model": model.id}
        with transaction(db):
            put_session(db, model)
            for statement in statements(_GENERATE):
                db.execute(statement, values)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def timed(work: Callable[[], object]) -> float:
    """How many ms it takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def measure() -> Iterator[Row]:
    """Generate, write, ask, export and import."""
    with TemporaryDirectory(prefix="bench-history-") as name:
        folder = Path(name, "large")
        took = timed(lambda: generate(folder))
        size = (folder / FILE_NAME).stat().st_size / 1_000_000
        yield Row(name=f"generate {SESSIONS} sessions", value=took / 1000, unit="s", note=f"{size:.0f} MB")
        yield from _asking(folder)
        yield first_page.row(folder, LAST)
        yield from _writing(folder)
        yield from _opening(folder)
        moved = Path(name, "moved")
        generate(moved, MOVED)
        for ending in ("json", "zip"):
            yield from _exchanging(moved, Path(name, f"all.{ending}"))


def _asking(folder: Path) -> Iterator[Row]:
    last, half, year = LAST.date(), LAST.date() - timedelta(days=183), LAST.date() - timedelta(days=365)
    reader = HistoryFileReader(folder)
    questions: dict[str, Callable[[], object]] = {
        "total": reader.total,
        "days of half a year": lambda: reader.day_totals(half, last),
        "days of ten years": lambda: reader.day_totals(last - timedelta(days=3653), last),
        "slots done in half a year": lambda: reader.slots_done(half, last),
        "pain of a year": lambda: reader.pain(year, last),
        "reach, ever": lambda: reader.measures(date.min, date.max),
        "newest sessions": lambda: reader.sessions(date.min, date.max, newest=20),
        "newest answers": lambda: reader.answers(date.min, date.max, newest=20),
    }
    took = {name: timed(question) for name, question in questions.items()}
    slowest = max(took, key=lambda name: took[name])
    note = f"slowest: {slowest}, {took[slowest]:.1f} ms"
    yield Row(name="all questions of the Progress page", value=sum(took.values()), unit="ms", budget=300, note=note)


def _writing(folder: Path) -> Iterator[Row]:
    """Add phases as the program does, and after each keep as much in a bare file: the disk is the same for both."""
    took: list[float] = []
    bare: list[float] = []
    store = HistoryWriter(folder, now=lambda: LAST)
    store.open()
    _kept(store)
    with closing(_BareFile(folder / "bare")) as file:
        for number in range(PHASES // PHASES_OF_SESSION):
            record = a_record(LAST + timedelta(hours=number))
            store.put(record)
            _kept(store)
            for place in range(PHASES_OF_SESSION):
                held_ms = {hold.index: min(hold.planned_ms, place * 750) for hold in record.holds}
                started_at = time.perf_counter()
                record = with_progress(record, at=record.started_at, phase=place, held_ms=held_ms)
                store.put(record)
                _kept(store)
                took.append((time.perf_counter() - started_at) * 1000)
                bare.append(timed(file.keep))
            store.put(ended(record, SessionOutcome.FINISHED, record.started_at))
    store.close()
    for percent in (50, 99):
        note = f"{PHASE_BYTES // 1000} KB, after each phase"
        yield Row(name=f"a bare write and fdatasync, p{percent}", value=percentile(bare, percent), unit="ms", note=note)
    note = f"from the command to being kept; worst {max(took):.1f}"
    for percent, budget in ((50, None), (99, 5.0)):
        yield Row(name=f"add a phase, p{percent}", value=percentile(took, percent), unit="ms", budget=budget, note=note)


def _kept(store: HistoryWriter) -> None:
    """Wait until what was asked for is kept."""
    done = threading.Event()
    store.then(done.set)
    done.wait()


class _BareFile:
    """A file that grows as SQLite's log does, and then is written over from its beginning."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=0)
        self._at = 0

    def keep(self) -> None:
        """Write as much as a phase does, and wait for the disk."""
        os.pwrite(self._file.fileno(), bytes(PHASE_BYTES), self._at)
        os.fdatasync(self._file.fileno())
        self._at = (self._at + PHASE_BYTES) % (LOG_PHASES * PHASE_BYTES)

    def close(self) -> None:
        """Close it."""
        self._file.close()


def _opening(folder: Path) -> Iterator[Row]:
    store = HistoryWriter(folder, now=lambda: LAST)
    record = a_record(LAST + timedelta(days=200))
    yield Row(name="begin a session, on the GUI's thread", value=timed(lambda: store.put(record)), unit="ms", budget=1)
    store.open()
    yield Row(name="open and check the file, write it, close", value=timed(store.close), unit="ms")


def _exchanging(folder: Path, to: Path) -> Iterator[Row]:
    for verb, data_dir in (("export", folder), ("import-data", to.with_name(f"new{to.suffix}"))):
        began = time.perf_counter()
        command = [sys.executable, "-c", _COMMAND, verb, str(to), "--data-dir", str(data_dir)]
        told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        size, seconds = to.stat().st_size / 1_000_000, time.perf_counter() - began
        peak = re.search(r"VmHWM:\s+(\d+) kB", told)
        note = f"{size:.0f} MB in {seconds:.0f} s"
        yield Row(
            name=f"{verb} {to.suffix}, peak memory", value=int(peak[1] if peak else 0) / KIB_PER_MIB, unit="MiB",
            note=note,
        )  # fmt: skip
