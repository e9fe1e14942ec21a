"""How long nobody has touched the machine, on Linux desktops where the X server can't tell: Wayland."""

from collections.abc import Callable
from typing import Final

from stretchplayer.desktop.dbus.bus import DBUS, DBUS_PATH, Address, Body, Bus
from stretchplayer.desktop.dbus.logind import Logind
from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS
from stretchplayer.reminders.presence import Presence

MUTTER: Final = Address(
    service="org.gnome.Mutter.IdleMonitor",
    path="/org/gnome/Mutter/IdleMonitor/Core",
    interface="org.gnome.Mutter.IdleMonitor",
)
"""GNOME: milliseconds."""
SAVER: Final = Address(
    service="org.freedesktop.ScreenSaver", path="/org/freedesktop/ScreenSaver", interface="org.freedesktop.ScreenSaver"
)
"""Others: seconds, but milliseconds where KDE's screen locker is it."""
KDE: Final = "org.kde.screensaver"
THE_BUS: Final = Address(service=DBUS, path=DBUS_PATH, interface=DBUS)


class IdleTime:
    """Implements `presence.Sense`. The first service that answers is believed; logind's hint is asked last."""

    def __init__(self, bus: Bus, logind: Logind) -> None:
        self._bus = bus
        self._logind = logind

    def look(self, answer: Callable[[Presence | None], None]) -> None:
        """Find out."""

        def on_mutter(body: Body | None) -> None:
            idle_ms = _number(body)
            if idle_ms is None:
                self._bus.call(SAVER, "GetSessionIdleTime", on_saver)
            else:
                answer(_verdict(idle_ms))

        def on_saver(body: Body | None) -> None:
            idle = _number(body)
            if idle is None:
                answer(Presence.AWAY if self._logind.idle else None)
            elif idle * 1000 < AWAY_AFTER_MS:
                answer(None)  # not long in either unit
            else:
                self._bus.call(THE_BUS, "NameHasOwner", lambda kde: on_unit(kde, idle), signature="s", body=(KDE,))

        def on_unit(kde: Body | None, idle: int) -> None:
            is_kde = kde is not None and kde[:1] == (True,)
            answer(_verdict(idle if is_kde else idle * 1000))

        self._bus.call(MUTTER, "GetIdletime", on_mutter)

    def close(self) -> None:
        """Do nothing: nothing is held."""


def _number(body: Body | None) -> int | None:
    value = body[0] if body else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _verdict(idle_ms: int) -> Presence | None:
    return Presence.AWAY if idle_ms >= AWAY_AFTER_MS else None


class LockSense:
    """Implements `presence.Sense`: whoever has locked the screen is away."""

    def __init__(self, is_locked: Callable[[], bool]) -> None:
        self._is_locked = is_locked

    def look(self, answer: Callable[[Presence | None], None]) -> None:
        """Answer at once."""
        answer(Presence.AWAY if self._is_locked() else None)

    def close(self) -> None:
        """Do nothing: nothing is held."""
