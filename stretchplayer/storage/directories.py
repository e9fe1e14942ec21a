"""Where the program keeps what it remembers."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.storage import messages as wording

DATA_DIR_VARIABLE: Final = "STRETCHPLAYER_DATA_DIR"
_APP: Final = "stretchplayer"


def find_data_dir(option: str | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the directory for all settings and data, absolute; it need not exist and is not made here.

    It is `option` (from the command line) if given, else what the environment says, else the system's usual place for
    this person's data. StorageError when that can't be a directory.
    """
    named = option or environ.get(DATA_DIR_VARIABLE)
    if not named:
        return _usual_place(environ)
    try:
        path = Path(named).expanduser().absolute()
        usable = path.is_dir() or not path.exists()
    except (OSError, RuntimeError, ValueError) as error:
        raise StorageError(
            _("The data directory {named} can't be used; choose another one.").format(named=wording.shown(named))
        ) from error
    if not usable:
        raise StorageError(_("The data directory {path} is a file; choose a folder.").format(path=wording.shown(path)))
    return path


def usual_data_dir() -> Path:
    """Where the data are when nothing names another place."""
    return _usual_place(os.environ)


def _usual_place(environ: Mapping[str, str]) -> Path:
    home = environ.get("HOME", "")
    if sys.platform == "linux" and home.startswith("/") and not environ.keys() & {"XDG_DATA_HOME", "ANDROID_DATA"}:
        # What platformdirs says here, too, but it takes 5 ms to import.
        return Path(home, ".local", "share", _APP)

    return user_data_path(_APP, appauthor=False)


def make_data_dir(path: Path) -> None:
    """Make the data directory, for its owner only; OSError when it can't be made.

    One that is there already is closed to others, too, unless the person named it and others write in it.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path == usual_data_dir() or not path.stat().st_mode & 0o022:
        with suppress(PermissionError):  # somebody else's
            path.chmod(0o700)
