"""How media players are spoken to on Linux: MPRIS (https://specifications.freedesktop.org/mpris-spec/latest/).

Nothing here waits: answers come as calls of a callback, and what doesn't come within TIMEOUT_MS counts as an error.
PySide can't read maps out of messages, but Qt converts them for slots that name the type, hence those signatures.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusError, QDBusMessage, QDBusPendingCallWatcher

_log = logging.getLogger(__name__)

TIMEOUT_MS: Final = 2_000
PREFIX: Final = "org.mpris.MediaPlayer2."
OWN_NAME: Final = f"{PREFIX}stretchplayer"
PROXY: Final = f"{PREFIX}playerctld"
"""No player, but stands for the one that was used last."""
PATH: Final = "/org/mpris/MediaPlayer2"
PLAYER: Final = "org.mpris.MediaPlayer2.Player"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
DBUS: Final = "org.freedesktop.DBus"
DBUS_PATH: Final = "/org/freedesktop/DBus"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerState:
    """What a player does, and its unique name on the bus, which is never given again."""

    owner: str
    status: str
    can_pause: bool


class PlayerBus(Protocol):
    """What is asked of players and told by them."""

    def ask_names(self, answer: Callable[[list[str]], None]) -> None:
        """Find the names of the players there are, but for our own."""

    def ask_state(self, name: str, answer: Callable[[PlayerState | None], None]) -> None:
        """Ask a player, by any of its names, what it does."""

    def order(self, owner: str, what: str, answer: Callable[[bool], None]) -> None:
        """Tell a player to "Pause" or "Play"; the answer is whether it says that it did."""

    def on_status(self, callback: Callable[[str, str], None]) -> None:
        """Set what is called with owner and status when a player says by itself that its status has changed."""


def session_bus(parent: QObject | None = None) -> PlayerBus | None:
    """The players of this desktop; None when it has no session bus."""
    connection = QDBusConnection.sessionBus()
    return QtPlayerBus(connection, parent) if connection.isConnected() else None


class QtPlayerBus(QObject):
    """Players on a D-Bus connection."""

    def __init__(self, connection: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._tell: Callable[[str, str], None] | None = None

    def ask_names(self, answer: Callable[[list[str]], None]) -> None:
        """Find the names of the players there are, but for our own and the proxy; none when the bus doesn't answer."""

        def take(reply: QDBusMessage | None) -> None:
            names = reply.arguments()[0] if reply is not None else []
            answer([name for name in names if name.startswith(PREFIX) and not name.startswith((OWN_NAME, PROXY))])

        self._call(_message(DBUS, DBUS_PATH, DBUS, "ListNames"), take)

    def ask_state(self, name: str, answer: Callable[[PlayerState | None], None]) -> None:
        """Ask a player what it does; None when it doesn't answer or is gone."""

        def take_owner(reply: QDBusMessage | None) -> None:
            if reply is None:
                answer(None)
            else:
                self._ask_properties(str(reply.arguments()[0]), answer)

        self._call(_message(DBUS, DBUS_PATH, DBUS, "GetNameOwner", name), take_owner)

    def order(self, owner: str, what: str, answer: Callable[[bool], None]) -> None:
        """Tell a player to "Pause" or "Play"."""
        self._call(_message(owner, PATH, PLAYER, what), lambda reply: answer(reply is not None))

    def on_status(self, callback: Callable[[str, str], None]) -> None:
        """Set what is called when a player says that its status has changed."""
        if self._tell is None:
            slot = SLOT("on_properties(QString,QVariantMap,QStringList,QDBusMessage)")
            connect: Callable[..., bool] = self._connection.connect  # the same
            connect("", PATH, PROPERTIES, "PropertiesChanged", self, slot)
        self._tell = callback

    @Slot(str, "QVariantMap", "QStringList", "QDBusMessage")
    def on_properties(
        self, interface: str, changed: Mapping[str, object], _unknown: Sequence[str], message: QDBusMessage
    ) -> None:
        """Take a player's signal. Called by Qt."""
        status = changed.get("PlaybackStatus")
        if interface == PLAYER and isinstance(status, str) and self._tell is not None:
            self._tell(message.service(), status)

    def _ask_properties(self, owner: str, answer: Callable[[PlayerState | None], None]) -> None:
        receiver = _StateReceiver(owner, answer, self)
        taken, failed = SLOT("take(QVariantMap)"), SLOT("fail(QDBusError)")
        ask: Callable[..., bool] = self._connection.callWithCallback  # its stub asks for bytes, it for a str
        ask(_message(owner, PATH, PROPERTIES, "GetAll", PLAYER), receiver, taken, failed, TIMEOUT_MS)

    def _call(self, message: QDBusMessage, answer: Callable[[QDBusMessage | None], None]) -> None:
        watcher = QDBusPendingCallWatcher(self._connection.asyncCall(message, TIMEOUT_MS), self)

        def take(done: QDBusPendingCallWatcher) -> None:
            if done.isError():
                _log.info("%s of %s failed: %s", message.member(), message.service(), done.error().message())
            answer(None if done.isError() else done.reply())
            done.deleteLater()

        watcher.finished.connect(take)


class _StateReceiver(QObject):
    """Takes the answer to one question about a player's state. Qt calls it."""

    def __init__(self, owner: str, answer: Callable[[PlayerState | None], None], parent: QObject) -> None:
        super().__init__(parent)
        self._owner = owner
        self._answer = answer

    @Slot("QVariantMap")
    def take(self, properties: Mapping[str, object]) -> None:
        """Take the player's properties."""
        status, can_pause = str(properties.get("PlaybackStatus", "")), properties.get("CanPause") is True
        self._end(PlayerState(owner=self._owner, status=status, can_pause=can_pause))

    @Slot("QDBusError")
    def fail(self, error: QDBusError) -> None:
        """Take the news that there are none."""
        _log.info("a player did not tell its state: %s", error.message())
        self._end(None)

    def _end(self, state: PlayerState | None) -> None:
        self._answer(state)
        self.deleteLater()


def _message(service: str, path: str, interface: str, method: str, *arguments: str) -> QDBusMessage:
    message = QDBusMessage.createMethodCall(service, path, interface, method)
    message.setArguments(list(arguments))
    message.setAutoStartService(False)
    return message
