"""Pauses other programs' music during a session."""

from PySide6.QtCore import QObject

from stretchplayer.player.session import Session
from stretchplayer.player.state import ACTIVE_STATES, State
from stretchplayer.ports import OtherMedia


class MediaDucking(QObject):
    """Pauses other media when a session starts, if `enabled`, and resumes it when the session ends."""

    def __init__(self, session: Session, other_media: OtherMedia) -> None:
        super().__init__(session)
        self._other_media = other_media
        self._enabled = False
        self._has_paused = False
        self._is_active = False
        session.state_changed.connect(self._on_state)

    @property
    def enabled(self) -> bool:
        """Whether the next session pauses other media. Turning it off during a session resumes them at once."""
        return self._enabled

    @enabled.setter
    def enabled(self, enabled: bool) -> None:
        self._enabled = enabled
        if not enabled:
            self._resume()

    def _on_state(self, state: State) -> None:
        was_active, self._is_active = self._is_active, state in ACTIVE_STATES
        if not self._is_active:
            self._resume()
        elif self._enabled and not was_active:
            self._has_paused = True
            self._other_media.pause_playing()

    def _resume(self) -> None:
        if self._has_paused:
            self._has_paused = False
            self._other_media.resume()
