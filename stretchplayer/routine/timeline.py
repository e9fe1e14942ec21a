"""The timeline: a routine flattened into phases with exact durations, and the cues due in them.

It finds the phase at a moment, and the one before or after another; it has no state. `timeline_builder` makes it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
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


_STEPS: Final = frozenset({PhaseKind.MOVE, PhaseKind.HOLD, PhaseKind.RELEASE})
_OF_A_SIDE: Final = _STEPS | {PhaseKind.SWITCH_SIDES}
"""The phases done on one side (or of an exercise without sides); the others lead up to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A period in which the person does one thing.

    `exercise` is the id of its exercise (for a transition, the next one) and `ordinal` that one's index in the
    routine. `step` counts the exercise's steps from 0, `repetition` and `set_number` count from 1. `awaits_person`
    marks a hold that starts with a key press. `makes_up` is the index of the hold that this one makes up for, if any.
    """

    index: int
    start_ms: int
    duration_ms: int
    kind: PhaseKind
    exercise: str
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
        """The end, which is no longer in this phase."""
        return self.start_ms + self.duration_ms

    def moved(self, *, by_ms: int = 0, by_places: int = 0) -> "Phase":
        """The same phase with its cues, later by `by_ms`, and its index increased by `by_places`."""
        cues = tuple(replace(cue, at_ms=cue.at_ms + by_ms) for cue in self.cues)
        return replace(self, index=self.index + by_places, start_ms=self.start_ms + by_ms, cues=cues)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The phases of one session, in order and without gaps; the last is always `done`, with no duration."""

    routine: Routine
    phases: tuple[Phase, ...]

    @property
    def total_ms(self) -> int:
        return self.phases[-1].start_ms

    @property
    def done(self) -> Phase:
        return self.phases[-1]

    def at(self, elapsed_ms: float) -> Phase:
        """The phase at `elapsed_ms`, clamped to the session."""
        return self.phases[max(0, bisect_right(self.phases, elapsed_ms, key=lambda phase: phase.start_ms) - 1)]

    def cues(self) -> Iterator[Cue]:
        for phase in self.phases:
            yield from phase.cues

    def holds(self) -> tuple[Phase, ...]:
        return tuple(phase for phase in self.phases if phase.kind is PhaseKind.HOLD)

    def begin_of(self, ordinal: int) -> Phase:
        """The phase in which the person gets into position for an exercise."""
        return next(phase for phase in self.phases if phase.ordinal == ordinal and phase.kind is PhaseKind.PREPARE)

    def sides_of(self, ordinal: int) -> tuple[Side | None, ...]:
        """The sides on which an exercise is done, in order; None alone for one without sides."""
        steps = (phase for phase in self.phases if phase.ordinal == ordinal and phase.kind in _STEPS)
        return tuple(dict.fromkeys(phase.side for phase in steps))

    def steps_of(self, ordinal: int, side: Side | None) -> tuple[Phase, ...]:
        """The steps of an exercise on one side, once."""
        place = (ordinal, side, 1, 1)
        return tuple(
            phase
            for phase in self.phases
            if phase.kind in _STEPS and (phase.ordinal, phase.side, phase.set_number, phase.repetition) == place
        )

    def next_of(self, phase: Phase) -> Phase:
        """The next phase; `done` stays `done`."""
        return self.phases[min(phase.index + 1, len(self.phases) - 1)]

    def previous_of(self, phase: Phase) -> Phase:
        """The previous phase; the first stays the first."""
        return self.phases[max(phase.index - 1, 0)]

    def side_start_of(self, phase: Phase) -> Phase:
        """The first phase of this side of this exercise, where "restart this side" goes."""
        index = phase.index
        while index and self._same_side(self.phases[index - 1], phase):
            index -= 1
        return self.phases[index]

    def exercise_after(self, phase: Phase) -> Phase:
        """The first phase of the next exercise, or `done`."""
        later = (each for each in self.phases[phase.index :] if each.ordinal > phase.ordinal)
        return next(later, self.done)

    @staticmethod
    def _same_side(one: Phase, other: Phase) -> bool:
        return (one.ordinal, one.set_number, one.side) == (other.ordinal, other.set_number, other.side) and (
            (one.kind in _OF_A_SIDE and other.kind in _OF_A_SIDE) or one.kind is other.kind
        )
