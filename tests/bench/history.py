"""A history of a million sessions: writing a phase, everything the Progress page asks, and the export."""

import os
import sqlite3
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

from stretchplayer.progress.history import HoldRecord, SessionNote, SessionOutcome, SessionRecord, new_session_id
from stretchplayer.routine.certain import certain
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.storage.history_database import FILE_NAME, check, open_database, statements, transaction
from stretchplayer.storage.history_reader import HistoryFileReader
from stretchplayer.storage.history_rows import put_session
from stretchplayer.storage.history_store import HistoryFile
from stretchplayer.storage.history_writer import TIDY_AFTER
from stretchplayer.storage.plan_snapshot import plan_as_text
from tests.bench import first_page
from tests.bench.row import Row, percentile
from tests.e2e.desktop import ROOT
from tests.routine.shipped import hamstring_trio

SESSIONS: Final = int(os.environ.get("BENCH_SESSIONS", "1000000"))
DAYS: Final = 365 * 30
PHASES: Final = 2_000
PHASES_OF_SESSION: Final = 40
PHASE_BYTES: Final = 20_000
"""What a phase writes into SQLite's log: four or five of its pages."""
LAST: Final = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
FIRST: Final = LAST - timedelta(days=DAYS)
KIB_PER_MIB: Final = 1024

# Ids, moments and pain that differ from session to session; of every seventh the last hold is cut short.
_GENERATE: Final = """
WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < :sessions),
    begun (n, at) AS (SELECT n, :first + n * :seconds / :sessions FROM number)
INSERT INTO session (id, plan, started_at, seen_at, ended_at, slot, outcome, rate, phase, short, left_ms, right_ms)
SELECT (at * 1000) << 10 | (n & 1023), :plan,
    strftime('%Y-%m-%dT%H:%M:%S.000+00:00', at, 'unixepoch'),
    strftime('%Y-%m-%dT%H:%M:%S.000+00:00', at + 400, 'unixepoch'),
    strftime('%Y-%m-%dT%H:%M:%S.000+00:00', at + 400, 'unixepoch'),
    strftime('%Y-%m-%dT', at, 'unixepoch') || iif(n % 2, '20:00', '08:00'),
    iif(n % 7, 'finished', 'stopped'), 1.0, 40, iif(n % 7, 0, 1), 90000, iif(n % 7, 90000, 72000)
FROM begun
"""
_AFTERWARDS: Final = """
INSERT INTO held
    SELECT session.id, hold.phase,
        iif(outcome = 'stopped' AND hold.phase = (SELECT max(phase) FROM plan_hold), 12000, planned_ms)
    FROM session CROSS JOIN plan_hold AS hold;
INSERT INTO answer SELECT id, day, ended_at, id / 1024 % 11, id / 2048 % 11, '', 0, 0, 0 FROM session;
INSERT INTO day_total
    SELECT day, count(*), sum(done), sum(complete), sum(left_ms), sum(right_ms), sum(both_ms) FROM session GROUP BY day;
INSERT INTO day_pain
    SELECT day, count(*), count(back), sum(back), count(leg), sum(leg), 0, 0, 0 FROM answer GROUP BY day;
INSERT INTO measure SELECT day, 20.0 FROM day_total WHERE strftime('%w', day) IN ('1', '4');
"""
_EXPORT: Final = r"""
import gc, re, sys
gc.disable()  # as the program does
from pathlib import Path
from stretchplayer.cli import main
assert main(sys.argv[1:]) == 0
# What the system says of the memory of this program alone: its rusage begins with that of the program that started it.
print(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1])
"""


def a_record(at: datetime) -> SessionRecord:
    """A session of the shipped routine that has just begun."""
    timeline = build_timeline(hamstring_trio())
    holds = tuple(
        HoldRecord(
            index=hold.index, stretch=hold.stretch, title=hold.stretch, side=hold.side,
            planned_ms=hold.duration_ms, held_ms=0,
        )
        for hold in timeline.holds()
    )  # fmt: skip
    return SessionRecord(
        id=new_session_id(at, 0), routine=timeline.routine.id, title=timeline.routine.title,
        plan=plan_as_text(timeline), started_at=at, seen_at=at, holds=holds,
    )  # fmt: skip


