"""Whole sessions of the real program, compared with the plan it made. How exact the sound is, `make bench` tells."""

from pathlib import Path
from typing import Final

import pytest

from tests.e2e.desktop import Desktop
from tests.e2e.metronome import metronome
from tests.e2e.player import (
    LEGS_AND_BACK_ROUTINE,
    LEGS_ROUTINE,
    Player,
    assert_as_planned,
    assert_keeps_time,
    read_plan,
    write_routine,
)
from tests.e2e.wayland import WaylandDesktop
from tests.e2e.x11 import X11Desktop

pytestmark = pytest.mark.desktop

SHIPPED: Final = "hamstring-trio"


def test_the_shipped_routine_is_played_twenty_times_as_fast(desktop: Desktop, data_dir: Path) -> None:
    plan = read_plan(SHIPPED, data_dir)
    with metronome() as machine, Player(desktop, "--rate", "20", "--fullscreen", "--exit") as player:
        # A compositor tells that a window is to fill the screen before the window has the size.
        window = player.window(lambda window: window.fullscreen and window.width == desktop.width)
        assert (window.x, window.y, window.width, window.height) == (0, 0, desktop.width, desktop.height)
        assert player.exit_code() == 0
        trace = player.trace
    assert_as_planned(plan, trace)
    assert_keeps_time(plan, trace, 20, machine)
    both_legs = {"left": 30_000, "right": 30_000}
    assert trace.events[-1].held_ms == {
        "lying-leg-raise": both_legs,
        "seated-hamstring-stretch": both_legs,
        "towel-stretch": both_legs,
    }


def test_a_session_keeps_time_and_is_heard(x11: X11Desktop, tmp_path: Path) -> None:
    routine = write_routine(tmp_path, LEGS_AND_BACK_ROUTINE)
    plan = read_plan(routine, tmp_path / "stretchplayer-data")
    with metronome() as machine, x11.record() as heard, Player(x11, routine, "--exit") as player:
        assert player.exit_code() == 0
        trace = player.trace
    heard.save(tmp_path / "heard.wav")
    assert_as_planned(plan, trace)
    assert_keeps_time(plan, trace, 1, machine)
    assert trace.events[-1].held_ms == {"legs": {"left": 6_000, "right": 6_000}, "back": {"both": 6_000}}
    tones = [cue for phase in plan.phases for cue in phase.cues if cue.name in {"hold_start", "hold_end"}]
    assert len(heard.onsets()) >= len(tones)


def test_a_session_keeps_time_on_wayland_too(wayland: WaylandDesktop, tmp_path: Path) -> None:
    routine = write_routine(tmp_path, LEGS_ROUTINE)
    plan = read_plan(routine, tmp_path / "stretchplayer-data")
    rate2 = ("--rate", "2", "--exit")
    with metronome() as machine, wayland.record() as heard, Player(wayland, routine, *rate2) as player:
        assert player.exit_code() == 0
        trace = player.trace
    assert_as_planned(plan, trace)
    assert_keeps_time(plan, trace, 2, machine)
    assert heard.onsets()
