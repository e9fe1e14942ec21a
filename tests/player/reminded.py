"""A reminder scheduler under test: time is under control, and its events are recorded."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from stretchplayer.player.reminder_scheduler import ReminderScheduler
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.slots import ReminderSettings, Slot, SlotView
from tests.fakes import FakeClock, FakeReminderStore, FakeTimer

MONDAY: Final = date(2026, 3, 2)
TUESDAY: Final = date(2026, 3, 3)
BERLIN: Final = ZoneInfo("Europe/Berlin")
SEVEN: Final = datetime(2026, 3, 2, 7, 0, tzinfo=BERLIN)
MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS


class LocalClock(FakeClock):
    """Its wall clock goes through nights of change as real ones do."""

    def now(self) -> datetime:
        """The wall clock, in the zone that `zone` says."""
        return super().now().astimezone(self.zone)

    zone: ZoneInfo = BERLIN

    def sleep(self, ms: float) -> None:
        """Suspend the machine, in real time."""
        before = self.now().astimezone(ZoneInfo("UTC"))
        super().sleep(ms)
        self.set_wall_clock(before + timedelta(milliseconds=ms))


class Reminded:
    """A scheduler, its environment, and its events: "due 08:00", "withdrawn", "changed …"."""

    def __init__(
        self,
        start: datetime = SEVEN,
        *,
        settings: ReminderSettings | None = None,
        store: FakeReminderStore | None = None,
        look: bool = True,
    ) -> None:
        self.clock = LocalClock(start)
        self.timer = FakeTimer(self.clock)
        self.store = store or FakeReminderStore()
        self.presence = Presence.FREE
        self.told: list[str] = []
        self.due_at: list[str] = []
        self.problems: list[str] = []
        self.scheduler = ReminderScheduler(
            clock=self.clock,
            timer=self.timer,
            presence=lambda: self.presence,
            store=self.store,
            settings=settings or ReminderSettings(),
        )
        self.scheduler.reminder_due.connect(self._on_due)
        self.scheduler.reminder_withdrawn.connect(lambda: self.told.append("withdrawn"))
        self.scheduler.slots_changed.connect(self._on_changed)
        self.scheduler.problem.connect(self.problems.append)
        if look:
            self.scheduler.look()

    def _on_due(self, view: SlotView) -> None:
        assert self.store.error or self.store.log.of(view.slot).reminded, "told before it was saved"
        self.told.append(f"due {view.slot.at:%H:%M}")
        self.due_at.append(f"{self.clock.now():%H:%M}")

    def _on_changed(self, views: tuple[SlotView, ...]) -> None:
        assert views == self.scheduler.slots
        self.told.append("changed " + " ".join(view.state for view in views))

    @property
    def states(self) -> list[str]:
        """The states of today's slots."""
        return [str(view.state) for view in self.scheduler.slots]

    @property
    def paused_until(self) -> str:
        """The day on which reminders come again."""
        return str(self.scheduler.paused_until)

    def run_for(self, ms: float) -> None:
        """Let time pass, awake."""
        self.timer.run_for(ms)

    def run_until(self, text: str, day: date = MONDAY) -> None:
        """Let time pass until that local time."""
        end = datetime.combine(day, time.fromisoformat(text), self.clock.zone).astimezone(ZoneInfo("UTC"))
        self.run_for((end - self.clock.now().astimezone(ZoneInfo("UTC"))) / timedelta(milliseconds=1))

    def asleep(self, ms: float) -> None:
        """Suspend the machine. Its alarm goes off when the rest of it is over."""
        self.clock.sleep(ms)

    def forget(self) -> None:
        """Begin to write down anew."""
        self.told.clear()
        self.due_at.clear()


def slot(text: str, day: date = MONDAY) -> Slot:
    """A slot of that day."""
    return Slot(day=day, at=time.fromisoformat(text))


KeyCommand = Callable[[ReminderScheduler], None]
