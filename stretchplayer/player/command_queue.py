"""Runs commands one after another; a command issued while another one runs is queued.

Without it, a slot that answers an event with a command would change the session while that event is still being
emitted, and later listeners would get the events in the wrong order.
"""

from collections import deque
from collections.abc import Callable
from functools import partial, wraps
from typing import Any


class CommandQueue:
    """Runs an action at once or, if another one is still running, right after it. While held, it only keeps them."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._busy = False
        self._held = False

    def hold(self) -> None:
        self._held = True

    def release(self, first: Callable[[], None]) -> None:
        """Run or queue `first`; what was kept comes after it."""
        if self._held:
            self._held = False
            self._waiting.appendleft(first)
            self._run_waiting()
        else:
            self.run(first)

    def drop(self) -> None:
        self._held = False
        self._waiting.clear()

    def run(self, action: Callable[[], None]) -> None:
        """Run or queue the action. An exception is raised from the call that runs it."""
        self._waiting.append(action)
        self._run_waiting()

    def _run_waiting(self) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            while self._waiting and not self._held:
                self._waiting.popleft()()
        finally:
            self._busy = False


def queued(method: Callable[[Any], None]) -> Callable[[Any], None]:
    """Run a method without arguments through its object's `queue`."""

    # No *args here: Qt passes as many signal arguments as a slot accepts, such as the bool of `clicked(bool)`.
    @wraps(method)
    def run_or_queue(self: Any) -> None:  # noqa: ANN401 -- any class with a queue
        self.queue.run(partial(method, self))

    return run_or_queue
