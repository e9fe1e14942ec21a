"""What a session tells by itself and what it can be asked: its facts, without what it does."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Signal

from stretchplayer.player.command_queue import CommandQueue
from stretchplayer.player.cue_queue import CueQueue
from stretchplayer.player.deadline import Deadline
from stretchplayer.player.make_up_offers import FindMakeUp, MakeUpOffers
from stretchplayer.player.statechart import State, Statechart
from stretchplayer.player.stopwatch import NS_PER_MS, Stopwatch
from stretchplayer.ports import Clock, CuePlayer, Timer
from stretchplayer.routine.cues import Cue
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import MakeUp
from stretchplayer.routine.timeline import Phase, Timeline
from stretchplayer.routine.timeline_builder import estimate_speech_ms

FRAME_MS: Final = 33
"""The longest time between two ticks while time passes."""


class Outcome(StrEnum):
    """How a session ended."""

    FINISHED = "finished"
    STOPPED = "stopped"


class SessionFacts(QObject):
    """What there is to know of a session."""

    state_changed = Signal(State)
    phase_begun = Signal(Phase)
    cue_given = Signal(Cue)
    ticked = Signal()
    ended = Signal(Outcome)

    def __init__(
        self,
        *,
        clock: Clock,
        timer: Timer,
        cues: CuePlayer,
        rate: float = 1.0,
        frame_ms: int = FRAME_MS,
        speech_ms: Callable[[str], int] = estimate_speech_ms,
        find_make_up: FindMakeUp | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._alarm = Deadline(clock, timer, rate=rate, frame_ms=frame_ms)
        self._cues = cues
        self._rate = rate
        self._speech_ms = speech_ms
        self._stopwatch = Stopwatch(clock, rate)
        self.turns: Final = CommandQueue()
        self._timeline: Timeline | None = None
        self._held: HeldTime | None = None
        self._phase: Phase | None = None
        self._coming: Phase | None = None
        self._jumped = False
        self._queue: CueQueue | None = None
        self._offers = MakeUpOffers(find_make_up)
        self._over_at_ns = 0
        self._seen_ms = 0.0
        self._chart = Statechart(self)

    # Facts that can be asked for

    @property
    def state(self) -> State:
        """The state the session is in."""
        return self._chart.state

    @property
    def timeline(self) -> Timeline | None:
        """What is, or was last, being played."""
        return self._timeline

    @property
    def phase(self) -> Phase | None:
        """The current phase; in `waiting` the hold that waits to begin."""
        return self._phase

    @property
    def held(self) -> HeldTime | None:
        """What has been held so far."""
        return self._held

    @property
    def rate(self) -> float:
        """Session time per real time."""
        return self._rate

    @property
    def position_ms(self) -> float:
        """Where in the current phase of the timeline the session is, in ms from the session's start."""
        if self._phase is None:
            return 0.0
        return min(max(self._stopwatch.position_ms, self._phase.start_ms), self._phase.end_ms)

    @property
    def phase_left_ms(self) -> float:
        """What is left of the current phase."""
        return self._phase.end_ms - self.position_ms if self._phase else 0.0

    @property
    def left_ms(self) -> float:
        """What is left of the session."""
        return self._timeline.total_ms - self.position_ms if self._timeline else 0.0

    @property
    def get_ready_left_ms(self) -> float:
        """What is left until a session that is resuming plays on; 0 in every other state."""
        return self._wait_left_ms if self.state is State.RESUMING else 0.0

    @property
    def offer(self) -> MakeUp | None:
        """What is offered; None in every state but `offering`."""
        return self._offers.current if self.state is State.OFFERING else None

    @property
    def offer_left_ms(self) -> float:
        """What is left until silence means no; 0 in every state but `offering`."""
        return self._wait_left_ms if self.state is State.OFFERING else 0.0

    @property
    def _wait_left_ms(self) -> float:
        return max(0.0, (self._over_at_ns - self._clock.monotonic_ns()) * self._rate / NS_PER_MS)
