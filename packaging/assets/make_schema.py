"""Makes the JSON Schemas of routine and pose files: `python packaging/assets/make_schema.py [FOLDER]`.

By default it writes them into assets/schema/. Editors use them to complete and check such files; the first line of each
shipped file names its own.
"""

import inspect
import json
import sys
from pathlib import Path
from typing import Any, Final

import msgspec

from stretchplayer.figure.pose import Pose
from stretchplayer.routine.routine import Routine

FOLDER: Final = Path(__file__).resolve().parents[2] / "assets" / "schema"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FORMATS: Final = {Pose: (1, 2), Routine: (1, 2)}
CHOSEN: Final = {"own_dose", "own_hold", "only_side", "extra_set_on"}
"""Fields of an exercise that the person's dose fills, and no file."""


def make_schema(kind: type[Pose | Routine]) -> str:
    """Make the text of the schema file of one kind of file: what it has differs from the dataclass in a few points."""
    name = kind.__name__
    schema: dict[str, Any] = {
        "$schema": DIALECT,
        "$id": f"urn:stretchplayer:{name.lower()}:{FORMATS[kind][-1]}",
        "title": f"Stretch Player {name.lower()}",
        **msgspec.json.schema(kind),
    }
    definitions = schema["$defs"]
    for definition in definitions.values():
        if "description" in definition:  # a docstring, which Python 3.13 strips of its indentation and 3.11 doesn't
            definition["description"] = inspect.cleandoc(definition["description"])
        if "properties" in definition:
            definition["additionalProperties"] = False
            definition["properties"] = {key: _given(value) for key, value in definition["properties"].items()}
    whole = definitions[name]
    made = next(iter(whole["properties"]))  # of the file's name
    number = {"description": "The version of the format.", "enum": FORMATS[kind]}
    whole["properties"] = {"format": number, **{k: v for k, v in whole["properties"].items() if k != made}}
    whole["required"] = ["format", *(key for key in whole["required"] if key != made)]
    if kind is Routine:
        # Format 1 said "stretches".
        whole["properties"]["stretches"] = whole["properties"]["exercises"]
        whole["required"].remove("exercises")
        whole["oneOf"] = [
            {"properties": {"format": {"const": number}}, "required": [name]}
            for number, name in zip(FORMATS[kind], ("stretches", "exercises"), strict=True)
        ]
        exercise = definitions["Exercise"]
        exercise["properties"] = {k: v for k, v in exercise["properties"].items() if k not in {"picture_path", *CHOSEN}}
        exercise["required"].remove("id")
        text = {k: v for k, v in definitions["SafetyNote"]["properties"]["text"].items() if k != "description"}
        whole["properties"]["safety"]["items"] = {"anyOf": [text, {"$ref": "#/$defs/SafetyNote"}]}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _given(value: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value without null, which TOML doesn't have."""
    kinds: list[dict[str, Any]] = [kind for kind in value.get("anyOf", ()) if kind != {"type": "null"}]
    if value.get("default", 0) in (None, ""):
        value = {key: part for key, part in value.items() if key != "default"}
    if len(kinds) == 1:
        return {key: part for key, part in value.items() if key != "anyOf"} | kinds[0]
    return value


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for each in (Pose, Routine):
        file = folder / f"{each.__name__.lower()}.schema.json"
        file.write_text(make_schema(each), encoding="utf-8", newline="\n")
        sys.stdout.write(f"wrote {file}\n")
