"""A session that was left in the middle: the window and the terminal ask, and do what is answered."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from stretchplayer.app.playback import Playback
from stretchplayer.app.terminal import Beginning
from stretchplayer.app.window import Window
from stretchplayer.player.statechart import ACTIVE_STATES, State
from stretchplayer.progress.history import SessionOutcome
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Settings
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.terminal.terminal_player import TerminalPlayer
from stretchplayer.ui.theme.legibility import letters_for, screen_px_per_mm
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.question import Question
from stretchplayer.ui.window.main_view import MainView
from stretchplayer.ui.window.main_window import MainWindow
from tests.app.test_history import PATIENCE_MS, leave, sessions
from tests.routine.shipped import hamstring_trio
from tests.ui.stage import child

MakeCore = Callable[..., Playback]
QUESTION = "Resume at Lying leg raise, right leg?"


@pytest.fixture
def core(make_core: MakeCore, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Playback:
    """A program, without sound, for a person who left a session in the middle ten minutes ago."""
    monkeypatch.setattr("stretchplayer.app.playback.LOUDEST_RATE", 0.5)
    SettingsFile(data_dir).save(Settings(introduced=True))
    leave(data_dir, build_timeline(hamstring_trio()))
    return make_core(rate=1.0)


@pytest.fixture
def show(own_app: QApplication, data_dir: Path, request: pytest.FixtureRequest) -> Callable[[Playback], Window]:
    """Shows a core's window."""

    def made(core: Playback) -> Window:
        frame = MainWindow()
        window = Window(core, own_app, frame)
        frame.show()

        def close() -> None:
            core.session.stop()
            window.close()
            frame.close()

        request.addfinalizer(close)
        return window

    return made


@pytest.fixture
def window(core: Playback, show: Callable[[Playback], Window]) -> Window:
    """Its window."""
    return show(core)


@pytest.fixture
def view(window: Window) -> MainView:
    """What is in it."""
    return window.view


def question_of(view: MainView, qtbot: QtBot) -> Question:
    """The question, when it has come."""
    qtbot.waitUntil(lambda: view.going_on.question is not None, timeout=PATIENCE_MS)
    assert view.going_on.question is not None
    assert view.going_on.question.isVisible()
    return view.going_on.question


def outcome(core: Playback, data_dir: Path) -> SessionOutcome:
    """What has become of the session, when everything is written."""
    core.open_history().store.close()
    return sessions(data_dir)[-1].outcome


def test_the_window_asks_and_goes_on(core: Playback, view: MainView, qtbot: QtBot) -> None:
    question = question_of(view, qtbot)
    assert question.accessibleName().startswith(QUESTION)
    QTest.keyClick(question.focusWidget(), Qt.Key.Key_Return)
    assert core.session.state is State.SWITCH_SIDES
    assert core.session.held is not None
    assert core.session.held.total_ms == 39_000
    assert view.going_on.question is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_or_it_is_closed_as_it_was(core: Playback, view: MainView, qtbot: QtBot, data_dir: Path, key: Qt.Key) -> None:
    QTest.keyClick(question_of(view, qtbot), key)
    assert core.session.state is State.IDLE
    assert view.today.start_button.hasFocus()
    assert outcome(core, data_dir) is SessionOutcome.INTERRUPTED


START_ANEW = {
    Qt.Key.Key_Return: (State.SWITCH_SIDES, SessionOutcome.OPEN),
    Qt.Key.Key_Escape: (State.PREPARE, SessionOutcome.INTERRUPTED),
    Qt.Key.Key_Space: (State.PREPARE, SessionOutcome.INTERRUPTED),
}


@pytest.mark.parametrize("key", START_ANEW)
def test_who_wants_to_start_is_asked_first(
    core: Playback, window: Window, qtbot: QtBot, data_dir: Path, key: Qt.Key
) -> None:
    window.start()
    assert core.session.state is State.IDLE
    question = question_of(window.view, qtbot)
    assert question.accessibleName().startswith(QUESTION)
    assert {button.text() for button in question.findChildren(WideButton)} == {"Go on", "Start anew"}
    assert question.accessibleName().endswith("Enter goes on, Space starts anew.")
    QTest.keyClick(question.focusWidget(), key)
    assert window.view.going_on.question is None
    assert (core.session.state, outcome(core, data_dir)) == START_ANEW[key]


def test_a_wish_to_start_changes_the_question_that_is_asked(core: Playback, window: Window, qtbot: QtBot) -> None:
    """As when `start` reaches a program that asks already: it is not started over the question."""
    question_of(window.view, qtbot)
    window.start()
    questions = [each for each in window.view.findChildren(Question) if each.isVisible()]
    assert core.session.state is State.IDLE
    assert questions == [window.view.going_on.question]
    assert "Start anew" in {button.text() for button in questions[0].findChildren(WideButton)}


@pytest.mark.parametrize("script", [{"exit_when_done": True}, {"trace": Path("trace.jsonl")}, {"rate": 2.0}])
def test_where_nobody_may_be_there_to_answer_it_plays_at_once(
    make_core: MakeCore,
    show: Callable[[Playback], Window],
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: dict[str, object],
) -> None:
    monkeypatch.setattr("stretchplayer.app.playback.LOUDEST_RATE", 0.5)
    monkeypatch.chdir(data_dir.parent)
    leave(data_dir, build_timeline(hamstring_trio()))
    core = make_core(**{"rate": 1.0, **script})
    window = show(core)
    window.start()
    assert core.session.state is State.PREPARE
    assert window.view.going_on.question is None
    assert outcome(core, data_dir) is SessionOutcome.OPEN


