"""Stand-ins for what the core needs from the outside. Each implements a port and can fail."""

import json
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta, timezone

from stretchplayer.errors import StorageError
from stretchplayer.reminders.log import ReminderLog
from stretchplayer.routine.cues import Cue
from stretchplayer.settings import SoundSettings, SpeechSettings

NS_PER_MS = 1_000_000
START = datetime(2026, 3, 2, 8, 0, tzinfo=timezone(timedelta(hours=1)))
"""What a fake wall clock shows at first: a Monday morning."""

log = logging.getLogger(__name__)


class FakeClock:
    """Time that passes only when told to. Its clocks begin at different values, so that none passes for another."""

    def __init__(self, start: datetime = START) -> None:
        self._monotonic_ns = 1_000_000_000_000
        self._boottime_ns = 5_000_000_000_000
        self._now = start

    def monotonic_ns(self) -> int:
        """Nanoseconds, without the time asleep."""
        return self._monotonic_ns

    def boottime_ns(self) -> int:
        """Nanoseconds, with the time asleep."""
        return self._boottime_ns

    def now(self) -> datetime:
        """The wall clock."""
        return self._now

    @property
    def ms(self) -> float:
        """The monotonic clock in ms since the test began."""
        return self._monotonic_ns / NS_PER_MS - 1_000_000

    def advance(self, ms: float) -> None:
        """Let time pass."""
        self._monotonic_ns += round(ms * NS_PER_MS)
        self.sleep(ms)

    def sleep(self, ms: float) -> None:
        """Suspend the machine: the monotonic clock stands still, the others go on."""
        self._boottime_ns += round(ms * NS_PER_MS)
        self._now += timedelta(milliseconds=ms)

    def set_wall_clock(self, now: datetime) -> None:
        """Put the wall clock forward or back, as people and time servers do."""
        self._now = now


class FakeTimer:
    """An alarm that goes off when told to, or while it moves its clock. `broken`: it never goes off by itself."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._callback: Callable[[], None] | None = None
        self._due_ns: int | None = None
        self.broken = False
        self.delays_ms: list[int] = []
        """Every delay it was armed with."""

    def connect(self, callback: Callable[[], None]) -> None:
        """Set what is called."""
        self._callback = callback

    def arm(self, delay_ms: int) -> None:
        """Set the alarm, in place of the one before."""
        if delay_ms < 0:
            msg = f"an alarm {delay_ms} ms from now"
            raise ValueError(msg)
        self.delays_ms.append(delay_ms)
        self._due_ns = self._clock.monotonic_ns() + delay_ms * NS_PER_MS

    def cancel(self) -> None:
        """Forget the alarm."""
        self._due_ns = None

    @property
    def armed(self) -> bool:
        """Whether an alarm is set."""
        return self._due_ns is not None

    @property
    def due_in_ms(self) -> float | None:
        """How far away the alarm is, negative when it is late; None when none is set."""
        return None if self._due_ns is None else (self._due_ns - self._clock.monotonic_ns()) / NS_PER_MS

    def fire(self) -> None:
        """Let the alarm that is set go off now, be it early or late; without one nothing happens."""
        if self._due_ns is not None and self._callback is not None:
            self._due_ns = None
            self._callback()

    def fire_when_due(self) -> None:
        """Move the clock to the alarm and let it go off; AssertionError when none is set."""
        assert self.due_in_ms is not None, "no alarm is set"
        self._clock.advance(max(0.0, self.due_in_ms))
        self.fire()

    def run_for(self, ms: float) -> None:
        """Let time pass, with every alarm on its way going off at its moment."""
        self.run_until_ns(self._clock.monotonic_ns() + round(ms * NS_PER_MS))

    def run_until_ns(self, end_ns: int) -> None:
        """The same, up to a moment of the monotonic clock."""
        while self._due_ns is not None and self._due_ns <= end_ns and not self.broken:
            self.fire_when_due()
        self._clock.advance(max(0, end_ns - self._clock.monotonic_ns()) / NS_PER_MS)


class FakeCuePlayer:
    """Writes down what would be heard. `broken`, it is silent, as when there is no sound device."""

    def __init__(self, clock: FakeClock, *, lead_ms: int = 0) -> None:
        self._clock = clock
        self._lead_ms = lead_ms
        self.broken = False
        self.played: list[tuple[float, Cue]] = []
        """The clock's ms at which a cue was handed over, and the cue."""
        self.silenced: list[float] = []
        """The clock's ms of every `silence`."""
        self.sound: SoundSettings | None = None
        """What `configure` was last called with."""
        self.closed = False

    @property
    def lead_ms(self) -> int:
        """How long before it sounds a cue has to be handed over."""
        return self._lead_ms

    @property
    def onsets(self) -> list[tuple[float, Cue]]:
        """The clock's ms at which each cue begins to sound, and the cue, but for those that were silenced before."""
        begins = [(at_ms, at_ms + self._lead_ms, cue) for at_ms, cue in self.played]
        return [
            (onset, cue)
            for handed_over, onset, cue in begins
            if not any(handed_over <= silenced < onset for silenced in self.silenced)
        ]

    def play(self, cue: Cue) -> None:
        """Write it down, unless broken or closed."""
        if not self.broken and not self.closed:
            self.played.append((self._clock.ms, cue))

    def silence(self) -> None:
        """Write that down."""
        self.silenced.append(self._clock.ms)

    def configure(self, sound: SoundSettings) -> None:
        """Keep it."""
        self.sound = sound

    def close(self) -> None:
        """Be closed."""
        self.closed = True


