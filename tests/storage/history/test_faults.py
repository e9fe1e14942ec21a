"""What can go wrong with the history's file: the session plays on, nothing is lost, and it is told once."""

import os
import random
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.progress.history import PainAnswer, ReachMeasure, SessionOutcome, with_progress
from stretchplayer.reminders.slots import SlotState
from stretchplayer.storage.history import database
from stretchplayer.storage.history.database import FILE_NAME, open_database, open_history
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.transfer import export_history
from tests.fakes import START
from tests.patience import PATIENCE_S
from tests.posix import IS_ROOT, make_pipe, not_on_windows
from tests.storage.history.past import record
from tests.storage.history.watched import Watched, aside, total


def spoil(path: Path, at: int, length: int = 2_000) -> None:
    """Overwrite a part of the file with nonsense."""
    content = bytearray(path.read_bytes())
    content[at : at + length] = b"nonsense" * (length // 8)
    path.write_bytes(bytes(content))


def damage_everything(path: Path) -> None:
    path.write_bytes(b"This is no database. " * 1_000)


def damage_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'session'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    spoil(path, (page - 1) * size)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9_000])


def break_the_schema(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET sql = CAST(x'435245415445ff' AS TEXT) WHERE name = 'session'")


def take_a_table_away(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DROP TABLE measure")


def give_it_a_version_that_never_was(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = -7")


def forget_the_version(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA user_version = 0")


def say_that_it_is_read_only(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(18)
        file.write(b"\x09")


HARMS = (
    damage_everything, damage_a_table, cut_short, break_the_schema, take_a_table_away, give_it_a_version_that_never_was,
    forget_the_version, say_that_it_is_read_only,
)  # fmt: skip


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_file_is_set_aside_and_told(watch: Callable[..., Watched], harm: Callable[[Path], None]) -> None:
    first = watch().open()
    first.play()
    first.store.close()
    harm(first.path)
    spoilt = first.path.read_bytes()

    second = watch().open()
    second.play(1)
    second.store.close()
    (kept,) = aside(second.path)
    assert re.fullmatch(r"history\.damaged-20260302-080000\.db", kept.name)
    assert kept.read_bytes()[200:] == spoilt[200:]
    (sentence,) = second.told
    assert kept.name in sentence
    assert str(second.path) in sentence
    assert total(second.path) == 1


def test_what_is_no_file_at_all_is_set_aside_too(watch: Callable[..., Watched]) -> None:
    watched = watch()
    watched.path.mkdir(parents=True)
    watched.open()
    watched.play()
    watched.store.close()
    (kept,) = aside(watched.path)
    assert kept.is_dir()
    assert total(watched.path) == 1


def test_a_file_that_is_damaged_while_it_is_used_loses_nothing_of_what_was_done_here(
    watch: Callable[..., Watched],
) -> None:
    watched = watch().open()
    first = watched.play()
    watched.settle()
    with closing(sqlite3.connect(watched.path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage_everything(watched.path)
    watched.play(1)
    watched.wait_for(lambda: total(watched.path) == 2)
    watched.store.close()
    kept = HistoryFileReader(watched.path.parent).session(first.id)
    assert kept is not None
    assert kept.outcome is SessionOutcome.FINISHED
    assert len(aside(watched.path)) == 1
    assert len(watched.told) == 1


@pytest.mark.parametrize("column", ["started_at", "seen_at", "ended_at"])
@pytest.mark.parametrize("spoilt", [b"2026-03-02T08:00:00.000+\xff1:00", b"2026-03-0xT08:00:00.000+01:00", b"2" * 29])
def test_a_spoilt_row_is_passed_over_and_the_others_stay(
    watch: Callable[..., Watched], column: str, spoilt: bytes
) -> None:
    first = watch().open()
    one, other = first.play(), first.play(1)
    left = record(START - timedelta(minutes=10))
    first.store.put(left)
    first.store.close()
    with closing(sqlite3.connect(first.path, isolation_level=None)) as db:
        for each in (one, left) if column != "ended_at" else (one,):
            db.execute(f"UPDATE session SET {column} = CAST(? AS TEXT) WHERE id = ?", (spoilt, each.id))  # noqa: S608
    second = watch().open()
    third = second.play(2)
    second.store.close()
    assert not second.told
    assert not aside(second.path)
    reader = HistoryFileReader(second.path.parent)
    assert [each.id for each in reader.sessions(date.min, date.max)][:2] == [third.id, other.id]
    assert reader.session(one.id) is None
    assert reader.total().sessions == 4 if column != "started_at" or spoilt[8:10] == b"02" else 2
    assert reader.day_totals(START.date(), START.date())


IMPOSSIBLE = (
    "UPDATE session SET rate = -1.0", "UPDATE session SET phase = -4", "UPDATE session SET outcome = 'lost'",
    "UPDATE session SET started_at = '0000-03-02T08:00:00.000+01:00'", "UPDATE session SET left_ms = -1 << 62",
    "UPDATE hold SET held_ms = planned_ms + 1", "UPDATE hold SET side = 'middle'", "UPDATE hold SET planned_ms = -1",
    "UPDATE answer SET back = 200, worse = 4", "UPDATE answer SET note = hex(zeroblob(2000))",
    "UPDATE answer SET answered_at = 'soon'", "UPDATE measure SET cm = 9e999", "UPDATE measure SET day = 'today'",
    "UPDATE slot SET state = 'eaten'", "UPDATE slot SET slot = '2026-03-02T08x00'",
    "UPDATE session SET slot = '2026-03-02'", "UPDATE plan SET content = '[]'",
)  # fmt: skip


@pytest.mark.parametrize("damage", IMPOSSIBLE)
def test_rows_that_can_not_be_are_passed_over_and_the_rest_is_shown_and_saved(
    watch: Callable[..., Watched], damage: str
) -> None:
    first = watch().open()
    one = first.play()
    first.store.answer(PainAnswer(session=one.id, answered_at=START, back=3))
    first.store.measure(ReachMeasure(day=START.date(), cm=12))
    first.store.settle({"2026-03-02T08:00": SlotState.SKIPPED})
    first.store.put(record(START - timedelta(minutes=10)))
    first.store.close()
    with closing(sqlite3.connect(first.path, isolation_level=None)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute(damage)
    second = watch().open()
    third = second.play(2)
    second.store.close()
    assert not second.told
    assert not aside(second.path)
    reader = HistoryFileReader(second.path.parent)
    assert reader.sessions(date.min, date.max)[0].id == third.id
    assert reader.total().last_day == START.date()
    assert reader.total().held_ms.left in {30_000, 60_000}
    for ask in (reader.day_totals, reader.slots_done, reader.slots_settled, reader.pain, reader.answers):
        assert len(ask(date.min, date.max)) <= 2
    assert all(pain.back in {None, 3} and not pain.signs for pain in reader.pain(date.min, date.max))
    assert all(each.cm == 12 for each in reader.measures(date.min, date.max))
    export_history(second.path.parent, second.path.with_name("all.zip"))


def test_a_bit_that_flips_costs_a_row_or_sets_the_file_aside(watch: Callable[..., Watched]) -> None:
    first = watch().open()
    for number in range(4):
        first.play(-1 - number)
    first.store.put(record(START - timedelta(minutes=10)))
    first.store.close()
    whole = first.path.read_bytes()
    chance = random.Random(19)
    used = [at for at, byte in enumerate(whole) if byte]
    for at in chance.sample(used, 25):
        spoilt = bytearray(whole)
        spoilt[at] ^= 1 << chance.randrange(8)
        for path in first.path.parent.iterdir():
            path.unlink()
        first.path.write_bytes(spoilt)
        second = watch().open()
        last = second.play(2)
        second.store.close()
        assert len(second.told) == len(aside(second.path)) <= 1
        reader = HistoryFileReader(second.path.parent)
        assert reader.session(last.id) is not None
        assert reader.total().sessions in ({1} if second.told else {5, 6})


def quote_what_is_no_text(path: Path) -> None:
    break_the_schema(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db, suppress(UnicodeDecodeError):
        db.execute("PRAGMA schema_version = 99")


@pytest.mark.parametrize("harm", [take_a_table_away, quote_what_is_no_text])
def test_tables_that_are_spoilt_while_they_are_used_are_set_aside_and_nothing_is_lost(
    watch: Callable[..., Watched], harm: Callable[[Path], None]
) -> None:
    watched = watch().open()
    watched.play()
    watched.settle()
    harm(watched.path)
    watched.store.measure(ReachMeasure(day=START.date(), cm=12))
    watched.play(1)
    watched.store.close()
    (sentence,) = watched.told
    (kept,) = aside(watched.path)
    assert kept.name in sentence
    reader = HistoryFileReader(watched.path.parent)
    assert total(watched.path) == 2
    assert len(reader.measures(date.min, date.max)) == 1


def test_an_index_that_is_spoilt_is_made_again(watch: Callable[..., Watched]) -> None:
    first = watch().open()
    first.play()
    first.store.close()
    with closing(sqlite3.connect(first.path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'session_by_day'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    content = bytearray(first.path.read_bytes())
    day = content.index(b"2026-03-02", (page - 1) * size)
    content[day : day + 4] = b"1999"
    first.path.write_bytes(content)

    second = watch().open().settle()
    assert not second.told
    assert total(second.path) == 1
    assert HistoryFileReader(second.path.parent).total().first_day == START.date()


@not_on_windows("a file that is open can't be deleted or renamed there")
def test_a_history_that_is_deleted_in_the_middle_is_begun_anew_and_told(watch: Callable[..., Watched]) -> None:
    watched = watch().open()
    one = record()
    watched.store.put(one)
    watched.settle()
    shutil.rmtree(watched.path.parent)
    watched.store.put(with_progress(one, at=START, phase=3, held_ms={2: 30_000}))
    watched.store.close()
    kept = HistoryFileReader(watched.path.parent).session(one.id)
    assert kept is not None
    assert kept.held_ms == 30_000
    (sentence,) = watched.told
    assert "deleted or replaced" in sentence


@not_on_windows("a file that is open can't be deleted or renamed there")
def test_what_was_deleted_stays_so_in_a_history_that_is_begun_anew(watch: Callable[..., Watched]) -> None:
    watched = watch().open()
    gone, back, kept = (watched.play(hours) for hours in (0, 1, 2))
    for each in (gone, back):
        watched.store.delete(each.id)
    watched.settle()
    watched.path.unlink()
    watched.store.restore(back.id)
    watched.settle()
    sessions = HistoryFileReader(watched.path.parent).sessions(date.min, date.max)
    assert {each.id for each in sessions} == {back.id, kept.id}


@not_on_windows("a file that is open can't be deleted or renamed there")
@pytest.mark.parametrize("other", [Path.mkdir, damage_everything, make_pipe, Path.touch])
def test_a_history_that_is_replaced_in_the_middle_is_begun_anew_and_told_each_time(
    watch: Callable[..., Watched], other: Callable[[Path], None]
) -> None:
    watched = watch().open()
    for number in range(3):
        watched.play(number)
        watched.settle()
        assert total(watched.path) == number + 1
        watched.path.rename(watched.path.with_name(f"{number}"))
        other(watched.path)
    watched.play(3)
    watched.store.close()
    assert len(watched.told) == 3
    assert total(watched.path) == 4


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_what_is_remembered_is_for_its_owner_only(watch: Callable[..., Watched]) -> None:
    watched = watch()
    watched.path.parent.mkdir(parents=True)
    watched.path.touch(mode=0o644)
    watched.open()
    watched.play()
    watched.settle()
    assert {path.name: path.stat().st_mode & 0o777 for path in watched.path.parent.iterdir()} == {
        "history.db": 0o600, "history.db-wal": 0o600, "history.db-shm": 0o600, "history.lock": 0o600,
    }  # fmt: skip


@pytest.mark.expected_log("hit an error")
def test_a_fault_on_the_thread_is_told_and_does_not_end_it(watch: Callable[..., Watched]) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    watched = watch().open()
    watched.store.then(fail)
    watched.play()
    watched.store.close()
    assert total(watched.path) == 1
    (sentence,) = watched.told
    assert "log" in sentence


@pytest.mark.expected_log("hit an error")
def test_whatever_opening_raises_the_thread_goes_on(
    watch: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> sqlite3.Connection:
        raise TypeError("of a kind that nobody thought of")

    with monkeypatch.context() as context:
        context.setattr(database, "open_database", fail)
        watched = watch().open()
        watched.play()
        watched.settle()
    watched.settle()
    watched.store.close()
    assert total(watched.path) == 1
    assert len(watched.told) == 1


def test_a_file_of_a_newer_version_is_set_aside_whole(watch: Callable[..., Watched]) -> None:
    first = watch().open()
    first.play()
    first.store.close()
    with closing(sqlite3.connect(first.path)) as db:
        db.execute("PRAGMA user_version = 99")
    second = watch().open()
    second.play(1)
    second.store.close()
    (kept,) = aside(second.path)
    (sentence,) = second.told
    assert kept.name == "history.newer-20260302-080000.db"
    assert kept.name in sentence
    assert total(kept) == 1
    assert total(second.path) == 1


def test_two_that_are_set_aside_in_one_second_have_two_names(watch: Callable[..., Watched]) -> None:
    for each in (watch(), watch()):
        each.open().settle()
        each.store.close()
        damage_everything(each.path)
    last = watch().open().settle()
    assert [path.name for path in aside(last.path)] == [
        "history.damaged-20260302-080000-2.db",
        "history.damaged-20260302-080000.db",
    ]


def test_a_locked_file_is_waited_for_and_everything_is_written_then(watch: Callable[..., Watched]) -> None:
    watched = watch().open()
    watched.settle()
    with closing(sqlite3.connect(watched.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        watched.play()
        watched.play(1)
        watched.wait_for(lambda: bool(watched.told))
        assert "another program" in watched.told[0]
        watched.play(2)
        watched.settle()
        other.execute("ROLLBACK")
    watched.wait_for(lambda: total(watched.path) == 3)
    watched.store.close()
    assert len(watched.told) == 1


def test_a_file_that_stays_locked_is_left_as_it_is(watch: Callable[..., Watched]) -> None:
    watched = watch().open()
    watched.play()
    watched.settle()
    with closing(sqlite3.connect(watched.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        watched.play(1)
        watched.store.close()
    assert len(watched.told) == 1
    assert total(watched.path) == 1


def test_a_missing_directory_is_made(watch: Callable[..., Watched], tmp_path: Path) -> None:
    assert not (tmp_path / "data").exists()
    watched = watch().open()
    watched.play()
    watched.store.close()
    assert total(watched.path) == 1
    assert not watched.told


def test_a_directory_that_can_not_be_made_is_told_once_and_tried_again(
    watch: Callable[..., Watched], tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file")
    watched = watch().open()
    watched.play()
    watched.wait_for(lambda: bool(watched.told))
    watched.play(1)
    watched.settle()
    (sentence,) = watched.told
    assert str(watched.path) in sentence
    assert "not being saved" in sentence
    (tmp_path / "data").unlink()
    watched.wait_for(watched.path.exists)
    watched.store.close()
    assert total(watched.path) == 2


def failing(code: int, monkeypatch: pytest.MonkeyPatch, statement: str = "COMMIT") -> None:
    """Let the history's connections fail at a statement, with a code of SQLite's."""

    class Failing(sqlite3.Connection):
        def execute(self, sql: str, *arguments: object) -> sqlite3.Cursor:
            if sql.startswith(statement):
                error = sqlite3.OperationalError("failing")
                error.sqlite_errorcode = code
                raise error
            return super().execute(sql, *arguments)  # type: ignore[arg-type]

    connect = sqlite3.connect
    monkeypatch.setattr(
        "stretchplayer.storage.history.database.sqlite3.connect",
        lambda *args, **how: connect(*args, **{"factory": Failing, **how}),
    )


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "the disk is full"),
        (sqlite3.SQLITE_READONLY, "it is read-only"),
        (sqlite3.SQLITE_IOERR, "can't be read or written"),
        (sqlite3.SQLITE_CANTOPEN, "it can't be opened"),
    ],
)
def test_a_disk_that_refuses_is_told_once_and_tried_again(
    watch: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    watched = watch().open()
    watched.play()
    watched.settle()
    with monkeypatch.context() as context:
        failing(code, context)
        watched.store.close()
        watched.store.open()
        watched.play(1)
        watched.wait_for(lambda: bool(watched.told))
        watched.play(2)
        watched.settle()
        assert total(watched.path) == 1
    watched.wait_for(lambda: total(watched.path) == 3)
    (sentence,) = watched.told
    assert words in sentence


@not_on_windows("Windows has other permissions")
@pytest.mark.skipif(IS_ROOT, reason="the superuser may write everywhere")
def test_a_directory_that_may_only_be_read_is_told(watch: Callable[..., Watched], tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o500)
    watched = watch().open()
    watched.play()
    watched.wait_for(lambda: bool(watched.told))
    (tmp_path / "data").chmod(0o700)


def test_a_damaged_file_that_can_not_be_renamed_stays_and_is_told(
    watch: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = watch().open()
    first.settle()
    first.store.close()
    damage_everything(first.path)
    spoilt = first.path.read_bytes()

    def rename(*_: object) -> Path:
        raise PermissionError(13, "no")

    monkeypatch.setattr(database, "set_aside", rename)
    second = watch().open()
    second.play()
    second.wait_for(lambda: bool(second.told))
    second.store.close()
    (sentence,) = second.told
    assert "not being saved" in sentence
    assert first.path.read_bytes() == spoilt


def test_a_slow_disk_keeps_nobody_waiting(watch: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = threading.Event()
    opened = open_database

    def slow(*args: object, **how: object) -> sqlite3.Connection:
        assert let_go.wait(PATIENCE_S)
        return opened(*args, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(database, "open_database", slow)
    watched = watch().open()
    watched.play()
    assert not watched.path.exists()
    let_go.set()
    watched.store.close()
    assert total(watched.path) == 1


@pytest.mark.expected_log("too slow")
def test_a_disk_that_never_answers_does_not_keep_the_program(
    watch: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()

    def stuck(*_: object, **__: object) -> sqlite3.Connection:
        assert let_go.wait(PATIENCE_S)
        raise OSError(5, "gone")

    monkeypatch.setattr(database, "open_database", stuck)
    watched = watch(close_s=0).open()
    watched.play()
    watched.store.close()
    let_go.set()


@pytest.mark.expected_log("refused")
def test_a_change_that_is_refused_holds_up_no_other(watch: Callable[..., Watched]) -> None:
    watched = watch().open()
    watched.store.put(replace(record(), rate=-1.0))
    watched.play(1)
    watched.store.close()
    assert total(watched.path) == 1
    assert len(watched.told) == 1


@pytest.mark.parametrize("content", ["damaged", "newer", "locked"])
def test_a_command_says_in_a_sentence_what_is_wrong(tmp_path: Path, content: str) -> None:
    path = tmp_path / FILE_NAME
    other = sqlite3.connect(path, isolation_level=None)
    if content == "newer":
        other.execute("PRAGMA user_version = 99")
    elif content == "locked":
        other.execute("BEGIN EXCLUSIVE")
    else:
        damage_everything(path)
    words = {"damaged": "is damaged", "newer": "newer version", "locked": "another program"}[content]
    with closing(other), pytest.raises(StorageError, match=words):
        open_history(path, now=lambda: START, busy_ms=20)
    with suppress(sqlite3.Error):
        other.close()
