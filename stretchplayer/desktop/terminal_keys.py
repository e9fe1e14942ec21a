"""Single keys from the terminal, without waiting for Enter."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

if sys.platform == "win32":
    import msvcrt
else:
    import termios
    import tty

_LOOK_EVERY_MS: Final = 50
"""Windows has nothing that could be waited for in Qt's event loop."""


class TerminalKeys(QObject):
    """Calls back with each key that is pressed; where standard input is no terminal there are none."""

    def __init__(self, callback: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._callback = callback
        self._restore: Callable[[], None] | None = None
        if not sys.stdin or not sys.stdin.isatty():
            return
        if sys.platform == "win32":
            self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
            self._timer.timeout.connect(self._look)
            self._timer.start()
        else:
            self._take_over(sys.stdin.fileno())

    def close(self) -> None:
        """Give the terminal back as it was."""
        if self._restore is not None:
            self._notifier.setEnabled(False)
            self._restore()
            self._restore = None

    def _look(self) -> None:
        if sys.platform == "win32":
            while msvcrt.kbhit():
                self._callback(msvcrt.getwch())

    def _take_over(self, terminal: int) -> None:
        if sys.platform == "win32":
            return
        before = termios.tcgetattr(terminal)
        tty.setcbreak(terminal)

        def restore() -> None:
            with suppress(termios.error):  # a terminal that is gone has nothing to be given back
                termios.tcsetattr(terminal, termios.TCSADRAIN, before)

        self._restore = restore
        self._notifier = QSocketNotifier(terminal, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda: self._read(terminal))

    def _read(self, terminal: int) -> None:
        try:
            pressed = os.read(terminal, 64)
        except OSError:  # the terminal is gone
            pressed = b""
        if not pressed:
            self._notifier.setEnabled(False)
            return
        # A letter in an encoding that isn't the terminal's is a key all the same.
        letters, escape, _code = pressed.decode(errors="replace").partition("\x1b")
        for key in letters:
            self._callback(key)
        if escape:
            self._callback(escape)  # an arrow or function key is one key, not the letters it is sent as
