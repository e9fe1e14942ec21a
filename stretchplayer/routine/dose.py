"""A person's own doses of a routine's exercises."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from stretchplayer.figure.side import Side
from stretchplayer.routine.routine import Exercise, Routine, StepKind, low_end


class DoseSides(StrEnum):
    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"
    EXTRA_LEFT = "extra_left"
    EXTRA_RIGHT = "extra_right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    hold_s: int | None = None
    repetitions: int | None = None
    sets: int | None = None
    rest_s: int | None = None
    sides: DoseSides | None = None
    variant: str | None = None
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDoses:
    order: tuple[str, ...] = ()
    exercises: Mapping[str, Dose] = field(default_factory=dict)


def with_doses(routine: Routine, own: OwnDoses) -> Routine:
    if own == OwnDoses():
        return routine
    places = {name: place for place, name in enumerate(own.order)}
    played = sorted(routine.played, key=lambda exercise: places.get(exercise.id, len(places)))
    dosed = [
        _dosed(routine, exercise, own.exercises.get(exercise.id, Dose()))
        for exercise in played
        if not own.exercises.get(exercise.id, Dose()).left_out
    ]
    return replace(routine, exercises=tuple(dosed))


def _dosed(routine: Routine, exercise: Exercise, dose: Dose) -> Exercise:
    other = {"easier": exercise.easier, "harder": exercise.harder}.get(dose.variant or "")
    exercise = routine.exercise(other) if other else exercise
    steps = tuple(
        replace(step, seconds=dose.hold_s) if step.kind is StepKind.HOLD and dose.hold_s and step.seconds else step
        for step in exercise.steps
    )
    only = {DoseSides.LEFT: Side.LEFT, DoseSides.RIGHT: Side.RIGHT}
    extra = {DoseSides.EXTRA_LEFT: Side.LEFT, DoseSides.EXTRA_RIGHT: Side.RIGHT}
    return replace(
        exercise,
        steps=steps,
        repetitions=dose.repetitions or low_end(exercise.repetitions),
        sets=dose.sets or low_end(exercise.sets),
        rest_s=exercise.rest_s if dose.rest_s is None else dose.rest_s,
        only_side=only.get(dose.sides) if dose.sides else None,
        extra_set_on=extra.get(dose.sides) if dose.sides else None,
    )
