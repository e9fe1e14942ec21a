"""The lock that makes a program the only one that keeps its data in a directory.

On POSIX systems the kernel holds it (flock): it is gone with the process, however that ends, so nothing has to be
guessed from the number of a process, and nothing waits for the disk, as QLockFile does up to three times before the
first window. On Windows, QLockFile does neither: the system itself keeps the file from being removed.
"""

import errno
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from PySide6.QtCore import QLockFile

LOCK_NAME: Final = "stretchplayer.lock"
WAITING_NAME: Final = "stretchplayer.waiting.lock"
"""Of the one program that waits for the other lock."""
RECOVERY_NAME: Final = "stretchplayer.recovery.lock"
FOR_EVER_MS: Final = -1
"""QLockFile::tryLock."""

log = logging.getLogger(__name__)


class Taking(StrEnum):
    """What came of trying to take the lock."""

    OURS = "ours"
    OTHERS = "others"
    IMPOSSIBLE = "impossible"
    """There can't be a lock: the directory can't be written to, or its file system has none."""


class InstanceLock(Protocol):
    """A lock file with the holder's process in it; the lock of a process that was killed is nobody's."""

    @property
    def holder(self) -> int | None:
        """The process that has the lock, as far as the file tells."""

    def take(self) -> Taking:
        """Take the lock, if nobody has it; the directory is made if need be."""

    def wait(self) -> bool:
        """Wait until nobody has the lock, and take it, whatever time that takes; False when there can't be one."""

    def recover(self) -> bool:
        """Take a lock that looks held and isn't, for whom nobody has answered for long; True when that did it."""

    def release(self) -> None:
        """Give the lock back."""


def instance_lock(data_dir: Path, name: str = LOCK_NAME) -> InstanceLock:
    """The lock of this data directory."""
    return QtLock(data_dir, name) if sys.platform == "win32" else KernelLock(data_dir, name)


class KernelLock:
    """An `InstanceLock` that the kernel holds. Its file stays: removing it could let two hold it at once."""

    def __init__(self, data_dir: Path, name: str = LOCK_NAME) -> None:
        self._path = data_dir / name
        self._file: int | None = None

    @property
    def holder(self) -> int | None:
        """The process that has the lock, or had it last."""
        with suppress(OSError, ValueError):
            return int(self._path.read_text(encoding="ascii"))
        return None

    def take(self) -> Taking:
        """Take the lock, if nobody has it."""
        import fcntl

        return self._take(fcntl.LOCK_EX | fcntl.LOCK_NB)

    def wait(self) -> bool:
        """Wait until nobody has the lock, asleep, and take it."""
        import fcntl

        return self._take(fcntl.LOCK_EX) is Taking.OURS

    def _take(self, how: int) -> Taking:
        import fcntl

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            log.info("no lock: %s", error)
            return Taking.IMPOSSIBLE
        try:
            fcntl.flock(file, how)
        except OSError as error:
            os.close(file)
            if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
                return Taking.OTHERS
            log.info("no lock: %s", error)
            return Taking.IMPOSSIBLE
        self._file = file
        with suppress(OSError):  # on a full disk nobody learns who has it
            os.ftruncate(file, 0)
            os.write(file, f"{os.getpid()}\n".encode())
        return Taking.OURS

    def recover(self) -> bool:
        """Nothing is ever left behind."""
        return False

    def release(self) -> None:
        """Give the lock back; releasing twice is releasing once."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)


class QtLock:
    """An `InstanceLock` of Qt's."""

    def __init__(self, data_dir: Path, name: str = LOCK_NAME) -> None:
        from PySide6.QtCore import QLockFile

        self._data_dir = data_dir
        self._kind = QLockFile
        self._lock = self._lock_file(name)

    @property
    def holder(self) -> int | None:
        """The process that has the lock."""
        # Its stub tells of a bool before these three; with no file at all there is an empty answer.
        found: Sequence[object] = self._lock.getLockInfo()
        return found[0] if found and isinstance(found[0], int) and found[0] > 0 else None

    def take(self) -> Taking:
        """Take the lock, if nobody has it."""
        return self._take(0)

    def wait(self) -> bool:
        """Wait until nobody has the lock, looking now and then, and take it."""
        return self._take(FOR_EVER_MS) is Taking.OURS

    def _take(self, within_ms: int) -> Taking:
        try:
            self._data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.info("no lock: %s", error)
            return Taking.IMPOSSIBLE
        if self._lock.tryLock(within_ms):
            return Taking.OURS
        if self._lock.error() is self._kind.LockError.LockFailedError:
            return Taking.OTHERS
        log.info("no lock: %s", self._lock.error())
        return Taking.IMPOSSIBLE

    def recover(self) -> bool:
        """Take the lock where the file only seems to say that someone has it.

        It may name a process of today that has got the number of a dead one, or be empty since a power cut. The system
        knows: as long as the holder lives, its file can't be removed.
        """
        recovery = self._lock_file(RECOVERY_NAME)
        if not recovery.tryLock(0):
            return False
        try:
            return self._lock.removeStaleLockFile() and self._lock.tryLock(0)
        finally:
            recovery.unlock()

    def release(self) -> None:
        """Give the lock back."""
        self._lock.unlock()

    def _lock_file(self, name: str) -> "QLockFile":
        lock = self._kind(str(self._data_dir / name))
        lock.setStaleLockTime(0)  # a program may run for months
        return lock
