"""Shows a session to media keys, headsets and phones, and carries out their commands."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal

from stretchplayer.player.session import Session
from stretchplayer.player.state import ACTIVE_STATES, PHASE_STATES, State
from stretchplayer.ports import MediaRemote
from stretchplayer.routine.now_playing import MediaCommand, NowPlaying, PlayingStatus
from stretchplayer.routine.timeline import Phase, Timeline

HALTED_STATES: Final = frozenset({State.PAUSED, State.INTERRUPTED, State.WAITING})


class MediaSession(QObject):
    """Updates the remote at every phase and state change, but not as time passes.

    Resuming already shows as playing, though the session first counts down; otherwise people would press again.
    """

    raise_requested = Signal()
    quit_requested = Signal()

    def __init__(self, session: Session, remote: MediaRemote, title: Callable[[Timeline, Phase], str]) -> None:
        super().__init__(session)
        self._session = session
        self._remote = remote
        self._title = title
        self._number = 0
        self._was_active = False
        remote.on_command(self._run_command)
        remote.ask_position(lambda: session.position_ms)
        # Every phase starts with a change of state, even if it is like the one before.
        session.state_changed.connect(self._on_state)
        self._on_state(session.state)

    def _on_state(self, state: State) -> None:
        session = self._session
        timeline, phase = session.timeline, session.phase
        if timeline is None or phase is None or state not in ACTIVE_STATES:
            self._was_active = False
            self._remote.clear()
            return
        if not self._was_active:
            self._was_active = True
            self._number += 1
        status = PlayingStatus.PAUSED if state in HALTED_STATES else PlayingStatus.PLAYING
        self._remote.show(
            NowPlaying(
                status=status,
                title=self._title(timeline, phase),
                routine=timeline.routine.title,
                number=self._number,
                length_ms=timeline.total_ms,
                rate=session.rate,
            )
        )
        if state in PHASE_STATES:
            self._remote.jumped()

    def _run_command(self, command: MediaCommand) -> None:
        session = self._session
        commands: dict[MediaCommand, Callable[[], None]] = {
            MediaCommand.TOGGLE: session.toggle,
            MediaCommand.PLAY: self._play,
            MediaCommand.PAUSE: session.pause,
            MediaCommand.NEXT: session.next,
            MediaCommand.BACK: session.back,
            MediaCommand.STOP: session.stop,
            MediaCommand.RAISE: self.raise_requested.emit,
            MediaCommand.QUIT: self.quit_requested.emit,
        }
        commands[command]()

    def _play(self) -> None:
        if self._session.state in HALTED_STATES:
            self._session.toggle()
