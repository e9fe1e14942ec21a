"""Collecting garbage on the thread of the windows.

Left to itself, Python collects on whichever thread happens to be running, the one that writes the history for instance.
A widget that is destroyed there crashes Qt.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

COLLECT_MS: Final = 30_000


def collect_regularly(parent: QObject) -> QTimer:
    """Collect garbage on this thread only, as long as `parent` lives and the timer is not stopped."""
    gc.disable()
    timer = QTimer(parent, interval=COLLECT_MS)
    timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
    timer.timeout.connect(gc.collect)
    timer.start()
    return timer
