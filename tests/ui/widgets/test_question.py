"""The question before a session is stopped."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from stretchplayer.player.state import State
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.ui.window.main_view import QUIT
from tests.ui.stage import NOWHERE, WindowStage, settle

Key = Qt.Key


@pytest.fixture
def asked(window: WindowStage) -> WindowStage:
    window.play_to(PhaseKind.HOLD, into_ms=4_000)
    window.key(Key.Key_Escape)
    assert window.player.question.isVisible()
    assert window.in_state(State.PAUSED)
    window.commands.clear()
    return window


def test_it_tells_what_was_held(asked: WindowStage) -> None:
    assert any("4 s" in text for text in asked.texts())
    assert "4 s" in asked.player.question.accessibleName()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_stops(asked: WindowStage, key: Qt.Key) -> None:
    asked.key(key)
    assert asked.in_state(State.STOPPED)


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Escape])
def test_space_and_escape_go_on(asked: WindowStage, key: Qt.Key) -> None:
    asked.key(key)
    assert asked.in_state(State.RESUMING)
    assert not asked.player.question.isVisible()
    assert asked.player.hasFocus()


@pytest.mark.parametrize("key", [Key.Key_X, Key.Key_Right, Key.Key_Down, Key.Key_MediaNext, Key.Key_F, Key.Key_F11])
def test_no_other_key_reaches_the_session_below(asked: WindowStage, key: Qt.Key) -> None:
    asked.key(key)
    assert asked.commands == []
    assert asked.player.question.isVisible()
    assert not asked.frame.isFullScreen()


def test_a_held_escape_does_not_answer_its_own_question(window: WindowStage) -> None:
    window.play()
    window.hold_key(Key.Key_Escape)
    assert window.player.question.isVisible()


@pytest.mark.parametrize("key", [Key.Key_Tab, Key.Key_Backtab, Key.Key_Right, Key.Key_Left])
def test_the_focus_stays_on_its_two_answers(asked: WindowStage, key: Qt.Key) -> None:
    for _ in range(5):
        asked.key(key)
        focused = asked.app.focusWidget()
        assert focused is not None
        assert focused.accessibleName() in {"Stop", "Resume"} or focused in {
            asked.button("Stop"), asked.button("Resume")
        }  # fmt: skip


def test_enter_on_go_on_goes_on(asked: WindowStage) -> None:
    asked.key(Key.Key_Tab)
    assert asked.button("Resume").hasFocus()
    asked.key(Key.Key_Return)
    assert asked.in_state(State.RESUMING)


@pytest.mark.parametrize(("answer", "state"), [("Stop", State.STOPPED), ("Resume", State.RESUMING)])
def test_its_buttons_can_be_clicked(asked: WindowStage, answer: str, state: State) -> None:
    asked.press(answer)
    assert asked.session.state is state


def test_a_click_beside_the_buttons_does_nothing(asked: WindowStage) -> None:
    QTest.mouseClick(asked.player.question, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.qWait(QApplication.doubleClickInterval() + 20)
    QTest.mouseDClick(asked.player.question, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseRelease(asked.player.question, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    settle()
    assert asked.commands == []
    assert asked.in_state(State.PAUSED)
    assert not asked.frame.isFullScreen()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_keys_answer_after_a_click_beside_the_buttons(asked: WindowStage, key: Qt.Key) -> None:
    QTest.mouseClick(asked.player.question, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    asked.key(key)
    assert asked.in_state(State.STOPPED if key == Key.Key_Return else State.RESUMING)


def test_it_covers_the_view_in_every_size(asked: WindowStage) -> None:
    asked.resize(1500, 900)
    assert asked.player.question.geometry() == asked.player.rect()


def test_going_on_in_a_wait_leads_back_to_the_wait(window: WindowStage) -> None:
    from stretchplayer.routine.preferences import Preferences
    from tests.ui.stage import shipped_timeline

    window.timeline = shipped_timeline(Preferences(wait_for_me=True))
    window.play_to(PhaseKind.HOLD)
    assert window.in_state(State.WAITING)
    window.key(Key.Key_Escape)
    window.key(Key.Key_Space)
    window.run_for(5_000)
    assert window.in_state(State.WAITING)


# Closing the window


def test_closing_the_window_asks_and_stop_closes(window: WindowStage) -> None:
    window.play()
    window.frame.close()
    assert window.frame.isVisible()
    assert window.player.question.isVisible()
    window.key(Key.Key_Return)
    assert window.in_state(State.STOPPED)
    assert not window.frame.isVisible()


def test_going_on_keeps_the_window_and_plays(window: WindowStage) -> None:
    window.play()
    window.frame.close()
    window.frame.close()
    window.key(Key.Key_Space)
    assert window.in_state(State.RESUMING)
    window.key(Key.Key_Escape)
    window.key(Key.Key_Return)
    assert window.in_state(State.STOPPED)
    assert window.frame.isVisible(), "stopping later is no command to close the window"


def test_without_a_session_the_window_closes(window: WindowStage) -> None:
    window.frame.close()
    assert not window.frame.isVisible()


def test_the_quit_shortcut_closes_like_the_window_manager(window: WindowStage) -> None:
    window.play()
    shortcuts = window.view.findChildren(QShortcut)
    quits = next(each for each in shortcuts if each.key() == QUIT)
    quits.activated.emit()
    assert window.player.question.isVisible()


def test_in_fullscreen_closing_asks_too(window: WindowStage) -> None:
    window.play()
    window.frame.set_fullscreen(on=True)
    settle()
    window.frame.close()
    assert window.player.question.isVisible()
    window.key(Qt.Key.Key_Return)
    assert not window.frame.isVisible()


@pytest.mark.parametrize("answer", ["Stop", "Resume"])
def test_a_double_click_that_led_to_it_is_no_answer(asked: WindowStage, answer: str) -> None:
    button = asked.button(answer)
    event = QMouseEvent(
        QEvent.Type.MouseButtonDblClick,
        button.rect().center().toPointF(),
        button.mapToGlobal(button.rect().center()).toPointF(),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        NOWHERE,
    )
    asked.app.sendEvent(button, event)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert asked.player.question.isVisible()


@pytest.mark.usefixtures("large_letters")
def test_it_fits_whatever_the_window_becomes(asked: WindowStage) -> None:
    question = asked.player.question
    for size in ((1060, 720), (683, 330), (480, 280), (800, 500)):
        asked.resize(*size)
        assert question.geometry() == asked.player.rect()
        for part in question.findChildren(QWidget):
            assert question.rect().contains(part.geometry())
            wraps = part.hasHeightForWidth()
            assert part.height() >= (part.heightForWidth(part.width()) if wraps else part.sizeHint().height())
