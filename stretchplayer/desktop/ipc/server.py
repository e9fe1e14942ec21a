"""The local socket (on Windows the named pipe) on which a running program takes requests.

Only this user's programs can connect, and what they can do is limited: short lines, little time, few connections at
once. Nothing from there reaches the session except as a decoded request.
"""

import logging
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from stretchplayer.desktop.clock import SystemClock
from stretchplayer.desktop.ipc.address import no_safe_folder, socket_address
from stretchplayer.desktop.ipc.instance import Instance
from stretchplayer.desktop.ipc.protocol import (
    DONE,
    MAX_REQUEST_BYTES,
    Answer,
    Reply,
    Request,
    Verb,
    decode_request,
    encode_answer,
    refused,
)
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.errors import StretchPlayerError
from stretchplayer.player.stopwatch import NS_PER_MS
from stretchplayer.ports import Clock, Timer

READ_WITHIN_MS: Final = 2_000
"""How long a connection may last, whatever it sends."""
SILENT_WITHIN_MS: Final = 120_000
"""How long a session elsewhere counts without repeating that it is playing: it may be suspended with Ctrl+Z."""
MOST_AT_ONCE: Final = 16
CHECK_MS: Final = 60_000
"""How often it is checked that the server listens: Qt closes it without a word when a connection can't be taken."""
BACKLOG: Final = 1_000
"""How many may wait to be accepted, for instance while the program is suspended."""

log = logging.getLogger(__name__)


