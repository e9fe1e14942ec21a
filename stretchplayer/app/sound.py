"""Puts together what is heard: tones, recorded words, and the system's voice for all other words."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from stretchplayer.audio.announcer import Announcer
from stretchplayer.audio.chimes import Chimes
from stretchplayer.audio.clips.library import ClipLibrary
from stretchplayer.audio.clips.voice import ClipVoice
from stretchplayer.audio.output import HelperOutput
from stretchplayer.audio.own_sounds import OwnSounds
from stretchplayer.audio.system_voice.voice import SystemVoice
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.figure.side import Side
from stretchplayer.i18n import language
from stretchplayer.routine import phrases
from stretchplayer.routine.cues import Cue, CueName
from stretchplayer.routine.timeline import Timeline
from stretchplayer.settings import Settings
from stretchplayer.storage.assets import SILENCE, asset_dir, voice_dir


class Sound(QObject):
    """Everything that is heard in a session at a listener's speed."""

    problem_begun = Signal(str)
    """Something can't be heard; a sentence for the person."""
    problem_over = Signal(str)

    def __init__(self, parent: QObject, settings: Settings, own_sounds: OwnSounds) -> None:
        super().__init__(parent)
        new_timer = partial(QtTimer, self)
        self.output = HelperOutput(asset_dir("sounds") / SILENCE, new_timer(), self)
        load = self.output.effect
        self.chimes = Chimes(asset_dir("sounds"), own_sounds, load, new_timer(), self.problem_begun.emit)
        self.system_voice = SystemVoice(new_timer, self)
        for source in (self.output, self.system_voice):
            source.problem_begun.connect(self.problem_begun)
            source.problem_over.connect(self.problem_over)
        recorded = voice_dir()
        self._clips = ClipVoice(ClipLibrary(recorded), load, new_timer, language=recorded.name.partition("-")[0])
        self.cues = Announcer(tones=self.chimes, clips=self._clips, system=self.system_voice, timer=new_timer())
        self.configure(settings)

    def configure(self, settings: Settings) -> None:
        self.cues.configure(settings.sound)
        self.cues.configure_speech(settings.speech)

    def warm(self, timeline: Timeline | None = None) -> None:
        """Get everything ready, for playing the timeline, so that the first cue is on time.

        A voice of the system's that gave up in an earlier session gets another chance.
        """
        self.chimes.warm()
        if timeline is not None:
            self.system_voice.try_again()
            self._speak_in(timeline.routine.language)
            self.cues.prepare(timeline)

    def try_tone(self, name: CueName) -> None:
        self.cues.play(Cue(at_ms=0, name=name))

    def try_voice(self) -> None:
        self.system_voice.try_again()
        self._speak_in(language())
        self.cues.play(Cue(at_ms=0, name=CueName.STEP, say=phrases.now_the(Side.LEFT, "leg")))

    def _speak_in(self, tag: str) -> None:
        for voice in (self._clips, self.system_voice):
            voice.speak_in(tag)
