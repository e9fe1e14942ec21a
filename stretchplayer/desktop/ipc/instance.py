"""One program for one data directory: this one's place, which the first window waits for."""

from pathlib import Path
from typing import Final

from stretchplayer.desktop.ipc.lock import InstanceLock, Taking

SETTLED_MS: Final = 2_000
"""By then a session elsewhere has announced itself; it tries every second."""


class Instance:
    """Where this program stands: `alone` when it holds the lock and so can be asked from outside."""

    def __init__(self, lock: InstanceLock | None, data_dir: Path, *, settled_ms: int = SETTLED_MS) -> None:
        self._lock = lock
        self.data_dir = data_dir
        self.settled_ms = settled_ms

    @property
    def alone(self) -> bool:
        """Whether no other program uses the same data directory; only then does this one remind."""
        return self._lock is not None

    def close(self) -> None:
        """Let another program be the one."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def find_place(data_dir: Path) -> Instance | None:
    """Find this program's place, as far as no other one has to be asked; None where one runs already."""
    lock = InstanceLock(data_dir)
    taking = lock.take()
    if taking is Taking.OTHERS:
        return None
    return Instance(lock if taking is Taking.OURS else None, data_dir)
