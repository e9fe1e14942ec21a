"""Whether the person can be reminded now."""

from enum import StrEnum


class Presence(StrEnum):
    """What the desktop knows about the person. Unknown counts as FREE: better one reminder too many."""

    FREE = "free"
    AWAY = "away"
    """No input for a while, or the screen is locked."""
    BUSY = "busy"
    """Do not disturb is on, or another program fills the screen: a presentation, a film."""
    CALLING = "calling"
    """Another program records from a microphone or a camera, or shares the screen."""
    PLAYING = "playing"
