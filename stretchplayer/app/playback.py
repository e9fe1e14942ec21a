"""What both front ends share: the session, its timeline and what is remembered."""

import logging
from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, qInstallMessageHandler

from stretchplayer.app.faults import log_qt_messages
from stretchplayer.app.history import History
from stretchplayer.app.options import LaunchOptions
from stretchplayer.app.sound import Sound
from stretchplayer.audio.announcer import Announcer, NullCuePlayer
from stretchplayer.audio.own_sounds import OwnSounds
from stretchplayer.audio.speech_time import speech_time
from stretchplayer.desktop.clock import SystemClock
from stretchplayer.desktop.inhibit import ScreenKeeper
from stretchplayer.desktop.services import DesktopServices
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.desktop.unix_signals import EndSignals
from stretchplayer.errors import StorageError
from stretchplayer.player.media_ducking import MediaDucking
from stretchplayer.player.screen_inhibitor import ScreenInhibitor
from stretchplayer.player.session import FRAME_MS, Session, last_words
from stretchplayer.player.state import Outcome, State
from stretchplayer.player.tracing import Tracer
from stretchplayer.progress.history import SessionRecord
from stretchplayer.reminders.rules import slot_of
from stretchplayer.routine.cues import TONE_MS, CueName
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import MakeUp, make_up
from stretchplayer.routine.resume import resume_point, resumed_timeline, timeline_from
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Settings, SpeechMode
from stretchplayer.storage.assets import OWN_SOUNDS, asset_dir, voice_dir
from stretchplayer.storage.doses import dosed
from stretchplayer.storage.plan_snapshot import plan_from_text
from stretchplayer.storage.poses.pose_folder import PoseFiles
from stretchplayer.storage.reminders import ReminderFile
from stretchplayer.storage.routines.offered_routine import find_offered, offered_id
from stretchplayer.storage.routines.routine_folder import RoutineFiles
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.storage.trace import TraceFile

log = logging.getLogger(__name__)

LOUDEST_RATE: Final = 2.0
GUIDED_SESSIONS: Final = 3
"""The first sessions, which begin with a word of caution and wait between exercises."""
LONGEST_LOOK_MS: Final = 1_500
"""How long a session waits for the history, which may have an unfinished one."""
OPEN_HISTORY_MS: Final = 1_000
"""How long after the start of a session the history is opened, if it wasn't before."""
AFTER_LAST_WORD_MS: Final = 300
"""How long after the last word the program ends with a session, so that the loudspeaker has played it."""


