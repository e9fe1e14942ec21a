"""Speaks with recorded clips."""

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from stretchplayer.audio import LEAD_IN_MS, STOP_AFTER_MS, gain
from stretchplayer.audio.chimes import NO_DEVICE, OUTPUT_LATENCY_MS, REST_AFTER_MS
from stretchplayer.audio.clips.library import Clip, ClipLibrary
from stretchplayer.audio.output import Effect, SoundOutput
from stretchplayer.i18n import _
from stretchplayer.ports import Timer
from stretchplayer.settings import SpeechSettings

FADE_STEPS: Final = 16
FADE_STEP_MS: Final = 5
LOAD_AT_ONCE: Final = 2
"""Clips loaded in one go, which takes 1 ms ..."""
LOAD_AGAIN_MS: Final = 10
"""... and the pause before the next ones, so that a key press in between is answered."""


class ClipVoice:
    """Plays the clips of a text's sentences, one after the other. Implements `ports.Speaker`.

    Clips have another format than the tones, so Qt opens another stream to the sound server for them, which a loop of
    silence keeps running too. `output` has to be the one that the tones use.
    """

    def __init__(self, library: ClipLibrary, output: SoundOutput, new_timer: Callable[[], Timer]) -> None:
        self._library = library
        self._output = output
        self._output.on_change(self._on_outputs_changed)
        self._gain = gain(SpeechSettings().volume)
        self._in_use = False
        self._device = ""
        self._silence: Effect | None = None
        self._effects: dict[Path, Effect] = {}
        self._prepared: tuple[Path, ...] = ()
        self._to_load: deque[Path] = deque()
        self._to_say: deque[Clip] = deque()
        self._saying: Effect | None = None
        self._fading: Effect | None = None
        self._fade_steps_left = 0
        self._tell: Callable[[str], None] | None = None
        self._next_clip = self._alarm(new_timer, self._say_next)
        self._next_fade = self._alarm(new_timer, self._fade)
        self._next_load = self._alarm(new_timer, self._load_some)
        self._rest = self._alarm(new_timer, self._give_up_output)

    @property
    def lead_ms(self) -> int:
        """From `say` to the first word: the silence in the clip and the output latency."""
        return LEAD_IN_MS + OUTPUT_LATENCY_MS

    def can_say(self, text: str) -> bool:
        return self._library.clips(text) is not None

    def prepare(self, texts: Sequence[str]) -> None:
        """Open the output and load the clips for the texts, a few at a time; other clips are released."""
        wanted = [path for text in texts for path in self._library.paths(text) or ()]
        self._prepared = tuple(dict.fromkeys(wanted))
        for path in self._effects.keys() - set(self._prepared):
            if self._effects[path] not in (self._saying, self._fading):
                _give_back(self._effects.pop(path))
        if self._prepared:
            self._use()
        if self._device:
            self._to_load = deque(self._prepared)
            self._next_load.arm(LOAD_AGAIN_MS)

    def say(self, text: str) -> None:
        self.hush()
        clips = self._library.clips(text)
        if clips is None or self._gain == 0:
            return
        if not self._use():
            self._report()
            return
        self._to_say.extend(clips)
        self._say_next()

    def hush(self) -> None:
        self._to_say.clear()
        self._next_clip.cancel()
        if self._saying is not None:
            self._end_fading()
            self._fading, self._saying = self._saying, None
            self._fade_steps_left = FADE_STEPS
            self._fade()

    def stop(self) -> None:
        self._to_say.clear()
        self._next_clip.cancel()
        self._end_saying()
        self._end_fading()

    def configure(self, speech: SpeechSettings) -> None:
        self._gain = gain(speech.volume)
        if self._saying is not None:
            self._saying.setVolume(self._gain)

    def on_problem(self, callback: Callable[[str], None]) -> None:
        self._tell = callback

    def close(self) -> None:
        """Close the output. The next text opens it again."""
        self._rest.cancel()
        self._give_up_output()

    # Saying

    def _say_next(self) -> None:
        """Stop the clip whose words have ended, and begin the next one."""
        self._end_saying()
        if not self._to_say or not self._may_load():
            return
        clip = self._to_say.popleft()
        effect = self._load(clip.path)
        if effect is self._fading:
            self._end_fading()
        effect.setVolume(self._gain)
        effect.play()
        self._saying = effect
        self._next_clip.arm(LEAD_IN_MS + clip.words_ms + STOP_AFTER_MS)

    def _end_saying(self) -> None:
        if self._saying is not None:
            self._saying.stop()
            self._saying = None

    def _fade(self) -> None:
        if self._fading is None:
            return
        self._fade_steps_left -= 1
        if self._fade_steps_left == 0:
            self._end_fading()
        else:
            self._fading.setVolume(self._gain * self._fade_steps_left / FADE_STEPS)
            self._next_fade.arm(FADE_STEP_MS)

    def _end_fading(self) -> None:
        self._next_fade.cancel()
        if self._fading is not None:
            self._fading.stop()
            self._fading = None

    # Loading

    def _use(self) -> bool:
        """Open the output and keep it open for a while; False when there is no device."""
        self._in_use = True
        self._rest.arm(REST_AFTER_MS)
        return self._open()

    def _give_up_output(self) -> None:
        self._in_use = False
        self._drop()

    def _open(self) -> bool:
        """Make sure that everything loaded is for the current device and usable; False when there is no device."""
        device = self._output.device()
        if device != self._device or (self._silence is not None and self._output.is_broken(self._silence)):
            self._drop()
            self._device = device
        if not device:
            return False
        if self._silence is None and self._library.silence.is_file():
            self._silence = self._output.effect(self._library.silence)
            self._silence.play()
            self._to_load = deque(self._prepared)
            self._next_load.arm(LOAD_AGAIN_MS)
        return True

    def _may_load(self) -> bool:
        """Whether the device is still the one in use; loading a clip without a device can crash the process."""
        return self._device != "" and self._output.device() == self._device

    def _load(self, path: Path) -> Effect:
        effect = self._effects.get(path)
        if effect is not None and self._output.is_broken(effect):
            _give_back(self._effects.pop(path))
            effect = None
        if effect is None:
            effect = self._effects[path] = self._output.effect(path)
        return effect

    def _load_some(self) -> None:
        """Load some more of what was prepared, unless the device has changed."""
        if not self._may_load():
            return
        for _number in range(min(LOAD_AT_ONCE, len(self._to_load))):
            self._load(self._to_load.popleft())
        if self._to_load:
            self._next_load.arm(LOAD_AGAIN_MS)

    def _drop(self) -> None:
        """Close the output: its stream, with its wake-ups, ends only when all effects are gone."""
        self.stop()
        self._next_load.cancel()
        self._to_load.clear()
        for effect in self._effects.values():
            _give_back(effect)
        self._effects.clear()
        if self._silence is not None:
            _give_back(self._silence)
            self._silence = None
        self._device = ""

    def _report(self) -> None:
        if self._tell is not None:
            tell, self._tell = self._tell, None
            tell(_(NO_DEVICE))

    def _on_outputs_changed(self) -> None:
        """Follow the default device. The current text is cut off; the next one plays on the new device."""
        if self._in_use and self._output.device() != self._device:
            self._open()

    @staticmethod
    def _alarm(new_timer: Callable[[], Timer], callback: Callable[[], None]) -> Timer:
        timer = new_timer()
        timer.connect(callback)
        return timer


def _give_back(effect: Effect) -> None:
    effect.stop()
    effect.deleteLater()
