"""Makes sentences of the mistakes in a routine or pose file, in terms of the person who wrote it."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Final, get_args, get_type_hints

from msgspec import Struct

from stretchplayer.storage import wording
from stretchplayer.storage.routine_format import Mistake, Place, RoutineDocument

_NOUNS: Final = {"stretches": "stretch", "steps": "step"}
_NAMES: Final = {**_NOUNS, "safety": "safety note"}
_PATH: Final = r"\$((?:\.\w+|\[\d+\])*)"
_PATH_PART: Final = r"\.(\w+)|\[(\d+)\]"
_HEADER: Final = r"""\s*\[\[?\s*["']?([\w-]+)["']?(?:\s*\.\s*["']?([\w-]+)["']?)?\s*\]"""
_KEY: Final = r"""\s*["']?([\w-]+)["']?\s*="""


def sentence(mistake: Mistake, name: str, source: str) -> str:
    """Tell the person of a mistake in the file called `name`; `source` is its text."""
    line = find_line(source, mistake.place)
    table, subject = mistake.place, "it"
    if table and isinstance(table[-1], str):
        subject = wording.quoted(table[-1])
        table = table[:-1]
    parts = [name, *([] if line is None else [f"line {line}"]), *_in_words(table)]
    return f"{', '.join(parts)}: {subject} {mistake.what}."


def from_validation(message: str, document: Mapping[str, object], root: type[Struct] = RoutineDocument) -> Mistake:
    """Make a mistake of what msgspec says about a document that was decoded as a `root`."""
    text, _, path = message.rpartition(" - at `")
    match = re.fullmatch(_PATH, path.removesuffix("`"))
    place: Place = ()
    if match is not None:
        place = tuple(key or int(index) for key, index in re.findall(_PATH_PART, match[1]))
    text = text or message
    if text.startswith("Object contains unknown field"):
        return _unknown_key(place, document, root)
    missing = re.fullmatch(r"Object missing required field `(\w+)`", text)
    if missing is not None:
        place = (*place, missing[1])
        return Mistake(place, f"is missing; it must be {_right(place, root)}")
    return _wrong_value(place, _at(document, place), root)


def find_line(source: str, place: Place) -> int | None:
    """Find the line, from 1, in which a place begins, or the table that holds it; None when that is not easily told.

    It reads headers and keys at the beginning of lines and knows no more of TOML. Texts of several lines could look
    like either, so with them it does not try.
    """
    if '"""' in source or "'''" in source:
        return None
    lines = _lines(source)
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return None


def _lines(source: str) -> dict[Place, int]:
    lines: dict[Place, int] = {}
    counts = {"stretches": -1, "steps": -1}
    table: Place = ()
    for number, line in enumerate(source.split("\n"), start=1):
        header = re.match(_HEADER, line)
        if header is None:
            key = re.match(_KEY, line)
            if key is not None:
                lines.setdefault((*table, key[1]), number)
            continue
        if header.groups() == ("stretches", None):
            counts = {"stretches": counts["stretches"] + 1, "steps": -1}
            table = ("stretches", counts["stretches"])
            lines.setdefault(table[:-1], number)
        elif header.groups() == ("stretches", "steps"):
            counts["steps"] += 1
            table = ("stretches", counts["stretches"], "steps", counts["steps"])
            lines.setdefault(table[:-1], number)
        else:
            table = tuple(name for name in header.groups() if name)
        lines.setdefault(table, number)
    return lines


def _in_words(place: Place) -> list[str]:
    """`("stretches", 1, "steps", 0)` is ["stretch 2", "step 1"], `("working_leg",)` is ["[working_leg]"]."""
    words: list[str] = []
    for part in place:
        if isinstance(part, int):
            words[-1] = f"{_NAMES[words[-1][1:-1]]} {part + 1}"
        else:
            words.append(f"[{part}]")
    return words


def _at(document: object, place: Place) -> object:
    """What stands at a place."""
    thing = document
    for part in place:
        try:
            thing = thing[part]  # type: ignore[index]
        except (LookupError, TypeError):
            return None
    return thing


def _struct_at(place: Place, root: type[Struct]) -> type[Struct]:
    """Which table of the format holds, or is, the place."""
    struct = root
    for part in place[:-1]:
        if isinstance(part, str):
            inner = get_type_hints(struct).get(part)
            struct = next((each for each in _parts(inner) if isinstance(each, type) and issubclass(each, Struct)), root)
    return struct


def _parts(hint: object) -> Iterator[object]:
    """A type and all types it is made of."""
    yield hint
    for inner in get_args(hint):
        yield from _parts(inner)


def _right(place: Place, root: type[Struct]) -> str:
    """What may stand at a place that is a key."""
    struct = _struct_at(place, root)
    hints = get_type_hints(struct, include_extras=True)
    attribute = struct.__struct_fields__[struct.__struct_encode_fields__.index(str(place[-1]))]
    about = next(meta for meta in hints[attribute].__metadata__ if meta.extra)
    return str(about.extra["right"])


def _unknown_key(place: Place, document: Mapping[str, object], root: type[Struct]) -> Mistake:
    # The message quotes the key as it is, so that a strange one can make any place of it; then it is at the top.
    for owner in (place, ()):
        known = _struct_at((*owner, ""), root).__struct_encode_fields__
        table = _at(document, owner)
        for key in table if isinstance(table, dict) else ():
            if key not in known:
                return Mistake((*owner, key), f"is no key here; {_perhaps(key, known)}")
    kind = root.__name__.removesuffix("Document").lower()
    return Mistake((), f"has a key that is none of a {kind}; remove it")


def _perhaps(key: str, known: tuple[str, ...]) -> str:
    close = get_close_matches(key, known, n=1)
    return f'perhaps "{close[0]}" is meant' if close else f"the keys are {', '.join(known)}"


def _wrong_value(place: Place, thing: object, root: type[Struct]) -> Mistake:
    if not place:
        return Mistake(place, "must be a table of keys and values")
    if isinstance(place[-1], str):
        return Mistake(place, f"must be {_right(place, root)}, not {wording.value(thing)}")
    if place[-2] in _NOUNS:
        header = ".".join(part for part in place if isinstance(part, str))
        return Mistake(place, f"must be a table that begins with [[{header}]], not {wording.value(thing)}")
    entry = int(place[-1]) + 1
    return Mistake(place[:-1], f"must be {_right(place[:-1], root)}, but entry {entry} is {wording.value(thing)}")
