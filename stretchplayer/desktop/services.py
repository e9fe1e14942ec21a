"""The desktop services of the system we run on, each created on first use."""

import logging
import os
import sys
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from stretchplayer.desktop import DESKTOP_ENTRY
from stretchplayer.desktop.clock import SystemClock
from stretchplayer.desktop.dbus.bus import Body, Bus, session_address, system_address
from stretchplayer.desktop.dbus.logind import Logind
from stretchplayer.desktop.dbus.mpris import Mpris
from stretchplayer.desktop.dbus.other_players import OtherPlayers
from stretchplayer.desktop.notifications.freedesktop import SERVER, FreedesktopNotifier
from stretchplayer.desktop.presence.calls import call_finder
from stretchplayer.desktop.presence.do_not_disturb import ask_servers, setting_reader
from stretchplayer.desktop.presence.idle_time import ask_idle_time
from stretchplayer.desktop.presence.macos import MacPresence
from stretchplayer.desktop.presence.watch import PresenceWatch, Probe
from stretchplayer.desktop.presence.wayland_idle import WaylandIdle
from stretchplayer.desktop.presence.windows import WindowsPresence
from stretchplayer.desktop.presence.worker_probe import WorkerProbe
from stretchplayer.desktop.presence.x11 import X11Presence
from stretchplayer.desktop.sway import keep_from_focus
from stretchplayer.desktop.system_events import SystemEvents
from stretchplayer.desktop.system_events.linux import LinuxEvents
from stretchplayer.desktop.system_events.macos import MacEvents, show_in_dock
from stretchplayer.desktop.system_events.windows import WindowsEvents
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.desktop.tray_host import TrayHost, x11_has_tray
from stretchplayer.desktop.wayland_wire import display_path
from stretchplayer.desktop.x11.focus import keep_off_taskbars
from stretchplayer.ports import Notifier
from stretchplayer.reminders.presence import Presence

if sys.platform == "linux":
    from stretchplayer.desktop.dbus.connection import BusConnection

log = logging.getLogger(__name__)

_FOCUS_TAKEN_ON: Final = frozenset({"GNOME", "KDE"})
MANAGED_WITHIN_MS: Final = 100
"""How soon after a window is shown the window manager accepts messages about it."""


