"""An exercise in words, for its card and its preview."""

from stretchplayer.figure.side import Side
from stretchplayer.i18n import _, ngettext
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.routine import Exercise, Position, low_end
from stretchplayer.routine.timeline import PhaseKind, Timeline
from stretchplayer.ui.text.player import duration


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
    """For example "sitting, a sturdy chair · hold 30 s on each side · 3 times"."""
    exercise = timeline.exercises[ordinal]
    sides = timeline.sides_of(ordinal)
    holds = [phase for phase in timeline.steps_of(ordinal, sides[0]) if phase.kind is PhaseKind.HOLD]
    parts = [needs(exercise)]
    if holds:
        held = _("hold {time}") if sides == (None,) else _("hold {time} on each side")
        parts.append(held.format(time=duration(holds[0].duration_ms)))
    times = low_end(exercise.repetitions) * low_end(exercise.sets)
    if times > 1:
        parts.append(ngettext("{count} time", "{count} times", times).format(count=times))
    return " · ".join(parts)


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
