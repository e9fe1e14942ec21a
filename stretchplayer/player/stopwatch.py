"""A position in session time that follows the clock while it runs."""

from stretchplayer.ports import Clock

NS_PER_MS = 1_000_000


class Stopwatch:
    """While running it stores the absolute time of position zero; while stopped, the position.

    Nothing is counted tick by tick, so a late tick loses no time. `rate` is session time per real time.
    """

    def __init__(self, clock: Clock, rate: float) -> None:
        self._clock = clock
        self._rate = rate
        self._stopped_ms = 0.0
        self._zero_ns: float | None = None

    @property
    def running(self) -> bool:
        return self._zero_ns is not None

    @property
    def position_ms(self) -> float:
        if self._zero_ns is None:
            return self._stopped_ms
        return (self._clock.monotonic_ns() - self._zero_ns) * self._rate / NS_PER_MS

    def run_from(self, position_ms: float) -> None:
        self._zero_ns = self._clock.monotonic_ns() - position_ms * NS_PER_MS / self._rate

    def leave_out(self, ns: int) -> None:
        """Don't count the last `ns`, if it runs."""
        if self._zero_ns is not None:
            self._zero_ns += ns

    def stop_at(self, position_ms: float) -> None:
        self._stopped_ms = position_ms
        self._zero_ns = None
