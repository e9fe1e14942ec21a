"""The spoken sentences of a session that don't come from a routine file.

The English ones are recorded: each is the key of its clip in `assets/voice`, so new words need a new recording.
"""

import re
from collections.abc import Sequence
from typing import Final

from stretchplayer.figure.side import Side
from stretchplayer.i18n import ENGLISH, N_, _, language, ngettext
from stretchplayer.routine.routine import Position, Stretch

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HUNDRED: Final = 100
_BETWEEN_SENTENCES: Final = re.compile(r"(?<=[.!?…])\s+")

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
RELEASE: Final = N_("Slowly release.")
PAUSED: Final = N_("Paused.")
RESUMING: Final = N_("Resuming in three, two, one.")
INTERRUPTED: Final = N_("The session was interrupted. Press any key to go on.")
HALF_WAY: Final = N_("Half-way.")
HOLD_THE_REST: Final = N_("Hold, for the rest of the time.")
WAIT_FOR_THE_REST: Final = N_("When you are ready, press any key. Then hold, for the rest of the time.")
WELL_DONE: Final = N_("Well done.")
SWITCH_SIDES: Final = "Now the {leg}."
"""Placeholder for `now_the` until the side is known."""


def limb_of_side(side: Side, limb: str) -> str:
    """The limb with its side: "left leg"."""
    return (_("left {limb}") if side is Side.LEFT else _("right {limb}")).format(limb=_(limb))


def side_words(side: str | None) -> str:
    """The name of the side, empty without one."""
    return {Side.LEFT.value: _("left"), Side.RIGHT.value: _("right")}.get(side or "", "")


def phase_words(kind: str) -> str:
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
    """The text with a capital letter and a full stop."""
    text = text.strip()
    if not text:
        return text
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def sentences(text: str) -> tuple[str, ...]:
    """Split a text into its sentences, with their final punctuation."""
    return tuple(part for part in _BETWEEN_SENTENCES.split(text.strip()) if part)


def listing(items: Sequence[str]) -> str:
    """Join noun phrases: "a chair", "a chair and a towel", "a mat, a chair and a towel"."""
    *others, last = items
    return _("{items} and {last}").format(items=", ".join(others), last=last) if others else last


def about_minutes(total_ms: int) -> str:
    minutes = round(total_ms / 60_000)
    if not minutes:
        return _("Less than a minute.")
    return ngettext("About {number} minute.", "About {number} minutes.", minutes).format(number=number(minutes))


def session_start(title: str, total_ms: int, equipment: Sequence[str]) -> str:
    parts = [sentence(title), about_minutes(total_ms)]
    if equipment:
        parts.append(_("Have {things} at hand.").format(things=listing(equipment)))
    return " ".join(parts)


def setup(stretch: Stretch) -> str:
    return sentence(stretch.setup or _(POSITIONS[stretch.position]))


def stretch_start(title: str, setup: str) -> str:
    return f"{sentence(title)} {sentence(setup)}"


def next_stretch(title: str, fetch: Sequence[str]) -> str:
    coming = _("Next: {stretch}").format(stretch=sentence(title))
    get = _("Get {things}.")
    return f"{coming} {get.format(things=listing(fetch))}" if fetch else coming


def now_the(side: Side | None, limb: str) -> str:
    template = _("Now the right {limb}.") if side is Side.RIGHT else _("Now the left {limb}.")
    return template.format(limb=_(limb))


def offer(side: Side | None, limb: str) -> str:
    left = _("The left {limb} missed some time. Press any key to do it now.")
    right = _("The right {limb} missed some time. Press any key to do it now.")
    return (right if side is Side.RIGHT else left).format(limb=_(limb))


def rest(seconds: int) -> str:
    return _("Rest for {length}.").format(length=length(seconds))


def hold(seconds: int) -> str:
    return " ".join((_("Hold."), sentence(length(seconds))))


def time_left(seconds: int) -> str:
    """How much of a hold is left, in as few words as can be: "Fifteen.", "One minute."."""
    minute_s = 60
    return sentence(number(seconds) if seconds < minute_s else length(seconds))


def wait(seconds: int) -> str:
    """Say that a key press starts the hold."""
    return _("When you are ready, press any key. Then hold for {length}.").format(length=length(seconds))


def done(holds_done: int, holds: int) -> str:
    """Say what was done, and no more."""
    if holds_done == holds:
        all_done = ngettext("All {number} hold done.", "All {number} holds done.", holds).format(number=number(holds))
        return f"{_(WELL_DONE)} {all_done}" if holds > 1 else _(WELL_DONE)
    end = _("That is the end.")
    if not holds_done:
        return end
    some = ngettext("{done} of {number} hold done.", "{done} of {number} holds done.", holds)
    return f"{end} {sentence(some.format(done=number(holds_done), number=number(holds)))}"
