"""How exact a timer of Qt's is.

PySide6 makes all hundred enumerations of `Qt` when the first of them is asked for, which is 1.3 MiB of memory. A
program that only waits in the background can do without them. So the type of a timer is set by its number here.
"""

from enum import IntEnum

from PySide6.QtCore import QTimer


class TimerType(IntEnum):
    """The numbers of `Qt::TimerType`; what no timer is set to is coarse, up to 5 % off."""

    PRECISE = 0
    VERY_COARSE = 2
    """To the second."""


def set_type(timer: QTimer, kind: TimerType) -> None:
    """Let the timer be as exact as that."""
    timer.setProperty("timerType", int(kind))
