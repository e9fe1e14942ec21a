"""The alarm, as a Qt timer."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer


class QtTicker:
    """Implements `ports.Ticker`; the timer lives as long as `parent`.

    The timer is a precise one: Qt's default may be late by 5 % of the delay.
    """

    def __init__(self, parent: QObject) -> None:
        self._timer = QTimer(parent)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)

    def connect(self, callback: Callable[[], None]) -> None:
        """Set what is called when the alarm goes off."""
        self._timer.timeout.connect(callback)

    def arm(self, delay_ms: int) -> None:
        """Go off once, `delay_ms` from now."""
        self._timer.start(delay_ms)

    def cancel(self) -> None:
        """Forget the alarm."""
        self._timer.stop()
