"""What macOS asks of a program."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from stretchplayer.app.application import Application
from stretchplayer.app.faults import Faults
from stretchplayer.app.first_window import run_window
from stretchplayer.app.options import LaunchOptions
from stretchplayer.desktop.ipc.instance import Instance
from stretchplayer.desktop.timed_question import TimedQuestion
from stretchplayer.player.state import ACTIVE_STATES
from stretchplayer.storage.assets import asset_dir
from stretchplayer.ui.reminders.reminder_window import ReminderWindow
from stretchplayer.ui.window.main_window import MainWindow
from tests.app.program_stage import FakeLock, Stage
from tests.ui.stage import told

VARIABLE = "QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support|systemTrayWindowChanged")


def test_a_file_that_is_opened_is_played(make: Callable[..., Stage], tmp_path: Path) -> None:
    stage = make(background=True)
    file = tmp_path / "mine.toml"
    file.write_bytes((asset_dir("routines") / "hamstring-trio.toml").read_bytes())
    stage.program.open_file(str(file))
    stage.paint()
    assert stage.program.session is not None
    assert stage.program.session.state in ACTIVE_STATES
    assert stage.program.routine_id() == "mine"


def test_a_file_that_is_no_routine_is_told_of_in_the_window(make: Callable[..., Stage], tmp_path: Path) -> None:
    stage = make(background=True)
    (tmp_path / "broken.toml").write_text("no", encoding="utf-8")
    stage.program.open_file(str(tmp_path / "broken.toml"))
    stage.paint()
    assert stage.program.foreground is not None
    assert "broken.toml" in told(stage.program.foreground.view.notice)[0]


def test_the_application_takes_files(qapp: QApplication) -> None:
    assert isinstance(qapp, Application)
    opened: list[str] = []
    qapp.file_opened.connect(opened.append)
    QApplication.sendEvent(qapp, QFileOpenEvent("/somewhere/mine.toml"))
    assert opened == ["/somewhere/mine.toml"]


@pytest.mark.parametrize(("system", "opens"), [("darwin", True), ("linux", False)])
def test_a_click_on_the_dock_opens_the_window(
    make: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch, system: str, opens: bool
) -> None:
    stage = make(background=True)
    for reminder in stage.windows(ReminderWindow):
        reminder.close()
    monkeypatch.setattr("stretchplayer.app.program.sys", SimpleNamespace(platform=system))
    stage.app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert stage.windows(MainWindow) == []
    stage.app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert bool(stage.windows(MainWindow)) is opens


@pytest.mark.parametrize(("system", "kept"), [("darwin", ["1", None]), ("linux", [None, None])])
def test_qt_does_not_bring_a_program_to_the_front_that_starts_without_a_window(
    make_options: Callable[..., LaunchOptions], monkeypatch: pytest.MonkeyPatch, system: str, kept: list[str | None]
) -> None:
    """Qt does so when its event loop runs, in -[QCocoaApplicationDelegate applicationDidFinishLaunching:]."""
    seen: list[str | None] = []

    class MadeError(Exception):
        pass

    def make_application(_arguments: list[str]) -> None:
        seen.append(os.environ.get(VARIABLE))
        raise MadeError

    monkeypatch.setattr("stretchplayer.app.first_window.Application", make_application)
    monkeypatch.setattr("stretchplayer.app.first_window.sys", SimpleNamespace(platform=system, argv=["stretchplayer"]))
    lock: Any = FakeLock()
    for background in (True, False):
        monkeypatch.setenv(VARIABLE, "")  # so that it is gone again afterwards
        monkeypatch.delenv(VARIABLE)
        options = make_options(background=background)
        with closing(Faults()) as faults, pytest.raises(MadeError):
            run_window(options, Instance(lock, options.data_dir), faults, TimedQuestion(lambda: True))
    assert seen == kept
