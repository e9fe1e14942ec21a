"""What both front ends share: the session, its timeline and what is remembered."""

import logging
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler

from stretchplayer.audio.null import NullCuePlayer
from stretchplayer.audio.speech_time import speech_time
from stretchplayer.desktop.clock import SystemClock
from stretchplayer.desktop.other_players import NullOtherMedia, OtherPlayers
from stretchplayer.desktop.signals import EndSignals
from stretchplayer.desktop.stay_awake import ScreenKeeper
from stretchplayer.desktop.ticker import QtTicker
from stretchplayer.domain import phrases
from stretchplayer.domain.cues import TONE_MS, CueName
from stretchplayer.domain.launch import LaunchOptions
from stretchplayer.domain.preferences import Settings
from stretchplayer.domain.routine import DEFAULT_ROUTINE
from stretchplayer.domain.timeline import Timeline
from stretchplayer.domain.timeline_builder import build_timeline
from stretchplayer.player.quiet import Quiet
from stretchplayer.player.session import FRAME_MS, Session
from stretchplayer.player.statechart import State
from stretchplayer.player.tracing import Tracer
from stretchplayer.player.wakefulness import Wakefulness
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.poses import PoseFiles
from stretchplayer.storage.routines import RoutineFiles
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.storage.trace import TraceFile

if TYPE_CHECKING:
    from stretchplayer.app.sound import Sound
    from stretchplayer.audio.announcer import Announcer

LOUDEST_RATE: Final = 2.0
"""Above this rate sounds would run into one another, so there are none."""
EXPECTED_IN_A_BUNDLE: Final = "No QtMultimedia backends found"
"""Qt's warning that it can't play media files, which nobody asks it for: tones and recorded words need no backend."""
AFTER_LAST_WORD_MS: Final = 300
"""Before the program ends with a session, so that the loudspeaker has had the last word too."""


class Core:
    """Builds everything that is no front end, and shuts it down. StorageError when the routine can't be read."""

    def __init__(self, options: LaunchOptions, app: QCoreApplication, *, frame_ms: int = FRAME_MS) -> None:
        qInstallMessageHandler(_log_qt_message)
        self._app = app
        self.options = options
        self.store = SettingsFile(options.data_dir)
        self.settings = self.store.load()
        self.routines = RoutineFiles(options.data_dir)
        self.routine = self.routines.find(options.routine or DEFAULT_ROUTINE)
        self.poses = PoseFiles(options.data_dir)
        self.clock = SystemClock()
        self._clips = asset_dir("voice") / "en"
        self._speech_time = speech_time(self._clips, self.settings.speech)
        self.sound = self._make_sound()
        self.cues: Announcer | NullCuePlayer = self.sound.cues if self.sound else NullCuePlayer()
        self.session = Session(
            clock=self.clock,
            ticker=QtTicker(app),
            cues=self.cues,
            rate=options.rate,
            frame_ms=frame_ms,
            speech_ms=self._speech_ms,
            parent=app,
        )
        self._screen = ScreenKeeper()
        Wakefulness(self.session, self._screen, QtTicker(app))
        self._other_media = OtherPlayers(app) if sys.platform == "linux" else NullOtherMedia()
        self._quiet = Quiet(self.session, self._other_media)
        self._quiet.enabled = self.settings.pause_other_media
        self._trace = TraceFile(options.trace) if options.trace else None
        if self._trace is not None:
            Tracer(self.session, self.clock, self._trace)
        self._signals = EndSignals(self._end, app)

    def _make_sound(self) -> "Sound | None":
        if self.options.rate > LOUDEST_RATE:
            return None
        from stretchplayer.app.sound import Sound

        return Sound(self._app, self.settings)

    def _speech_ms(self, text: str) -> int:
        """The time of a text as the settings are now, which may have changed since the session was built."""
        return self._speech_time(text)

    def timeline(self) -> Timeline:
        """The routine as the settings are now."""
        return build_timeline(self.routine, self.settings.playing, self._speech_ms)

    def warm(self) -> None:
        """Get the sound ready for a session."""
        if self.sound is not None:
            self.sound.warm(self.timeline())

    def start(self) -> None:
        """Play the routine."""
        self.warm()
        self.session.start(self.timeline())

    def take_settings(self, settings: Settings) -> None:
        """Let other settings hold from now on, and keep them; StorageError when they can't be kept."""
        self.settings = settings
        self._quiet.enabled = settings.pause_other_media
        self._speech_time = speech_time(self._clips, settings.speech)
        if self.sound is not None:
            self.sound.configure(settings)
        self.store.save(settings)

    def end_with_session(self) -> None:
        """Let the program end with the session, when its last tone has sounded."""
        self.session.ended.connect(lambda _outcome: QTimer.singleShot(self._last_words_ms(), self._app.quit))

    def _last_words_ms(self) -> int:
        if self.sound is None or self.session.state is not State.FINISHED or self.session.held is None:
            return 0
        held = self.session.held
        words = phrases.done(held.holds_done, len(held.timeline.holds()))
        return TONE_MS[CueName.DONE] + self.cues.lead_ms + self._speech_ms(words) + AFTER_LAST_WORD_MS

    def _end(self) -> None:
        self.session.stop()
        self._app.quit()

    def close(self) -> None:
        """Shut down in reverse order."""
        self._signals.close()
        self.session.stop()
        if self._trace is not None:
            self._trace.close()
        self._screen.close()
        self._other_media.close()
        self.cues.close()
        qInstallMessageHandler(None)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    if message.startswith(EXPECTED_IN_A_BUNDLE):
        level = logging.INFO
    logging.getLogger("stretchplayer.qt").log(level, "%s: %s", context.category, message)
