"""Several programs and one history, and sessions that were left in the middle."""

import errno
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from stretchplayer.progress.history import SessionOutcome, SessionRecord, ended, with_progress
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.session_lock import SessionLocks
from tests.fakes import START
from tests.posix import not_on_wine
from tests.storage.history.past import record
from tests.storage.history.watched import Watched, total

HOLD_A_SESSION = """
import sys
from pathlib import Path
from stretchplayer.storage.history.session_lock import SessionLocks
locks = SessionLocks(Path(sys.argv[1]))
print(locks.take(int(sys.argv[2])), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def elsewhere() -> Iterator[Callable[[Path, int], subprocess.Popen[str]]]:
    """Starts a program that plays a session."""
    started: list[subprocess.Popen[str]] = []

    def start(path: Path, session: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLD_A_SESSION, str(path), str(session)]
        program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(program)
        assert program.stdout is not None
        assert program.stdout.readline() == "True\n"
        return program

    yield start
    for program in started:
        program.kill()
        program.communicate()


@not_on_wine("its C library doesn't say why a lock is refused")
def test_a_session_that_another_program_plays_is_let_be(
    watch: Callable[..., Watched], elsewhere: Callable[[Path, int], subprocess.Popen[str]]
) -> None:
    first = watch()
    one = record()
    first.store.put(one)
    first.open().store.close()
    other = elsewhere(first.path.with_name("history.lock"), one.id)
    second = watch().open()
    second.settle()
    second.store.close()
    assert not second.unfinished
    reader = HistoryFileReader(first.path.parent)
    assert reader.session(one.id) == one
    other.kill()
    other.communicate()
    third = watch().open()
    third.settle()
    third.store.close()
    assert third.unfinished == [one]


def test_two_programs_write_one_after_the_other(watch: Callable[..., Watched]) -> None:
    both = [watch(busy_ms=60_000).open(), watch(busy_ms=60_000).open()]
    for number in range(20):
        for shift, each in enumerate(both):
            each.play(2 * number + shift)
    for each in both:
        each.store.close()
    assert total(both[0].path) == 40
    assert not both[0].told + both[1].told


@not_on_wine("its C library doesn't say why a lock is refused")
def test_a_lock_is_held_once_and_let_go(
    tmp_path: Path, elsewhere: Callable[[Path, int], subprocess.Popen[str]]
) -> None:
    path = tmp_path / "history.lock"
    other = elsewhere(path, 2**52)
    locks = SessionLocks(path)
    assert not locks.take(2**52)
    assert locks.take(5)
    assert locks.take(5)
    locks.release(5)
    locks.release(5)
    elsewhere(path, 5)
    assert not locks.take(5)
    other.kill()
    other.communicate()
    assert locks.take(2**52)
    locks.close()
    locks.close()


def test_a_lock_that_the_system_doesn_t_grant_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("msvcrt.locking" if sys.platform == "win32" else "fcntl.lockf", refuse)
    locks = SessionLocks(tmp_path / "history.lock")
    assert locks.take(5)
    locks.release(5)
    locks.close()


def test_where_nothing_can_be_locked_nobody_seems_to_play(tmp_path: Path) -> None:
    locks = SessionLocks(tmp_path / "no such folder" / "history.lock")
    assert locks.take(5)
    locks.release(5)
    locks.close()


# What was left unfinished


def leave(watch: Callable[..., Watched], *records: SessionRecord) -> None:
    """Leave sessions open, as a program does that is killed."""
    first = watch()
    for one in records:
        first.store.put(one)
    first.open().store.close()


def test_the_newest_of_the_last_two_hours_is_offered_and_the_rest_closed(watch: Callable[..., Watched]) -> None:
    old, earlier, newest = (record(START + timedelta(minutes=minutes)) for minutes in (-300, -50, -20))
    rehearsal = replace(record(START + timedelta(minutes=-5)), rate=50.0)
    leave(watch, old, newest, earlier, rehearsal)
    second = watch().open()
    second.settle()
    assert second.unfinished == [newest]
    reader = HistoryFileReader(second.path.parent)
    found = {one.id: one for one in reader.sessions(START.date() - timedelta(days=1), START.date())}
    assert found[newest.id].outcome is SessionOutcome.OPEN
    for one in (old, earlier, rehearsal):
        assert found[one.id].outcome is SessionOutcome.INTERRUPTED
        assert found[one.id].ended_at == one.seen_at


def test_a_session_that_came_to_nothing_is_neither_offered_nor_kept(watch: Callable[..., Watched]) -> None:
    just_begun = replace(record(START - timedelta(minutes=5)), seen_at=START - timedelta(minutes=5))
    held = replace(record(START - timedelta(minutes=9), held_ms=(500, 0, 0)), seen_at=START - timedelta(minutes=9))
    leave(watch, just_begun, held)
    second = watch().open()
    second.settle()
    assert second.unfinished == [held]
    reader = HistoryFileReader(second.path.parent)
    assert list(reader.sessions(START.date(), START.date())) == [held]


def test_it_can_be_closed_as_it_was(watch: Callable[..., Watched]) -> None:
    one = replace(record(START - timedelta(minutes=9), held_ms=(5_000, 0, 0)), seen_at=START - timedelta(minutes=8))
    leave(watch, one)
    second = watch().open()
    second.settle()
    second.store.close_unfinished(second.unfinished[0])
    second.store.close()
    third = watch().open()
    third.settle()
    assert not third.unfinished
    reader = HistoryFileReader(third.path.parent)
    assert reader.session(one.id) == replace(one, outcome=SessionOutcome.INTERRUPTED, ended_at=one.seen_at)


def test_it_can_be_gone_on_with_and_what_was_held_stays(watch: Callable[..., Watched]) -> None:
    one = record(START - timedelta(minutes=9), held_ms=(30_000, 0, 0))
    leave(watch, one)
    second = watch().open()
    second.settle()
    (left,) = second.unfinished
    left = with_progress(left, at=START, phase=6, held_ms={2: 0, 6: 30_000})
    second.store.put(left)
    second.store.put(ended(left, SessionOutcome.FINISHED, START))
    second.store.close()
    reader = HistoryFileReader(second.path.parent)
    whole = reader.session(one.id)
    assert reader.total().sessions == 1
    assert whole is not None
    assert [hold.held_ms for hold in whole.holds] == [30_000, 30_000, 0]
    assert whole.outcome is SessionOutcome.FINISHED


def test_an_offer_that_nobody_answers_is_made_again(watch: Callable[..., Watched]) -> None:
    leave(watch, record())
    for _ in range(2):
        each = watch().open()
        each.settle()
        each.store.close()
        assert len(each.unfinished) == 1


def test_a_session_that_another_program_ends_meanwhile_stays_as_that_one_ended_it(
    watch: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = watch()
    one = record()
    take = SessionLocks.take
    seen: list[SessionLocks] = []

    def end_and_take(locks: SessionLocks, session: int) -> bool:
        """The first program ends its session just before the second one tries whether anybody plays it."""
        seen.append(locks)
        if locks is not seen[0]:
            first.store.put(ended(one, SessionOutcome.FINISHED, START + timedelta(minutes=7)))
            first.settle()
        return take(locks, session)

    monkeypatch.setattr(SessionLocks, "take", end_and_take)
    first.store.put(one)
    first.open()
    first.settle()
    second = watch().open()
    second.settle()
    assert not second.unfinished
    second.store.close()
    first.store.close()
    reader = HistoryFileReader(first.path.parent)
    remembered = reader.session(one.id)
    assert remembered is not None
    assert remembered.outcome is SessionOutcome.FINISHED


def test_without_a_lock_file_sessions_are_played_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    locks = SessionLocks(tmp_path / "lock")
    assert locks.take(1)
    locks.release(1)
    locks.close()
