"""An exercise in words, for its card and its preview."""

from stretchplayer.figure.side import Side
from stretchplayer.i18n import _, ngettext
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.routine import Exercise, Position, Range, SideMode, high_end, low_end
from stretchplayer.routine.timeline import PhaseKind, Timeline
from stretchplayer.ui.text.durations import duration


def position(exercise: Exercise) -> str:
    if exercise.position is Position.SITTING_ON_CHAIR and any("chair" in thing for thing in exercise.equipment):
        return _("sitting")  # the chair is listed as equipment
    return {
        Position.LYING_ON_BACK: _("on your back"),
        Position.LYING_ON_FRONT: _("on your front"),
        Position.LYING_ON_SIDE: _("on your side"),
        Position.SITTING_ON_CHAIR: _("sitting on a chair"),
        Position.SITTING_ON_FLOOR: _("sitting on the floor"),
        Position.ON_ALL_FOURS: _("on hands and knees"),
        Position.KNEELING: _("kneeling"),
        Position.STANDING: _("standing"),
    }[exercise.position]


def needs(exercise: Exercise) -> str:
    """For example "sitting, a sturdy chair"."""
    return ", ".join((position(exercise), *exercise.equipment))


def facts(timeline: Timeline, ordinal: int) -> str:
    """For example "sitting, a sturdy chair · hold 30 s · 3 times · each leg"."""
    return " · ".join((needs(timeline.exercises[ordinal]), *dose(timeline, ordinal)))


def dose(timeline: Timeline, ordinal: int) -> tuple[str, ...]:
    """How much of an exercise is done: "hold 30 s", "10 times", "2 sets", "each leg"."""
    exercise = timeline.exercises[ordinal]
    sides = timeline.sides_of(ordinal)
    parts = []
    if holds := [phase for phase in timeline.steps_of(ordinal, sides[0]) if phase.kind is PhaseKind.HOLD]:
        parts.append(_("hold {time}").format(time=duration(holds[0].duration_ms)))
    repetitions, sets = high_end(exercise.repetitions), high_end(exercise.sets)
    if repetitions > 1:
        parts.append(ngettext("{count} time", "{count} times", repetitions).format(count=span(exercise.repetitions)))
    if sets > 1:
        parts.append(ngettext("{count} set", "{count} sets", sets).format(count=span(exercise.sets)))
    if sides != (None,) or exercise.only_side is not None:
        parts.append(which_sides(exercise, sides))
    return tuple(parts)


def span(count: int | Range[int]) -> str:
    """A number, or the two ends of a range: "8–12"."""
    low, high = low_end(count), high_end(count)
    return str(low) if low == high else f"{low}–{high}"


def which_sides(exercise: Exercise, sides: tuple[Side | None, ...]) -> str:
    """For example "left leg only", where `sides` are those on which it is done."""
    if len(sides) == 1:
        right = Side.RIGHT in {sides[0], exercise.only_side}
        return (_("right {limb} only") if right else _("left {limb} only")).format(limb=_(exercise.limb))
    if exercise.extra_set_on is not None:
        right = exercise.extra_set_on is Side.RIGHT
        words = _("each {limb}, one more set on the right") if right else _("each {limb}, one more set on the left")
        return words.format(limb=_(exercise.limb))
    if exercise.sides is SideMode.ALTERNATE:
        return _("left and right in turn")
    return _("each {limb}").format(limb=_(exercise.limb))


def spoken_steps(timeline: Timeline, ordinal: int, side: Side | None) -> tuple[str, ...]:
    """What is said for each step of an exercise on that side; of a hold that waits for a key, what is shown."""
    words = []
    announced = None
    for phase in timeline.steps_of(ordinal, side):
        said = {cue.name: cue.say for cue in phase.cues}
        words.append(announced or said.get(CueName.STEP) or said.get(CueName.HOLD_END) or phase.text)
        announced = said.get(CueName.HOLD_SOON)
    return tuple(words)


def show_side(side: Side, exercise: Exercise) -> str:
    """The command that shows an exercise on that side."""
    words = _("Show the right {limb}") if side is Side.RIGHT else _("Show the left {limb}")
    return words.format(limb=_(exercise.limb))


def numbered(number: int | None, exercise: Exercise) -> str:
    """Its title with its number among those that are played; None for one that is left out."""
    return exercise.title if number is None else f"{number}  {exercise.title}"


def own_dose() -> str:
    """The mark of an exercise that is not done as the routine says."""
    return _("Changed by you")


def back_to_routine() -> str:
    """The command that takes all changes of the person's back."""
    return _("Reset to the routine")


def left_out() -> str:
    """The mark of an exercise that the person leaves out."""
    return _("You leave it out")
