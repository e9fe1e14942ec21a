"""Single keys from a terminal, which is a pseudo-terminal here."""

import os
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.terminal_keys import TerminalKeys

termios = pytest.importorskip("termios", reason="Windows has no such terminals")
tty = pytest.importorskip("tty", reason="Windows has no such terminals")
assert sys.platform != "win32"


class Terminal:
    """A pseudo-terminal in the place of standard input, and what was pressed in it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.hand, self.end = os.openpty()
        self.stdin = os.fdopen(self.end, closefd=False)
        monkeypatch.setattr(sys, "stdin", self.stdin)
        self.keys: list[str] = []
        self.parent = QObject()
        self.gone = False

    def type(self, what: bytes) -> None:
        """Press keys, and let them arrive."""
        os.write(self.hand, what)
        for _ in range(5):
            QCoreApplication.processEvents()

    def unplug(self) -> None:
        """Close the window the terminal is in."""
        os.close(self.hand)
        self.gone = True
        for _ in range(5):
            QCoreApplication.processEvents()

    def waits_for_enter(self) -> bool:
        """Whether the terminal keeps what is typed until Enter."""
        flags: int = termios.tcgetattr(self.end)[tty.LFLAG]
        return bool(flags & termios.ICANON)

    def stops_by_control_s(self) -> bool:
        flags: int = termios.tcgetattr(self.end)[tty.IFLAG]
        return bool(flags & termios.IXON)

    def close(self) -> None:
        """Take it away."""
        if not self.gone:
            os.close(self.hand)
        os.close(self.end)


@pytest.fixture
def terminal(qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    assert qapp is not None
    made = Terminal(monkeypatch)
    yield made
    made.close()


@pytest.fixture
def keys(terminal: Terminal) -> Iterator[TerminalKeys]:
    made = TerminalKeys(terminal.keys.append, terminal.parent)
    yield made
    made.close()


@pytest.mark.usefixtures("keys")
def test_keys_come_without_enter(terminal: Terminal) -> None:
    assert not terminal.waits_for_enter()
    terminal.type(b"n")
    terminal.type(b" q")
    assert terminal.keys == ["n", " ", "q"]


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("code", "names"),
    [
        (b"\x1b[C", ["right"]),
        (b"\x1bOD", ["left"]),
        (b"\x1b[A\x1b[B", ["up", "down"]),
        (b"\x1b[5~", ["page_up"]),
        (b"\x1b[6~", ["page_down"]),
        (b"\x1bOP", ["function"]),
        (b"\x1b[15~", ["function"]),
        (b"\x1b[1;5C", ["function"]),
        (b"\x1bn", ["function"]),
        (b"n\x1b[C", ["n", "right"]),
        (b"\x1b\x1b[C", ["escape", "right"]),
    ],
)
def test_an_arrow_or_function_key_is_one_key(terminal: Terminal, code: bytes, names: list[str]) -> None:
    terminal.type(code)
    assert terminal.keys == names


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("begun", [b"\x1b", b"\x1b[", b"\x1bO"])
def test_an_arrow_key_that_comes_in_two_parts_is_no_escape(terminal: Terminal, begun: bytes) -> None:
    terminal.type(begun)
    assert terminal.keys == []
    terminal.type(b"\x1b[C".removeprefix(begun) if begun != b"\x1bO" else b"C")
    assert terminal.keys == ["right"]


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(("code", "name"), [(b"\x1b", "escape"), (b"\x1b[", "function")])
def test_escape_is_one_when_nothing_follows(terminal: Terminal, qtbot: QtBot, code: bytes, name: str) -> None:
    terminal.type(code)
    qtbot.waitUntil(lambda: terminal.keys == [name])


def test_control_s_freezes_nothing_and_is_given_back(terminal: Terminal) -> None:
    assert terminal.stops_by_control_s()
    keys = TerminalKeys(terminal.keys.append, terminal.parent)
    assert not terminal.stops_by_control_s()
    terminal.type(b"\x13n")
    assert terminal.keys == ["\x13", "n"]
    keys.close()
    assert terminal.stops_by_control_s()


def test_control_z_gives_the_terminal_back_until_it_goes_on(terminal: Terminal) -> None:
    seen: list[object] = []

    def note() -> None:
        seen.append((terminal.waits_for_enter(), terminal.stops_by_control_s()))

    keys = TerminalKeys(terminal.keys.append, terminal.parent, stop_process=note)
    keys.suspending.connect(lambda: seen.append("suspending"))
    keys.resumed.connect(lambda: seen.append("resumed"))
    terminal.type(b"\x1an")
    assert seen == ["suspending", (True, True), "resumed"]
    assert terminal.keys == ["n"]
    assert not terminal.waits_for_enter()
    keys.close()
    assert terminal.waits_for_enter()


@pytest.mark.usefixtures("keys")
def test_a_letter_in_a_strange_encoding_is_a_key_and_the_next_one_comes(terminal: Terminal) -> None:
    terminal.type("é".encode("latin-1"))
    terminal.type("ж".encode())
    assert len(terminal.keys) == 2
    assert terminal.keys[1] == "ж"


@pytest.mark.usefixtures("keys")
def test_the_end_of_the_input_is_the_end_of_the_keys(terminal: Terminal) -> None:
    terminal.unplug()
    assert terminal.keys == []


def test_closing_gives_the_terminal_back_and_ends_the_keys(terminal: Terminal) -> None:
    keys = TerminalKeys(terminal.keys.append, terminal.parent)
    keys.close()
    keys.close()
    assert terminal.waits_for_enter()
    terminal.type(b"n\n")
    assert terminal.keys == []


def test_closing_after_the_terminal_has_gone_is_no_error(terminal: Terminal) -> None:
    keys = TerminalKeys(terminal.keys.append, terminal.parent)
    terminal.unplug()
    keys.close()


@pytest.mark.parametrize("stdin", [StringIO("n"), None])
def test_without_a_terminal_there_are_no_keys(monkeypatch: pytest.MonkeyPatch, stdin: object) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    pressed: list[str] = []
    keys = TerminalKeys(pressed.append)
    QCoreApplication.processEvents()
    keys.close()
    assert pressed == []
