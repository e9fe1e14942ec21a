"""Bringing an export together with what is here: each thing once, with a way back, and nothing harmful."""

import json
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.progress.history import PainAnswer, ReachMeasure, SessionRecord
from stretchplayer.reminders.slots import SlotState
from stretchplayer.routine.dose import Dose, OwnDoses
from stretchplayer.settings import Settings
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.doses import DoseFile
from stretchplayer.storage.history import rows
from stretchplayer.storage.history.database import FILE_NAME, open_database, transaction
from stretchplayer.storage.history.merge import MOST_NEIGHBOURS, Merged, merge, preview
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.transfer import export_history, read_export
from stretchplayer.storage.routines.routine_folder import RoutineFiles
from stretchplayer.storage.settings import SettingsFile
from tests.fakes import START
from tests.storage.history.past import record

EVER = (date.min, date.max)
ROUTINE = (asset_dir("routines") / "hamstring-trio.toml").read_bytes()
POSE = min(asset_dir("poses").iterdir()).read_bytes()


def machine(folder: Path, *hours: int, routine: bytes = b"") -> Path:
    """A data directory with sessions at these hours, each with an answer, and a measure and a slot of its day."""
    with closing(open_database(folder / FILE_NAME, now=lambda: START)) as db, transaction(db):
        for hour in hours:
            at = START + timedelta(hours=hour)
            one = record(at)
            rows.put_session(db, one)
            rows.put_answer(db, PainAnswer(session=one.id, answered_at=at, back=3, note=f"hour {hour}"))
            rows.put_measure(db, ReachMeasure(day=at.date(), cm=20))
            rows.put_slots(db, {f"{at.date()}T20:00": SlotState.MISSED})
    if routine:
        (folder / "routines").mkdir()
        (folder / "routines" / "mine.toml").write_bytes(routine)
    return folder


def bring(to: Path, out: Path, *, takes_settings: bool = False) -> Merged:
    return merge(to, read_export(out), takes_settings=takes_settings, now=lambda: START)


