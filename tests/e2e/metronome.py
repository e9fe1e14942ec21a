"""How much the machine itself is late, so that a busy one isn't taken for a program that doesn't keep time."""

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

BEAT_S: Final = 0.005
_NS_PER_MS: Final = 1_000_000


class Metronome:
    """Wakes up every BEAT_S and notes how late that was."""

    def __init__(self) -> None:
        self.latest_ms = 0.0
        """The longest lateness so far, in ms."""

    def beat_until(self, ended: threading.Event) -> None:
        """Go on until the event is set."""
        while not ended.is_set():
            before_ns = time.monotonic_ns()
            select.select([], [], [], BEAT_S)
            late_ms = (time.monotonic_ns() - before_ns) / _NS_PER_MS - BEAT_S * 1000
            self.latest_ms = max(self.latest_ms, late_ms)


@contextmanager
def metronome() -> Iterator[Metronome]:
    """Let one go while the `with` block runs."""
    beating, ended = Metronome(), threading.Event()
    thread = threading.Thread(target=beating.beat_until, args=(ended,), name="metronome")
    thread.start()
    try:
        yield beating
    finally:
        ended.set()
        thread.join()
