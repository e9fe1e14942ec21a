"""What there is to choose from: routine files, and where their exercises are done."""

from dataclasses import dataclass
from enum import StrEnum
from unicodedata import combining, normalize

from stretchplayer.routine.routine import Position, Routine


class Place(StrEnum):
    """Where an exercise is done."""

    FLOOR = "floor"
    CHAIR = "chair"
    STANDING = "standing"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineFile:
    """A shipped file or one of the person's own: its routine, or the sentence that says why it can't be used."""

    file_name: str
    is_own: bool
    routine: Routine | None = None
    problem: str = ""


def places(routine: Routine) -> tuple[Place, ...]:
    """All places of a routine, the floor first."""
    used = {_place(exercise.position) for exercise in routine.played}
    return tuple(place for place in Place if place in used)


def main_place(routine: Routine) -> Place:
    """The place that asks most of the person: the floor, if any exercise is done there, then a chair."""
    return places(routine)[0]


def _place(position: Position) -> Place:
    if position.on_floor:
        return Place.FLOOR
    return Place.CHAIR if position is Position.SITTING_ON_CHAIR else Place.STANDING


def folded(text: str) -> str:
    """The text as it is searched: without capitals and accents."""
    return "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter))
