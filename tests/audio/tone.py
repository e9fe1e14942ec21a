"""WAV files to choose from."""

import math
import wave
from array import array
from pathlib import Path


def write_tone(path: Path, length_ms: int, *, rate: int = 44_100, channels: int = 1, silence_ms: int = 0) -> Path:
    """Write a tone of 440 Hz after some silence, and return the path."""
    samples = array("h", bytes(2 * channels * (silence_ms * rate // 1000)))
    for place in range(length_ms * rate // 1000):
        samples.extend([round(9_000 * math.cos(2 * math.pi * 440 * place / rate))] * channels)
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path
