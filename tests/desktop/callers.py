"""Who asks a running program: real sockets, and an event loop that runs while they are waited for."""

import socket
import threading
from collections.abc import Callable
from typing import Self, TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QTimer

from tests.patience import PATIENCE_MS
from tests.posix import unix_socket

_Result = TypeVar("_Result")


class Caller:
    """A connection that does what it is told, however wrong."""

    def __init__(self, address: str) -> None:
        self._socket = unix_socket()
        self._socket.setblocking(False)
        while True:
            try:
                self._socket.connect(address)
            except BlockingIOError:
                spin()  # so many wait already that there is no room
            else:
                return

    def __enter__(self) -> Self:
        """It is connected already."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Hang up."""
        self.close()

    @property
    def number(self) -> int:
        """The file descriptor."""
        return self._socket.fileno()

    def send(self, data: bytes) -> None:
        """Send as much as goes."""
        self._socket.send(data)

    def end(self) -> None:
        """Say that nothing more comes."""
        self._socket.shutdown(socket.SHUT_WR)

    def hear(self) -> bytes:
        """All that comes until the other side hangs up."""
        heard = b""

        def look() -> bool:
            nonlocal heard
            try:
                data = self._socket.recv(65536)
            except BlockingIOError:
                return False
            except ConnectionError:
                return True
            heard += data
            return not data

        spin_until(look)
        return heard

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


def spin() -> None:
    """Let the event loop do what is due."""
    QCoreApplication.processEvents()


def spin_until(condition: Callable[[], bool]) -> None:
    """Run the event loop until the condition holds; AssertionError when it doesn't for long."""
    ticking, limit = QTimer(), QDeadlineTimer(PATIENCE_MS)
    ticking.start(1)
    while not condition():
        assert not limit.hasExpired(), "it did not come about"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def while_spinning(act: Callable[[], _Result]) -> _Result:
    """Do something that blocks in a thread while the event loop runs; what it returns or raises comes out here."""
    results: list[_Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(act())
        except BaseException as error:  # noqa: BLE001 -- it is raised again, in the thread of the test
            errors.append(error)

    thread = threading.Thread(target=run, name="caller")
    thread.start()
    spin_until(lambda: not thread.is_alive())
    thread.join()
    if errors:
        raise errors[0]
    return results[0]
