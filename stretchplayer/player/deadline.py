"""The session's one deadline: the next thing due or the next frame."""

from math import ceil
from typing import Final

from stretchplayer.player.stopwatch import NS_PER_MS
from stretchplayer.ports import Clock, Timer

STALL_MS: Final = 2_000
"""A tick later than this means that the machine slept or hung, so the person got no guidance."""


class Deadline:
    """Fires when something is due in session time, but at least every `frame_ms`."""

    def __init__(self, clock: Clock, timer: Timer, *, rate: float, frame_ms: int) -> None:
        self._clock = clock
        self._timer = timer
        self._rate = rate
        self._frame_ms = frame_ms
        self._expected_boot_ns: int | None = None

    @property
    def is_set(self) -> bool:
        return self._expected_boot_ns is not None

    @property
    def is_late(self) -> bool:
        """Whether it is overdue by more than STALL_MS, time asleep included."""
        expected_ns = self._expected_boot_ns
        return expected_ns is not None and self._clock.boottime_ns() - expected_ns > STALL_MS * NS_PER_MS

    def arm(self, due_in_ms: float) -> None:
        """Fire in `due_in_ms` of session time, or at the next frame if that is sooner."""
        delay_ms = min(self._frame_ms, max(1, ceil(due_in_ms / self._rate)))
        self._expected_boot_ns = self._clock.boottime_ns() + delay_ms * NS_PER_MS
        self._timer.arm(delay_ms)

    def forget(self) -> None:
        """Treat it as not set, though the timer may still fire once."""
        self._expected_boot_ns = None

    def cancel(self) -> None:
        self._timer.cancel()
        self._expected_boot_ns = None
