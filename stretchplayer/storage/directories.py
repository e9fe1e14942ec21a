"""Where the program keeps its data."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.storage import messages

_OWN_FILES: Final = ("settings.", "reminders.", "history.", "stretchplayer.")
DATA_DIR_VARIABLE: Final = "STRETCHPLAYER_DATA_DIR"


def find_data_dir(option: str | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """Return the absolute directory for all settings and data; it need not exist and is not created here.

    It is `option` (from the command line) if given, else the one in the environment, else the platform's user data
    directory. StorageError when that can't be a directory.
    """
    named = option or environ.get(DATA_DIR_VARIABLE)
    if not named:
        return usual_data_dir()
    try:
        path = Path(named).expanduser().absolute()
        # In this order: another program may be making it at this moment.
        usable = not path.exists() or path.is_dir()
    except (OSError, RuntimeError, ValueError) as error:
        raise StorageError(
            _("The data directory {named} can't be used; choose another one."), named=messages.shown(named)
        ) from error
    if not usable:
        raise StorageError(_("The data directory {path} is a file; choose a folder."), path=messages.shown(path))
    return path


def usual_data_dir() -> Path:
    return user_data_path("stretchplayer", appauthor=False)


def make_data_dir(path: Path) -> None:
    """Create the data directory, private to its owner; OSError when that fails.

    An existing one is made private too, unless the person chose it and others may write to it; so are the program's own
    files in it, in any case.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path == usual_data_dir() or not path.stat().st_mode & 0o022:
        with suppress(PermissionError):  # it belongs to another user
            path.chmod(0o700)
    for file in path.iterdir():
        if file.name.startswith(_OWN_FILES) and file.is_file() and not file.is_symlink():
            with suppress(OSError):  # it belongs to another user, or is gone
                file.chmod(0o600)
