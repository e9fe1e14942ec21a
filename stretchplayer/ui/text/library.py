"""Routines in words, for their cards and for the search."""

from collections.abc import Mapping

from stretchplayer.i18n import _
from stretchplayer.routine.library import Place, RoutineFile, places
from stretchplayer.routine.routine import Routine
from stretchplayer.ui.text.player import duration


def place_label(place: Place) -> str:
    return {Place.FLOOR: _("floor"), Place.CHAIR: _("chair"), Place.STANDING: _("standing")}[place]


def card_lines(routine: Routine, total_ms: int) -> tuple[str, ...]:
    """What a card says below the title: how long and where, and what is needed."""
    where = ", ".join(map(place_label, places(routine)))
    needs = ", ".join(routine.equipment)
    return tuple(filter(None, (f"{duration(total_ms)} · {where}", needs)))


def searched_text(file: RoutineFile) -> str:
    """All words by which a routine is found."""
    routine = file.routine
    if routine is None:
        return f"{file.file_name} {file.problem}"
    exercises = (exercise.title for exercise in routine.exercises)
    return " ".join((routine.title, routine.description, *exercises, *routine.equipment))


def marks(file: RoutineFile, *, mornings: str, evenings: str) -> Mapping[str, bool]:
    """What is written over a card's picture, and whether it stands out."""
    if file.routine is None:
        return {_("Can't be used"): True}
    chosen = {_("Mornings"): mornings, _("Evenings"): evenings}
    found = {label: True for label, routine_id in chosen.items() if routine_id == file.routine.id}
    return found | {_("Yours"): False} if file.is_own else found