class RemoteServer(QObject):
    """Listens at an address and lets `handle` answer. What `handle` raises is logged and reported to the client.

    The caller holds the instance lock: whatever an earlier program left at that address is removed.
    """

    sessions_changed = Signal()
    session_ended = Signal()

    def __init__(
        self,
        address: str,
        handle: Callable[[Request], Answer],
        *,
        clock: Clock,
        timer: Timer,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._address = address
        self._handle = handle
        self._clock = clock
        self._timer = timer
        timer.connect(self._drop_late)
        self._open: dict[QLocalSocket, int] = {}
        """Connections, oldest first, and their deadlines in ns of the clock."""
        self._answered: set[QLocalSocket] = set()
        self._sessions: set[QLocalSocket] = set()
        self._gone: list[QLocalSocket] = []
        self._settling = QTimer(self, singleShot=True)
        self._settling.timeout.connect(self.sessions_changed)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setListenBacklogSize(BACKLOG)
        self._server.newConnection.connect(self._accept)
        self._check = QTimer(self, interval=CHECK_MS)
        self._check.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._check.timeout.connect(self._listen_again)

    def listen(self, *, settled_ms: int = 0) -> None:
        """Start listening. Where that isn't possible the program works but takes no requests.

        For `settled_ms` a session elsewhere may not have announced itself yet.
        """
        if settled_ms:
            self._settling.start(settled_ms)
        self._check.start()
        self._listen()

    def _listen(self) -> None:
        QLocalServer.removeServer(self._address)
        if not self._server.listen(self._address):
            log.warning("can't be asked from outside: %s", self._server.errorString())

    def _listen_again(self) -> None:
        if not self._server.isListening():
            log.warning("could not be asked from outside for up to a minute: %s", self._server.errorString())
            self._listen()

    @property
    def connections(self) -> int:
        return len(self._open)

    @property
    def has_sessions(self) -> bool:
        """Whether a session plays in another program; also True while that isn't known, just after the start."""
        return bool(self._sessions) or self._settling.isActive()

    def close(self) -> None:
        self._settling.stop()
        self._check.stop()
        self._server.close()
        for socket in list(self._open):
            self._drop(socket)

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._open) >= MOST_AT_ONCE:
                self._turn_away()
            socket.setParent(None)  # with its parent, it would leak some memory
            socket.setReadBufferSize(MAX_REQUEST_BYTES + 1)
            socket.readyRead.connect(self._look)
            socket.disconnected.connect(self._look)
            self._keep(socket, READ_WITHIN_MS)
        self._look()

    def _turn_away(self) -> None:
        """Make room for one more. Sessions go last: they would only reconnect."""
        oldest = next((socket for socket in self._open if socket not in self._sessions), next(iter(self._open)))
        self._say(oldest, Answer(reply=Reply.BUSY))
        self._drop(oldest)

    def _look(self) -> None:
        """Look at all connections: they are few, so it doesn't matter which one has news."""
        for socket in list(self._open):
            while socket not in self._answered and (line := _line_of(socket)):
                self._answer(socket, line)
        for socket in list(self._open):
            if socket.state() is QLocalSocket.LocalSocketState.UnconnectedState:
                self._drop(socket)

    def _answer(self, socket: QLocalSocket, line: bytes) -> None:
        try:
            request = decode_request(line)
            is_session = request.verb is Verb.SESSION_STARTED
            answer = DONE if is_session else self._handle(request)
        except StretchPlayerError as error:
            is_session, answer = False, refused(str(error))
        except Exception:  # a request must never end what the person is doing
            log.exception("a request failed")
            is_session, answer = False, refused("That failed; the program's log says why.")
        self._say(socket, answer)
        if socket not in self._open:
            return  # it disconnected without waiting for the answer
        if not is_session:
            self._answered.add(socket)
            socket.disconnectFromServer()
            return
        self._keep(socket, SILENT_WITHIN_MS)
        if socket not in self._sessions:
            self._sessions.add(socket)
            self.sessions_changed.emit()

    def _say(self, socket: QLocalSocket, answer: Answer) -> None:
        socket.write(encode_answer(answer))
        socket.flush()

    def _keep(self, socket: QLocalSocket, within_ms: int) -> None:
        self._open[socket] = self._clock.monotonic_ns() + within_ms * NS_PER_MS
        self._arm()

    def _arm(self) -> None:
        if self._open:
            left_ns = min(self._open.values()) - self._clock.monotonic_ns()
            self._timer.arm(max(1, -(-left_ns // NS_PER_MS)))
        else:
            self._timer.cancel()

    def _drop_late(self) -> None:
        for socket in list(self._open):
            socket.waitForReadyRead(0)  # what has arrived already is not late, however long we were busy
        now_ns = self._clock.monotonic_ns()
        for socket in [each for each, until_ns in self._open.items() if until_ns <= now_ns]:
            self._drop(socket)
        self._arm()

    def _drop(self, socket: QLocalSocket) -> None:
        if self._open.pop(socket, None) is None:
            return
        self._answered.discard(socket)
        had_session = socket in self._sessions
        self._sessions.discard(socket)
        socket.abort()
        # This may run inside one of the socket's own signals, so the socket is released afterwards.
        if not self._gone:
            QTimer.singleShot(0, self, self._gone.clear)
        self._gone.append(socket)
        self._arm()
        if had_session:
            self.session_ended.emit()
            self.sessions_changed.emit()


def serve(instance: Instance, handle: Callable[[Request], Answer], parent: QObject) -> RemoteServer | None:
    """Start listening and let `handle` answer; None beside another program, or where no folder is safe."""
    address = socket_address(instance.data_dir, make=True) if instance.alone else None
    if address is None:
        if instance.alone:
            log.warning("%s", no_safe_folder())
        return None
    server = RemoteServer(address, handle, clock=SystemClock(), timer=QtTimer(parent), parent=parent)
    server.listen(settled_ms=instance.settled_ms)
    return server


def _line_of(socket: QLocalSocket) -> bytes:
    """The next line, or enough of it to see that it is too long; empty when there is none yet."""
    if socket.canReadLine() or socket.bytesAvailable() > MAX_REQUEST_BYTES:
        return bytes(socket.readLine(MAX_REQUEST_BYTES + 2).data())
    return b""
