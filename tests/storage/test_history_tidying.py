"""When what was written is brought from the log into the file."""

import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path

from stretchplayer.progress.history import ReachMeasure
from stretchplayer.storage import history_rows
from stretchplayer.storage.history_writer import HistoryWriter
from tests.fakes import START

PATIENCE_S = 20


def in_the_file_alone(path: Path) -> int:
    """How many measures the file has without the log beside it."""
    alone = path.with_name("alone.db")
    shutil.copyfile(path, alone)
    with closing(sqlite3.connect(alone)) as db:
        if not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            return 0
        return int(db.execute("SELECT count(*) FROM measure").fetchone()[0])


def test_what_was_written_comes_into_the_file_after_it_was_told_to_be_saved(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    seen: list[tuple[int, int]] = []
    statements: list[str] = []
    writer = HistoryWriter(
        path, now=lambda: START, opened=lambda db, _new: db.set_trace_callback(statements.append), tidy_after=3
    )
    writer.open()
    for number in range(5):
        done = threading.Event()
        measure = ReachMeasure(day=(START + timedelta(days=number)).date(), cm=20.0)
        writer.write(partial(history_rows.put_measure, measure=measure))

        def look(number: int = number, done: threading.Event = done) -> None:
            seen.append((number, in_the_file_alone(path)))
            done.set()

        writer.then(look)
        assert done.wait(PATIENCE_S)
    writer.close()
    # The third is saved and told before the three are brought into the file; the end does so with the rest.
    assert seen == [(0, 0), (1, 0), (2, 0), (3, 3), (4, 3)]
    tidied = [number for number, text in enumerate(statements) if "wal_checkpoint(PASSIVE)" in text]
    assert len(tidied) == 1
    assert statements[tidied[0] - 1] == "COMMIT"
    assert in_the_file_alone(path) == 5
