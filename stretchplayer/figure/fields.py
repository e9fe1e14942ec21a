"""The types of names, titles and texts in routine and pose files."""

from typing import Annotated, Final, TypeAlias

from msgspec import Meta

MAX_NAME: Final = 100

# The patterns have to mean the same in Python and JSON Schema, so they don't use `$`, which in Python allows a final
# line break. They reject control characters, U+2028 and U+2029, and the invisible marks that reverse text.
_PLAIN = r"^(?![\s\S]*[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069])[\s\S]*\S"
_NAME = r"^[a-z0-9][a-z0-9_-]*(?![\s\S])"

Text: TypeAlias = Annotated[str, Meta(min_length=1, max_length=500, pattern=_PLAIN)]
Title: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100, pattern=_PLAIN)]
Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=MAX_NAME, pattern=_NAME)]
