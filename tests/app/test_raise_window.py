"""What a request does to the window, with the program's own wires."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from stretchplayer.desktop.ipc.protocol import DONE, Reply, Verb
from stretchplayer.player.state import State
from stretchplayer.ui.window.main_window import MainWindow
from tests.app.program_stage import Stage
from tests.storage.routines.sheets import write_sheet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support|systemTrayWindowChanged")
"""Without a real screen there is much that Qt can't do, and says so."""


def frame_of(stage: Stage) -> MainWindow:
    assert stage.program.foreground is not None
    return stage.program.foreground.main_window


def test_the_window_is_shown_whatever_has_become_of_it(make: Callable[..., Stage]) -> None:
    stage = make()
    main_window = frame_of(stage)
    main_window.hide()
    assert stage.ask(Verb.RAISE) == DONE
    assert main_window.isVisible()
    main_window.setWindowState(Qt.WindowState.WindowMinimized | Qt.WindowState.WindowMaximized)
    assert stage.ask(Verb.RAISE, token="x") == DONE  # noqa: S106 -- no password
    assert not main_window.isMinimized()
    assert main_window.isMaximized()


@pytest.mark.parametrize(
    ("desktop", "token", "is_active", "anew"),
    [("KDE", "", False, True), ("KDE", "", True, False), ("KDE", "x", False, False), ("sway", "", False, False)],
)
def test_where_new_windows_get_the_focus_it_comes_anew_unless_the_desktop_lets_it_have_it(  # noqa: PLR0917 -- a row
    make: Callable[..., Stage],
    monkeypatch: pytest.MonkeyPatch,
    desktop: str,
    token: str,
    is_active: bool,
    anew: bool,
) -> None:
    stage = make()
    main_window = frame_of(stage)
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    monkeypatch.setattr(main_window, "isActiveWindow", lambda: is_active)
    if token:
        monkeypatch.setenv("XDG_ACTIVATION_TOKEN", token)
    seen: list[bool] = []
    main_window.windowHandle().visibleChanged.connect(seen.append)
    assert stage.ask(Verb.RAISE) == DONE
    assert seen == ([False, True] if anew else [])
    assert main_window.isVisible()


def test_a_session_is_started_with_another_routine(make: Callable[..., Stage], tmp_path: Path) -> None:
    stage = make()
    routine = write_sheet(tmp_path / "mine.toml")
    assert stage.ask(Verb.START, routine=str(routine), fullscreen=True) == DONE
    assert frame_of(stage).isFullScreen()
    status = stage.ask(Verb.STATUS).status
    assert (status["routine"], status["state"]) == ("mine", "prepare")


def test_what_can_not_be_started_is_said_and_nothing_changed(make: Callable[..., Stage]) -> None:
    stage = make()
    answer = stage.ask(Verb.START, routine="nope")
    assert answer.reply is Reply.REFUSED
    assert answer.problem.startswith('There is no routine "nope"')
    assert stage.program.session is not None
    assert stage.program.session.state is State.IDLE
    assert stage.ask(Verb.START) == DONE
    assert stage.program.session.timeline is not None
    assert stage.program.session.timeline.routine.id == "hamstring-trio"
