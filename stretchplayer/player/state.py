"""The states of a session, and how it can end."""

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """The first seven correspond to phases, or wait for one to start."""

    PREPARE = "prepare"
    MOVE = "move"
    HOLD = "hold"
    RELEASE = "release"
    SWITCH_SIDES = "switch_sides"
    TRANSITION = "transition"
    WAITING = "waiting"
    PAUSED = "paused"
    RESUMING = "resuming"
    INTERRUPTED = "interrupted"
    OFFERING = "offering"
    """Asking, before the end, whether to make up for what one side missed."""
    IDLE = "idle"
    FINISHED = "finished"
    STOPPED = "stopped"


class Outcome(StrEnum):
    FINISHED = "finished"
    STOPPED = "stopped"


PHASE_STATES: Final = (
    State.PREPARE,
    State.MOVE,
    State.HOLD,
    State.RELEASE,
    State.SWITCH_SIDES,
    State.TRANSITION,
    State.WAITING,
)
"""The states inside `playing`."""

ACTIVE_STATES: Final = (*PHASE_STATES, State.PAUSED, State.RESUMING, State.INTERRUPTED, State.OFFERING)
"""The states inside `session`."""
