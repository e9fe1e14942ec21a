"""The `Timer` port on QTimer."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer


class QtTimer:
    """Implements `ports.Timer`; lives as long as `parent`.

    A precise timer: Qt's default may be 5 % late.
    """

    def __init__(self, parent: QObject) -> None:
        self._timer = QTimer(parent)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)

    def connect(self, callback: Callable[[], None]) -> None:
        self._timer.timeout.connect(callback)

    def arm(self, delay_ms: int) -> None:
        self._timer.start(delay_ms)

    def cancel(self) -> None:
        self._timer.stop()
