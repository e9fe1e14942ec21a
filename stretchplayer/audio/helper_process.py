"""A helper process as the program sees it: requests go out and answers come in, one JSON object a line."""

import json
import logging
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QProcess, Signal

_log = logging.getLogger(__name__)

LONGEST_ANSWER: Final = 1 << 20
"""More bytes than this without a line feed are not an answer."""
KILLED_WITHIN_MS: Final = 5_000
"""How long closing waits for a process that was killed to be gone: a busy machine takes its time over that, too."""
LONGEST_LOGGED: Final = 500


def helper_command(module: str, option: str) -> list[str]:
    """The command that runs a helper: in a bundle, the program itself with an option."""
    if getattr(sys, "frozen", False):
        return [sys.executable, option]
    return [sys.executable, "-m", module]


class HelperProcess(QObject):
    """Nothing here blocks. A process that failed or was killed tells nothing more, and this object deletes itself.

    It ends with the program at the latest.
    """

    answered = Signal(dict)
    failed = Signal(str)
    """The process ended by itself or can't be started; the reason."""

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_over = False
        self._unread = b""
        self._runs = False  # Qt's process may be deleted by the time this is asked
        self._process = QProcess(self)
        self._process.setProgram(command[0])
        self._process.setArguments(list(command[1:]))
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.readyReadStandardError.connect(self._on_error_output)
        self._process.errorOccurred.connect(self._on_error)
        self._process.finished.connect(self._on_finished)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    def start(self) -> None:
        self._runs = True
        self._process.start()

    def send(self, message: Mapping[str, object]) -> None:
        if not self.is_over:
            self._process.write(json.dumps(message).encode() + b"\n")

    def kill(self) -> None:
        self.is_over = True
        if self._runs:
            self._process.kill()

    def fail(self, reason: str) -> None:
        if not self.is_over:
            self.kill()
            self.failed.emit(reason)

    def close(self) -> None:
        self.kill()
        if self._runs:
            self._process.waitForFinished(KILLED_WITHIN_MS)

    def _on_output(self) -> None:
        *lines, self._unread = (self._unread + self._process.readAllStandardOutput().data()).split(b"\n")
        for line in lines:
            if not self.is_over:
                self._take(line)
        if len(self._unread) > LONGEST_ANSWER:
            self.fail("an answer without end")

    def _take(self, line: bytes) -> None:
        """Pass on an answer. Anything that isn't one is only logged: libraries print all sorts of things."""
        try:
            message = json.loads(line)
            message["event"]
        except (ValueError, TypeError, KeyError, RecursionError):
            _log.info("a helper says %r", line[:LONGEST_LOGGED])
        else:
            self.answered.emit(message)

    def _on_error_output(self) -> None:
        printed = bytes(self._process.readAllStandardError().data()[:LONGEST_LOGGED])
        _log.info("a helper printed: %s", printed.decode(errors="replace").strip())

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._runs = False
            self.fail(self._process.errorString())
            self.deleteLater()

    def _on_finished(self, code: int) -> None:
        self._runs = False
        self.fail(f"the helper ended with {code}")
        self.deleteLater()
