"""Waiting for what other programs do. The only place in the tests where time passes by itself."""

import select
import time
from collections.abc import Callable
from typing import Final, TypeVar

from tests.patience import PATIENCE_S

LOOK_AGAIN_S: Final = 0.02

_Found = TypeVar("_Found")


def wait_until(condition: Callable[[], _Found | None], what: str, timeout_s: float = PATIENCE_S) -> _Found:
    """Return the first true answer of `condition`; AssertionError, naming `what`, when it gives none in time."""
    deadline = time.monotonic() + timeout_s
    while not (found := condition()):
        if time.monotonic() > deadline:
            msg = f"waited {timeout_s:g} s in vain for {what}"
            raise AssertionError(msg)
        pause(LOOK_AGAIN_S)
    return found


def pause(seconds: float) -> None:
    """Let time pass, which only the harness itself may ask for."""
    select.select([], [], [], seconds)
