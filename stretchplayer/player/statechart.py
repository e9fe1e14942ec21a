"""The statechart of a session: one QStateMachine, built from a transition table.

The chart decides which commands are possible when; what happens in a state is up to the session. `send` takes a trigger
and, where the table leaves the target open (`Target.PHASE`), the phase state to go to.
"""

import logging
from enum import StrEnum
from typing import Final

from PySide6.QtCore import SIGNAL, QObject, Qt, Signal, SignalInstance
from PySide6.QtStateMachine import QAbstractState, QHistoryState, QState, QStateMachine

from stretchplayer.player.state import ACTIVE_STATES, PHASE_STATES, State

log = logging.getLogger(__name__)


class Group(StrEnum):
    SESSION = "session"
    PLAYING = "playing"


class Trigger(StrEnum):
    START = "start"
    PHASE_OVER = "phase_over"
    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    BACK = "back"
    RESTART_SIDE = "restart_side"
    SKIP_EXERCISE = "skip_exercise"
    STOP = "stop"
    INTERRUPTED = "interrupted"
    CONFIRM = "confirm"
    DECLINE = "decline"


class Target(StrEnum):
    """Targets that depend on the trigger or on the past."""

    PHASE = "phase"
    """The state sent with the trigger: a phase state, offering or finished."""
    HISTORY = "history"
    """The phase state before the pause."""


TABLE: Final[tuple[tuple[State | Group, Trigger, State | Target], ...]] = (
    (State.IDLE, Trigger.START, Target.PHASE),
    (State.FINISHED, Trigger.START, Target.PHASE),
    (State.STOPPED, Trigger.START, Target.PHASE),
    # A phase is over
    (State.PREPARE, Trigger.PHASE_OVER, Target.PHASE),
    (State.MOVE, Trigger.PHASE_OVER, Target.PHASE),
    (State.HOLD, Trigger.PHASE_OVER, Target.PHASE),
    (State.RELEASE, Trigger.PHASE_OVER, Target.PHASE),
    (State.SWITCH_SIDES, Trigger.PHASE_OVER, Target.PHASE),
    (State.TRANSITION, Trigger.PHASE_OVER, Target.PHASE),
    (State.WAITING, Trigger.CONFIRM, Target.PHASE),
    # Before the end; no answer means no
    (State.OFFERING, Trigger.CONFIRM, Target.PHASE),
    (State.OFFERING, Trigger.DECLINE, Target.PHASE),
    (State.OFFERING, Trigger.PHASE_OVER, Target.PHASE),
    # Pausing and resuming
    (Group.PLAYING, Trigger.PAUSE, State.PAUSED),
    (State.RESUMING, Trigger.PAUSE, State.PAUSED),
    (State.PAUSED, Trigger.RESUME, State.RESUMING),
    (State.INTERRUPTED, Trigger.RESUME, State.RESUMING),
    (State.RESUMING, Trigger.PHASE_OVER, Target.HISTORY),
    (Group.PLAYING, Trigger.INTERRUPTED, State.INTERRUPTED),
    (State.RESUMING, Trigger.INTERRUPTED, State.INTERRUPTED),
    # Jumping
    (Group.SESSION, Trigger.NEXT, Target.PHASE),
    (Group.SESSION, Trigger.BACK, Target.PHASE),
    (Group.SESSION, Trigger.RESTART_SIDE, Target.PHASE),
    (Group.SESSION, Trigger.SKIP_EXERCISE, Target.PHASE),
    (Group.SESSION, Trigger.STOP, State.STOPPED),
)
"""Source, trigger, target. A trigger that neither a state nor its groups list has no effect."""

PHASE_TARGETS: Final = (*PHASE_STATES, State.OFFERING, State.FINISHED)


def _signal_name(trigger: Trigger, target: State | None) -> str:
    return str(trigger) if target is None else f"{trigger}_to_{target}"


# A transition with an open target is built once per target, each with its own signal, so that no Python guard has to
# run inside the machine.
_Signals: Final = type(
    "_Signals",
    (QObject,),
    {_signal_name(trigger, target): Signal() for trigger in Trigger for target in (None, *PHASE_TARGETS)},
)


class Statechart(QObject):
    """Runs the table. A trigger with no transition is logged and emitted as `ignored`."""

    started = Signal()
    ignored = Signal(Trigger)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = State.IDLE
        self._moved = False
        self._signals = _Signals(self)
        self._machine = QStateMachine(self)
        self._states: dict[State | Group, QState] = {}
        self._history: QHistoryState
        self._build_states()
        self._build_transitions()
        # Queued: in the machine's own `started` signal it is still busy and would not process a trigger at once.
        self._machine.started.connect(self.started, Qt.ConnectionType.QueuedConnection)
        self._machine.start()

    @property
    def running(self) -> bool:
        """Whether triggers are accepted yet: a QStateMachine starts asynchronously."""
        return self._machine.isRunning()

    def send(self, trigger: Trigger, target: State | None = None) -> bool:
        """Send a trigger and return whether it caused a transition, which is then complete.

        A signal transition is complete when `emit` returns, unless it was sent from a slot of one of the machine's own
        signals; this class exposes none of those.
        """
        self._moved = False
        signal: SignalInstance = getattr(self._signals, _signal_name(trigger, target))
        signal.emit()
        moved = self._moved
        if not moved:
            log.info("ignored %s in state %s", trigger, self.state)
            self.ignored.emit(trigger)
        return moved

    def _build_states(self) -> None:
        session = QState(self._machine)
        playing = QState(session)
        self._states = {Group.SESSION: session, Group.PLAYING: playing}
        for state in State:
            if state in PHASE_STATES:
                built = QState(playing)
            else:
                built = QState(session if state in ACTIVE_STATES else self._machine)
            built.entered.connect(lambda state=state: self._on_entered(state))
            self._states[state] = built
        self._history = QHistoryState(playing)
        self._history.setDefaultState(self._states[State.PREPARE])
        playing.setInitialState(self._states[State.PREPARE])
        session.setInitialState(playing)
        self._machine.setInitialState(self._states[State.IDLE])

    def _build_transitions(self) -> None:
        for source, trigger, target in TABLE:
            state = self._states[source]
            if target is Target.PHASE:
                for phase_state in PHASE_TARGETS:
                    self._add_transition(state, trigger, phase_state, self._states[phase_state])
            elif target is Target.HISTORY:
                self._add_transition(state, trigger, None, self._history)
            else:
                self._add_transition(state, trigger, None, self._states[target])

    def _add_transition(self, source: QState, trigger: Trigger, way: State | None, target: QAbstractState) -> None:
        # By the signal's name: PySide never frees the sender of a bound signal that is handed over here.
        source.addTransition(self._signals, SIGNAL(f"{_signal_name(trigger, way)}()"), target)

    def _on_entered(self, state: State) -> None:
        self._moved = True
        self.state = state