class FakeSpeaker:
    """Writes down what would be said. It can say everything but `unknown`; `broken`, it is mute."""

    def __init__(self, clock: FakeClock, *, lead_ms: int = 0, unknown: Collection[str] = ()) -> None:
        self._clock = clock
        self._lead_ms = lead_ms
        self._unknown = unknown
        self.broken = False
        self.calls: list[tuple[float, str]] = []
        """The clock's ms of every `say`, `hush` and `stop`, and the text or the name of the call."""
        self.prepared: tuple[str, ...] = ()
        """What `prepare` was last called with."""
        self.speech: SpeechSettings | None = None
        """What `configure` was last called with."""
        self.closed = False

    @property
    def lead_ms(self) -> int:
        """How long after `say` the first word is heard."""
        return self._lead_ms

    @property
    def said(self) -> list[tuple[float, str]]:
        """The clock's ms of every `say`, and the text."""
        return [(at_ms, what) for at_ms, what in self.calls if what not in {"hush", "stop"}]

    def can_say(self, text: str) -> bool:
        """Whether it knows the text and works."""
        return not self.broken and text not in self._unknown

    def prepare(self, texts: Sequence[str]) -> None:
        """Keep them."""
        self.prepared = tuple(texts)

    def say(self, text: str) -> None:
        """Write it down, unless it can't say it or is closed."""
        if self.can_say(text) and not self.closed:
            self.calls.append((self._clock.ms, text))

    def hush(self) -> None:
        """Write that down."""
        self.calls.append((self._clock.ms, "hush"))

    def stop(self) -> None:
        """Write that down."""
        self.calls.append((self._clock.ms, "stop"))

    def configure(self, speech: SpeechSettings) -> None:
        """Keep it."""
        self.speech = speech

    def close(self) -> None:
        """Be closed."""
        self.closed = True


class FakeStayAwake:
    """Knows whether the screen is kept on. `broken`: it logs that it can't, as the real ones do."""

    def __init__(self) -> None:
        self.broken = False
        self.held = False
        self.calls: list[str] = []
        """"hold" and "release" in the order they came."""

    def hold(self) -> None:
        """Keep the screen on."""
        self.calls.append("hold")
        if self.broken:
            log.warning("the screen can't be kept on")
        else:
            self.held = True

    def release(self) -> None:
        """Let it go off."""
        self.calls.append("release")
        self.held = False


class FakeOtherMedia:
    """A program that plays music."""

    def __init__(self) -> None:
        self.playing = True
        self.calls: list[str] = []
        """"pause_playing", "resume" and "close" in the order they came."""

    def pause_playing(self) -> None:
        """Pause."""
        self.calls.append("pause_playing")
        self.playing = False

    def resume(self) -> None:
        """Play again."""
        self.calls.append("resume")
        self.playing = True

    def close(self) -> None:
        """Play again."""
        self.calls.append("close")
        self.playing = True


class FakeTraceSink:
    """Keeps events. What is put in `error` is raised by `write`."""

    def __init__(self) -> None:
        self.events: list[dict[str, object]] = []
        self.error: Exception | None = None

    def write(self, event: Mapping[str, object]) -> None:
        """Keep the event; TypeError when JSON can't hold it."""
        if self.error is not None:
            raise self.error
        json.dumps(event)
        self.events.append(dict(event))

    def of(self, kind: str) -> list[dict[str, object]]:
        """The events whose `event` is `kind`."""
        return [event for event in self.events if event["event"] == kind]


class FakeReminderStore:
    """A log in memory. What is put in `error` is raised by `save`, which then changes nothing."""

    def __init__(self, log: ReminderLog | None = None, problems: Sequence[str] = ()) -> None:
        self.log = log or ReminderLog()
        self._problems = tuple(problems)
        self.error: StorageError | None = None
        self.saves = 0

    def load(self) -> ReminderLog:
        """What was saved last."""
        return self.log

    def save(self, log: ReminderLog) -> None:
        """Keep it."""
        if self.error is not None:
            raise self.error
        self.saves += 1
        self.log = log

    @property
    def problems(self) -> Sequence[str]:
        """What it was made with."""
        return self._problems
