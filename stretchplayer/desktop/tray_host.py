"""Finds out when there is a tray, without asking Qt.

Qt looks for a tray the first time it is asked, and remembers a no for the life of the process. A program that starts
with the desktop is often ready before the panel. So Qt is asked only once a tray has been seen:

- On the session bus it is a service with a known name (StatusNotifierItem, as in KDE and most panels), which announces
  itself.
- On X11 it may be the owner of a selection (the older way, "XEmbed"). That is polled, less and less often, and whenever
  the window is opened or closed.
- Windows and macOS always have one.
"""

import logging
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal

from stretchplayer.desktop.dbus.bus import Bus
from stretchplayer.desktop.x11.xcb import XServer
from stretchplayer.ports import Timer

WATCHER: Final = "org.kde.StatusNotifierWatcher"
FIRST_GAP_MS: Final = 2_000
LONGEST_GAP_MS: Final = 600_000
HOST_COMES_MS: Final = 1_500
"""From the service that registers trays to the tray itself, which Qt asks for too."""

log = logging.getLogger(__name__)


class TrayHost(QObject):
    """Emits `seen`, once, when there is a tray."""

    seen = Signal()

    def __init__(
        self,
        bus: Bus | None,
        timer: Timer,
        has_x11_tray: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bus = bus
        self._timer = timer
        self._has_x11_tray = has_x11_tray
        self._gap_ms = FIRST_GAP_MS
        self._is_seen = False
        self._is_on_bus = False
        timer.connect(self._look_again)

    def begin(self) -> None:
        """Start looking for a tray; without a bus, the system is one that always has one."""
        if self._bus is None:
            self._see()
            return
        self._bus.watch_name(WATCHER, self._on_owner)
        self.look()

    def look(self) -> None:
        """Look now: something has happened that makes it worthwhile."""
        if self._is_seen:
            return
        if self._is_on_bus or self._has_x11_tray():
            self._see()
        else:
            self._timer.arm(self._gap_ms)

    def _look_again(self) -> None:
        self._gap_ms = min(self._gap_ms * 2, LONGEST_GAP_MS)
        self.look()

    def _on_owner(self, owner: str) -> None:
        self._is_on_bus = bool(owner)
        if owner and not self._is_seen:
            self._timer.arm(HOST_COMES_MS)

    def _see(self) -> None:
        log.info("there is a tray")
        self._is_seen = True
        self._timer.cancel()
        self.seen.emit()

    def close(self) -> None:
        self._is_seen = True
        self._timer.cancel()


def x11_has_tray(display: str | None) -> bool:
    if not display:
        return False
    try:
        with XServer(display) as server:
            return bool(server.selection_owner("_NET_SYSTEM_TRAY_S0"))
    except OSError:
        return False
