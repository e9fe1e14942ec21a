"""Questions to the system that may stay unanswered, as when a server is stopped."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread


class TimedQuestion:
    """Asks in a thread of its own, from when it is made; what blocks there for good ends with the process."""

    def __init__(self, question: Callable[[], bool]) -> None:
        self._answers: SimpleQueue[bool] = SimpleQueue()
        Thread(target=lambda: self._answers.put(question()), name="question", daemon=True).start()

    def is_yes(self, *, within_s: float) -> bool:
        """Whether the answer is yes; no answer `within_s` from now is a no. Ask this once."""
        try:
            return self._answers.get(timeout=within_s)
        except Empty:
            return False
