"""Ending on request of the system: Ctrl-C, and what a session manager or `kill` sends."""

import signal
import socket
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class EndSignals(QObject):
    """Calls back in the event loop when the process is asked to end.

    Python only runs signal handlers between its own instructions, and in Qt's event loop there are none; so the signal
    is made to write into a socket that the event loop watches, which costs nothing while none comes.
    """

    def __init__(self, callback: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._callback = callback
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, lambda _number, _frame: None) for number in _numbers()}
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def _on_signal(self) -> None:
        # One call is enough: whatever else comes asks for the same.
        self._notifier.setEnabled(False)
        self._callback()

    def close(self) -> None:
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()


def _numbers() -> tuple[signal.Signals, ...]:
    if sys.platform == "win32":
        return signal.SIGINT, signal.SIGTERM
    return signal.SIGINT, signal.SIGTERM, signal.SIGHUP
