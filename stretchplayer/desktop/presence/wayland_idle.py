"""Idle notifications from a Wayland compositor (KDE, sway, Hyprland and others).

Uses ext-idle-notify-v1 or, on older compositors, KDE's idle.xml. The compositor sends something only when the person
leaves or comes back.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalSocket

from stretchplayer.desktop import wayland_wire as wire
from stretchplayer.desktop.presence.watch import AWAY_AFTER_MS
from stretchplayer.reminders.presence import Presence

log = logging.getLogger(__name__)

SEAT, NOTIFIER, NOTIFICATION = range(wire.REGISTRY_DONE + 1, wire.REGISTRY_DONE + 4)
SEAT_INTERFACE: Final = "wl_seat"
NOTIFIER_INTERFACE: Final = "ext_idle_notifier_v1"
KDE_INTERFACE: Final = "org_kde_kwin_idle"
IDLE_EVENT: Final = 0
RESUMED_EVENT: Final = 1


class WaylandIdle(QObject):
    """Its `look` is a `watch.Probe`: unknown where the compositor can't tell, or exits."""

    def __init__(
        self, path: Path, changed: Callable[[], None], parent: QObject, *, away_after_ms: int = AWAY_AFTER_MS
    ) -> None:
        super().__init__(parent)
        self._changed = changed
        self._away_after_ms = away_after_ms
        self._is_idle = False
        self._events = wire.Events()
        self._socket = QLocalSocket(self)
        self._socket.connectToServer(str(path))
        if not self._is_open:
            log.info("there is no compositor at %s: %s", path, self._socket.errorString())
            return
        # Queued, because `_lose` must not run while the socket is reading or writing.
        self._socket.readyRead.connect(self._read, Qt.ConnectionType.QueuedConnection)
        self._socket.disconnected.connect(self._lose, Qt.ConnectionType.QueuedConnection)
        self._send(wire.ASK_OFFERS)

    def look(self, answer: Callable[[Presence | None], None]) -> None:
        answer(Presence.AWAY if self._is_idle else None)

    def close(self) -> None:
        self._lose("")

    @property
    def _is_open(self) -> bool:
        return self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState

    def _read(self) -> None:
        try:
            for sender, event in self._events.read(bytes(self._socket.readAll().data())):
                if sender == wire.REGISTRY_DONE:
                    self._ask_to_be_told(self._events.offers)
                elif sender == NOTIFICATION and event in {IDLE_EVENT, RESUMED_EVENT}:
                    self._is_idle = event == IDLE_EVENT
                    self._changed()
        except OSError as error:
            self._lose(str(error))

    def _ask_to_be_told(self, offers: Mapping[str, int]) -> None:
        known = next((name for name in (NOTIFIER_INTERFACE, KDE_INTERFACE) if name in offers), None)
        if known is None or SEAT_INTERFACE not in offers:
            raise OSError("it can't tell")
        self._send(wire.bind(offers[SEAT_INTERFACE], SEAT_INTERFACE, SEAT))
        self._send(wire.bind(offers[known], known, NOTIFIER))
        if known == KDE_INTERFACE:
            self._send(wire.message(NOTIFIER, 0, NOTIFICATION, SEAT, self._away_after_ms))
        else:
            self._send(wire.message(NOTIFIER, 1, NOTIFICATION, self._away_after_ms, SEAT))

    def _send(self, data: bytes) -> None:
        if self._is_open:
            self._socket.write(data)

    def _lose(self, why: str = "it has hung up") -> None:
        if why:
            log.info("idle time is not known of the compositor: %s", why)
        self._socket.blockSignals(True)
        self._socket.abort()
        self._is_idle = False
