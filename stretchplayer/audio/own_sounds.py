"""The person's own tones, made into files like the shipped ones."""

import os
import wave
from array import array
from contextlib import suppress
from pathlib import Path
from typing import Final

from stretchplayer.audio import LEAD_IN_MS, TAIL_MS
from stretchplayer.audio.decoding import RATE, decode, write_wav
from stretchplayer.errors import SoundError
from stretchplayer.i18n import _
from stretchplayer.routine.cues import TONE_MS, CueName

SAMPLES_PER_MS: Final = RATE / 1000
MOST_BYTES: Final = 5_000_000
LONGEST_FILE_S: Final = 10
LONGEST_MS: Final = 2_000
"""What is longer is faded out ..."""
LONGEST_TICK_MS: Final = 900
"""... and earlier where the next tone comes after a second."""
FADE_MS: Final = 150
SILENT_SHARE: Final = 0.02
"""What is softer than this part of the loudest sample is no sound yet: the tone has to begin with its cue."""
SILENCE_LEVEL: Final = 100
PEAK: Final = 26_000
"""The loudest sample, like that of the loudest shipped tones."""


class OwnSounds:
    """Keeps them in the folder `directory`, each named after its cue."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    @property
    def names(self) -> frozenset[CueName]:
        return frozenset(name for name in TONE_MS if self.length_ms(name) is not None)

    def path(self, name: CueName) -> Path:
        return self._directory / f"{name}.wav"

    def length_ms(self, name: CueName) -> int | None:
        """How long the tone is between its silences; None when there is none, or it can't be read."""
        path = self.path(name)
        with suppress(OSError, EOFError, wave.Error):
            if path.is_file():
                with wave.open(str(path), "rb") as file:
                    return round(file.getnframes() * 1000 / file.getframerate()) - LEAD_IN_MS - TAIL_MS
        return None

    def take(self, name: CueName, source: Path) -> None:
        """Use a WAV, FLAC or Ogg Vorbis file for this tone; SoundError when that can't be."""
        longest_ms = LONGEST_TICK_MS if name is CueName.COUNTDOWN else LONGEST_MS
        tone = _shortened(_trimmed(_decoded(source), source), longest_ms)
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            write_wav(self.path(name), _silence(LEAD_IN_MS) + tone.tobytes() + _silence(TAIL_MS))
        except OSError as error:
            raise SoundError(
                _("The sound can't be kept ({error}): check the disk."), error=os.strerror(error.errno or 0)
            ) from error

    def remove(self, name: CueName) -> None:
        """Go back to the shipped tone; SoundError when that can't be."""
        try:
            self.path(name).unlink(missing_ok=True)
        except OSError as error:
            raise SoundError(
                _("The sound can't be removed ({error}): check the disk."), error=os.strerror(error.errno or 0)
            ) from error


def _decoded(source: Path) -> "array[int]":
    name = source.name[:60]
    try:
        if not source.is_file() or source.stat().st_size > MOST_BYTES:
            raise SoundError(_("{name} is larger than 5 MB or no file: choose a short sound."), name=name)
        return array("h", decode(source, longest_s=LONGEST_FILE_S))
    except OverflowError as error:
        raise SoundError(_("{name} is longer than 10 s: choose a short sound."), name=name) from error
    except (OSError, ValueError) as error:
        raise SoundError(_("{name} can't be read: choose a WAV, FLAC or Ogg Vorbis file."), name=name) from error


def _trimmed(samples: "array[int]", source: Path) -> "array[int]":
    """Without the silence before the sound, and as loud as a shipped tone."""
    loudest = max(map(abs, samples), default=0)
    if loudest < SILENCE_LEVEL:
        raise SoundError(_("There is no sound in {name}: choose another file."), name=source.name[:60])
    first = next(index for index, sample in enumerate(samples) if abs(sample) > SILENT_SHARE * loudest)
    return array("h", (round(sample * PEAK / loudest) for sample in samples[first:]))


def _shortened(samples: "array[int]", longest_ms: int) -> "array[int]":
    kept = samples[: round(longest_ms * SAMPLES_PER_MS)]
    fade = min(len(kept), round(FADE_MS * SAMPLES_PER_MS)) if len(kept) < len(samples) else 0
    for place in range(1, fade + 1):
        kept[-place] = round(kept[-place] * place / fade)
    return kept


def _silence(length_ms: int) -> bytes:
    return bytes(2 * round(length_ms * SAMPLES_PER_MS))