def generate(folder: Path, sessions: int) -> None:
    """Make a history of so many sessions over thirty years. The triggers rest meanwhile: it would take too long."""
    with closing(open_database(folder / FILE_NAME, now=lambda: LAST)) as db:
        with transaction(db):
            put_session(db, a_record(FIRST - timedelta(days=1)))
        db.execute("PRAGMA synchronous = OFF")
        with transaction(db):
            (plan,) = db.execute("SELECT id FROM plan").fetchone()
            triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                db.execute(f"DROP TRIGGER {name}")
            db.execute("DELETE FROM session")
            db.execute("DELETE FROM day_total")
            how_many = {"sessions": sessions, "seconds": DAYS * 86_400}
            db.execute(_GENERATE, {"first": int(FIRST.timestamp()), "plan": plan, **how_many})
            for statement in statements(_AFTERWARDS):
                db.execute(statement)
            for _, sql in triggers:
                db.execute(sql)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def timed(work: Callable[[], object]) -> float:
    """How many ms it takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def measure() -> Iterator[Row]:
    """Generate, write, ask and export."""
    with TemporaryDirectory(prefix="bench-history-") as name:
        folder, small = Path(name, "large"), Path(name, "small")
        generate(small, SESSIONS // 100)
        took = timed(lambda: generate(folder, SESSIONS))
        size = (folder / FILE_NAME).stat().st_size / 1_000_000
        yield Row(name=f"generate {SESSIONS} sessions", value=took / 1000, unit="s", note=f"{size:.0f} MB")
        yield from _asking(folder)
        yield first_page.row(folder, LAST)
        yield from _writing(folder)
        yield from _checking(folder)
        for ending in ("json", "zip"):
            yield from _exporting(folder, small, Path(name, f"all.{ending}"))


def _asking(folder: Path) -> Iterator[Row]:
    last, half, year = LAST.date(), LAST.date() - timedelta(days=183), LAST.date() - timedelta(days=365)
    with closing(HistoryFileReader(folder)) as reader:
        questions: dict[str, Callable[[], object]] = {
            "total": reader.total,
            "days of half a year": lambda: reader.day_totals(half, last),
            "slots done in half a year": lambda: reader.slots_done(half, last),
            "weeks of a year": lambda: reader.week_totals(year, last),
            "left and right, ever": lambda: reader.held_by_side(date.min, date.max),
            "pain of a year": lambda: reader.pain(year, last),
            "reach, ever": lambda: reader.measures(date.min, date.max),
            "newest sessions": lambda: reader.sessions(date.min, date.max, newest=20),
            "newest answers": lambda: reader.answers(date.min, date.max, newest=20),
        }
        took = {name: timed(question) for name, question in questions.items()}
    slowest = max(took, key=lambda name: took[name])
    note = f"slowest: {slowest}, {took[slowest]:.1f} ms"
    yield Row(name="all questions of the Progress page", value=sum(took.values()), unit="ms", budget=200, note=note)


def _writing(folder: Path) -> Iterator[Row]:
    """Add phases as the program does, and after each keep as much in a bare file: the disk is the same for both."""
    took, bare = _add_phases(folder, waits_for_disk=True)
    ours, _ = _add_phases(folder, waits_for_disk=False)
    for percent in (50, 99):
        note = f"{PHASE_BYTES // 1000} KB, after each phase"
        yield Row(name=f"a bare write and fdatasync, p{percent}", value=percentile(bare, percent), unit="ms", note=note)
    for percent in (50, 99):
        note = "no fdatasync: what is ours"
        value = percentile(ours, percent)
        yield Row(name=f"add a phase without the disk, p{percent}", value=value, unit="ms", note=note)
    note = f"from the wish to being kept; worst {max(took):.1f}"
    for percent, budget in ((50, None), (99, 5.0)):
        yield Row(name=f"add a phase, p{percent}", value=percentile(took, percent), unit="ms", budget=budget, note=note)


def _add_phases(folder: Path, *, waits_for_disk: bool) -> tuple[list[float], list[float]]:
    """How many ms each phase took until it was kept, and as much in a bare file right after it."""
    took: list[float] = []
    bare: list[float] = []
    store = HistoryFile(folder, now=lambda: LAST, small_bytes=1 << 40)  # checked before, and not meanwhile
    store.open()
    if not waits_for_disk:
        store.then(lambda: _wait_for_no_disk(store))
    with closing(_BareFile(folder / "bare")) as file:
        for number in range(PHASES // PHASES_OF_SESSION):
            record = a_record(LAST + timedelta(hours=number))
            store.begin(record)
            _kept(store)
            for place in range(PHASES_OF_SESSION):
                held_ms = {hold.index: min(hold.planned_ms, place * 750) for hold in record.holds}
                note = SessionNote(session=record.id, at=record.started_at, phase=place, held_ms=held_ms)
                began = time.perf_counter()
                store.note(note)
                _kept(store)
                took.append((time.perf_counter() - began) * 1000)
                bare.append(timed(file.keep))
            store.end(record.id, SessionOutcome.FINISHED, record.started_at)
    store.close()
    return took, bare


def _wait_for_no_disk(store: HistoryFile) -> None:
    certain(store._writer._db).execute("PRAGMA synchronous = OFF")


def _kept(store: HistoryFile) -> None:
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
        self._at = (self._at + PHASE_BYTES) % (TIDY_AFTER * PHASE_BYTES)

    def close(self) -> None:
        """Close it."""
        self._file.close()


def _checking(folder: Path) -> Iterator[Row]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        yield Row(name="quick_check, beside the session", value=timed(lambda: check(db)) / 1000, unit="s")
    store = HistoryFile(folder, now=lambda: LAST)
    record = a_record(LAST + timedelta(days=200))
    yield Row(
        name="begin a session, on the GUI's thread", value=timed(lambda: store.begin(record)), unit="ms", budget=1
    )
    store.open()
    yield Row(name="open, write it and close", value=timed(store.close), unit="ms")


def _exporting(folder: Path, small: Path, to: Path) -> Iterator[Row]:
    what = "CSV in .zip" if to.suffix == ".zip" else to.suffix
    few, _ = _peak_mib(small, to)
    many, seconds = _peak_mib(folder, to)
    size = to.stat().st_size / 1_000_000
    yield Row(name=f"export {what}, peak memory of a hundredth", value=few, unit="MiB")
    note = f"{size:.0f} MB in {seconds:.0f} s"
    yield Row(name=f"export {what}, peak memory", value=many, unit="MiB", budget=1.1 * few, note=note)
    to.unlink()


def _peak_mib(folder: Path, to: Path) -> tuple[float, float]:
    """The most memory that an export held, and how many seconds it took."""
    began = time.perf_counter()
    command = [sys.executable, "-c", _EXPORT, "export", str(to), "--data-dir", str(folder)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return int(told) / KIB_PER_MIB, time.perf_counter() - began
