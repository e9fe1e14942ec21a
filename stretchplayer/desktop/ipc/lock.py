"""The lock that makes a program the only one to use a data directory."""

import logging
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile

LOCK_NAME: Final = "stretchplayer.lock"
WAITING_NAME: Final = "stretchplayer.waiting.lock"
"""Held by the one program that waits for the other lock."""
RECOVERY_NAME: Final = "stretchplayer.recovery.lock"
FOR_EVER_MS: Final = -1
"""QLockFile::tryLock."""

log = logging.getLogger(__name__)


class Taking(StrEnum):
    """The result of trying to take the lock."""

    OURS = "ours"
    OTHERS = "others"
    IMPOSSIBLE = "impossible"
    """The directory can't be written to, or its file system has no locks."""


class InstanceLock:
    """A lock file with the holder's process id; the lock of a killed process is free."""

    def __init__(self, data_dir: Path, name: str = LOCK_NAME) -> None:
        self._data_dir = data_dir
        self._lock = self._lock_file(name)

    def _lock_file(self, name: str) -> QLockFile:
        lock = QLockFile(str(self._data_dir / name))
        lock.setStaleLockTime(0)  # a program may run for months
        return lock

    @property
    def holder(self) -> int | None:
        # The stub declares a bool before these three; without a file the answer is empty.
        found: Sequence[object] = self._lock.getLockInfo()
        return found[0] if found and isinstance(found[0], int) and found[0] > 0 else None

    def take(self) -> Taking:
        """Take the lock if it is free, creating the directory if need be."""
        return self._take(0)

    def wait(self) -> bool:
        """Wait until the lock is free, and take it; False when there can't be one."""
        return self._take(FOR_EVER_MS) is Taking.OURS

    def _take(self, within_ms: int) -> Taking:
        try:
            self._data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.info("no lock: %s", error)
            return Taking.IMPOSSIBLE
        if self._lock.tryLock(within_ms):
            return Taking.OURS
        if self._lock.error() is QLockFile.LockError.LockFailedError:
            return Taking.OTHERS
        log.info("no lock: %s", self._lock.error())
        return Taking.IMPOSSIBLE

    def recover(self) -> bool:
        """Take a lock whose file only seems to be held; return whether that worked.

        The file may name a new process with the id of a dead one, or be empty after a power cut. The system knows:
        while the holder lives, its file can't be removed.
        """
        recovery = self._lock_file(RECOVERY_NAME)
        if not recovery.tryLock(0):
            return False
        try:
            return self._lock.removeStaleLockFile() and self._lock.tryLock(0)
        finally:
            recovery.unlock()

    def release(self) -> None:
        self._lock.unlock()
