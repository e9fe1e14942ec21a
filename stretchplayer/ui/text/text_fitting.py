"""Shortens text that doesn't fit in the size needed."""

import re
from collections.abc import Callable, Sequence
from typing import Final

Fits = Callable[[str], bool]
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+")
_CLAUSE: Final = re.compile(r"(?<=[,;:])\s+")


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its full stop."""
    return [part for part in _SENTENCE.split(text.strip()) if part]


def in_parts(text: str, fits: Fits) -> tuple[str, ...]:
    """Cut a text between sentences or, where one is too long, clauses, into as few parts as fit.

    Text without such a place stays whole, whether it fits or not. An empty text is one empty part.
    """
    if fits(text):
        return (text,)
    pieces: list[str] = []
    for sentence in sentences(text):
        pieces += [sentence] if fits(sentence) else _CLAUSE.split(sentence)
    parts: list[str] = []
    for piece in pieces:
        if parts and fits(f"{parts[-1]} {piece}"):
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            parts.append(piece)
    return tuple(parts) or (text,)


def part_at(parts: Sequence[str], progress: float) -> str:
    """The part to show at `progress`, 0 to 1; each part is shown in proportion to its length."""
    behind = progress * sum(map(len, parts))
    for part in parts[:-1]:
        behind -= len(part)
        if behind < 0:
            return part
    return parts[-1]


def first_fitting(texts: Sequence[str], fits: Fits) -> str:
    """The first text that fits; if none does, the last one elided."""
    for text in texts:
        if fits(text):
            return text
    words = texts[-1].split()
    for count in range(len(words) - 1, 1, -1):
        shorter = " ".join(words[:count]).rstrip(",;:.") + " …"
        if fits(shorter):
            return shorter
    return texts[-1]
