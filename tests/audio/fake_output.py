"""A sound output that keeps what it was asked to do."""

from pathlib import Path

from stretchplayer.audio.output import Effect


class FakeEffect(Effect):
    """One sound: whether it plays, how often it was begun and for how long, how loud it is."""

    def __init__(self, path: str, volume: float) -> None:
        self.path = path
        self.name = Path(path).stem
        self.playing = False
        self.lengths_ms: list[int] = []
        self.volume = volume
        self.faded = False
        self.closed = False

    def play(self, length_ms: int) -> None:
        self.playing = True
        self.faded = False
        self.lengths_ms.append(length_ms)

    def stop(self) -> None:
        self.playing = False

    def fade(self) -> None:
        self.playing = False
        self.faded = True

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def close(self) -> None:
        self.playing = False
        self.closed = True


class FakeOutput:
    """Its `effect` loads sounds that are heard by nobody."""

    def __init__(self) -> None:
        self.loaded: list[FakeEffect] = []

    def effect(self, path: str, volume: float) -> Effect:
        effect = FakeEffect(path, volume)
        self.loaded.append(effect)
        return effect

    def live(self) -> dict[str, FakeEffect]:
        """The effects that were not closed, by name."""
        return {effect.name: effect for effect in self.loaded if not effect.closed}

    def playing(self) -> set[str]:
        """The names of what plays now."""
        return {effect.name for effect in self.loaded if effect.playing}
