"""The log: opened with its first record, put aside before it grows too large."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from stretchplayer.storage.logfile import FILE_NAME, LogFile, log_to
from tests.posix import make_pipe, not_on_windows


@pytest.fixture
def log(data_dir: Path) -> Iterator[LogFile]:
    handler = log_to(data_dir)
    yield handler
    logging.getLogger("stretchplayer").removeHandler(handler)
    with suppress(OSError):  # what a full disk did not take
        handler.close()


def say(words: str) -> None:
    logging.getLogger("stretchplayer.test").info(words)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_the_file_comes_with_the_first_record(log: LogFile, data_dir: Path) -> None:
    assert not (data_dir / FILE_NAME).exists()
    say("Zwölf")
    (line,) = lines(data_dir / FILE_NAME)
    assert line.endswith("INFO stretchplayer.test: Zwölf")
    assert os.name == "nt" or (data_dir / FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_what_a_file_says_stays_in_its_line(log: LogFile, data_dir: Path) -> None:
    say("a\x1b[31m\nb\u202ec")
    (line,) = lines(data_dir / FILE_NAME)
    assert line.endswith("a\\u001b[31m\\u000ab\\u202ec")


@not_on_windows("every name is text there")
def test_a_name_that_is_no_text_is_written_somehow(log: LogFile, data_dir: Path) -> None:
    words = os.fsdecode(b"Zw\xf6lf.toml")
    # To this log only: pytest, too, would have to write what it has captured.
    log.handle(logging.LogRecord("stretchplayer.test", logging.INFO, __file__, 1, words, None, None))
    (line,) = lines(data_dir / FILE_NAME)
    assert line.endswith(r"INFO stretchplayer.test: Zw\udcf6lf.toml")


def test_a_large_file_is_put_aside_and_few_are_kept(log: LogFile, data_dir: Path) -> None:
    log.maxBytes = 10
    for number in range(6):
        say(f"record {number}")
    kept = {path.name: lines(path)[-1][-1] for path in data_dir.iterdir()}
    assert kept == {FILE_NAME: "5", f"{FILE_NAME}.1": "4", f"{FILE_NAME}.2": "3"}


def test_where_nothing_can_be_written_records_are_dropped(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data_dir.write_text("a file where the folder should be", encoding="utf-8")
    handler = log_to(data_dir)
    say("one")
    say("two")
    logging.getLogger("stretchplayer").removeHandler(handler)
    handler.close()
    assert data_dir.is_file()
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk on this system")
def test_a_full_disk_is_nothing_to_talk_about(log: LogFile, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data_dir / FILE_NAME).symlink_to("/dev/full")
    say("one")
    say("two")
    assert capsys.readouterr().err == ""


def test_a_record_that_makes_no_sense_is_told_of(log: LogFile, capsys: pytest.CaptureFixture[str]) -> None:
    log.handle(logging.makeLogRecord({"msg": "%d", "args": ("no number",)}))
    assert "Logging error" in capsys.readouterr().err


@not_on_windows("links and devices are POSIX's")
@pytest.mark.parametrize("other", [make_pipe, Path.mkdir, lambda path: path.symlink_to("/dev/full")])
def test_what_is_no_file_is_not_opened(log: LogFile, data_dir: Path, other: Callable[[Path], None]) -> None:
    data_dir.mkdir(exist_ok=True)
    other(data_dir / FILE_NAME)
    say("Nobody reads this.")
    assert not log.stream


@not_on_windows("a file that is open can't be deleted or renamed there")
def test_a_log_that_is_deleted_is_begun_anew(log: LogFile, data_dir: Path) -> None:
    say("one")
    (data_dir / FILE_NAME).unlink()
    say("two")
    (line,) = lines(data_dir / FILE_NAME)
    assert line.endswith("two")
