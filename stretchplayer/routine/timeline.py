"""The timeline: a routine flattened into phases with exact durations, and the cues due in them.

It answers where a moment lies and where a step forward or back leads, and keeps no state. `timeline_builder` makes it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from stretchplayer.figure.side import Side
from stretchplayer.routine.cues import Cue
from stretchplayer.routine.routine import Routine


class PhaseKind(StrEnum):
    """The kinds of phases; each but `done` is a state of the statechart."""

    PREPARE = "prepare"
    MOVE = "move"
    HOLD = "hold"
    RELEASE = "release"
    SWITCH_SIDES = "switch_sides"
    TRANSITION = "transition"
    DONE = "done"


_OF_A_SIDE: Final = frozenset({PhaseKind.MOVE, PhaseKind.HOLD, PhaseKind.RELEASE, PhaseKind.SWITCH_SIDES})
"""The kinds of phases that make up a run on one side, or of a stretch without sides; the others lead to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of time in which one thing is asked of the person.

    `stretch` is the id of the stretch it belongs to (a transition belongs to the stretch it leads to), `ordinal` that
    stretch's place in the routine from 0. `step` counts the stretch's steps from 0. `repetition` and `set_number`
    count from 1. `awaits_person` marks a hold that begins with a key press. `makes_up` is the index of the hold that
    this one makes up for, None for a hold of the plan.
    """

    index: int
    start_ms: int
    duration_ms: int
    kind: PhaseKind
    stretch: str
    ordinal: int
    side: Side | None = None
    step: int | None = None
    repetition: int = 1
    set_number: int = 1
    text: str
    equipment: tuple[str, ...] = ()
    pose: str | None = None
    cues: tuple[Cue, ...] = ()
    awaits_person: bool = False
    makes_up: int | None = None

    @property
    def end_ms(self) -> int:
        """The first moment that is no longer in this phase."""
        return self.start_ms + self.duration_ms

    def moved(self, *, by_ms: int = 0, by_places: int = 0) -> "Phase":
        """The same phase, that much later, cues and all, and that many places further on."""
        cues = tuple(replace(cue, at_ms=cue.at_ms + by_ms) for cue in self.cues)
        return replace(self, index=self.index + by_places, start_ms=self.start_ms + by_ms, cues=cues)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The phases of one session, in order and without gaps; the last is always `done`, with no duration."""

    routine: Routine
    phases: tuple[Phase, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(phase.start_ms for phase in self.phases))

    @property
    def total_ms(self) -> int:
        """Length of the session."""
        return self.phases[-1].start_ms

    @property
    def done(self) -> Phase:
        """The phase that ends every session."""
        return self.phases[-1]

    def at(self, elapsed_ms: float) -> Phase:
        """Return the phase that `elapsed_ms` lies in; moments outside the session belong to its ends."""
        return self.phases[max(0, bisect_right(self._starts, elapsed_ms) - 1)]

    def cues(self) -> Iterator[Cue]:
        """All cues, in the order they are due."""
        for phase in self.phases:
            yield from phase.cues

    def holds(self) -> tuple[Phase, ...]:
        """The phases in which the person holds still."""
        return tuple(phase for phase in self.phases if phase.kind is PhaseKind.HOLD)

    def next_of(self, phase: Phase) -> Phase:
        """The phase after this one; `done` stays `done`."""
        return self.phases[min(phase.index + 1, len(self.phases) - 1)]

    def previous_of(self, phase: Phase) -> Phase:
        """The phase before this one; the first stays the first."""
        return self.phases[max(phase.index - 1, 0)]

    def side_start_of(self, phase: Phase) -> Phase:
        """The first phase of the run on this side of this stretch: what "restart this side" leads to."""
        index = phase.index
        while index and self._same_side(self.phases[index - 1], phase):
            index -= 1
        return self.phases[index]

    def stretch_after(self, phase: Phase) -> Phase:
        """The first phase that belongs to a later stretch, or `done`."""
        later = (each for each in self.phases[phase.index :] if each.ordinal > phase.ordinal)
        return next(later, self.done)

    @staticmethod
    def _same_side(one: Phase, other: Phase) -> bool:
        return (one.ordinal, one.set_number, one.side) == (other.ordinal, other.set_number, other.side) and (
            (one.kind in _OF_A_SIDE and other.kind in _OF_A_SIDE) or one.kind is other.kind
        )
