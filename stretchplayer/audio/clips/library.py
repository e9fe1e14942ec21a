"""The shipped recordings: their files and durations."""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec

from stretchplayer.audio import LEAD_IN_MS, STOP_AFTER_MS
from stretchplayer.routine.phrases import clauses, sentences

log = logging.getLogger(__name__)

MANIFEST: Final = "manifest.json"
CLIPS: Final = "clips"
"""The name of the list of clips in the manifest."""
GAP_MS: Final = STOP_AFTER_MS + LEAD_IN_MS
"""From the end of a sentence to the start of the next: a clip is stopped, then the next starts with its silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """The recording of a text or a sentence: `words_ms` of words between the silences of LEAD_IN_MS and TAIL_MS."""

    path: str
    """Not a Path, which interns its parts: Python's table of interned strings would grow with every window."""
    words_ms: int


class _Listed(msgspec.Struct):
    """A clip as the manifest has it."""

    text: str
    file: str
    duration_ms: int
    bytes: int


class _Manifest(msgspec.Struct):
    clips: list[_Listed]


class ClipLibrary:
    """The clips of one voice, from the folder `directory`. Never raises: an unreadable clip counts as missing.

    The manifest is read when a clip is first needed. A clip whose file is missing or doesn't have the size that the
    manifest says is left out and logged.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def clips(self, text: str) -> tuple[Clip, ...] | None:
        """The clip that says the text, or those that say its sentences; None when one of them is missing.

        A sentence without a clip is said by those of its clauses.
        """
        found = self._find(text)
        if found is None:
            return None
        return tuple(Clip(path=f"{self._directory}/{file}", words_ms=words_ms) for file, words_ms in found)

    def paths(self, text: str) -> tuple[str, ...] | None:
        clips = self.clips(text)
        return None if clips is None else tuple(clip.path for clip in clips)

    def duration_ms(self, text: str) -> int | None:
        """From the first word of the text to the end of the last, in ms; None when there are no clips for it."""
        found = self._find(text)
        return None if found is None else sum(words_ms for _file, words_ms in found) + GAP_MS * (len(found) - 1)

    @property
    def texts(self) -> frozenset[str]:
        return frozenset(self._known)

    def _find(self, text: str) -> Sequence[tuple[str, int]] | None:
        if text in self._known:
            return [self._known[text]]
        parts = [clause for part in sentences(text) for clause in ((part,) if part in self._known else clauses(part))]
        found = [self._known[part] for part in parts if part in self._known]
        return found if found and len(found) == len(parts) else None

    @cached_property
    def _known(self) -> dict[str, tuple[str, int]]:
        """The file and `words_ms` of each text; hundreds of paths would take more than all the rest."""
        try:
            listed = msgspec.json.decode((self._directory / MANIFEST).read_bytes(), type=_Manifest).clips
            with os.scandir(self._directory) as entries:
                sizes = {entry.name: entry.stat().st_size for entry in entries}
        except (OSError, ValueError) as error:
            log.info("There are no recorded sentences in %s: %s", self._directory, error)
            return {}
        usable = {each.text: (each.file, each.duration_ms) for each in listed if sizes.get(each.file) == each.bytes}
        damaged = sorted(each.file for each in listed if each.text not in usable)
        if damaged:
            log.info("These recorded sentences are missing or damaged: %s", ", ".join(damaged))
        return usable
