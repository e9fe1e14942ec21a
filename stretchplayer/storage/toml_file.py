"""Reads TOML files that people write: bytes in, a table out, or one sentence that tells them what is wrong."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final, TypeVar

import msgspec
from msgspec import inspect

from stretchplayer.errors import StorageError
from stretchplayer.storage import messages as wording
from stretchplayer.storage.diagnostics import Mistake, check_keys, from_validation, sentence
from stretchplayer.storage.versioned_file import MAX_BYTES

SUFFIX: Final = ".toml"
FORMAT: Final = 1
"""The version of the format of routine and pose files."""

_T = TypeVar("_T")

_TOML_ERROR: Final = r"(?s)(.*) \(at (?:line (\d+), column (\d+)|(end of document))\)"
_TWICE: Final = ("Cannot overwrite", "Cannot mutate", "Cannot declare", "Duplicate inline table key")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_WRITE_ONCE: Final = {"routine": "write it once, and [[stretches]] in double brackets"}


def files_in(directories: Iterable[Path], problems: list[str]) -> Iterator[Path]:
    """Every TOML file in these directories, in order of names; what can't be read is told in `problems`."""
    for directory in directories:
        try:
            paths = sorted(directory.iterdir())
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(f"The folder {wording.shown(directory)} can't be read: {wording.reason(error)}.")
            continue
        yield from (path for path in paths if path.suffix.lower() == SUFFIX and not path.name.startswith("."))


def read_bytes(path: Path, *, kind: str) -> bytes:
    """Read a file of at most `MAX_BYTES`; `kind` is what it should hold, for instance "routine"."""
    name = wording.shown(path)
    try:
        mode = path.stat().st_mode
        if not S_ISREG(mode):
            what = "is a folder" if S_ISDIR(mode) else "is not a regular file"
            raise StorageError(f"{name} {what}; name a {kind} file, which ends in .toml.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise StorageError(f"{name} can't be read: {wording.reason(error)}.") from error
    except ValueError as error:
        raise StorageError(f"{name} is no name a file can have; check the name.") from error
    if len(data) > MAX_BYTES:
        raise StorageError(f"{name} is over 1 MiB, which no {kind} is; name a {kind} file.")
    return data


def decode(data: bytes, name: str, *, kind: str) -> str:
    """Make text of what was read from the file called `name`."""
    if not data.strip():
        raise StorageError(f"{name} is empty; a {kind} begins with the line format = 1.")
    if data.startswith(_UTF_16):
        raise StorageError(f"{name} is written in UTF-16; save it as UTF-8.")
    try:
        # Some editors on Windows begin a file with a byte order mark, which TOML does not know.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise StorageError(f"{name}, line {line}: a character is not valid UTF-8; save the file as UTF-8.") from error


def parse(source: str, name: str, *, kind: str) -> dict[str, object]:
    """Make a table of that text."""
    try:
        return tomllib.loads(source)
    except ValueError as error:
        raise StorageError(_sentence(str(error), name, kind)) from error
    except RecursionError as error:
        raise StorageError(f"{name} has lists or tables nested far too deep; remove them.") from error


def read_as(
    data: bytes,
    name: str,
    *,
    called: str,
    kind: type[_T],
    complete: Callable[[dict[str, object]], dict[str, object]],
    check: Callable[[_T], None],
) -> _T:
    """Make a dataclass of the content of the file called `name`; StorageError, with one sentence, if that is wrong.

    The first field of the dataclass is no key of files: it is made of the file's name. `complete` returns the document
    with that and with what else files may leave out. Like `check`, it may raise Mistake.
    """
    source = decode(data, name, kind=called)
    document = parse(source, name, kind=called)
    in_file = _type_of_file(kind)
    try:
        _check_format(document, in_file)
        made = msgspec.convert(complete({key: document[key] for key in document if key != "format"}), kind)
        check(made)
    except msgspec.ValidationError as error:
        raise StorageError(sentence(from_validation(str(error), document, in_file), name, source)) from error
    except Mistake as error:
        raise StorageError(sentence(error, name, source)) from error
    return made


def _type_of_file(kind: type) -> inspect.DataclassType:
    """The dataclass with the keys that there are in files."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.DataclassType)  # noqa: S101
    return inspect.DataclassType(kind, (inspect.Field("format", "format", inspect.IntType()), *info.fields[1:]))


def _check_format(document: dict[str, object], kind: inspect.DataclassType) -> None:
    """Tell a file of a later format before its unknown keys are complained about."""
    number = document.get("format", FORMAT)
    if type(number) is int and number > FORMAT:
        what = f"is {wording.value(number)}, which is newer than this version of Stretch Player; get its latest version"
        raise Mistake(("format",), what)
    check_keys(document, kind)
    right = "the number 1 (the version of the file's format)"
    if "format" not in document:
        raise Mistake(("format",), f"is missing; it must be {right}")
    if type(number) is not int or number != FORMAT:
        raise Mistake(("format",), f"must be {right}, not {wording.value(number)}")


def _sentence(message: str, name: str, kind: str) -> str:
    """Make a sentence of what tomllib says."""
    match = re.fullmatch(_TOML_ERROR, message)
    if match is None:
        return f"{name} has a number or a date that is far out of range; correct it."
    what, line, column, _ = match.groups()
    where = f"line {line}, column {column}" if line else "at its end"
    if what.startswith(_TWICE):
        return f"{name}, {where}: this key or table is there already; {_WRITE_ONCE.get(kind, 'write it once')}."
    what = wording.shown(what[:1].lower() + what[1 : wording.LONGEST_SHOWN * 2])
    return f"{name}, {where}: this is not valid TOML ({what}); check quotes, brackets and equals signs there."
