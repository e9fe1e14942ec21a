"""The spoken sentences of a session that don't come from a routine file.

The English ones are recorded: each is the key of its clip in `assets/voice`, so new words need a new recording.
"""

import re
from collections.abc import Sequence
from typing import Final

from stretchplayer.figure.side import LEG, Side
from stretchplayer.i18n import ENGLISH, N_, _, language, ngettext
from stretchplayer.routine.routine import Exercise, Goal, Position, Routine, SideMode

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HUNDRED: Final = 100
_BETWEEN_SENTENCES: Final = re.compile(r"(?<=[.!?…])\s+(?![a-z])")
"""A small letter after "…" goes on with the sentence: "Breathe in… and slowly out."."""
_BETWEEN_CLAUSES: Final = re.compile(r"(?<=,)\s+")

POSITIONS: Final[dict[Position, str]] = {
    Position.LYING_ON_BACK: N_("Lie on your back."),
    Position.LYING_ON_FRONT: N_("Lie on your front."),
    Position.LYING_ON_SIDE: N_("Lie on your side."),
    Position.SITTING_ON_CHAIR: N_("Sit on the chair."),
    Position.SITTING_ON_FLOOR: N_("Sit on the floor."),
    Position.ON_ALL_FOURS: N_("Go down on your hands and knees."),
    Position.KNEELING: N_("Kneel down."),
    Position.STANDING: N_("Stand up."),
}
RELEASE: Final = N_("And release.")
REST: Final = N_("Rest.")
HOLD: Final = N_("And hold.")
PAUSED: Final = N_("Paused. Press any key to continue.")
RESUMING: Final = N_("Back in three, two, one.")
INTERRUPTED: Final = N_("We were interrupted. Press any key to continue.")
STOPPED: Final = N_("That's fine for today. See you next time.")
CAUTION: Final = N_("Go only to a comfortable stretch. If it's sharp, or tingles, ease off.")
"""Said at the start of the first sessions."""
WHEN_READY: Final = N_("Whenever you're ready, press any key.")
HOLD_THE_REST: Final = N_("And hold, for the rest of the time.")
WELL_DONE: Final = N_("Well done.")
COACHING: Final = (N_("Still breathing slowly?"), N_("A little longer; keep it gentle."), N_("Nearly there."))
"""Said in a long hold when the routine has nothing left to say: the first two, and at last the third."""
LONG_COACHING: Final = (
    N_("Let your shoulders and your jaw go soft."),
    N_("Let each breath out be a little longer."),
    N_("There's nothing to force."),
)
"""Said between those in a hold of a minute and more."""
RESTING: Final = (N_("Let go, and breathe easily."), N_("Rest a little longer."))
"""Said in a long rest."""
_FLOOR_TO_CHAIR: Final = N_("Roll onto your side, push up with your hands, and take your time.")
_TO_THE_FLOOR: Final = N_("Come down to the floor, in your own time.")
_TO_YOUR_FEET: Final = N_("Stand up slowly, in your own time.")
_ON_THE_FLOOR: Final[dict[Position, str]] = {
    Position.LYING_ON_BACK: N_("Come onto your back, in your own time."),
    Position.LYING_ON_FRONT: N_("Roll onto your front, in your own time."),
    Position.LYING_ON_SIDE: N_("Roll onto your side, in your own time."),
    Position.SITTING_ON_FLOOR: N_("Come up to sitting, in your own time."),
    Position.ON_ALL_FOURS: N_("Come onto your hands and knees, in your own time."),
    Position.KNEELING: N_("Come up onto your knees, in your own time."),
}
"""How to get from one position on the floor into another."""
_GET_UP_FROM_FLOOR: Final = N_("Bend your knees, rest a moment, and roll to your side before you get up.")
_GET_UP: Final = N_("Rest a moment before you stand up.")


def limb_of_side(side: Side, limb: str) -> str:
    """The limb with its side: "left leg"."""
    return (_("left {limb}") if side is Side.LEFT else _("right {limb}")).format(limb=_(limb))


