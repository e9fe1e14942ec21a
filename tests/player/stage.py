"""A session with everything around it faked, and a record of all it does."""

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QCoreApplication

from stretchplayer.player.make_up_offers import FindMakeUp
from stretchplayer.player.session import FRAME_MS, Session
from stretchplayer.player.state import Outcome, State
from stretchplayer.routine.cues import Cue, CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import Exercise, Position, Routine, SideMode, Step, StepKind
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from tests.fakes import FakeClock, FakeCuePlayer, FakeTimer

ANSWERS = {CueName.PAUSED, CueName.RESUMING, CueName.WAITING, CueName.INTERRUPTED, CueName.STOPPED}
"""The cues that have no place in a timeline."""

_MOVE = Step(kind=StepKind.MOVE, text="Raise your {leg}.", seconds=7)
_HOLD = Step(kind=StepKind.HOLD, text="Hold your {leg}.", seconds=30)
_RELEASE = Step(kind=StepKind.RELEASE, text="Lower your {leg}.", seconds=5)
_LEGS = Exercise(id="legs", title="Legs", position=Position.LYING_ON_BACK, steps=(_MOVE, _HOLD, _RELEASE))
_BACK = Exercise(
    id="back",
    title="Back",
    position=Position.ON_ALL_FOURS,
    equipment=("a mat",),
    sides=SideMode.NONE,
    sets=2,
    rest_s=20,
    steps=(
        Step(kind=StepKind.MOVE, text="Round your back.", repetitions=2),
        Step(kind=StepKind.HOLD, text="Stay round.", seconds=10),
    ),
)
ROUTINE = Routine(id="legs-and-back", title="Legs and back", exercises=(_LEGS, _BACK))
"""Two exercises, one on both legs and one in two sets without sides: 20 phases with every kind among them."""


def timeline(*, wait_for_me: bool = False) -> Timeline:
    """The timeline of that routine."""
    return build_timeline(ROUTINE, Preferences(wait_for_me=wait_for_me))


class Heard(FakeCuePlayer):
    """Also keeps what was handed over since the last silence, and in how many pieces."""

    def __init__(self, clock: FakeClock, *, lead_ms: int) -> None:
        super().__init__(clock, lead_ms=lead_ms)
        self.pieces: list[list[Cue]] = [[]]

    def play(self, cue: Cue) -> None:
        """Keep the cue with its piece."""
        super().play(cue)
        self.pieces[-1].append(cue)

    def silence(self) -> None:
        """Begin another piece."""
        super().silence()
        self.pieces.append([])


class Stage:
    """A session on fakes. `facts` holds its events, each with the session's state and position at that moment."""

    def __init__(
        self,
        *,
        rate: float = 1,
        lead_ms: int = 0,
        frame_ms: int = FRAME_MS,
        started: bool = True,
        find_make_up: FindMakeUp | None = None,
    ) -> None:
        self.clock = FakeClock()
        self.timer = FakeTimer(self.clock)
        self.cues = Heard(self.clock, lead_ms=lead_ms)
        self.session = Session(
            clock=self.clock,
            timer=self.timer,
            cues=self.cues,
            rate=rate,
            frame_ms=frame_ms,
            find_make_up=find_make_up,
        )
        self.states: list[State] = []
        self.started: list[tuple[float, Phase]] = []
        """The position at which each phase began, and the phase."""
        self.given: list[tuple[float, Cue]] = []
        """The position at which each cue was given, and the cue."""
        self.outcomes: list[Outcome] = []
        self.ticks = 0
        self.session.state_changed.connect(self.states.append)
        self.session.phase_started.connect(self._on_phase)
        self.session.cue_given.connect(self._on_cue)
        self.session.ended.connect(self.outcomes.append)
        self.session.ticked.connect(self._on_tick)
        if started:
            self.start_machine()

    def close(self) -> None:
        """Delete the session, so that hundreds of them don't pile up."""
        shiboken6.delete(self.session)

    def start_machine(self) -> None:
        """Let the event loop start the state machine."""
        for _ in range(10):
            QCoreApplication.processEvents()

    def _on_phase(self, phase: Phase) -> None:
        self.started.append((self.session.position_ms, phase))

    def _on_cue(self, cue: Cue) -> None:
        self.given.append((self.session.position_ms, cue))

    def _on_tick(self) -> None:
        self.ticks += 1

    def state(self) -> State:
        """The session's state. A method: mypy believes that a property it has seen checked stays as it is."""
        return self.session.state

    # Time

    def run_for(self, ms: float) -> None:
        """Let real time pass, with punctual ticks."""
        self.timer.run_for(ms)

    def run_to_position(self, position_ms: float) -> None:
        """Let time pass until the session is there; it has to be playing at rate 1."""
        self.run_for(position_ms - self.session.position_ms)
        assert self.session.position_ms == position_ms

    def hang(self, ms: float) -> None:
        """Let the whole program stand still, and then tick late."""
        self.clock.advance(ms)
        self.timer.fire()

    # Going somewhere

    def play(self, plan: Timeline | None = None) -> Timeline:
        """Start a session."""
        plan = plan or timeline()
        self.session.start(plan)
        return plan

    def go_to(self, kind: PhaseKind, nth: int = 1, plan: Timeline | None = None) -> Phase:
        """Start a session and press next until the nth phase of that kind has come."""
        phases = (phase for phase in self.play(plan).phases if phase.kind is kind)
        wanted = next(phase for number, phase in enumerate(phases, start=1) if number == nth)
        while self.session.phase is not wanted:
            self.session.next()
        return wanted

    # What was told

    @property
    def planned_given(self) -> list[Cue]:
        """The cues of the timeline that were given."""
        return [cue for _, cue in self.given if cue.name not in ANSWERS]

    @property
    def answers(self) -> list[CueName]:
        """The cues that answered the person."""
        return [cue.name for _, cue in self.given if cue.name in ANSWERS]

    def planned_pieces(self) -> Iterator[list[Cue]]:
        """What was handed over of the timeline between one silence and the next."""
        for piece in self.cues.pieces:
            yield [cue for cue in piece if cue.name not in ANSWERS]
