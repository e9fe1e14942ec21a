"""The session's one deadline: the next thing due or the next frame."""

from math import ceil
from typing import Final

from stretchplayer.player.stopwatch import NS_PER_MS
from stretchplayer.ports import Clock, Timer

SLEPT_MS: Final = 2_000
"""A machine suspended for longer than this was asleep."""
STALL_MS: Final = 2_000
"""A program whose tick is later than this has stood still: the machine was busy, or the program suspended."""


class Deadline:
    """Fires when something is due in session time, but at least every `frame_ms`."""

    def __init__(self, clock: Clock, timer: Timer, *, rate: float, frame_ms: int) -> None:
        self._clock = clock
        self._timer = timer
        self._rate = rate
        self._frame_ms = frame_ms
        self._expected_ns: int | None = None
        self._asleep_ns = 0

    @property
    def is_set(self) -> bool:
        return self._expected_ns is not None

    @property
    def has_slept(self) -> bool:
        """Whether the machine was asleep since it was set. Being late is no sign of that."""
        return self._total_asleep_ns() - self._asleep_ns > SLEPT_MS * NS_PER_MS

    @property
    def stalled_ns(self) -> int:
        """How long the program has stood still, in which the person got no guidance; 0 up to STALL_MS."""
        late_ns = 0 if self._expected_ns is None else self._clock.monotonic_ns() - self._expected_ns
        return late_ns if late_ns > STALL_MS * NS_PER_MS else 0

    def arm(self, due_in_ms: float) -> None:
        """Fire in `due_in_ms` of session time, or at the next frame if that is sooner."""
        delay_ms = min(self._frame_ms, max(1, ceil(due_in_ms / self._rate)))
        self._expected_ns = self._clock.monotonic_ns() + delay_ms * NS_PER_MS
        self._asleep_ns = self._total_asleep_ns()
        self._timer.arm(delay_ms)

    def cancel(self) -> None:
        self._timer.cancel()
        self._expected_ns = None

    def _total_asleep_ns(self) -> int:
        """All time asleep, from an arbitrary moment on."""
        return self._clock.boottime_ns() - self._clock.monotonic_ns()
