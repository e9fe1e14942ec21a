"""What the tests of the command line share."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from stretchplayer.cli import main
from stretchplayer.progress.history import SessionOutcome
from stretchplayer.storage.history.database import FILE_NAME, open_database, transaction
from stretchplayer.storage.history.rows import put_session
from tests.cli.run import Run
from tests.fakes import START
from tests.storage.history.past import HOLDS, record


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command; the answer is its exit code and what it wrote on standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 1
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data directory with a whole session, one that was stopped, and a rehearsal."""
    whole = replace(
        record(held_ms=tuple(hold.planned_ms for hold in HOLDS)),
        outcome=SessionOutcome.FINISHED,
        ended_at=START + timedelta(minutes=5),
        slot="2026-03-02T08:00",
    )
    later = START + timedelta(hours=12)
    stopped = replace(record(later, held_ms=(12_900, 0, 0)), outcome=SessionOutcome.STOPPED, ended_at=later)
    rehearsal = replace(record(later + timedelta(hours=1), held_ms=(30_000, 0, 0)), rate=20.0)
    (tmp_path / "data").mkdir()
    with closing(open_database(tmp_path / "data" / FILE_NAME, now=lambda: START)) as db, transaction(db):
        for one in (whole, stopped, rehearsal):
            put_session(db, one)
    return tmp_path / "data"
