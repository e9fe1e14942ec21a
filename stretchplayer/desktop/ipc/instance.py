"""One program for one data directory: the lock that says so, and this one's place, which the first window waits for."""

import logging
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile

from stretchplayer.desktop.ipc.address import socket_address
from stretchplayer.desktop.ipc.foreign_lock import LOCK_NAME, foreign_lock, is_foreign
from stretchplayer.i18n import _

WAITING_NAME: Final = "stretchplayer.waiting.lock"
"""Held by the one program that waits for the other lock."""
RECOVERY_NAME: Final = "stretchplayer.recovery.lock"
FOR_EVER_MS: Final = -1
"""QLockFile::tryLock."""
SETTLED_MS: Final = 2_000
"""By then a session elsewhere has announced itself; it tries every second."""

log = logging.getLogger(__name__)


class LockResult(StrEnum):
    OURS = "ours"
    OTHERS = "others"
    FOREIGN = "foreign"
    """The file in the data directory can't be opened: a program of another user may hold it."""
    IMPOSSIBLE = "impossible"
    """No folder can be written to, or their file systems have no locks."""


class InstanceLock:
    """A lock file with the holder's process id; the lock of a killed process is free.

    A second file beside the socket is locked too: where the data directory is full or read-only, that one alone does.
    """

    def __init__(self, data_dir: Path, name: str = LOCK_NAME) -> None:
        self._data_dir = data_dir
        self._path = data_dir / name
        self._lock = _lock_file(self._path)
        address = None if sys.platform == "win32" else socket_address(data_dir, make=True)
        self._spare = None if address is None else _lock_file(Path(f"{address}.{name}"))

    @property
    def holder(self) -> int | None:
        # The stub declares a bool before these three; without a file the answer is empty.
        found: Sequence[object] = self._lock.getLockInfo()
        return found[0] if found and isinstance(found[0], int) and found[0] > 0 else None

    def take(self) -> LockResult:
        return self._take(0)

    def wait(self) -> bool:
        """Wait until the lock is free, and take it; False when there can't be one."""
        return self._take(FOR_EVER_MS) is LockResult.OURS

    def _take(self, within_ms: int) -> LockResult:
        result = self._take_in_data_dir(within_ms)
        if result is LockResult.OTHERS or self._spare is None:
            return result
        spare = _try_lock(self._spare, within_ms)
        if spare is LockResult.OTHERS:
            self._lock.unlock()
            return LockResult.OTHERS
        return spare if result is LockResult.IMPOSSIBLE else result

    def _take_in_data_dir(self, within_ms: int) -> LockResult:
        try:
            self._data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            log.info("no lock: %s", error)
            return LockResult.IMPOSSIBLE
        if is_foreign(self._path):
            return LockResult.FOREIGN
        return _try_lock(self._lock, within_ms)

    def recover(self) -> bool:
        """Take a lock whose file only seems to be held; return whether that worked.

        The file may name a new process with the id of a dead one, or be empty after a power cut. The system knows:
        while the holder lives, its file can't be removed.
        """
        recovery = _lock_file(self._data_dir / RECOVERY_NAME)
        if not recovery.tryLock(0):
            return False
        try:
            for lock in (self._lock, self._spare):
                if lock is not None:
                    lock.removeStaleLockFile()
            return self.take() is LockResult.OURS
        finally:
            recovery.unlock()

    def release(self) -> None:
        if self._spare is not None:
            self._spare.unlock()
        self._lock.unlock()


def _lock_file(path: Path) -> QLockFile:
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)  # a program may run for months
    return lock


def _try_lock(lock: QLockFile, within_ms: int) -> LockResult:
    if lock.tryLock(within_ms):
        return LockResult.OURS
    if lock.error() is QLockFile.LockError.LockFailedError:
        return LockResult.OTHERS
    log.info("no lock: %s", lock.error())
    return LockResult.IMPOSSIBLE


class Instance:
    """Where this program stands: `alone` when it holds the lock and so can be asked from outside."""

    def __init__(
        self,
        lock: InstanceLock | None,
        data_dir: Path,
        *,
        result: LockResult = LockResult.OURS,
        settled_ms: int = SETTLED_MS,
    ) -> None:
        self._lock = lock
        self._result = result
        self.data_dir = data_dir
        self.settled_ms = settled_ms

    @property
    def alone(self) -> bool:
        """Whether no other program of this user has the same data directory."""
        return self._lock is not None

    @property
    def reminds(self) -> bool:
        return self.alone and self.problem is None

    @property
    def problem(self) -> str | None:
        """Why this program can't remind though it is the only one, in a sentence for the person."""
        path = self.data_dir / LOCK_NAME
        match self._result:
            case LockResult.FOREIGN:
                return foreign_lock(path)
            case LockResult.IMPOSSIBLE:
                sentence = _("Reminders are off: {path} can't be written; choose another data directory.")
                return sentence.format(path=path)
        return None

    def close(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def claim_instance(data_dir: Path) -> Instance | None:
    """Find this program's place, as far as no other one has to be asked; None where one runs already."""
    lock = InstanceLock(data_dir)
    result = lock.take()
    if result is LockResult.OTHERS:
        return None
    instance = Instance(lock, data_dir, result=result)
    if instance.problem is not None:
        log.warning("%s", instance.problem)
    return instance
