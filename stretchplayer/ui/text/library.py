"""Routines in words, for their cards and for the search."""

from collections.abc import Container, Mapping, Sequence
from typing import Final

from stretchplayer.i18n import _, ngettext
from stretchplayer.routine.library import Place, RoutineFile, places
from stretchplayer.routine.routine import Goal, Routine
from stretchplayer.ui.text.durations import duration
from stretchplayer.ui.text.exercise import own_dose

DAYS_OF_A_WEEK: Final = 7


def place_label(place: Place) -> str:
    return {Place.FLOOR: _("floor"), Place.CHAIR: _("chair"), Place.STANDING: _("standing")}[place]


def goal_label(goal: Goal) -> str:
    return {
        Goal.STRETCHING: _("Stretching"),
        Goal.MOBILITY: _("Mobility"),
        Goal.STRENGTH: _("Strength"),
        Goal.NERVE_GLIDES: _("Nerve glides"),
        Goal.RELAXATION: _("Relaxation"),
    }[goal]


def card_lines(routine: Routine, total_ms: int) -> tuple[str, ...]:
    """What a card says below the title: how long and what for, where, and what is needed."""
    goal = routine.effective_goal
    extent = (duration(total_ms), goal and goal_label(goal))
    where = map(place_label, places(routine))
    return tuple(filter(None, (" · ".join(filter(None, extent)), ", ".join(where), ", ".join(routine.equipment))))


def how_often(routine: Routine) -> str:
    """How often it is meant to be done: "2 times a day, 5 days a week"; empty if nobody said."""
    parts = []
    if times := routine.times_per_day:
        parts.append(ngettext("once a day", "{n} times a day", times).format(n=times))
    if (days := routine.days_per_week) and days < DAYS_OF_A_WEEK:
        parts.append(ngettext("{n} day a week", "{n} days a week", days).format(n=days))
    return ", ".join(parts)


def named_or_counted(files: Sequence[RoutineFile]) -> str:
    """The title of the only one, or how many there are."""
    if len(files) == 1 and files[0].routine is not None:
        return files[0].routine.title
    return ngettext("{count} routine", "{count} routines", len(files)).format(count=len(files))


def check_first() -> str:
    """Where somebody has to ask a professional first."""
    return _("Check this first")


def marks(
    file: RoutineFile, *, mornings: str, evenings: str, own_doses: Container[str] = (), needs_care: bool = False
) -> Mapping[str, bool]:
    """What is written over a card's picture, and whether it stands out; `own_doses` are ids.

    `needs_care` is whether its caution speaks of what the person searches for.
    """
    if file.routine is None:
        return {_("Can't be used"): True}
    if needs_care:
        return {check_first(): True}
    chosen = {_("Mornings"): mornings, _("Evenings"): evenings}
    found = {label: True for label, routine_id in chosen.items() if routine_id == file.routine.id}
    if file.is_own:
        found[_("Yours")] = False
    if file.routine.id in own_doses:
        found[own_dose()] = False
    return found


def slot_taken(slot: str, title: str) -> str:
    """Say that the routine with this title is now the one for "mornings" or "evenings"."""
    words = _("{routine} is your routine for mornings now.")
    if slot == "evenings":
        words = _("{routine} is your routine for evenings now.")
    return words.format(routine=title)
