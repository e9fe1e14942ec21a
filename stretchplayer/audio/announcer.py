"""Plays a cue: its tone, then its words; or nothing at all."""

from stretchplayer.i18n import _
from stretchplayer.ports import CuePlayer, Speaker, Timer
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import Cue
from stretchplayer.routine.timeline import Timeline
from stretchplayer.settings import SoundSettings, SpeechMode, SpeechSettings


class Announcer:
    """Implements `ports.CuePlayer` with one player for the tones and two speakers for the words.

    Clips speak where there are any and the system's voice otherwise, as the person chose. Tones are passed on at once,
    whatever is being said. Words fade out when the next cue is handed over, early enough to overlap neither its tone
    nor its words.
    """

    def __init__(self, *, tones: CuePlayer, clips: Speaker, system: Speaker, timer: Timer) -> None:
        self._tones = tones
        self._clips = clips
        self._system = system
        self._speech = SpeechSettings()
        self._waiting: tuple[Speaker, str] | None = None
        """Who will say what when the tone has ended."""
        self._timer = timer
        timer.connect(self._say_waiting)

    @property
    def lead_ms(self) -> int:
        return self._tones.lead_ms

    def prepare(self, timeline: Timeline) -> None:
        texts = [cue.say for cue in timeline.cues() if cue.say is not None]
        texts += [_(phrases.PAUSED), _(phrases.RESUMING), _(phrases.INTERRUPTED), _(phrases.STOPPED)]
        for speaker in (self._clips, self._system):
            speaker.prepare([text for text in texts if self._speaker_of(text) is speaker])

    def play(self, cue: Cue) -> None:
        """Start the cue's tone `lead_ms` from now, and its words when the tone has ended, even a muted one."""
        self._tones.play(cue)
        self._forget_waiting()
        self._clips.hush()
        self._system.hush()
        speaker = None if cue.say is None else self._speaker_of(cue.say)
        if speaker is None or cue.say is None:
            return
        self._waiting = speaker, cue.say
        wait_ms = self._tones.lead_ms + cue.tone_ms - speaker.lead_ms
        if wait_ms > 0:
            self._timer.arm(wait_ms)
        else:
            self._say_waiting()

    def silence(self) -> None:
        self._tones.silence()
        self._stop_speaking()

    def configure(self, sound: SoundSettings) -> None:
        self._tones.configure(sound)

    def configure_speech(self, speech: SpeechSettings) -> None:
        """Apply the choice; a speaker that should no longer speak is stopped."""
        if speech.mode is not self._speech.mode:
            self._stop_speaking()
        self._speech = speech
        self._clips.configure(speech)
        self._system.configure(speech)

    def close(self) -> None:
        self._forget_waiting()
        self._clips.close()
        self._system.close()
        self._tones.close()

    def _speaker_of(self, text: str) -> Speaker | None:
        if self._speech.mode is SpeechMode.OFF:
            return None
        clips = self._speech.mode is SpeechMode.AUTOMATIC and self._clips.can_say(text)
        return self._clips if clips else self._system

    def _stop_speaking(self) -> None:
        self._forget_waiting()
        self._clips.stop()
        self._system.stop()

    def _say_waiting(self) -> None:
        if self._waiting is not None:
            (speaker, text), self._waiting = self._waiting, None
            speaker.say(text)

    def _forget_waiting(self) -> None:
        self._waiting = None
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
