"""What Windows hasn't got, or Wine. A test that asks for it is skipped there."""

import ctypes
import os
import socket
import sys
from pathlib import Path
from typing import Final

import pytest

IS_ROOT: Final = sys.platform != "win32" and os.geteuid() == 0
"""Whether permissions don't matter."""


def not_on_windows(why: str) -> pytest.MarkDecorator:
    """Skips a test there."""
    return pytest.mark.skipif(sys.platform == "win32", reason=why)


def not_on_wine(why: str) -> pytest.MarkDecorator:
    """Skips a test there; Windows itself passes it."""
    return pytest.mark.skipif(_is_wine(), reason=why)


def _is_wine() -> bool:
    """Its ntdll has a function that Windows' hasn't got."""
    return sys.platform == "win32" and hasattr(ctypes.windll.ntdll, "wine_get_version")


def unix_socket() -> socket.socket:
    """A stream socket whose address is a path."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such sockets")
    return socket.socket(socket.AF_UNIX)


def make_pipe(path: Path) -> None:
    """A named pipe, which to open would take for ever."""
    if sys.platform == "win32":
        pytest.skip("Windows has no pipes in folders")
    os.mkfifo(path)


def user_number() -> int:
    """Who runs the tests."""
    if sys.platform == "win32":
        pytest.skip("Windows has no numbers for its users")
    return os.geteuid()
