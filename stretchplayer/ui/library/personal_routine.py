"""A routine as a person has made it their own."""

from dataclasses import dataclass, field, replace
from typing import Protocol

from stretchplayer.routine.dose import Dose, OwnDoses, with_doses
from stretchplayer.routine.routine import Exercise, Routine
from stretchplayer.routine.timeline import Timeline

AS_WRITTEN = Dose()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnExercise:
    """An exercise of a routine's file, and the person's dose of it.

    `written` is what is done in its place as the file has it: it, or its easier or harder variant; `played` is that at
    the person's dose.
    """

    exercise: Exercise
    dose: Dose
    written: Exercise
    played: Exercise

    @property
    def differs(self) -> bool:
        return self.dose != AS_WRITTEN


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalRoutine:
    """`routine` is what the file says, `own` what the person wants otherwise."""

    routine: Routine
    own: OwnDoses = field(default_factory=OwnDoses)

    @property
    def dosed(self) -> Routine:
        """What is played."""
        return with_doses(self.routine, self.own)

    @property
    def differs(self) -> bool:
        return self.own != OwnDoses()

    @property
    def exercises(self) -> tuple[OwnExercise, ...]:
        """All exercises in the person's order, those they leave out too."""
        in_file = with_doses(self.routine, self._with_all()).played
        played = dict(zip((exercise.id for exercise in self.routine.played), in_file, strict=True))
        return tuple(
            OwnExercise(
                exercise=self.routine.exercise(each.id),
                dose=self.own.exercises.get(each.id, AS_WRITTEN),
                written=self.routine.exercise(played[each.id].id),
                played=played[each.id],
            )
            for each in with_doses(self.routine, OwnDoses(order=self.own.order)).played
        )

    def find(self, exercise_id: str) -> OwnExercise:
        """The exercise with that id, or the one that is played under it."""
        return next(each for each in self.exercises if exercise_id in {each.exercise.id, each.played.id})

    def place_of(self, exercise_id: str) -> int | None:
        """The place among those played, from 0; None for one that is left out."""
        kept = [each.exercise.id for each in self.exercises if not each.dose.left_out]
        return kept.index(exercise_id) if exercise_id in kept else None

    def with_dose(self, exercise_id: str, dose: Dose) -> OwnDoses:
        others = {name: each for name, each in self.own.exercises.items() if name != exercise_id}
        return replace(self.own, exercises=others if dose == AS_WRITTEN else {**others, exercise_id: dose})

    def moved(self, exercise_id: str, place: int) -> OwnDoses:
        """The doses with that exercise at this place, from 0, among all that are shown; it never leaves its block."""
        before = self._in_order(self.own.order)
        wanted = [name for name in before if name != exercise_id]
        wanted.insert(place, exercise_id)
        order = self._in_order(tuple(wanted))
        if order == before:
            return self.own
        return replace(self.own, order=() if order == self._in_order(()) else order)

    def alone(self, own: OwnExercise) -> Routine:
        """The routine with nothing but that exercise."""
        return replace(self.routine, exercises=(own.played,), blocks=())

    def only(self, exercise_id: str) -> Routine:
        """The routine with nothing but that exercise, even if it is left out otherwise."""
        return self.alone(self.find(exercise_id))

    def check(self) -> None:
        """DomainError if the doses make the routine too long, even of what is left out, which is shown as well."""
        with_doses(self.routine, self.own)
        with_doses(self.routine, self._with_all())

    def _in_order(self, order: tuple[str, ...]) -> tuple[str, ...]:
        """The ids of all exercises, as they come in that order."""
        return tuple(exercise.id for exercise in with_doses(self.routine, OwnDoses(order=order)).played)

    def _with_all(self) -> OwnDoses:
        doses = {name: replace(dose, left_out=False) for name, dose in self.own.exercises.items()}
        return OwnDoses(exercises=doses)


class PersonalRoutines(Protocol):
    """Finds routines with the person's doses of them, and keeps those."""

    def find(self, routine_id: str) -> PersonalRoutine:
        """StorageError when it can't be read."""

    def keep(self, routine_id: str, own: OwnDoses) -> None:
        """StorageError when they can't be saved."""

    def timeline_of(self, routine: Routine) -> Timeline:
        """How it would be played now."""
