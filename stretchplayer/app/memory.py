"""Gives memory back when the window is gone."""

import gc
import sys


def give_back() -> None:
    """Free what nobody holds any more, and let the system have it.

    What was kept for good while the window was there is looked at once more; from then on little is made, and the
    collector has little to do.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.enable()
    if sys.platform == "linux":
        _trim()


def _trim() -> None:
    """Ask the GNU C library to return free pages, which it does not by itself; other ones have no such function."""
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
