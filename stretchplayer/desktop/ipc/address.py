"""Where a running program listens: a socket in a folder of the person's own, or a named pipe on Windows.

The name is made from the data directory, so that two data directories are two programs. Qt isn't needed to know it.
"""

import os
import stat
import sys
from binascii import crc32
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

LONGEST_PATH: Final = 90
"""Bytes; systems take 104 to 108, and Qt binds the socket under a longer name first."""
RUNTIME_FOLDERS: Final = Path("/run/user")
"""Where Linux has everyone's runtime directory."""
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


def socket_address(
    data_dir: Path, environ: Mapping[str, str] = os.environ, platform: str = sys.platform, *, make: bool = False
) -> str | None:
    """Return the path of the socket, or the name of the pipe, of the program that keeps its data there.

    None when no folder is safe from other people; with `make` the one that is used in place of a runtime directory is
    made if need be.
    """
    name = f"stretchplayer-{crc32(os.fsencode(data_dir.resolve())):08x}"
    if platform == "win32":
        return rf"\\.\pipe\{name}"
    # Who comes from elsewhere, as cron does, has no variable, but the same folder.
    runtime = Path(environ.get("XDG_RUNTIME_DIR") or RUNTIME_FOLDERS / str(_user_id()))
    path = runtime / f"{name}.socket"
    if path.is_absolute() and len(os.fsencode(path)) <= LONGEST_PATH and _is_ours(runtime, _OTHERS_WRITE):
        return str(path)
    folder = Path(environ.get("TMPDIR") or "/tmp", f"stretchplayer-{_user_id()}")  # noqa: S108 -- it is looked at
    if make:
        with suppress(OSError):  # it is there already, or isn't there then
            folder.mkdir(mode=0o700)
    return str(folder / f"{name}.socket") if _is_ours(folder, _OTHERS) else None


def _user_id() -> int:
    if sys.platform == "win32":
        return 0
    return os.geteuid()


def _is_ours(folder: Path, forbidden: int) -> bool:
    """Whether the folder is one, no link, belongs to this person, and gives nobody else what is forbidden."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == _user_id() and not found.st_mode & forbidden