def test_without_such_a_session_a_start_is_a_start(
    make_core: MakeCore, show: Callable[[Playback], Window], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stretchplayer.app.playback.LOUDEST_RATE", 0.5)
    core = make_core(rate=1.0)
    window = show(core)
    window.start()
    qtbot.waitUntil(lambda: core.session.state is State.PREPARE, timeout=PATIENCE_MS)
    core.session.stop()
    window.start()
    assert core.session.state is State.PREPARE


def test_a_history_that_is_slow_is_not_waited_for(
    core: Playback, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stretchplayer.app.window.LONGEST_LOOK_MS", 1)
    monkeypatch.setattr("stretchplayer.app.history.History.open", lambda _history: None)
    window.start()
    qtbot.waitUntil(lambda: core.session.state is State.PREPARE, timeout=PATIENCE_MS)
    core.session.stop()
    core.open_history().unfinished_found.emit(None)
    assert core.session.state is State.STOPPED


def test_a_plan_that_can_t_be_read_is_no_reason_not_to_start(
    core: Playback, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core, "plan_of", lambda _record: None)
    window.start()
    qtbot.waitUntil(lambda: core.session.state is State.PREPARE, timeout=PATIENCE_MS)


def test_a_session_that_begins_otherwise_takes_the_question_away(core: Playback, view: MainView, qtbot: QtBot) -> None:
    question_of(view, qtbot)
    core.start()
    qtbot.waitUntil(lambda: view.going_on.question is None, timeout=PATIENCE_MS)


@pytest.mark.parametrize("size", [(800, 500), (1920, 1080), (1080, 1920)])
def test_the_question_about_starting_can_be_read_from_the_floor(
    view: MainView, qtbot: QtBot, size: tuple[int, int]
) -> None:
    question_of(view, qtbot)
    view.window().resize(*size)
    qtbot.waitUntil(lambda: view.width() == size[0], timeout=PATIENCE_MS)
    caps = {}
    for anew in (False, True):
        detail = "Your session at 08:00 ended in the middle. 1 min 30 s held are kept, whatever you choose."
        view.ask_to_go_on(QUESTION, detail, anew=anew)
        question = question_of(view, qtbot)
        labels = question.findChildren(QLabel)
        QApplication.processEvents()
        assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)
        assert all(button.height() >= button.sizeHint().height() for button in question.findChildren(WideButton))
        title = next(label for label in labels if label.text() == QUESTION)
        caps[anew] = QFontMetricsF(title.font()).capHeight()
    assert caps[False] <= caps[True]
    needed = letters_for(screen_px_per_mm(view.screen()), 2.5, view.font()).instruction
    assert caps[True] >= needed - 1 or size[0] < 1920, "as large as fits"


def test_the_question_grows_with_the_window(view: MainView, qtbot: QtBot) -> None:
    question = question_of(view, qtbot)
    covered = question.parentWidget()
    assert covered is not None
    view.window().resize(1400, 900)
    qtbot.waitUntil(lambda: question.size() == covered.size(), timeout=PATIENCE_MS)


def test_a_session_that_was_started_meanwhile_is_not_asked_over(core: Playback, view: MainView, qtbot: QtBot) -> None:
    core.start()
    with qtbot.waitSignal(core.open_history().unfinished_found, timeout=PATIENCE_MS):
        pass
    assert core.session.state in ACTIVE_STATES
    assert view.going_on.question is None


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


def begin(core: Playback, qtbot: QtBot, output: io.StringIO) -> TerminalPlayer:
    """Begin in the terminal, and wait until it has looked."""
    player = TerminalPlayer(core.session, output=output)
    Beginning(core, player)
    with qtbot.waitSignal(core.open_history().unfinished_found, timeout=PATIENCE_MS):
        pass
    qtbot.waitUntil(lambda: core.session.state in ACTIVE_STATES or bool(output.getvalue()), timeout=PATIENCE_MS)
    return player


ANSWERS = {
    "g": (State.SWITCH_SIDES, SessionOutcome.OPEN),
    "n": (State.PREPARE, SessionOutcome.INTERRUPTED),
    "x": (State.IDLE, SessionOutcome.OPEN),
}


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("key", ANSWERS)
def test_the_terminal_asks(core: Playback, qtbot: QtBot, data_dir: Path, key: str) -> None:
    output = io.StringIO()
    player = begin(core, qtbot, output)
    assert core.session.state is State.IDLE
    assert QUESTION in output.getvalue()
    player.on_key(key)
    assert (core.session.state, outcome(core, data_dir)) == ANSWERS[key]


def test_where_nobody_can_answer_nothing_is_asked(core: Playback, qtbot: QtBot, data_dir: Path) -> None:
    begin(core, qtbot, io.StringIO())
    assert core.session.state is State.PREPARE
    assert outcome(core, data_dir) is SessionOutcome.OPEN


def test_closing_the_window_in_the_middle_leaves_it_to_be_gone_on_with(
    core: Playback, view: MainView, qtbot: QtBot, data_dir: Path
) -> None:
    QTest.keyClick(question_of(view, qtbot).focusWidget(), Qt.Key.Key_Return)
    view.window().close()
    player = child(view, PlayerView)
    assert player.question.isVisible()
    QTest.keyClick(player.question.focusWidget(), Qt.Key.Key_Return)
    assert core.session.state is State.STOPPED
    assert outcome(core, data_dir) is SessionOutcome.OPEN
