"""A small JSON file of the data directory: read and written whole, and set aside when it can't be used.

Missing fields get their defaults and unknown ones are ignored, so that a field can be added without a new version. The
version changes when an old program would misread the file.
"""

import logging
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Generic, TypeVar

import msgspec
from msgspec import Meta

from stretchplayer.errors import DomainError, StorageError
from stretchplayer.i18n import _
from stretchplayer.storage import messages
from stretchplayer.storage.atomic_write import free_name, patiently, require_regular, write_whole

MAX_BYTES: Final = 1024 * 1024

log = logging.getLogger(__name__)

_Value = TypeVar("_Value")


class _UnusableError(Exception):
    """The file can't be understood; the sentence says why, and what a file set aside for that is called."""

    def __init__(self, called: str, sentence: str) -> None:
        super().__init__(sentence)
        self.called = called
        self.sentence = sentence


class _Version(msgspec.Struct, frozen=True):
    version: Annotated[int, Meta(ge=1)]


def local_now() -> datetime:
    return datetime.now().astimezone()


class VersionedFile(Generic[_Value]):
    """Keeps one dataclass of type `kind` in a file; without one there is what `kind` makes without arguments.

    A file that can't be used is set aside under a dated name, so that nothing a person did is ever lost.
    """

    kind: type[_Value]
    version: int
    instead: str
    """What becomes of a file that can't be used, to be translated: "Default settings are used."."""

    def __init__(self, path: Path, *, now: Callable[[], datetime] = local_now) -> None:
        self._path = path
        self._now = now
        self.problems: Sequence[str] = ()
        """Sentences for the person about what the last `load` found."""

    def load(self) -> _Value:
        """Return what was saved, or the default; never raises."""
        self.problems = ()
        try:
            return self._decode(self._read())
        except FileNotFoundError:
            pass
        except OSError as error:
            # A data directory that can't be entered, or is a file, holds nothing to set aside.
            if os.path.isdir(self._path.parent):  # noqa: PTH112  Unlike Path.is_dir it never raises
                self._set_aside("damaged", _("{path} can't be read ({reason})."), reason=error.strerror or error)
        except _UnusableError as error:
            self._set_aside(error.called, error.sentence)
        return self.kind()

    def peek(self) -> _Value:
        """Return what was saved, or the default, and leave everything as it is; never raises."""
        try:
            return self._decode(self._read())
        except (OSError, _UnusableError):
            return self.kind()

    def save(self, value: _Value) -> None:
        """Write all of it, or leave the old content whole; StorageError when it can't be written."""
        try:
            write_whole(self._path, self.encode(value))
        except OSError as error:
            where = messages.shown(self._path.parent)
            raise StorageError(
                _("{file} can't be saved in {where}: {reason}."),
                file=self._path.name,
                where=where,
                reason=messages.reason(error),
            ) from error

    def check(self, value: _Value) -> _Value:
        """Return a decoded value in order, or raise ValueError."""
        return value

    def encode(self, value: _Value) -> bytes:
        document = {"version": self.version, **msgspec.to_builtins(value, order="deterministic")}
        return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"

    def decode(self, data: bytes) -> _Value:
        """The value of a file with this content; StorageError when it can't be used."""
        try:
            return self._decode(data)
        except _UnusableError as error:
            raise StorageError(error.sentence, path=self._path.name) from error

    def _read(self) -> bytes:
        require_regular(self._path)
        with patiently(lambda: self._path.open("rb")) as file:
            # Python allocates what is asked for before it reads, so asking for the maximum would fragment the heap.
            # Some file systems report size 0 for files whose content they make on reading.
            return file.read(min(os.fstat(file.fileno()).st_size or MAX_BYTES, MAX_BYTES) + 1)

    def _decode(self, data: bytes) -> _Value:
        if len(data) > MAX_BYTES:
            raise _UnusableError("damaged", _("{path} is larger than 1 MiB."))
        try:
            if msgspec.json.decode(data, type=_Version).version > self.version:
                raise _UnusableError("newer", _("{path} was written by a newer version of Stretch Player."))
            return self.check(msgspec.json.decode(data, type=self.kind))
        except (msgspec.MsgspecError, DomainError, ValueError, OverflowError, RecursionError) as error:
            raise _UnusableError("damaged", _("{path} is damaged.")) from error

    def _set_aside(self, what: str, why: str, **values: object) -> None:
        why = why.format(path=messages.shown(self._path), **values)
        try:
            aside = free_name(self._path, what, self._now())
            patiently(lambda: self._path.rename(aside))
        except OSError as error:
            done = _("It can't be renamed: {reason}.").format(reason=messages.reason(error))
        else:
            done = _("It was renamed {kept}.").format(kept=messages.shown(aside.name))
        self.problems = (f"{why} {done} {_(self.instead)}",)
        log.info("%s", *self.problems)
