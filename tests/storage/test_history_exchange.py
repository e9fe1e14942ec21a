"""Export and import: nothing is lost, and what is no export is refused whole."""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretchplayer.errors import StorageError
from stretchplayer.progress.history import PainAnswer, ReachMeasure, SessionOutcome, SessionRecord
from stretchplayer.reminders.slots import SlotState
from stretchplayer.storage import history_database, history_rows
from stretchplayer.storage.history_database import FILE_NAME, open_database, transaction
from stretchplayer.storage.history_export import export_history
from stretchplayer.storage.history_import import import_history
from stretchplayer.storage.history_reader import HistoryFileReader
from stretchplayer.storage.json_stream import PIECE
from tests.fakes import START
from tests.storage.past import pasts, record

EVER = (date.min, date.max)
ENDINGS = pytest.mark.parametrize("ending", [".json", ".zip"])


def write(folder: Path, past: tuple[list[SessionRecord], list[PainAnswer]]) -> None:
    """Write a history with two measures."""
    with closing(open_database(folder / FILE_NAME, now=lambda: START)) as db, transaction(db):
        for one in past[0]:
            history_rows.put_session(db, one)
        for answer in past[1]:
            history_rows.put_answer(db, answer)
        history_rows.put_measure(db, ReachMeasure(day=START.date(), cm=21.5))
        history_rows.put_measure(db, ReachMeasure(day=date(2026, 3, 5), cm=20))
        history_rows.put_slots(db, {"2026-03-01T20:00": SlotState.MISSED, "2026-03-02T20:00": SlotState.PAUSED})


def past_of_two() -> tuple[list[SessionRecord], list[PainAnswer]]:
    one = replace(record(held_ms=(30_000, 5_000, 0)), plan='{"text": "' + "long " * PIECE + '"}')
    two = replace(record(salt=1), ended_at=START, outcome=SessionOutcome.STOPPED, slot="2026-03-02T08:00")
    return [one, two], [PainAnswer(session=one.id, given_at=START, back=3, note='"so, so"\r\n=1+1')]


@ENDINGS
@settings(max_examples=15)
@given(past=pasts())
def test_exported_imported_exported_it_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, ending: str, past: tuple[list[SessionRecord], list[PainAnswer]]
) -> None:
    old, new = tmp_path_factory.mktemp("old"), tmp_path_factory.mktemp("new")
    write(old, past)
    first, second = old / f"first{ending}", new / f"second{ending}"
    export_history(old, first)
    assert import_history(new, first) == len(past[0])
    export_history(new, second)
    assert first.read_bytes() == second.read_bytes()
    with closing(HistoryFileReader(old)) as before, closing(HistoryFileReader(new)) as after:
        assert after.total() == before.total()
        assert after.sessions(*EVER) == before.sessions(*EVER)
        assert after.answers(*EVER) == before.answers(*EVER)
        assert after.measures(*EVER) == before.measures(*EVER)
        assert len(after.slots_settled(*EVER)) == 2
        assert after.day_totals(*EVER) == before.day_totals(*EVER)
        assert after.pain(*EVER) == before.pain(*EVER)


@ENDINGS
def test_from_one_kind_of_file_to_the_other_nothing_is_lost(tmp_path: Path, ending: str) -> None:
    other = {".json": ".zip", ".zip": ".json"}[ending]
    write(tmp_path, past_of_two())
    export_history(tmp_path, tmp_path / f"first{ending}")
    import_history(tmp_path / "second", tmp_path / f"first{ending}")
    export_history(tmp_path / "second", tmp_path / f"second{other}")
    import_history(tmp_path / "third", tmp_path / f"second{other}")
    export_history(tmp_path / "third", tmp_path / f"third{ending}")
    assert (tmp_path / f"first{ending}").read_bytes() == (tmp_path / f"third{ending}").read_bytes()


def test_json_can_be_read_by_anyone(tmp_path: Path) -> None:
    write(tmp_path, past_of_two())
    to = tmp_path / "all.json"
    export_history(tmp_path, to)
    data = json.loads(to.read_text(encoding="utf-8"))
    assert data["format"] == 1
    assert [row["held_ms"] for row in data["holds"]] == [30_000, 5_000, 0, 0, 0, 0]
    assert data["holds"][0] == {
        "session": record().id, "phase": 2, "stretch": "raise", "title": "Leg raise", "side": "left",
        "planned_ms": 30_000, "held_ms": 30_000,
    }  # fmt: skip
    assert data["sessions"][0]["started_at"] == "2026-03-02T08:00:00.000+01:00"
    assert data["measures"] == [{"day": "2026-03-02", "cm": 21.5}, {"day": "2026-03-05", "cm": 20.0}]


