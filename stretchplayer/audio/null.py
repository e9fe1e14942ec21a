"""No sound: for rehearsals faster than anyone could listen, and for terminals that are to stay quiet."""

from collections.abc import Callable

from stretchplayer.routine.cues import Cue
from stretchplayer.settings import SoundSettings


class NullCuePlayer:
    """Takes every cue and makes no sound."""

    @property
    def lead_ms(self) -> int:
        """Return 0: silence needs no preparing."""
        return 0

    def play(self, cue: Cue) -> None:
        """Do nothing."""

    def silence(self) -> None:
        """Do nothing."""

    def configure(self, sound: SoundSettings) -> None:
        """Do nothing."""

    def on_problem(self, callback: Callable[[str], None]) -> None:
        """Do nothing: silence can't fail."""

    def close(self) -> None:
        """Do nothing."""
