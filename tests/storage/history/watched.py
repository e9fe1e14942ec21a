"""A history that is watched: what it told, and what lies in its folder."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from stretchplayer.progress.history import SessionOutcome, SessionRecord, ended, with_progress
from stretchplayer.storage.history.database import FILE_NAME
from stretchplayer.storage.history.writer import HistoryWriter
from tests.fakes import START
from tests.patience import PATIENCE_S
from tests.storage.history.past import record


class Watched:
    """A store, what it told, and the sessions that can be gone on with."""

    def __init__(self, data_dir: Path, *, busy_ms: int = 20, close_s: float = PATIENCE_S) -> None:
        self.path = data_dir / FILE_NAME
        self.told: list[str] = []
        self.unfinished: list[SessionRecord] = []
        self.now = START
        self.store = HistoryWriter(data_dir, now=lambda: self.now, busy_ms=busy_ms, retry_s=0.01, close_s=close_s)
        self.store.on_problem(self.told.append)
        self.store.on_unfinished(self.unfinished.append)

    def open(self) -> "Watched":
        """Open the store."""
        self.store.open()
        return self

    def settle(self) -> "Watched":
        """Wait until everything asked for until now has been tried."""
        done = threading.Event()
        self.store.then(done.set)
        assert done.wait(PATIENCE_S)
        return self

    def wait_for(self, what: Callable[[], bool]) -> None:
        """Wait until something is so; each time the store has done its work."""
        for _ in range(2_000):
            self.settle()
            if what():
                return
            threading.Event().wait(0.005)
        raise AssertionError("it never came about")

    def play(self, started_at_hours: int = 0) -> SessionRecord:
        """Play a session of which the first hold is held, to its end."""
        one = record(START + timedelta(hours=started_at_hours))
        self.store.put(one)
        done = with_progress(one, at=one.started_at, phase=3, held_ms={2: 30_000})
        self.store.put(ended(done, SessionOutcome.FINISHED, one.started_at + timedelta(minutes=5)))
        return one


def total(path: Path) -> int:
    """How many sessions the file has."""
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(db.execute("SELECT count(*) FROM session").fetchone()[0])


def aside(path: Path) -> list[Path]:
    """The files that were set aside."""
    return sorted(each for each in path.parent.glob("history.*-*.db"))
