"""Speaks with clips where there are any and with the system's voice otherwise, as the person chose."""

from collections.abc import Sequence

from stretchplayer.audio.clips.library import ClipLibrary
from stretchplayer.ports import Speaker, Timer
from stretchplayer.settings import SpeechMode, SpeechSettings


class SpeakerRouter:
    """Implements `ports.Speaker` with two others, of which at most one speaks at a time."""

    def __init__(self, *, library: ClipLibrary, clips: Speaker, system: Speaker, timer: Timer) -> None:
        self._library = library
        self._clips = clips
        self._system = system
        self._speech = SpeechSettings()
        self._waiting: str | None = None
        self._timer = timer
        timer.connect(self._say_waiting)

    @property
    def lead_ms(self) -> int:
        return self._system.lead_ms if self._speech.mode is SpeechMode.SYSTEM else self._clips.lead_ms

    def can_say(self, text: str) -> bool:
        speaker = self._speaker_of(text)
        return speaker is not None and speaker.can_say(text)

    def prepare(self, texts: Sequence[str]) -> None:
        for speaker in (self._clips, self._system):
            speaker.prepare([text for text in texts if self._speaker_of(text) is speaker])

    def say(self, text: str) -> None:
        self.hush()
        speaker = self._speaker_of(text)
        if speaker is None:
            return
        early_ms = self.lead_ms - speaker.lead_ms
        if early_ms > 0:
            self._waiting = text
            self._timer.arm(early_ms)
        else:
            speaker.say(text)

    def hush(self) -> None:
        self._forget_waiting()
        self._clips.hush()
        self._system.hush()

    def stop(self) -> None:
        self._forget_waiting()
        self._clips.stop()
        self._system.stop()

    def configure(self, speech: SpeechSettings) -> None:
        """Apply the choice; a speaker that should no longer speak is stopped."""
        if speech.mode is not self._speech.mode:
            self.stop()
        self._speech = speech
        self._clips.configure(speech)
        self._system.configure(speech)

    def close(self) -> None:
        self._forget_waiting()
        self._clips.close()
        self._system.close()

    def _speaker_of(self, text: str) -> Speaker | None:
        if self._speech.mode is SpeechMode.OFF:
            return None
        clips = self._speech.mode is SpeechMode.AUTOMATIC and self._clips.can_say(text)
        return self._clips if clips else self._system

    def _say_waiting(self) -> None:
        text, self._waiting = self._waiting, None
        speaker = None if text is None else self._speaker_of(text)
        if speaker is not None and text is not None:
            speaker.say(text)

    def _forget_waiting(self) -> None:
        self._waiting = None
        self._timer.cancel()
