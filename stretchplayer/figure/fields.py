"""The types of names, titles and texts in files."""

from typing import Annotated, Final, TypeAlias

from msgspec import Meta

from stretchplayer.errors import HARMFUL

MAX_NAME: Final = 100

# The patterns have to mean the same in Python and JSON Schema, so they don't use `$`, which in Python allows a final
# line break. They reject control characters, U+2028 and U+2029, the marks that reverse text, and what can't be seen.
_INVISIBLE = (
    r"\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    r"\ufeff\uffa0"
)
_HARMLESS = rf"^[^{HARMFUL}]*(?![\s\S])"
_PLAIN = rf"^[^{HARMFUL}]*[^{HARMFUL}{_INVISIBLE}][^{HARMFUL}]*(?![\s\S])"
_NAME = r"^[a-z0-9][a-z0-9_-]*(?![\s\S])"

Text: TypeAlias = Annotated[str, Meta(min_length=1, max_length=500, pattern=_PLAIN)]
Title: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100, pattern=_PLAIN)]
Note: TypeAlias = Annotated[str, Meta(pattern=_HARMLESS)]
"""May be empty."""
Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=MAX_NAME, pattern=_NAME)]
