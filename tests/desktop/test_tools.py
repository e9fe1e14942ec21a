"""What the desktop's tools print, if they print anything."""

import ctypes
from types import SimpleNamespace

import pytest

from stretchplayer.desktop.tools import run_tool, user_id, windll
from tests.posix import not_on_windows


@not_on_windows("the tools are Linux's")
def test_it_returns_what_a_tool_prints() -> None:
    assert run_tool("sh", "-c", "echo fine $LC_ALL") == "fine C\n"
    assert run_tool("printf", r"\377") == "\ufffd"


@pytest.mark.parametrize("command", [("no-such-tool",), ("sh", "-c", "exit 3"), ("sleep", "60")])
def test_a_tool_that_is_missing_fails_or_hangs_is_an_error(command: tuple[str, ...]) -> None:
    with pytest.raises(OSError, match=r".+"):
        run_tool(*command, within_s=0.05 if "60" in command else 20)


def test_windows_has_libraries_and_no_numbers_for_its_users(monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = SimpleNamespace()
    monkeypatch.setattr("stretchplayer.desktop.tools.sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(ctypes, "windll", libraries, raising=False)
    assert windll() is libraries
    assert user_id() == 0
