"""The entry point: how the program leaves."""

import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from stretchplayer.__main__ import leave_at_once


class LeftError(Exception):
    """Stands for the end of the process."""


@pytest.fixture
def exits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The codes with which the process would have ended."""
    codes: list[int] = []

    def leave(code: int) -> None:
        codes.append(code)
        raise LeftError

    monkeypatch.setattr(os, "_exit", leave)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    return codes


class Unwritable(io.StringIO):
    """A stream whose disk is full."""

    def flush(self) -> None:
        raise OSError(28, "No space left on device")


def test_it_leaves_with_everything_written(monkeypatch: pytest.MonkeyPatch, exits: list[int], tmp_path: Path) -> None:
    path = tmp_path / "out"
    with path.open("w", encoding="utf-8") as out:
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", None)
        out.write("all of it")
        with pytest.raises(LeftError):
            leave_at_once(3)
        assert path.read_text(encoding="utf-8") == "all of it"
    assert exits == [3]


def test_what_cannot_be_written_is_left_to_python(
    monkeypatch: pytest.MonkeyPatch, exits: list[int], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdout", Unwritable())
    leave_at_once(0)
    with (tmp_path / "out").open("w", encoding="utf-8") as closed:
        pass
    monkeypatch.setattr(sys, "stdout", closed)
    leave_at_once(0)
    assert exits == []


def test_a_thread_is_waited_for(monkeypatch: pytest.MonkeyPatch, exits: list[int]) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    leave_at_once(0)
    assert exits == []


def test_a_command_prints_the_same_into_a_pipe_that_is_closed_early(tmp_path: Path) -> None:
    command = f"{sys.executable} -m stretchplayer --data-dir {tmp_path} plan | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
