"""The shipped recordings: their files and durations."""

import logging
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec

from stretchplayer.audio import LEAD_IN_MS, STOP_AFTER_MS
from stretchplayer.routine.phrases import sentences

log = logging.getLogger(__name__)

MANIFEST: Final = "manifest.json"
CLIPS: Final = "clips"
"""The name of the list of clips in the manifest."""
GAP_MS: Final = STOP_AFTER_MS + LEAD_IN_MS
"""From the end of a sentence to the start of the next: a clip is stopped, then the next starts with its silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """The recording of a text or a sentence: `words_ms` of words between the silences of LEAD_IN_MS and TAIL_MS."""

    path: Path
    words_ms: int


class ClipLibrary:
    """The clips of one voice, from the folder `directory`. Never raises: an unreadable clip counts as missing.

    The manifest is read when a clip is first needed. A clip whose file is missing or doesn't have the size that the
    manifest says is left out and logged.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def clips(self, text: str) -> tuple[Clip, ...] | None:
        """The clip that says the text, or one for each of its sentences; None when one of them is missing."""
        parts = (text,) if text in self._known else sentences(text)
        found = [self._known.get(part) for part in parts]
        clips = tuple(clip for clip in found if clip is not None)
        return clips if clips and len(clips) == len(found) else None

    def paths(self, text: str) -> tuple[Path, ...] | None:
        clips = self.clips(text)
        return None if clips is None else tuple(clip.path for clip in clips)

    def duration_ms(self, text: str) -> int | None:
        """From the first word of the text to the end of the last, in ms; None when there are no clips for it."""
        clips = self.clips(text)
        return None if clips is None else sum(clip.words_ms for clip in clips) + GAP_MS * (len(clips) - 1)

    @property
    def texts(self) -> frozenset[str]:
        return frozenset(self._known)

    @cached_property
    def _known(self) -> dict[str, Clip]:
        try:
            manifest = msgspec.json.decode((self._directory / MANIFEST).read_bytes())
            with os.scandir(self._directory) as entries:
                sizes = {entry.name: entry.stat().st_size for entry in entries}
            clips = {
                str(each["text"]): Clip(path=self._directory / each["file"], words_ms=int(each["duration_ms"]))
                for each in manifest[CLIPS]
            }
            usable = {
                each["text"]: clips[each["text"]]
                for each in manifest[CLIPS]
                if sizes.get(each["file"]) == each["bytes"]
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError, msgspec.MsgspecError) as error:
            log.info("There are no recorded sentences in %s: %s", self._directory, error)
            return {}
        if len(usable) < len(clips):
            damaged = sorted(clip.path.name for text, clip in clips.items() if text not in usable)
            log.info("These recorded sentences are missing or damaged: %s", ", ".join(damaged))
        return usable
