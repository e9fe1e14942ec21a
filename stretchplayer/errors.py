"""The program's own errors. Each message is one sentence that tells the person what to do."""

import re

LONGEST_QUOTED = 60
"""Characters of what was given that a message quotes."""
HARMFUL = r"\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069"
"""Control characters, line breaks and the marks that reverse text, as they are in the brackets of a pattern.

U+200E, U+200F and U+061C reverse no letters, and Hebrew and Arabic titles need them. Only in the names of files, which
`storage.messages` quotes, are they escaped too.
"""


def shortened(text: str) -> str:
    """The text, or its beginning and its end if it is too long for a message."""
    half = LONGEST_QUOTED // 2
    return text if len(text) <= LONGEST_QUOTED else f"{text[:half]}…{text[1 - half :]}"


def plain(text: str) -> str:
    """The text with its control characters, line breaks and reversing marks escaped, as JSON does.

    For a terminal, a log or a notification, where they could pass for something else.
    """
    return re.sub(f"[{HARMFUL}]", lambda found: f"\\u{ord(found[0]):04x}", text)


class StretchPlayerError(Exception):
    """Base of the program's errors; the message can be shown as it is.

    `values` fill the placeholders of the message.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message.format(**values) if values else message)


class DomainError(StretchPlayerError):
    """An invalid value in a routine, timeline or setting."""


class StorageError(StretchPlayerError):
    """A file that can't be read, parsed or written."""


class SoundError(StretchPlayerError):
    """A sound file that can't be used."""


class DesktopError(StretchPlayerError):
    """A desktop service that failed."""
