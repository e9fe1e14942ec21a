"""Events of the whole machine: sleep, wake, lock and unlock."""

from collections.abc import Callable

from stretchplayer.desktop.dbus.logind import Logind
from stretchplayer.desktop.presence.screen_lock import ScreenLock


class LogindEvents:
    """Implements `ports.SystemEvents`. The process may be frozen before it hears that the machine is about to sleep."""

    def __init__(self, logind: Logind, lock: ScreenLock) -> None:
        self._callbacks: dict[str, list[Callable[[], None]]] = {"sleep": [], "wake": [], "lock": [], "unlock": []}
        logind.on_sleep(lambda asleep: self._tell("sleep" if asleep else "wake"))
        lock.on_change(lambda locked: self._tell("lock" if locked else "unlock"))

    def on_sleep(self, callback: Callable[[], None]) -> None:
        self._callbacks["sleep"].append(callback)

    def on_wake(self, callback: Callable[[], None]) -> None:
        self._callbacks["wake"].append(callback)

    def on_lock(self, callback: Callable[[], None]) -> None:
        self._callbacks["lock"].append(callback)

    def on_unlock(self, callback: Callable[[], None]) -> None:
        self._callbacks["unlock"].append(callback)

    def close(self) -> None:
        for callbacks in self._callbacks.values():
            callbacks.clear()

    def _tell(self, what: str) -> None:
        for callback in self._callbacks[what]:
            callback()
