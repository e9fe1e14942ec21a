"""The session's one deadline: the next thing due or the next frame, and whether it is long past."""

from math import ceil
from typing import Final

from stretchplayer.player.stopwatch import NS_PER_MS
from stretchplayer.ports import Clock, Timer

STALL_MS: Final = 2_000
"""A tick that is late by more than this means that the machine slept or hung: the person was not being led."""


class Deadline:
    """Passes when something is due in session time, but at least every `frame_ms`."""

    def __init__(self, clock: Clock, timer: Timer, *, rate: float, frame_ms: int) -> None:
        self._clock = clock
        self._timer = timer
        self._rate = rate
        self._frame_ms = frame_ms
        self._expected_boot_ns: int | None = None

    @property
    def is_set(self) -> bool:
        """Whether it was set and has not been cancelled."""
        return self._expected_boot_ns is not None

    @property
    def is_late(self) -> bool:
        """Whether the moment for which it was set is long over; time asleep counts."""
        expected_ns = self._expected_boot_ns
        return expected_ns is not None and self._clock.boottime_ns() - expected_ns > STALL_MS * NS_PER_MS

    def arm(self, due_in_ms: float) -> None:
        """Set it for what is due in `due_in_ms` of session time, or for the next frame."""
        delay_ms = min(self._frame_ms, max(1, ceil(due_in_ms / self._rate)))
        self._expected_boot_ns = self._clock.boottime_ns() + delay_ms * NS_PER_MS
        self._timer.arm(delay_ms)

    def forget(self) -> None:
        """Take it for not set, though it may go off once more."""
        self._expected_boot_ns = None

    def cancel(self) -> None:
        """Do not go off."""
        self._timer.cancel()
        self._expected_boot_ns = None
