"""The history: what was written is what is read, and the sums are those of the plain way."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretchplayer.errors import StorageError
from stretchplayer.progress.history import (
    BySide,
    HistoryTotal,
    PainAnswer,
    ReachMeasure,
    SessionOutcome,
    SessionRecord,
    WarningSign,
    ended,
    with_progress,
)
from stretchplayer.reminders.slots import SlotState
from stretchplayer.storage.history import rows
from stretchplayer.storage.history.database import FILE_NAME, open_database, require_regular, transaction
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.writer import HistoryWriter
from tests.fake_history import FakeHistory
from tests.fakes import START
from tests.patience import PATIENCE_S
from tests.storage.history.past import answers_about, pasts, record

DAY = START.date()
EVER = (date.min, date.max)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[HistoryWriter]:
    history = HistoryWriter(tmp_path, now=lambda: START)
    history.open()
    yield history
    history.close()


@pytest.fixture
def read(tmp_path: Path, store: HistoryWriter) -> Callable[[], HistoryFileReader]:
    """Ends the writing, and reads."""
    reader = HistoryFileReader(tmp_path)

    def written() -> HistoryFileReader:
        store.close()
        store.open()
        return reader

    return written


def play(store: HistoryWriter, one: SessionRecord) -> None:
    """Write a session as it is played: from its beginning to its end."""
    now = replace(one, outcome=SessionOutcome.OPEN, ended_at=None, holds=record(one.started_at).holds)
    store.put(now)
    for hold in one.holds:
        for held_ms in (hold.held_ms // 2, hold.held_ms, hold.held_ms // 3):
            now = with_progress(now, at=one.seen_at, phase=one.phase, held_ms={hold.index: held_ms})
            store.put(now)
    if one.ended_at is not None:
        store.put(ended(now, one.outcome, one.ended_at))


def test_a_history_that_does_not_exist_is_an_empty_one(tmp_path: Path) -> None:
    reader = HistoryFileReader(tmp_path / "none")
    assert reader.total() == HistoryTotal()
    assert not reader.day_totals(*EVER)
    assert not reader.slots_done(*EVER)
    assert not reader.sessions(*EVER)
    assert reader.session(1) is None
    assert not reader.pain(*EVER)
    assert not reader.answers(*EVER)
    assert not reader.measures(*EVER)
    assert not (tmp_path / "none").exists()


def test_a_history_without_sessions_is_an_empty_one_too(read: Callable[[], HistoryFileReader]) -> None:
    assert read().total() == HistoryTotal()


def test_what_was_written_is_read(store: HistoryWriter, read: Callable[[], HistoryFileReader]) -> None:
    one = record()
    store.put(one)
    assert read().session(one.id) == one
    at = START + timedelta(seconds=100)
    one = with_progress(one, at=at, phase=3, held_ms={2: 30_000, 6: 900})
    store.put(one)
    kept = replace(record(held_ms=(30_000, 900, 0)), phase=3, seen_at=at)
    assert read().session(one.id) == kept
    assert read().total() == HistoryTotal(
        first_day=DAY, last_day=DAY, sessions=1, held_ms=BySide(left=30_000, right=900)
    )
    store.put(ended(one, SessionOutcome.STOPPED, at))
    assert read().sessions(DAY, DAY) == (replace(kept, outcome=SessionOutcome.STOPPED, ended_at=at),)
    assert not read().sessions(DAY - timedelta(days=1), DAY - timedelta(days=1))


def test_a_session_that_ends_before_it_began_ends_when_it_began(
    store: HistoryWriter, read: Callable[[], HistoryFileReader]
) -> None:
    one = record()
    store.put(ended(one, SessionOutcome.FINISHED, START - timedelta(hours=1)))
    found = read().session(one.id)
    assert found is not None
    assert found.ended_at == START


@pytest.mark.parametrize(
    ("held_ms", "after_s", "outcome"),
    [
        (0, 9.9, SessionOutcome.STOPPED),
        (0, 10, SessionOutcome.STOPPED),
        (1, 0, SessionOutcome.STOPPED),
        (0, 0, SessionOutcome.FINISHED),
        (0, 0, SessionOutcome.INTERRUPTED),
    ],
)
def test_only_a_session_that_was_stopped_at_once_with_nothing_held_is_deleted(
    tmp_path: Path, held_ms: int, after_s: float, outcome: SessionOutcome
) -> None:
    one = replace(record(), ended_at=None, outcome=SessionOutcome.OPEN)
    blank = replace(one, holds=tuple(replace(hold, held_ms=0) for hold in one.holds))
    store = HistoryWriter(tmp_path, now=lambda: START)
    store.open()
    store.put(blank)
    one = with_progress(blank, at=START, phase=1, held_ms={one.holds[0].index: held_ms})
    store.put(ended(one, outcome, one.started_at + timedelta(seconds=after_s)))
    store.close()
    found = HistoryFileReader(tmp_path).session(one.id)
    assert (found is None) is ((held_ms, after_s, outcome) == (0, 9.9, SessionOutcome.STOPPED))


def test_what_was_held_never_shrinks_and_never_exceeds_the_plan(
    store: HistoryWriter, read: Callable[[], HistoryFileReader]
) -> None:
    one = record()
    for held_ms in (12_000, 40_000, 3_000):
        one = with_progress(one, at=START, phase=2, held_ms={2: held_ms})
        store.put(one)
    assert read().total().held_ms == BySide(left=30_000)


@settings(max_examples=40)
@given(past=pasts(), first=st.integers(-2, 45), days=st.integers(0, 45))
def test_the_sums_are_those_of_the_plain_way(
    tmp_path_factory: pytest.TempPathFactory,
    past: tuple[list[SessionRecord], list[PainAnswer]],
    first: int,
    days: int,
) -> None:
    folder = tmp_path_factory.mktemp("past")
    plain = FakeHistory()
    db = open_database(folder / FILE_NAME, now=lambda: START)
    with closing(db), transaction(db):
        for one in past[0]:
            opened = replace(one, outcome=SessionOutcome.OPEN, ended_at=None, holds=record(one.started_at).holds)
            for step in (opened, replace(opened, holds=one.holds), one):
                rows.put_session(db, step)
            plain.records[one.id] = one
        for answer in past[1]:
            rows.put_answer(db, replace(answer, back=3, leg=None, signs=frozenset({WarningSign.NUMB})))
            rows.put_answer(db, answer)
            plain.answer(answer)
    span = (DAY + timedelta(days=first), DAY + timedelta(days=first + days))
    reader = HistoryFileReader(folder)
    for asked in (span, EVER):
        assert reader.day_totals(*asked) == plain.day_totals(*asked)
        assert reader.sessions(*asked, newest=5) == plain.sessions(*asked, newest=5)
        assert [(one.day, one.signs) for one in reader.pain(*asked)] == [
            (one.day, one.signs) for one in plain.pain(*asked)
        ]
        assert [one.back for one in reader.pain(*asked)] == pytest.approx([one.back for one in plain.pain(*asked)])
        assert [one.leg for one in reader.pain(*asked)] == pytest.approx([one.leg for one in plain.pain(*asked)])
        assert reader.answers(*asked, newest=4) == plain.answers(*asked, newest=4)
    assert reader.slots_done(*span) == plain.slots_done(*span)
    assert reader.total() == plain.total()


def test_the_newest_answers_come_first_and_only_so_many(
    store: HistoryWriter, read: Callable[[], HistoryFileReader]
) -> None:
    days = [START + timedelta(days=number) for number in range(4)]
    for day in days:
        store.put(record(day))
        store.answer(PainAnswer(session=record(day).id, answered_at=day, back=3))
    assert [answer.answered_at for answer in read().answers(*EVER, newest=2)] == [days[3], days[2]]


def test_an_answer_that_was_taken_back_is_none(store: HistoryWriter, read: Callable[[], HistoryFileReader]) -> None:
    store.put(record())
    store.answer(PainAnswer(session=record().id, answered_at=START, back=3))
    assert read().pain(*EVER)
    store.answer(PainAnswer(session=record().id, answered_at=START, note="So."))
    assert not read().pain(*EVER)
    assert read().answers(*EVER)[0].note == "So."


def test_an_answer_about_no_session_is_dropped(store: HistoryWriter, read: Callable[[], HistoryFileReader]) -> None:
    store.answer(PainAnswer(session=5, answered_at=START, back=3))
    assert not read().answers(*EVER)


def test_a_day_has_one_measure(store: HistoryWriter, read: Callable[[], HistoryFileReader]) -> None:
    tuesday = DAY + timedelta(days=1)
    for day, cm in ((tuesday, 17.0), (DAY, 21.5), (DAY, 20.5)):
        store.measure(ReachMeasure(day=day, cm=cm))
    assert read().measures(*EVER) == (ReachMeasure(day=DAY, cm=20.5), ReachMeasure(day=tuesday, cm=17.0))
    assert read().measures(DAY, DAY) == (ReachMeasure(day=DAY, cm=20.5),)


def test_what_became_of_slots_is_kept_by_their_keys(
    store: HistoryWriter, read: Callable[[], HistoryFileReader]
) -> None:
    store.settle({"2026-03-02T08:00": SlotState.MISSED, "2026-03-03T08:00": SlotState.PAUSED})
    store.settle({"2026-03-02T08:00": SlotState.SKIPPED})
    assert read().slots_settled(DAY, DAY) == {"2026-03-02T08:00": SlotState.SKIPPED}
    assert len(read().slots_settled(*EVER)) == 2
    store.erase()
    assert not read().slots_settled(*EVER)


def test_what_was_marked_as_done_is_taken_back_to_what_it_was(
    store: HistoryWriter, read: Callable[[], HistoryFileReader]
) -> None:
    morning, evening = "2026-03-02T08:00", "2026-03-02T20:00"
    store.settle({morning: SlotState.SKIPPED})
    store.settle({morning: SlotState.MARKED_DONE, evening: SlotState.MARKED_DONE})
    marked = dict.fromkeys((morning, evening), SlotState.MARKED_DONE)
    assert read().slots_settled(DAY, DAY) == marked
    assert read().total().sessions == 0
    store.settle(dict.fromkeys(marked, SlotState.COMING))
    assert read().slots_settled(DAY, DAY) == {morning: SlotState.SKIPPED, evening: SlotState.MISSED}


def test_erased_is_erased(tmp_path: Path, store: HistoryWriter, read: Callable[[], HistoryFileReader]) -> None:
    for name in ("history.damaged-20260101-080000.db", "history.damaged-20260101-080000.db-wal", "history.md"):
        (tmp_path / name).write_text("Leg raise")
    (tmp_path / "history.backup-v1-20260101-080000.db").write_text("Leg raise")
    play(store, replace(record(held_ms=(30_000, 0, 0)), ended_at=START, outcome=SessionOutcome.FINISHED))
    store.measure(ReachMeasure(day=DAY, cm=3))
    playing = record(START + timedelta(hours=1))
    store.put(playing)
    store.erase()
    store.put(with_progress(playing, at=START, phase=3))
    store.put(ended(playing, SessionOutcome.FINISHED, START))
    assert read().total() == HistoryTotal()
    assert not read().measures(*EVER)
    assert not read().sessions(*EVER)
    store.close()
    assert {path.name for path in tmp_path.iterdir()} == {"history.db", "history.lock", "history.md"}
    assert b"Leg raise" not in (tmp_path / FILE_NAME).read_bytes()


def test_what_is_erased_beside_a_reader_is_gone_when_that_one_is(tmp_path: Path) -> None:
    told: list[str] = []
    store = HistoryWriter(tmp_path, now=lambda: START, busy_ms=0, retry_s=0.01)
    store.on_problem(told.append)
    store.open()
    play(store, replace(record(held_ms=(30_000, 0, 0)), ended_at=START, outcome=SessionOutcome.FINISHED))
    written, swept = threading.Event(), threading.Event()
    store.then(written.set)
    assert written.wait(PATIENCE_S)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM session").fetchone() == (1,)
        store.erase()
        store.then(swept.set)
        assert swept.wait(PATIENCE_S)
    (sentence,) = told
    assert "while another program is reading" in sentence
    files = [tmp_path / FILE_NAME, tmp_path / f"{FILE_NAME}-wal"]
    deadline = time.monotonic() + PATIENCE_S
    while any(b"Leg raise" in file.read_bytes() for file in files if file.exists()):
        assert time.monotonic() < deadline
        time.sleep(0)
    store.close()
    assert told == [sentence]


def test_a_file_that_another_connection_takes_away_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, theirs = tmp_path / FILE_NAME, tmp_path / f"{FILE_NAME}-wal"
    theirs.touch()
    ask = os.stat

    def look(looked_at: Path, **options: Any) -> os.stat_result:  # noqa: ANN401 -- as os.stat
        found = ask(looked_at, **options)
        if looked_at == theirs:
            theirs.unlink()
        return found

    monkeypatch.setattr(os, "stat", look)
    require_regular(path)


def everything(path: Path) -> list[list[object]]:
    """All rows about sessions."""
    with closing(sqlite3.connect(path)) as db:
        tables = ("session", "hold", "answer")
        return [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]  # noqa: S608


def test_one_session_is_deleted_with_all_it_has_and_comes_back_as_it_was(
    tmp_path: Path, store: HistoryWriter, read: Callable[[], HistoryFileReader]
) -> None:
    kept, one = (record(START + timedelta(days=number), held_ms=(30_000, 900, 0)) for number in (0, 1))
    for each in (kept, one):
        play(store, replace(each, phase=9, ended_at=START + timedelta(days=2), outcome=SessionOutcome.FINISHED))
        store.answer(PainAnswer(session=each.id, answered_at=START, back=3, note="So.", signs=frozenset(WarningSign)))
    store.close()
    before = everything(tmp_path / FILE_NAME)
    store.open()
    store.delete(one.id)
    assert [each.id for each in read().sessions(*EVER)] == [kept.id]
    assert [answer.session for answer in read().answers(*EVER)] == [kept.id]
    assert [len(found) for found in everything(tmp_path / FILE_NAME)] == [len(found) / 2 for found in before]
    store.answer(PainAnswer(session=one.id, answered_at=START, back=9))
    store.restore(one.id)
    store.restore(77)
    assert read().session(one.id) is not None
    assert everything(tmp_path / FILE_NAME) == before


def test_an_open_session_is_not_deleted(store: HistoryWriter, read: Callable[[], HistoryFileReader]) -> None:
    store.put(record())
    for session in (record().id, 77):
        store.delete(session)
    assert read().session(record().id) == record()


def test_whoever_asks_is_told_of_changes(tmp_path: Path) -> None:
    told: list[str] = []
    store = HistoryWriter(tmp_path, now=lambda: START)
    store.on_changed(lambda: told.append("changed"))
    store.measure(ReachMeasure(day=DAY, cm=3))
    store.then(lambda: told.append("then"))
    assert not told
    store.open()
    store.open()
    store.close()
    store.close()
    assert told == ["changed", "then"]


def test_a_plan_is_kept_once_however_often_it_is_played(tmp_path: Path, store: HistoryWriter) -> None:
    for hours in range(5):
        play(store, record(START + timedelta(hours=hours)))
    play(store, replace(record(START + timedelta(hours=6)), plan="other"))
    store.close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as db:
        assert db.execute("SELECT count(*) FROM plan").fetchone() == (2,)
        assert db.execute("SELECT count(*) FROM hold").fetchone() == (18,)


def test_a_history_of_a_newer_version_is_not_read(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as db:
        db.execute("PRAGMA user_version = 99")
    reader = HistoryFileReader(tmp_path)
    with pytest.raises(StorageError, match="newer version"):
        reader.total()


@pytest.mark.parametrize("content", [b"This is no database.\n" * 100, b"SQLite format 3\0" + bytes(4000)])
def test_a_damaged_history_is_not_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    reader = HistoryFileReader(tmp_path)
    with pytest.raises(StorageError, match="can't be read"):
        reader.total()


def test_the_reader_follows_a_history_that_was_set_aside(
    tmp_path: Path, store: HistoryWriter, read: Callable[[], HistoryFileReader]
) -> None:
    store.put(record())
    assert read().total().sessions == 1
    store.close()
    (tmp_path / FILE_NAME).rename(tmp_path / "aside.db")
    assert read().total().sessions == 0


@given(st.data())
@settings(max_examples=20)
def test_an_answer_is_read_as_it_was_given(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("answer")
    answer = data.draw(answers_about(record()))
    db = open_database(folder / FILE_NAME, now=lambda: START)
    with closing(db), transaction(db):
        rows.put_session(db, record())
        rows.put_answer(db, answer)
    reader = HistoryFileReader(folder)
    assert reader.answers(*EVER) == (answer,)