def test_csv_can_be_read_by_anyone(tmp_path: Path) -> None:
    write(tmp_path, past_of_two())
    to = tmp_path / "all.zip"
    export_history(tmp_path, to)
    with zipfile.ZipFile(to) as archive:
        assert archive.testzip() is None
        names = ["format", "plans", "plan_holds", "sessions", "holds", "answers", "measures", "slots"]
        assert archive.namelist() == [f"{name}.csv" for name in names]
        answers = list(csv.DictReader(io.StringIO(archive.read("answers.csv").decode(), newline="")))
    (answer,) = answers
    assert (answer["back"], answer["leg"], answer["note"]) == ("3", "", '"so, so"\r\n=1+1')


def test_spaces_and_line_breaks_between_values_mean_nothing(tmp_path: Path) -> None:
    write(tmp_path, past_of_two())
    export_history(tmp_path, tmp_path / "all.json")
    data = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    (tmp_path / "pretty.json").write_text(json.dumps(data, indent=4), encoding="utf-8")
    (tmp_path / "dense.json").write_text(json.dumps(data, separators=(",", ":")), encoding="utf-8")
    for name in ("pretty", "dense"):
        import_history(tmp_path / name, tmp_path / f"{name}.json")
        export_history(tmp_path / name, tmp_path / f"again-{name}.json")
        assert (tmp_path / f"again-{name}.json").read_bytes() == (tmp_path / "all.json").read_bytes()


@ENDINGS
def test_without_a_history_an_export_is_empty_and_makes_none(tmp_path: Path, ending: str) -> None:
    export_history(tmp_path / "none", tmp_path / f"all{ending}")
    assert not (tmp_path / "none").exists()
    assert import_history(tmp_path / "new", tmp_path / f"all{ending}") == 0


def test_where_something_is_remembered_nothing_is_imported(tmp_path: Path) -> None:
    write(tmp_path, past_of_two())
    export_history(tmp_path, tmp_path / "all.json")
    with pytest.raises(StorageError, match=r"history in .* already"):
        import_history(tmp_path, tmp_path / "all.json")
    with closing(HistoryFileReader(tmp_path)) as reader:
        assert len(reader.sessions(*EVER)) == 2


Change = Callable[[dict[str, object]], object]


def row(data: dict[str, object], table: str, number: int = 0) -> dict[str, object]:
    """A row of a table of an export."""
    rows = data[table]
    assert isinstance(rows, list)
    found = rows[number]
    assert isinstance(found, dict)
    return found


CHANGES: dict[str, Change] = {
    "it was written by a newer version": lambda data: data.update(format=2),
    "it does not say its format": lambda data: data.update(format="new"),
    "answers are missing": lambda data: data.pop("answers"),
    "more in it": lambda data: data.update(extra=1),
    "row 2 of sessions has no usable outcome": lambda data: row(data, "sessions", 1).update(outcome=3),
    "row 1 of sessions has no usable started_at": lambda data: row(data, "sessions").update(started_at="2026-03-02"),
    "row 1 of sessions has no usable id": lambda data: row(data, "sessions").update(id=-1),
    "row 1 of holds has no usable held_ms": lambda data: row(data, "holds").update(held_ms=1.5),
    "row 1 of measures has no usable day": lambda data: row(data, "measures").update(day="soon"),
    "row 1 of slots has no usable slot": lambda data: row(data, "slots").update(slot="soon"),
    "row 1 of measures has no usable cm": lambda data: row(data, "measures").update(cm=True),
    "row 1 of plans has no usable title": lambda data: row(data, "plans").pop("title"),
    "row 1 of answers has no usable session": lambda data: data.update(answers=[7]),
    "longer than planned": lambda data: row(data, "holds").update(held_ms=30_001),
    "was never planned": lambda data: row(data, "holds").update(phase=77),
    "is there twice or can't be": lambda data: row(data, "sessions").update(outcome="eaten"),
    "twice": lambda data: row(data, "sessions", 1).update(id=row(data, "sessions")["id"]),
    "can't be": lambda data: row(data, "answers").update(back=11),
    "there": lambda data: row(data, "holds").update(session=5),
}


