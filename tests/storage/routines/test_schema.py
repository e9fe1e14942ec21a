"""The JSON Schemas that are shipped for editors."""

import json
import runpy
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from stretchplayer.routine.routine import SideMode, StepKind
from stretchplayer.storage.assets import asset_dir

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = ROOT / "packaging" / "assets" / "make_schema.py"
EVERYTHING = ROOT / "tests" / "routine" / "everything.toml"


@pytest.fixture
def schema() -> dict[str, Any]:
    """What is shipped."""
    schema: dict[str, Any] = json.loads((asset_dir("schema") / "routine.schema.json").read_text(encoding="utf-8"))
    return schema


def test_they_are_what_the_script_makes_of_the_core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", [str(SCRIPT), str(tmp_path / "new")])
    runpy.run_path(str(SCRIPT), run_name="__main__")
    made = {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()}
    assert made == {path.name: path.read_bytes() for path in asset_dir("schema").iterdir()}


def test_the_shipped_routine_names_it() -> None:
    path = asset_dir("routines") / "hamstring-trio.toml"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert (path.parent / first.removeprefix("#:schema ")).resolve() == asset_dir("schema") / "routine.schema.json"


def test_every_key_is_described(schema: dict[str, Any]) -> None:
    tables = [definition for definition in schema["$defs"].values() if "properties" in definition]
    assert {table["title"] for table in tables} == {"Routine", "SafetyNote", "Block", "Exercise", "SidedText", "Step"}
    for table in tables:
        assert table["additionalProperties"] is False
        assert all(key["description"].endswith(".") for key in table["properties"].values())


def test_every_key_is_in_the_routine_that_has_everything(schema: dict[str, Any]) -> None:
    """That one is played from start to end as well, by the tests of the whole program."""
    routine = tomllib.loads(EVERYTHING.read_text(encoding="utf-8"))
    steps = [step for exercise in routine["exercises"] for step in exercise["steps"]]
    used = {
        "Routine": [routine],
        "SafetyNote": [note for note in routine["safety"] if isinstance(note, dict)],
        "Block": routine["blocks"],
        "Exercise": routine["exercises"],
        "SidedText": [step["text"] for step in steps if isinstance(step["text"], dict)],
        "Step": steps,
    }
    for name, tables in used.items():
        keys = set(schema["$defs"][name]["properties"]) - {"stretches"}  # of format 1
        assert set(chain(*tables)) == keys, name
    assert {exercise.get("sides", "each") for exercise in routine["exercises"]} == set(SideMode)
    assert {step["kind"] for step in steps} == set(StepKind)


def test_a_step_has_one_length(schema: dict[str, Any]) -> None:
    steps = schema["$defs"]["Exercise"]["properties"]["steps"]
    assert steps["items"]["oneOf"] == [{"required": [key]} for key in ("seconds", "breaths", "repetitions")]
