"""Reads TOML files that people write: bytes in, a table out, or one sentence that tells them what is wrong."""

import re
import tomllib
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final

from stretchplayer.domain.errors import StorageError
from stretchplayer.storage import wording
from stretchplayer.storage.routine_format import Mistake

MAX_BYTES: Final = 1024 * 1024

_TOML_ERROR: Final = r"(?s)(.*) \(at (?:line (\d+), column (\d+)|(end of document))\)"
_TWICE: Final = ("Cannot overwrite", "Cannot mutate", "Cannot declare", "Duplicate inline table key")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_WRITE_ONCE: Final = {"routine": "write it once, and [[stretches]] in double brackets"}


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


def check_format(document: dict[str, object], known: int) -> None:
    """Tell a file of a later format before its unknown keys are complained about; Mistake when it is one."""
    number = document.get("format", known)
    if type(number) is int and number > known:
        what = f"is {wording.value(number)}, which is newer than this version of Stretch Player; get its latest version"
        raise Mistake(("format",), what)


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
