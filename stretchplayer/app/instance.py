"""One program for one data directory: a second start hands over what it was asked for to the first.

Nothing here loads Qt before it is known that this program is the one to run, and nothing that listens before its window
is there. Of two that start at the same moment one gets the lock; the other one waits until that one listens.
"""

import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stretchplayer.app.options import LaunchOptions
from stretchplayer.desktop.remote_address import remote_address
from stretchplayer.desktop.remote_client import AGAIN_AFTER_S, NO_ANSWER, ask, is_listening, let_it_take_the_focus
from stretchplayer.errors import DesktopError

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from stretchplayer.desktop.instance_lock import InstanceLock
    from stretchplayer.desktop.ipc.remote import Answer, Request
    from stretchplayer.desktop.single_instance import RemoteServer

TOKEN_VARIABLES: Final = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""Where a desktop leaves what lets a window take the focus: on Wayland the first, on X11 the second."""
BESIDE: Final = "Stretch Player is running already: this session plays beside it, and commands go to the other one."
WAIT_S: Final = 10.0
"""How long a program that has the lock may take until it listens."""

log = logging.getLogger(__name__)


class Instance:
    """Where this program stands: `alone` when it holds the lock and so can be asked from outside."""

    def __init__(self, lock: "InstanceLock | None", data_dir: Path) -> None:
        self._lock = lock
        self._data_dir = data_dir
        self._server: RemoteServer | None = None

    @property
    def alone(self) -> bool:
        """Whether no other program keeps its data in the same directory; only this one then reminds."""
        return self._lock is not None

    def serve(self, handle: "Callable[[Request], Answer]", parent: "QObject") -> None:
        """Listen from now on and let `handle` answer; nothing happens beside another program, or when done before."""
        address = remote_address(self._data_dir, make=True) if self.alone and self._server is None else None
        if address is None:
            return
        from stretchplayer.desktop.clock import SystemClock
        from stretchplayer.desktop.single_instance import RemoteServer
        from stretchplayer.desktop.timer import QtTimer

        self._server = RemoteServer(address, handle, clock=SystemClock(), timer=QtTimer(parent), parent=parent)
        self._server.listen()

    def close(self) -> None:
        """Listen no more, and let another program be the one."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def take_place(options: LaunchOptions, *, wait_s: float = WAIT_S) -> Instance | None:
    """Find this program's place; None when another one runs and has taken over what was asked for.

    A session with options that only make sense in a process of its own plays beside another program. DesktopError, with
    what the person has to do, when the other one refuses or doesn't answer.
    """
    beside = plays_by_itself(options)
    if not beside:
        answer = _hand_over(options)
        if answer is not None:
            return _settle(answer, options)
    from stretchplayer.desktop.instance_lock import Taking, instance_lock

    lock = instance_lock(options.data_dir)
    deadline = time.monotonic() + wait_s
    while (taking := lock.take()) is Taking.OTHERS and not beside:
        answer = _hand_over(options)
        if answer is not None:
            return _settle(answer, options)
        if time.monotonic() > deadline:
            return _recover(lock, options)
        time.sleep(AGAIN_AFTER_S)
    if taking is Taking.OTHERS:
        _tell(BESIDE)
    return Instance(lock if taking is Taking.OURS else None, options.data_dir)


def plays_by_itself(options: LaunchOptions) -> bool:
    """Whether the session needs a process of its own: its end, its record, its speed or its place are special."""
    return options.terminal or options.exit_when_done or options.trace is not None or options.rate != 1


def _hand_over(options: LaunchOptions) -> "Answer | None":
    address = remote_address(options.data_dir)
    if address is None or not is_listening(address):
        return None
    let_it_take_the_focus()
    return ask(address, request_for(options))


def request_for(options: LaunchOptions) -> "Request":
    """What a program started with these options asks of the one that runs."""
    from stretchplayer.desktop.ipc.remote import MAX_TOKEN, Request, Verb

    token = next((found for name in TOKEN_VARIABLES if (found := os.environ.get(name))), None)
    if token is not None and not (token.isascii() and token.isprintable() and len(token) <= MAX_TOKEN):
        token = None
    if options.start:
        from stretchplayer.storage.routines.routine_folder import names_a_file

        routine = options.routine
        if routine is not None and names_a_file(routine):
            routine = str(Path(routine).absolute())
        return Request(verb=Verb.START, routine=routine, fullscreen=options.fullscreen, token=token)
    if options.background:
        return Request(verb=Verb.REMIND)
    return Request(verb=Verb.RAISE, token=token)


def _settle(answer: "Answer", options: LaunchOptions) -> Instance | None:
    from stretchplayer.desktop.ipc.remote import Reply

    if answer.reply is Reply.DONE:
        return None
    if answer.reply is Reply.NO_WINDOW:
        _tell("Stretch Player plays in a terminal already: this one opens beside it, and commands go to the other one.")
        return Instance(None, options.data_dir)
    if answer.reply is Reply.ONLY_PLAYS:
        return _follow(options)
    raise DesktopError(answer.problem or "Stretch Player is running already and refused.")


def _follow(options: LaunchOptions) -> Instance | None:
    """Take the place of a program that ends with its session, when it does; None when another one waits for that."""
    from stretchplayer.desktop.instance_lock import WAITING_NAME, Taking, instance_lock

    queue = instance_lock(options.data_dir, WAITING_NAME)
    if queue.take() is Taking.OTHERS:
        return None
    try:
        lock = instance_lock(options.data_dir)
        return Instance(lock, options.data_dir) if lock.wait() else None
    finally:
        queue.release()


def _recover(lock: "InstanceLock", options: LaunchOptions) -> Instance:
    if lock.recover():
        log.info("the lock was left behind by a program that is gone")
        return Instance(lock, options.data_dir)
    process = f" (process {lock.holder})" if lock.holder else ""
    raise DesktopError(NO_ANSWER.replace(" is running", f" is running{process}", 1))


def _tell(sentence: str) -> None:
    if sys.stderr is not None:  # as in a program without a console
        sys.stderr.write(f"{sentence}\n")
