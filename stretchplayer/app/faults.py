"""Errors that nobody caught and what Qt has to say, in the program's own log."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

EXPECTED_IN_A_BUNDLE: Final = "No QtMultimedia backends found"
"""Qt's warning that it can't play media files, which nobody asks it for: tones and recorded words need no backend."""

log = logging.getLogger(__name__)


class Faults:
    """Logs every such error until `close`. One on the GUI thread is also passed to `show`, or printed without one."""

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


def log_qt_messages() -> None:
    """Write down what Qt says from now on; `qInstallMessageHandler(None)` ends that."""
    qInstallMessageHandler(_log_qt_message)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    if message.startswith(EXPECTED_IN_A_BUNDLE):
        level = logging.INFO
    logging.getLogger("stretchplayer.qt").log(level, "%s: %s", context.category, message)
