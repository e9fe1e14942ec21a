"""The timeline: a routine flattened into phases with exact durations, and the cues due in them.

It finds the phase at a moment, and the one before or after another; it has no state. `timeline_builder` makes it.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Final

from stretchplayer.figure.side import Side
from stretchplayer.routine.cues import Cue, CueName
from stretchplayer.routine.routine import Exercise, Routine, SideMode


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

    `exercise` is the id of its exercise (for a transition, the next one) and `ordinal` that one's place in the order in
    which they are played, round by round. `step` counts the exercise's steps from 0, `repetition` and `set_number` of
    so many `repetitions` and `sets` on this side count from 1. There is time for so many `breaths` of `breath_ms` each,
    0 if nobody breathes in time. `is_rest` marks a transition in which the person rests. `awaits_person` marks a phase
    that starts with a key press. `makes_up` is the index of the phase that this one makes up for, if any.
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
    repetitions: int = 1
    set_number: int = 1
    sets: int = 1
    breaths: int = 0
    breath_ms: int = 0
    text: str
    equipment: tuple[str, ...] = ()
    pose: str | None = None
    cues: tuple[Cue, ...] = ()
    is_rest: bool = False
    awaits_person: bool = False
    makes_up: int | None = None

    @property
    def end_ms(self) -> int:
        """The end, which is no longer in this phase."""
        return self.start_ms + self.duration_ms

    @property
    def is_step(self) -> bool:
        """Whether the exercise itself is being done."""
        return self.kind in _STEPS

    @property
    def breathing_ms(self) -> int:
        """The moment of the first breath: the last one ends with the phase, or when the hold after it is announced."""
        announced = (cue.at_ms for cue in self.cues if cue.name is CueName.HOLD_SOON)
        return next(announced, self.end_ms) - self.breaths * self.breath_ms

    def moved(self, *, by_ms: int = 0, by_places: int = 0) -> "Phase":
        """The same phase with its cues, later by `by_ms`, and its index increased by `by_places`."""
        cues = tuple(cue.moved(by_ms) for cue in self.cues)
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

    def repetitions(self) -> tuple[tuple[Phase, ...], ...]:
        """The phases of each repetition that counts as one, in order."""
        counted = {exercise.id for exercise in self.routine.exercises if exercise.counts_repetitions}
        steps = (phase for phase in self.phases if phase.is_step and phase.exercise in counted)
        runs = groupby(steps, lambda phase: (phase.ordinal, phase.set_number, phase.side, phase.repetition))
        return tuple(tuple(run) for _place, run in runs)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises as they are played, one after the other and round by round."""
        ids = {phase.ordinal: phase.exercise for phase in self.phases}
        return tuple(self.routine.exercise(ids[ordinal]) for ordinal in sorted(ids))

    @property
    def counts_exercises(self) -> bool:
        """Whether what was done is told in exercises: in holds only if each is held at most once on each side."""
        return bool(self.repetitions()) or len(self.holds()) > len(Side) * len(self.exercises)

    def begin_of(self, ordinal: int) -> Phase:
        """The phase in which the person gets into position for an exercise."""
        return next(phase for phase in self.phases if phase.ordinal == ordinal and phase.kind is PhaseKind.PREPARE)

    def sides_of(self, ordinal: int) -> tuple[Side | None, ...]:
        """The sides on which an exercise is done, in order; None alone for one without sides."""
        steps = (phase for phase in self.phases if phase.ordinal == ordinal and phase.is_step)
        return tuple(dict.fromkeys(phase.side for phase in steps))

    def pictured_side(self, exercise: str) -> Side | None:
        """The side on which to picture an exercise: the only one on which it is done, else the right one."""
        sides = {phase.side for phase in self.phases if phase.exercise == exercise and phase.is_step}
        return sides.pop() if len(sides) == 1 else Side.RIGHT

    def steps_of(self, ordinal: int, side: Side | None) -> tuple[Phase, ...]:
        """The steps of an exercise on one side, once."""
        place = (ordinal, side, 1, 1)
        return tuple(
            phase
            for phase in self.phases
            if phase.is_step and (phase.ordinal, phase.side, phase.set_number, phase.repetition) == place
        )

    def with_longer(self, longer: Phase, by_ms: int) -> "Timeline":
        """The timeline with that phase in place of its own, and all later ones `by_ms` later."""
        before, after = self.phases[: longer.index], self.phases[longer.index + 1 :]
        return replace(self, phases=(*before, longer, *(phase.moved(by_ms=by_ms) for phase in after)))

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

    def _same_side(self, one: Phase, other: Phase) -> bool:
        alternates, of_a_side = self.routine.exercise(one.exercise).sides is SideMode.ALTERNATE, _is_of_a_side(one)
        return (
            (one.ordinal, one.set_number, of_a_side) == (other.ordinal, other.set_number, _is_of_a_side(other))
            and (alternates or one.side is other.side)
            and (of_a_side or one.kind is other.kind)
        )


def _is_of_a_side(phase: Phase) -> bool:
    """Whether the phase is done on one side, or on the way from one repetition to the next."""
    return phase.kind in _OF_A_SIDE or (phase.is_rest and (phase.side is not None or phase.repetition > 1))
