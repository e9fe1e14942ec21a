"""Keeping the screen on, through wakepy."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from queue import SimpleQueue
from threading import Thread

log = logging.getLogger(__name__)


def presenting() -> AbstractContextManager[object]:
    """Return a context in which the screen stays on; where that isn't possible, the context only logs it."""
    from wakepy import ActivationResult, keep  # noqa: PLC0415 -- slow, and of use only while a session plays

    def on_fail(result: ActivationResult) -> None:
        log.info("the screen can't be kept on: %s", result.get_failure_text())

    return keep.presenting(on_fail=on_fail)


class ScreenKeeper:
    """Implements `ports.StayAwake`.

    Asking the desktop can take seconds when its service hangs, so it happens in a separate thread; `hold` and
    `release` return at once.
    """

    def __init__(self, keep_on: Callable[[], AbstractContextManager[object]] = presenting) -> None:
        self._keep_on = keep_on
        self._commands: SimpleQueue[bool | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._held = False

    def hold(self) -> None:
        if self._held:
            return
        self._held = True
        if self._thread is None:
            self._thread = Thread(target=self._run, name="stay-awake", daemon=True)
            self._thread.start()
        self._commands.put(True)

    def release(self) -> None:
        if self._held:
            self._held = False
            self._commands.put(False)

    def close(self, timeout_s: float = 1.0) -> None:
        """Release, and end the thread; wait no longer than `timeout_s` for a service that hangs."""
        if self._thread is not None:
            self._held = False
            self._commands.put(None)
            self._thread.join(timeout_s)
            self._thread = None

    def _run(self) -> None:
        held = ExitStack()
        while True:
            command = self._commands.get()
            try:
                held.close()
                if command:
                    held.enter_context(self._keep_on())
            except Exception:  # third-party code: whatever it raises must not end the thread
                log.info("keeping the screen on failed", exc_info=True)
            if command is None:
                return
