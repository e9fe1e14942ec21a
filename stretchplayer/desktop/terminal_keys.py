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

    def _read_key_by_key(terminal: int) -> Callable[[], None]:
        """Let the terminal pass on each key at once; returns what puts it back as it was."""
        before = termios.tcgetattr(terminal)
        tty.setcbreak(terminal)

        def restore() -> None:
            with suppress(termios.error):  # the terminal may be gone
                termios.tcsetattr(terminal, termios.TCSADRAIN, before)

        return restore


_POLL_MS: Final = 50
"""The Windows console has nothing that Qt's event loop could wait on."""


class TerminalKeys(QObject):
    """Calls back with each key that is pressed; with none where standard input is not a terminal."""

    def __init__(self, callback: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._callback = callback
        self._restore: Callable[[], None] | None = None
        if not sys.stdin or not sys.stdin.isatty():
            return
        if sys.platform == "win32":
            timer = QTimer(self, interval=_POLL_MS)
            timer.timeout.connect(self._poll)
            timer.start()
            self._restore = timer.stop
        else:
            terminal = sys.stdin.fileno()
            self._restore = _read_key_by_key(terminal)
            notifier = QSocketNotifier(terminal, QSocketNotifier.Type.Read, self)
            notifier.activated.connect(lambda: self._read(terminal))

    def close(self) -> None:
        self._stop_reading()
        if self._restore is not None:
            self._restore()
            self._restore = None

    def _stop_reading(self) -> None:
        for notifier in self.findChildren(QSocketNotifier):
            notifier.setEnabled(False)

    def _poll(self) -> None:
        if sys.platform == "win32":
            while msvcrt.kbhit():
                self._callback(msvcrt.getwch())

    def _read(self, terminal: int) -> None:
        try:
            pressed = os.read(terminal, 64)
        except OSError:  # the terminal is gone
            pressed = b""
        if not pressed:
            self._stop_reading()
            return
        # A letter in another encoding is still a key.
        letters, escape, _code = pressed.decode(errors="replace").partition("\x1b")
        for key in letters:
            self._callback(key)
        if escape:
            self._callback(escape)  # an arrow or function key is one key, not the letters it is sent as
