"""A lock file that keeps every program from reminding, and how that is told. Needs no Qt."""

import os
import stat
from pathlib import Path
from typing import Final

from stretchplayer.i18n import _

LOCK_NAME: Final = "stretchplayer.lock"


def is_foreign(path: Path) -> bool:
    """Whether something is there that can't be a lock of ours, which another program may take away at any moment."""
    try:
        is_file = stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return path.is_symlink()
    except OSError:
        return False
    return not is_file or (not os.access(path, os.W_OK) and path.exists())


def foreign_lock(path: Path) -> str:
    """The sentence for the person."""
    return _("Reminders are off: {path} isn't yours; delete it and start Stretch Player again.").format(path=path)
