"""Sound: tones, recorded words and the system's voice."""

from typing import Final

LEAD_IN_MS: Final = 200
"""The silence at the start of every sound file: Bluetooth speakers swallow the first 200 ms."""
TAIL_MS: Final = 1_000
"""The silence at the end of every sound file: a looping sound is stopped within it, before it starts again."""
STOP_AFTER_MS: Final = 100
"""A sound is stopped this long after its tone or words end; the rest of the tail is a margin."""


def gain(volume: int) -> float:
    """The factor for the samples at a volume of 0 to 100. Squaring makes half the volume sound about half as loud."""
    return (min(max(volume, 0), 100) / 100) ** 2
