"""Whole sessions of the real program, compared with the plan it made and with what was heard."""

from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Final

import pytest

from tests.e2e.desktop import Desktop
from tests.e2e.metronome import Metronome, metronome
from tests.e2e.player import (
    LEGS_AND_BACK_ROUTINE,
    LEGS_ROUTINE,
    NS_PER_MS,
    Plan,
    Player,
    Trace,
    assert_as_planned,
    assert_on_time,
    planned_tones,
    read_plan,
    write_routine,
)
from tests.e2e.sound import RATE, Recording
from tests.e2e.wayland import WaylandDesktop
from tests.e2e.x11 import X11Desktop

pytestmark = [pytest.mark.desktop, pytest.mark.timed]

SHIPPED: Final = "hamstring-trio"
LONG_S: Final = 120.0
"""More than any session here takes."""
PHASE_TOLERANCE_MS: Final = 30.0
FAST_TOLERANCE_MS: Final = 40.0
SOUND_TOLERANCE_MS: Final = 30.0


def test_the_shipped_routine_is_played_twenty_times_as_fast(desktop: Desktop, data_dir: Path) -> None:
    plan = read_plan(SHIPPED, data_dir)
    with metronome() as machine, Player(desktop, "--rate", "20", "--fullscreen", "--exit") as player:
        # A compositor tells that a window is to fill the screen before the window has the size.
        window = player.window(lambda window: window.fullscreen and window.width == desktop.width)
        assert (window.x, window.y, window.width, window.height) == (0, 0, desktop.width, desktop.height)
        assert player.exit_code(LONG_S) == 0
        trace = player.trace
    assert_as_planned(plan, trace)
    assert_on_time(plan, trace, 20, FAST_TOLERANCE_MS, machine, hiccups=len(plan.phases) // 10)
    both_legs = {"left": 30_000, "right": 30_000}
    assert trace.events[-1].held_ms == {
        "lying-leg-raise": both_legs,
        "seated-hamstring-stretch": both_legs,
        "towel-stretch": both_legs,
    }


def test_a_session_keeps_time_and_its_tones_are_heard_when_due(x11: X11Desktop, tmp_path: Path) -> None:
    routine = write_routine(tmp_path, LEGS_AND_BACK_ROUTINE)
    plan = read_plan(routine, tmp_path / "stretchplayer-data")
    with metronome() as machine, x11.record() as heard, Player(x11, routine, "--exit") as player:
        assert player.exit_code(LONG_S) == 0
        trace = player.trace
    heard.save(tmp_path / "heard.wav")
    assert_as_planned(plan, trace)
    assert_on_time(plan, trace, 1, PHASE_TOLERANCE_MS, machine)
    assert trace.events[-1].held_ms == {"legs": {"left": 6_000, "right": 6_000}, "back": {"both": 6_000}}
    assert_tones_on_time(plan, trace, heard, 1, machine)
    assert_tones_differ(plan, trace, heard)


def test_a_session_keeps_time_on_wayland_too(wayland: WaylandDesktop, tmp_path: Path) -> None:
    routine = write_routine(tmp_path, LEGS_ROUTINE)
    plan = read_plan(routine, tmp_path / "stretchplayer-data")
    rate2 = ("--rate", "2", "--exit")
    with metronome() as machine, wayland.record() as heard, Player(wayland, routine, *rate2) as player:
        assert player.exit_code(LONG_S) == 0
        trace = player.trace
    assert_as_planned(plan, trace)
    assert_on_time(plan, trace, 2, PHASE_TOLERANCE_MS, machine)
    assert_tones_on_time(plan, trace, heard, 2, machine)


def assert_tones_on_time(plan: Plan, trace: Trace, heard: Recording, rate: float, machine: Metronome) -> None:
    """Every start and end tone was heard when it was due."""
    assert abs(heard.lost_ms) < SOUND_TOLERANCE_MS, "the recorder lost some of the sound"
    onsets = heard.onsets()
    due = planned_tones(plan, trace, rate, "hold_start", "hold_end")
    assert len(due) == 2 * sum(phase.kind == "hold" for phase in plan.phases) > 0
    off = [min((onset - moment for onset in onsets), key=abs) / NS_PER_MS for moment in due]
    allowed = [SOUND_TOLERANCE_MS + machine.late_ms(round(moment)) for moment in due]
    told = [f"{ms:.1f} ({most:.0f} allowed)" for ms, most in zip(off, allowed, strict=True)]
    assert all(abs(ms) <= most for ms, most in zip(off, allowed, strict=True)), f"ms late: {told}"


def assert_tones_differ(plan: Plan, trace: Trace, heard: Recording) -> None:
    """All start tones sound alike, all end tones sound alike, and the one unlike the other."""
    starts = [pitch(heard, moment) for moment in planned_tones(plan, trace, 1, "hold_start")]
    ends = [pitch(heard, moment) for moment in planned_tones(plan, trace, 1, "hold_end")]
    for alike in (starts, ends):
        assert max(alike) < 1.1 * min(alike), f"{starts=} {ends=}"
    assert min(starts) > 1.2 * max(ends) or min(ends) > 1.2 * max(starts), f"{starts=} {ends=}"


def pitch(heard: Recording, moment_ns: float) -> float:
    """How often a second the sound crosses zero, in its first note, which lasts longer than 0.2 s.

    What counts is how far apart most crossings are: a machine that stands still may leave a gap in the recording.
    """
    start = heard.index_at(moment_ns) + RATE // 20
    piece = heard.samples[start : start + 3 * RATE // 20]
    crossings = [place for place, (before, after) in enumerate(pairwise(piece)) if (before < 0) != (after < 0)]
    gaps = sorted(after - before for before, after in pairwise(crossings))
    return RATE / fmean(gaps[len(gaps) // 4 : -(len(gaps) // 4)])
