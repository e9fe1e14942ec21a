"""A person's own dose of the exercises of a routine, kept beside its file and played in place of what that says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta

from stretchplayer.figure.fields import Name
from stretchplayer.figure.side import Side
from stretchplayer.routine.routine import (
    MAX_STEP_S,
    Count,
    Exercise,
    Range,
    Rest,
    Routine,
    SideMode,
    Step,
    StepKind,
    check_extent,
    low_end,
)

HOLDS_S: Final = (3, 5, 8, 10, 15, 20, 25, 30, 45, 60, 90, 120)
REPETITIONS: Final = (*range(1, 13), 15, 20)
SETS: Final = (1, 2, 3, 4, 5)
RESTS_S: Final = (0, 10, 20, 30, 45, 60, 90)
"""What a person can choose, beside what the routine says."""


class DoseSides(StrEnum):
    """Which sides the person exercises, or on which they do a set more."""

    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"
    EXTRA_LEFT = "extra_left"
    EXTRA_RIGHT = "extra_right"


class Variant(StrEnum):
    """What is played in place of an exercise."""

    EASIER = "easier"
    HARDER = "harder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """What the person changed about one exercise; None is what the routine says."""

    hold_s: Annotated[float, Meta(ge=1, le=MAX_STEP_S)] | None = None
    repetitions: Count | None = None
    sets: Count | None = None
    rest_s: Rest | None = None
    sides: DoseSides | None = None
    variant: Variant | None = None
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDoses:
    """What the person changed about a routine: the order of its exercises and their doses, by id.

    Exercises that aren't in `order` come after those that are. Ids that the routine doesn't have, any more, do nothing.
    """

    order: tuple[Name, ...] = ()
    exercises: Mapping[Name, Dose] = field(default_factory=dict)


def with_doses(routine: Routine, own: OwnDoses) -> Routine:
    """The routine as it is played for the person: no ranges, no variants, nothing that they left out.

    If they left out everything, nothing is. DomainError if the doses make it too long.
    """
    doses = {exercise.id: own.exercises.get(exercise.id, Dose()) for exercise in routine.played}
    kept = [name for name, dose in doses.items() if not dose.left_out] or list(doses)
    places = {name: place for place, name in enumerate(own.order)}
    order = sorted(kept, key=lambda name: places.get(name, len(places)))
    exercises = {name: _dosed(_chosen(routine, name, doses[name]), doses[name]) for name in order}
    exercises = _with_fitting_words(list(doses), exercises)
    blocks = []
    for block in routine.blocks:
        names = sorted(filter(exercises.__contains__, block.exercises), key=order.index)
        if names:
            blocks.append(replace(block, exercises=tuple(exercises[name].id for name in names)))
    played = replace(routine, exercises=tuple(exercises.values()), blocks=tuple(blocks))
    check_extent(played)
    return played


def _with_fitting_words(in_file: Sequence[str], exercises: Mapping[str, Exercise]) -> dict[str, Exercise]:
    """Leave out what is said on the way to an exercise unless it comes where it does in the file.

    The words for the first exercise's position may say that it is the first.
    """
    befores = dict(zip(in_file, ("", *in_file), strict=False))
    last = list(exercises)[-1]
    fitting = {}
    for (name, exercise), before in zip(exercises.items(), ("", *exercises), strict=False):
        fitting[name] = exercise
        if before != befores[name] or (name == last) is not (name == in_file[-1]):
            fitting[name] = replace(fitting[name], transition_say=None)
        if before and not befores[name]:
            fitting[name] = replace(fitting[name], setup_say=None)
    return fitting


def _chosen(routine: Routine, name: str, dose: Dose) -> Exercise:
    exercise = routine.exercise(name)
    ways = {None: None, Variant.EASIER: exercise.easier, Variant.HARDER: exercise.harder}
    variant = ways[dose.variant]
    return exercise if variant is None else routine.exercise(variant)


def _dosed(exercise: Exercise, dose: Dose) -> Exercise:
    return replace(
        _on_sides(exercise, dose.sides),
        easier=None,
        harder=None,
        steps=tuple(_dosed_step(step, dose) for step in exercise.steps),
        repetitions=low_end(exercise.repetitions) if dose.repetitions is None else dose.repetitions,
        sets=low_end(exercise.sets) if dose.sets is None else dose.sets,
        rest_s=exercise.rest_s if dose.rest_s is None else dose.rest_s,
        own_dose=dose != Dose(),
        own_hold=dose.hold_s is not None,
    )


def _on_sides(exercise: Exercise, sides: DoseSides | None) -> Exercise:
    if sides is None or exercise.sides is SideMode.NONE:
        return exercise
    if sides in {DoseSides.LEFT, DoseSides.RIGHT}:
        return replace(exercise, sides=SideMode.ONE, only_side=Side(sides))
    extra = {DoseSides.EXTRA_LEFT: Side.LEFT, DoseSides.EXTRA_RIGHT: Side.RIGHT}.get(sides)
    both = SideMode.EACH if exercise.sides is SideMode.ONE else exercise.sides
    return replace(exercise, sides=both, extra_set_on=extra)


def _dosed_step(step: Step, dose: Dose) -> Step:
    if step.kind is StepKind.HOLD and dose.hold_s is not None:
        return replace(step, seconds=dose.hold_s, breaths=None, repetitions=None)
    return replace(step, seconds=step.seconds.low) if isinstance(step.seconds, Range) else step