class Playback:
    """Builds everything that is no front end, and shuts it down. StorageError when the routine can't be read."""

    def __init__(
        self,
        options: LaunchOptions,
        app: QCoreApplication,
        *,
        frame_ms: int = FRAME_MS,
        services: DesktopServices | None = None,
    ) -> None:
        log_qt_messages()
        self._app = app
        self._root = QObject(app)
        """Parent of all that is made here; the program may outlive it."""
        self.options = options
        self.store = SettingsFile(options.data_dir)
        self.settings = self.store.load()
        self.routines = RoutineFiles(options.data_dir)
        self.poses = PoseFiles(options.data_dir)
        self.clock = SystemClock()
        self.problems: list[str] = []
        """Sentences for the person about routines of theirs that can't be played."""
        self._offered_id = offered_id(options.data_dir, self.settings, self.clock.now())
        self.routine = self.routines.find(options.routine) if options.routine else self._find_offered()
        self._clips = voice_dir()
        self._speech_time = speech_time(self._clips, self.settings.speech)
        self.own_sounds = OwnSounds(options.data_dir / OWN_SOUNDS)
        # Above this rate sounds would run into one another.
        self.sound = None if options.rate > LOUDEST_RATE else Sound(self._root, self.settings, self.own_sounds)
        self.cues: Announcer | NullCuePlayer = self.sound.cues if self.sound else NullCuePlayer()
        self.session = Session(
            clock=self.clock,
            timer=QtTimer(self._root),
            cues=self.cues,
            rate=options.rate,
            frame_ms=frame_ms,
            speech_ms=self._speech_ms,
            find_make_up=self._find_make_up,
            parent=self._root,
        )
        self.screen = ScreenKeeper(self._root)
        ScreenInhibitor(self.session, self.screen, QtTimer(self._root))
        self.services = services or DesktopServices(self._root, icon=asset_dir("icons") / "app.svg")
        self._owns_services = services is None
        self._quiet = MediaDucking(self.session, self.services.other_players)
        self._quiet.enabled = self.settings.pause_other_media
        self._history: History | None = None
        self._open_soon = QTimer(self.session, singleShot=True, interval=OPEN_HISTORY_MS)
        self._open_soon.timeout.connect(self.open_history)
        self._trace = TraceFile(options.trace) if options.trace else None
        if self._trace is not None:
            # The trace tells nothing that isn't safely remembered yet.
            then, write = self.open_history().store.then, self._trace.write
            Tracer(self.session, self.clock, lambda event: then(partial(write, event)))
        self._signals = EndSignals(self.end, self._root)

    def tell_problems(self, tell: Callable[[str], None], withdraw: Callable[[str], None]) -> None:
        """Report that nothing can be heard or that the screen may go dark, and withdraw it once that is over."""
        for source in (self.screen,) if self.sound is None else (self.screen, self.sound):
            source.problem_begun.connect(tell)
            source.problem_over.connect(withdraw)

    def listen_to_system(self) -> None:
        self.services.events.going_to_sleep.connect(self.session.interrupt)
        self.services.events.locked.connect(self.session.interrupt)

    def _speech_ms(self, text: str) -> int:
        """The time of a text as the settings are now, which may have changed since the session was built."""
        return self._speech_time(text)

    def _find_make_up(self, timeline: Timeline, held: HeldTime, offered: frozenset[int]) -> MakeUp | None:
        return make_up(
            timeline,
            held,
            offered=offered,
            lead_in_ms=self.settings.playing.lead_in_s * 1000,
            tell_time_left=self.settings.playing.tell_time_left,
            speech_ms=self._speech_ms,
        )

    def _find_offered(self) -> Routine:
        return find_offered(self.routines, self._offered_id, self.problems.append)

    def choose(self, routine: str) -> None:
        """Offer this routine until a session ends, or another one is due; StorageError when it can't be read."""
        self.routine = self.routines.find(routine)

    def follow_slots(self, *, anew: bool = False) -> bool:
        """Offer the person's routine for the reminder that is due or comes next; whether it is another one than before.

        A routine that was chosen stays until then, except with `anew`.
        """
        offered = offered_id(self.options.data_dir, self.settings, self.clock.now())
        if offered == self._offered_id and not anew:
            return False
        before, self._offered_id = self.routine, offered
        self.routine = self._find_offered()
        return self.routine != before

    def timeline(self) -> Timeline:
        """The routine as it would be played now, at the person's own doses."""
        return self.dosed_timeline(self.routine)

    def dosed_timeline(self, routine: Routine) -> Timeline:
        """The same of any routine."""
        return self.timeline_of(dosed(self.options.data_dir, routine))

    def timeline_of(self, routine: Routine) -> Timeline:
        """What is handed over, without any doses."""
        return build_timeline(routine, self.settings.playing, self._speech_ms, newcomer=self.is_newcomer)

    def timeline_at(self, at: time) -> Timeline:
        """What is played for a reminder at that time of day."""
        routine = find_offered(self.routines, self.settings.routine_at(at), self.problems.append)
        return self.dosed_timeline(routine)

    @property
    def is_newcomer(self) -> bool:
        """Whether the next session is one of the first; those at another rate are only tried out."""
        return self.options.rate == 1 and self.settings.sessions_guided < GUIDED_SESSIONS

    def warm(self) -> None:
        if self.sound is not None:
            self.sound.warm(self.timeline())

    def start(self, exercise: int = 0) -> None:
        """Play the routine, from its first exercise or another one on; what comes before counts as not held."""
        timeline = self.timeline()
        if exercise:
            timeline = timeline_from(timeline, exercise, newcomer=self.is_newcomer, speech_ms=self._speech_ms)
        self._play(timeline, at=timeline.begin_of(exercise).index)

    def start_only(self, routine: Routine) -> None:
        """Play this part of a routine, at doses that it has already."""
        self._play(self.timeline_of(routine))

    def _play(self, timeline: Timeline, *, at: int = 0) -> None:
        if self.sound is not None:
            self.sound.warm(timeline)
        if self._history is None:
            self._open_soon.start()
        self.session.start(timeline, at=at)

    def open_history(self) -> History:
        """Start recording sessions, including one that is playing, unless that was done before; return the history."""
        if self._history is None:
            self._history = History(self.options.data_dir, self.session, self.clock, self._slot_of)
            self._history.open()
        return self._history

    def _slot_of(self, started: datetime, ended: datetime) -> str | None:
        """The key of a session's slot, where nothing here reminds: as the file of the reminders has it."""
        log = ReminderFile(self.options.data_dir).peek()
        slot = slot_of(log, self.settings.reminders, started=started, ended=ended)
        return slot.key if slot else None

    def plan_of(self, record: SessionRecord) -> Timeline | None:
        """The timeline of that session; None when it can't be read, which closes the session."""
        try:
            return plan_from_text(record.plan)
        except StorageError as error:
            log.info("%s", error)
            self.open_history().close_unfinished()
            return None

    def resume_session(self) -> None:
        history = self.open_history()
        record = history.unfinished
        plan = None if record is None else self.plan_of(record)
        if record is None or plan is None:
            return
        history.take_unfinished()
        place = resume_point(plan, record.phase)
        lead_in_ms = self.settings.playing.lead_in_s * 1000
        timeline = resumed_timeline(plan, place, lead_in_ms=lead_in_ms, speech_ms=self._speech_ms)
        if self.sound is not None:
            self.sound.warm(timeline)
        history.recorder.continue_session(record)
        held_ms = {hold.index: hold.held_ms for hold in record.holds}
        done = {run.index: run.done for run in record.repetitions}
        self.session.start(timeline, at=place.index, before=HeldTime(timeline, held_ms, done))

    def take_settings(self, settings: Settings) -> None:
        """Apply the settings and save them; StorageError when they can't be saved."""
        self.settings = settings
        self._quiet.enabled = settings.pause_other_media
        self._speech_time = speech_time(self._clips, settings.speech)
        if self.sound is not None:
            self.sound.configure(settings)
        self.store.save(settings)

    def end_with_session(self) -> None:
        """Quit when the session ends, after its last tone."""

        def end(_outcome: Outcome) -> None:
            QTimer.singleShot(self._last_words_ms(), self._root, lambda: self._app.exit(0))

        self.session.ended.connect(end)

    def _last_words_ms(self) -> int:
        held = self.session.held
        if self.sound is None or not self.sound.output.is_heard or held is None:
            return 0
        if self.session.state is not State.FINISHED:
            return 0
        words_ms = 0 if self.settings.speech.mode is SpeechMode.OFF else self._speech_ms(last_words(held))
        return TONE_MS[CueName.DONE] + self.cues.lead_ms + words_ms + AFTER_LAST_WORD_MS

    def end(self) -> None:
        """Quit without a question; the session can be resumed at the next start."""
        self._leave()
        self._app.exit(0)  # not `quit`, which closes the windows first: the program may go on when its window is closed

    def _leave(self) -> None:
        if self._history is not None:
            self._history.recorder.leaving = lambda: True
        self.session.stop()

    def close(self) -> None:
        self._signals.close()
        self._leave()
        self._open_soon.stop()
        if self._history is not None:
            self._history.close()
        if self._trace is not None:
            self._trace.close()
        self.services.other_players.close()
        if self._owns_services:
            self.services.close()
        self.screen.close()
        self.cues.close()
        qInstallMessageHandler(None)
        self._root.deleteLater()
