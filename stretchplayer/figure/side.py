"""The sides of the body, and the placeholders for them in texts."""

import re
from enum import StrEnum
from typing import Final

from stretchplayer.i18n import N_, _

PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_SENTENCE_START: Final = re.compile(r"(^|[.!?]\s+)$")
LEG: Final = N_("leg")
PLACEHOLDERS: Final = ("leg", "other_leg", "side", "other_side")


class Side(StrEnum):
    """The working side of the body."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


def fill_placeholders(text: str, side: Side | None, limb: str = "leg") -> str:
    """Put the side's words in place of `{leg}`, `{other_leg}`, `{side}` and `{other_side}`; translate the whole.

    The words have a capital letter at the start of a sentence.
    """
    if side is None:
        return _(text)
    names = {
        "leg": f"{side} {limb}",
        "other_leg": f"{side.other} {limb}",
        "side": str(side),
        "other_side": str(side.other),
    }

    def fill(match: re.Match[str]) -> str:
        word = names.get(match[1], match[0])
        return word[0].upper() + word[1:] if _SENTENCE_START.search(text, 0, match.start()) else word

    return _(PLACEHOLDER.sub(fill, text))
