"""Real keys, clicks and requests to end, answered by the real program."""

import signal
from pathlib import Path

import pytest
from Xlib.display import Display

from stretchplayer.settings import Settings
from stretchplayer.storage.settings import SettingsFile
from tests.e2e.desktop import Desktop
from tests.e2e.player import (
    FIRST_HOLD,
    FIRST_MOVE,
    FIRST_TRANSITION,
    LONG_LEAD_IN_S,
    SECOND_MOVE,
    SLOW_ROUTINE,
    TINY_ROUTINE,
    TITLE,
    Player,
    longest_accent_run,
    read_plan,
    write_routine,
)
from tests.e2e.waiting import wait_until
from tests.e2e.x11 import X11Desktop

pytestmark = pytest.mark.desktop


def test_keys_lead_through_the_session(desktop: Desktop, tmp_path: Path, data_dir: Path) -> None:
    routine = write_routine(tmp_path, SLOW_ROUTINE, LONG_LEAD_IN_S)
    plan = read_plan(routine, data_dir)
    assert [plan.phases[index].kind for index in (FIRST_MOVE, SECOND_MOVE, FIRST_HOLD, FIRST_TRANSITION)] == [
        "move", "move", "hold", "transition",
    ]  # fmt: skip
    with Player(desktop, routine) as player:
        player.window()
        player.wait_for_states("prepare")
        desktop.key("space")
        player.wait_for_states("prepare", "paused")
        desktop.key("x")
        player.wait_for_states("prepare", "paused", "resuming", "prepare")
        desktop.key("Right")
        player.wait_for_phase(FIRST_MOVE)
        # All at once: three seconds later, Left would lead to the beginning of the hold.
        desktop.key("Right", "Right", "Left")
        player.wait_for_phases(SECOND_MOVE, FIRST_HOLD, SECOND_MOVE)
        desktop.key("Up")
        player.wait_for_phase(FIRST_MOVE)
        desktop.key("Down")
        player.wait_for_phases(0, FIRST_MOVE, SECOND_MOVE, FIRST_HOLD, SECOND_MOVE, FIRST_MOVE, FIRST_TRANSITION)


def test_f_is_known_by_its_place_and_keys_of_the_system_are_left_alone(x11: X11Desktop, tmp_path: Path) -> None:
    x11.tool("setxkbmap", "-layout", "ru")
    try:
        with Player(x11, write_routine(tmp_path, SLOW_ROUTINE, LONG_LEAD_IN_S)) as player:
            player.window()
            player.wait_for_states("prepare")
            x11.key("XF86MonBrightnessUp", "XF86TouchpadToggle", "ISO_Next_Group", "41")
            player.window(lambda window: window.fullscreen)
            assert player.trace.states == ["prepare"]
            x11.key("38")
            player.wait_for_states("prepare", "paused")
    finally:
        x11.tool("setxkbmap", "-layout", "us")


def test_escape_leaves_full_screen_then_asks_and_enter_stops(desktop: Desktop, tmp_path: Path) -> None:
    routine = write_routine(tmp_path, SLOW_ROUTINE)
    with Player(desktop, routine, "--rate", "10") as player:
        before = player.window()
        player.wait_for_beginning()
        desktop.key("f")
        filling = player.window(lambda window: window.fullscreen)
        assert (filling.x, filling.y, filling.width, filling.height) == (0, 0, desktop.width, desktop.height)
        desktop.key("Escape")
        after = player.window(lambda window: not window.fullscreen)
        assert (after.width, after.height) == (before.width, before.height)
        assert player.wait_for_phase(FIRST_MOVE).states == ["prepare", "move"], "it has not been playing on"

        desktop.key("Escape")
        player.wait_for_states("move", "paused")
        desktop.key("space")
        player.wait_for_states("paused", "resuming", "move")
        desktop.key("Escape")
        player.wait_for_states("move", "paused")
        desktop.key("Return")
        player.wait_for_states("paused", "stopped")
        player.wait_for_outcome("stopped")
        assert player.process.poll() is None, "only --exit ends the program with its session"
        # The page that is shown now closes with Enter, and then the window may close without a question.
        desktop.key("Return", "ctrl+q")
        assert player.exit_code() == 0


