"""A position that follows the clock."""

import pytest

from stretchplayer.player.stopwatch import Stopwatch
from tests.fakes import FakeClock


@pytest.mark.parametrize("rate", [0.5, 1, 20])
def test_running_it_follows_the_clock_at_its_rate(rate: float) -> None:
    clock = FakeClock()
    stopwatch = Stopwatch(clock, rate)
    assert (stopwatch.running, stopwatch.position_ms) == (False, 0)
    stopwatch.run_from(1_000)
    assert stopwatch.running
    clock.advance(500)
    assert stopwatch.position_ms == 1_000 + 500 * rate


def test_stopped_it_keeps_the_position_it_is_given() -> None:
    clock = FakeClock()
    stopwatch = Stopwatch(clock, 1)
    stopwatch.run_from(0)
    clock.advance(700)
    stopwatch.stop_at(650)
    clock.advance(10_000)
    assert (stopwatch.running, stopwatch.position_ms) == (False, 650)


def test_sleep_is_not_time_played() -> None:
    clock = FakeClock()
    stopwatch = Stopwatch(clock, 1)
    stopwatch.run_from(0)
    clock.sleep(10_000)
    assert stopwatch.position_ms == 0


def test_time_can_be_left_out() -> None:
    clock = FakeClock()
    stopwatch = Stopwatch(clock, 2)
    stopwatch.run_from(100)
    clock.advance(1_000)
    stopwatch.leave_out(900 * 1_000_000)
    assert stopwatch.position_ms == 300
    stopwatch.stop_at(300)
    stopwatch.leave_out(900 * 1_000_000)
    assert stopwatch.position_ms == 300
