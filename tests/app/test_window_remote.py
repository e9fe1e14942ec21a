"""What a request does to the window, with the program's own wires."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from stretchplayer.app.playback import Playback
from stretchplayer.app.window import Window
from stretchplayer.app.window_remote import WindowRemote
from stretchplayer.desktop.ipc.remote import DONE, Answer, Reply, Request, Verb
from stretchplayer.player.statechart import State
from stretchplayer.reminders.log import ReminderLog
from stretchplayer.storage.reminders import ReminderFile
from stretchplayer.ui.window.main_window import MainWindow
from tests.storage.routines.sheets import write_sheet
from tests.ui.stage import settle

LIMIT_MS = 20_000
RAISES = pytest.mark.expected_log(r"This plugin does not support raise\(\)")
"""Of the platform without a screen."""


class Program:
    """The window, and a way to ask it without a socket."""

    def __init__(self, core: Playback, app: QApplication, data_dir: Path) -> None:
        self.core = core
        self.frame = MainWindow()
        self.window = Window(core, app, self.frame)
        self.remote = WindowRemote(core, self.frame, self.window.view, self.window.start)
        self.frame.show()
        settle()

    def ask(self, verb: Verb, **fields: Any) -> Answer:  # noqa: ANN401 -- whatever belongs to the verb
        return self.remote.handle(Request(verb=verb, **fields))


@pytest.fixture
def program(make_core: Callable[..., Playback], own_app: QApplication, data_dir: Path) -> Iterator[Program]:
    made = Program(make_core(rate=3.0), own_app, data_dir)
    yield made
    made.core.session.stop()
    made.window.close()
    made.frame.close()


@RAISES
def test_the_window_is_shown_whatever_has_become_of_it(program: Program) -> None:
    program.frame.hide()
    assert program.ask(Verb.RAISE) == DONE
    assert program.frame.isVisible()
    program.frame.setWindowState(Qt.WindowState.WindowMinimized | Qt.WindowState.WindowMaximized)
    assert program.ask(Verb.RAISE, token="x") == DONE  # noqa: S106 -- no password
    assert not program.frame.isMinimized()
    assert program.frame.isMaximized()


@RAISES
@pytest.mark.parametrize(
    ("desktop", "token", "is_active", "anew"),
    [("KDE", "", False, True), ("KDE", "", True, False), ("KDE", "x", False, False), ("sway", "", False, False)],
)
def test_where_new_windows_get_the_focus_it_comes_anew_unless_the_desktop_lets_it_have_it(  # noqa: PLR0917 -- a row
    program: Program, monkeypatch: pytest.MonkeyPatch, desktop: str, token: str, is_active: bool, anew: bool
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    monkeypatch.setattr(program.frame, "isActiveWindow", lambda: is_active)
    if token:
        monkeypatch.setenv("XDG_ACTIVATION_TOKEN", token)
    seen: list[bool] = []
    program.frame.windowHandle().visibleChanged.connect(seen.append)
    assert program.ask(Verb.RAISE) == DONE
    assert seen == ([False, True] if anew else [])
    assert program.frame.isVisible()


@RAISES
def test_a_session_is_started_with_another_routine(program: Program, tmp_path: Path) -> None:
    routine = write_sheet(tmp_path / "mine.toml")
    assert program.ask(Verb.START, routine=str(routine), fullscreen=True) == DONE
    settle()
    assert program.core.session.state is State.PREPARE
    assert program.frame.isFullScreen()
    status = program.ask(Verb.STATUS).status
    assert status is not None
    assert (status["routine"], status["state"]) == ("mine", "prepare")


@RAISES
def test_what_can_not_be_started_is_said_and_nothing_changed(program: Program) -> None:
    answer = program.ask(Verb.START, routine="nope")
    assert answer.reply is Reply.REFUSED
    assert (answer.problem or "").startswith('There is no routine "nope"')
    assert program.core.session.state is State.IDLE
    assert program.ask(Verb.START) == DONE
    settle()
    assert program.core.session.timeline is not None
    assert program.core.session.timeline.routine.id == "hamstring-trio"


def test_the_slots_are_those_of_the_data(program: Program, data_dir: Path) -> None:
    ReminderFile(data_dir).save(ReminderLog(begun_at=datetime(2026, 3, 1, tzinfo=UTC)))
    status: Any = program.ask(Verb.STATUS).status
    assert [slot["time"] for slot in status["slots"]] == ["08:00", "20:00"]
    assert status["phase"] is None


@RAISES
def test_quitting_stops_the_session_and_asks_nothing(program: Program, own_app: QApplication) -> None:
    program.ask(Verb.START)
    settle()
    answers: list[Answer] = []
    limit = QTimer()
    limit.timeout.connect(lambda: own_app.exit(1))
    limit.start(LIMIT_MS)
    QTimer.singleShot(0, lambda: answers.append(program.ask(Verb.QUIT)))
    assert own_app.exec() == 0
    assert answers == [DONE]
    assert program.core.session.state is State.STOPPED
