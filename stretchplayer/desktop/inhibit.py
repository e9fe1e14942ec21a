"""Keeping the screen on: through the display itself, and through the desktop's services by way of wakepy."""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from queue import SimpleQueue
from threading import Thread

from PySide6.QtCore import QObject, Signal

from stretchplayer.desktop.wayland_inhibit import wayland_inhibitor
from stretchplayer.desktop.wayland_wire import display_path
from stretchplayer.desktop.x11.xcb import XServer
from stretchplayer.errors import DesktopError
from stretchplayer.i18n import _

log = logging.getLogger(__name__)


@contextmanager
def presenting() -> Iterator[None]:
    """A context in which the screen stays on; DesktopError when neither the display nor a service agrees to that."""
    from wakepy import ActivationResult, keep  # noqa: PLC0415 -- slow, and of use only while a session plays

    failures: list[ActivationResult] = []
    with ExitStack() as held:
        kept_by_display = keep_by_display(held)
        held.enter_context(keep.presenting(on_fail=failures.append))
        for failure in failures:
            log.info("no service keeps the screen on: %s", failure.get_failure_text())
            if not kept_by_display:
                raise DesktopError(may_go_dark())
        yield


def keep_by_display(held: ExitStack, platform: str = sys.platform) -> bool:
    """Let the display itself keep the screen on, which works on small desktops too; return whether it does."""
    compositor, display = display_path(), os.environ.get("DISPLAY")
    if platform != "linux" or not (compositor or display):
        return False
    try:
        if compositor:
            held.enter_context(wayland_inhibitor(compositor))
        else:
            held.enter_context(XServer(display)).suspend_saver()
    except OSError as error:
        log.info("the display doesn't keep the screen on: %s", error)
        return False
    return True


def may_go_dark() -> str:
    return _(
        "Your screen may go dark: this desktop doesn't let Stretch Player keep it on, so choose a longer time in its "
        "power settings."
    )


class ScreenKeeper(QObject):
    """Implements `ports.StayAwake`.

    Asking the desktop can take seconds when its service hangs, so it happens in a separate thread; `hold` and
    `release` return at once. It needs a parent, as a `WorkerProbe` does.
    """

    problem_begun = Signal(str)
    """A held screen may go dark all the same; a sentence for the person."""
    problem_over = Signal(str)
    _failed = Signal(str)

    def __init__(self, parent: QObject, keep_on: Callable[[], AbstractContextManager[object]] = presenting) -> None:
        super().__init__(parent)
        self._keep_on = keep_on
        self._problem = ""
        self._failed.connect(self._on_failed)
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
            self.problem_over.emit(self._problem)

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
            except DesktopError as error:
                with suppress(RuntimeError):  # the program has quit meanwhile
                    self._failed.emit(str(error))
            except Exception:  # third-party code: whatever it raises must not end the thread
                log.info("keeping the screen on failed", exc_info=True)
            if command is None:
                return

    def _on_failed(self, problem: str) -> None:
        if self._held:
            self._problem = problem
            self.problem_begun.emit(problem)
