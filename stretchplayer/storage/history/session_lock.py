"""Who is playing which session, so that no program takes another's for one that was left.

A session that is being played locks one byte of a file, the one at the session's number. The system lets go of it when
the program ends, in whichever way; nothing is ever written into the file.
"""

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

FILE_NAME: Final = "history.lock"

log = logging.getLogger(__name__)

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, at: int) -> None:
        os.lseek(descriptor, at, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int, at: int) -> None:
        os.lseek(descriptor, at, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int, at: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, at)

    def _unlock(descriptor: int, at: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_UN, 1, at)


class SessionLocks:
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
            # Once only: POSIX lets go of all a program's locks on a file when it closes any of its ways to it.
            if self._descriptor is None:
                self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            log.info("sessions can't be locked: %s", error)
            return True
        try:
            _lock(self._descriptor, session)
        except (BlockingIOError, PermissionError):  # which one depends on the system
            return False
        except OSError as error:
            log.info("sessions can't be locked: %s", error)
        self._own.add(session)
        return True

    def release(self, session: int) -> None:
        """Say that this program no longer plays the session."""
        if session in self._own and self._descriptor is not None:
            self._own.remove(session)
            with suppress(OSError):
                _unlock(self._descriptor, session)

    def close(self) -> None:
        self._own.clear()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
