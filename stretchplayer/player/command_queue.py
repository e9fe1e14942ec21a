"""One thing after another: a command given while another one runs waits for its turn.

Without it, a slot that answers an event with a command would change the session while that event is still being told,
and later listeners would hear the events in the wrong order.
"""

from collections import deque
from collections.abc import Callable
from functools import partial, wraps
from typing import Protocol, TypeVar


class CommandQueue:
    """Runs actions at once or, asked for by an action that is still running, as soon as that one has ended."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._busy = False

    def run(self, action: Callable[[], None]) -> None:
        """Run the action when it is its turn. What it raises comes out of the call that is running it."""
        self._waiting.append(action)
        if self._busy:
            return
        self._busy = True
        try:
            while self._waiting:
                self._waiting.popleft()()
        finally:
            self._busy = False


class HasCommandQueue(Protocol):
    """What methods marked with `queued` belong to."""

    @property
    def queue(self) -> CommandQueue:
        """Where those methods wait."""


_Owner = TypeVar("_Owner", bound=HasCommandQueue)


def queued(method: Callable[[_Owner], None]) -> Callable[[_Owner], None]:
    """Let a method without arguments run in its turn."""

    # No *args here: Qt cuts a signal's arguments down to what a slot takes, and would then pass `clicked(bool)` on.
    @wraps(method)
    def wait_and_run(self: _Owner) -> None:
        self.queue.run(partial(method, self))

    return wait_and_run