def test_closing_the_window_in_a_session_asks(x11: X11Desktop, tmp_path: Path) -> None:
    with Player(x11, write_routine(tmp_path, SLOW_ROUTINE, LONG_LEAD_IN_S)) as player:
        player.window()
        player.wait_for_states("prepare")
        x11.key("alt+F4")
        player.wait_for_states("prepare", "paused")
        x11.key("space")
        player.wait_for_states("paused", "resuming", "prepare")
        x11.key("alt+F4")
        player.wait_for_states("resuming", "prepare", "paused")
        x11.key("Return")
        player.wait_for_states("paused", "stopped")
        wait_until(lambda: TITLE not in [window.title for window in x11.windows()], "the window to close")
        assert player.process.poll() is None, "reminders go on"
        x11.run("quit")
        assert player.exit_code() == 0
        player.wait_for_outcome("stopped")


@pytest.mark.parametrize("by", ["click", "enter"])
def test_start_is_pressed_in_the_window(x11: X11Desktop, data_dir: Path, by: str) -> None:
    SettingsFile(data_dir).save(Settings(introduced=True, safety_shown=True))
    with x11.record() as heard, Player(x11) as player:
        window = player.window()
        start = wait_until(lambda: longest_accent_run(player.picture(), window), "the Start button")
        assert heard.peak == 0, "something is played before the session has started"
        if by == "click":
            x11.click(*start)
        else:
            x11.key("Return")
        player.wait(heard.onsets, "the session to be heard")
        # Space pauses what has begun; a session that had not would not know the key.
        x11.key("space")
        player.wait(lambda: len(heard.onsets()) > 1, "the pause to be heard")


def test_a_click_on_an_empty_place_pauses_and_a_double_click_fills_the_screen(x11: X11Desktop, tmp_path: Path) -> None:
    with Player(x11, write_routine(tmp_path, SLOW_ROUTINE, LONG_LEAD_IN_S)) as player:
        player.wait_for_states("prepare")

        def click(times: int = 1) -> None:
            window = player.window()
            x11.click(window.x + 8, window.y + window.height // 2, times=times)

        click()
        player.wait_for_states("prepare", "paused")
        states = player.trace.states
        click(times=2)
        player.window(lambda window: window.fullscreen)
        # By then it would long have been taken for a click.
        player.wait(lambda: pointer_is_blank(x11), "the pointer to vanish")
        assert player.trace.states == states, "a double click is no click"


def test_pointer_and_controls_fade_in_full_screen(x11: X11Desktop, tmp_path: Path) -> None:
    with Player(x11, write_routine(tmp_path, SLOW_ROUTINE, LONG_LEAD_IN_S), "--fullscreen") as player:
        window = player.window(lambda window: window.fullscreen)
        assert (window.x, window.y, window.width, window.height) == (0, 0, x11.width, x11.height)
        player.wait_for_states("prepare")
        x11.key("space")  # A picture that stands still
        player.wait_for_states("prepare", "paused")
        player.wait(lambda: pointer_is_blank(x11), "the pointer to vanish")
        player.wait(lambda: player.picture() == player.picture(), "a still picture")
        hidden = player.picture()
        x11.move(20, 500)
        player.wait(lambda: not pointer_is_blank(x11), "the pointer to be back")
        player.wait(lambda: player.picture() != hidden, "the controls to be back")
        player.wait(lambda: pointer_is_blank(x11), "the pointer to vanish again")
        player.wait(lambda: player.picture() == hidden, "the controls to vanish again")
        assert player.trace.states == ["prepare", "paused"]


def pointer_is_blank(x11: X11Desktop) -> bool:
    """Whether no pixel of the pointer can be seen."""
    display = Display(x11.env["DISPLAY"])
    try:
        display.xfixes_query_version()
        pointer = display.xfixes_get_cursor_image(display.screen().root)
        return not any(pointer.cursor_image)
    finally:
        display.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_program_and_its_session(x11: X11Desktop, number: signal.Signals, tmp_path: Path) -> None:
    with Player(x11, write_routine(tmp_path, SLOW_ROUTINE, LONG_LEAD_IN_S), "--fullscreen") as player:
        player.wait_for_states("prepare")
        player.process.send_signal(number)
        assert player.exit_code() == 0
        assert player.trace.events[-1].outcome == "stopped"
        assert player.trace.states[-1] == "stopped"


def test_the_program_ends_with_a_short_session(x11: X11Desktop, tmp_path: Path) -> None:
    routine = write_routine(tmp_path, TINY_ROUTINE)
    with Player(x11, routine, "--rate", "20", "--exit") as player:
        assert player.exit_code() == 0
        assert player.trace.outcome == "finished"
