"""Locks on running sessions, so that no program takes another program's session for an unfinished one.

A session that is being played locks one byte of a file, at an offset made from the session's id. The system releases it
when the process ends, however that happens; nothing is ever written to the file.
"""

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from stretchplayer.storage.atomic_write import require_regular

FILE_NAME: Final = "history.lock"
OFFSETS: Final = 2**31
"""Windows locks no bytes beyond. Should two sessions share one, the other is taken for one that is being played."""

log = logging.getLogger(__name__)

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, session: int, *, on: bool) -> None:
        os.lseek(descriptor, session % OFFSETS, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK if on else msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int, session: int, *, on: bool) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB if on else fcntl.LOCK_UN, 1, session % OFFSETS)


class SessionLocks:
    """The locks of this program. Where locking isn't possible, no session looks as if it were being played."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        self._own: set[int] = set()

    def take(self, session: int) -> bool:
        """Lock the session for this program; False when another program has it."""
        if session in self._own:
            return True
        try:
            # Once only: POSIX drops all of a process's locks on a file when it closes any descriptor of it.
            if self._descriptor is None:
                require_regular(self._path)
                self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            log.info("sessions can't be locked: %s", error)
            return True
        try:
            _lock(self._descriptor, session, on=True)
        except (BlockingIOError, PermissionError):  # which one depends on the system
            return False
        except OSError as error:
            log.info("sessions can't be locked: %s", error)
        self._own.add(session)
        return True

    def release(self, session: int) -> None:
        if session in self._own and self._descriptor is not None:
            self._own.remove(session)
            with suppress(OSError):
                _lock(self._descriptor, session, on=False)

    def close(self) -> None:
        self._own.clear()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
