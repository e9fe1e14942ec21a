"""One helper process, with a limit on how long it may stay silent."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from stretchplayer.audio.helper_process import HelperProcess, helper_command
from stretchplayer.ports import Timer
from stretchplayer.routine.voice import Voice

OPEN_MS: Final = 8_000
"""How long the engine may take to open: 2 s are usual where the speech service still has to start, 4 s were seen."""
ANSWER_MS: Final = 2_000
"""How long any other answer may take."""
BEGIN_MS: Final = 4_000
"""How long accepted words may take to begin: another program may be speaking at the moment."""


def speech_helper_command() -> list[str]:
    return helper_command("stretchplayer.audio.system_voice.helper", "--speech-helper")


class SpeechProcess(HelperProcess):
    """Starts a helper, sends it requests and emits its answers.

    Every request gets an answer, and as long as one is missing answers must keep coming. A helper that is silent for
    too long, reports an error or exits has failed. The timer is borrowed: the owner connects it to
    `run_out_of_patience`, and may reuse it once the process has failed or was killed.
    """

    ready = Signal(list)
    """The engine is open; the available voices, a list of Voice."""
    no_voice = Signal(str)
    """There is no engine; what was tried."""
    finished = Signal(int)
    """The words of that request have ended, or never will be heard."""

    def __init__(self, command: Sequence[str], timer: Timer, parent: QObject | None = None) -> None:
        super().__init__(command, parent)
        self._timer = timer
        self._awaited: set[int] = set()
        self._last_id = -1
        self.answered.connect(self._on_answer)

    def start(self) -> None:
        super().start()
        if not self.is_over:
            self.request("hello", OPEN_MS)

    def request(self, what: str, patience_ms: int = ANSWER_MS, **details: object) -> int:
        self._last_id += 1
        if not self._awaited:
            self._timer.arm(patience_ms)
        self._awaited.add(self._last_id)
        self.send({"do": what, "id": self._last_id, **details})
        return self._last_id

    @property
    def is_answering(self) -> bool:
        return not self._awaited

    def kill(self) -> None:
        self._timer.cancel()
        super().kill()

    def run_out_of_patience(self) -> None:
        self.fail("no answer in time")

    def _on_answer(self, message: Mapping[str, Any]) -> None:
        event, number = message["event"], message.get("id")
        if event == "error":
            self.fail(str(message.get("reason")))
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


def _voices(listed: object) -> list[Voice]:
    """The well-formed entries of the list of voices."""
    return [
        Voice(id=each["id"], name=each["name"], language=each["language"])
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, dict) and all(isinstance(each.get(key), str) for key in ("id", "name", "language"))
    ]
