"""Sends requests to the running program, and tells it that a session is playing in this one."""

import ctypes
import sys
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalSocket

from stretchplayer.desktop.ipc.address import socket_address
from stretchplayer.desktop.ipc.protocol import (
    MAX_ANSWER_BYTES,
    Answer,
    Reply,
    Request,
    Verb,
    decode_answer,
    encode_request,
)
from stretchplayer.errors import DesktopError
from stretchplayer.i18n import _

PROGRAM_ANSWERS_S: Final = 5.0
"""How long the running program may take, in which it may be starting or saving."""
RETRY_S: Final = 0.02
SLICE_MS: Final = 20
"""Qt's blocking waits hold the GIL, so other threads and Ctrl+C get their turn only between them."""
REPEAT_MS: Final = 30_000
"""How often a session repeats that it is still playing."""
RECONNECT_MS: Final = 1_000
"""How soon to reconnect when no program was there, or it has quit."""
_NOBODY: Final = {
    QLocalSocket.LocalSocketError.ServerNotFoundError,
    QLocalSocket.LocalSocketError.ConnectionRefusedError,
}


def ask(address: str | None, request: Request, *, within_s: float = PROGRAM_ANSWERS_S) -> Answer | None:
    """Return the running program's answer, None when none runs; DesktopError when it doesn't answer in time.

    The address is what `socket_address` returns.
    """
    if address is None:
        return None
    line = encode_request(request)
    deadline = time.monotonic() + within_s
    while (left_s := deadline - time.monotonic()) > 0:
        socket = QLocalSocket()
        socket.connectToServer(address)
        if socket.waitForConnected(round(left_s * 1000)):
            found = _talk(socket, line, deadline)
        elif socket.error() in _NOBODY:
            return None
        else:
            found = b""
        socket.abort()
        if found:
            answer = _decoded(found)
            if answer.reply is not Reply.BUSY:
                return answer
        # It was busy or has quit; the next attempt tells which.
        time.sleep(RETRY_S)
    raise no_answer()


def no_answer(process: int | None = None) -> DesktopError:
    if process is None:
        return DesktopError(_("Stretch Player is running but doesn't answer; quit it, or wait until it does."))
    sentence = _("Stretch Player is running (process {process}) but doesn't answer; quit it, or wait until it does.")
    return DesktopError(sentence.format(process=process))


def let_it_take_the_focus() -> None:
    """Let the other program come to the front, which Windows allows only the program just started."""
    if sys.platform == "win32":
        ctypes.windll.user32.AllowSetForegroundWindow(-1)


def _talk(socket: QLocalSocket, line: bytes, deadline: float) -> bytes:
    """Send the line and read the answer; empty after a timeout."""
    socket.write(line)
    while not socket.canReadLine() and socket.bytesAvailable() <= MAX_ANSWER_BYTES:
        if time.monotonic() > deadline:
            return b""
        socket.waitForReadyRead(SLICE_MS)
        if socket.state() is QLocalSocket.LocalSocketState.UnconnectedState:
            break
    return bytes(socket.readLine(MAX_ANSWER_BYTES + 2).data())


def _decoded(line: bytes) -> Answer:
    try:
        return decode_answer(line)
    except DesktopError as error:
        sentence = _("Another version of Stretch Player is running; quit it and start it again.")
        raise DesktopError(sentence) from error


class SessionLink(QObject):
    """Tells the running program, by holding a connection open, that a session is playing in this one.

    The session ends with the connection, however this program ends. A program that is started later is told too.
    """

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data_dir = data_dir
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self.begin)
        self._socket.disconnected.connect(self._on_left)
        self._socket.readyRead.connect(self._socket.readAll)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.begin)

    def begin(self) -> None:
        state = self._socket.state()
        if state is QLocalSocket.LocalSocketState.ConnectedState:
            self._socket.write(encode_request(Request(verb=Verb.SESSION_STARTED)))
            self._timer.start(REPEAT_MS)
            return
        self._timer.start(RECONNECT_MS)
        address = socket_address(self._data_dir)
        if state is QLocalSocket.LocalSocketState.UnconnectedState and address is not None:
            self._socket.connectToServer(address)

    def end(self) -> None:
        self._timer.stop()
        self._socket.abort()

    def _on_left(self) -> None:
        if self._timer.isActive():
            self._timer.start(RECONNECT_MS)
