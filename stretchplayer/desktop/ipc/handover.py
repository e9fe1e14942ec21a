"""What a second start hands over to the running program, and when it takes its place.

Of two programs that start at the same moment one gets the lock; the other waits until that one listens.
"""

import logging
import sys
import time
from pathlib import Path
from typing import Final

from stretchplayer.desktop.ipc.address import no_safe_folder, socket_address
from stretchplayer.desktop.ipc.client import ask, let_it_take_the_focus, no_answer
from stretchplayer.desktop.ipc.instance import WAITING_NAME, Instance, InstanceLock, LockResult, claim_instance
from stretchplayer.desktop.ipc.protocol import Answer, Reply, Request
from stretchplayer.errors import DesktopError
from stretchplayer.i18n import _

WAIT_S: Final = 30.0
"""How long a program that has the lock may take to start listening."""
TAKE_PLACE_RETRY_S: Final = 0.2

log = logging.getLogger(__name__)


def claim_or_hand_over(
    data_dir: Path, request: Request, *, beside: bool = False, wait_s: float = WAIT_S
) -> Instance | None:
    """Find this program's place; None when another program is running and has handled the request.

    With `beside` this program runs too, without asking the other one. DesktopError when the other one refuses or
    doesn't answer.
    """
    deadline = time.monotonic() + wait_s
    while (instance := claim_instance(data_dir)) is None and not beside:
        let_it_take_the_focus()
        address = socket_address(data_dir)
        answer = ask(address, request)
        if answer is not None:
            return _settle(answer, data_dir)
        if address is None or time.monotonic() > deadline:
            return _recover(data_dir)
        time.sleep(TAKE_PLACE_RETRY_S)
    if instance is None:
        _tell(_("Stretch Player is already running: this session plays beside it, and commands go to the other one."))
    return instance or Instance(None, data_dir)


def _settle(answer: Answer, data_dir: Path) -> Instance | None:
    if answer.reply is Reply.DONE:
        return None
    if answer.reply is Reply.NO_WINDOW:
        _tell(_("Stretch Player is already playing in a terminal: this one opens beside it and takes no commands."))
        return Instance(None, data_dir)
    if answer.reply is Reply.ONLY_PLAYS:
        return _follow(data_dir)
    raise DesktopError(answer.problem or _("Stretch Player is already running and refused the request."))


def _follow(data_dir: Path) -> Instance | None:
    """Take the place of a program that ends with its session, when it does; None when another one waits for that."""
    queue = InstanceLock(data_dir, WAITING_NAME)
    if queue.take() is LockResult.OTHERS:
        return None
    try:
        lock = InstanceLock(data_dir)
        return Instance(lock, data_dir) if lock.wait() else None
    finally:
        queue.release()


def _recover(data_dir: Path) -> Instance:
    lock = InstanceLock(data_dir)
    if lock.recover():
        log.info("the lock was left behind by a program that is gone")
        return Instance(lock, data_dir)
    raise no_safe_folder() if socket_address(data_dir) is None else no_answer(lock.holder)


def _tell(sentence: str) -> None:
    if sys.stderr is not None:  # as in a program without a console
        sys.stderr.write(f"{sentence}\n")
