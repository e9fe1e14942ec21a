"""The ear of a running program: a local socket at which it is asked one thing at a time.

Only this person's programs get through to it, and none of them can do more than ask: one line a connection, a limited
time for it, a limited number at once. What comes from there never reaches the session but as a request.
"""

import logging
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from stretchplayer.domain.errors import DomainError
from stretchplayer.domain.remote import (
    MAX_LINE_BYTES,
    Answer,
    Reply,
    Request,
    decode_request,
    encode_answer,
    refused,
)
from stretchplayer.ports import Clock, Ticker

READ_WITHIN_MS: Final = 2_000
"""How long a connection may last, from its beginning, whatever comes in meanwhile."""
MOST_AT_ONCE: Final = 16
_NS_PER_MS: Final = 1_000_000

log = logging.getLogger(__name__)


class RemoteServer(QObject):
    """Listens at an address and lets `handle` answer. What `handle` raises is logged, and the asker told of it.

    Whoever makes one holds the instance lock: what is left of an earlier program at that address is removed.
    """

    def __init__(
        self,
        address: str,
        handle: Callable[[Request], Answer],
        *,
        clock: Clock,
        ticker: Ticker,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._address = address
        self._handle = handle
        self._clock = clock
        self._ticker = ticker
        ticker.connect(self._drop_late)
        self._open: dict[QLocalSocket, int] = {}
        """Whoever has yet to ask or to read the answer, the oldest first, and until when, in ns of the clock."""
        self._asked: set[QLocalSocket] = set()
        self._gone: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)

    def listen(self) -> bool:
        """Begin to listen; whether that worked. Without it a program does all it does but can't be asked."""
        QLocalServer.removeServer(self._address)
        listens = self._server.listen(self._address)
        if not listens:
            log.warning("can't be asked from outside: %s", self._server.errorString())
        return listens

    @property
    def connections(self) -> int:
        """How many are connected now."""
        return len(self._open)

    def close(self) -> None:
        """Hang up on everyone and listen no more; the socket is removed."""
        self._server.close()
        for caller in list(self._open):
            self._drop(caller)

    # Connections

    def _accept(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            while len(self._open) >= MOST_AT_ONCE:
                oldest = next(iter(self._open))
                self._say(oldest, Answer(reply=Reply.BUSY))
                self._drop(oldest)
            caller.setParent(None)  # left with its parent, some memory of each would never be given back
            caller.setReadBufferSize(MAX_LINE_BYTES + 1)
            self._open[caller] = self._clock.monotonic_ns() + READ_WITHIN_MS * _NS_PER_MS
            caller.readyRead.connect(self._read_all)
            caller.disconnected.connect(self._forget_gone)
            if len(self._open) == 1:
                self._ticker.arm(READ_WITHIN_MS)
            self._read(caller)
        self._forget_gone()

    def _read_all(self) -> None:
        """Look at everyone: they are few, and none of them has to be known by name."""
        for caller in list(self._open):
            self._read(caller)

    def _read(self, caller: QLocalSocket) -> None:
        if caller in self._asked or not (caller.canReadLine() or caller.bytesAvailable() > MAX_LINE_BYTES):
            return
        self._asked.add(caller)
        self._say(caller, self._answer_to(bytes(caller.readLine(MAX_LINE_BYTES + 2).data())))
        caller.disconnectFromServer()

    def _answer_to(self, line: bytes) -> Answer:
        try:
            return self._handle(decode_request(line))
        except DomainError as error:
            return refused(str(error))
        except Exception:  # a request must never end what the person is doing
            log.exception("a request failed")
            return refused("That failed; the program's log says why.")

    @staticmethod
    def _say(caller: QLocalSocket, answer: Answer) -> None:
        caller.write(encode_answer(answer))
        caller.flush()

    def _forget_gone(self) -> None:
        unconnected = QLocalSocket.LocalSocketState.UnconnectedState
        for caller in [each for each in self._open if each.state() is unconnected]:
            self._forget(caller)

    def _drop_late(self) -> None:
        now_ns = self._clock.monotonic_ns()
        for caller in [each for each, until_ns in self._open.items() if until_ns <= now_ns]:
            self._drop(caller)
        if self._open:
            left_ns = next(iter(self._open.values())) - now_ns
            self._ticker.arm(max(1, -(-left_ns // _NS_PER_MS)))

    def _drop(self, caller: QLocalSocket) -> None:
        caller.abort()
        self._forget(caller)

    def _forget(self, caller: QLocalSocket) -> None:
        if self._open.pop(caller, None) is None:
            return
        self._asked.discard(caller)
        # This may be in the middle of a signal of the caller's own, so it is let go when that is over.
        if not self._gone:
            QTimer.singleShot(0, self, self._gone.clear)
        self._gone.append(caller)
        if not self._open:
            self._ticker.cancel()
