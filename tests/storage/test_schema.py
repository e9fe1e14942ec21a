"""The JSON Schema that is shipped for editors."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from stretchplayer.storage.assets import asset_dir

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "assets" / "make_schema.py"


@pytest.fixture
def schema() -> dict[str, Any]:
    """What is shipped."""
    schema: dict[str, Any] = json.loads((asset_dir("schema") / "routine.schema.json").read_text(encoding="utf-8"))
    return schema


def test_it_is_what_the_script_makes_of_the_format() -> None:
    made = runpy.run_path(str(SCRIPT))["make_schema"]()
    assert (asset_dir("schema") / "routine.schema.json").read_text(encoding="utf-8") == made


def test_the_script_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "my.json"
    monkeypatch.setattr("sys.argv", [str(SCRIPT), str(path)])
    runpy.run_path(str(SCRIPT), run_name="__main__")
    assert path.read_bytes() == (asset_dir("schema") / "routine.schema.json").read_bytes()


def test_the_shipped_routine_names_it() -> None:
    path = asset_dir("routines") / "hamstring-trio.toml"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert (path.parent / first.removeprefix("#:schema ")).resolve() == asset_dir("schema") / "routine.schema.json"


def test_every_key_is_described(schema: dict[str, Any]) -> None:
    tables = [definition for definition in schema["$defs"].values() if "properties" in definition]
    assert {table["title"] for table in tables} == {"Routine", "Safety", "Stretch", "Step"}
    for table in tables:
        assert table["additionalProperties"] is False
        assert all(key["description"].endswith(".") for key in table["properties"].values())


def test_a_step_has_either_seconds_or_repetitions(schema: dict[str, Any]) -> None:
    steps = schema["$defs"]["StretchDocument"]["properties"]["steps"]
    assert steps["items"]["oneOf"] == [{"required": ["seconds"]}, {"required": ["repetitions"]}]
