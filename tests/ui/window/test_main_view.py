"""Keys and clicks from the moment a session begins."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from stretchplayer.player.state import State
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.player.view import PlayerView
from tests.ui.stage import WindowStage, child, settle

Key = Qt.Key


def press_at_once(window: WindowStage, key: Qt.Key) -> None:
    """Press a key before anything that was put off has run."""
    focused = window.app.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def by_button(window: WindowStage) -> None:
    press_at_once(window, Key.Key_Space)


def by_preview(window: WindowStage) -> None:
    window.view.today.preview_requested.emit(1)
    press_at_once(window, Key.Key_Return)


def by_remote(window: WindowStage) -> None:
    window.start()


@pytest.mark.parametrize("start", [by_button, by_preview, by_remote])
def test_the_first_key_after_the_start_pauses(window: WindowStage, start: Callable[[WindowStage], None]) -> None:
    window.view.today.start_button.setFocus()
    start(window)
    press_at_once(window, Key.Key_Space)
    assert window.commands == ["toggle"]
    assert window.in_state(State.PAUSED)


def test_the_first_click_after_the_start_is_the_player_s(window: WindowStage) -> None:
    window.start()
    below = window.frame.childAt(QPoint(window.frame.width() // 2, window.frame.height() // 2))
    player = window.player
    assert below is player or (below is not None and player.isAncestorOf(below))


def dialog_of(parent: QWidget) -> QWidget:
    dialog = QDialog(parent)
    dialog.setModal(True)
    return dialog


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("open_", [dialog_of, QMenu])
def test_a_dialog_or_menu_that_was_left_open_keeps_no_key(
    window: WindowStage, open_: Callable[[QWidget], QWidget]
) -> None:
    """A reminder or another program may start the session while one is open."""
    left_open = open_(window.frame)
    left_open.show()
    settle()
    window.start()
    settle()
    assert not left_open.isVisible()
    window.player.window().activateWindow()
    settle()
    window.key(Key.Key_Space)
    assert window.in_state(State.PAUSED)


def test_the_player_that_is_shown_before_the_start_has_the_keys(window: WindowStage) -> None:
    window.view.show_player()
    press_at_once(window, Key.Key_Space)
    assert window.commands == ["toggle"]
    assert window.in_state(State.IDLE)
    assert isinstance(window.app.focusWidget(), PlayerView)


def test_settings_have_a_key_of_their_own_but_not_while_a_session_plays(window: WindowStage) -> None:
    window.key(Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert child(window.view, SettingsPage).isVisible()
    window.view.show_today()
    window.play()
    window.key(Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert not child(window.view, SettingsPage).isVisible()
