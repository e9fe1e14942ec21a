"""Single keys from the terminal, without waiting for Enter."""

import ctypes
import os
import re
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from stretchplayer.desktop.windows_console import pressed_keys

ESCAPE: Final = "\x1b"
_SUSPEND: Final = "\x1a"

if sys.platform == "win32":

    def _stop_process() -> None:
        """No console of Windows does that."""
else:
    import termios
    import tty

    def _read_key_by_key(terminal: int) -> Callable[[], None]:
        """Let the terminal pass on each key at once; returns what puts it back as it was.

        Ctrl+S mustn't stop the output, and with it the program, for who doesn't know of Ctrl+Q. Ctrl+Z comes as a key,
        so that the terminal is whole again before the program is suspended.
        """
        before = termios.tcgetattr(terminal)
        tty.setcbreak(terminal)
        mode = termios.tcgetattr(terminal)
        mode[tty.IFLAG] &= ~termios.IXON
        mode[tty.CC][termios.VSUSP] = bytes([os.fpathconf(terminal, "PC_VDISABLE")])
        termios.tcsetattr(terminal, termios.TCSADRAIN, mode)

        def restore() -> None:
            with suppress(termios.error):  # the terminal may be gone
                termios.tcsetattr(terminal, termios.TCSADRAIN, before)

        return restore

    def _stop_process() -> None:
        """Suspend all that the shell started with this command, as the terminal itself would; returns after `fg`."""
        os.kill(0, signal.SIGTSTP)


_POLL_MS: Final = 50
"""The Windows console has nothing that Qt's event loop could wait on."""
_REST_MS: Final = 50
"""After an Escape, how long the rest of an arrow key may take over a slow line."""
_KEYS: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[^\x1b\[O])?|[^\x1b]", re.DOTALL)
_UNFINISHED: Final = re.compile(r"\x1b(?:\[[0-?]*|O)?\Z")
_SEQUENCES: Final = {
    **{
        f"{lead}{code}": name
        for lead in "[O"
        for code, name in zip("ABCD", ("up", "down", "right", "left"), strict=True)
    },
    "[5~": "page_up",
    "[6~": "page_down",
}


class TerminalKeys(QObject):
    """Calls back with each key that is pressed; with none where standard input is not a terminal.

    A key is the character it types, or one of "escape", "up", "down", "left", "right", "page_up", "page_down" and, for
    all others, "function".
    """

    suspending = Signal()
    """Ctrl+Z was pressed; the terminal is about to be somebody else's."""
    resumed = Signal()

    def __init__(
        self,
        callback: Callable[[str], None],
        parent: QObject | None = None,
        *,
        stop_process: Callable[[], None] = _stop_process,
    ) -> None:
        super().__init__(parent)
        self._callback = callback
        self._stop_process = stop_process
        self._restore: Callable[[], None] | None = None
        self._unfinished = ""
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._on_no_rest)
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
        self._rest.stop()
        for notifier in self.findChildren(QSocketNotifier):
            notifier.setEnabled(False)

    def _poll(self) -> None:
        if sys.platform == "win32":
            for key in pressed_keys(ctypes.windll.kernel32):
                self._callback(key)

    def _read(self, terminal: int) -> None:
        try:
            pressed = os.read(terminal, 64)
        except OSError:  # the terminal is gone
            pressed = b""
        if not pressed:
            self._stop_reading()
            return
        # A letter in another encoding is still a key.
        text = self._unfinished + pressed.decode(errors="replace")
        unfinished = _UNFINISHED.search(text)
        self._unfinished = unfinished[0] if unfinished else ""
        if unfinished:
            self._rest.start()
        else:
            self._rest.stop()
        for key in _KEYS.findall(text.removesuffix(self._unfinished)):
            if key == _SUSPEND:
                self._suspend(terminal)
            else:
                self._callback(_name(key))

    def _on_no_rest(self) -> None:
        key, self._unfinished = self._unfinished, ""
        self._callback(_name(key))

    def _suspend(self, terminal: int) -> None:
        if sys.platform != "win32" and self._restore is not None:
            self.suspending.emit()
            self._restore()
            self._stop_process()
            self._restore = _read_key_by_key(terminal)
            self.resumed.emit()


def _name(key: str) -> str:
    if not key.startswith(ESCAPE):
        return key
    return "escape" if key == ESCAPE else _SEQUENCES.get(key.removeprefix(ESCAPE), "function")
