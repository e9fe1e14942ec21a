"""Looking up recordings: what they take, and what becomes of a folder that is not as it should be."""

import json
import logging
from pathlib import Path

import pytest

from stretchplayer.audio.clips.library import CLIPS, GAP_MS, MANIFEST, ClipLibrary
from tests.audio.clips.recorded import record

WORDS_MS = {"Hold.": 500, "Thirty seconds.": 1000}
BOTH = "Hold. Thirty seconds."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return record(tmp_path / "en", WORDS_MS)


def damage_manifest(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_text(text, encoding="utf-8", errors="surrogateescape")


def test_a_text_takes_its_sentences_and_the_gaps_between_them(folder: Path) -> None:
    library = ClipLibrary(folder)
    assert library.duration_ms("Hold.") == 500
    assert library.duration_ms(BOTH) == 500 + GAP_MS + 1000
    assert library.paths(BOTH) == (f"{folder}/0.wav", f"{folder}/1.wav")
    assert library.texts == WORDS_MS.keys()


def test_a_text_that_was_recorded_whole_is_said_whole(tmp_path: Path) -> None:
    library = ClipLibrary(record(tmp_path / "en", {**WORDS_MS, BOTH: 1300}))
    assert library.paths(BOTH) == (f"{tmp_path / 'en'}/2.wav",)
    assert library.duration_ms(BOTH) == 1300


def test_a_sentence_without_a_recording_takes_its_clauses(tmp_path: Path) -> None:
    library = ClipLibrary(record(tmp_path / "en", {**WORDS_MS, "Four exercises,": 700, "about one minute.": 800}))
    assert library.duration_ms("Four exercises, about one minute. Hold.") == 700 + GAP_MS + 800 + GAP_MS + 500
    assert library.clips("Four exercises, both legs, about one minute.") is None


@pytest.mark.parametrize("text", ["", "Release.", "Hold. Release.", "hold."])
def test_a_text_with_an_unknown_sentence_is_unknown(folder: Path, text: str) -> None:
    library = ClipLibrary(folder)
    assert library.clips(text) is None
    assert library.paths(text) is None
    assert library.duration_ms(text) is None


@pytest.mark.parametrize("name", ["0.wav", "1.wav"])
@pytest.mark.parametrize("how", ["missing", "short", "empty"])
def test_a_damaged_file_costs_no_other(folder: Path, name: str, how: str, caplog: pytest.LogCaptureFixture) -> None:
    file = folder / name
    if how == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-2] if how == "short" else b"")
    library = ClipLibrary(folder)
    lost, kept = ("Hold.", "Thirty seconds.") if name == "0.wav" else ("Thirty seconds.", "Hold.")
    assert library.clips(lost) is None
    assert library.clips(BOTH) is None
    assert library.clips(kept) is not None
    assert [(record.levelno, name in record.message) for record in caplog.records] == [(logging.INFO, True)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        json.dumps({CLIPS: 3}),
        json.dumps({CLIPS: [{"text": "Hold."}]}),
        json.dumps({CLIPS: [{"text": "Hold.", "file": 3, "duration_ms": 500, "bytes": 1}]}),
        json.dumps({CLIPS: [{"text": "Hold.", "file": "0.wav", "duration_ms": "long", "bytes": 1}]}),
        json.dumps({CLIPS: [["Hold."]]}),
        json.dumps({CLIPS: [{"text": "H\udcff", "file": "0.wav", "duration_ms": 500, "bytes": 1}]}, ensure_ascii=False),
    ],
)
def test_a_damaged_manifest_is_none_and_is_told_once(folder: Path, text: str, caplog: pytest.LogCaptureFixture) -> None:
    damage_manifest(folder, text)
    library = ClipLibrary(folder)
    assert library.clips("Hold.") is None
    assert [record.levelno for record in caplog.records] == [logging.INFO]


def test_without_a_folder_there_are_no_clips(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    library = ClipLibrary(tmp_path / "nowhere")
    assert library.texts == frozenset()
    assert len(caplog.records) == 1


def test_the_manifest_is_read_when_it_is_needed(tmp_path: Path) -> None:
    library = ClipLibrary(tmp_path / "en")
    record(tmp_path / "en", WORDS_MS)
    assert library.duration_ms("Hold.") == 500
