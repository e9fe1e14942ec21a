"""The tones of the cues."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from stretchplayer.audio import LEAD_IN_MS, STOP_AFTER_MS, gain
from stretchplayer.audio.output import Effect, LoadSound
from stretchplayer.audio.own_sounds import OwnSounds
from stretchplayer.i18n import N_, _
from stretchplayer.ports import Timer
from stretchplayer.routine.cues import TONE_MS, Cue, CueName
from stretchplayer.settings import SoundSettings

OUTPUT_LATENCY_MS: Final = 12
"""From `play` to the loudspeaker, beyond the lead-in: measured on PulseAudio with a null sink, as the median of 40."""
REST_AFTER_MS: Final = 300_000
"""The output is closed when there has been no cue for this long: longer than any gap between cues in a session."""
NO_FILES: Final = N_("The sound files are missing, so the session plays without sound; install Stretch Player again.")


class Chimes:
    """Plays the person's own sound or the one from the folder `sounds`, named after its cue.

    Implements `ports.CuePlayer`. `tell` gets a sentence for the person when the files are missing.
    """

    def __init__(
        self,
        sounds: Path,
        own: OwnSounds,
        load: LoadSound,
        timer: Timer,
        tell: Callable[[str], None] = lambda _problem: None,
    ) -> None:
        self._sounds = sounds
        self._own = own
        self._load = load
        self._tell = tell
        self._settings = SoundSettings()
        self._effects: dict[CueName, Effect] = {}
        self._lengths_ms: dict[CueName, int] = {}
        self._rest = timer
        timer.connect(self._drop)

    @property
    def lead_ms(self) -> int:
        return LEAD_IN_MS + OUTPUT_LATENCY_MS

    def warm(self) -> None:
        """Open the output, so that the next cue is on time; call it when a session is about to start."""
        self._rest.arm(REST_AFTER_MS)
        if self._effects:
            return
        paths = {name: self._sounds / f"{name}.wav" for name in TONE_MS}
        if all(path.is_file() for path in paths.values()):
            self._lengths_ms = {name: self._own.length_ms(name) or TONE_MS[name] for name in TONE_MS}
            paths |= {name: self._own.path(name) for name in self._own.names}
            self._effects = {name: self._load(str(path), self._gain(name)) for name, path in paths.items()}

    def reload(self) -> None:
        """Take account of another choice of the person's own sounds."""
        if self._effects:
            self._drop()
            self.warm()

    def play(self, cue: Cue) -> None:
        """Start the cue's tone `lead_ms` from now; does nothing when it has none or is turned off."""
        if cue.name not in TONE_MS or cue.name in self._settings.muted or self._gain(cue.name) == 0:
            if self._effects:
                self._rest.arm(REST_AFTER_MS)
            return
        self.warm()
        effect = self._effects.get(cue.name)
        if effect is None:
            self._tell(_(NO_FILES))
        else:
            effect.play(LEAD_IN_MS + self._lengths_ms[cue.name] + STOP_AFTER_MS)

    def silence(self) -> None:
        for effect in self._effects.values():
            effect.stop()

    def configure(self, sound: SoundSettings) -> None:
        self._settings = sound
        for name, effect in self._effects.items():
            effect.set_volume(self._gain(name))

    def close(self) -> None:
        """Close the output. The next cue opens it again."""
        self._rest.cancel()
        self._drop()

    def _gain(self, name: CueName) -> float:
        return gain(self._settings.volume_of(name))

    def _drop(self) -> None:
        effects, self._effects = self._effects, {}
        for effect in effects.values():
            effect.close()
