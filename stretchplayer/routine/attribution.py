"""Third-party parts of the program."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A third-party part and its licence."""

    name: str
    licence: str
    """An SPDX expression: "LGPL-3.0-only"."""
    text: str
    """The full text of the licence."""
    home: str = ""
    source: str = ""
    """Where to get its source, if the licence requires that."""
