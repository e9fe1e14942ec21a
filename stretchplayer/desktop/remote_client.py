"""Asking the running program, without Qt: a command in the terminal and a second start are to be quick."""

import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from stretchplayer.errors import DesktopError

if TYPE_CHECKING:
    from stretchplayer.desktop.ipc.remote import Answer, Request

ANSWER_WITHIN_S: Final = 5.0
AGAIN_AFTER_S: Final = 0.02
NO_ANSWER: Final = "Stretch Player is running but doesn't answer; end it, or wait until it does."
_CHUNK: Final = 4096
_PIPE_BUSY: Final = 231

Exchange = Callable[[str, bytes, float], bytes | None]
"""Address, line and seconds left → the answer, or what came of it; None when nobody listens there.

BlockingIOError asks to try again, TimeoutError means that nothing came in time.
"""


def is_listening(address: str) -> bool:
    """Whether someone listens there: a quick look before all that an answer takes is loaded."""
    if sys.platform == "win32":
        return True  # to connect to a pipe is all it takes, and `ask` does that
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.setblocking(False)
    try:
        client.connect(address)
    except BlockingIOError:
        return True  # so many wait already that there is no room
    except OSError:
        return False
    else:
        return True
    finally:
        client.close()


def let_it_take_the_focus() -> None:
    """Pass on the leave to come to the front, which Windows gives to whom the person has just started."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


def ask(
    address: str, request: "Request", *, within_s: float = ANSWER_WITHIN_S, exchange: Exchange | None = None
) -> "Answer | None":
    """Return the running program's answer, None when none runs; DesktopError when it doesn't answer in time."""
    from stretchplayer.desktop.ipc.remote import Reply, decode_answer, encode_request
    from stretchplayer.errors import DomainError

    line = encode_request(request)
    speak = exchange or (_over_pipe if sys.platform == "win32" else _over_socket)
    deadline = time.monotonic() + within_s
    while (left_s := deadline - time.monotonic()) > 0:
        try:
            found = speak(address, line, left_s)
        except BlockingIOError:
            found = b""
        except TimeoutError:
            break
        if found is None:
            return None
        if found:
            try:
                answer = decode_answer(found)
            except DomainError as error:
                raise DesktopError(
                    "What is running answers like no Stretch Player of this version; end it and start it anew."
                ) from error
            if answer.reply is not Reply.BUSY:
                return answer
        # Nobody had the time, or the program ended; the next look tells which.
        time.sleep(AGAIN_AFTER_S)
    raise DesktopError(NO_ANSWER)


def _over_socket(address: str, line: bytes, within_s: float) -> bytes | None:
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    deadline = time.monotonic() + within_s
    client.settimeout(within_s)
    try:
        try:
            client.connect(address)
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        return _talk(client, line, deadline)
    finally:
        client.close()


def _talk(client: socket.socket, line: bytes, deadline: float) -> bytes:
    """Send the line and read one; empty when the other side closed before it said anything."""
    found = b""
    # A whole line always fits. Where it can't be sent, the other side has closed, and may have said why.
    with suppress(ConnectionError):
        client.send(line)
    while b"\n" not in found and len(found) <= _CHUNK:
        left_s = deadline - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        client.settimeout(left_s)
        try:
            chunk = client.recv(_CHUNK)
        except ConnectionError:
            break
        if not chunk:
            break
        found += chunk
    return found


def _over_pipe(address: str, line: bytes, within_s: float) -> bytes | None:
    """The same over a named pipe, whose reading can't be limited in time; so a thread does it, and may be left."""
    from threading import Thread

    outcome: list[bytes | OSError | None] = []

    def talk() -> None:
        try:
            with open(address, "r+b", buffering=0) as pipe:  # noqa: PTH123 -- no path
                pipe.write(line)
                outcome.append(pipe.readline(_CHUNK + 1))
        except FileNotFoundError:
            outcome.append(None)
        except OSError as error:
            outcome.append(error)

    thread = Thread(target=talk, name="remote", daemon=True)
    thread.start()
    thread.join(within_s)
    if not outcome:
        raise TimeoutError
    found = outcome[0]
    if isinstance(found, OSError):
        if getattr(found, "winerror", None) == _PIPE_BUSY:
            raise BlockingIOError from found
        return b""
    return found
