"""The routine the program ships with, read without the program's own reader."""

import tomllib
from pathlib import Path
from typing import Any

from stretchplayer.routine.routine import Exercise, Position, Routine, SafetyNote, SideMode, Step, StepKind

FILE = Path(__file__).parents[2] / "assets" / "routines" / "hamstring-trio.toml"


def hamstring_trio() -> Routine:
    """Read the shipped routine from its file."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    common = tomllib.loads(FILE.parent.with_name("safety.toml").read_text(encoding="utf-8"))
    first, *others = (
        SafetyNote(text=note) if isinstance(note, str) else SafetyNote(**note) for note in table["safety"]
    )
    return Routine(
        id=FILE.stem,
        title=table["title"],
        description=table["description"],
        source=table["source"],
        licence=table["licence"],
        safety=(
            first,
            *(SafetyNote(text=text, stop=True) for text in common["stop"]),
            *others,
            *(SafetyNote(text=text) for text in common["last"]),
        ),
        exercises=tuple(_exercise(each) for each in table["stretches"]),
    )


def _exercise(table: dict[str, Any]) -> Exercise:
    return Exercise(
        id=table["id"],
        title=table["title"],
        position=Position(table["position"]),
        setup=table["setup"],
        setup_say=table.get("setup_say"),
        transition_say=table.get("transition_say"),
        equipment=tuple(table.get("equipment", ())),
        sides=SideMode(table["sides"]),
        steps=tuple(
            Step(**(each | {"kind": StepKind(each["kind"]), "coach": tuple(each.get("coach", ()))}))
            for each in table["steps"]
        ),
    )
