"""Has the reminder's small window shown by a helper process, as a window of X11 on a desktop of Wayland.

A compositor that gives the focus to every new window of Wayland leaves it where it is when one comes up that Xwayland
shows and that no window manager manages; and Wayland's programs can't choose their place, those of X11 can. A process
speaks to one of the two, so this takes a second one, which lives as long as the reminder is to be seen.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment

from stretchplayer.domain.invitation import HelperAnswer, HelperEvent, HelperOrder, order_line, read_answer
from stretchplayer.ports import Timer

_log = logging.getLogger(__name__)

SHOWN_WITHIN_MS: Final = 12_000
"""How long the window may take: half a second is usual, more where Xwayland has to be started for it."""
FAREWELL_MS: Final = 40
"""How long closing waits for a process that was killed to be gone."""
LONGEST_ANSWER: Final = 65_536
COMPLAINT_LENGTH: Final = 500
LEFT_OUT: Final = (
    "WAYLAND_DISPLAY",
    # To a session manager the helper would be one more program, which KDE's starts again at the next login.
    "SESSION_MANAGER",
    "DESKTOP_STARTUP_ID",
    "XDG_ACTIVATION_TOKEN",
)
"""What the helper is not to know of the program's surroundings."""


def helper_command() -> list[str]:
    """The command that runs the helper: in a bundle that is the program itself, told by an option."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--reminder-helper"]
    return [sys.executable, "-m", "stretchplayer.app.reminder_helper"]


class ReminderProcess(QObject):
    """Implements `ports.ReminderHelper`."""

    def __init__(self, timer: Timer, parent: QObject | None = None, command: Sequence[str] = ()) -> None:
        """Without `command` it is the real helper that is run."""
        super().__init__(parent)
        self._command = list(command) or helper_command()
        self._timer = timer
        self._process: QProcess | None = None
        self._unread = b""
        self._answer: Callable[[HelperAnswer], None] = lambda _answer: None
        self._fail: Callable[[], None] = lambda: None
        timer.connect(partial(self._give_up, "no window in time"))

    def on_answer(self, callback: Callable[[HelperAnswer], None]) -> None:
        """Set what is told of the person's choices."""
        self._answer = callback

    def on_failure(self, callback: Callable[[], None]) -> None:
        """Set what is told that nothing is shown, or no longer."""
        self._fail = callback

    def show(self, order: HelperOrder) -> None:
        """Show it, in place of what is shown."""
        if self._process is None:
            self._start()
        if self._process is not None:  # it could be started
            self._timer.arm(SHOWN_WITHIN_MS)
            self._process.write(order_line(order))

    def withdraw(self) -> None:
        """Take it away: there is nothing that the process would have to do before it ends."""
        process, self._process = self._process, None
        self._unread = b""
        self._timer.cancel()
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Take it away, and leave no process behind."""
        self.withdraw()
        for process in self.findChildren(QProcess):
            if process.state() is not QProcess.ProcessState.NotRunning:
                process.waitForFinished(FAREWELL_MS)

    def _start(self) -> None:
        self._process = process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("QT_QPA_PLATFORM", "xcb")
        for name in LEFT_OUT:
            environment.remove(name)
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(partial(self._on_output, process))
        process.readyReadStandardError.connect(partial(_on_complaint, process))
        process.errorOccurred.connect(partial(self._on_error, process))
        process.finished.connect(partial(self._on_finished, process))
        process.start(self._command[0], self._command[1:])

    def _on_output(self, process: QProcess) -> None:
        output = process.readAllStandardOutput().data()
        if process is not self._process:
            return
        *lines, self._unread = (self._unread + output).split(b"\n")
        for line in lines:
            answer = read_answer(line)
            if answer is None:
                _log.info("the reminder's helper says %r", line[:COMPLAINT_LENGTH])
            elif process is self._process:  # what was told before may have ended it
                self._take(answer)
        if len(self._unread) > LONGEST_ANSWER:
            self._give_up("an answer without end")

    def _take(self, answer: HelperAnswer) -> None:
        self._timer.cancel()
        if answer.event is not HelperEvent.SHOWN:
            self._answer(answer)

    def _on_error(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._on_end(process, process.errorString())

    def _on_finished(self, process: QProcess, code: int, _status: QProcess.ExitStatus) -> None:
        self._on_end(process, f"it ended with {code}")

    def _on_end(self, process: QProcess, reason: str) -> None:
        process.deleteLater()
        if process is self._process:
            self._give_up(reason)

    def _give_up(self, reason: str) -> None:
        _log.info("the reminder's helper is of no use: %s", reason)
        self.withdraw()
        self._fail()


def _on_complaint(process: QProcess) -> None:
    complaint = bytes(process.readAllStandardError().data()[:COMPLAINT_LENGTH])
    _log.info("the reminder's helper complains: %s", complaint.decode(errors="replace").strip())
