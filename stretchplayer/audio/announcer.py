"""Plays a cue: its tone, then its words; or nothing at all."""

from stretchplayer.i18n import _
from stretchplayer.ports import CuePlayer, Speaker, Timer
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import Cue
from stretchplayer.routine.timeline import Timeline
from stretchplayer.settings import SoundSettings, SpeechSettings


class Announcer:
    """Implements `ports.CuePlayer` with one player for the tones and a speaker for the words.

    Tones are passed on at once, whatever is being said. Words fade out when the next cue is handed over, early enough
    to overlap neither its tone nor its words.
    """

    def __init__(self, *, tones: CuePlayer, speaker: Speaker, timer: Timer) -> None:
        self._tones = tones
        self._speaker = speaker
        self._words: str | None = None
        self._timer = timer
        timer.connect(self._say_words)

    @property
    def lead_ms(self) -> int:
        return self._tones.lead_ms

    def prepare(self, timeline: Timeline) -> None:
        texts = [cue.say for cue in timeline.cues() if cue.say is not None]
        self._speaker.prepare(
            [*texts, _(phrases.PAUSED), _(phrases.RESUMING), _(phrases.INTERRUPTED), _(phrases.STOPPED)]
        )

    def play(self, cue: Cue) -> None:
        """Start the cue's tone `lead_ms` from now, and its words when the tone has ended, even a muted one."""
        self._tones.play(cue)
        self._forget_words()
        self._speaker.hush()
        if cue.say is None:
            return
        wait_ms = self._tones.lead_ms + cue.tone_ms - self._speaker.lead_ms
        if wait_ms > 0:
            self._words = cue.say
            self._timer.arm(wait_ms)
        else:
            self._speaker.say(cue.say)

    def silence(self) -> None:
        self._tones.silence()
        self._forget_words()
        self._speaker.stop()

    def configure(self, sound: SoundSettings) -> None:
        self._tones.configure(sound)

    def configure_speech(self, speech: SpeechSettings) -> None:
        self._speaker.configure(speech)

    def close(self) -> None:
        self._forget_words()
        self._speaker.close()
        self._tones.close()

    def _say_words(self) -> None:
        if self._words is not None:
            words, self._words = self._words, None
            self._speaker.say(words)

    def _forget_words(self) -> None:
        self._words = None
        self._timer.cancel()


class NullCuePlayer:
    """No sound: for playback faster than real time, and for quiet terminals."""

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
