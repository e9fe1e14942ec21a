"""The ear of a running program: a local socket at which it is asked one thing at a time.

Only this person's programs get through to it, and none of them can do more than ask: one line a connection, a limited
time for it, a limited number at once. What comes from there never reaches the session but as a request.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from stretchplayer.desktop.ear import Caller, Ear, Listening, ear_for

if TYPE_CHECKING:  # what is asked and answered is loaded when somebody asks
    from stretchplayer.desktop.ipc.remote import Answer, Request
    from stretchplayer.ports import Clock, Timer

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
        handle: "Callable[[Request], Answer]",
        *,
        clock: "Clock",
        timer: "Timer",
        make_ear: Callable[[str, Listening, QObject], Ear] = ear_for,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handle = handle
        self._clock = clock
        self._timer = timer
        timer.connect(self._drop_late)
        self._open: dict[Caller, int] = {}
        """Whoever has yet to ask or to read the answer, the oldest first, and until when, in ns of the clock."""
        self._asked: set[Caller] = set()
        self._gone: list[Caller] = []
        listening = Listening(on_caller=self._take_in, on_news=self._on_news)
        self._ear = make_ear(address, listening, self)

    def listen(self) -> bool:
        """Begin to listen; whether that worked. Without it a program does all it does but can't be asked."""
        problem = self._ear.listen()
        if problem:
            log.warning("can't be asked from outside: %s", problem)
        return not problem

    @property
    def connections(self) -> int:
        """How many are connected now."""
        return len(self._open)

    def close(self) -> None:
        """Hang up on everyone and listen no more; the socket is removed."""
        self._ear.close()
        for caller in list(self._open):
            self._drop(caller)

    # Connections

    def _take_in(self, caller: Caller) -> None:
        while len(self._open) >= MOST_AT_ONCE:
            self._turn_away(next(iter(self._open)))
        self._open[caller] = self._clock.monotonic_ns() + READ_WITHIN_MS * _NS_PER_MS
        if len(self._open) == 1:
            self._timer.arm(READ_WITHIN_MS)
        self._on_news()

    def _on_news(self) -> None:
        """Look at everyone: they are few, and none of them has to be known by name."""
        for caller in list(self._open):
            self._read(caller)
        for caller in [each for each in self._open if each.is_gone]:
            self._drop(caller)

    def _turn_away(self, caller: Caller) -> None:
        from stretchplayer.desktop.ipc.remote import Answer, Reply, encode_answer

        caller.say(encode_answer(Answer(reply=Reply.BUSY)))
        self._drop(caller)

    def _read(self, caller: Caller) -> None:
        line = None if caller in self._asked else caller.line
        if line is None:
            return
        from stretchplayer.desktop.ipc.remote import encode_answer

        self._asked.add(caller)
        caller.say(encode_answer(self._answer_to(line)))
        caller.finish()

    def _answer_to(self, line: bytes) -> "Answer":
        from stretchplayer.desktop.ipc.remote import decode_request, refused
        from stretchplayer.errors import DomainError

        try:
            return self._handle(decode_request(line))
        except DomainError as error:
            return refused(str(error))
        except Exception:  # a request must never end what the person is doing
            log.exception("a request failed")
            return refused("That failed; the program's log says why.")

    def _drop_late(self) -> None:
        now_ns = self._clock.monotonic_ns()
        for caller in [each for each, until_ns in self._open.items() if until_ns <= now_ns]:
            self._drop(caller)
        if self._open:
            left_ns = next(iter(self._open.values())) - now_ns
            self._timer.arm(max(1, -(-left_ns // _NS_PER_MS)))

    def _drop(self, caller: Caller) -> None:
        caller.drop()
        self._forget(caller)

    def _forget(self, caller: Caller) -> None:
        if self._open.pop(caller, None) is None:
            return
        self._asked.discard(caller)
        # This may be in the middle of a signal of the caller's own, so it is let go when that is over.
        if not self._gone:
            QTimer.singleShot(0, self, self._gone.clear)
        self._gone.append(caller)
        if not self._open:
            self._timer.cancel()
