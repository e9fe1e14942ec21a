"""What the system tells of itself: when it goes to sleep and wakes, and when its screen is locked."""

from PySide6.QtCore import QObject, Signal


class SystemEvents(QObject):
    """Tells of sleep and of the lock, from the moment it is made; this one, where nobody says, of nothing."""

    going_to_sleep = Signal()
    """The process may be frozen before it hears of it."""
    woken = Signal()
    locked = Signal()
    unlocked = Signal()

    def close(self) -> None:
        """Listen no more."""
