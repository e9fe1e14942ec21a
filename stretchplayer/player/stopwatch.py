"""A position in session time that follows the clock while it runs and stays where it is while it does not."""

from stretchplayer.ports import Clock

NS_PER_MS = 1_000_000


class Stopwatch:
    """Running, it keeps the absolute moment at which the position was zero; stopped, it keeps the position.

    Nothing is added up tick by tick, so a late tick can't lose time. `rate` is session time per real time.
    """

    def __init__(self, clock: Clock, rate: float) -> None:
        self._clock = clock
        self._rate = rate
        self._kept_ms = 0.0
        self._zero_ns: float | None = None

    @property
    def running(self) -> bool:
        """Whether the position follows the clock."""
        return self._zero_ns is not None

    @property
    def position_ms(self) -> float:
        """The position now."""
        if self._zero_ns is None:
            return self._kept_ms
        return (self._clock.monotonic_ns() - self._zero_ns) * self._rate / NS_PER_MS

    def run_from(self, position_ms: float) -> None:
        """Let the position follow the clock from here."""
        self._zero_ns = self._clock.monotonic_ns() - position_ms * NS_PER_MS / self._rate

    def stop_at(self, position_ms: float) -> None:
        """Keep this position."""
        self._kept_ms = position_ms
        self._zero_ns = None
