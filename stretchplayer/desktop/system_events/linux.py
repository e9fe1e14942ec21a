"""Sleep and the lock on Linux, according to logind and the desktops' screen savers."""

from typing import Final

from PySide6.QtCore import QObject

from stretchplayer.desktop.dbus.bus import Address, Body, Bus, address_of
from stretchplayer.desktop.dbus.logind import Logind
from stretchplayer.desktop.system_events import SystemEvents

SAVERS: Final = tuple(
    address_of(f"org.{vendor}.ScreenSaver") for vendor in ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
)
"""They share an interface: GetActive, and the signal ActiveChanged."""


class LinuxEvents(SystemEvents):
    """A screen saver that exits counts as inactive."""

    def __init__(self, bus: Bus, logind: Logind, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._logind = logind
        self._bus = bus
        self._active: dict[str, bool] = {}
        self._was_locked = False
        logind.going_to_sleep.connect(self.going_to_sleep)
        logind.woken.connect(self.woken)
        logind.changed.connect(self._settle)
        logind.lock_requested.connect(self._on_lock_requested)
        for saver in SAVERS:
            self._listen(saver)

    @property
    def is_locked(self) -> bool:
        return self._logind.locked is True or any(self._active.values())

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

    def _on_lock_requested(self) -> None:
        # Not every desktop confirms that it is locked, so the request counts as an event, but not as `is_locked`.
        if not self.is_locked:
            self.locked.emit()

    def _settle(self) -> None:
        if self.is_locked is not self._was_locked:
            self._was_locked = self.is_locked
            (self.locked if self.is_locked else self.unlocked).emit()
