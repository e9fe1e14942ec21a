"""Pausing other programs' music on Linux, and playing it again (MPRIS, see `mpris`)."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer

from stretchplayer.desktop.dbus.bus import (
    DBUS,
    PROPERTIES,
    Address,
    Body,
    Bus,
    changed_property,
    first,
    variant_value,
)
from stretchplayer.desktop.dbus.mpris import OWN_NAME, PATH, PLAYER, ROOT

CLOSING_MS: Final = 500
"""How long quitting may wait for the players to resume."""
PROXY: Final = f"{ROOT}.playerctld"
"""Not a player, but a proxy for the one that was used last."""

_Properties = dict[str, object]


class OtherPlayers:
    """Implements `ports.OtherMedia`. The bus is opened when players are first to be paused.

    A player that the person has started or stopped in the meantime is left alone. Players are known by their unique
    name on the bus, so one that was restarted counts as a new one.
    """

    def __init__(self, open_bus: Callable[[], Bus]) -> None:
        self._open_bus = open_bus
        self._is_quiet = False
        self._heard: set[str] = set()
        """Players whose changes are listened to."""
        self._asked: set[str] = set()
        """Players that have not answered the request to pause yet."""
        self._paused: set[str] = set()
        """Players that paused because of us."""
        self._underway = 0
        """Players that have not answered the request to resume yet."""
        self._closing: QEventLoop | None = None

    def pause_playing(self) -> None:
        if not self._is_quiet:
            self._is_quiet = True
            self._open_bus().call(DBUS, "ListNames", self._on_names)

    def resume(self) -> None:
        self._is_quiet = False
        while self._paused:
            self._look_again(self._paused.pop())

    def close(self) -> None:
        """Resume, and give the players a moment to answer."""
        self.resume()
        if self._underway or self._asked:
            self._closing = QEventLoop()
            QTimer.singleShot(CLOSING_MS, self._closing, self._closing.quit)
            self._closing.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            self._closing = None

    # Pausing

    def _on_names(self, body: Body | None) -> None:
        names = first(body)
        for name in names if isinstance(names, list) else []:
            if self._is_quiet and name.startswith(f"{ROOT}.") and not name.startswith((OWN_NAME, PROXY)):
                self._open_bus().call(DBUS, "GetNameOwner", self._on_owner, signature="s", body=(name,))

    def _on_owner(self, body: Body | None) -> None:
        if body:
            owner = str(body[0])
            self._ask_state(owner, partial(self._on_state, owner))

    def _on_state(self, owner: str, state: _Properties) -> None:
        # A player may have several names.
        is_new = owner not in self._asked and owner not in self._paused
        if self._is_quiet and is_new and state.get("PlaybackStatus") == "Playing" and state.get("CanPause") is True:
            self._asked.add(owner)
            if owner not in self._heard:
                self._heard.add(owner)
                at = Address(service=owner, path=PATH, interface=PROPERTIES)
                self._open_bus().subscribe(at, "PropertiesChanged", partial(self._on_properties, owner))
            self._order(owner, "Pause", partial(self._on_paused, owner))

    def _on_paused(self, owner: str, did: bool) -> None:
        self._asked.discard(owner)
        if did and self._is_quiet:
            self._paused.add(owner)
        elif did:
            self._look_again(owner)
        self._note_answer()

    def _on_properties(self, owner: str, body: Body) -> None:
        if changed_property(body, PLAYER, "PlaybackStatus") not in {None, "Paused"}:
            self._paused.discard(owner)

    # Resuming

    def _look_again(self, owner: str) -> None:
        self._underway += 1
        self._ask_state(owner, partial(self._on_looked, owner))

    def _on_looked(self, owner: str, state: _Properties) -> None:
        if state.get("PlaybackStatus") == "Paused":
            self._order(owner, "Play", self._on_played)
        else:
            self._on_played(did=False)

    def _on_played(self, did: bool) -> None:
        self._underway -= 1
        self._note_answer()

    def _note_answer(self) -> None:
        if self._closing is not None and not self._underway and not self._asked:
            self._closing.quit()

    # The bus

    def _ask_state(self, owner: str, answer: Callable[[_Properties], None]) -> None:
        def take(body: Body | None) -> None:
            found = first(body)
            properties = found.items() if isinstance(found, dict) else ()
            answer({name: variant_value(value) for name, value in properties})

        at = Address(service=owner, path=PATH, interface=PROPERTIES)
        self._open_bus().call(at, "GetAll", take, signature="s", body=(PLAYER,))

    def _order(self, owner: str, what: str, answer: Callable[[bool], None]) -> None:
        at = Address(service=owner, path=PATH, interface=PLAYER)
        self._open_bus().call(at, what, lambda body: answer(body is not None))
