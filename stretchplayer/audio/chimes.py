"""The tones of the cues."""

from pathlib import Path
from typing import Final

from stretchplayer.audio import LEAD_IN_MS, STOP_AFTER_MS, gain
from stretchplayer.audio.output import Effect, SoundOutput
from stretchplayer.i18n import N_, _
from stretchplayer.ports import TellProblem, Timer
from stretchplayer.routine.cues import TONE_MS, Cue, CueName
from stretchplayer.settings import SoundSettings

OUTPUT_LATENCY_MS: Final = 12
"""From `play` to the loudspeaker, beyond the lead-in: measured on PulseAudio with a null sink, as the median of 40."""
REST_AFTER_MS: Final = 300_000
"""The output is closed when there has been no cue for this long: longer than any gap between cues in a session."""
NO_FILES: Final = N_("The sound files are missing, so the session plays without sound; install Stretch Player again.")


class Chimes:
    """Plays the WAV file of a cue, named after it, from the folder `sounds`. Implements `ports.CuePlayer`."""

    def __init__(self, sounds: Path, output: SoundOutput, timer: Timer) -> None:
        self._sounds = sounds
        self._output = output
        self._settings = SoundSettings()
        self._effects: dict[CueName, Effect] = {}
        self._tell: TellProblem = lambda _problem: None
        self._rest = timer
        timer.connect(self._drop)

    @property
    def lead_ms(self) -> int:
        """From `play` to the onset of the tone: the silence in the file and the output latency."""
        return LEAD_IN_MS + OUTPUT_LATENCY_MS

    def warm(self) -> None:
        """Open the output, so that the next cue is on time; call it when a session is about to start."""
        self._rest.arm(REST_AFTER_MS)
        if self._effects:
            return
        paths = {name: self._sounds / f"{name}.wav" for name in TONE_MS}
        if all(path.is_file() for path in paths.values()):
            volume = gain(self._settings.volume)
            self._effects = {name: self._output.effect(path, volume) for name, path in paths.items()}

    def play(self, cue: Cue) -> None:
        """Start the cue's tone `lead_ms` from now; does nothing when it has none or is turned off."""
        if cue.name not in TONE_MS or cue.name in self._settings.muted or self._settings.volume == 0:
            if self._effects:
                self._rest.arm(REST_AFTER_MS)
            return
        self.warm()
        effect = self._effects.get(cue.name)
        if effect is None:
            self._tell(_(NO_FILES))
        else:
            effect.play(LEAD_IN_MS + TONE_MS[cue.name] + STOP_AFTER_MS)

    def silence(self) -> None:
        for effect in self._effects.values():
            effect.stop()

    def configure(self, sound: SoundSettings) -> None:
        """Apply the volume at once, and muted cues from the next one on."""
        self._settings = sound
        for effect in self._effects.values():
            effect.set_volume(gain(self._settings.volume))

    def on_problem(self, begun: TellProblem, over: TellProblem) -> None:
        self._tell = begun
        self._output.on_problem(begun, over)

    def close(self) -> None:
        """Close the output. The next cue opens it again."""
        self._rest.cancel()
        self._drop()

    def _drop(self) -> None:
        effects, self._effects = self._effects, {}
        for effect in effects.values():
            effect.close()
