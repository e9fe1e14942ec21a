"""Code that is compiled anew at every start because it stands in no file, kept where Python keeps compiled modules.

Python keeps what it compiles of a module's file. What is put together while a program runs it compiles each time:
`dataclasses` does so with the methods of every class, which takes a fifth of the time of a short command.
"""

import dataclasses
import importlib.util
import marshal
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any, Final, cast

_MAGIC_BYTES: Final = len(importlib.util.MAGIC_NUMBER)
_CHECKSUM_BYTES: Final = 8
MOST: Final = 4000
"""Pieces of code; when there are more, from earlier versions of the program, it begins anew."""


class KeptCode:
    """Pieces of code by their source, in a file beside this module when it is compiled.

    A file that is missing, damaged or of another Python is no more than empty.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _read(path)
        self._has_more = False

    def code(self, source: str | bytes, filename: str) -> CodeType:
        """What `source` compiles to, as a module called `filename`."""
        key = filename, importlib.util.source_hash(source.encode() if isinstance(source, str) else source)
        code = _loads(self._known.get(key, b""))
        if isinstance(code, CodeType):
            return code
        code = compile_code(source, filename, "exec", dont_inherit=True)
        self._known[key] = marshal.dumps(code)
        self._has_more = True
        return code

    def keep(self, *, always: bool = False) -> None:
        """Write it if there is more than was read.

        Not in a bundle, and not where Python is told to write nothing, unless it is done `always`.
        """
        if not self._has_more or ((sys.dont_write_bytecode or hasattr(sys, "frozen")) and not always):
            return
        if len(self._known) > MOST:
            self._known.clear()
        scratch = self._path.with_suffix(f".{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            scratch.write_bytes(_joined(self._known))
            scratch.replace(self._path)
            self._has_more = False
        except OSError:  # a program that is installed for all may not; it is compiled each time then
            with suppress(OSError):  # in a folder that can't even be looked into nothing was left
                scratch.unlink(missing_ok=True)


compile_code: Final = compile
"""The built-in function, whatever stands in its place later."""


def place_of(name: str) -> Path:
    """The file of what is kept under a name: where Python keeps this module when it is compiled, or in the bundle."""
    module = Path(__file__).with_name(f"{name}.py")
    if hasattr(sys, "frozen"):
        return module.with_suffix(".code")
    return Path(importlib.util.cache_from_source(str(module))).with_suffix(".code")


Known = dict[tuple[str, bytes], bytes | memoryview]
"""Of each file name and source, the code, marshalled."""


def _joined(known: Known) -> bytes:
    """The file: which Python, a checksum of what follows, an index after its length in four bytes, then the pieces.

    The index says where from and where to each piece lies. The checksum is there because Python trusts what was
    marshalled: after a power cut or with a bad disk it could fail in any way, or never come to an end.
    """
    index, place = {}, 0
    for key, piece in known.items():
        index[key] = place, place + len(piece)
        place += len(piece)
    head = marshal.dumps(index)
    checked = b"".join((len(head).to_bytes(4, "little"), head, *known.values()))
    return importlib.util.MAGIC_NUMBER + importlib.util.source_hash(checked) + checked


def _read(path: Path) -> Known:
    """What was joined; the pieces are not copied, since a start uses few of them."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    checked = memoryview(data)[_MAGIC_BYTES + _CHECKSUM_BYTES :]
    if data[: -len(checked) or None] != importlib.util.MAGIC_NUMBER + importlib.util.source_hash(checked):
        return {}
    pieces = checked[4 + int.from_bytes(checked[:4], "little") :]
    index = _loads(checked[4:])
    try:
        return {key: pieces[start:end] for key, (start, end) in index.items()} if isinstance(index, dict) else {}
    except (TypeError, ValueError):
        return {}


def _loads(data: bytes | memoryview) -> object:
    """What was marshalled, as Python reads its own compiled modules; None when it is damaged."""
    try:
        return cast("object", marshal.loads(data))  # noqa: S302 -- nobody writes there who could not write modules
    except (EOFError, TypeError, ValueError):
        return None


def keep_dataclasses(kept: KeptCode) -> KeptCode:
    """Let the methods of all data classes from now on be taken from there; the caller has what is new written."""

    def execute(source: str, names: dict[str, Any] | None = None, local_names: Mapping[str, Any] | None = None) -> None:
        exec(kept.code(source, "<string>"), names, local_names)  # noqa: S102 -- as dataclasses does

    vars(dataclasses)["exec"] = execute  # found there before the built-in one
    return kept
