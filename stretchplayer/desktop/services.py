"""The desktop services of the system we run on. Each is made when it is first used, and so is the way to it."""

import os
import sys
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from stretchplayer.desktop.dbus.bus import Body, Bus
from stretchplayer.desktop.dbus.connection import SocketBus, session_address, system_address
from stretchplayer.desktop.dbus.logind import Logind
from stretchplayer.desktop.dbus.mpris import Mpris, NullMediaRemote
from stretchplayer.desktop.notifications.freedesktop import SERVER, FreedesktopNotifier
from stretchplayer.desktop.notifications.native import NativeNotifier
from stretchplayer.desktop.notifications.null import NullNotifier
from stretchplayer.desktop.presence.do_not_disturb import DoNotDisturb, gsettings_sense, lxqt_sense
from stretchplayer.desktop.presence.idle_time import IdleTime, LockSense
from stretchplayer.desktop.presence.macos import MacPresence
from stretchplayer.desktop.presence.screen_lock import ScreenLock
from stretchplayer.desktop.presence.system_events import LinuxEvents, NullEvents
from stretchplayer.desktop.presence.watch import NullPresence, Sense, SensedPresence
from stretchplayer.desktop.presence.wayland_idle import WaylandIdle, display_path
from stretchplayer.desktop.presence.windows import WindowsPresence
from stretchplayer.desktop.presence.worker_probe import ThreadedSense
from stretchplayer.desktop.sway import keep_from_focus
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.desktop.tray_host import TrayHost, x11_has_tray
from stretchplayer.desktop.x11.focus import keep_off_taskbars
from stretchplayer.desktop.x11.screen import X11Presence
from stretchplayer.ports import MediaRemote, Notifier, PresenceWatch, SystemEvents

DESKTOP_ID: Final = "stretchplayer"
"""What a Wayland compositor knows the program's windows by."""
_FOCUS_TAKEN_ON: Final = frozenset({"GNOME", "KDE"})
MANAGED_WITHIN_MS: Final = 100
"""After it was shown: by then the window manager knows of a window; before, it takes no message about it."""


class DesktopServices(QObject):
    """Makes them and, with `close`, ends those that were made. `icon` is shown by notifications and phones."""

    def __init__(self, parent: QObject | None = None, *, icon: Path | None = None, system: str = sys.platform) -> None:
        super().__init__(parent)
        self._icon = icon
        self._system = system
        self._kept_from_focus: set[str] = set()

    @cached_property
    def notifier(self) -> Notifier:
        """Notifications."""
        if self._system == "linux":
            icon = str(self._icon) if self._icon else DESKTOP_ID
            few = "LXQt" in _desktops()  # seen with lxqt-notificationd 1.2
            return FreedesktopNotifier(self._session_bus, icon, stays=new_windows_take_focus(), few=few)
        if self._system in {"win32", "darwin"}:
            return NativeNotifier(self)
        return NullNotifier()

    @cached_property
    def presence(self) -> PresenceWatch:
        """Whether the person can be reminded."""
        senses = self._senses()
        if not senses:
            return NullPresence()
        presence = SensedPresence(senses, QtTimer(self), QtTimer(self))
        if self._system == "linux":
            self._screen_lock.on_change(lambda _locked: self._nudge())
        return presence

    @cached_property
    def events(self) -> SystemEvents:
        """Sleep, waking and the locked screen."""
        return LinuxEvents(self._logind, self._screen_lock) if self._system == "linux" else NullEvents()

    @cached_property
    def media(self) -> MediaRemote:
        """Media keys, headsets and phones."""
        if self._system != "linux":
            return NullMediaRemote()
        return Mpris(lambda: self._session_bus, self._icon.as_uri() if self._icon else "")

    def keep_from_focus(self, title: str) -> None:
        """Let a window of this title come up without the focus, where that has to be asked for."""
        if self._system == "linux" and os.environ.get("WAYLAND_DISPLAY") and title not in self._kept_from_focus:
            self._kept_from_focus.add(title)
            keep_from_focus(DESKTOP_ID, title)

    def show_beside_notification(self, show: Callable[[], None]) -> None:
        """Call it to show a window beside a notification; where that would take the focus, only if nobody shows any."""
        if self._system != "linux" or not new_windows_take_focus():
            show()
            return

        def on_answer(body: Body | None) -> None:
            if body is None:
                show()

        self._session_bus.call(SERVER, "GetServerInformation", on_answer, start=True)

    def keep_off_taskbars(self, window: int) -> None:
        """Let a small window, by its number, have no place in taskbars, where Qt doesn't see to that."""
        if QGuiApplication.platformName() == "xcb":
            QTimer.singleShot(MANAGED_WITHIN_MS, self, partial(keep_off_taskbars, window))

    @cached_property
    def tray(self) -> TrayHost:
        """Whether there is a tray."""
        bus = self._session_bus if self._system == "linux" else None
        display = os.environ.get("DISPLAY") if is_x11() else None
        return TrayHost(bus, QtTimer(self), lambda: x11_has_tray(display), self)

    def close(self) -> None:
        """End what was made."""
        services = ("tray", "media", "notifier", "presence", "events")
        for name in (*services, "_session_bus", "_system_bus"):
            made = self.__dict__.pop(name, None)
            if made is not None:
                made.close()

    # Linux

    @cached_property
    def _session_bus(self) -> Bus:
        return SocketBus(session_address(), self)

    @cached_property
    def _system_bus(self) -> Bus:
        return SocketBus(system_address(), self)

    @cached_property
    def _logind(self) -> Logind:
        return Logind(self._system_bus)

    @cached_property
    def _screen_lock(self) -> ScreenLock:
        return ScreenLock(self._session_bus, self._logind)

    # What can be found out about the person

    def _senses(self) -> list[Sense]:
        if self._system == "linux":
            return self._linux_senses()
        if self._system == "win32":
            return [ThreadedSense(WindowsPresence().find_out, self)]
        if self._system == "darwin":
            return [ThreadedSense(MacPresence().find_out, self)]
        return []

    def _linux_senses(self) -> list[Sense]:
        lock = self._screen_lock
        senses: list[Sense] = [LockSense(lambda: lock.locked), DoNotDisturb(self._session_bus)]
        setting = gsettings_sense(self) or lxqt_sense()
        if setting is not None:
            senses.append(setting)
        if is_x11():
            senses.append(ThreadedSense(X11Presence().find_out, self))
            return senses
        senses.append(IdleTime(self._session_bus, self._logind))
        compositor = display_path()
        if compositor is not None:
            senses.append(WaylandIdle(compositor, self._nudge, self))
        return senses

    def _nudge(self) -> None:
        presence = self.__dict__.get("presence")
        if presence is not None:
            presence.nudge()


def is_x11() -> bool:
    """Whether the screen is an X server's: one for the sake of old programs on Wayland knows little of the person."""
    wayland = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland"
    return bool(os.environ.get("DISPLAY")) and not wayland


def new_windows_take_focus() -> bool:
    """Whether the compositor gives the focus to every new window, whoever is typing, and can't be told otherwise.

    GNOME's and KDE's do so on Wayland (seen with Mutter 43.8 and KWin 5.27.5): they know no kind of window there that
    takes none, or none that Qt can make.
    """
    return not _FOCUS_TAKEN_ON.isdisjoint(_desktops()) and QGuiApplication.platformName().startswith("wayland")


def _desktops() -> list[str]:
    """What the desktop calls itself, and what it is like."""
    return os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")
