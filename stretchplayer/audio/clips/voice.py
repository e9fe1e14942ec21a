"""Speaks with recorded clips."""

from collections import deque
from collections.abc import Callable, Sequence

from stretchplayer.audio import LEAD_IN_MS, STOP_AFTER_MS, gain
from stretchplayer.audio.chimes import OUTPUT_LATENCY_MS, REST_AFTER_MS
from stretchplayer.audio.clips.library import Clip, ClipLibrary
from stretchplayer.audio.output import Effect, LoadSound
from stretchplayer.i18n import primary
from stretchplayer.ports import Timer
from stretchplayer.settings import SpeechSettings


class ClipVoice:
    """Plays the clips of a text's sentences, one after the other. Implements `ports.Speaker`."""

    def __init__(
        self, library: ClipLibrary, load: LoadSound, new_timer: Callable[[], Timer], *, language: str = "en"
    ) -> None:
        self._library = library
        self._language = language
        self._is_understood = True
        self._load_sound = load
        self._gain = gain(SpeechSettings().volume)
        self._effects: dict[str, Effect] = {}
        self._to_say: deque[Clip] = deque()
        self._saying: Effect | None = None
        self._next_clip = new_timer()
        self._next_clip.connect(self._say_next)
        self._rest = new_timer()
        self._rest.connect(self._drop)

    @property
    def lead_ms(self) -> int:
        return LEAD_IN_MS + OUTPUT_LATENCY_MS

    def speak_in(self, language: str) -> None:
        """Be silent from now on unless the clips are in this language (BCP 47), whatever its region."""
        self._is_understood = primary(language) == primary(self._language)

    def can_say(self, text: str) -> bool:
        return self._is_understood and self._library.clips(text) is not None

    def prepare(self, texts: Sequence[str]) -> None:
        """Load the clips for the texts; other clips are released."""
        wanted = dict.fromkeys(path for text in texts for path in self._library.paths(text) or ())
        for path in self._effects.keys() - wanted.keys():
            if self._effects[path] is not self._saying:
                self._effects.pop(path).close()
        for path in wanted:
            self._load(path)

    def say(self, text: str) -> None:
        self.hush()
        clips = self._library.clips(text)
        if clips is None or self._gain == 0:
            return
        self._to_say.extend(clips)
        self._say_next()

    def hush(self) -> None:
        saying = self._end()
        if saying is not None:
            saying.fade()

    def stop(self) -> None:
        saying = self._end()
        if saying is not None:
            saying.stop()

    def configure(self, speech: SpeechSettings) -> None:
        self._gain = gain(speech.volume)
        for effect in self._effects.values():
            effect.set_volume(self._gain)

    def close(self) -> None:
        """Close the output. The next text opens it again."""
        self._rest.cancel()
        self._drop()

    def _say_next(self) -> None:
        """Begin the next clip; the one before has ended by itself."""
        self._saying = None
        if self._to_say:
            clip = self._to_say.popleft()
            length_ms = LEAD_IN_MS + clip.words_ms + STOP_AFTER_MS
            self._saying = self._load(clip.path)
            self._saying.play(length_ms)
            self._next_clip.arm(length_ms)

    def _end(self) -> Effect | None:
        """Say nothing more. What is being said, if anything."""
        self._to_say.clear()
        self._next_clip.cancel()
        saying, self._saying = self._saying, None
        return saying

    def _load(self, path: str) -> Effect:
        self._rest.arm(REST_AFTER_MS)
        if path not in self._effects:
            self._effects[path] = self._load_sound(path, self._gain)
        return self._effects[path]

    def _drop(self) -> None:
        self.stop()
        while self._effects:
            _path, effect = self._effects.popitem()
            effect.close()
