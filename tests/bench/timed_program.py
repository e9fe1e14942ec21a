"""The real program, noting how long each of its frames takes to paint: `timed_program FILE ARGUMENT…`.

A frame is what Qt does for one request to update the window: painting every widget that wants it, and handing the
picture to the screen.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from stretchplayer import cli
from stretchplayer.app import program

FRAMES: list[tuple[int, float]] = []
"""When each frame began, in ns of CLOCK_MONOTONIC, and how many ms it took."""


class TimedApplication(QApplication):
    """Times the frames."""

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event."""
        if event.type() != QEvent.Type.UpdateRequest:
            return super().notify(receiver, event)
        began_ns = time.monotonic_ns()
        answer = super().notify(receiver, event)
        FRAMES.append((began_ns, (time.monotonic_ns() - began_ns) / 1_000_000))
        return answer


if __name__ == "__main__":
    frames = Path(sys.argv[1])
    program.QApplication = TimedApplication  # type: ignore[attr-defined]  # its own name for it
    code = cli.main(sys.argv[2:])
    frames.write_text(json.dumps(FRAMES), encoding="utf-8")
    sys.exit(code)
