"""Makes the JSON Schema of routine files: `python packaging/assets/make_schema.py [FILE]`.

By default it writes assets/schema/routine.schema.json, which editors use to complete and check routine files: the first
line of the shipped routine names it.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

import msgspec

from stretchplayer.storage.routine_format import FORMAT, RoutineDocument

SCHEMA: Final = Path(__file__).resolve().parents[2] / "assets" / "schema" / "routine.schema.json"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def make_schema() -> str:
    """Make the text of the schema file."""
    schema: dict[str, Any] = {
        "$schema": DIALECT,
        "$id": f"urn:stretchplayer:routine:{FORMAT}",
        "title": "Stretch Player routine",
        **msgspec.json.schema(RoutineDocument),
    }
    for name, definition in schema["$defs"].items():
        # "StretchDocument" says little to the author of a routine who hovers over it.
        definition["title"] = name.removesuffix("Document")
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else SCHEMA
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(make_schema(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"wrote {file}\n")
