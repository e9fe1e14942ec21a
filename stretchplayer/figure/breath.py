"""The chest as it fills and empties, and the curve by which everything moves."""

from math import cos, pi
from typing import Final

BREATH_MS: Final = 10_000
BREATHING_IN: Final = 0.4
"""The part of a breath in which the chest fills."""


def ease(progress: float) -> float:
    """Ease in and out: 0 at 0, 1 at 1, with slope 0 at both."""
    return (1 - cos(pi * min(max(progress, 0.0), 1.0))) / 2


def breath_at(ms: float, breath_ms: int = BREATH_MS) -> float:
    """How full the chest is, 0 to 1, `ms` after the start of an in-breath."""
    into, full = ms % breath_ms, breath_ms * BREATHING_IN
    return ease(into / full) if into < full else 1 - ease((into - full) / (breath_ms - full))
