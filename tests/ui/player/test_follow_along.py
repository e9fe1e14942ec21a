"""Full screen: keys, clicks, and fading controls."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from stretchplayer.player.state import State
from stretchplayer.routine.dose import Dose, OwnDoses, with_doses
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Appearance, Settings
from stretchplayer.ui.player.view import FADE_AFTER_MS
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.widgets.fit_label import FitLabel
from tests.routine.shipped import hamstring_trio
from tests.ui.stage import WindowStage, child, settle, timer

Key = Qt.Key
EMPTY = QPoint(30, 250)


def wait_for_click(window: WindowStage) -> None:
    """Wait until a click can no longer become a double click."""
    timer(window.player, "click").start(0)
    settle()


def fade(window: WindowStage) -> None:
    """Let the fade timer fire."""
    assert timer(window.player, "fade").isActive()
    timer(window.player, "fade").timeout.emit()
    settle()


@pytest.fixture
def full(window: WindowStage) -> WindowStage:
    window.play()
    window.key(Key.Key_F11)
    assert window.frame.isFullScreen()
    assert window.player.autoFillBackground()
    return window


def test_the_title_tells_of_a_dose_of_the_person_s_own(make_window: Callable[..., WindowStage]) -> None:
    doses = OwnDoses(exercises={"lying-leg-raise": Dose(hold_s=20)})
    window = make_window(timeline=build_timeline(with_doses(hamstring_trio(), doses)))
    window.play()
    assert child(window.player, FitLabel, "title").text == "Lying leg raise  ·  1 of 3  ·  Changed by you"
    window.play_to(PhaseKind.PREPARE, 2)
    assert child(window.player, FitLabel, "title").text == "Seated hamstring stretch  ·  2 of 3"


@pytest.mark.parametrize("key", [Key.Key_F11, Key.Key_F])
def test_a_key_enters_and_leaves(window: WindowStage, key: Qt.Key) -> None:
    window.play()
    for on in (True, False, True):
        window.key(key)
        assert window.frame.isFullScreen() is on
        assert window.player.autoFillBackground() is on
    assert window.commands == []


def test_a_held_f11_switches_once(window: WindowStage) -> None:
    window.play()
    window.hold_key(Key.Key_F11)
    assert window.frame.isFullScreen()


def test_the_button_enters_and_leaves(window: WindowStage) -> None:
    window.play()
    window.press("Full screen (F)")
    assert window.frame.isFullScreen()
    window.press("Window (Esc)")
    assert not window.frame.isFullScreen()


def test_escape_leaves_full_screen_and_then_asks(full: WindowStage) -> None:
    full.key(Key.Key_Escape)
    assert not full.frame.isFullScreen()
    assert not full.player.question.isVisible()
    assert full.in_state(State.PREPARE)
    full.key(Key.Key_Escape)
    assert full.player.question.isVisible()
    assert full.in_state(State.PAUSED)


def test_the_stop_key_asks_in_full_screen(full: WindowStage) -> None:
    full.key(Key.Key_MediaStop)
    assert full.player.question.isVisible()


def test_a_maximised_window_is_maximised_again(window: WindowStage) -> None:
    window.frame.showMaximized()
    window.play()
    window.key(Key.Key_F)
    window.key(Key.Key_F)
    assert window.frame.isMaximized()


def test_the_end_of_a_session_leaves_full_screen(full: WindowStage) -> None:
    full.session.stop()
    settle()
    assert not full.frame.isFullScreen()


def test_on_a_page_f11_and_escape_switch_and_f_starts(window: WindowStage) -> None:
    window.key(Key.Key_F11)
    assert window.frame.isFullScreen()
    window.key(Key.Key_Escape)
    assert not window.frame.isFullScreen()
    assert window.in_state(State.IDLE)
    window.key(Key.Key_F)
    assert window.frame.isFullScreen()
    assert window.in_state(State.PREPARE)


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier])
def test_a_shortcut_with_f_starts_nothing(window: WindowStage, modifier: Qt.KeyboardModifier) -> None:
    window.key(Key.Key_F, modifier)
    assert window.in_state(State.IDLE)


def test_f_starts_on_the_settings_page_too(window: WindowStage) -> None:
    window.press("Settings")
    window.button("Settings").setFocus()
    window.key(Key.Key_F)
    assert window.in_state(State.PREPARE)
    assert window.frame.isFullScreen()


def test_start_full_screen_does_both(window: WindowStage) -> None:
    window.press("Start full screen")
    assert window.frame.isFullScreen()
    assert window.player.autoFillBackground()
    assert window.in_state(State.PREPARE)


# The mouse


def test_a_click_pauses_when_it_is_sure_to_be_no_double_click(window: WindowStage) -> None:
    window.play()
    QTest.mouseClick(window.player, Qt.MouseButton.LeftButton, pos=EMPTY)
    assert window.commands == []
    assert timer(window.player, "click").interval() == QApplication.doubleClickInterval()
    wait_for_click(window)
    assert window.commands == ["toggle"]
    assert window.in_state(State.PAUSED)


def test_a_double_click_switches_full_screen_and_pauses_nothing(window: WindowStage) -> None:
    window.play()
    for on in (True, False):
        QTest.mouseClick(window.player, Qt.MouseButton.LeftButton, pos=EMPTY)
        QTest.mouseDClick(window.player, Qt.MouseButton.LeftButton, pos=EMPTY)
        QTest.mouseRelease(window.player, Qt.MouseButton.LeftButton, pos=EMPTY)
        settle()
        assert not timer(window.player, "click").isActive()
        assert window.frame.isFullScreen() is on
    assert window.commands == []


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
def test_other_buttons_do_nothing(window: WindowStage, button: Qt.MouseButton) -> None:
    window.play()
    QTest.mouseClick(window.player, button, pos=EMPTY)
    QTest.mouseDClick(window.player, button, pos=EMPTY)
    QTest.mouseRelease(window.player, button, pos=EMPTY)
    assert not timer(window.player, "click").isActive()
    assert not window.frame.isFullScreen()


@pytest.mark.parametrize("part", ["ring", "leg", "instruction", "figure"])
def test_every_part_of_the_view_can_be_clicked(window: WindowStage, part: str) -> None:
    window.play()
    found = window.player.findChild(QWidget, part)
    assert isinstance(found, QWidget)
    place = found.geometry().center()
    target = window.player.childAt(place) or window.player
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(window.player, place))
    assert timer(window.player, "click").isActive()


# Fading


def test_controls_and_pointer_fade_after_three_seconds(full: WindowStage) -> None:
    assert FADE_AFTER_MS == 3_000
    assert timer(full.player, "fade").interval() == FADE_AFTER_MS
    assert len(full.controls()) == 7
    fade(full)
    assert full.controls() == []
    assert full.player.cursor().shape() is Qt.CursorShape.BlankCursor


def test_they_come_back_with_the_pointer(full: WindowStage) -> None:
    fade(full)
    full.move_pointer()
    assert len(full.controls()) == 7
    assert full.player.cursor().shape() is not Qt.CursorShape.BlankCursor
    assert timer(full.player, "fade").isActive()


def test_the_focus_is_not_lost_with_the_button_that_had_it(full: WindowStage) -> None:
    full.button("Next (→)").setFocus()
    fade(full)
    assert full.player.hasFocus()
    full.key(Key.Key_Space)
    assert full.in_state(State.PAUSED)


def test_nothing_fades_while_the_question_is_asked(full: WindowStage) -> None:
    full.key(Key.Key_MediaStop)
    timer(full.player, "fade").timeout.emit()
    assert full.player.cursor().shape() is not Qt.CursorShape.BlankCursor


def test_nothing_fades_in_a_window(window: WindowStage) -> None:
    window.play()
    window.move_pointer()
    assert not timer(window.player, "fade").isActive()
    timer(window.player, "fade").timeout.emit()
    assert len(window.controls()) == 8


def test_leaving_brings_everything_back(full: WindowStage) -> None:
    fade(full)
    full.key(Key.Key_Escape)
    assert len(full.controls()) == 8
    assert full.player.cursor().shape() is not Qt.CursorShape.BlankCursor
    assert not timer(full.player, "fade").isActive()


# Colours


def ground(window: WindowStage) -> str:
    """The player's background colour."""
    return window.player.grab().toImage().pixelColor(4, window.player.height() // 2).name().upper()


def ink(window: WindowStage) -> str:
    return window.player.palette().color(theme.INK).name().upper()


@pytest.mark.parametrize(("appearance", "colours"), [(Appearance.LIGHT, theme.LIGHT), (Appearance.DARK, theme.DARK)])
def test_full_screen_is_light_on_dark_and_the_window_as_chosen(
    window: WindowStage, appearance: Appearance, colours: theme.Colours
) -> None:
    window.theme.choose(appearance)
    window.play_to(PhaseKind.HOLD)
    assert (ground(window), ink(window)) == (colours.ground, colours.ink)
    window.key(Key.Key_F)
    assert (ground(window), ink(window)) == (theme.DARK.ground, theme.DARK.ink)
    window.key(Key.Key_F)
    assert (ground(window), ink(window)) == (colours.ground, colours.ink)


def test_a_player_that_was_built_before_follows_a_change_of_the_colours(window: WindowStage) -> None:
    window.view.prepare_player()
    window.theme.choose(Appearance.LIGHT)
    window.play()
    assert (ground(window), ink(window)) == (theme.LIGHT.ground, theme.LIGHT.ink)


def test_the_frame_comes_back_to_a_screen_that_is_there(window: WindowStage) -> None:
    screen = window.frame.screen()
    window.frame.move(screen.availableGeometry().right() + 4_000, 0)
    window.app.screenRemoved.emit(screen)
    timer(window.frame, "fitting").timeout.emit()
    settle()
    assert screen.availableGeometry().intersects(window.frame.frameGeometry())
    window.frame.set_fullscreen(on=True)
    window.app.screenRemoved.emit(screen)
    settle()
    assert window.frame.isFullScreen()
    assert window.frame.geometry() == screen.geometry()


def test_the_settings_of_the_stage_are_dark(window: WindowStage) -> None:
    assert window.settings == Settings(appearance=Appearance.DARK, safety_shown=True)
