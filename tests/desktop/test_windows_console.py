"""Single keys from a console of Windows, with a kernel32 that is pretended."""

import ctypes
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop import terminal_keys
from stretchplayer.desktop.terminal_keys import TerminalKeys
from stretchplayer.desktop.windows_console import KEY_EVENT, STD_INPUT_HANDLE, KeyEvent, pressed_keys

MOUSE_EVENT = 2


class FakeKernel:
    """A console with these events in it. `fail`: they can't be read."""

    def __init__(self, *events: KeyEvent) -> None:
        self.events = list(events)
        self.fail = False

    def GetStdHandle(self, number: int) -> int:
        assert number == STD_INPUT_HANDLE
        return 3

    def GetNumberOfConsoleInputEvents(self, console: ctypes.c_void_p, count: Any) -> bool:  # noqa: ANN401 -- a pointer
        assert console.value == 3
        ctypes.cast(count, ctypes.POINTER(ctypes.c_uint32))[0] = len(self.events)
        return True

    def ReadConsoleInputW(self, _console: ctypes.c_void_p, event: Any, most: int, count: Any) -> bool:  # noqa: ANN401
        if self.fail:
            return False
        assert most == 1
        ctypes.cast(event, ctypes.POINTER(KeyEvent))[0] = self.events.pop(0)
        ctypes.cast(count, ctypes.POINTER(ctypes.c_uint32))[0] = 1
        return True


def key(code: int, letter: str = "", *, is_down: bool = True) -> KeyEvent:
    return KeyEvent(kind=KEY_EVENT, is_down=is_down, repeats=1, key=code, letter=ord(letter or "\0"))


@pytest.mark.parametrize(
    ("event", "names"),
    [
        (key(0x4E, "n"), ["n"]),
        (key(0x20, " "), [" "]),
        (key(0x30, "à"), ["à"]),  # French keyboards have it where others have the 0
        (key(0x1B, "\x1b"), ["escape"]),
        (key(0x21), ["page_up"]),
        (key(0x22), ["page_down"]),
        (key(0x27), ["right"]),
        (key(0x70), ["function"]),
        (key(0x10), []),
        (key(0x4E, "n", is_down=False), []),
        (KeyEvent(kind=MOUSE_EVENT, is_down=1, letter=ord("n")), []),
    ],
)
def test_a_key_is_named_once(event: KeyEvent, names: list[str]) -> None:
    assert list(pressed_keys(FakeKernel(event))) == names


def test_an_event_is_as_long_as_windows_has_it() -> None:
    assert ctypes.sizeof(KeyEvent) == 20


def test_a_console_that_is_gone_has_no_keys() -> None:
    kernel = FakeKernel(key(0x4E, "n"))
    kernel.fail = True
    assert list(pressed_keys(kernel)) == []


def test_it_is_polled(qapp: QCoreApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = FakeKernel(key(0x22), key(0x51, "q"))
    stdin = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr(terminal_keys, "sys", SimpleNamespace(platform="win32", stdin=stdin))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    pressed: list[str] = []
    keys = TerminalKeys(pressed.append, qapp)
    qtbot.waitUntil(lambda: pressed == ["page_down", "q"])
    keys.close()
