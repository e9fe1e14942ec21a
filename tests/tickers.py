"""Several alarms on one clock, for what needs more than one."""

from tests.fakes import FakeClock, FakeTicker


class FakeTickers:
    """Makes alarms, and lets time pass with each going off at its moment."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self._tickers: list[FakeTicker] = []

    def new(self) -> FakeTicker:
        """Make another alarm."""
        ticker = FakeTicker(self.clock)
        self._tickers.append(ticker)
        return ticker

    @property
    def any_armed(self) -> bool:
        """Whether an alarm is set."""
        return any(ticker.armed for ticker in self._tickers)

    def run_for(self, ms: float) -> None:
        """Let time pass; of two alarms for the same moment the older one goes off first."""
        end_ms = self.clock.ms + ms
        while self.any_armed:
            ticker = min((each for each in self._tickers if each.armed), key=lambda each: each.due_in_ms or 0.0)
            if self.clock.ms + (ticker.due_in_ms or 0.0) > end_ms:
                break
            ticker.fire_when_due()
        self.clock.advance(max(0.0, end_ms - self.clock.ms))
