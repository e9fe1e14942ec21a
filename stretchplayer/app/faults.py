"""Errors that nobody caught."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

log = logging.getLogger(__name__)


class Faults:
    """Takes every such error of the program into the log, until `close`.

    One on the thread of the windows is given to `show` as well; as long as there is none it is printed.
    """

    def __init__(self) -> None:
        self.show: Callable[[str], None] | None = None
        self._hook, self._thread_hook = sys.excepthook, threading.excepthook
        sys.excepthook, threading.excepthook = self._on_fault, self._on_fault_in_thread

    def _on_fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hook(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("unhandled error\n%s", details)
        if self.show is None:
            self._hook(kind, error, trace)
        else:
            self.show(details)

    def _on_fault_in_thread(self, fault: threading.ExceptHookArgs) -> None:
        details = "".join(traceback.format_exception(fault.exc_value))
        log.error("unhandled error in %s\n%s", fault.thread and fault.thread.name, details)

    def close(self) -> None:
        sys.excepthook, threading.excepthook = self._hook, self._thread_hook
