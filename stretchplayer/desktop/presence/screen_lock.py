"""Whether the screen is locked on Linux, according to logind and the desktops' screen savers."""

from collections.abc import Callable
from typing import Final

from stretchplayer.desktop.dbus.bus import Address, Body, Bus
from stretchplayer.desktop.dbus.logind import Logind


def _saver(vendor: str) -> Address:
    name = f"org.{vendor}.ScreenSaver"
    return Address(service=name, path=f"/{name.replace('.', '/')}", interface=name)


SAVERS: Final = tuple(_saver(vendor) for vendor in ("freedesktop", "gnome", "cinnamon", "mate", "xfce"))
"""They share an interface: GetActive, and the signal ActiveChanged."""


class ScreenLock:
    """Listens from the moment it is made. A saver that exits counts as inactive."""

    def __init__(self, bus: Bus, logind: Logind) -> None:
        self._logind = logind
        self._bus = bus
        self._active: dict[str, bool] = {}
        self._was_locked = False
        self._changed: list[Callable[[bool], None]] = []
        logind.on_change(self._settle)
        logind.on_lock_asked(self._on_lock_asked)
        for saver in SAVERS:
            self._listen(saver)

    @property
    def locked(self) -> bool:
        return self._logind.locked is True or any(self._active.values())

    def on_change(self, callback: Callable[[bool], None]) -> None:
        self._changed.append(callback)

    def _listen(self, saver: Address) -> None:
        def on_owner(owner: str) -> None:
            if owner:
                self._bus.call(saver, "GetActive", on_active)
            else:
                on_active(None)

        def on_active(body: Body | None) -> None:
            self._active[saver.service] = body is not None and body[:1] == (True,)
            self._settle()

        self._bus.subscribe(saver, "ActiveChanged", on_active)
        self._bus.watch_name(saver.service, on_owner)

    def _on_lock_asked(self) -> None:
        # Not every desktop confirms that it is locked, so the request counts as a lock event, but not as `locked`.
        if not self.locked:
            self._tell(True)

    def _settle(self) -> None:
        if self.locked is not self._was_locked:
            self._was_locked = self.locked
            self._tell(self.locked)

    def _tell(self, locked: bool) -> None:
        for callback in self._changed:
            callback(locked)
