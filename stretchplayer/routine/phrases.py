"""The English sentences of a session that no routine file contains. The only place where they are made."""

import re
from collections.abc import Sequence
from typing import Final

from stretchplayer.figure.side import Side, fill_placeholders
from stretchplayer.routine.routine import Position, Stretch

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HUNDRED: Final = 100
_BETWEEN_SENTENCES: Final = re.compile(r"(?<=[.!?…])\s+")

POSITIONS: Final[dict[Position, str]] = {
    Position.LYING_ON_BACK: "Lie on your back.",
    Position.LYING_ON_FRONT: "Lie on your front.",
    Position.LYING_ON_SIDE: "Lie on your side.",
    Position.SITTING_ON_CHAIR: "Sit on the chair.",
    Position.SITTING_ON_FLOOR: "Sit on the floor.",
    Position.ON_ALL_FOURS: "Go down on your hands and knees.",
    Position.KNEELING: "Kneel down.",
    Position.STANDING: "Stand up.",
}

PAUSED: Final = "Paused."
RESUMING: Final = "Resuming in three, two, one."
INTERRUPTED: Final = "The session was interrupted. Press any key to go on."
HALF_WAY: Final = "Half-way."
RELEASE: Final = "Slowly release."
SWITCH_SIDES: Final = "Now the {leg}."
HOLD_THE_REST: Final = "Hold, for the rest of the time."
WAIT_FOR_THE_REST: Final = "When you are ready, press any key. Then hold, for the rest of the time."
OFFER: Final = "The {leg} missed some time. Press any key to do it now."
THE_END: Final = "That is the end."
WELL_DONE: Final = "Well done."


def number(value: int) -> str:
    """Write a whole number from 0 to 9999 in words."""
    if value < len(_SMALL):
        return _SMALL[value]
    if value < _HUNDRED:
        tens, ones = divmod(value, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    hundreds, rest = divmod(value, _HUNDRED)
    return f"{number(hundreds)} hundred" + (f" and {number(rest)}" if rest else "")


def count(value: int, noun: str) -> str:
    """`count(1, "second")` is "one second", `count(30, "second")` is "thirty seconds"."""
    return f"{number(value)} {noun}{'' if value == 1 else 's'}"


def length(seconds: int) -> str:
    """Say a length of time: "thirty seconds", "one minute", "one minute fifteen seconds"."""
    minutes, rest = divmod(seconds, 60)
    parts = ([count(minutes, "minute")] if minutes else []) + ([count(rest, "second")] if rest or not minutes else [])
    return " ".join(parts)


def sentence(text: str) -> str:
    """Give the text a capital letter and a full stop, unless it has them."""
    text = text.strip()
    if not text:
        return text
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def sentences(text: str) -> tuple[str, ...]:
    """Split a text into its sentences, each with the mark that ends it and without the space around it."""
    return tuple(part for part in _BETWEEN_SENTENCES.split(text.strip()) if part)


def listing(items: Sequence[str]) -> str:
    """Join noun phrases: "a chair", "a chair and a towel", "a mat, a chair and a towel"."""
    *others, last = items
    return f"{', '.join(others)} and {last}" if others else last


def about_minutes(total_ms: int) -> str:
    """Tell how long a session takes, in whole minutes."""
    minutes = round(total_ms / 60_000)
    return f"About {count(minutes, 'minute')}." if minutes else "Less than a minute."


def session_start(title: str, total_ms: int, equipment: Sequence[str]) -> str:
    """Name the routine, how long it takes and what to have at hand."""
    at_hand = f" Have {listing(equipment)} at hand." if equipment else ""
    return f"{sentence(title)} {about_minutes(total_ms)}{at_hand}"


def setup(stretch: Stretch) -> str:
    """How to get into position for the stretch."""
    return sentence(stretch.setup or POSITIONS[stretch.position])


def stretch_start(title: str, setup: str) -> str:
    """Name the stretch and how to get into position."""
    return f"{sentence(title)} {sentence(setup)}"


def next_stretch(title: str, fetch: Sequence[str]) -> str:
    """Name the coming stretch and what to fetch for it."""
    get = f" Get {listing(fetch)}." if fetch else ""
    return f"Next: {sentence(title)}{get}"


def now_the(side: Side | None, limb: str) -> str:
    """Name the side that comes."""
    return fill_placeholders(SWITCH_SIDES, side, limb)


def offer(side: Side | None, limb: str) -> str:
    """Offer to make up for what that side has missed."""
    return fill_placeholders(OFFER, side, limb)


def rest(seconds: int) -> str:
    """Announce the rest between two sets."""
    return f"Rest for {length(seconds)}."


def hold(seconds: int) -> str:
    """Tell the person to hold, and for how long."""
    return f"Hold. {sentence(length(seconds))}"


def wait(seconds: int) -> str:
    """Tell the person that the hold begins with a key of theirs."""
    return f"When you are ready, press any key. Then hold for {length(seconds)}."


def done(holds_done: int, holds: int) -> str:
    """Say what was done, and no more than that."""
    if holds_done == holds:
        return f"{WELL_DONE} All {count(holds, 'hold')} done." if holds > 1 else WELL_DONE
    if not holds_done:
        return THE_END
    of_all = f"{number(holds_done)} of {count(holds, 'hold')} done"
    return f"{THE_END} {sentence(of_all)}"
