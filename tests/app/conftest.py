"""What the tests of the composition root share: the program's options, and an application it may take for its own."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from stretchplayer.app.options import LaunchOptions
from stretchplayer.app.playback import Playback
from stretchplayer.desktop.ipc.instance import LockResult
from stretchplayer.desktop.services import DesktopServices
from stretchplayer.desktop.terminal_keys import TerminalKeys
from stretchplayer.desktop.unix_signals import EndSignals
from stretchplayer.player.session import Session
from stretchplayer.settings import Appearance, Settings
from tests.app.program_stage import Stage, due_now
from tests.app.windowed import Program
from tests.ui.stage import settle

OURS = (DesktopServices, EndSignals, Session, TerminalKeys, QTimer)
"""What the program makes children of the application; Qt makes others, which it needs."""
RATE = 500.0
"""Fast enough for a whole session in a test, and above the rate from which on there is no sound."""


@pytest.fixture
def make_options(data_dir: Path) -> Callable[..., LaunchOptions]:
    """Makes options; a session of the shipped routine takes less than a second."""

    def make(**changes: object) -> LaunchOptions:
        return LaunchOptions(**{"data_dir": data_dir, "rate": RATE, **changes})  # type: ignore[arg-type]  # its fields

    return make


@pytest.fixture
def own_app(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QApplication]:
    """The test's application in the place of the one each front end makes."""
    monkeypatch.setattr("stretchplayer.app.terminal.QCoreApplication", lambda _arguments: qapp)
    monkeypatch.setattr("stretchplayer.app.first_window.Application", lambda _arguments: qapp)
    monkeypatch.setattr(qapp, "shutdown", lambda: None, raising=False)
    logger = logging.getLogger("stretchplayer")
    handlers = list(logger.handlers)
    children = list(qapp.children())
    windows = list(qapp.topLevelWidgets())
    yield qapp
    for handler in [each for each in logger.handlers if each not in handlers]:
        logger.removeHandler(handler)
        handler.close()
    _remove([window for window in qapp.topLevelWidgets() if window not in windows and window.parent() is None])
    _remove([child for child in qapp.children() if child not in children and isinstance(child, OURS)])
    settle()


def _remove(objects: list[QObject]) -> None:
    for each in objects:
        if shiboken6.isValid(each):
            shiboken6.delete(each)


@pytest.fixture
def make_playback(
    own_app: QApplication, make_options: Callable[..., LaunchOptions], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Playback]]:
    """Makes cores, and closes them."""
    playbacks: list[Playback] = []

    def make(**changes: object) -> Playback:
        playback = Playback(make_options(**changes), own_app)
        close = playback.close

        def close_it() -> None:
            playbacks.remove(playback)
            close()

        monkeypatch.setattr(playback, "close", close_it)
        playbacks.append(playback)
        settle()
        return playback

    yield make
    for playback in playbacks:
        playback.close()


@pytest.fixture
def make(
    own_app: QApplication, make_options: Callable[..., LaunchOptions], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Stage]]:
    """Makes the whole program on a stage, with a reminder due, and takes it away again."""
    stages: list[Stage] = []
    for module in ("playback", "program"):  # Qt's messages stay with the test, which looks at them
        monkeypatch.setattr(f"stretchplayer.app.{module}.log_qt_messages", lambda: None)

    def make_stage(
        settings: Settings | None = None,
        *,
        alone: bool = True,
        begin: bool = True,
        result: LockResult = LockResult.OURS,
        **options: object,
    ) -> Stage:
        chosen = settings or Settings(
            reminders=due_now(), introduced=True, safety_shown=True, appearance=Appearance.DARK
        )
        stage = Stage(own_app, make_options(**{"rate": 3.0, **options}), chosen, alone=alone, result=result)
        monkeypatch.setattr(own_app, "exit", stage.ends.append, raising=False)
        stages.append(stage)
        if begin:
            stage.begin()
        return stage

    yield make_stage
    for stage in stages:
        if stage.program.foreground is not None:
            stage.program.foreground.playback.session.stop()
        stage.program.close()
        stage.faults.close()
        settle()


@pytest.fixture
def make_program(
    make_playback: Callable[..., Playback], own_app: QApplication, data_dir: Path, request: pytest.FixtureRequest
) -> Callable[..., Program]:
    def make(**changes: object) -> Program:
        program = Program(make_playback(**{"rate": 3.0, **changes}), own_app, data_dir)
        request.addfinalizer(program.close)
        return program

    return make
