"""The short form of `make soak`."""

import sqlite3
from contextlib import closing
from pathlib import Path

from stretchplayer.storage.history.database import FILE_NAME
from tests.soak.kills import Findings, integrity, look_at, soak


def test_what_the_trace_told_before_a_kill_is_remembered(tmp_path: Path) -> None:
    findings = soak(tmp_path, 15, seed=20_260_302)
    assert findings.kills == 15
    assert findings.in_the_middle > 0
    assert findings.phases > 0
    assert not findings.wrong


def test_the_soak_finds_what_is_missing(tmp_path: Path) -> None:
    findings = soak(tmp_path, 1, seed=3)
    trace = tmp_path / "kill-0.jsonl"
    with trace.open("ab") as file:
        file.write(b'{"event": "phase", "index": 11}\n{"event": "session"}\n{"event": "phase", "ind')
    with closing(sqlite3.connect(tmp_path / "data" / FILE_NAME)) as db:
        db.execute("UPDATE session SET phase = 1, outcome = 'open', ended_at = NULL")
        db.execute("UPDATE hold SET held_ms = 0")
        db.commit()
    found = Findings()
    look_at(tmp_path, 0, found)
    assert findings.kills == 1
    assert len(found.wrong) == 3
    with closing(sqlite3.connect(tmp_path / "data" / FILE_NAME)) as db:
        db.execute("INSERT INTO hold VALUES (77, 1, 'a', 'A', NULL, 1, 1, 'leg')")
        db.execute("DELETE FROM session")
        db.commit()
    (tmp_path / "data" / "history.damaged-20260302-080000.db").touch()
    look_at(tmp_path, 0, found)
    assert "not remembered" in found.wrong[-1]
    assert len([*integrity(tmp_path)]) == 2
