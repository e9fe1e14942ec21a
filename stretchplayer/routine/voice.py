"""A voice of the system's."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice that can be chosen: its id, a name to show, and its language as a BCP 47 tag, empty when not known."""

    id: str
    name: str
    language: str
