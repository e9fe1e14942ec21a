"""Checks of what the program is made of: the player."""

from typing import Final

from PySide6.QtCore import QEventLoop, QTimer

from stretchplayer.app.self_test.bench import Bench, CheckError
from stretchplayer.audio.announcer import NullCuePlayer
from stretchplayer.desktop.clock import SystemClock
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.i18n import _
from stretchplayer.player.session import Session
from stretchplayer.player.state import Outcome
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import DEFAULT_ROUTINE
from stretchplayer.routine.timeline_builder import build_timeline, estimate_speech_ms
from stretchplayer.storage.routines.routine_folder import RoutineFiles

FULL_RATE: Final = 1000.0
SESSION_WITHIN_MS: Final = 20_000


def check_session(bench: Bench) -> str:
    """The state machine plays the default routine at a high rate to its end, and all of it counts as held."""
    timeline = build_timeline(RoutineFiles(bench.data_dir).find(DEFAULT_ROUTINE), Preferences(), estimate_speech_ms)
    session = Session(
        clock=SystemClock(), timer=QtTimer(bench.keep), cues=NullCuePlayer(), rate=FULL_RATE, parent=bench.keep
    )
    outcomes: list[Outcome] = []
    session.ended.connect(outcomes.append)
    loop = QEventLoop()
    session.ended.connect(loop.quit)
    session.start(timeline)
    QTimer.singleShot(SESSION_WITHIN_MS, loop, loop.quit)
    loop.exec()
    if outcomes != [Outcome.FINISHED] or session.held is None:
        reached = outcomes or session.state
        session.stop()
        raise CheckError(_("a session did not finish: {outcomes}").format(outcomes=reached))
    held, planned = session.held.holds_done, len(timeline.holds())
    if held != planned:
        raise CheckError(_("only {held} of {planned} holds count as done").format(held=held, planned=planned))
    return _("{phases} phases played, {held} holds done").format(phases=len(timeline.phases), held=held)
