"""Sound: the tones of the cues."""

from typing import Final

LEAD_IN_MS: Final = 200
"""The silence every sound file begins with: Bluetooth speakers swallow the first 200 ms of what they are sent."""
TAIL_MS: Final = 1_000
"""The silence every sound file ends with: a sound is stopped within it, before it would begin again."""
STOP_AFTER_MS: Final = 100
"""A sound is stopped this long after its tone or words have ended; the rest of its tail is for when we are late."""
