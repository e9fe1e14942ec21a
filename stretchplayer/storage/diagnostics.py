"""Explains mistakes in a routine or pose file in the terms of the person who wrote it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final, TypeAlias

from msgspec import inspect

from stretchplayer.i18n import N_, _
from stretchplayer.storage import messages

Place: TypeAlias = tuple[str | int, ...]
"""A position in a file: keys, and indices from 0, as in `("exercises", 1, "steps", 0, "seconds")`."""

_EXERCISES: Final = frozenset({"exercises", "stretches"})
_TABLES: Final = _EXERCISES | {"blocks"}
_NUMBERED: Final = {
    "exercises": N_("exercise {number}"),
    "stretches": N_("exercise {number}"),
    "steps": N_("step {number}"),
    "blocks": N_("block {number}"),
    "safety": N_("safety note {number}"),
    "props": N_("prop {number}"),
    "arrows": N_("arrow {number}"),
}
_PATH: Final = r"\$((?:\.\w+|\[\d+\])*)"
_PATH_PART: Final = r"\.(\w+)|\[(\d+)\]"
_HEADER: Final = r"""\s*\[\[?\s*["']?([\w-]+)["']?(?:\s*\.\s*["']?([\w-]+)["']?)?\s*\]"""
_KEY: Final = r"""\s*["']?([\w-]+)["']?\s*="""


class Mistake(Exception):  # noqa: N818  It never leaves storage: a StorageError is made of it
    """Something wrong in a file, at `place`.

    `values` fill the placeholders of the sentence; {where} and, where the place is that of a key, {key} are known.
    """

    def __init__(self, place: Place, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.place = place
        self.sentence = sentence
        self.values = values


def sentence(mistake: Mistake, name: str, source: str) -> str:
    """Tell the person of a mistake in the file called `name`; `source` is its text."""
    line = find_line(source, mistake.place)
    table, key = mistake.place, ""
    if table and isinstance(table[-1], str):
        key = messages.quoted(table[-1])
        table = table[:-1]
    parts = [name, *([] if line is None else [_("line {line}").format(line=line)]), *_describe(table)]
    return mistake.sentence.format(where=", ".join(parts), key=key, **mistake.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldFormat:
    """Format 1 of files that have a format 2 by now.

    `keys` are all it has, at any place. `names` are those of the fields that it calls otherwise. `newer` is the
    sentence for who uses a key of format 2.
    """

    keys: frozenset[str]
    names: Mapping[str, str]
    newer: str


Shape: TypeAlias = "dict[str, Shape] | list[Shape] | None"
"""What a file may have: the keys of a table, a list with the shape of its tables, None for a value."""


def shape_of(kind: inspect.Type) -> Shape:
    kind = _plain(kind)
    if isinstance(kind, inspect.UnionType):
        return next((shape for shape in map(shape_of, kind.types) if shape is not None), None)
    if isinstance(kind, inspect.VarTupleType):
        shape = shape_of(kind.item_type)
        return None if shape is None else [shape]
    if isinstance(kind, inspect.DataclassType):
        return {field.name: shape_of(field.type) for field in kind.fields if is_in_file(field)}
    return None


def check_keys(thing: object, shape: Shape, place: Place = (), old: OldFormat | None = None) -> None:
    """Raise Mistake if a table of this shape, or one inside it, has a key that its shape or old format lacks."""
    if isinstance(shape, list) and isinstance(thing, list):
        for number, each in enumerate(thing):
            check_keys(each, shape[0], (*place, number), old)
    elif isinstance(shape, dict) and isinstance(thing, dict):
        for key, value in thing.items():
            if key not in shape:
                raise _unknown((*place, key), key, [each for each in shape if old is None or each in old.keys])
            if old is not None and key not in old.keys:
                raise Mistake((*place, key), _(old.newer))
            if shape[key] is not None:
                check_keys(value, shape[key], (*place, key), old)


def is_in_file(field: inspect.Field) -> bool:
    return not isinstance(field.type, inspect.Metadata) or (field.type.extra or {}).get("in_file", True) is True


def _unknown(place: Place, key: str, known: list[str]) -> Mistake:
    close = get_close_matches(key, known, n=1)
    if close:
        return Mistake(place, _('{where}: {key} is an unknown key; did you mean "{close}"?'), close=close[0])
    return Mistake(place, _("{where}: {key} is an unknown key; the keys are {known}."), known=", ".join(known))


def in_file_terms(place: Place, names: Mapping[str, str]) -> Place:
    """The place of a field as the file calls it; `names` are those of fields with another name there."""
    return (names.get(str(place[0]), place[0]), *place[1:]) if place else place


def from_validation(
    message: str, document: Mapping[str, object], kind: inspect.Type, names: Mapping[str, str] = MappingProxyType({})
) -> Mistake:
    """Make a mistake of msgspec's message about the document; `kind` and the mistake are in its terms."""
    text, _sep, path = message.rpartition(" - at `")
    match = re.fullmatch(_PATH, path.removesuffix("`"))
    place: Place = ()
    if match is not None:
        place = tuple(key or int(index) for key, index in re.findall(_PATH_PART, match[1]))
    missing = re.fullmatch(r"Object missing required field `(\w+)`", text or message)
    if missing is not None:
        place = in_file_terms((*place, missing[1]), names)
        return Mistake(place, _("{where}: {key} is missing. Expected: {expected}."), expected=_expected(place, kind))
    place = in_file_terms(place, names)
    return _wrong_value(place, _at(document, place), kind)


def _wrong_value(place: Place, thing: object, kind: inspect.Type) -> Mistake:
    value = messages.value(thing)
    if not place:
        return Mistake(place, _("{where}: it must be a table of keys and values."))
    if isinstance(place[-1], str):
        wrong = _("{where}: {key} is not valid. Expected: {expected}. Found: {value}.")
        return Mistake(place, wrong, expected=_expected(place, kind), value=value)
    if _has_tables(place[:-1]):
        table = _("{where}: it must be a table that begins with [[{header}]], not {value}.")
        return Mistake(place, table, header=_header(place), value=value)
    entry = _("{where}: {key} is not valid. Expected: {expected}. Found as entry {entry}: {value}.")
    expected = _expected(place[:-1], kind)
    return Mistake(place[:-1], entry, expected=expected, entry=int(place[-1]) + 1, value=value)


def _at(document: object, place: Place) -> object:
    thing = document
    for part in place:
        if isinstance(thing, str):  # short for a table with this text
            return thing
        try:
            thing = thing[part]  # type: ignore[index]
        except (LookupError, TypeError):
            return None
    return thing


# What is expected


def _expected(place: Place, kind: inspect.Type) -> str:
    """What is allowed at a place, as {expected} in the sentences above."""
    for part in place:
        kind = _plain(kind)
        if isinstance(kind, inspect.UnionType):
            kind = next(each for each in kind.types if isinstance(each, inspect.DataclassType))
        if isinstance(kind, inspect.DataclassType):
            kind = next(field.type for field in kind.fields if field.name == part)
        elif isinstance(kind, inspect.VarTupleType | inspect.FrozenSetType):
            kind = kind.item_type
    return _in_terms_of(kind, place)


def _in_terms_of(kind: inspect.Type, place: Place) -> str:  # noqa: PLR0911  One for each type
    if isinstance(kind, inspect.Metadata):
        return str(kind.extra["expected"]) if kind.extra else _in_terms_of(kind.type, place)
    match kind:
        case inspect.UnionType():
            kinds = _present(kind)[:: -1 if len(place) == 1 else 1]  # a table with a header first
            usual, *others = (_in_terms_of(each, place) for each in kinds)
            return _("{usual}, or {other}").format(usual=usual, other=others[0]) if others else usual
        case inspect.EnumType():
            return _("one of {words}").format(words=", ".join(f'"{word}"' for word in kind.cls))
        case inspect.StrType() if _is_name(kind):
            return _("a name of small letters a to z, digits, - and _, at most {max_length} characters").format(
                max_length=kind.max_length
            )
        case inspect.StrType():
            return _("a text of 1 to {max_length} characters, without line breaks and other control characters").format(
                max_length=kind.max_length
            )
        case inspect.IntType() | inspect.FloatType():
            return _in_numbers(kind)
        case inspect.StructType():
            return _("a range of two of them, [low, high]")
        case inspect.BoolType():
            return _("true or false")
    return _of_many(kind, place)


def _in_numbers(kind: inspect.IntType | inspect.FloatType) -> str:
    if isinstance(kind, inspect.IntType):
        return _("a whole number from {ge} to {le}").format(ge=kind.ge, le=kind.le)
    if kind.gt is None:
        return _("a number from {least} to {most}").format(least=kind.ge, most=kind.le)
    return _("a number above {least}, at most {most}").format(least=kind.gt, most=kind.le)


def _of_many(kind: inspect.Type, place: Place) -> str:
    if isinstance(kind, inspect.DataclassType):
        *names, last = (field.name for field in kind.fields)
        if len(place) > 1:
            return _("a table with {names} and {last}").format(names=", ".join(names), last=last)
        return _("a table [{place}] with {names} and {last}").format(place=place[-1], names=", ".join(names), last=last)
    assert isinstance(kind, inspect.VarTupleType | inspect.FrozenSetType)  # noqa: S101  There are no other types
    if _has_tables(place):
        return _("a list of 1 to {max_length} {place}, each beginning with [[{header}]]").format(
            max_length=kind.max_length, place=place[-1], header=_header(place)
        )
    item = _plain(kind.item_type)
    if isinstance(item, inspect.DataclassType) and isinstance(_plain(item.fields[0].type), inspect.StrType):
        item = _plain(item.fields[0].type)  # a note, which may be just its text
    if not isinstance(item, inspect.StrType):
        of_item = (*place, 1) if isinstance(item, inspect.DataclassType) else place
        return _("a list; each entry: {expected}").format(expected=_in_terms_of(item, of_item))
    if _is_name(item):
        ids = _("a list of 1 to {most} names of small letters a to z, digits, - and _")
        return ids.format(most=kind.max_length)
    texts = _(
        "a list of at most {most} texts of 1 to {longest} characters, without line breaks and other control characters"
    )
    return texts.format(most=kind.max_length, longest=item.max_length)


def _has_tables(place: Place) -> bool:
    """Whether the list at this place has tables with a header each."""
    return place[-1] == "steps" or (len(place) == 1 and place[0] in _TABLES)


def _is_name(kind: inspect.StrType) -> bool:
    return (kind.pattern or "").startswith("^[a-z")


def _plain(kind: inspect.Type) -> inspect.Type:
    """The type without what is said about it, and without None."""
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    if isinstance(kind, inspect.UnionType) and len(_present(kind)) == 1:
        return _plain(_present(kind)[0])
    return kind


def _present(kind: inspect.UnionType) -> list[inspect.Type]:
    """The types of the union but None, which no TOML file has."""
    return [each for each in kind.types if not isinstance(each, inspect.NoneType)]


def _header(place: Place) -> str:
    return ".".join(part for part in place if isinstance(part, str))


# Where it is


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
    counts = dict.fromkeys(_TABLES, -1)
    step = -1
    table: Place = ()
    for number, line in enumerate(source.split("\n"), start=1):
        header = re.match(_HEADER, line)
        if header is None:
            key = re.match(_KEY, line)
            if key is not None:
                lines.setdefault((*table, key[1]), number)
            continue
        if header[1] in _TABLES and header[2] is None:
            counts[header[1]] += 1
            step = -1
            table = (header[1], counts[header[1]])
            lines.setdefault(table[:-1], number)
        elif header[1] in _EXERCISES and header[2] == "steps":
            step += 1
            table = (header[1], counts[header[1]], "steps", step)
            lines.setdefault(table[:-1], number)
        else:
            table = tuple(name for name in header.groups() if name)
        lines.setdefault(table, number)
    return lines


def _describe(place: Place) -> list[str]:
    """`("exercises", 1, "steps", 0)` is ["exercise 2", "step 1"], `("working_leg",)` is ["[working_leg]"]."""
    words: list[str] = []
    for part in place:
        if isinstance(part, int):
            words[-1] = _(_NUMBERED[words[-1][1:-1]]).format(number=part + 1)
        else:
            words.append(f"[{messages.shortened(part)}]")
    return words
