"""A sound output that keeps what it was asked to do."""

from collections.abc import Callable
from pathlib import Path

from stretchplayer.audio.output import Effect


class FakeEffect:
    """One sound of a device: whether it plays, how often it was begun, how loud it is."""

    def __init__(self, name: str, device: str) -> None:
        self.name = name
        self.device = device
        self.playing = False
        self.plays = 0
        self.volume = 1.0
        self.deleted = False
        self.broken = False

    def play(self) -> None:
        self.playing = True
        self.plays += 1

    def stop(self) -> None:
        self.playing = False

    def setVolume(self, volume: float, /) -> None:
        self.volume = volume

    def deleteLater(self) -> None:
        self.deleted = True


class FakeOutput:
    """Devices come and go with `plug`."""

    def __init__(self, device: str = "speakers") -> None:
        self.name = device
        self.loaded: list[FakeEffect] = []
        self._callbacks: list[Callable[[], None]] = []

    def device(self) -> str:
        return self.name

    def effect(self, path: Path) -> Effect:
        effect = FakeEffect(path.stem, self.name)
        self.loaded.append(effect)
        return effect

    def is_broken(self, effect: Effect) -> bool:
        return isinstance(effect, FakeEffect) and effect.broken

    def on_change(self, callback: Callable[[], None]) -> None:
        self._callbacks.append(callback)

    def plug(self, device: str) -> None:
        """Make another device the default one; an empty name takes the last one away."""
        self.name = device
        for callback in self._callbacks:
            callback()

    def live(self) -> dict[str, FakeEffect]:
        """The effects that were not deleted, by name."""
        return {effect.name: effect for effect in self.loaded if not effect.deleted}

    def playing(self) -> set[str]:
        """The names of what plays now."""
        return {effect.name for effect in self.loaded if effect.playing}
