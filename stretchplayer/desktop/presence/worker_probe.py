"""A probe for systems that can only be asked with a blocking call."""

import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Final

from PySide6.QtCore import QObject, Signal

from stretchplayer.reminders.presence import Presence

log = logging.getLogger(__name__)

CLOSING_S: Final = 0.5


class WorkerProbe(QObject):
    """Its `look` is a `watch.Probe`; each call runs in its own short-lived thread.

    It needs a parent: otherwise its thread could drop the last reference to a QObject that lives in another thread.
    """

    _found = Signal(object)

    def __init__(self, find_out: Callable[[], Presence | None], parent: QObject) -> None:
        super().__init__(parent)
        self._find_out = find_out
        self._answer: Callable[[Presence | None], None] = lambda _found: None
        self._thread: Thread | None = None
        self._found.connect(self._on_found)

    def look(self, answer: Callable[[Presence | None], None]) -> None:
        self._answer = answer
        self._thread = Thread(target=self._run, name="presence", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._answer = lambda _found: None
        if self._thread is not None:
            self._thread.join(CLOSING_S)

    def _run(self) -> None:
        found = None
        try:
            found = self._find_out()
        except Exception:  # third-party libraries: whatever goes wrong, the answer is unknown
            log.info("the presence could not be found out", exc_info=True)
        with suppress(RuntimeError):  # the program has quit meanwhile
            self._found.emit(found)

    def _on_found(self, found: Presence | None) -> None:
        self._answer(found)
