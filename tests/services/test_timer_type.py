"""How exact a timer is, by the number of it."""

import pytest
from PySide6.QtCore import Qt, QTimer

from stretchplayer.desktop.timer_type import TimerType, set_type


@pytest.mark.parametrize(
    ("kind", "qt_has"),
    [(TimerType.PRECISE, Qt.TimerType.PreciseTimer), (TimerType.VERY_COARSE, Qt.TimerType.VeryCoarseTimer)],
)
def test_the_numbers_are_those_of_qt(kind: TimerType, qt_has: Qt.TimerType) -> None:
    timer = QTimer()
    set_type(timer, kind)
    assert timer.timerType() is qt_has
