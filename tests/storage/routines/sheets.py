"""Routine files for tests: a good one, and how to spoil it."""

from pathlib import Path

import pytest

from stretchplayer.errors import StorageError
from stretchplayer.routine.routine import Routine
from stretchplayer.storage.routines.routine_file import parse_routine

SHEET = """\
format = 1
title = "Two exercises"
safety = ["No pain."]

[[stretches]]
title = "Leg raise"
position = "lying_on_back"
equipment = ["a towel", "a mat"]

[[stretches.steps]]
kind = "move"
text = "Raise your {leg}."
seconds = 5

[[stretches.steps]]
kind = "hold"
text = "Keep it up."
seconds = 20

[[stretches]]
id = "cat"
title = "Cat"
position = "on_all_fours"
sides = "none"

[[stretches.steps]]
kind = "move"
text = "Arch your back, and let go."
repetitions = 8
"""


def spoilt(old: str, new: str, *, count: int = 1) -> bytes:
    """The sheet with the first `count` places of `old` changed, of which there has to be one."""
    assert old in SHEET
    return SHEET.replace(old, new, count).encode()


def parsed(data: bytes | str) -> Routine:
    """The routine in the data, which are those of a file called my.toml."""
    return parse_routine(data.encode() if isinstance(data, str) else data, name="my.toml", routine_id="my")


def sentence_for(data: bytes | str) -> str:
    """What the person is told about the data, which can't be used."""
    with pytest.raises(StorageError) as caught:
        parsed(data)
    return str(caught.value)


def write_sheet(path: Path, text: str = SHEET) -> Path:
    """Write a sheet into a file, in directories made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
