"""What happens to the whole machine: sleep, waking, a locked screen."""

from collections.abc import Callable

from stretchplayer.desktop.dbus.logind import Logind
from stretchplayer.desktop.presence.screen_lock import ScreenLock


class LinuxEvents:
    """Implements `ports.SystemEvents`. The process may be frozen before it hears that the machine is to sleep."""

    def __init__(self, logind: Logind, lock: ScreenLock) -> None:
        self._callbacks: dict[str, list[Callable[[], None]]] = {}
        logind.on_sleep(lambda asleep: self._tell("sleep" if asleep else "wake"))
        lock.on_change(lambda locked: self._tell("lock" if locked else "unlock"))

    def on_sleep(self, callback: Callable[[], None]) -> None:
        """Add what is called when the machine is about to sleep."""
        self._add("sleep", callback)

    def on_wake(self, callback: Callable[[], None]) -> None:
        """Add what is called when it has woken."""
        self._add("wake", callback)

    def on_lock(self, callback: Callable[[], None]) -> None:
        """Add what is called when the screen was locked."""
        self._add("lock", callback)

    def on_unlock(self, callback: Callable[[], None]) -> None:
        """Add what is called when it was unlocked."""
        self._add("unlock", callback)

    def close(self) -> None:
        """Call nobody any more."""
        self._callbacks.clear()

    def _add(self, what: str, callback: Callable[[], None]) -> None:
        self._callbacks.setdefault(what, []).append(callback)

    def _tell(self, what: str) -> None:
        for callback in self._callbacks.get(what, []):
            callback()


class NullEvents:
    """For systems that do not tell."""

    def on_sleep(self, callback: Callable[[], None]) -> None:
        """Never call it."""

    def on_wake(self, callback: Callable[[], None]) -> None:
        """Never call it."""

    def on_lock(self, callback: Callable[[], None]) -> None:
        """Never call it."""

    def on_unlock(self, callback: Callable[[], None]) -> None:
        """Never call it."""

    def close(self) -> None:
        """Do nothing."""
