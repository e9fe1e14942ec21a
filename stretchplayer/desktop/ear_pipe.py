"""An ear at a named pipe, for Windows. On other systems it is a socket, but for those there is `ear_socket`."""

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from stretchplayer.desktop.ear import LONGEST_LINE, Listening


class PipeCaller:
    """Implements `ear.Caller`."""

    def __init__(self, pipe: QLocalSocket, listening: Listening) -> None:
        self._pipe = pipe
        self._listening = listening
        self._line: bytes | None = None
        pipe.setParent(None)  # left with its parent, some memory of each would never be given back
        pipe.setReadBufferSize(LONGEST_LINE + 1)
        pipe.readyRead.connect(listening.on_news)
        pipe.disconnected.connect(listening.on_news)

    @property
    def line(self) -> bytes | None:
        """The first line."""
        if self._line is None and (self._pipe.canReadLine() or self._pipe.bytesAvailable() > LONGEST_LINE):
            self._line = bytes(self._pipe.readLine(LONGEST_LINE + 2).data())
        return self._line

    @property
    def is_gone(self) -> bool:
        """Whether it is closed."""
        return self._pipe.state() is QLocalSocket.LocalSocketState.UnconnectedState

    def say(self, line: bytes) -> None:
        """Say this."""
        self._pipe.write(line)
        self._pipe.flush()

    def finish(self) -> None:
        """Close it, as soon as the last word is out."""
        self._pipe.disconnectFromServer()

    def drop(self) -> None:
        """Close it at once."""
        self._pipe.abort()


class PipeEar(QObject):
    """Implements `ear.Ear`."""

    def __init__(self, address: str, listening: Listening, parent: QObject) -> None:
        super().__init__(parent)
        self._address = address
        self._listening = listening
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)

    def listen(self) -> str:
        """Begin."""
        QLocalServer.removeServer(self._address)
        return "" if self._server.listen(self._address) else self._server.errorString()

    def _accept(self) -> None:
        while (pipe := self._server.nextPendingConnection()) is not None:
            self._listening.on_caller(PipeCaller(pipe, self._listening))

    def close(self) -> None:
        """Accept no more."""
        self._server.close()
