"""A small file of the data directory that is read and written whole, and set aside when it can't be used."""

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Generic, TypeVar

from stretchplayer.domain.errors import StorageError
from stretchplayer.storage import wording
from stretchplayer.storage.whole_file import write_whole

MAX_BYTES: Final = 1024 * 1024

_Value = TypeVar("_Value")


class DamagedError(Exception):
    """The file can't be understood."""


class NewerVersionError(Exception):
    """The file was written by a later version of the program."""


def local_now() -> datetime:
    """The wall clock, aware, in local time."""
    return datetime.now().astimezone()


class KeptFile(Generic[_Value]):
    """Keeps one value in a file.

    `decode` turns its content into a value, or raises DamagedError or NewerVersionError; `default` makes the value
    there is without a file. `subject` ("The settings") and `instead` ("the usual ones are used") are for sentences. A
    file that can't be used is set aside under a dated name, so that nothing a person did is ever lost.
    """

    def __init__(
        self,
        path: Path,
        *,
        decode: Callable[[bytes], _Value],
        default: Callable[[], _Value],
        subject: str,
        instead: str,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        self._path = path
        self._decode = decode
        self._default = default
        self._subject = subject
        self._instead = instead
        self._now = now
        self._problems: tuple[str, ...] = ()

    @property
    def problems(self) -> Sequence[str]:
        """Sentences for the person about what the last `load` found."""
        return self._problems

    def load(self) -> _Value:
        """Return what was saved, or the default; never raises."""
        self._problems = ()
        try:
            data = self._read()
        except FileNotFoundError:
            return self._default()
        except OSError as error:
            # A data directory that can't be entered, or is a file, holds nothing to set aside.
            if os.path.isdir(self._path.parent):  # noqa: PTH112  Unlike Path.is_dir it never raises
                self._set_aside("damaged", f"can't be read ({error.strerror or error})")
            return self._default()
        return self._understand(data)

    def peek(self) -> _Value:
        """Return what was saved, or the default, and leave everything as it is; never raises."""
        try:
            data = self._read()
            return self._decode(data) if len(data) <= MAX_BYTES else self._default()
        except (OSError, DamagedError, NewerVersionError):
            return self._default()

    def save(self, data: bytes) -> None:
        """Write all of it, or leave the old content whole; StorageError when it can't be written."""
        try:
            write_whole(self._path, data)
        except OSError as error:
            where = wording.shown(self._path.parent)
            raise StorageError(f"{self._subject} can't be saved in {where}: {wording.reason(error)}.") from error

    def _read(self) -> bytes:
        with self._path.open("rb") as file:
            return file.read(MAX_BYTES + 1)

    def _understand(self, data: bytes) -> _Value:
        try:
            if len(data) <= MAX_BYTES:
                return self._decode(data)
            self._set_aside("damaged", "are over 1 MiB")
        except NewerVersionError:
            self._set_aside("newer", "were written by a newer version of Stretch Player")
        except DamagedError:
            self._set_aside("damaged", "are damaged")
        return self._default()

    def _set_aside(self, what: str, why: str) -> None:
        found = f"{self._subject} in {wording.shown(self._path)} {why}"
        try:
            aside = self._free_name(what)
            self._path.rename(aside)
        except OSError as error:
            self._problems = (f"{found}, so {self._instead}; {wording.reason(error)}.",)
        else:
            kept = wording.shown(aside.name)
            self._problems = (f"{found}, so they were renamed {kept} and {self._instead}.",)

    def _free_name(self, what: str) -> Path:
        """A dated name beside the file that nothing has."""
        stem = f"{self._path.stem}.{what}-{self._now():%Y%m%d-%H%M%S}"
        path = self._path.with_name(f"{stem}{self._path.suffix}")
        number = 2
        while path.is_symlink() or path.exists():
            path = self._path.with_name(f"{stem}-{number}{self._path.suffix}")
            number += 1
        return path
