"""Whole sessions of the real program, compared with the plan it made. How exact the sound is, `make bench` tells."""

from itertools import groupby
from pathlib import Path
from typing import Final

import pytest

from stretchplayer.app.playback import LOUDEST_RATE
from tests.e2e.desktop import Desktop
from tests.e2e.metronome import metronome
from tests.e2e.player import (
    TINY_ROUTINE,
    Player,
    assert_as_planned,
    assert_keeps_time,
    read_plan,
    write_routine,
)

pytestmark = pytest.mark.desktop

SHIPPED: Final = "hamstring-trio"
QUICK: Final = 100.0
FAST: Final = 20.0
EVERYTHING: Final = Path(__file__).parents[1] / "routine" / "everything.toml"


def test_the_shipped_routine_is_played_a_hundred_times_as_fast(desktop: Desktop, data_dir: Path) -> None:
    plan = read_plan(SHIPPED, data_dir)
    with metronome() as machine, Player(desktop, "--rate", str(QUICK), "--fullscreen", "--exit") as player:
        assert player.exit_code() == 0
        trace = player.trace
    assert_as_planned(plan, trace)
    assert_keeps_time(plan, trace, QUICK, machine)
    both_legs = {"left": 30_000, "right": 30_000}
    assert trace.events[-1].held_ms == {
        "lying-leg-raise": both_legs,
        "seated-hamstring-stretch": both_legs,
        "towel-stretch": both_legs,
    }


def test_everything_a_routine_can_have_is_played_as_planned(x11: Desktop, tmp_path: Path, data_dir: Path) -> None:
    write_routine(tmp_path, TINY_ROUTINE)
    plan = read_plan(str(EVERYTHING), data_dir)
    with metronome() as machine, Player(x11, str(EVERYTHING), "--rate", str(FAST), "--exit") as player:
        assert player.exit_code() == 0
        trace = player.trace
    assert_as_planned(plan, trace)
    assert_keeps_time(plan, trace, FAST, machine)
    visits = [exercise for exercise, _phases in groupby(trace.of("phase"), lambda phase: phase.exercise)]
    assert visits == ["curl-up", "bird-dog", "curl-up", "bird-dog", "side-bridge", "rest"]
    assert trace.events[-1].repetitions == {"bird-dog": {"left": 4, "right": 4}, "curl-up": {"both": 4}}
    assert trace.events[-1].held_ms == {
        "curl-up": {"both": 16_000},
        "side-bridge": {"left": 20_000, "right": 20_000},
        "rest": {"left": 20_000},
    }


def test_a_session_keeps_time_and_is_heard(desktop: Desktop, tmp_path: Path) -> None:
    routine = write_routine(tmp_path, TINY_ROUTINE)
    plan = read_plan(routine, tmp_path / "stretchplayer-data")
    with (
        metronome() as machine,
        desktop.record() as heard,
        Player(desktop, routine, "--rate", str(LOUDEST_RATE), "--exit") as player,
    ):
        assert player.exit_code() == 0
        trace = player.trace
    heard.save(tmp_path / "heard.wav")
    assert_as_planned(plan, trace)
    assert_keeps_time(plan, trace, LOUDEST_RATE, machine)
    assert trace.events[-1].held_ms == {"back": {"both": 2_000}}
    tones = [cue for phase in plan.phases for cue in phase.cues if cue.name in {"hold_start", "hold_end"}]
    assert len(heard.onsets()) >= len(tones)
