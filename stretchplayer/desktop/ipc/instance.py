"""One program for one data directory: this one's place, which the first window waits for."""

import logging
from pathlib import Path
from typing import Final

from stretchplayer.desktop.ipc.lock import LOCK_NAME, InstanceLock, LockResult
from stretchplayer.i18n import _

SETTLED_MS: Final = 2_000
"""By then a session elsewhere has announced itself; it tries every second."""

log = logging.getLogger(__name__)


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
        match self._result:
            case LockResult.FOREIGN:
                sentence = _("Reminders are off: {path} isn't yours; delete it and start Stretch Player again.")
            case LockResult.IMPOSSIBLE:
                sentence = _("Reminders are off: {path} can't be written; choose another data directory.")
            case _:
                return None
        return sentence.format(path=self.data_dir / LOCK_NAME)

    def close(self) -> None:
        """Let another program be the one."""
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