def sessions(folder: Path) -> list[SessionRecord]:
    return list(HistoryFileReader(folder).sessions(*EVER))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The export of another machine, on which there is everything."""
    other = machine(tmp_path / "other", 0, 30, routine=ROUTINE)
    (other / "poses").mkdir()
    (other / "poses" / "bent.toml").write_bytes(POSE)
    SettingsFile(other).save(Settings(viewing_distance_m=3.5))
    export_history(other, tmp_path / "all.zip")
    return tmp_path / "all.zip"


def test_a_new_machine_gets_everything(tmp_path: Path, out: Path) -> None:
    new = tmp_path / "new"
    merged = bring(new, out)
    assert merged.settings == Settings(viewing_distance_m=3.5)
    assert (
        merged.summary()
        == "New: 2 sessions, 2 answers, 2 measurements, 2 reminders, 2 routines, poses, sounds or doses."
    )
    assert sessions(new) == sessions(tmp_path / "other")
    assert HistoryFileReader(new).answers(*EVER) == HistoryFileReader(tmp_path / "other").answers(*EVER)
    assert (new / "routines" / "mine.toml").read_bytes() == ROUTINE
    assert (new / "poses" / "bent.toml").read_bytes() == POSE
    assert "mine" in {routine.id for routine in RoutineFiles(new).routines()}
    assert not (new / "settings.json").exists(), "whoever imports asks for them"


def test_two_are_brought_together_and_nothing_is_doubled(tmp_path: Path, out: Path) -> None:
    used = machine(tmp_path / "used", 30, 50, routine=ROUTINE + b"\n# Of mine\n")
    seen = preview(used, read_export(out), now=lambda: START)
    assert seen.copy is None
    assert len(sessions(used)) == 2
    merged = bring(used, out)
    assert replace(merged, copy=None) == seen
    assert merged.known == 1
    assert merged.summary().endswith("1 session is here already.")
    assert [one.started_at for one in sessions(used)] == [START + timedelta(hours=hours) for hours in (50, 30, 0)]
    assert len(HistoryFileReader(used).answers(*EVER)) == 3
    assert (used / "routines" / "mine.toml").read_bytes() == ROUTINE + b"\n# Of mine\n"
    assert (used / "routines" / "mine-2.toml").read_bytes() == ROUTINE
    again = bring(used, out)
    assert again.is_nothing
    assert again.copy is None
    assert again.summary() == "2 sessions are here already."


def test_sessions_that_have_the_same_number_by_chance_are_both_kept(tmp_path: Path) -> None:
    here, other = machine(tmp_path / "here"), machine(tmp_path / "other")
    for folder, routine in ((here, "one"), (other, "two")):
        with closing(open_database(folder / FILE_NAME, now=lambda: START)) as db, transaction(db):
            rows.put_session(db, replace(record(), routine=routine))
            rows.put_answer(db, PainAnswer(session=record().id, answered_at=START, note=routine))
    export_history(other, tmp_path / "all.json")
    bring(here, tmp_path / "all.json")
    assert bring(here, tmp_path / "all.json").is_nothing
    notes = {answer.session: answer.note for answer in HistoryFileReader(here).answers(*EVER)}
    assert sorted((one.routine, notes[one.id]) for one in sessions(here)) == [("one", "one"), ("two", "two")]


def test_an_export_whose_numbers_are_all_taken_is_refused(tmp_path: Path, out: Path) -> None:
    here = machine(tmp_path / "here")
    with closing(open_database(here / FILE_NAME, now=lambda: START)) as db, transaction(db):
        for number in range(MOST_NEIGHBOURS):
            rows.put_session(db, replace(record(), id=record().id + number, routine="other"))
    with pytest.raises(StorageError, match="impossible values"):
        bring(here, out)
    assert len(sessions(here)) == MOST_NEIGHBOURS


@pytest.mark.parametrize("ending", [".json", ".zip"])
def test_what_was_marked_as_done_elsewhere_is_so_here_and_can_be_undone(tmp_path: Path, ending: str) -> None:
    marked, skipped, paused = SlotState.MARKED_DONE, SlotState.SKIPPED, SlotState.PAUSED
    keys = [f"2026-02-0{day}T08:00" for day in range(1, 5)]
    here, there = [skipped, skipped, marked, marked], [marked, paused, marked, skipped]
    for name, states in (("here", here), ("there", there)):
        with closing(open_database(tmp_path / name / FILE_NAME, now=lambda: START)) as db, transaction(db):
            rows.put_slots(db, dict(zip(keys, states, strict=True)))
    export_history(tmp_path / "there", tmp_path / f"all{ending}")
    merged = bring(tmp_path / "here", tmp_path / f"all{ending}")
    reader = HistoryFileReader(tmp_path / "here")
    assert list(reader.slots_settled(*EVER).values()) == [marked, skipped, marked, marked]
    assert merged.added.slots == (keys[0],)
    assert merged.copy is not None
    bring(tmp_path / "here", merged.copy)
    assert list(reader.slots_settled(*EVER).values()) == here


def test_the_copy_made_before_takes_back_what_was_added_since(tmp_path: Path, out: Path) -> None:
    used = machine(tmp_path / "used", 30)
    SettingsFile(used).save(Settings(viewing_distance_m=1.5))
    copy = bring(used, out, takes_settings=True).copy
    assert copy is not None
    assert copy.name == "history.before-import-20260302-080000.zip"
    SettingsFile(used).save(Settings(viewing_distance_m=3.5))
    with closing(open_database(used / FILE_NAME, now=lambda: START)) as db, transaction(db):
        rows.put_session(db, record(START + timedelta(hours=60)))
    undone = bring(used, copy, takes_settings=True)
    assert undone.settings == Settings(viewing_distance_m=1.5)
    assert undone.summary() == (
        "Gone: 1 session, 1 answer, 1 measurement, 1 reminder, 2 routines, poses, sounds or doses. "
        "1 session is here already."
    )
    assert [one.started_at for one in sessions(used)] == [START + timedelta(hours=hours) for hours in (60, 30)]
    assert not list((used / "routines").iterdir())
    assert undone.copy is not None
    bring(used, undone.copy)
    assert len(sessions(used)) == 3
    assert (used / "routines" / "mine.toml").read_bytes() == ROUTINE


def test_own_sounds_come_along_and_those_that_are_here_stay(tmp_path: Path) -> None:
    other, used = tmp_path / "other", tmp_path / "used"
    sounds = {name: (asset_dir("sounds") / f"{name}.wav").read_bytes() for name in ("done", "paused", "waiting")}
    for folder in (other, used):
        (folder / "sounds").mkdir(parents=True)
    for name, sound in (("done", "done"), ("paused", "paused"), ("waiting", "done")):
        (other / "sounds" / f"{name}.wav").write_bytes(sounds[sound])
    (other / "sounds" / "notes.txt").write_text("Not a sound.")
    export_history(other, tmp_path / "all.zip")
    (used / "sounds" / "paused.wav").write_bytes(sounds["waiting"])
    merged = bring(used, tmp_path / "all.zip")
    assert merged.summary() == "New: 2 routines, poses, sounds or doses."
    kept = {path.stem: path.read_bytes() for path in (used / "sounds").iterdir()}
    assert kept == {"done": sounds["done"], "paused": sounds["waiting"], "waiting": sounds["done"]}
    assert merged.copy is not None
    bring(used, merged.copy)
    assert [path.name for path in (used / "sounds").iterdir()] == ["paused.wav"]


def test_own_doses_come_along_and_those_that_are_here_stay(tmp_path: Path) -> None:
    other, used = tmp_path / "other", tmp_path / "used"
    theirs, mine = (OwnDoses(exercises={"towel-stretch": Dose(hold_s=hold_s)}) for hold_s in (15, 45))
    for routine in ("hamstring-trio", "hips"):
        DoseFile(other, routine).save(theirs)
    (other / "doses" / "hips.damaged-20260302-080000.json").write_text("{")
    export_history(other, tmp_path / "all.zip")
    DoseFile(used, "hips").save(mine)
    merged = bring(used, tmp_path / "all.zip")
    assert merged.summary() == "New: 1 routine, pose, sound or dose."
    assert DoseFile(used, "hamstring-trio").load() == theirs
    assert DoseFile(used, "hips").load() == mine
    assert merged.copy is not None
    bring(used, merged.copy)
    assert [path.name for path in (used / "doses").iterdir()] == ["hips.json"]


def test_settings_alone_have_a_way_back_too(tmp_path: Path, out: Path) -> None:
    used = tmp_path / "used"
    bring(used, out)
    merged = bring(used, out, takes_settings=True)
    assert merged.copy is not None
    assert read_export(merged.copy).settings == Settings()


def test_where_the_copy_can_t_be_made_nothing_is_changed(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr("stretchplayer.storage.history.merge.export_history", refuse)
    used = machine(tmp_path / "used", 30)
    with pytest.raises(StorageError, match="full"):
        bring(used, out)
    assert len(sessions(used)) == 1
    assert not (used / "routines").exists()


def test_what_is_in_the_way_of_a_history_is_told(tmp_path: Path, out: Path) -> None:
    (tmp_path / "new" / FILE_NAME).mkdir(parents=True)
    with pytest.raises(StorageError, match="damaged"):
        bring(tmp_path / "new", out)


STEREO = b"RIFF$\0\0\0WAVEfmt \x10\0\0\0\1\0\2\0D\xac\0\0\x10\xb1\2\0\4\0\x10\0data\0\0\0\0"
MANIFEST = json.dumps({"format": 1, "undo": {"files": ["../../settings.json"]}}).encode()
HOSTILE: Mapping[str, Callable[[dict[str, bytes]], object]] = {
    "not a valid name for a routine": lambda files: files.update({"routines/../../evil.toml": ROUTINE}),
    "for a routine, pose, sound or dose": lambda files: files.update({"routines/.hidden.toml": ROUTINE}),
    '"routines/a.*" is not a valid name': lambda files: files.update({"routines/a\x1b.toml": ROUTINE}),
    '"poses/a.sh" is not a valid name': lambda files: files.update({"poses/a.sh": b""}),
    'settings.json" is not a valid name': lambda files: files.update({"manifest.json": MANIFEST}),
    "newer version": lambda files: files.update({"manifest.json": b'{"format": 2}'}),
    "its format number is missing": lambda files: files.update({"manifest.json": b"{}"}),
    "routines/bad.toml": lambda files: files.update({"routines/bad.toml": b"format = 1\n"}),
    "poses/bad.toml": lambda files: files.update({"poses/bad.toml": b"format = 1\n"}),
    "a.json is damaged": lambda files: files.update({"doses/a.json": b"{"}),
    '"doses/.b.json" is not a valid name': lambda files: files.update({"doses/.b.json": b"{}"}),
    "settings.json is damaged": lambda files: files.update({"settings.json": b"{"}),
    "settings.json was written by a newer": lambda files: files.update({"settings.json": b'{"version": 99}'}),
    "sounds/done.wav is not a sound": lambda files: files.update({"sounds/done.wav": STEREO}),
    "damaged": lambda files: files.update({"sounds/done.wav": b"RIFF"}),
    "larger than 1 MiB": lambda files: files.update({"settings.json": b" " * (1 << 20 | 1)}),
    "too many files": lambda files: files.update({f"{number}.txt": b"" for number in range(1_001)}),
    "impossible values": lambda files: files.update(
        {"history.json": files["history.json"].replace(b"T20:00", b"T25:00")}
    ),
}


@pytest.mark.parametrize("words", HOSTILE)
def test_what_could_do_harm_is_refused_whole(tmp_path: Path, out: Path, words: str) -> None:
    with zipfile.ZipFile(out) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    HOSTILE[words](files)
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    with pytest.raises(StorageError, match=words):
        bring(tmp_path / "new", tmp_path / "bad.zip")
    assert not sessions(tmp_path / "new")
    assert not (tmp_path / "new" / "routines").exists()
