"""The trace beside the history."""

from collections.abc import Callable, Mapping
from functools import partial

from stretchplayer.storage.trace import TraceFile


class TraceAfterHistory:
    """Lets a trace tell nothing that isn't safely remembered yet. Implements `ports.TraceSink`.

    Until it is told what to `follow` it keeps all events.
    """

    def __init__(self, trace: TraceFile) -> None:
        self._trace = trace
        self._waiting: list[Mapping[str, object]] = []
        self._then: Callable[[Callable[[], None]], None] | None = None

    def write(self, event: Mapping[str, object]) -> None:
        """Record the event when everything before it is remembered."""
        if self._then is None:
            self._waiting.append(event)
        else:
            self._then(partial(self._trace.write, event))

    def follow(self, then: Callable[[Callable[[], None]], None]) -> None:
        """Hand events over to `then`, which runs what it is given after all that was to be written before."""
        self._then = then
        for event in self._waiting:
            self.write(event)
        self._waiting.clear()

    def close(self) -> None:
        """Write what still waits, and end the record."""
        for event in self._waiting:
            self._trace.write(event)
        self._waiting.clear()
        self._trace.close()
