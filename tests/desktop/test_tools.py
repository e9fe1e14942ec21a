"""What the desktop's tools print, if they print anything."""

import pytest

from stretchplayer.desktop.tools import run_tool
from tests.posix import not_on_windows


@not_on_windows("the tools are Linux's")
def test_it_returns_what_a_tool_prints() -> None:
    assert run_tool("sh", "-c", "echo fine $LC_ALL") == "fine C\n"
    assert run_tool("printf", r"\377") == "\ufffd"


@pytest.mark.parametrize("command", [("no-such-tool",), ("sh", "-c", "exit 3"), ("sleep", "60")])
def test_a_tool_that_is_missing_fails_or_hangs_is_an_error(command: tuple[str, ...]) -> None:
    with pytest.raises(OSError, match=r".+"):
        run_tool(*command, within_s=0.05 if "60" in command else 20)
