"""Who is playing which session, so that no program takes another's for one that was left.

A session that is being played locks one byte of a file, the one at the session's number. The system lets go of it when
the program ends, in whichever way; nothing is ever written into the file.
"""

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from stretchplayer.storage.byte_lock import lock_byte, unlock_byte

FILE_NAME: Final = "history.lock"

log = logging.getLogger(__name__)


class PlayingLocks:
    """The locks of this program. Where the system can't lock, every session looks as if nobody played it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        self._own: set[int] = set()

    def take(self, session: int) -> bool:
        """Say that this program plays the session; False when another program does."""
        if session in self._own:
            return True
        try:
            lock_byte(self._open(), session)
        except BlockingIOError:
            return False
        except OSError as error:
            log.info("playing can't be locked: %s", error)
        self._own.add(session)
        return True

    def release(self, session: int) -> None:
        """Say that this program no longer plays the session."""
        if session in self._own:
            self._own.remove(session)
            with suppress(OSError):
                unlock_byte(self._open(), session)

    def _open(self) -> int:
        # Once only: the system lets go of all a program's locks on a file when it closes any of its ways to it.
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        return self._descriptor

    def close(self) -> None:
        """Let go of everything."""
        self._own.clear()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
