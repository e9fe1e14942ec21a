"""Keeps the screen on during a session."""

from typing import Final

from PySide6.QtCore import QObject

from stretchplayer.player.session import Session
from stretchplayer.player.state import ACTIVE_STATES, State
from stretchplayer.ports import StayAwake, Timer

LONGEST_PAUSE_MS: Final = 5 * 60_000
"""After a pause this long the person has probably left, and the screen may turn off."""


class ScreenInhibitor(QObject):
    def __init__(self, session: Session, stay_awake: StayAwake, timer: Timer) -> None:
        super().__init__(session)
        self._stay_awake = stay_awake
        self._timer = timer
        timer.connect(stay_awake.release)
        session.state_changed.connect(self._on_state)

    def _on_state(self, state: State) -> None:
        self._timer.cancel()
        if state in {State.PAUSED, State.INTERRUPTED}:
            self._timer.arm(LONGEST_PAUSE_MS)
        elif state in ACTIVE_STATES:
            self._stay_awake.hold()
        else:
            self._stay_awake.release()
