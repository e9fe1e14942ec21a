"""The shipped recordings of sentences: their files and durations."""

import logging
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec

from stretchplayer.audio import LEAD_IN_MS, STOP_AFTER_MS, TAIL_MS
from stretchplayer.routine.phrases import sentences

log = logging.getLogger(__name__)

MANIFEST: Final = "manifest.json"
CLIPS: Final = "clips"
"""The name of the list of clips in the manifest."""
SILENCE: Final = "silence.wav"
"""A file of silence in the format of the clips."""
SAMPLES_PER_MS: Final = 16
"""Clips are mono, 16 kHz, 16 bit: the native format of the voice they were made with."""
BYTES_PER_MS: Final = 2 * SAMPLES_PER_MS
HEADER_BYTES: Final = 44
"""The header of a WAV file."""
GAP_MS: Final = STOP_AFTER_MS + LEAD_IN_MS
"""From the end of a sentence to the start of the next: a clip is stopped, then the next starts with its silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """The recording of one sentence: `words_ms` of words between the silences of LEAD_IN_MS and TAIL_MS."""

    path: Path
    words_ms: int


def file_bytes(words_ms: int) -> int:
    """Size of the file of a clip with so many ms of words."""
    return HEADER_BYTES + (LEAD_IN_MS + words_ms + TAIL_MS) * BYTES_PER_MS


class ClipLibrary:
    """The clips of one voice, from the folder `directory`. Never raises: an unreadable clip counts as missing.

    The manifest is read when a clip is first needed. A clip whose file is missing or doesn't have the size that the
    manifest implies is left out and logged.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def clips(self, text: str) -> tuple[Clip, ...] | None:
        """The clips that say the text, sentence by sentence; None when one is missing or there is nothing to say."""
        found = [self._known.get(sentence) for sentence in sentences(text)]
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

    @property
    def silence(self) -> Path:
        """The file of silence; it may be missing."""
        return self._directory / SILENCE

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
        except (OSError, ValueError, KeyError, TypeError, AttributeError, msgspec.MsgspecError) as error:
            log.info("There are no recorded sentences in %s: %s", self._directory, error)
            return {}
        usable = {text: clip for text, clip in clips.items() if sizes.get(clip.path.name) == file_bytes(clip.words_ms)}
        if len(usable) < len(clips):
            damaged = sorted(clip.path.name for text, clip in clips.items() if text not in usable)
            log.info("These recorded sentences are missing or damaged: %s", ", ".join(damaged))
        return usable
