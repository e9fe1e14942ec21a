"""Navigation: next, back, restart this side, skip this exercise and stop, from wherever the session is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from stretchplayer.player.session import Session
from stretchplayer.player.state import Outcome, State
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.timeline import PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from tests.player.stage import Stage, timeline

COMMANDS = (
    "pause",
    "resume",
    "toggle",
    "confirm",
    "next",
    "back",
    "restart_side",
    "skip_exercise",
    "stop",
    "interrupt",
)
GET_UP = "Rest a moment before you stand up."
PLAIN, WAITING = timeline(), timeline(wait_for_me=True)
MOVE, HOLD, RELEASE, SWITCH = 1, 2, 3, 4
"""Where these phases of the first exercise stand in the timeline."""
SECOND_EXERCISE = 8


def _play(stage: Stage) -> None:
    stage.go_to(PhaseKind.HOLD, plan=PLAIN)


def _play_a_while(stage: Stage) -> None:
    _play(stage)
    stage.run_to_position(PLAIN.phases[HOLD].start_ms + 3_001)


def _pause(stage: Stage) -> None:
    _play_a_while(stage)
    stage.session.pause()


def _get_ready(stage: Stage) -> None:
    _pause(stage)
    stage.session.resume()
    stage.run_for(1_000)


def _be_interrupted(stage: Stage) -> None:
    _play_a_while(stage)
    stage.session.interrupt()


def _wait(stage: Stage) -> None:
    stage.go_to(PhaseKind.HOLD, plan=WAITING)


def _pause_waiting(stage: Stage) -> None:
    _wait(stage)
    stage.session.pause()


SITUATIONS: dict[Callable[[Stage], None], State] = {
    _play: State.HOLD,
    _play_a_while: State.HOLD,
    _pause: State.PAUSED,
    _get_ready: State.RESUMING,
    _be_interrupted: State.INTERRUPTED,
    _wait: State.WAITING,
    _pause_waiting: State.PAUSED,
}


@pytest.fixture(params=SITUATIONS)
def situation(request: pytest.FixtureRequest, stage: Stage) -> Callable[[Stage], None]:
    """Every situation a session can be in, all of them in the first hold."""
    arrange: Callable[[Stage], None] = request.param
    arrange(stage)
    assert stage.state() is SITUATIONS[arrange]
    assert stage.session.phase is not None
    assert stage.session.phase.index == HOLD
    return arrange


def _assert_at_start_of(stage: Stage, index: int, state: State) -> None:
    plan = stage.session.timeline
    assert plan is not None
    assert stage.session.phase is plan.phases[index]
    assert stage.state() is state
    assert stage.session.position_ms == plan.phases[index].start_ms


def test_next(stage: Stage, situation: Callable[[Stage], None]) -> None:
    stage.session.next()
    if situation is _wait:
        _assert_at_start_of(stage, HOLD, State.HOLD)
    else:
        _assert_at_start_of(stage, RELEASE, State.RELEASE)


def test_back(stage: Stage, situation: Callable[[Stage], None]) -> None:
    stage.session.back()
    if situation in {_play, _wait, _pause_waiting}:
        _assert_at_start_of(stage, MOVE, State.MOVE)
    else:
        _assert_at_start_of(stage, HOLD, State.HOLD)


@pytest.mark.parametrize(("into_ms", "index"), [(3_000, MOVE), (3_001, HOLD)])
def test_back_goes_to_the_start_of_a_phase_after_three_seconds(stage: Stage, into_ms: int, index: int) -> None:
    hold = stage.go_to(PhaseKind.HOLD, plan=PLAIN)
    stage.run_to_position(hold.start_ms + into_ms)
    stage.session.back()
    _assert_at_start_of(stage, index, State(PLAIN.phases[index].kind))


@pytest.mark.usefixtures("situation")
def test_restart_side(stage: Stage) -> None:
    stage.session.restart_side()
    _assert_at_start_of(stage, MOVE, State.MOVE)


@pytest.mark.usefixtures("situation")
def test_skip_exercise(stage: Stage) -> None:
    stage.session.skip_exercise()
    _assert_at_start_of(stage, SECOND_EXERCISE, State.TRANSITION)


@pytest.mark.usefixtures("situation")
def test_stop(stage: Stage) -> None:
    position = stage.session.position_ms
    stage.session.stop()
    assert stage.state() is State.STOPPED
    assert stage.outcomes == [Outcome.STOPPED]
    assert stage.session.position_ms == position
    assert not stage.timer.armed
    assert [cue.say for cue in stage.cues.pieces[-1]] == ["That's fine for today. See you next time."]


@pytest.mark.usefixtures("situation")
def test_after_going_elsewhere_time_passes_from_there(stage: Stage) -> None:
    stage.session.next()
    position = stage.session.position_ms
    stage.run_for(2_000)
    assert stage.session.position_ms == position + 2_000


def test_the_other_side_restarts_with_its_switch(stage: Stage) -> None:
    stage.go_to(PhaseKind.HOLD, nth=2, plan=PLAIN)
    stage.session.restart_side()
    _assert_at_start_of(stage, SWITCH, State.SWITCH_SIDES)


def test_an_exercise_without_sides_restarts_with_its_first_step(stage: Stage) -> None:
    hold = stage.go_to(PhaseKind.HOLD, nth=3, plan=PLAIN)
    stage.session.restart_side()
    _assert_at_start_of(stage, hold.index - 1, State.MOVE)


def test_restarting_where_a_hold_waits_at_once_does_not_begin_it(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage()
    exercises = tuple(replace(each, steps=each.steps[1:]) for each in PLAIN.routine.exercises)
    plan = build_timeline(replace(PLAIN.routine, exercises=exercises), Preferences(wait_for_me=True))
    stage.go_to(PhaseKind.HOLD, plan=plan)
    assert stage.state() is State.WAITING
    stage.session.restart_side()
    assert stage.state() is State.WAITING
    assert stage.answers == [CueName.WAITING] * 2


def test_back_at_the_very_start_stays_there(stage: Stage) -> None:
    plan = stage.play()
    stage.run_for(2_000)
    stage.session.back()
    assert stage.session.phase is plan.phases[0]
    assert stage.session.position_ms == 0
    assert stage.state() is State.PREPARE


def test_next_to_the_end_finishes(stage: Stage) -> None:
    plan = stage.play()
    for _ in plan.phases[1:]:
        stage.session.next()
    assert stage.state() is State.FINISHED
    assert stage.outcomes == [Outcome.FINISHED]
    assert stage.session.position_ms == plan.total_ms
    assert not stage.timer.armed


# What is told and heard


@pytest.mark.parametrize("lead_ms", [0, 250])
def test_going_elsewhere_silences_and_every_cue_from_there_comes_once(
    make_stage: Callable[..., Stage], lead_ms: int
) -> None:
    stage = make_stage(lead_ms=lead_ms)
    plan = stage.play()
    stage.run_for(plan.phases[HOLD].start_ms - 100)
    stage.session.skip_exercise()
    assert not stage.cues.pieces[-1]
    stage.given.clear()
    stage.run_for(plan.total_ms)
    wanted = [cue for phase in plan.phases[SECOND_EXERCISE:] for cue in phase.cues]
    assert [(cue.name, cue.at_ms) for cue in stage.planned_given] == [(cue.name, cue.at_ms) for cue in wanted]
    assert [(cue.name, cue.at_ms) for cue in stage.cues.pieces[-1]] == [(cue.name, cue.at_ms) for cue in wanted]


@pytest.mark.parametrize(
    ("held_to_the_end", "words"),
    [
        (0, "That is the end."),
        (1, "That's one of four holds."),
        (3, "That's three of four holds."),
        (4, "Well done, that's all four."),
    ],
)
@pytest.mark.parametrize("lead_ms", [0, 250])
def test_the_closing_words_tell_what_was_done(
    make_stage: Callable[..., Stage], held_to_the_end: int, words: str, lead_ms: int
) -> None:
    stage = make_stage(lead_ms=lead_ms)
    plan = stage.play()
    for hold in plan.holds():
        while stage.session.phase is not hold:
            stage.session.next()
        stage.run_for(hold.duration_ms if hold in plan.holds()[:held_to_the_end] else hold.duration_ms - 1)
        stage.session.next()
    stage.run_for(plan.total_ms)
    assert stage.state() is State.FINISHED
    assert [cue.say for _, cue in stage.given if cue.name is CueName.DONE] == [f"{words} {GET_UP}"]
    assert [cue.say for _, cue in stage.cues.played if cue.name is CueName.DONE] == [f"{words} {GET_UP}"]


def test_a_hold_that_was_held_twice_counts_once(stage: Stage) -> None:
    hold = stage.go_to(PhaseKind.HOLD)
    stage.run_for(20_000)
    stage.session.back()
    stage.run_for(10_000)
    stage.session.next()
    held = stage.session.held
    assert held is not None
    assert held.of(hold) == 20_000
    assert held.total_ms == 20_000


# Nothing to command for


def _finish(session: Session, plan: Timeline) -> None:
    session.start(plan)
    for _ in plan.phases[1:]:
        session.next()


def _stop(session: Session, plan: Timeline) -> None:
    session.start(plan)
    session.stop()


def _stay_idle(session: Session, plan: Timeline) -> None:
    assert session.timeline is not plan


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("end", [_stay_idle, _finish, _stop])
def test_without_a_session_they_do_nothing(
    stage: Stage, end: Callable[[Session, Timeline], None], command: str
) -> None:
    end(stage.session, PLAIN)
    before = (list(stage.states), list(stage.started), list(stage.given), list(stage.outcomes))
    state, position = stage.session.state, stage.session.position_ms
    stage.clock.sleep(3_600_000)
    getattr(stage.session, command)()
    stage.run_for(10_000)
    assert (stage.states, stage.started, stage.given, stage.outcomes) == before
    assert (stage.session.state, stage.session.position_ms) == (state, position)
    assert not stage.timer.armed


@pytest.mark.parametrize("command", COMMANDS)
def test_before_the_machine_runs_commands_do_nothing(make_stage: Callable[..., Stage], command: str) -> None:
    stage = make_stage(started=False)
    getattr(stage.session, command)()
    stage.start_machine()
    assert stage.state() is State.IDLE
    assert not stage.states
