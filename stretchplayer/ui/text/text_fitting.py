"""Shortens text that doesn't fit in the size needed, at the boundaries of its language."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QTextBoundaryFinder

Fits = Callable[[str], bool]
_ARABIC: Final = "\u060c\u061b"
_CHINESE: Final = "\u3001\uff0c\uff1b\uff1a"
_CLAUSE: Final = re.compile(rf"(?<=[,;:{_ARABIC}]\s)(?=\S)|(?<=[{_CHINESE}])")
_TRAILING: Final = f",;:. {_ARABIC}{_CHINESE}\u3002"


def _pieces(text: str, kind: QTextBoundaryFinder.BoundaryType) -> list[str]:
    """The text cut at every such boundary, with the spaces in it."""
    finder = QTextBoundaryFinder(kind, text)
    units = text.encode("utf-16-le")  # Qt counts in these
    ends = [0]
    while (end := finder.toNextBoundary()) > 0:
        ends.append(2 * end)
    return [units[start:end].decode("utf-16-le") for start, end in pairwise(ends)]


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its full stop."""
    return [part.rstrip() for part in _pieces(text.strip(), QTextBoundaryFinder.BoundaryType.Sentence)]


def in_parts(text: str, fits: Fits) -> tuple[str, ...]:
    """Cut a text between sentences or, where one is too long, clauses, into as few parts as fit.

    Text without such a place stays whole, whether it fits or not. An empty text is one empty part.
    """
    if fits(text):
        return (text,)
    pieces: list[str] = []
    for sentence in _pieces(text.strip(), QTextBoundaryFinder.BoundaryType.Sentence):
        pieces += [sentence] if fits(sentence.rstrip()) else _CLAUSE.split(sentence)
    parts: list[str] = []
    for piece in pieces:
        if parts and fits(f"{parts[-1]}{piece}".rstrip()):
            parts[-1] += piece
        else:
            parts.append(piece)
    return tuple(part.rstrip() for part in parts) or (text,)


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
    words = _pieces(texts[-1], QTextBoundaryFinder.BoundaryType.Line)
    for count in range(len(words) - 1, 1, -1):
        shorter = "".join(words[:count]).rstrip(_TRAILING) + " …"
        if fits(shorter):
            return shorter
    return texts[-1]
