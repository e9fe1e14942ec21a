"""Decodes compressed sounds."""

import wave
from pathlib import Path
from typing import Final

import miniaudio

RATE: Final = 44_100
"""Samples a second of every sound that is played, so that one stream to the sound server serves all."""
WAV: Final = ".wav"


def decode(path: Path) -> bytes:
    """The samples of an Ogg Vorbis, FLAC, MP3 or WAV file, 16 bit mono at RATE.

    OSError when it can't be read, ValueError when it can't be decoded.
    """
    try:
        sound = miniaudio.decode_file(str(path), nchannels=1, sample_rate=RATE)
    except miniaudio.MiniaudioError as error:
        raise ValueError(f"{path.name}: {error}") from error
    return bytes(sound.samples)


def write_wav(path: Path, samples: bytes) -> None:
    """Write samples that `decode` returned; the file is there whole or not at all."""
    part = path.with_suffix(".part")
    with wave.open(str(part), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples)
    part.replace(path)
