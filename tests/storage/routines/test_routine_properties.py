"""Whatever a routine file contains, it makes a routine that can be played or one sentence, and nothing else."""

import tomllib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stretchplayer.errors import StorageError
from stretchplayer.routine.timeline_builder import build_timeline
from tests.routine.shipped import FILE
from tests.storage.routines.sheets import SHEET, parsed

SHIPPED = FILE.read_bytes()
KEYS = (
    "format title description source licence safety stretches id position setup equipment sides limb repetitions sets "
    "rest_s steps kind text say seconds pose odd"
).split()

_plain = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["each", "none", "hold", "move", "standing", "{leg}", "{", "a", "\n", "x" * 501])
    | st.dates()
    | st.times()
    | st.datetimes()
)
values = st.recursive(
    _plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=5,
).filter(lambda value: value is not None)
"""Anything that can stand behind an equals sign."""


def written(value: object) -> str:
    """The value in TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = "".join(f"\\U{ord(character):08x}" for character in value if not "\ud800" <= character <= "\udfff")
        return f'"{escaped}"'
    if isinstance(value, list):
        return f"[{', '.join(written(each) for each in value if each is not None)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {written(each)}' for key, each in value.items() if each is not None)}}}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def check(data: bytes) -> None:
    """Parse the data; the sentence, if there is one, is one line, of a length to be read, and ends like a sentence."""
    try:
        routine = parsed(data)
    except StorageError as error:
        sentence = str(error)
        assert sentence.startswith("my.toml")
        assert sentence.endswith((".", "?"))
        assert sentence.isprintable()
        assert len(sentence) < 500
    else:
        timeline = build_timeline(routine)
        assert timeline.total_ms > 0
        assert all(phase.text.strip() and "{" not in phase.text for phase in timeline.phases)
        assert len({exercise.id for exercise in routine.exercises}) == len(routine.exercises)


@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"\x00")
def test_any_bytes(data: bytes) -> None:
    check(data)


@given(st.text(max_size=300))
def test_any_text_after_a_good_beginning(text: str) -> None:
    check(SHEET.encode() + text.encode("utf-8", "surrogatepass"))


@given(st.data())
def test_any_bytes_in_place_of_any_others(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SHIPPED)))
    end = data.draw(st.integers(start, min(len(SHIPPED), start + 40)))
    check(SHIPPED[:start] + data.draw(st.binary(max_size=10)) + SHIPPED[end:])


@given(st.data())
def test_any_lines_left_out_or_written_twice(data: st.DataObject) -> None:
    lines = SHEET.splitlines(keepends=True)
    kept = data.draw(st.lists(st.sampled_from(range(len(lines))), max_size=2 * len(lines)).map(sorted))
    check("".join(lines[number] for number in kept).encode())


@given(line=st.sampled_from([line for line in SHEET.splitlines() if " = " in line]), value=values)
def test_any_value_of_any_key(line: str, value: object) -> None:
    key = line.partition(" = ")[0]
    data = SHEET.replace(line, f"{key} = {written(value)}", 1)
    check(data.encode())


@given(key=st.sampled_from(KEYS), value=values, table=st.sampled_from(["title", "position", "kind"]))
def test_any_other_key_in_any_table(key: str, value: object, table: str) -> None:
    check(SHEET.replace(f"{table} = ", f"{key} = {written(value)}\n{table} = ", 1).encode())


@given(key=st.text(min_size=1, max_size=60))
def test_any_name_of_a_key(key: str) -> None:
    check(f"{written(key)} = 1\n{SHEET}".encode())


@pytest.mark.parametrize("value", [True, "a\n", [1, "x"], {"odd": 1.5}])
def test_values_are_written_as_toml_reads_them(value: Any) -> None:  # noqa: ANN401  A value of any type
    assert tomllib.loads(f"key = {written(value)}") == {"key": value}
