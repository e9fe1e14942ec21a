"""How much the machine itself is late, so that a busy one isn't taken for a program that doesn't keep time."""

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

BEAT_S: Final = 0.005
_NS_PER_MS: Final = 1_000_000
_NEAR_NS: Final = 300 * _NS_PER_MS


class Metronome:
    """Wakes up every BEAT_S and notes how late that was."""

    def __init__(self) -> None:
        self._beats: list[tuple[int, float]] = []

    def beat_until(self, ended: threading.Event) -> None:
        """Go on until the event is set."""
        while not ended.is_set():
            before_ns = time.monotonic_ns()
            select.select([], [], [], BEAT_S)
            now_ns = time.monotonic_ns()
            self._beats.append((now_ns, (now_ns - before_ns) / _NS_PER_MS - BEAT_S * 1000))

    def late_ms(self, moment_ns: int) -> float:
        """The longest lateness around this moment of CLOCK_MONOTONIC, in ms."""
        return max((late for now_ns, late in self._beats if abs(now_ns - moment_ns) < _NEAR_NS), default=0.0)


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
