"""One program for one data directory: a second start hands over what it was asked for to the first.

Of two that start at the same moment one gets the lock; the other one waits until that one listens.
"""

import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from stretchplayer.desktop.clock import SystemClock
from stretchplayer.desktop.ipc.address import socket_address
from stretchplayer.desktop.ipc.client import ask, let_it_take_the_focus, no_answer
from stretchplayer.desktop.ipc.lock import WAITING_NAME, InstanceLock, Taking
from stretchplayer.desktop.ipc.protocol import Answer, Reply, Request
from stretchplayer.desktop.ipc.server import RemoteServer
from stretchplayer.desktop.timer import QtTimer
from stretchplayer.errors import DesktopError
from stretchplayer.i18n import _

WAIT_S: Final = 30.0
"""How long a program that has the lock may take until it listens."""
AGAIN_AFTER_S: Final = 0.2
SETTLED_MS: Final = 2_000
"""By then a session elsewhere has told of itself, which tries that every second."""

log = logging.getLogger(__name__)


class Instance:
    """Where this program stands: `alone` when it holds the lock and so can be asked from outside."""

    def __init__(self, lock: InstanceLock | None, data_dir: Path, *, settled_ms: int = SETTLED_MS) -> None:
        self._lock = lock
        self._data_dir = data_dir
        self._settled_ms = settled_ms
        self._server: RemoteServer | None = None
        self._settling: QTimer | None = None

    @property
    def alone(self) -> bool:
        """Whether no other program keeps its data in the same directory; only this one then reminds."""
        return self._lock is not None

    @property
    def has_sessions_elsewhere(self) -> bool:
        """Whether a session plays in another program, or could: for a moment after the start that isn't known."""
        if self._settling is not None and self._settling.isActive():
            return True
        return self._server is not None and self._server.has_sessions

    def serve(
        self, handle: Callable[[Request], Answer], parent: QObject, *, on_sessions: Callable[[], None] = lambda: None
    ) -> None:
        """Listen from now on and let `handle` answer; nothing happens beside another program, or when done before.

        `on_sessions` is called when `has_sessions_elsewhere` may have changed.
        """
        address = socket_address(self._data_dir, make=True) if self.alone and self._server is None else None
        if address is None:
            return
        self._server = RemoteServer(address, handle, clock=SystemClock(), timer=QtTimer(parent), parent=parent)
        self._server.sessions_changed.connect(on_sessions)
        self._server.listen()
        self._settling = QTimer(parent, singleShot=True, interval=self._settled_ms)
        self._settling.timeout.connect(on_sessions)
        self._settling.start()

    def close(self) -> None:
        """Listen no more, and let another program be the one."""
        if self._settling is not None:
            self._settling.stop()
            self._settling = None
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def take_place(data_dir: Path, request: Request, *, beside: bool = False, wait_s: float = WAIT_S) -> Instance | None:
    """Find this program's place; None when another one runs and has done what is requested.

    With `beside` this program doesn't ask the other one, and runs as well. DesktopError, with what the person has to
    do, when the other one refuses or doesn't answer.
    """
    lock = InstanceLock(data_dir)
    deadline = time.monotonic() + wait_s
    while (taking := lock.take()) is Taking.OTHERS and not beside:
        let_it_take_the_focus()
        answer = ask(socket_address(data_dir), request)
        if answer is not None:
            return _settle(answer, data_dir)
        if time.monotonic() > deadline:
            return _recover(lock, data_dir)
        time.sleep(AGAIN_AFTER_S)
    if taking is Taking.OTHERS:
        _tell(_("Stretch Player is already running: this session plays beside it, and commands go to the other one."))
    return Instance(lock if taking is Taking.OURS else None, data_dir)


def _settle(answer: Answer, data_dir: Path) -> Instance | None:
    if answer.reply is Reply.DONE:
        return None
    if answer.reply is Reply.NO_WINDOW:
        _tell(
            _("Stretch Player plays in a terminal already: this one opens beside it, and commands go to the other one.")
        )
        return Instance(None, data_dir)
    if answer.reply is Reply.ONLY_PLAYS:
        return _follow(data_dir)
    raise DesktopError(answer.problem or _("Stretch Player is already running and refused."))


def _follow(data_dir: Path) -> Instance | None:
    """Take the place of a program that ends with its session, when it does; None when another one waits for that."""
    queue = InstanceLock(data_dir, WAITING_NAME)
    if queue.take() is Taking.OTHERS:
        return None
    try:
        lock = InstanceLock(data_dir)
        return Instance(lock, data_dir) if lock.wait() else None
    finally:
        queue.release()


def _recover(lock: InstanceLock, data_dir: Path) -> Instance:
    if lock.recover():
        log.info("the lock was left behind by a program that is gone")
        return Instance(lock, data_dir)
    raise no_answer(lock.holder)


def _tell(sentence: str) -> None:
    if sys.stderr is not None:  # as in a program without a console
        sys.stderr.write(f"{sentence}\n")