def side_label(side: str | None) -> str:
    """The name of the side, empty without one."""
    return {Side.LEFT.value: _("left"), Side.RIGHT.value: _("right")}.get(side or "", "")


def phase_label(kind: str) -> str:
    """The kind of phase in words, for a table."""
    return {
        "prepare": _("prepare"),
        "move": _("move"),
        "hold": _("hold"),
        "release": _("release"),
        "switch_sides": _("switch sides"),
        "transition": _("transition"),
        "done": _("done"),
    }[kind]


def number(value: int) -> str:
    """A whole number from 0 to 9999, in words if the language is English."""
    if language() != ENGLISH:
        return str(value)
    if value < len(_SMALL):
        return _SMALL[value]
    if value < _HUNDRED:
        tens, ones = divmod(value, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    hundreds, rest = divmod(value, _HUNDRED)
    return f"{number(hundreds)} hundred" + (f" and {number(rest)}" if rest else "")


def length(seconds: int) -> str:
    """A duration: "thirty seconds", "one minute", "one minute fifteen seconds"."""
    minutes, rest = divmod(seconds, 60)
    in_minutes = ngettext("{number} minute", "{number} minutes", minutes).format(number=number(minutes))
    in_seconds = ngettext("{number} second", "{number} seconds", rest).format(number=number(rest))
    if minutes and rest:
        return _("{minutes} {seconds}").format(minutes=in_minutes, seconds=in_seconds)
    return in_minutes if minutes else in_seconds


def sentence(text: str) -> str:
    text = text.strip()
    if not text:
        return text
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def sentences(text: str) -> tuple[str, ...]:
    return tuple(part for part in _BETWEEN_SENTENCES.split(text.strip()) if part)


def clauses(text: str) -> tuple[str, ...]:
    """The parts of a sentence, each with the comma that ends it."""
    return tuple(_BETWEEN_CLAUSES.split(text))


def listing(items: Sequence[str]) -> str:
    """Join noun phrases: "a chair", "a chair and a towel", "a mat, a chair and a towel"."""
    *others, last = items
    return _("{items} and {last}").format(items=", ".join(others), last=last) if others else last


def about_minutes(total_ms: int) -> str:
    minutes = round(total_ms / 60_000)
    if not minutes:
        return _("less than a minute")
    return ngettext("about {number} minute", "about {number} minutes", minutes).format(number=number(minutes))


def session_start(routine: Routine, total_ms: int) -> str:
    """Say what is coming: "Three gentle stretches, both legs, about eight minutes. You'll need a towel."."""
    exercises = routine.played
    count = len(exercises)
    if routine.effective_goal is Goal.STRETCHING:
        counted = ngettext("{number} gentle stretch", "{number} gentle stretches", count)
    else:
        counted = ngettext("{number} exercise", "{number} exercises", count)
    parts = [counted.format(number=number(count))]
    both_sides = {SideMode.EACH, SideMode.ALTERNATE}
    if all(exercise.sides in both_sides and exercise.only_side is None for exercise in exercises):
        legs = all(exercise.limb == LEG for exercise in exercises)
        parts.append(_("both legs") if legs else _("both sides"))
    opening = sentence(", ".join((*parts, about_minutes(total_ms))))
    if not routine.equipment:
        return opening
    need = _("You'll need {things}.").format(things=listing(routine.equipment))
    return f"{opening} {need}"


def setup(exercise: Exercise) -> str:
    return sentence(exercise.setup or _(POSITIONS[exercise.position]))


def get_ready(exercise: Exercise) -> str:
    return exercise.setup_say or f"{sentence(exercise.title)} {setup(exercise)}"


def next_exercise(exercise: Exercise, previous: Exercise, *, is_last: bool) -> str:
    """Say what comes next, how to get there from the position before, and what to bring."""
    title = sentence(exercise.title)
    last = _("Well done. The last one: {exercise}").format(exercise=title)
    parts = [last if is_last else _("Good. Next: {exercise}").format(exercise=title)]
    fetch = tuple(item for item in exercise.equipment if item not in previous.equipment)
    if previous.position is not exercise.position and (previous.position.on_floor or exercise.position.on_floor):
        parts.append(_(_to_next_position(previous.position, exercise.position)))
    if fetch:
        parts.append(_("Get {things}.").format(things=listing(fetch)))
    return " ".join(parts)


def _to_next_position(before: Position, after: Position) -> str:
    if before.on_floor and after.on_floor:
        return _ON_THE_FLOOR[after]
    if after.on_floor:
        return _TO_THE_FLOOR
    return _TO_YOUR_FEET if after is Position.STANDING else _FLOOR_TO_CHAIR


def now_the(side: Side | None, limb: str) -> str:
    template = _("Now the right {limb}.") if side is Side.RIGHT else _("Now the left {limb}.")
    return template.format(limb=_(limb))


def other_side(side: Side | None, limb: str) -> str:
    """What is spoken between the sides."""
    words = _("Lovely. Now the right {limb}.") if side is Side.RIGHT else _("Lovely. Now the left {limb}.")
    return words.format(limb=_(limb))


def offer(side: Side | None, limb: str, *, repetitions: bool = False) -> str:
    if repetitions:
        left = _("Your left {limb} has a few repetitions to catch up. Press any key to do them now.")
        right = _("Your right {limb} has a few repetitions to catch up. Press any key to do them now.")
    else:
        left = _("Your left {limb} has a few seconds to catch up. Press any key to do them now.")
        right = _("Your right {limb} has a few seconds to catch up. Press any key to do them now.")
    return (right if side is Side.RIGHT else left).format(limb=_(limb))


def rest(seconds: int) -> str:
    return _("Rest for {length}.").format(length=length(seconds))


def hold(seconds: int, words: str | None = None) -> str:
    """Announce a hold: "And hold. Thirty seconds."."""
    return f"{sentence(words or _(HOLD))} {sentence(length(seconds))}"


def hold_for_breaths(breaths: int, words: str | None = None) -> str:
    """Announce a hold that is measured in breaths: "And hold. Five breaths."."""
    counted = ngettext("{number} breath", "{number} breaths", breaths).format(number=number(breaths))
    return f"{sentence(words or _(HOLD))} {sentence(counted)}"


def time_left(seconds: int) -> str:
    """How much of a hold is left, in as few words as can be: "Ten."."""
    return sentence(number(seconds))


def half_way(seconds_left: int) -> tuple[str, str]:
    """What is said at the half of a hold, and the short form for where that has no room."""
    half, to_go = _("Half-way."), sentence(_("{number} to go").format(number=number(seconds_left)))
    return f"{half} {to_go}", half


def done(done: int, planned: int, position: Position, *, exercises: bool = False) -> str:
    """Say how many holds (or exercises) were done, and no more, and how to get up."""
    get_up = _get_up(position)
    if done == planned:
        all_done = _("Well done, that's all {number} exercises.") if exercises else _("Well done, that's all {number}.")
        return f"{all_done.format(number=number(planned)) if planned > 1 else _(WELL_DONE)} {get_up}".strip()
    if not done:
        return " ".join((_("That is the end."), get_up)).strip()
    if exercises:
        some = ngettext("That's {done} of {number} exercise.", "That's {done} of {number} exercises.", planned)
    else:
        some = ngettext("That's {done} of {number} hold.", "That's {done} of {number} holds.", planned)
    return f"{some.format(done=number(done), number=number(planned))} {get_up}".strip()


def _get_up(position: Position) -> str:
    if position in {Position.LYING_ON_BACK, Position.LYING_ON_FRONT, Position.LYING_ON_SIDE}:
        return _(_GET_UP_FROM_FLOOR)
    return "" if position is Position.STANDING else _(_GET_UP)
