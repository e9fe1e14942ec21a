"""Export and import: nothing is lost, and what is no export is refused whole."""

import csv
import io
import json
import sqlite3
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stretchplayer.errors import StorageError
from stretchplayer.progress.history import PainAnswer, ReachMeasure, SessionOutcome, SessionRecord
from stretchplayer.reminders.slots import SlotState
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.storage.history import database, rows, transfer
from stretchplayer.storage.history.database import FILE_NAME, open_database, transaction
from stretchplayer.storage.history.merge import merge
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.transfer import (
    LARGEST_BYTES,
    LARGEST_DIRECTORY_BYTES,
    LARGEST_ZIP_BYTES,
    Changes,
    export_history,
    read_export,
)
from stretchplayer.storage.plan_snapshot import plan_as_text, plan_from_text
from stretchplayer.storage.routines.routine_file import LARGEST_PICTURE_BYTES, read_routine
from tests.fakes import START
from tests.storage.history.past import counted, pasts, record

EVER = (date.min, date.max)
ENDINGS = pytest.mark.parametrize("ending", [".json", ".zip"])


def import_history(data_dir: Path, source: Path) -> int:
    """Import an export; the number of sessions that were added."""
    return len(merge(data_dir, read_export(source), now=lambda: START).added.sessions)


def write(folder: Path, past: tuple[list[SessionRecord], list[PainAnswer]]) -> None:
    """Write a history with two measures."""
    with closing(open_database(folder / FILE_NAME, now=lambda: START)) as db, transaction(db):
        for one in past[0]:
            rows.put_session(db, one)
        for answer in past[1]:
            rows.put_answer(db, answer)
        rows.put_measure(db, ReachMeasure(day=START.date(), cm=21.5))
        rows.put_measure(db, ReachMeasure(day=date(2026, 3, 5), cm=20))
        rows.put_slots(db, {"2026-03-01T20:00": SlotState.MISSED, "2026-03-02T20:00": SlotState.PAUSED})


def past_of_two() -> tuple[list[SessionRecord], list[PainAnswer]]:
    counting = counted().repetitions
    one = replace(record(held_ms=(30_000, 5_000, 0)), repetitions=counting, plan='{"text": "' + "long " * 60_000 + '"}')
    two = replace(
        record(salt=1), repetitions=counting, ended_at=START, outcome=SessionOutcome.STOPPED, slot="2026-03-02T08:00"
    )
    return [one, two], [PainAnswer(session=one.id, answered_at=START, back=3, note='"so, so" =1+1')]


@ENDINGS
@settings(max_examples=10)
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
    before, after = HistoryFileReader(old), HistoryFileReader(new)
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
    assert len(data["plans"]) == 2
    first = data["sessions"][0]
    assert "long" in data["plans"][int(first["plan"])]
    assert [hold["held_ms"] for hold in first["holds"]] == [30_000, 5_000, 0]
    assert first["holds"][0] == {
        "index": 2, "stretch": "raise", "title": "Leg raise", "side": "left", "planned_ms": 30_000, "held_ms": 30_000,
        "limb": "leg",
    }  # fmt: skip
    assert first["started_at"] == "2026-03-02T08:00:00+01:00"
    assert data["measures"] == [{"day": "2026-03-02", "cm": 21.5}, {"day": "2026-03-05", "cm": 20.0}]
    assert data["slots"] == [["2026-03-01T20:00", "missed"], ["2026-03-02T20:00", "paused"]]


