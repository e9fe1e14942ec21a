"""The sides of the body, and words that name one."""

import re
from enum import StrEnum
from typing import Final

PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS: Final = ("leg", "other_leg", "side", "other_side")


class Side(StrEnum):
    """The side of the body that works."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


def fill_placeholders(text: str, side: Side | None, limb: str = "leg") -> str:
    """Put the side's words in place of `{leg}`, `{other_leg}`, `{side}` and `{other_side}`."""
    if side is None:
        return text
    words = {
        "leg": f"{side} {limb}",
        "other_leg": f"{side.other} {limb}",
        "side": str(side),
        "other_side": str(side.other),
    }
    return PLACEHOLDER.sub(lambda match: words.get(match[1], match[0]), text)
