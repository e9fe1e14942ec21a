"""A voice of the system."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice with its id, display name, and language as a BCP 47 tag (empty if unknown)."""

    id: str
    name: str
    language: str
