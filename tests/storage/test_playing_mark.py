"""What programs see of sessions in others: real ones, since a lock is nothing to the program that has it."""

import errno
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stretchplayer.storage import playing_mark
from stretchplayer.storage.playing_mark import PlayingMark, mark_of_others
from tests.beside import PlayingProgram, playing_programs

Play = Callable[[], PlayingProgram]


@pytest.fixture
def play(data_dir: Path) -> Iterator[Play]:
    with playing_programs(data_dir) as start:
        yield start


def test_a_program_is_seen_playing_until_it_is_gone(data_dir: Path, play: Play) -> None:
    assert mark_of_others(data_dir) is None, "nobody has ever played"
    program = play()
    first = mark_of_others(data_dir)
    assert first is not None
    assert mark_of_others(data_dir) == first, "to look changes nothing"
    assert program.beat()
    second = mark_of_others(data_dir)
    assert second not in {None, first}
    program.kill()
    assert mark_of_others(data_dir) is None


def test_of_several_each_is_seen(data_dir: Path, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = play(), play()
    assert (first.has_mark, second.has_mark) == (True, True)
    before = mark_of_others(data_dir)
    first.kill()
    assert mark_of_others(data_dir) == before
    assert second.beat()
    assert mark_of_others(data_dir) not in {None, before}
    second.kill()
    assert mark_of_others(data_dir) is None
    third = play()
    monkeypatch.setattr(playing_mark, "PLACES", playing_mark.PLACES[:1])
    late = PlayingMark(data_dir)
    late.beat()
    held = [late.is_held]
    third.kill()
    late.beat()
    assert [*held, late.is_held] == [False, True], "there is a place again"
    late.release()


def test_what_is_released_can_be_taken_again(data_dir: Path) -> None:
    mark = PlayingMark(data_dir)
    mark.release()
    for _ in range(2):
        mark.beat()
        assert mark.is_held
        mark.release()
        assert not mark.is_held
    assert mark_of_others(data_dir) is None


def test_where_nothing_can_be_written_the_session_goes_on(data_dir: Path) -> None:
    data_dir.write_text("a file in its place", encoding="utf-8")
    mark = PlayingMark(data_dir)
    mark.beat()
    assert not mark.is_held
    assert mark_of_others(data_dir) is None


def test_where_there_are_no_locks_nobody_is_seen(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_file: int, _place: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    mark = PlayingMark(data_dir)
    monkeypatch.setattr(playing_mark, "lock_byte", fail)
    mark.beat()
    assert not mark.is_held
    assert mark_of_others(data_dir) is None
    mark.release()
