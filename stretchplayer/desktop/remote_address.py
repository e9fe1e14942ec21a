"""Where a running program listens: a socket in a folder of the person's own, or a named pipe on Windows.

The name is made from the data directory, so that two data directories are two programs.
"""

import os
import stat
import sys
from binascii import crc32
from collections.abc import Mapping
from pathlib import Path
from typing import Final

LONGEST_PATH: Final = 90
"""Bytes; systems take 104 to 108, and Qt binds the socket under a longer name first."""
RUNTIME_FOLDERS: Final = "/run/user"
"""Where Linux has everyone's runtime directory."""
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


def remote_address(
    data_dir: Path, environ: Mapping[str, str] = os.environ, platform: str = sys.platform, *, make: bool = False
) -> str | None:
    """Return the path of the socket, or the name of the pipe, of the program that keeps its data there.

    None when no folder is safe from other people; with `make` the one that is used in place of a runtime directory is
    made if need be.
    """
    name = f"stretchplayer-{crc32(os.fsencode(os.path.realpath(data_dir))):08x}"
    if platform == "win32":
        return rf"\\.\pipe\{name}"
    # Who comes from elsewhere, as cron does, has no variable, but the same folder.
    runtime = environ.get("XDG_RUNTIME_DIR") or f"{RUNTIME_FOLDERS}/{os.geteuid()}"
    path = os.path.join(runtime, f"{name}.socket")  # noqa: PTH118 -- quicker than Path
    if os.path.isabs(path) and len(os.fsencode(path)) <= LONGEST_PATH and _is_ours(os.path.dirname(path)):  # noqa: PTH117, PTH120
        return path
    folder = os.path.join(environ.get("TMPDIR") or "/tmp", f"stretchplayer-{os.geteuid()}")  # noqa: PTH118, S108
    if make:
        _make_private(folder)
    return f"{folder}/{name}.socket" if _is_ours(folder, private=True) else None


def _is_ours(folder: str, *, private: bool = False) -> bool:
    """Whether the folder is one, no link, belongs to this person, and nobody else may put anything into it."""
    try:
        found = os.lstat(folder)
    except OSError:
        return False
    shared = found.st_mode & (_OTHERS if private else _OTHERS_WRITE)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not shared


def _make_private(folder: str) -> None:
    try:
        os.mkdir(folder, mode=0o700)  # noqa: PTH102 -- quicker than Path
    except OSError:
        # It is there already, which is then looked at, or can't be made, and then isn't there.
        return
