"""The screen stays on while the person is being led, and no longer."""

import pytest

from stretchplayer.player.screen_inhibitor import LONGEST_PAUSE_MS, ScreenInhibitor
from stretchplayer.routine.timeline import PhaseKind
from tests.fakes import FakeStayAwake, FakeTimer
from tests.player.stage import Stage, timeline


class Watched:
    """A stage whose session keeps a screen on."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.session = stage.session
        self.screen = FakeStayAwake()
        self.alarm = FakeTimer(stage.clock)
        ScreenInhibitor(stage.session, self.screen, self.alarm)

    def on(self) -> bool:
        """Whether the screen is kept on."""
        return self.screen.held


@pytest.fixture
def watched(stage: Stage) -> Watched:
    """Such a stage, with nothing played yet."""
    return Watched(stage)


def test_nothing_is_kept_on_before_a_session(watched: Watched) -> None:
    assert watched.screen.calls == []


def test_it_is_kept_on_until_the_session_has_finished(watched: Watched) -> None:
    plan = watched.stage.play()
    assert watched.on()
    watched.stage.run_for(plan.total_ms - 1)
    assert watched.on()
    watched.stage.run_for(1)
    assert not watched.on()
    assert not watched.alarm.armed


def test_it_is_let_go_when_the_session_is_stopped(watched: Watched) -> None:
    watched.stage.play()
    watched.session.stop()
    assert not watched.on()


def test_it_is_kept_on_while_a_hold_waits(watched: Watched) -> None:
    watched.stage.go_to(PhaseKind.HOLD, plan=timeline(wait_for_me=True))
    assert watched.on()


@pytest.mark.parametrize("rest", ["pause", "interrupt"])
def test_it_is_let_go_after_five_minutes_of_pause_and_kept_on_again_on_resuming(watched: Watched, rest: str) -> None:
    watched.stage.play()
    getattr(watched.session, rest)()
    watched.alarm.run_for(5 * 60_000 - 1)
    assert watched.on()
    watched.alarm.run_for(1)
    assert not watched.on()
    watched.session.resume()
    assert watched.on()


def test_short_pauses_do_not_add_up(watched: Watched) -> None:
    watched.stage.play()
    for _ in range(3):
        watched.session.pause()
        watched.alarm.run_for(LONGEST_PAUSE_MS - 1_000)
        watched.session.resume()
        assert not watched.alarm.armed
    assert "release" not in watched.screen.calls


def test_stopping_in_a_pause_lets_go_at_once(watched: Watched) -> None:
    watched.stage.play()
    watched.session.pause()
    watched.session.stop()
    assert not watched.on()
    assert not watched.alarm.armed


@pytest.mark.expected_log("the screen can't be kept on")
def test_a_screen_that_cannot_be_kept_on_stops_nothing(watched: Watched) -> None:
    watched.screen.broken = True
    plan = watched.stage.play()
    watched.stage.run_for(plan.total_ms)
    assert watched.stage.outcomes