def test_the_tables_can_be_read_by_anyone(tmp_path: Path) -> None:
    write(tmp_path, past_of_two())
    to = tmp_path / "all.zip"
    export_history(tmp_path, to)
    with zipfile.ZipFile(to) as archive:
        assert archive.testzip() is None
        tables = ("sessions", "holds", "repetitions", "answers", "measures", "slots")
        names = [*(f"{table}.csv" for table in tables), "history.json"]
        assert archive.namelist() == ["manifest.json", "settings.json", *names]
        rows_of = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline=""))) for name in names[:-1]
        }
    (answer,) = rows_of["answers.csv"]
    assert (answer["back"], answer["leg"], answer["note"]) == ("3", "", '"so, so" =1+1')
    assert [row["held_ms"] for row in rows_of["holds.csv"]] == ["30000", "5000", "0", "0", "0", "0"]
    assert [row["done"] for row in rows_of["repetitions.csv"]] == ["8", "10", "8", "10"]
    assert [row["repetitions"] for row in rows_of["sessions.csv"]] == ["18", "18"]
    assert [row["left_ms"] for row in rows_of["sessions.csv"]] == ["30000", "0"]


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
    "format`": lambda data: data.update(format=[1]),
    "its format number is missing": lambda data: data.pop("format"),
    "`answers`": lambda data: data.pop("answers"),
    "sessions\\[1\\].outcome": lambda data: row(data, "sessions", 1).update(outcome=3),
    "sessions\\[0\\].started_at": lambda data: row(data, "sessions").update(started_at="soon"),
    "sessions\\[0\\].id": lambda data: row(data, "sessions").update(id="x"),
    "sessions\\[0\\].rate": lambda data: row(data, "sessions").update(rate=None),
    "sessions\\[...\\].holds\\[...\\].*|held_ms": lambda data: held(data).update(held_ms=1.5),
    "measures\\[0\\].day": lambda data: row(data, "measures").update(day="soon"),
    "measures\\[0\\].cm": lambda data: row(data, "measures").update(cm=True),
    "slots\\[0\\]": lambda data: data.update(slots=[["2026-03-02T08:00", "eaten"]]),
    "sessions\\[0\\]": lambda data: row(data, "sessions").pop("title"),
    "answers\\[0\\]": lambda data: data.update(answers=[7]),
    "impossible values\\.": lambda data: held(data).update(held_ms=30_001),
    "has impossible values\\.": lambda data: row(data, "sessions").update(plan="2"),
    "`datetime` with": lambda data: row(data, "sessions").update(started_at="2026-03-02T08:00:00"),
    ">= 0 - at `.\\.sessions\\[0\\].id": lambda data: row(data, "sessions").update(id=-1),
    "<= 9007199254740991": lambda data: row(data, "sessions").update(id=1 << 60),
    "has duplicate": lambda data: row(data, "sessions", 1).update(id=row(data, "sessions")["id"]),
    "damaged": lambda data: row(data, "answers").update(back=11),
    "it has impossible values\\.": lambda data: data.update(slots=[["2026-03-02T08x00", "missed"]]),
    "it has impossible values": lambda data: row(data, "sessions").update(ended_at=None, outcome="stopped"),
    "line breaks": lambda data: row(data, "sessions").update(title="\x1b]0;mine\x07"),
    "or is invisible": lambda data: held(data).update(title="\u200b"),
    "control characters": lambda data: row(data, "answers").update(note="a\u202eb"),
    "duplicate or orphaned": lambda data: row(data, "answers").update(session=5),
    "duplicate or": lambda data: data.update(slots=[["2026-03-02T08:00", "missed"], ["2026-03-02T08:00", "skipped"]]),
}


def held(data: dict[str, object]) -> dict[str, object]:
    """The first hold of an export."""
    holds = row(data, "sessions")["holds"]
    assert isinstance(holds, list)
    found = holds[0]
    assert isinstance(found, dict)
    return found


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
    reader = HistoryFileReader(tmp_path / "new")
    assert not reader.sessions(*EVER)
    assert not reader.measures(*EVER)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"format": 1', b"{1: 2}", b'{"format" 1}', b'{"format": 1, "plans": [1', b"\xff\xfe",
     b'{"format": ' + b"[" * 100_000, b'{"other": 1}'],
)  # fmt: skip
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.json").write_bytes(content)
    with pytest.raises(StorageError, match="not a complete Stretch Player export"):
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
    with pytest.raises(StorageError, match="not a complete Stretch Player export"):
        import_history(folder / "new", folder / f"cut{ending}")


def test_something_after_the_end_is_refused(tmp_path: Path) -> None:
    export_history(tmp_path, tmp_path / "all.json")
    with (tmp_path / "all.json").open("a") as file:
        file.write(" {}")
    with pytest.raises(StorageError, match="damaged"):
        import_history(tmp_path / "new", tmp_path / "all.json")


