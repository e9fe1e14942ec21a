"""The sides of the body, and the placeholders for them in texts."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Final

from msgspec import Meta

from stretchplayer.figure.fields import Text
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SidedText:
    """A text that needs other words on the left than on the right."""

    left: Annotated[Text, Meta(description="The words for the left side.")]
    right: Annotated[Text, Meta(description="The words for the right side.")]


def on_side(text: str | SidedText, side: Side | None) -> str:
    """The text for this side, with its placeholders."""
    if isinstance(text, SidedText):
        return text.right if side is Side.RIGHT else text.left
    return text


def fill_placeholders(text: str | SidedText, side: Side | None, limb: str = "leg") -> str:
    """Put the side's words in place of `{leg}`, `{other_leg}`, `{side}` and `{other_side}`; translate the whole.

    The words have a capital letter at the start of a sentence.
    """
    text = on_side(text, side)
    return _(text if side is None or "{" not in text else _filled(text, side, limb))


@lru_cache(maxsize=1000)
def _filled(text: str, side: Side, limb: str) -> str:
    """In English. It is remembered, since each repetition says the same."""
    names = {
        "leg": f"{side} {limb}",
        "other_leg": f"{side.other} {limb}",
        "side": str(side),
        "other_side": str(side.other),
    }

    def fill(match: re.Match[str]) -> str:
        word = names.get(match[1], match[0])
        return word[0].upper() + word[1:] if _SENTENCE_START.search(text, 0, match.start()) else word

    return PLACEHOLDER.sub(fill, text)
