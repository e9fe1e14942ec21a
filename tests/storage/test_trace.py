"""The record of a session."""

import json
import os
from pathlib import Path

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.routine.cues import CueName
from stretchplayer.storage.trace import TraceFile, require_traceable
from tests.posix import make_pipe, not_on_windows


def test_every_event_is_in_the_file_at_once_as_a_line(tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    trace = TraceFile(path)
    trace.write({"t_ms": 0, "event": "cue", "name": CueName.DONE, "say": "Sanft lösen.\nSo."})
    assert path.read_bytes().endswith(b"\n")
    trace.write({"t_ms": 5, "event": "session", "held_ms": {"cat": {"both": 7}}})
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"t_ms": 0, "event": "cue", "name": "done", "say": "Sanft lösen.\nSo."},
        {"t_ms": 5, "event": "session", "held_ms": {"cat": {"both": 7}}},
    ]
    trace.close()
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600, "it tells of a person's health"


def test_an_old_file_is_replaced_and_closing_twice_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "trace.jsonl"
    path.write_text("old\n")
    trace = TraceFile(path)
    trace.close()
    trace.close()
    trace.write({"event": "late"})
    assert path.read_bytes() == b""


def test_a_file_that_can_not_be_opened_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "trace.jsonl"
    sentence = f"The trace can't be written to {path}: there is no such file or folder; check the name."
    for attempt in (TraceFile, require_traceable):
        with pytest.raises(StorageError) as caught:
            attempt(path)
        assert str(caught.value) == sentence
    with pytest.raises(StorageError, match="it is a folder; name a file"):
        require_traceable(tmp_path)


@not_on_windows("only Linux has a disk that is always full")
@pytest.mark.expected_log(r"the trace /dev/full ends here: the disk is full; free some space")
def test_a_full_disk_ends_the_trace_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    trace = TraceFile(Path("/dev/full"))
    for number in range(3):
        trace.write({"t_ms": number})
    assert len(caplog.records) == 1


def test_a_pipe_is_not_opened_to_look_whether_it_can_be(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    make_pipe(path)
    require_traceable(path)