@ENDINGS
def test_what_is_too_large_is_refused_before_it_is_read(tmp_path: Path, ending: str) -> None:
    source = tmp_path / f"all{ending}"
    blanks = b" " * (LARGEST_BYTES + 1)
    if ending == ".json":
        source.write_bytes(blanks)
    else:
        with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("history.json", blanks)
    with pytest.raises(StorageError, match="larger than 16 MiB"):
        import_history(tmp_path / "new", source)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_lies_about_its_size_is_not_unpacked(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w", method) as archive:
        archive.writestr("history.json", b" " * (LARGEST_BYTES * 2))
    spoilt = bytearray((tmp_path / "bad.zip").read_bytes())
    directory = spoilt.rindex(b"PK\x01\x02")
    spoilt[directory + 24 : directory + 28] = (1_000).to_bytes(4, "little")
    (tmp_path / "bad.zip").write_bytes(spoilt)
    tracemalloc.start()
    try:
        with pytest.raises(StorageError, match="not a complete Stretch Player export"):
            read_export(tmp_path / "bad.zip")
        assert tracemalloc.get_traced_memory()[1] < LARGEST_BYTES
    finally:
        tracemalloc.stop()


def test_a_zip_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "bad.zip").open("wb") as file:
        file.truncate(LARGEST_ZIP_BYTES + 1)
    with pytest.raises(StorageError, match="larger than 64 MiB"):
        read_export(tmp_path / "bad.zip")


@pytest.mark.parametrize(
    ("before", "end", "words"),
    [
        (b"", (1, LARGEST_DIRECTORY_BYTES + 1, 0, 0), "larger than 1 MiB"),
        (b"PK\x06\x07", (1, 100, 0, 0), "compressed by another program"),
        (b"", (1, 100, 0, 1), "compressed by another program"),
    ],
)
def test_a_zip_of_very_many_files_is_refused_before_they_are_listed(
    tmp_path: Path, before: bytes, end: tuple[int, int, int, int], words: str
) -> None:
    (tmp_path / "bad.zip").write_bytes(before.ljust(20) + b"PK\x05\x06" + struct.pack("<6xHIIH", *end))
    with pytest.raises(StorageError, match=words):
        read_export(tmp_path / "bad.zip")


def test_a_history_that_can_t_be_read_at_once_is_exported_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transfer, "LARGEST_BYTES", 40_000)
    many = [
        replace(record(START + timedelta(hours=hour), held_ms=(30_000, 5, 0)), plan=f'{{"format": {hour // 30}}}')
        for hour in range(200)
    ]
    answers = [PainAnswer(session=one.id, answered_at=START, back=3, note="So.") for one in many]
    write(tmp_path / "old", (many, answers))
    export_history(tmp_path / "old", tmp_path / "first.zip")
    with zipfile.ZipFile(tmp_path / "first.zip") as archive:
        sizes = [info.file_size for info in archive.infolist() if info.filename.startswith("history")]
        assert "history-3.json" in archive.namelist()
    assert max(sizes) <= 40_000
    assert min(sizes[:-1]) > 38_000
    assert import_history(tmp_path / "new", tmp_path / "first.zip") == 200
    export_history(tmp_path / "new", tmp_path / "second.zip")
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()
    assert merge(tmp_path / "new", read_export(tmp_path / "second.zip"), now=lambda: START).known == 200
    with pytest.raises(StorageError, match=r"too large for .*all\.json; choose a name that ends in \.zip"):
        export_history(tmp_path / "old", tmp_path / "all.json")
    assert not (tmp_path / "all.json").exists()


@ENDINGS
def test_a_history_of_more_than_can_be_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    write(tmp_path, past_of_two())
    export_history(tmp_path, tmp_path / f"all{ending}")
    for name, limit, words in (
        ("MOST_SLOTS", 1, "more than 1 reminders"),
        ("MOST_MEASURES", 1, "more than 1 measurements"),
        ("MOST_SESSIONS", 1, "more than 1 sessions"),
        ("LARGEST_HISTORY_BYTES" if ending == ".zip" else "LARGEST_BYTES", 1 << 17, "larger than 0 MiB"),
    ):
        monkeypatch.setattr(transfer, name, limit)
        with pytest.raises(StorageError, match=words):
            read_export(tmp_path / f"all{ending}")


