"""The sides of the body, and texts that may name one."""

import re
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from msgspec import Meta

MAX_NAME: Final = 100

# Both patterns mean the same to Python and to JSON Schema, so neither uses `$`, which in Python allows a line break
# after it. Refused are control characters, the separators U+2028 and U+2029, and the invisible marks that reverse text.
PLAIN: Final = r"^(?![\s\S]*[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069])[\s\S]*\S"
NAME: Final = r"^[a-z0-9][a-z0-9_-]*(?![\s\S])"

Text: TypeAlias = Annotated[str, Meta(min_length=1, max_length=500, pattern=PLAIN)]
"""A text that is shown or spoken; it may have placeholders."""
Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=MAX_NAME, pattern=NAME)]
"""What a routine, a stretch or a pose is called in files."""

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
