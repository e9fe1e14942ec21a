"""Reads TOML files written by people: bytes in, a dataclass out, or one sentence that says what is wrong."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final, TypeVar

import msgspec
import tomli
from msgspec import inspect

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.storage import messages
from stretchplayer.storage.diagnostics import (
    Mistake,
    OldFormat,
    Shape,
    check_keys,
    from_validation,
    in_file_terms,
    sentence,
    shape_of,
)

SUFFIX: Final = ".toml"
MAX_BYTES: Final = 256 * 1024
LONGEST_LINE: Final = 10_000
MOST_PARTS: Final = 4
"""Of a dotted key: tomli takes time and memory that grow with their square, and no file needs more than two."""

_T = TypeVar("_T")

_LONG_LINE: Final = rf"(?m)^.{{{LONGEST_LINE + 1}}}"
_PART: Final = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_DOTS: Final = rf"\.[ \t]*+(?:{_PART}\.[ \t]*+){{{MOST_PARTS - 1}}}"
"""What every long key has, and hardly any other text; a pattern that begins with one character is found much sooner."""
_LONG_KEY: Final = rf"(?m)(?:^[ \t]*+\[{{0,2}}|[{{,])[ \t]*+(?:{_PART}\.[ \t]*+){{{MOST_PARTS},}}+{_PART}[=\]]"
_TOML_ERROR: Final = r"(?s)(.*) \(at (?:line (\d+), column (\d+)|(end of document))\)"
_TWICE: Final = ("Cannot overwrite", "Cannot mutate", "Cannot declare", "Duplicate inline table key")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


def files_in(directories: Iterable[Path], problems: list[str]) -> Iterator[Path]:
    """Yield every TOML file in these directories, sorted by name; add unreadable directories to `problems`."""
    for directory in directories:
        try:
            paths = sorted(directory.iterdir())
        except FileNotFoundError:
            continue
        except OSError as error:
            unreadable = _("The folder {directory} can't be read: {reason}.")
            problems.append(unreadable.format(directory=messages.shown(directory), reason=messages.reason(error)))
            continue
        yield from (path for path in paths if path.suffix.lower() == SUFFIX and not path.name.startswith("."))


def read_each(
    directories: Iterable[Path],
    problems: list[str],
    *,
    name_of: Callable[[Path], str],
    read: Callable[[Path], _T],
    twice: str,
) -> dict[str, tuple[Path, _T]]:
    """Read every file in these directories, by its name; add to `problems` what is unusable or there `twice`."""
    found: dict[str, tuple[Path, _T]] = {}
    for path in files_in(directories, problems):
        name = name_of(path)
        if name in found:
            problems.append(twice.format(path=messages.shown(path), name=name))
            continue
        try:
            found[name] = path, read(path)
        except StorageError as error:
            problems.append(str(error))
    return found


def read_bytes(path: Path) -> bytes:
    name = messages.shown(path)
    try:
        mode = path.stat().st_mode
        if not S_ISREG(mode):
            folder, other = (
                _("{name} is a folder; name a file that ends in .toml."),
                _("{name} is not a regular file; name a file that ends in .toml."),
            )
            raise StorageError((folder if S_ISDIR(mode) else other).format(name=name))
        with path.open("rb") as file:
            # Python allocates what is asked for before it reads, so asking for the maximum would fragment the heap.
            # Some file systems report size 0 for files whose content they make on reading.
            data = file.read(min(os.fstat(file.fileno()).st_size or MAX_BYTES, MAX_BYTES) + 1)
    except OSError as error:
        raise StorageError(_("{name} can't be read: {reason}."), name=name, reason=messages.reason(error)) from error
    except ValueError as error:
        raise StorageError(_("{name} is not a valid file name; check it."), name=name) from error
    if len(data) > MAX_BYTES:
        largest = _("{name} is larger than {size} KiB; name a smaller file.")
        raise StorageError(largest, name=name, size=MAX_BYTES // 1024)
    return data


def decode(data: bytes, name: str, *, newest: int) -> str:
    if not data.strip():
        raise StorageError(_("{name} is empty; its first line must be format = {newest}."), name=name, newest=newest)
    if data.startswith(_UTF_16):
        raise StorageError(_("{name} is written in UTF-16; save it as UTF-8."), name=name)
    try:
        # Some editors on Windows write a byte order mark, which TOML doesn't allow.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise StorageError(
            _("{name}, line {line}: a character is not valid UTF-8; save the file as UTF-8."), name=name, line=line
        ) from error


def parse(source: str, name: str, *, kind: str) -> dict[str, object]:
    _refuse_long(source, name)
    try:
        return tomli.loads(source)
    except ValueError as error:
        raise StorageError(_sentence(str(error), source, name, kind)) from error
    except RecursionError as error:
        raise StorageError(_("{name} has lists or tables nested too deeply; remove them."), name=name) from error


def _refuse_long(source: str, name: str) -> None:
    found = re.search(_LONG_LINE, source)
    what = _("{name}, line {line}: the line is longer than {most} characters; break it up.")
    if found is None and re.search(_DOTS, source):
        found = re.search(_LONG_KEY, source)
        what = _("{name}, line {line}: the key has more than {parts} parts; write a shorter one.")
    if found is not None:
        line = source.count("\n", 0, found.start()) + 1
        raise StorageError(what, name=name, line=line, most=LONGEST_LINE, parts=MOST_PARTS)


def read_as(
    data: bytes,
    name: str,
    *,
    called: str,
    kind: type[_T],
    complete: Callable[[dict[str, object]], dict[str, object]],
    check: Callable[[_T], None],
    old: OldFormat | None = None,
) -> _T:
    """Decode the content of the file called `name` into a dataclass; StorageError, with one sentence, if it is wrong.

    The dataclass's first field is not a key in the file but made from its name. `complete` returns the document with
    that field and whatever else files may leave out. Like `check`, it may raise Mistake. With an
    `old` format 1 the newest is 2.
    """
    newest = 1 if old is None else 2
    source = decode(data, name, newest=newest)
    document = parse(source, name, kind=called)
    used = old if document.get("format") == 1 else None
    names = {} if used is None else used.names
    try:
        _check_format(document, newest)
        if old is not None and used is None:
            _check_names(document, old.names)
        check_keys(document, _shape_of_file(kind, names), old=used)
        made = msgspec.convert(complete({key: document[key] for key in document if key != "format"}), kind)
        check(made)
    except msgspec.ValidationError as error:
        mistake = from_validation(str(error), document, _type_of_file(kind, names), names)
        raise StorageError(sentence(mistake, name, source)) from error
    except Mistake as error:
        error.place = in_file_terms(error.place, names)
        raise StorageError(sentence(error, name, source)) from error
    return made


_type_info = cache(inspect.type_info)
"""Which takes as long as all else about a file."""


@cache
def _fields(kind: type) -> Mapping[str, Shape]:
    """The fields of a dataclass that files may have, each with its shape."""
    shape = shape_of(_type_info(kind))
    assert isinstance(shape, dict)  # noqa: S101
    return shape


def _shape_of_file(kind: type, names: Mapping[str, str]) -> Shape:
    _named_after_file, *fields = _fields(kind).items()
    return {"format": None, **{names.get(name, name): shape for name, shape in fields}}


def _type_of_file(kind: type, names: Mapping[str, str]) -> inspect.DataclassType:
    info = _type_info(kind)
    assert isinstance(info, inspect.DataclassType)  # noqa: S101
    fields = [msgspec.structs.replace(field, name=names.get(field.name, field.name)) for field in info.fields[1:]]
    return inspect.DataclassType(kind, (inspect.Field("format", "format", inspect.IntType()), *fields))


def _check_format(document: dict[str, object], newest: int) -> None:
    if "format" not in document:
        what = _("{where}: {key} is missing; the first line must be format = {newest}.")
        raise Mistake(("format",), what, newest=newest)
    number = document["format"]
    if type(number) is int and number > newest:
        what = _("{where}: {key} is {value}, which is newer than this version of Stretch Player; update it.")
        raise Mistake(("format",), what, value=messages.value(number))
    if type(number) is not int or number < 1:
        what = _("{where}: {key} must be {newest}, the version of the file's format, not {value}.")
        raise Mistake(("format",), what, newest=newest, value=messages.value(number))


def _check_names(document: dict[str, object], old_names: Mapping[str, str]) -> None:
    for name, old_name in old_names.items():
        if old_name in document:
            raise Mistake((old_name,), _('{where}: {key} is called "{name}" in format 2; rename it.'), name=name)


def _sentence(message: str, source: str, name: str, kind: str) -> str:
    match = re.fullmatch(_TOML_ERROR, message)
    if match is None:
        return _("{name} has a number or a date that is far out of range; correct it.").format(name=name)
    what, line, column, _end = match.groups()
    where = _("line {line}, column {column}").format(line=line, column=column) if line else _("at its end")
    if what.startswith(_TWICE):
        once = _("{name}, {where}: this key or table already exists; write it only once.")
        if kind == "routine":
            once = _(
                "{name}, {where}: this key or table already exists; write it once, and [[{table}]] in double brackets."
            )
        return once.format(name=name, where=where, table="stretches" if "[stretches" in source else "exercises")
    what = messages.shortened(what[:1].lower() + what[1:])
    return _("{name}, {where}: this is not valid TOML ({what}); check quotes, brackets and equals signs there.").format(
        name=name, where=where, what=what
    )
