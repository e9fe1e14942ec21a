"""Pausing other programs' music on Linux, and playing it again."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from stretchplayer.desktop.dbus.player_bus import PlayerBus, PlayerState, session_bus

CLOSING_MS: Final = 500
"""How long the program's end may wait for the players that are to play again."""


class OtherPlayers(QObject):
    """Implements `ports.OtherMedia`. QtDBus is loaded when players are first to be paused.

    What a person does to a player in the meantime counts: one that was played or stopped is left alone. Players are
    known by their unique name on the bus, so one that was ended and started again is another one.
    """

    _calmed = Signal()

    def __init__(
        self, parent: QObject | None = None, *, open_bus: Callable[[QObject], PlayerBus | None] = session_bus
    ) -> None:
        super().__init__(parent)
        self._open_bus = open_bus
        self._bus: PlayerBus | None = None
        self._is_quiet = False
        self._asked: set[str] = set()
        """Players that were told to pause and have not answered yet."""
        self._paused: set[str] = set()
        """Players that paused because of us."""
        self._underway = 0
        """Calls of `resume` that were not answered yet."""

    def pause_playing(self) -> None:
        """Pause every player that plays now, and remember it."""
        if self._is_quiet:
            return
        if self._bus is None:
            self._bus = self._open_bus(self)
            if self._bus is None:
                return
            self._bus.on_status(self._on_status)
        self._is_quiet = True
        self._bus.ask_names(self._on_names)

    def resume(self) -> None:
        """Let those players play again that paused because of us and that nobody has touched since."""
        self._is_quiet = False
        while self._paused:
            self._look_again(self._paused.pop())

    def close(self) -> None:
        """Resume, and give the players a moment to answer."""
        self.resume()
        if self._underway or self._asked:
            loop = QEventLoop()
            self._calmed.connect(loop.quit)
            QTimer.singleShot(CLOSING_MS, loop, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    # Pausing

    def _on_names(self, names: list[str]) -> None:
        for name in names:
            if self._is_quiet and self._bus is not None:
                self._bus.ask_state(name, self._on_state)

    def _on_state(self, state: PlayerState | None) -> None:
        if state is None or state.status != "Playing" or not state.can_pause or not self._is_quiet:
            return
        # A player may have several names.
        if self._bus is not None and state.owner not in self._asked and state.owner not in self._paused:
            self._asked.add(state.owner)
            self._bus.order(state.owner, "Pause", partial(self._on_paused, state.owner))

    def _on_paused(self, owner: str, did: bool) -> None:
        self._asked.discard(owner)
        if did and self._is_quiet:
            self._paused.add(owner)
        elif did:
            self._look_again(owner)
        self._note_calm()

    def _on_status(self, owner: str, status: str) -> None:
        if status != "Paused":
            self._paused.discard(owner)

    # Playing again

    def _look_again(self, owner: str) -> None:
        if self._bus is not None:
            self._underway += 1
            self._bus.ask_state(owner, self._on_looked)

    def _on_looked(self, state: PlayerState | None) -> None:
        if self._bus is not None and state is not None and state.status == "Paused":
            self._bus.order(state.owner, "Play", self._on_played)
        else:
            self._on_played(did=False)

    def _on_played(self, did: bool) -> None:
        self._underway -= 1
        self._note_calm()

    def _note_calm(self) -> None:
        if not self._underway and not self._asked:
            self._calmed.emit()


class NullOtherMedia:
    """For systems where players can't be told to pause."""

    def pause_playing(self) -> None:
        """Do nothing."""

    def resume(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""
