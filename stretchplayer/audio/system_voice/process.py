"""One helper process, with a limit on how long it may stay silent."""

import json
import logging
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, QProcess, Signal

from stretchplayer.ports import Timer
from stretchplayer.routine.voice import Voice

_log = logging.getLogger(__name__)

OPEN_MS: Final = 8_000
"""How long the engine may take to open: 2 s are usual where the speech service still has to start, 4 s were seen."""
ANSWER_MS: Final = 2_000
"""How long any other answer may take."""
BEGIN_MS: Final = 4_000
"""How long accepted words may take to begin: another program may be speaking at the moment."""
LONGEST_ANSWER: Final = 1 << 20
"""More bytes than this without a line feed are not an answer."""
FAREWELL_MS: Final = 40
"""How long closing waits for a process that was killed to be gone."""
COMPLAINT_LENGTH: Final = 500


def helper_command() -> list[str]:
    """The command that runs the helper: in a bundle, the program itself with an option."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--speech-helper"]
    return [sys.executable, "-m", "stretchplayer.audio.system_voice.helper"]


class SpeechProcess(QObject):
    """Starts a helper, sends it requests and emits its answers. Nothing here blocks.

    Every request gets an answer, and as long as one is missing answers must keep coming. A helper that is silent for
    too long, reports an error or exits has failed: it is killed and emits nothing more. The timer is borrowed: the
    owner connects it to `run_out_of_patience`, and may reuse it once the process has failed or was killed.
    """

    ready = Signal(list)
    """The engine is open; the available voices, a list of Voice."""
    no_voice = Signal(str)
    """There is no engine; what was tried."""
    finished = Signal(int)
    """The words of that request have ended, or never will be heard."""
    failed = Signal(str)
    """The helper is unusable; the reason."""

    def __init__(self, command: Sequence[str], timer: Timer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = timer
        self._awaited: set[int] = set()
        self._last_id = -1
        self._unread = b""
        self._over = False
        self._process = QProcess(self)
        self._process.setProgram(command[0])
        self._process.setArguments(list(command[1:]))
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.readyReadStandardError.connect(self._on_complaint)
        self._process.errorOccurred.connect(self._on_error)
        self._process.finished.connect(self._on_finished)

    def start(self) -> None:
        self._process.start()
        if not self._over:
            self._send("hello", {}, OPEN_MS)

    def request(self, what: str, **details: object) -> int:
        return self._send(what, details, ANSWER_MS)

    @property
    def is_answering(self) -> bool:
        return not self._awaited

    def kill(self) -> None:
        """Kill the process; this object deletes itself when the process is gone."""
        self._over = True
        self._timer.cancel()
        if not self._is_gone:
            self._process.kill()

    def run_out_of_patience(self) -> None:
        self._fail("no answer in time")

    def close(self) -> None:
        """Kill the process and wait for its end, so that it is not left behind."""
        self.kill()
        if not self._is_gone:
            self._process.waitForFinished(FAREWELL_MS)

    @property
    def _is_gone(self) -> bool:
        return self._process.state() is QProcess.ProcessState.NotRunning

    # Out

    def _send(self, what: str, details: Mapping[str, object], patience_ms: int) -> int:
        self._last_id += 1
        message = {"do": what, "id": self._last_id, **details}
        if not self._awaited:
            self._timer.arm(patience_ms)
        self._awaited.add(self._last_id)
        self._process.write(json.dumps(message).encode() + b"\n")
        return self._last_id

    # In

    def _on_output(self) -> None:
        *lines, self._unread = (self._unread + self._process.readAllStandardOutput().data()).split(b"\n")
        for line in lines:
            if not self._over:
                self._take(line)
        if len(self._unread) > LONGEST_ANSWER:
            self._fail("an answer without end")

    def _take(self, line: bytes) -> None:
        """Act on one line. Anything that isn't an answer is only logged: libraries print all sorts of things."""
        try:
            message = json.loads(line)
            event, number = message["event"], message["id"]
        except (ValueError, TypeError, KeyError, RecursionError):
            _log.info("the speech helper says %r", line[:COMPLAINT_LENGTH])
            return
        if event == "error":
            self._fail(str(message.get("reason")))
        elif isinstance(number, int):
            self._note_answer(number, is_last=event != "accepted")
            self._tell(event, number, message)

    def _tell(self, event: object, number: int, message: Mapping[str, object]) -> None:
        if event == "finished":
            self.finished.emit(number)
        elif event == "ready":
            self.ready.emit(_voices(message.get("voices")))
        elif event == "no_voice":
            self.no_voice.emit(str(message.get("reason")))

    def _note_answer(self, number: int, *, is_last: bool) -> None:
        if number not in self._awaited:
            return
        if is_last:
            self._awaited.remove(number)
        if self._awaited:
            self._timer.arm(BEGIN_MS)
        else:
            self._timer.cancel()

    def _on_complaint(self) -> None:
        complaint = bytes(self._process.readAllStandardError().data()[:COMPLAINT_LENGTH])
        _log.info("the speech helper complains: %s", complaint.decode(errors="replace").strip())

    # Its end

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._fail(self._process.errorString())
            self.deleteLater()

    def _on_finished(self, code: int) -> None:
        self._fail(f"the helper ended with {code}")
        self.deleteLater()

    def _fail(self, reason: str) -> None:
        if not self._over:
            self.kill()
            self.failed.emit(reason)


def _voices(listed: object) -> list[Voice]:
    """The well-formed entries of the list of voices."""
    return [
        Voice(id=each["id"], name=each["name"], language=each["language"])
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, dict) and all(isinstance(each.get(key), str) for key in ("id", "name", "language"))
    ]
