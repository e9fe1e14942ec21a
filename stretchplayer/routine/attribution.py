"""Whose work the program is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A part of the program that others have written, and the licence it is under."""

    name: str
    licence: str
    """An SPDX expression: "LGPL-3.0-only"."""
    text: str
    """The licence's whole text."""
    home: str = ""
    source: str = ""
    """Where its source is to be had, if the licence asks for that."""
