"""What an X server is asked: for the focus, in the way that no window manager refuses, and whether it is there."""

import sys

import pytest

from stretchplayer.desktop.display import display_problem
from stretchplayer.desktop.tray_host import x11_has_tray
from stretchplayer.desktop.x11.focus import ask_for_focus, keep_off_taskbars
from tests.e2e.waiting import wait_until
from tests.e2e.x11 import X11Desktop

pytestmark = pytest.mark.desktop


def test_the_window_manager_gives_the_focus(x11: X11Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", x11.env["DISPLAY"])
    bare = [sys.executable, "-m", "tests.e2e.bare_window"]
    first = x11.start(bare)
    x11.wait_for_window("bare window", lambda window: window.focused)
    number = int(x11.tool("xdotool", "getactivewindow"))
    second = x11.start(bare)
    x11.wait_for_window("bare window", lambda window: window.focused and window.pid == second.pid)
    ask_for_focus(number)
    x11.wait_for_window("bare window", lambda window: window.focused and window.pid == first.pid)


def test_taskbars_are_told_not_to_list_it(x11: X11Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", x11.env["DISPLAY"])
    x11.start([sys.executable, "-m", "tests.e2e.bare_window"])
    x11.wait_for_window("bare window", lambda window: window.focused)
    number = int(x11.tool("xdotool", "getactivewindow"))
    skipped = {"_NET_WM_STATE_SKIP_TASKBAR", "_NET_WM_STATE_SKIP_PAGER"}
    assert not skipped & x11.states(number)
    keep_off_taskbars(number)
    wait_until(lambda: skipped <= x11.states(number), "the window manager")


def test_without_a_display_nothing_happens(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    ask_for_focus(1)
    keep_off_taskbars(1)
    assert caplog.text.count("the window manager can't be asked") == 2


def test_a_server_that_is_there_answers_and_has_no_tray_here(x11: X11Desktop) -> None:
    name = x11.env["DISPLAY"]
    assert display_problem({"DISPLAY": name}, "linux") is None
    assert display_problem({"DISPLAY": name, "WAYLAND_DISPLAY": "gone"}, "linux") is None
    assert display_problem({"DISPLAY": f"{name}9"}, "linux") == f"The display {name}9 doesn't answer"
    assert not x11_has_tray(name)
