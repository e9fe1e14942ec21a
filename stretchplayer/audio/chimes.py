"""The tones of the cues."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from stretchplayer.audio import LEAD_IN_MS, STOP_AFTER_MS, gain
from stretchplayer.audio.output import Effect, QtSoundOutput, SoundOutput
from stretchplayer.i18n import N_, _
from stretchplayer.routine.cues import TONE_MS, Cue, CueName
from stretchplayer.settings import SoundSettings

OUTPUT_LATENCY_MS: Final = 12
"""From `play` to the loudspeaker, beyond the lead-in: measured on PulseAudio with a null sink, as the median of 40."""
RELOAD_AFTER_MS: Final = 50
"""From dropping dead sounds to loading them again: while the old ones exist, Qt reuses their dead output."""
REST_AFTER_MS: Final = 300_000
"""The output is closed when there has been no cue for this long: longer than any gap between cues in a session."""
SILENCE: Final = "warm"
"""The name of the sound file that holds nothing but silence."""
NO_DEVICE: Final = N_(
    "No sound device was found, so the session plays without sound; "
    "check your speakers, then start Stretch Player again."
)
NO_FILES: Final = N_("The sound files are missing, so the session plays without sound; install Stretch Player again.")


class Chimes(QObject):
    """Plays the WAV file of a cue, named after it, from the folder `sounds`.

    From the first cue until long after the last one a loop of silence keeps the output running. Without it Qt suspends
    the output after every sound, and whatever was still buffered is heard only when the next sound starts.
    """

    def __init__(self, sounds: Path, parent: QObject | None = None, *, output: SoundOutput | None = None) -> None:
        super().__init__(parent)
        self._sounds = sounds
        self._output: SoundOutput = QtSoundOutput(self) if output is None else output
        self._output.on_change(self._on_outputs_changed)
        self._settings = SoundSettings()
        self._device = ""
        self._effects: dict[CueName, Effect] = {}
        self._silence: Effect | None = None
        self._problem: str | None = None
        self._tell: Callable[[str], None] | None = None
        self._endings = {
            name: self._alarm(f"end of {name}", LEAD_IN_MS + tone_ms + STOP_AFTER_MS, partial(self._end, name))
            for name, tone_ms in TONE_MS.items()
        }
        self._reload = self._alarm("reload", RELOAD_AFTER_MS, self._build)
        self._rest = self._alarm("rest", REST_AFTER_MS, self._drop)

    @property
    def lead_ms(self) -> int:
        """From `play` to the onset of the tone: the silence in the file and the output latency."""
        return LEAD_IN_MS + OUTPUT_LATENCY_MS

    def warm(self) -> None:
        """Open the output, so that the next cue is on time; call it when a session is about to start.

        The first call loads QtMultimedia, which takes about 50 ms. It is silent and reports no problem.
        """
        self._rest.start()
        if not self._effects:
            if not self._reload.isActive():
                self._build()
        elif self._is_dead():
            self._drop()
            self._reload.start()

    def play(self, cue: Cue) -> None:
        """Start the cue's tone `lead_ms` from now; does nothing when it has none or is turned off."""
        if cue.name not in TONE_MS or cue.name in self._settings.muted or self._settings.volume == 0:
            if self._effects:
                self._rest.start()
            return
        self.warm()
        effect = self._effects.get(cue.name)
        if effect is None:
            self._report()
            return
        effect.stop()
        effect.play()
        self._endings[cue.name].start()

    def silence(self) -> None:
        for name in self._effects:
            self._end(name)

    def configure(self, sound: SoundSettings) -> None:
        """Apply the volume at once, and muted cues from the next one on."""
        self._settings = sound
        for effect in self._effects.values():
            effect.setVolume(gain(self._settings.volume))

    def on_problem(self, callback: Callable[[str], None]) -> None:
        self._tell = callback

    def close(self) -> None:
        """Close the output. The next cue opens it again."""
        self._rest.stop()
        self._drop()

    def _alarm(self, name: str, delay_ms: int, callback: Callable[[], None]) -> QTimer:
        alarm = QTimer(self, singleShot=True, interval=delay_ms)
        alarm.setObjectName(name)
        alarm.timeout.connect(callback)
        return alarm

    def _end(self, name: CueName) -> None:
        self._endings[name].stop()
        self._effects[name].stop()

    def _is_dead(self) -> bool:
        broken = self._silence is not None and self._output.is_broken(self._silence)
        return broken or self._output.device() != self._device

    def _build(self) -> None:
        """Load all sounds for the current device, and start the silence; does nothing when there is no device."""
        paths = {name: self._sounds / f"{name}.wav" for name in TONE_MS}
        silence = self._sounds / f"{SILENCE}.wav"
        if not all(path.is_file() for path in (silence, *paths.values())):
            self._problem = _(NO_FILES)
            return
        self._device = self._output.device()
        if not self._device:
            self._problem = _(NO_DEVICE)
            return
        self._problem = None
        self._silence = self._output.effect(silence)
        self._silence.play()
        for name, path in paths.items():
            self._effects[name] = self._output.effect(path)
            self._effects[name].setVolume(gain(self._settings.volume))

    def _drop(self) -> None:
        """Close the output: its stream, with its wake-ups, ends only when all effects are gone."""
        self._reload.stop()
        self.silence()
        effects = list(self._effects.values())
        if self._silence is not None:
            effects.append(self._silence)
        self._effects.clear()
        self._silence = None
        for effect in effects:
            effect.stop()
            effect.deleteLater()

    def _report(self) -> None:
        if self._problem is not None and self._tell is not None:
            tell, self._tell = self._tell, None
            tell(self._problem)

    def _on_outputs_changed(self) -> None:
        """Follow the default device. A tone that is playing is cut off; the next one plays on the new device."""
        if self._rest.isActive():
            self.warm()
