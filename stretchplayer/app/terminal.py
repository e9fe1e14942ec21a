"""Wires the session to the terminal."""

import logging
import sys
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from stretchplayer.app.garbage import collect_regularly
from stretchplayer.app.options import LaunchOptions
from stretchplayer.app.playback import LONGEST_LOOK_MS, Playback
from stretchplayer.app.reminders.slot_credit import SlotCredit, follow_session
from stretchplayer.app.remote import Remote, plays_already
from stretchplayer.desktop.ipc.instance import Instance
from stretchplayer.desktop.ipc.server import serve
from stretchplayer.desktop.terminal_keys import TerminalKeys
from stretchplayer.errors import DesktopError, StorageError
from stretchplayer.player.reminder_scheduler import ReminderScheduler
from stretchplayer.player.session import Session
from stretchplayer.player.state import Outcome
from stretchplayer.progress.history import SessionRecord
from stretchplayer.routine.resume import resume_point
from stretchplayer.ui.terminal.terminal_player import TerminalPlayer
from stretchplayer.ui.text import resume as unfinished

log = logging.getLogger(__name__)


class SessionStart(QObject):
    """Starts a session once it is known whether an unfinished one can be resumed, and the person has chosen.

    Before the first one it shows how to stay safe, if somebody is there to read it.
    """

    def __init__(self, playback: Playback, player: TerminalPlayer) -> None:
        super().__init__(playback.session)
        self._playback = playback
        self._player = player
        self._started = False
        playback.session.await_start()
        history = playback.open_history()
        history.problem_told.connect(player.tell)
        history.unfinished_found.connect(self._on_looked)
        QTimer.singleShot(LONGEST_LOOK_MS, self, lambda: self._on_looked(None))

    def _on_looked(self, record: SessionRecord | None) -> None:
        if self._started:
            return
        self._started = True
        # Without a person to answer, or in a rehearsal, it stays as it is.
        asks = self._playback.options.rate == 1 and sys.stdin is not None and sys.stdin.isatty()
        plan = self._playback.plan_of(record) if record is not None and asks else None
        if record is None or plan is None:
            options = self._playback.options
            if asks and not (self._playback.settings.safety_shown or options.exit_when_done or options.trace):
                self._playback.session.cancel_start()
                self._player.show_safety(self._playback.routine, self._start_knowingly)
            else:
                self._playback.start()
            return
        self._playback.session.cancel_start()
        place = resume_point(plan, record.phase)
        self._player.ask(unfinished.question(plan, place), unfinished.detail(record), self._on_answer)

    def _start_knowingly(self) -> None:
        """Start, and never show how to stay safe again."""
        _take_settings(self._playback, safety_shown=True)
        self._playback.start()

    def _on_answer(self, yes: bool) -> None:
        if yes:
            self._playback.resume_session()
        else:
            self._playback.open_history().close_unfinished()
            self._playback.start()


class _FrontEnd:
    """What the remote control finds: a session without a window, in a program that only plays."""

    has_window = False
    reminders: ReminderScheduler | None = None

    def __init__(self, playback: Playback, reminder_problem: str | None) -> None:
        self._playback = playback
        self.reminder_problem = reminder_problem

    @property
    def session(self) -> Session:
        return self._playback.session

    def routine_id(self) -> str:
        return self._playback.routine.id

    def raise_window(self, token: str | None) -> None:
        """There is none."""

    def start(self, routine: str | None, *, fullscreen: bool, token: str | None) -> None:
        raise DesktopError(plays_already())  # before it plays and after, there is no program to ask


def run_terminal(options: LaunchOptions, instance: Instance) -> int:
    app = QCoreApplication([sys.argv[0]])
    playback = Playback(options, app, frame_ms=TerminalPlayer.FRAME_MS)
    collect_regularly(playback.session)
    player = TerminalPlayer(playback.session)
    keys = TerminalKeys(player.on_key, app)
    keys.suspending.connect(playback.session.pause)
    keys.suspending.connect(player.leave_screen)
    keys.resumed.connect(player.return_to_screen)
    slot_credit = SlotCredit(options.data_dir, lambda: playback.settings, instance, player.tell)
    server = serve(instance, Remote(_FrontEnd(playback, instance.problem)).handle, app)
    try:
        for problem in filter(None, (*playback.store.problems, *playback.problems, instance.problem)):
            player.tell(problem)
        playback.tell_problems(player.tell, player.withdraw)
        playback.end_with_session()
        playback.session.ended.connect(partial(_count_guided_session, playback))
        follow_session(
            playback.session, slot_credit.note_started, slot_credit.note_finished, slot_credit.note_session_over
        )
        SessionStart(playback, player)
        playback.listen_to_system()
        return app.exec()
    finally:
        if server is not None:
            server.close()
        instance.close()
        player.close()
        keys.close()
        playback.close()
        slot_credit.close()


def _count_guided_session(playback: Playback, outcome: Outcome) -> None:
    if outcome is Outcome.FINISHED and playback.is_newcomer:
        _take_settings(playback, sessions_guided=playback.settings.sessions_guided + 1)


def _take_settings(playback: Playback, **changes: object) -> None:
    """Keep what the program remembers of the person."""
    try:
        playback.take_settings(replace(playback.settings, **changes))  # type: ignore[arg-type]  # fields of the settings
    except StorageError as error:
        log.warning("what the person has seen and done can't be saved: %s", error)
