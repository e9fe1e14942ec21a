"""An ear at a socket in the file system, for Linux and macOS."""

import os
import socket
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from stretchplayer.desktop.ear import LONGEST_LINE, Listening

WAITING: Final = 64
"""How many may wait to be accepted; and how many are, before the rest of the program has its turn."""
REST_MS: Final = 1_000
"""After a connection could not be accepted, because there are no file descriptors left."""
_ONLY_OURS: Final = 0o600


class SocketCaller:
    """Implements `ear.Caller`."""

    def __init__(self, connection: socket.socket, listening: Listening) -> None:
        self._socket = connection
        self._listening = listening
        self._data = b""
        self._is_gone = False
        self._notifier = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_data)

    @property
    def line(self) -> bytes | None:
        """The first line."""
        line, end, _ = self._data.partition(b"\n")
        return line + end if end or len(line) > LONGEST_LINE else None

    @property
    def is_gone(self) -> bool:
        """Whether it is closed on the other side, or on this one."""
        return self._is_gone

    def _on_data(self) -> None:
        if self.take():
            self._listening.on_news()

    def take(self) -> bool:
        """Take in what has come, which may be nothing; whether there is news."""
        if self._is_gone:
            return False
        try:
            data = self._socket.recv(LONGEST_LINE + 1 - len(self._data))
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        self._data += data
        if not data:
            self._is_gone = True
        if self._is_gone or len(self._data) > LONGEST_LINE:
            self._notifier.setEnabled(False)  # else it would go off again and again
        return True

    def say(self, line: bytes) -> None:
        """Say this, which always fits into an empty socket."""
        with suppress(OSError):
            self._socket.send(line)

    def finish(self) -> None:
        """Close it. What was said is with the system by now."""
        self._is_gone = True
        self._notifier.setEnabled(False)
        self._socket.close()

    def drop(self) -> None:
        """Close it."""
        self.finish()


class SocketEar(QObject):
    """Implements `ear.Ear`."""

    def __init__(self, address: str, listening: Listening, parent: QObject) -> None:
        super().__init__(parent)
        self._address = address
        self._listening = listening
        self._socket: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None

    def listen(self) -> str:
        """Begin. Before anybody can connect, the socket is made this person's only."""
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.setblocking(False)
        try:
            with suppress(FileNotFoundError):
                os.unlink(self._address)  # noqa: PTH108 -- the address is a text
            listener.bind(self._address)
            os.chmod(self._address, _ONLY_OURS)  # noqa: PTH101 -- as above
            listener.listen(WAITING)
        except OSError as error:
            listener.close()
            return str(error)
        self._socket = listener
        self._notifier = QSocketNotifier(listener.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._accept)
        return ""

    def _accept(self) -> None:
        for _ in range(WAITING):
            if self._socket is None:
                return
            try:
                connection, _address = self._socket.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError:
                self._rest()
                return
            connection.setblocking(False)
            caller = SocketCaller(connection, self._listening)
            caller.take()  # most have said already what they want
            self._listening.on_caller(caller)

    def _rest(self) -> None:
        """Wait until others have closed theirs: whoever waits to be accepted would make it go off again and again."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            QTimer.singleShot(REST_MS, self._notifier, self._go_on)

    def _go_on(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(True)

    def close(self) -> None:
        """Accept no more."""
        if self._socket is None or self._notifier is None:
            return
        self._notifier.setEnabled(False)
        self._notifier = None
        self._socket.close()
        self._socket = None
        with suppress(OSError):
            os.unlink(self._address)  # noqa: PTH108 -- the address is a text