@pytest.mark.parametrize("words", CHANGES)
def test_what_is_no_whole_export_is_refused_whole(tmp_path: Path, words: str) -> None:
    write(tmp_path, past_of_two())
    export_history(tmp_path, tmp_path / "all.json")
    data = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    CHANGES[words](data)
    (tmp_path / "bad.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(StorageError, match=words) as told:
        import_history(tmp_path / "new", tmp_path / "bad.json")
    assert "bad.json" in str(told.value)
    with closing(HistoryFileReader(tmp_path / "new")) as reader:
        assert not reader.sessions(*EVER)
        assert not reader.measures(*EVER)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"format": 1', b"{1: 2}", b'{"format" 1}', b'{"format": 1, "plans": [1', b"\xff\xfe",
     b'{"format": ' + b"[" * 100_000, b'{"other": 1}'],
)  # fmt: skip
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.json").write_bytes(content)
    with pytest.raises(StorageError, match="not a whole export"):
        import_history(tmp_path / "new", tmp_path / "bad.json")


@given(st.data())
@settings(max_examples=15)
def test_an_export_that_is_cut_short_is_refused(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("cut")
    ending = data.draw(st.sampled_from((".json", ".zip")))
    write(folder, ([record()], []))
    export_history(folder, folder / f"all{ending}")
    whole = (folder / f"all{ending}").read_bytes()
    (folder / f"cut{ending}").write_bytes(whole[: data.draw(st.integers(0, len(whole) - 3))])
    with pytest.raises(StorageError, match="not a whole export"):
        import_history(folder / "new", folder / f"cut{ending}")


def test_something_after_the_end_is_refused(tmp_path: Path) -> None:
    export_history(tmp_path, tmp_path / "all.json")
    with (tmp_path / "all.json").open("a") as file:
        file.write(" {}")
    with pytest.raises(StorageError, match="after its end"):
        import_history(tmp_path / "new", tmp_path / "all.json")


def test_a_value_that_is_endless_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stretchplayer.storage.json_stream.LONGEST_VALUE", 1_000)
    (tmp_path / "all.json").write_text('{"format": "' + "x" * 2_000 + '"}')
    with pytest.raises(StorageError, match="too long"):
        import_history(tmp_path / "new", tmp_path / "all.json")


@pytest.mark.parametrize("missing", ["format.csv", "holds.csv"])
def test_a_zip_without_a_table_is_refused(tmp_path: Path, missing: str) -> None:
    export_history(tmp_path, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as whole, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in whole.namelist():
            if name != missing:
                bad.writestr(name, whole.read(name))
    with pytest.raises(StorageError, match=f"{missing} is missing"):
        import_history(tmp_path / "new", tmp_path / "bad.zip")


def test_files_of_other_kinds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"must end in \.json"):
        export_history(tmp_path, tmp_path / "all.txt")
    with pytest.raises(StorageError, match=r"must end in \.json"):
        import_history(tmp_path, tmp_path / "all.txt")
    with pytest.raises(StorageError, match="no such file"):
        import_history(tmp_path, tmp_path / "all.json")


def test_a_place_that_can_t_be_written_is_told_and_an_old_file_stays(tmp_path: Path) -> None:
    (tmp_path / "all.json").mkdir()
    with pytest.raises(StorageError, match="can't be written"):
        export_history(tmp_path / "data", tmp_path / "all.json")


def test_a_history_that_is_damaged_is_not_exported(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database " * 1_000)
    (tmp_path / "all.json").write_text("old")
    with pytest.raises(StorageError, match="damaged"):
        export_history(tmp_path, tmp_path / "all.json")
    assert (tmp_path / "all.json").read_text() == "old"
    assert (tmp_path / FILE_NAME).exists()


@pytest.mark.parametrize("work", [export_history, import_history])
def test_a_disk_that_fails_in_the_middle_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Callable[[Path, Path], object]
) -> None:
    export_history(tmp_path, tmp_path / "all.json")
    open_database(tmp_path / FILE_NAME, now=lambda: START).close()

    class Failing(sqlite3.Connection):
        def execute(self, sql: str, *arguments: object) -> sqlite3.Cursor:
            if sql.startswith("SELECT") and "FROM session" in sql:
                error = sqlite3.OperationalError("failing")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR
                raise error
            return super().execute(sql, *arguments)  # type: ignore[arg-type]

    connect = sqlite3.connect
    monkeypatch.setattr(
        history_database, "open_database",
        lambda path, **_: connect(path, isolation_level=None, factory=Failing),
    )  # fmt: skip
    with pytest.raises(StorageError, match="disk can't be read or written"):
        work(tmp_path, tmp_path / "all.json")
