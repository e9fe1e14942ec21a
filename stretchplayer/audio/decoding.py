"""Decodes compressed sounds."""

import wave
from pathlib import Path
from typing import Final

from stretchplayer.routine.cues import TONE_RATE

RATE: Final = TONE_RATE
WAV: Final = ".wav"


def decode(path: Path, *, longest_s: float | None = None) -> bytes:
    """The samples of an Ogg Vorbis, FLAC, MP3 or WAV file, 16 bit mono at RATE.

    OSError when it can't be read, ValueError when it can't be decoded, OverflowError when it takes over `longest_s`.
    """
    import miniaudio  # noqa: PLC0415 -- slow to load

    try:
        if longest_s is not None and miniaudio.get_file_info(str(path)).duration > longest_s:
            raise OverflowError(path.name)
        return bytes(miniaudio.decode_file(str(path), nchannels=1, sample_rate=RATE).samples)
    except miniaudio.MiniaudioError as error:
        raise ValueError(f"{path.name}: {error}") from error


def write_wav(path: Path, samples: bytes) -> None:
    """Write samples like those that `decode` returns; the file is there whole or not at all."""
    part = path.with_suffix(".part")
    with wave.open(str(part), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples)
    part.replace(path)
