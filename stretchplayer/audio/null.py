"""No sound: for playback faster than real time, and for quiet terminals."""

from stretchplayer.routine.cues import Cue
from stretchplayer.settings import SoundSettings


class NullCuePlayer:
    @property
    def lead_ms(self) -> int:
        return 0

    def play(self, cue: Cue) -> None:
        pass

    def silence(self) -> None:
        pass

    def configure(self, sound: SoundSettings) -> None:
        pass

    def close(self) -> None:
        pass
