"""Several alarms on one clock, for what needs more than one."""

from tests.fakes import FakeClock, FakeTimer


class FakeTimers:
    """Makes alarms, and lets time pass with each going off at its moment."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self._timers: list[FakeTimer] = []

    def new(self) -> FakeTimer:
        """Make another alarm."""
        timer = FakeTimer(self.clock)
        self._timers.append(timer)
        return timer

    @property
    def any_armed(self) -> bool:
        """Whether an alarm is set."""
        return any(timer.armed for timer in self._timers)

    def run_for(self, ms: float) -> None:
        """Let time pass; of two alarms for the same moment the older one goes off first."""
        end_ms = self.clock.ms + ms
        while self.any_armed:
            timer = min((each for each in self._timers if each.armed), key=lambda each: each.due_in_ms or 0.0)
            if self.clock.ms + (timer.due_in_ms or 0.0) > end_ms:
                break
            timer.fire_when_due()
        self.clock.advance(max(0.0, end_ms - self.clock.ms))
