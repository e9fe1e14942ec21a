"""Third-party parts of the program."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    name: str
    licence: str
    """An SPDX expression: "LGPL-3.0-only"."""
    text: str
    home: str = ""
    source: str = ""
    """Where to get its source, if the licence requires that."""