def test_the_reminders_of_all_pieces_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, ([], []))
    export_history(tmp_path, tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as one, zipfile.ZipFile(tmp_path / "two.zip", "w") as two:
        for name in ("history.json", "history-2.json"):
            two.writestr(name, one.read("history.json"))
    monkeypatch.setattr(transfer, "MOST_SLOTS", 3)
    read_export(tmp_path / "one.zip")
    with pytest.raises(StorageError, match="more than 3 reminders"):
        read_export(tmp_path / "two.zip")


def test_a_copy_that_would_take_away_more_than_can_be_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_history(tmp_path, tmp_path / "copy.zip", undo=Changes(sessions=(1, 2), slots=("2026-03-02T08:00",)))
    read_export(tmp_path / "copy.zip")
    monkeypatch.setattr(transfer, "MOST_UNDONE", 2)
    with pytest.raises(StorageError, match="impossible values"):
        read_export(tmp_path / "copy.zip")


@pytest.mark.parametrize("text", ["=1+1", "+49", "-a", "@sum(1)"])
def test_a_note_is_no_formula_in_a_spreadsheet_and_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    one = replace(record(), title=text, ended_at=START, outcome=SessionOutcome.STOPPED)
    write(tmp_path / "old", ([one], [PainAnswer(session=one.id, answered_at=START, note=text)]))
    export_history(tmp_path / "old", tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        (answer,) = csv.DictReader(io.StringIO(archive.read("answers.csv").decode(), newline=""))
        (session,) = csv.DictReader(io.StringIO(archive.read("sessions.csv").decode(), newline=""))
    assert (answer["note"], session["title"]) == (f"'{text}", f"'{text}")
    import_history(tmp_path / "new", tmp_path / "all.zip")
    assert HistoryFileReader(tmp_path / "new").answers(*EVER)[0].note == text


def test_no_more_than_sixty_characters_of_a_file_are_quoted(tmp_path: Path) -> None:
    export_history(tmp_path, tmp_path / "all.json")
    data = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    data["slots"] = [["2026-03-02T08:00", "eaten" * 100_000]]
    (tmp_path / "bad.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(StorageError, match=r"\(Invalid enum value '.{10,60}slots\[0\]\[1\]`\)\.$"):
        read_export(tmp_path / "bad.json")


def test_own_files_that_swell_are_not_unpacked(tmp_path: Path) -> None:
    export_history(tmp_path, tmp_path / "all.json")
    with zipfile.ZipFile(tmp_path / "bad.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "all.json", "history.json")
        for number in range(20):
            archive.writestr(f"routines/{number}.toml", b" " * 100_000)
    with pytest.raises(StorageError, match="larger than 1 MiB"):
        read_export(tmp_path / "bad.zip")


PICTURED = b"""format = 2
title = "Cats"
[[exercises]]
title = "Cat"
position = "on_all_fours"
sides = "none"
picture = "cat.png"
[[exercises.steps]]
kind = "move"
text = "Round your back."
seconds = 5
"""


def test_pictures_travel_with_the_routines(tmp_path: Path) -> None:
    old, new = tmp_path / "old" / "routines", tmp_path / "new" / "routines"
    for folder in (old, new):
        folder.mkdir(parents=True)
    (old / "cats.toml").write_bytes(PICTURED)
    for name in ("cat.png", "same.JPG", "odd name.svg", "notes.txt"):
        (old / name).write_bytes(b"a cat")
    (new / "odd name.svg").write_bytes(b"another one, which stays")
    export_history(old.parent, tmp_path / "all.zip")
    added = merge(new.parent, read_export(tmp_path / "all.zip"), now=lambda: START).added.files
    assert set(added) == {"routines/cats.toml", "routines/cat.png", "routines/same.JPG", "routines/odd name-2.svg"}
    assert (new / "cat.png").read_bytes() == b"a cat"
    assert read_routine(new / "cats.toml").exercises[0].picture_path == str(new / "cat.png")
    assert not merge(new.parent, read_export(tmp_path / "all.zip"), now=lambda: START).added.files


def test_an_imported_picture_never_takes_the_place_of_another(tmp_path: Path) -> None:
    old, new = tmp_path / "old" / "routines", tmp_path / "new" / "routines"
    for folder, picture in ((old, b"a cat"), (new, b"a dog")):
        folder.mkdir(parents=True)
        (folder / "cat.png").write_bytes(picture)
    (old / "cats.toml").write_bytes(PICTURED)
    export_history(old.parent, tmp_path / "all.zip")
    added = merge(new.parent, read_export(tmp_path / "all.zip"), now=lambda: START).added.files
    assert set(added) == {"routines/cats.toml", "routines/cat-2.png"}
    assert (new / "cat.png").read_bytes() == b"a dog"
    shown = Path(read_routine(new / "cats.toml").exercises[0].picture_path)
    assert shown.read_bytes() == b"a cat"
    assert not merge(new.parent, read_export(tmp_path / "all.zip"), now=lambda: START).added.files


def test_an_export_does_not_name_the_folders_of_pictures(tmp_path: Path) -> None:
    folder = tmp_path / "routines"
    folder.mkdir()
    (folder / "cats.toml").write_bytes(PICTURED)
    (folder / "cat.png").write_bytes(b"a cat")
    plan = plan_as_text(build_timeline(read_routine(folder / "cats.toml")))
    folder_as_text = json.dumps(str(tmp_path))[1:-1]
    assert folder_as_text in plan, "it can be resumed here with its picture"
    with closing(open_database(tmp_path / FILE_NAME, now=lambda: START)) as db, transaction(db):
        rows.put_session(db, replace(record(), plan=plan))
    export_history(tmp_path, tmp_path / "all.json")
    assert folder_as_text not in (tmp_path / "all.json").read_text(encoding="utf-8")
    ((exported,),) = (each.plans for each in read_export(tmp_path / "all.json").history())
    assert plan_from_text(exported).routine.exercises[0].picture == "cat.png"


def test_pictures_that_are_too_large_for_an_export_are_named_before_it_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "old" / "routines"
    folder.mkdir(parents=True)
    for number in range(9):
        with (folder / f"{number}.png").open("wb") as file:
            file.truncate(LARGEST_PICTURE_BYTES)
    with pytest.raises(StorageError, match=r"routines are larger than 32 MiB together; make some of them smaller"):
        export_history(folder.parent, tmp_path / "all.zip")
    assert not (tmp_path / "all.zip").exists()
    (folder / "8.png").unlink()
    export_history(folder.parent, tmp_path / "all.zip")
    assert len(read_export(tmp_path / "all.zip").files) == 8


def test_too_many_pictures_are_not_unpacked(tmp_path: Path) -> None:
    export_history(tmp_path, tmp_path / "all.json")
    with zipfile.ZipFile(tmp_path / "bad.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "all.json", "history.json")
        for number in range(9):
            archive.writestr(f"routines/{number}.png", bytes(LARGEST_PICTURE_BYTES))
    with pytest.raises(StorageError, match="larger than 32 MiB"):
        read_export(tmp_path / "bad.zip")


def test_a_zip_without_the_history_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        bad.writestr("sessions.csv", "id\r\n1\r\n")
    with pytest.raises(StorageError, match=r"history\.json is missing"):
        import_history(tmp_path / "new", tmp_path / "bad.zip")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_damage_of_a_zip_is_one_sentence(tmp_path: Path, method: int) -> None:
    export_history(tmp_path, tmp_path / "all.json")
    with zipfile.ZipFile(tmp_path / "all.zip", "w", method) as archive:
        archive.write(tmp_path / "all.json", "history.json")
    whole = (tmp_path / "all.zip").read_bytes()
    for at in range(len(whole)):
        spoilt = bytearray(whole)
        spoilt[at] ^= 0x81
        (tmp_path / "bad.zip").write_bytes(spoilt)
        # What SQLite does is no part of this, and takes longest.
        with suppress(StorageError):
            read_export(tmp_path / "bad.zip")


def test_files_of_other_kinds_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="must end in"):
        export_history(tmp_path, tmp_path / "all.txt")
    with pytest.raises(StorageError, match="must end in"):
        import_history(tmp_path, tmp_path / "all.txt")
    with pytest.raises(StorageError, match="no such file"):
        import_history(tmp_path, tmp_path / "all.json")


def test_a_name_that_no_file_can_have_is_told_without_quoting_all_of_it(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="can't be read") as told:
        read_export(tmp_path / f"{'a' * 100_000}.json")
    assert len(str(told.value)) < 150


def test_any_name_that_a_file_can_have_will_do(tmp_path: Path) -> None:
    to = tmp_path / ("x" * 250 + ".json")
    export_history(tmp_path / "data", to)
    assert to.exists()


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
    write(tmp_path / "other", past_of_two())
    export_history(tmp_path / "other", tmp_path / "all.json")
    open_database(tmp_path / FILE_NAME, now=lambda: START).close()

    class Failing(sqlite3.Connection):
        def execute(self, sql: str, *arguments: object) -> sqlite3.Cursor:
            if "FROM session" in sql:
                error = sqlite3.OperationalError("failing")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR
                raise error
            return super().execute(sql, *arguments)  # type: ignore[arg-type]

    connect = sqlite3.connect
    monkeypatch.setattr(
        database, "open_database",
        lambda path, **_: connect(path, isolation_level=None, factory=Failing),
    )  # fmt: skip
    with pytest.raises(StorageError, match="disk can't be read or written"):
        work(tmp_path, tmp_path / "all.json")
