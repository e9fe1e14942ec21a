"""Whose data directory it is: two programs, one that was killed, and files that say nothing."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent import futures
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile

from stretchplayer.desktop.ipc.foreign_lock import LOCK_NAME
from stretchplayer.desktop.ipc.instance import RECOVERY_NAME, InstanceLock, LockResult
from tests.posix import IS_ROOT, not_on_windows

RACERS = 20
HOLD = """
import sys
from pathlib import Path
from stretchplayer.desktop.ipc.foreign_lock import LOCK_NAME
from stretchplayer.desktop.ipc.instance import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
print(lock.take(), flush=True)
sys.stdin.read()
"""


def hold(folder: Path) -> "subprocess.Popen[str]":
    """Another process that holds the lock."""
    process = start(folder)
    assert process.stdout is not None
    assert process.stdout.readline() == "ours\n"
    return process


def start(folder: Path) -> "subprocess.Popen[str]":
    """Another process that tries to take the lock, says what came of it, and waits."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def kill(process: "subprocess.Popen[str]") -> None:
    with process:
        process.kill()


def test_the_first_one_has_it_until_it_gives_it_back(tmp_path: Path) -> None:
    first, second = InstanceLock(tmp_path / "data"), InstanceLock(tmp_path / "data")
    assert first.holder is None
    assert first.take() is LockResult.OURS
    assert second.take() is LockResult.OTHERS
    assert second.holder == os.getpid()
    first.release()
    first.release()
    assert second.take() is LockResult.OURS
    second.release()


def test_another_data_directory_is_another_program(tmp_path: Path) -> None:
    first, second = InstanceLock(tmp_path / "one"), InstanceLock(tmp_path / "two")
    assert (first.take(), second.take()) == (LockResult.OURS, LockResult.OURS)
    first.release()
    second.release()


def test_what_a_killed_program_held_is_nobodys(tmp_path: Path) -> None:
    holder, lock = hold(tmp_path), InstanceLock(tmp_path)
    assert lock.take() is LockResult.OTHERS
    assert lock.holder == holder.pid
    assert not lock.recover(), "it is held"
    kill(holder)
    assert lock.take() is LockResult.OURS
    lock.release()


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    holder, lock = hold(tmp_path), InstanceLock(tmp_path)
    with futures.ThreadPoolExecutor() as pool:
        waiting = pool.submit(lock.wait)
        kill(holder)
        assert waiting.result()
    assert InstanceLock(tmp_path).take() is LockResult.OTHERS
    lock.release()
    (tmp_path / LOCK_NAME).mkdir()
    assert not InstanceLock(tmp_path).wait(), "it isn't ours"


def test_of_many_that_find_the_lock_of_a_killed_one_a_single_one_gets_it(tmp_path: Path) -> None:
    kill(hold(tmp_path))
    with ExitStack() as ending:
        racers = [start(tmp_path) for _ in range(RACERS)]
        for racer in racers:
            ending.callback(kill, racer)
        found = Counter(racer.stdout.readline().strip() for racer in racers if racer.stdout is not None)
    assert found == {"ours": 1, "others": RACERS - 1}


def test_a_stale_lock_that_goes_while_it_is_looked_at_is_nobodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = tmp_path / LOCK_NAME
    stale.touch()

    def look(ask: Callable[..., os.stat_result], path: Path, **options: bool) -> os.stat_result:
        found = ask(path, **options)
        if path == stale:
            stale.unlink()
        return found

    for ask in (os.stat, os.lstat):
        monkeypatch.setattr(os, ask.__name__, partial(look, ask))
    lock = InstanceLock(tmp_path)
    assert lock.take() is LockResult.OURS
    monkeypatch.undo()
    lock.release()


@pytest.fixture
def unwritable(tmp_path: Path) -> list[Path]:
    """Data directories in which no file can be made: one that can't be either, and one that only Linux has."""
    (tmp_path / "file").touch()
    return [tmp_path / "file" / "data", *filter(Path.exists, [Path("/proc/self")])]


@pytest.mark.skipif(os.name != "posix", reason="the folder of the sockets is used")
def test_where_nothing_can_be_written_the_lock_is_in_the_runtime_folder(unwritable: list[Path]) -> None:
    for data_dir in unwritable:
        first, second = InstanceLock(data_dir), InstanceLock(data_dir)
        assert (first.take(), second.take()) == (LockResult.OURS, LockResult.OTHERS)
        first.release()
        assert second.wait()
        second.release()


@pytest.mark.skipif(os.name != "posix", reason="the folder of the sockets is used")
def test_a_program_that_found_the_disk_full_is_still_the_only_one(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    first, second = InstanceLock(tmp_path / "data"), InstanceLock(tmp_path / "data")
    assert first.take() is LockResult.OURS
    (tmp_path / "data").unlink()
    assert second.take() is LockResult.OTHERS
    assert InstanceLock(tmp_path / "data").take() is LockResult.OTHERS
    first.release()
    assert second.take() is LockResult.OURS
    second.release()


@not_on_windows("Windows has other permissions")
def test_where_no_folder_is_safe_either_there_is_no_lock(
    unwritable: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stretchplayer.desktop.ipc.instance.socket_address", lambda _data_dir, **_options: None)
    for data_dir in unwritable:
        assert InstanceLock(data_dir).take() is LockResult.IMPOSSIBLE


@not_on_windows("Windows has other permissions")
def test_what_is_no_file_of_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).mkdir()
    lock = InstanceLock(tmp_path)
    assert lock.take() is LockResult.FOREIGN
    lock.release()
    (tmp_path / LOCK_NAME).rmdir()
    (tmp_path / LOCK_NAME).symlink_to("nowhere")
    assert lock.take() is LockResult.FOREIGN
    lock.release()


@pytest.mark.skipif(os.name != "posix" or IS_ROOT, reason="root may open everything")
def test_a_file_that_may_not_be_opened_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).touch(mode=0)
    lock = InstanceLock(tmp_path)
    assert lock.take() is LockResult.FOREIGN
    lock.release()


@pytest.mark.skipif(os.name != "posix", reason="a file that is held can't be written to there")
def test_a_lock_that_only_looks_held_is_recovered(tmp_path: Path) -> None:
    holder = hold(tmp_path)
    text = (tmp_path / LOCK_NAME).read_text(encoding="utf-8")
    kill(holder)
    # Another program of the same name has got the number of the one that was killed.
    (tmp_path / LOCK_NAME).write_text(text.replace(str(holder.pid), str(os.getpid()), 1), encoding="utf-8")
    lock = InstanceLock(tmp_path)
    assert lock.take() is LockResult.OTHERS
    assert lock.recover()
    assert InstanceLock(tmp_path).take() is LockResult.OTHERS
    lock.release()


def test_an_empty_file_is_recovered(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).touch()
    lock = InstanceLock(tmp_path)
    assert lock.take() is LockResult.OTHERS
    assert lock.holder is None
    assert lock.recover()
    lock.release()


def test_two_do_not_recover_at_once(tmp_path: Path) -> None:
    (tmp_path / LOCK_NAME).touch()
    guard = QLockFile(str(tmp_path / RECOVERY_NAME))
    assert guard.tryLock(0)
    assert not InstanceLock(tmp_path).recover()
    guard.unlock()
