"""What the ear of a running program needs of a connection, and of what accepts connections.

There are two: sockets of POSIX systems, and the pipes of Windows. Only the latter need QtNetwork, which takes 3 MiB of
memory in a program that does nothing but wait.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import QObject

LONGEST_LINE: Final = 4096
"""Bytes, the line feed included: what `remote.MAX_LINE_BYTES` says, which is loaded when somebody asks."""


class Caller(Protocol):
    """Somebody who is connected. Nothing here waits, and nothing raises because the other side is gone."""

    @property
    def line(self) -> bytes | None:
        """The first line, when it is there, or as much of it as tells that it is too long."""

    @property
    def is_gone(self) -> bool:
        """Whether the other side has hung up."""

    def say(self, line: bytes) -> None:
        """Say this."""

    def finish(self) -> None:
        """Hang up; what was said arrives still. It is gone when that is done."""

    def drop(self) -> None:
        """Hang up at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Who is told: of each new caller, and when one of them has said something or is gone."""

    on_caller: Callable[[Caller], None]
    on_news: Callable[[], None]


class Ear(Protocol):
    """Accepts connections at an address."""

    def listen(self) -> str:
        """Begin; what was left at the address is removed. Returns why it can't be done, "" when it can."""

    def close(self) -> None:
        """Accept no more, and take away what others connect to. Who is connected stays so."""


def ear_for(address: str, listening: Listening, parent: QObject, system: str = sys.platform) -> Ear:
    """The ear of the system we run on."""
    if system == "win32":
        from stretchplayer.desktop.ear_pipe import PipeEar

        return PipeEar(address, listening, parent)
    from stretchplayer.desktop.ear_socket import SocketEar

    return SocketEar(address, listening, parent)
