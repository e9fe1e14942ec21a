"""What keys mean while a session plays."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from stretchplayer.player.state import State
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.ui.player.keymap import KeyCommand, command_for
from tests.ui.stage import WindowStage

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
MEANINGS = {
    Key.Key_Right: KeyCommand.NEXT,
    Key.Key_PageDown: KeyCommand.NEXT,
    Key.Key_MediaNext: KeyCommand.NEXT,
    Key.Key_Left: KeyCommand.BACK,
    Key.Key_PageUp: KeyCommand.BACK,
    Key.Key_MediaPrevious: KeyCommand.BACK,
    Key.Key_Up: KeyCommand.RESTART_SIDE,
    Key.Key_Down: KeyCommand.SKIP_EXERCISE,
    Key.Key_Escape: KeyCommand.LEAVE,
    Key.Key_MediaStop: KeyCommand.STOP,
    Key.Key_MediaPause: KeyCommand.PAUSE,
    Key.Key_F: KeyCommand.FULLSCREEN,
    Key.Key_F11: KeyCommand.FULLSCREEN,
    Key.Key_L: KeyCommand.STEPS,
}
TOGGLES = {
    Key.Key_Space, Key.Key_Return, Key.Key_Enter, Key.Key_MediaPlay, Key.Key_MediaTogglePlayPause, Key.Key_Backspace,
    Key.Key_Insert, Key.Key_Delete, Key.Key_Home, Key.Key_End, Key.Key_Clear, Key.Key_Menu,
    *(key for key in Key if key.name.startswith("Key_Dead_") or key.name in {f"Key_F{n}" for n in range(1, 11)}),
    Key.Key_F12,
}  # fmt: skip
BELONGS_ELSEWHERE = [key for key in Key if key.value >= 0x1000000 and key not in MEANINGS and key not in TOGGLES]


def press(
    key: int, modifiers: Qt.KeyboardModifier = NONE, text: str = "", *, repeated: bool = False
) -> KeyCommand | None:
    return command_for(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text, repeated))


@pytest.mark.parametrize(("key", "command"), MEANINGS.items())
def test_a_key_with_a_meaning_has_it(key: Qt.Key, command: KeyCommand) -> None:
    assert press(key) is command


@pytest.mark.parametrize("key", [key for key in Key if key not in MEANINGS and key.value < 0x100])
def test_every_other_key_of_the_keyboard_toggles(key: Qt.Key) -> None:
    assert press(key) is KeyCommand.TOGGLE


@pytest.mark.parametrize("key", TOGGLES)
def test_large_and_special_keys_toggle(key: Qt.Key) -> None:
    assert press(key) is KeyCommand.TOGGLE


@pytest.mark.skipif(sys.platform != "linux", reason="the number of the key is Linux's")
def test_f_is_known_by_its_place_where_it_types_another_letter() -> None:
    """Here a Russian one."""
    assert command_for(QKeyEvent(QEvent.Type.KeyPress, 0x410, NONE, 41, 0, 0)) is KeyCommand.FULLSCREEN


@given(st.integers(0x100, 0xFFFF))
def test_letters_of_every_script_toggle(codepoint: int) -> None:
    """Qt names a letter's key by its code point, and has no member for most of them."""
    assert press(codepoint, text=chr(codepoint)) is KeyCommand.TOGGLE


@pytest.mark.parametrize("key", [0, *BELONGS_ELSEWHERE])
def test_keys_of_the_keyboard_and_the_system_are_left_alone(key: int) -> None:
    """Zero is what Qt makes of keys it doesn't know, such as the one that changes the layout."""
    assert press(key) is None


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Right, Key.Key_F11, Key.Key_X])
def test_a_key_that_is_held_down_counts_once(key: Qt.Key) -> None:
    assert press(key) is not None
    assert press(key, repeated=True) is None


