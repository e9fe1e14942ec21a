"""The real program, noting how long each of its frames takes to paint: `timed_program FILE ARGUMENT…`.

A frame is what Qt does for one request to update the window: painting every widget that wants it, and handing the
picture to the screen.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent

from stretchplayer import cli
from stretchplayer.ui.window import main_window as frame

FRAMES: list[tuple[int, float]] = []
"""When each frame began, in ns of CLOCK_MONOTONIC, and how many ms it took."""


class TimedFrame(frame.MainWindow):
    """A window whose frames are timed. Events of other widgets don't come past here: watching them would cost much."""

    def event(self, event: QEvent) -> bool:
        """Take an event."""
        if event.type() != QEvent.Type.UpdateRequest:
            return super().event(event)
        began_ns = time.monotonic_ns()
        answer = super().event(event)
        FRAMES.append((began_ns, (time.monotonic_ns() - began_ns) / 1_000_000))
        return answer


if __name__ == "__main__":
    frames = Path(sys.argv[1])
    frame.MainWindow = TimedFrame  # type: ignore[misc]  # what the program makes its window of
    code = cli.main(sys.argv[2:])
    frames.write_text(json.dumps(FRAMES), encoding="utf-8")
    sys.exit(code)
