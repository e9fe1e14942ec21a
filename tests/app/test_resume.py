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

from stretchplayer.app.foreground import Foreground
from stretchplayer.app.playback import Playback
from stretchplayer.app.terminal import SessionStart
from stretchplayer.player.state import ACTIVE_STATES, State
from stretchplayer.progress.history import SessionOutcome
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Settings
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.terminal.terminal_player import TerminalPlayer
from stretchplayer.ui.text.safety import URGENT
from stretchplayer.ui.theme.legibility import screen_px_per_mm, text_sizes_for
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.question import Question
from stretchplayer.ui.window.main_view import MainView
from stretchplayer.ui.window.main_window import MainWindow
from tests.app.test_history import leave, sessions
from tests.routine.shipped import hamstring_trio
from tests.ui.stage import child

MakePlayback = Callable[..., Playback]
QUESTION = "Resume at Lying leg raise, right leg?"


@pytest.fixture
def playback(make_playback: MakePlayback, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Playback:
    """A program, without sound, for a person who left a session in the middle ten minutes ago."""
    monkeypatch.setattr("stretchplayer.app.playback.LOUDEST_RATE", 0.5)
    SettingsFile(data_dir).save(Settings(introduced=True, safety_shown=True))
    leave(data_dir, build_timeline(hamstring_trio()))
    return make_playback(rate=1.0)


@pytest.fixture
def show(own_app: QApplication, data_dir: Path, request: pytest.FixtureRequest) -> Callable[[Playback], Foreground]:
    """Shows a core's window."""

    def made(playback: Playback) -> Foreground:
        main_window = MainWindow()
        foreground = Foreground(playback, own_app, main_window)
        main_window.show()

        def close() -> None:
            playback.session.stop()
            foreground.disconnect()
            main_window.close()

        request.addfinalizer(close)
        return foreground

    return made


@pytest.fixture
def foreground(playback: Playback, show: Callable[[Playback], Foreground]) -> Foreground:
    """Its window."""
    return show(playback)


@pytest.fixture
def view(foreground: Foreground) -> MainView:
    """What is in it."""
    return foreground.view


def question_of(view: MainView, qtbot: QtBot) -> Question:
    """The question, when it has come."""
    qtbot.waitUntil(lambda: bool(questions_in(view)))
    (question,) = questions_in(view)
    return question


def questions_in(view: MainView) -> list[Question]:
    """All that are asked now."""
    return [each for each in view.findChildren(Question) if each.isVisible()]


def outcome(playback: Playback, data_dir: Path) -> SessionOutcome:
    """What has become of the session, when everything is written."""
    playback.open_history().store.close()
    return sessions(data_dir)[-1].outcome


def test_the_window_asks_and_goes_on(playback: Playback, view: MainView, qtbot: QtBot) -> None:
    question = question_of(view, qtbot)
    assert question.accessibleName().startswith(QUESTION)
    QTest.keyClick(question.focusWidget(), Qt.Key.Key_Return)
    assert playback.session.state is State.SWITCH_SIDES
    assert playback.session.held is not None
    assert playback.session.held.total_ms == 39_000
    assert not questions_in(view)


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_or_it_is_closed_as_it_was(
    playback: Playback, view: MainView, qtbot: QtBot, data_dir: Path, key: Qt.Key
) -> None:
    QTest.keyClick(question_of(view, qtbot), key)
    assert playback.session.state is State.IDLE
    assert view.today.start_button.hasFocus()
    assert outcome(playback, data_dir) is SessionOutcome.INTERRUPTED


START_ANEW = {
    Qt.Key.Key_Return: (State.SWITCH_SIDES, SessionOutcome.OPEN),
    Qt.Key.Key_Escape: (State.PREPARE, SessionOutcome.INTERRUPTED),
    Qt.Key.Key_Space: (State.PREPARE, SessionOutcome.INTERRUPTED),
}


@pytest.mark.parametrize("key", START_ANEW)
def test_who_wants_to_start_is_asked_first(
    playback: Playback, foreground: Foreground, qtbot: QtBot, data_dir: Path, key: Qt.Key
) -> None:
    foreground.start()
    assert playback.session.state is State.IDLE
    question = question_of(foreground.view, qtbot)
    assert question.accessibleName().startswith(QUESTION)
    assert {button.text() for button in question.findChildren(WideButton)} == {"Resume", "Start over"}
    assert question.accessibleName().endswith("Enter to resume, Space to start over.")
    QTest.keyClick(question.focusWidget(), key)
    assert not questions_in(foreground.view)
    assert (playback.session.state, outcome(playback, data_dir)) == START_ANEW[key]


def test_a_command_to_start_changes_the_question_that_is_asked(
    playback: Playback, foreground: Foreground, qtbot: QtBot
) -> None:
    """As when `start` reaches a program that asks already: it is not started over the question."""
    question_of(foreground.view, qtbot)
    foreground.start()
    questions = questions_in(foreground.view)
    assert playback.session.state is State.IDLE
    assert len(questions) == 1
    assert "Start over" in {button.text() for button in questions[0].findChildren(WideButton)}


@pytest.mark.parametrize("script", [{"exit_when_done": True}, {"trace": Path("trace.jsonl")}, {"rate": 2.0}])
def test_where_nobody_may_be_there_to_answer_it_plays_at_once(
    make_playback: MakePlayback,
    show: Callable[[Playback], Foreground],
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: dict[str, object],
) -> None:
    monkeypatch.setattr("stretchplayer.app.playback.LOUDEST_RATE", 0.5)
    monkeypatch.chdir(data_dir.parent)
    leave(data_dir, build_timeline(hamstring_trio()))
    playback = make_playback(**{"rate": 1.0, **script})
    foreground = show(playback)
    foreground.start()
    assert playback.session.state is State.PREPARE
    assert not questions_in(foreground.view)
    assert outcome(playback, data_dir) is SessionOutcome.OPEN


def test_without_such_a_session_a_start_is_a_start(
    make_playback: MakePlayback,
    show: Callable[[Playback], Foreground],
    data_dir: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    SettingsFile(data_dir).save(Settings(safety_shown=True))
    monkeypatch.setattr("stretchplayer.app.playback.LOUDEST_RATE", 0.5)
    playback = make_playback(rate=1.0)
    foreground = show(playback)
    foreground.start()
    qtbot.waitUntil(lambda: playback.session.state is State.PREPARE)
    playback.session.stop()
    foreground.start()
    assert playback.session.state is State.PREPARE


def test_a_history_that_is_slow_is_not_waited_for(
    playback: Playback, foreground: Foreground, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stretchplayer.app.foreground.LONGEST_LOOK_MS", 1)
    monkeypatch.setattr("stretchplayer.app.history.History.open", lambda _history: None)
    foreground.start()
    qtbot.waitUntil(lambda: playback.session.state is State.PREPARE)
    playback.session.stop()
    playback.open_history().unfinished_found.emit(None)
    assert playback.session.state is State.STOPPED


def test_a_key_pressed_while_the_history_is_looked_at_pauses(
    playback: Playback, foreground: Foreground, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stretchplayer.app.foreground.LONGEST_LOOK_MS", 1)
    monkeypatch.setattr("stretchplayer.app.history.History.open", lambda _history: None)
    foreground.start()
    player = foreground.main_window.focusWidget()
    assert isinstance(player, PlayerView)
    QTest.keyClick(player, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: playback.session.state is State.PAUSED)


def test_a_key_pressed_before_the_question_is_shown_answers_nothing(
    playback: Playback, foreground: Foreground, qtbot: QtBot
) -> None:
    foreground.start()
    player = foreground.main_window.focusWidget()
    assert isinstance(player, PlayerView)
    QTest.keyClick(player, Qt.Key.Key_Space)
    question = question_of(foreground.view, qtbot)
    assert question.isAncestorOf(foreground.main_window.focusWidget())
    QTest.keyClick(question.focusWidget(), Qt.Key.Key_Return)
    assert playback.session.state is State.SWITCH_SIDES


def test_a_plan_that_can_t_be_read_is_no_reason_not_to_start(
    playback: Playback, foreground: Foreground, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playback, "plan_of", lambda _record: None)
    foreground.start()
    qtbot.waitUntil(lambda: playback.session.state is State.PREPARE)


def test_a_session_that_begins_otherwise_takes_the_question_away(
    playback: Playback, view: MainView, qtbot: QtBot
) -> None:
    question_of(view, qtbot)
    playback.start()
    qtbot.waitUntil(lambda: not questions_in(view))


@pytest.mark.parametrize("size", [(800, 500), (1920, 1080), (1080, 1920)])
def test_the_question_about_starting_can_be_read_from_the_floor(
    view: MainView, qtbot: QtBot, size: tuple[int, int]
) -> None:
    question_of(view, qtbot)
    view.window().resize(*size)
    qtbot.waitUntil(lambda: view.width() == size[0])
    caps = {}
    for anew in (False, True):
        detail = "Your session at 08:00 ended in the middle. 1 min 30 s held are kept, whatever you choose."
        view.ask_to_resume(QUESTION, detail, anew=anew)
        question = question_of(view, qtbot)
        labels = question.findChildren(QLabel)
        QApplication.processEvents()
        assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)
        assert all(button.height() >= button.sizeHint().height() for button in question.findChildren(WideButton))
        title = next(label for label in labels if label.text() == QUESTION)
        caps[anew] = QFontMetricsF(title.font()).capHeight()
    assert caps[False] <= caps[True]
    needed = text_sizes_for(screen_px_per_mm(view.screen()), 2.5, view.font()).instruction
    assert caps[True] >= needed - 1 or size[0] < 1920, "as large as fits"


def test_the_question_grows_with_the_window(view: MainView, qtbot: QtBot) -> None:
    question = question_of(view, qtbot)
    covered = question.parentWidget()
    assert covered is not None
    view.window().resize(1400, 900)
    qtbot.waitUntil(lambda: question.size() == covered.size())


def test_a_session_that_was_started_meanwhile_is_not_asked_over(
    playback: Playback, view: MainView, qtbot: QtBot
) -> None:
    playback.start()
    with qtbot.waitSignal(playback.open_history().unfinished_found):
        pass
    assert playback.session.state in ACTIVE_STATES
    assert not questions_in(view)


def test_in_a_rehearsal_it_is_left_for_later(make_playback: MakePlayback, data_dir: Path, qtbot: QtBot) -> None:
    leave(data_dir, build_timeline(hamstring_trio()))
    playback = make_playback()
    with qtbot.waitSignal(playback.open_history().unfinished_found):
        pass
    assert outcome(playback, data_dir) is SessionOutcome.OPEN


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at the terminal."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)


def begin(playback: Playback, qtbot: QtBot, output: io.StringIO) -> TerminalPlayer:
    """Begin in the terminal, and wait until it has looked."""
    player = TerminalPlayer(playback.session, output=output)
    SessionStart(playback, player)
    with qtbot.waitSignal(playback.open_history().unfinished_found):
        pass
    qtbot.waitUntil(lambda: playback.session.state in ACTIVE_STATES or bool(output.getvalue()))
    return player


ANSWERS = {
    "g": (State.SWITCH_SIDES, SessionOutcome.OPEN),
    "n": (State.PREPARE, SessionOutcome.INTERRUPTED),
    "x": (State.IDLE, SessionOutcome.OPEN),
}


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("key", ANSWERS)
def test_the_terminal_asks(playback: Playback, qtbot: QtBot, data_dir: Path, key: str) -> None:
    output = io.StringIO()
    player = begin(playback, qtbot, output)
    assert playback.session.state is State.IDLE
    assert QUESTION in output.getvalue()
    player.on_key(key)
    assert (playback.session.state, outcome(playback, data_dir)) == ANSWERS[key]


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("key", ["\r", "x"])
def test_the_terminal_shows_the_safety_rules_before_the_first_session(
    make_playback: MakePlayback, qtbot: QtBot, data_dir: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setattr("stretchplayer.app.playback.LOUDEST_RATE", 0.5)
    playback, output = make_playback(rate=1.0), io.StringIO()
    player = begin(playback, qtbot, output)
    assert playback.session.state is State.IDLE
    assert URGENT in output.getvalue()
    player.on_key(key)
    assert (playback.session.phase is not None) is (key == "\r")
    assert SettingsFile(data_dir).load().safety_shown is (key == "\r")


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(("options", "seen"), [({}, True), ({"exit_when_done": True}, False), ({"rate": 3.0}, False)])
def test_the_terminal_plays_at_once_where_they_are_known_or_it_is_only_tried_out(
    make_playback: MakePlayback, qtbot: QtBot, data_dir: Path, options: dict[str, object], seen: bool
) -> None:
    SettingsFile(data_dir).save(Settings(safety_shown=seen))
    playback = make_playback(**{"rate": 1.0, **options})
    begin(playback, qtbot, io.StringIO())
    assert playback.session.state is State.PREPARE
    assert SettingsFile(data_dir).load().safety_shown is seen


def test_where_nobody_can_answer_nothing_is_asked(playback: Playback, qtbot: QtBot, data_dir: Path) -> None:
    begin(playback, qtbot, io.StringIO())
    assert playback.session.state is State.PREPARE
    assert outcome(playback, data_dir) is SessionOutcome.OPEN


def test_closing_the_window_in_the_middle_leaves_it_to_be_gone_on_with(
    playback: Playback, view: MainView, qtbot: QtBot, data_dir: Path
) -> None:
    QTest.keyClick(question_of(view, qtbot).focusWidget(), Qt.Key.Key_Return)
    view.window().close()
    player = child(view, PlayerView)
    assert player.question.isVisible()
    QTest.keyClick(player.question.focusWidget(), Qt.Key.Key_Return)
    assert playback.session.state is State.STOPPED
    assert outcome(playback, data_dir) is SessionOutcome.OPEN