@pytest.mark.parametrize("modifier", [CONTROL, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier])
def test_shortcuts_of_the_system_are_left_alone(modifier: Qt.KeyboardModifier) -> None:
    assert press(Key.Key_Right, modifier) is None


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier])
def test_shift_and_the_keypad_change_nothing(modifier: Qt.KeyboardModifier) -> None:
    assert press(Key.Key_Right, modifier) is KeyCommand.NEXT
    assert press(Key.Key_Q, modifier) is KeyCommand.TOGGLE


# In the window


@pytest.mark.parametrize(
    ("key", "command"),
    [
        (key, command)
        for key, command in MEANINGS.items()
        if command not in {KeyCommand.LEAVE, KeyCommand.STOP, KeyCommand.FULLSCREEN, KeyCommand.STEPS}
    ],
)
def test_the_player_passes_a_command_on(window: WindowStage, key: Qt.Key, command: KeyCommand) -> None:
    window.play()
    window.key(key)
    assert window.commands == [str(command)]


def test_keys_move_the_real_session(window: WindowStage) -> None:
    window.play_to(PhaseKind.HOLD)
    first = window.session.phase
    window.key(Key.Key_PageDown)
    assert window.session.phase is not first
    window.key(Key.Key_PageUp)
    assert window.session.phase is first
    window.key(Key.Key_Down)
    assert window.session.phase is not None
    assert window.session.phase.ordinal == 1
    window.key(Key.Key_X)
    assert window.in_state(State.PAUSED)


def test_a_held_space_starts_and_does_not_pause(window: WindowStage) -> None:
    window.view.today.start_button.setFocus()
    window.hold_key(Key.Key_Space, repeats=5)
    assert window.in_state(State.PREPARE)
    assert window.commands == []


@pytest.mark.parametrize("number", range(8))
def test_space_on_a_focused_button_toggles_and_does_not_press_it(window: WindowStage, number: int) -> None:
    window.play()
    window.controls()[number].setFocus()
    window.key(Key.Key_Space)
    assert window.commands == ["toggle"]
    assert window.in_state(State.PAUSED)


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("Restart side (↑)", "restart_side"),
        ("Back (←)", "back"),
        ("Pause (Space)", "toggle"),
        ("Next (→)", "next"),
        ("Skip exercise (↓)", "skip_exercise"),
    ],
)
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_and_a_click_press_a_focused_button(window: WindowStage, name: str, command: str, key: Qt.Key) -> None:
    window.play()
    window.button(name).setFocus()
    window.key(key)
    window.press(name if command != "toggle" else "Resume (Space)")
    assert window.commands == [command, command]


def test_enter_that_is_held_presses_a_button_once(window: WindowStage) -> None:
    window.play()
    window.button("Next (→)").setFocus()
    window.hold_key(Key.Key_Return)
    assert window.commands == ["next"]


def test_arrows_move_in_the_session_and_not_the_focus(window: WindowStage) -> None:
    window.play()
    button = window.button("Pause (Space)")
    button.setFocus()
    window.key(Key.Key_Right)
    assert window.commands == ["next"]
    assert button.hasFocus()


def test_tab_goes_through_all_buttons(window: WindowStage) -> None:
    window.play()
    seen = set()
    for _ in range(10):
        window.key(Key.Key_Tab)
        focused = window.app.focusWidget()
        assert focused is not None
        seen.add(focused.accessibleName())
    assert {button.accessibleName() for button in window.controls()} <= seen
    assert window.commands == []


def test_a_key_pressed_after_a_notice_was_closed_still_pauses(window: WindowStage) -> None:
    window.play()
    window.view.notice.tell("There is no sound.")
    window.press("OK")
    window.key(Key.Key_Space)
    assert window.in_state(State.PAUSED)


def test_a_key_pressed_on_a_notice_belongs_to_the_session(window: WindowStage) -> None:
    window.play()
    window.view.notice.tell("There is no sound.")
    window.button("OK").setFocus()
    window.key(Key.Key_X)
    assert window.in_state(State.PAUSED)
    window.key(Key.Key_Right)
    assert window.commands == ["toggle", "next"]
