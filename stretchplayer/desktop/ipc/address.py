"""Where a running program listens: a socket in a private folder of the user, or a named pipe on Windows.

The name is derived from the data directory, so that each data directory has its own program. Needs no Qt.
"""

import os
import stat
import sys
from binascii import crc32
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from stretchplayer.desktop.system import user_id
from stretchplayer.errors import DesktopError
from stretchplayer.i18n import _

LONGEST_PATH: Final = 90
"""In bytes; systems allow 104 to 108, and Qt first binds the socket under a longer name."""
RUNTIME_FOLDERS: Final = Path("/run/user")
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


def socket_address(
    data_dir: Path, environ: Mapping[str, str] = os.environ, platform: str = sys.platform, *, make: bool = False
) -> str | None:
    """Return the path of the socket, or the name of the pipe, for the program with that data directory.

    None when no folder is safe from other users; with `make`, the folder that replaces a missing runtime directory is
    created if need be.
    """
    name = f"stretchplayer-{crc32(os.fsencode(data_dir.resolve())):08x}"
    if platform == "win32":
        return rf"\\.\pipe\{name}"
    # A process started by cron, for instance, lacks the variable but has the same folder.
    runtime = Path(environ.get("XDG_RUNTIME_DIR") or RUNTIME_FOLDERS / str(user_id()))
    temporary = Path(environ.get("TMPDIR") or "/tmp", f"stretchplayer-{user_id()}")  # noqa: S108 -- it is looked at
    if make and not _fits(runtime, name, _OTHERS_WRITE):
        with suppress(OSError):  # it exists already, or is found missing below
            temporary.mkdir(mode=0o700)
    for folder, forbidden in ((runtime, _OTHERS_WRITE), (temporary, _OTHERS), (data_dir, _OTHERS_WRITE)):
        if _fits(folder, name, forbidden):
            return str(folder / f"{name}.socket")
    return None


def no_safe_folder() -> DesktopError:
    return DesktopError(
        _("No folder is safe to reach Stretch Player by; set XDG_RUNTIME_DIR to a folder that is yours alone.")
    )


def _fits(folder: Path, name: str, forbidden: int) -> bool:
    path = folder / f"{name}.socket"
    return path.is_absolute() and len(os.fsencode(path)) <= LONGEST_PATH and _is_ours(folder, forbidden)


def _is_ours(folder: Path, forbidden: int) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == user_id() and not found.st_mode & forbidden