class DesktopServices(QObject):
    """Creates the services and closes them. `icon` (SVG, with a PNG beside it) is shown by notifications and phones.

    Where there is no D-Bus, the services that use it do nothing.
    """

    def __init__(self, parent: QObject | None = None, *, icon: Path | None = None, system: str = sys.platform) -> None:
        super().__init__(parent)
        self._icon = icon
        self._system = system
        self._kept_from_focus: set[str] = set()
        self._open_probes: list[WorkerProbe | WaylandIdle] = []

    @cached_property
    def notifier(self) -> Notifier:
        if self._system in {"win32", "darwin"}:
            from stretchplayer.desktop.notifications.native import NativeNotifier  # noqa: PLC0415 -- asyncio: 4 MiB

            return NativeNotifier(self, self._icon and self._icon.with_suffix(".png"))
        icon = str(self._icon) if self._icon else DESKTOP_ENTRY
        few = "LXQt" in _desktops()  # seen with lxqt-notificationd 1.2
        return FreedesktopNotifier(self.session_bus, icon, stays=new_windows_take_focus(), few=few)

    @cached_property
    def presence(self) -> PresenceWatch:
        presence = PresenceWatch(self._make_probes(), SystemClock(), QtTimer(self), QtTimer(self), self)
        self.events.locked.connect(presence.nudge)
        self.events.unlocked.connect(presence.nudge)
        return presence

    @cached_property
    def events(self) -> SystemEvents:
        """Sleep and the lock."""
        try:
            return self._make_events()
        except (AttributeError, ImportError, OSError) as error:  # a system that hasn't got what is asked for
            log.info("sleep and the lock are not noticed: %s", error)
            return SystemEvents(self)

    def _make_events(self) -> SystemEvents:
        if self._system == "win32" and isinstance(QGuiApplication.instance(), QGuiApplication):
            return WindowsEvents(self)
        if self._system == "darwin":
            return MacEvents(self)
        return self.linux_events

    def show_in_dock(self, shown: bool) -> None:
        """On macOS, have an icon in the Dock or not."""
        if self._system == "darwin":
            try:
                show_in_dock(shown)
            except Exception:  # third-party code: whatever it raises, only the Dock is wrong
                log.info("the icon in the Dock could not be changed", exc_info=True)

    @cached_property
    def media(self) -> Mpris:
        return Mpris(lambda: self.session_bus, self._icon.as_uri() if self._icon else "")

    @cached_property
    def other_players(self) -> OtherPlayers:
        return OtherPlayers(lambda: self.session_bus)

    def keep_from_focus(self, title: str) -> None:
        """Let a window of this title open without the focus, where the compositor has to be asked for that."""
        if title not in self._kept_from_focus:
            self._kept_from_focus.add(title)
            keep_from_focus(DESKTOP_ENTRY, title)

    @property
    def windows_take_focus(self) -> bool:
        """Whether every new window takes the focus."""
        return new_windows_take_focus()

    def show_beside_notification(self, show: Callable[[], None]) -> None:
        """Show a window beside a notification; where it would take the focus, only if there is no notification."""
        if not self.windows_take_focus:
            show()
            return

        def on_answer(body: Body | None) -> None:
            if body is None:
                show()

        self.session_bus.call(SERVER, "GetServerInformation", on_answer, start=True)

    def keep_off_taskbars(self, window: int) -> None:
        """Keep a small window, by its X11 id, off taskbars, where Qt doesn't."""
        if QGuiApplication.platformName() == "xcb":
            QTimer.singleShot(MANAGED_WITHIN_MS, self, partial(keep_off_taskbars, window))

    @cached_property
    def tray(self) -> TrayHost:
        bus = None if self._system in {"win32", "darwin"} else self.session_bus
        display = os.environ.get("DISPLAY") if is_x11() else None
        return TrayHost(bus, QtTimer(self), lambda: x11_has_tray(display), self)

    def close(self) -> None:
        for name in ("tray", "events", "media", "notifier", "presence", "session_bus", "_system_bus"):
            made = self.__dict__.pop(name, None)
            if made is not None:
                made.close()
        for probe in self._open_probes:
            probe.close()
        self._open_probes.clear()

    # D-Bus

    @cached_property
    def session_bus(self) -> Bus:
        return self._connect(session_address())

    @cached_property
    def _system_bus(self) -> Bus:
        return self._connect(system_address())

    def _connect(self, address: str) -> Bus:
        if sys.platform == "linux" and self._system == "linux":
            return BusConnection(address, self)
        return Bus()

    @cached_property
    def logind(self) -> Logind:
        return Logind(self._system_bus, self)

    @cached_property
    def linux_events(self) -> LinuxEvents:
        return LinuxEvents(self.session_bus, self.logind, self)

    # Presence

    def _make_probes(self) -> list[Probe]:
        probes = [self._in_thread(find_call)] if (find_call := call_finder(self._system)) else []
        if self._system == "win32":
            return [*probes, self._in_thread(WindowsPresence().find_out)]
        if self._system == "darwin":
            return [*probes, self._in_thread(MacPresence().find_out)]
        probes += [self._tell_locked, partial(ask_servers, self.session_bus)]
        if read_setting := setting_reader():
            probes.append(self._in_thread(read_setting))
        if is_x11():
            probes.append(self._in_thread(X11Presence().find_out))
            return probes
        probes.append(partial(ask_idle_time, self.session_bus, self.logind))
        compositor = display_path()
        if compositor is not None:
            idle = WaylandIdle(compositor, self._nudge, self)
            self._open_probes.append(idle)
            probes.append(idle.look)
        return probes

    def _in_thread(self, find_out: Callable[[], Presence | None]) -> Probe:
        probe = WorkerProbe(find_out, self)
        self._open_probes.append(probe)
        return probe.look

    def _tell_locked(self, answer: Callable[[Presence | None], None]) -> None:
        """A person who has locked the screen is away."""
        answer(Presence.AWAY if self.linux_events.is_locked else None)

    def _nudge(self) -> None:
        presence = self.__dict__.get("presence")
        if presence is not None:
            presence.nudge()


def is_x11() -> bool:
    """Whether this is a real X11 session; XWayland knows little about the person."""
    wayland = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("XDG_SESSION_TYPE") == "wayland"
    return bool(os.environ.get("DISPLAY")) and not wayland


def new_windows_take_focus() -> bool:
    """Whether the compositor gives every new window the focus, and can't be told otherwise.

    GNOME's and KDE's do so on Wayland (seen with Mutter 43.8 and KWin 5.27.5): they have no kind of window there that
    takes no focus, or none that Qt can create.
    """
    return not _FOCUS_TAKEN_ON.isdisjoint(_desktops()) and QGuiApplication.platformName().startswith("wayland")


def _desktops() -> list[str]:
    return os.environ.get("XDG_CURRENT_DESKTOP", "").split(":")
