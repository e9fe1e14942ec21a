"""What the helper processes share: requests come on standard input and answers go to standard output, one a line.

A helper process takes on what may hang for good: the libraries that speak and those that play sounds. It ends when its
standard input does, so it never outlives the program, however that ended.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from typing import IO, Final, NoReturn

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

STANDARD_INPUT, STANDARD_OUTPUT, STANDARD_ERROR = 0, 1, 2
"""By number, since Python has no streams for them in a bundle without a console."""
LONGEST_LINE: Final = 65_536
SHUTDOWN_S: Final = 1.0

Answer = Callable[[Mapping[str, object]], None]


class Requests(QObject):
    """Takes the requests on the thread that has the event loop; a helper overrides `take` and `shut_down`."""

    line_read = Signal(bytes)
    """Emitted from the thread that reads."""
    input_ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line_read.connect(self.take, Qt.ConnectionType.QueuedConnection)
        self.input_ended.connect(self.shut_down, Qt.ConnectionType.QueuedConnection)

    def take(self, line: bytes) -> None:
        raise NotImplementedError

    def shut_down(self) -> None:
        QCoreApplication.quit()


def read_lines(source: IO[bytes], requests: Requests) -> None:
    """Pass on every line until the input ends; lines that are too long are skipped."""
    while line := source.readline(LONGEST_LINE):
        if line.endswith(b"\n"):
            requests.line_read.emit(line)
        else:
            while (rest := source.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
    requests.input_ended.emit()


def serve(make: Callable[[Answer], Requests]) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then ends this
    # Answers get their own descriptor, because libraries print to standard output.
    channel = os.dup(STANDARD_OUTPUT)
    os.dup2(STANDARD_ERROR, STANDARD_OUTPUT)

    def answer(message: Mapping[str, object]) -> None:
        try:
            os.write(channel, json.dumps(message).encode() + b"\n")
        except OSError:
            os._exit(0)  # nobody is listening any more

    app = QCoreApplication(sys.argv[:1])
    requests = make(answer)

    def read() -> None:
        with os.fdopen(STANDARD_INPUT, "rb", closefd=False) as source:
            read_lines(source, requests)
        threading.Event().wait(SHUTDOWN_S)
        os._exit(0)  # the library is stuck

    threading.Thread(target=read, name="requests", daemon=True).start()
    app.exec()
    os._exit(0)  # at once: closing a library can hang just like opening it
