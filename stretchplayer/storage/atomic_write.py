"""Writes a file whole or not at all, refuses what is no file, and finds a name for one that is set aside."""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from stat import S_IMODE
from tempfile import mkstemp
from typing import BinaryIO, Final, TypeVar

from stretchplayer.i18n import _

IN_USE: Final = frozenset({5, 32, 33})
"""What Windows says of a file that another program has open: access denied, or a sharing or lock violation."""
_TRIES: Final = 10
_PAUSE_S: Final = 0.05
_Result = TypeVar("_Result")


def write_whole(path: Path, data: bytes) -> None:
    with writing_whole(path) as file:
        file.write(data)


@contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """Yield a file to write to; whatever happens, the path has either its old or its new content. OSError.

    The directory is created if need be. An existing file keeps its permissions, and a link stays a link; a new file is
    private to its owner.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = mkstemp(prefix=".stretchplayer.", suffix=".new", dir=target.parent)
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            new.chmod(S_IMODE(target.stat().st_mode))
        patiently(lambda: new.replace(target))
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    _sync_directory(target.parent)


def patiently(do: Callable[[], _Result]) -> _Result:
    """Try again for half a second what Windows refuses: virus scanners and backups open files for so long. OSError."""
    for _try in range(_TRIES):
        try:
            return do()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in IN_USE:
                raise
            time.sleep(_PAUSE_S)
    return do()


def require_regular(path: Path) -> None:
    """Raise OSError for a folder, a device or a pipe in place of a file: to open one may take for ever."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, _("it is a folder"))
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, _("it is not a regular file"))


def free_name(path: Path, what: str, now: datetime) -> Path:
    """An unused, dated name beside the file: "settings.damaged-20260302-080000.json"."""
    stem = f"{path.stem}.{what}-{now:%Y%m%d-%H%M%S}"
    free, number = path.with_name(f"{stem}{path.suffix}"), 2
    while free.is_symlink() or free.exists():
        free = path.with_name(f"{stem}-{number}{path.suffix}")
        number += 1
    return free


def _sync_directory(directory: Path) -> None:
    """Make the new name survive a power cut, on systems where a directory can be opened."""
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
