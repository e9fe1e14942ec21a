"""How long the user has been idle, on Wayland desktops, where the X server can't tell."""

from collections.abc import Callable
from typing import Final

from stretchplayer.desktop.dbus.bus import DBUS, Address, Body, Bus, address_of, first
from stretchplayer.desktop.dbus.logind import Logind
from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS
from stretchplayer.reminders.presence import Presence

MUTTER: Final = Address(
    service="org.gnome.Mutter.IdleMonitor",
    path="/org/gnome/Mutter/IdleMonitor/Core",
    interface="org.gnome.Mutter.IdleMonitor",
)
"""GNOME: milliseconds."""
SAVER: Final = address_of("org.freedesktop.ScreenSaver")
"""Others: seconds, but milliseconds where KDE's screen locker provides it."""
KDE: Final = "org.kde.screensaver"


def ask_idle_time(bus: Bus, logind: Logind, answer: Callable[[Presence | None], None]) -> None:
    """Use the first service that answers, or logind's hint if none does; a `watch.Probe` once the others are bound."""

    def on_mutter(body: Body | None) -> None:
        idle_ms = _number(body)
        if idle_ms is None:
            bus.call(SAVER, "GetSessionIdleTime", on_saver)
        else:
            answer(_verdict(idle_ms))

    def on_saver(body: Body | None) -> None:
        idle = _number(body)
        if idle is None:
            answer(Presence.AWAY if logind.idle else None)
        elif idle * 1000 < AWAY_AFTER_MS:
            answer(None)  # not long in either unit
        else:
            bus.call(DBUS, "NameHasOwner", lambda kde: on_unit(kde, idle), signature="s", body=(KDE,))

    def on_unit(kde: Body | None, idle: int) -> None:
        answer(_verdict(idle if first(kde) is True else idle * 1000))

    bus.call(MUTTER, "GetIdletime", on_mutter)


def _number(body: Body | None) -> int | None:
    value = first(body)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _verdict(idle_ms: int) -> Presence | None:
    return Presence.AWAY if idle_ms >= AWAY_AFTER_MS else None
