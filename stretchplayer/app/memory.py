"""Collecting garbage, and giving memory back when the window is gone.

The command line turns the collector off, and it stays off: left to itself, Python collects on whichever thread happens
to be running, the one that writes the history for instance, and a widget that is destroyed there takes Qt along. So
garbage is collected when the program says so, on the thread of its windows.
"""

import gc
import sys
from typing import Final

from PySide6.QtCore import QObject, QTimer

from stretchplayer.desktop.timer_type import TimerType, set_type

COLLECT_MS: Final = 30_000
"""How often garbage is collected while something is shown or played."""


def keep_for_good() -> None:
    """What is there now stays, and need never be looked at again."""
    gc.freeze()


def collect() -> None:
    """Free what nobody holds any more. Only for the thread that windows belong to."""
    gc.collect()


def collect_regularly(parent: QObject) -> QTimer:
    """Collect garbage as long as `parent` lives and the timer is not stopped."""
    gc.disable()
    timer = QTimer(parent, interval=COLLECT_MS)
    set_type(timer, TimerType.VERY_COARSE)
    timer.timeout.connect(collect)
    timer.start()
    return timer


def give_back() -> None:
    """Free what nobody holds any more, and let the system have it.

    What was kept for good while the window was there is looked at once more; from then on little is made, and the
    collector has little to do.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    if sys.platform == "linux":
        from stretchplayer.desktop.unused_pages import give_pages_back

        give_pages_back()
