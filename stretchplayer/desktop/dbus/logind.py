"""What systemd-logind, or elogind, knows about the user's session (org.freedesktop.login1(5)).

Nothing is polled: sleep, waking, locking and idleness come as signals on the system bus.
"""

import os
from typing import Final

from PySide6.QtCore import QObject, Signal

from stretchplayer.desktop.dbus.bus import PROPERTIES, Address, Body, Bus, changed_property, get_property

SERVICE: Final = "org.freedesktop.login1"
MANAGER: Final = Address(service=SERVICE, path="/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")
SESSION: Final = "org.freedesktop.login1.Session"
OWN_SESSION: Final = f"{MANAGER.path}/session/auto"
"""An alias for our session, or the one on the user's screen; signals come from its real path."""


class Logind(QObject):
    going_to_sleep = Signal()
    """The process may be frozen before it hears of it."""
    woken = Signal()
    lock_requested = Signal()
    """The desktop is told to lock the screen."""
    changed = Signal()
    """`locked` or `idle` has changed."""

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._heard: set[str] = set()
        self.locked: bool | None = None
        """Whether the desktop says that the screen is locked; None when it doesn't say."""
        self.idle: bool | None = None
        """Whether the desktop says that the session is idle; None when it doesn't say."""
        bus.subscribe(MANAGER, "PrepareForSleep", self._on_sleep)
        bus.watch_name(SERVICE, self._on_owner)

    def _on_sleep(self, body: Body) -> None:
        if body[:1] == (True,):
            self.going_to_sleep.emit()
        elif body[:1] == (False,):
            self.woken.emit()

    # Finding the session

    def _on_owner(self, owner: str) -> None:
        if not owner:
            self._note(None, None)
            return
        auto = Address(service=SERVICE, path=OWN_SESSION, interface=SESSION)
        get_property(self._bus, auto, "Id", self._on_id)

    def _on_id(self, number: object) -> None:
        known = number if isinstance(number, str) else os.environ.get("XDG_SESSION_ID")
        if known:
            self._bus.call(MANAGER, "GetSession", self._on_session, signature="s", body=(known,))

    def _on_session(self, body: Body | None) -> None:
        path = body[0] if body else None
        if not isinstance(path, str):
            return
        session = Address(service=SERVICE, path=path, interface=SESSION)
        if path not in self._heard:
            self._heard.add(path)
            self._bus.subscribe(session, "Lock", lambda _body: self.lock_requested.emit())
            properties = Address(service=SERVICE, path=path, interface=PROPERTIES)
            self._bus.subscribe(properties, "PropertiesChanged", self._on_properties)
        get_property(self._bus, session, "LockedHint", lambda value: self._note(_truth(value), self.idle))
        get_property(self._bus, session, "IdleHint", lambda value: self._note(self.locked, _truth(value)))

    # Its properties

    def _on_properties(self, body: Body) -> None:
        locked = _truth(changed_property(body, SESSION, "LockedHint"))
        idle = _truth(changed_property(body, SESSION, "IdleHint"))
        self._note(self.locked if locked is None else locked, self.idle if idle is None else idle)

    def _note(self, locked: bool | None, idle: bool | None) -> None:
        if (locked, idle) != (self.locked, self.idle):
            self.locked, self.idle = locked, idle
            self.changed.emit()


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
