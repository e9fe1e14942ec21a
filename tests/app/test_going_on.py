"""A session that was left in the middle: the window and the terminal ask, and do what is answered."""

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.app.core import Core
from stretchplayer.app.terminal import _Beginning
from stretchplayer.app.window import _Window
from stretchplayer.domain.history import SessionOutcome
from stretchplayer.domain.preferences import Settings
from stretchplayer.domain.timeline_builder import build_timeline
from stretchplayer.player.statechart import ACTIVE_STATES, State
from stretchplayer.storage.logfile import LogFile
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui.frame import Frame
from stretchplayer.ui.main_view import MainView
from stretchplayer.ui.question import Question
from stretchplayer.ui.terminal import TerminalPlayer
from tests.app.test_history import PATIENCE_MS, leave, sessions
from tests.domain.shipped import hamstring_trio

MakeCore = Callable[..., Core]
QUESTION = "Go on where you were: Lying leg raise, right leg?"


@pytest.fixture
def core(make_core: MakeCore, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Core:
    """A program, without sound, for a person who left a session in the middle ten minutes ago."""
    monkeypatch.setattr("stretchplayer.app.core.LOUDEST_RATE", 0.5)
    SettingsFile(data_dir).save(Settings(introduced=True))
    leave(data_dir, build_timeline(hamstring_trio()))
    return make_core(rate=1.0)


@pytest.fixture
def view(core: Core, own_app: QApplication, data_dir: Path) -> Iterator[MainView]:
    """Its window."""
    frame = Frame()
    window = _Window(core, own_app, frame, LogFile(data_dir))
    frame.show()
    yield window._view
    core.session.stop()
    window.close()
    frame.close()


def question_of(view: MainView, qtbot: QtBot) -> Question:
    """The question, when it has come."""
    qtbot.waitUntil(lambda: view._question is not None, timeout=PATIENCE_MS)
    assert view._question is not None
    assert view._question.isVisible()
    return view._question


def outcome(core: Core, data_dir: Path) -> SessionOutcome:
    """What has become of the session, when everything is written."""
    core.open_history().store.close()
    return sessions(data_dir)[-1].outcome


def test_the_window_asks_and_goes_on(core: Core, view: MainView, qtbot: QtBot) -> None:
    question = question_of(view, qtbot)
    assert question.accessibleName().startswith(QUESTION)
    QTest.keyClick(question.focusWidget(), Qt.Key.Key_Return)
    assert core.session.state is State.SWITCH_SIDES
    assert core.session.held is not None
    assert core.session.held.total_ms == 39_000
    assert view._question is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_or_it_is_closed_as_it_was(core: Core, view: MainView, qtbot: QtBot, data_dir: Path, key: Qt.Key) -> None:
    QTest.keyClick(question_of(view, qtbot), key)
    assert core.session.state is State.IDLE
    assert view.today.start_button.hasFocus()
    assert outcome(core, data_dir) is SessionOutcome.INTERRUPTED


def test_the_question_grows_with_the_window(view: MainView, qtbot: QtBot) -> None:
    question = question_of(view, qtbot)
    view.window().resize(1400, 900)
    qtbot.waitUntil(lambda: question.size() == view._shell.size(), timeout=PATIENCE_MS)


def test_a_session_that_was_started_meanwhile_is_not_asked_over(core: Core, view: MainView, qtbot: QtBot) -> None:
    core.start()
    with qtbot.waitSignal(core.open_history().unfinished_found, timeout=PATIENCE_MS):
        pass
    assert core.session.state in ACTIVE_STATES
    assert view._question is None


def test_in_a_rehearsal_it_is_left_for_later(make_core: MakeCore, data_dir: Path, qtbot: QtBot) -> None:
    leave(data_dir, build_timeline(hamstring_trio()))
    core = make_core()
    with qtbot.waitSignal(core.open_history().unfinished_found, timeout=PATIENCE_MS):
        pass
    assert outcome(core, data_dir) is SessionOutcome.OPEN


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at the terminal."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)


def begin(core: Core, qtbot: QtBot, output: io.StringIO) -> TerminalPlayer:
    """Begin in the terminal, and wait until it has looked."""
    player = TerminalPlayer(core.session, output=output)
    beginning = _Beginning(core, player)
    with qtbot.waitSignal(core.open_history().unfinished_found, timeout=PATIENCE_MS):
        pass
    qtbot.waitUntil(lambda: beginning._begun, timeout=PATIENCE_MS)
    return player


ANSWERS = {
    "g": (State.SWITCH_SIDES, SessionOutcome.OPEN),
    "n": (State.PREPARE, SessionOutcome.INTERRUPTED),
    "x": (State.IDLE, SessionOutcome.OPEN),
}


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("key", ANSWERS)
def test_the_terminal_asks(core: Core, qtbot: QtBot, data_dir: Path, key: str) -> None:
    output = io.StringIO()
    player = begin(core, qtbot, output)
    assert core.session.state is State.IDLE
    assert QUESTION in output.getvalue()
    player.on_key(key)
    assert (core.session.state, outcome(core, data_dir)) == ANSWERS[key]


def test_where_nobody_can_answer_nothing_is_asked(core: Core, qtbot: QtBot, data_dir: Path) -> None:
    begin(core, qtbot, io.StringIO())
    assert core.session.state is State.PREPARE
    assert outcome(core, data_dir) is SessionOutcome.OPEN


def test_closing_the_window_in_the_middle_leaves_it_to_be_gone_on_with(
    core: Core, view: MainView, qtbot: QtBot, data_dir: Path
) -> None:
    QTest.keyClick(question_of(view, qtbot).focusWidget(), Qt.Key.Key_Return)
    view.window().close()
    player = view._player()
    assert player.question.isVisible()
    QTest.keyClick(player.question.focusWidget(), Qt.Key.Key_Return)
    assert core.session.state is State.STOPPED
    assert outcome(core, data_dir) is SessionOutcome.OPEN
