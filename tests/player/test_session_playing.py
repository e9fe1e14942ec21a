"""A session that nobody disturbs, on a machine that ticks well, badly or not at all."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stretchplayer.player.state import Outcome, State
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.timeline import PhaseKind
from tests.player.stage import Stage, timeline

FOREVER_MS = 10_000_000
SLEEP_MS = 3_600_000


@pytest.mark.parametrize("rate", [0.5, 1, 2, 20, 1000])
@pytest.mark.parametrize("lead_ms", [0, 250])
def test_a_whole_session_agrees_with_its_timeline(make_stage: Callable[..., Stage], rate: float, lead_ms: int) -> None:
    stage = make_stage(rate=rate, lead_ms=lead_ms)
    began_ms = stage.clock.ms
    plan = stage.play()
    stage.timer.run_for(plan.total_ms / rate + 1)

    assert [phase for _, phase in stage.started] == list(plan.phases)
    assert stage.states == [State(phase.kind) for phase in plan.phases[:-1]] + [State.FINISHED]
    # An alarm is a whole number of ms of real time, so a phase may begin up to one of those late.
    assert all(phase.start_ms <= position <= phase.start_ms + rate for position, phase in stage.started)
    assert stage.planned_given == list(plan.cues())
    assert all(cue.at_ms <= position <= cue.at_ms + rate for position, cue in stage.given)
    assert stage.outcomes == [Outcome.FINISHED]
    assert stage.state() is State.FINISHED
    assert (stage.session.position_ms, stage.session.left_ms) == (plan.total_ms, 0)
    assert not stage.timer.armed
    assert 0 <= stage.clock.ms - began_ms - plan.total_ms / rate <= 1.001  # the sum of rounding errors


def test_every_hold_is_held_in_full(stage: Stage) -> None:
    plan = stage.play()
    stage.run_for(plan.total_ms)
    held = stage.session.held
    assert held is not None
    assert held.by_exercise() == {"legs": {"left": 30_000, "right": 30_000}, "back": {"both": 20_000}}
    assert held.holds_done == 4


@pytest.mark.parametrize("lead_ms", [0, 90, 250])
def test_sounds_begin_at_their_moment_whatever_lead_they_need(make_stage: Callable[..., Stage], lead_ms: int) -> None:
    stage = make_stage(lead_ms=lead_ms)
    plan = stage.play()
    stage.run_for(plan.total_ms)
    assert [(onset, cue) for onset, cue in stage.cues.onsets] == [(cue.at_ms, cue) for cue in plan.cues()]


def test_while_time_passes_there_is_a_tick_for_every_frame(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(frame_ms=100)
    stage.play()
    stage.run_for(1)
    stage.ticks = 0
    stage.run_for(350)
    assert stage.ticks == 3
    assert max(stage.timer.delays_ms) == 100


def test_position_and_what_is_left_follow_the_clock(stage: Stage) -> None:
    plan = stage.play()
    stage.run_for(1_000)
    first = plan.phases[0]
    assert stage.session.phase is first
    assert stage.session.timeline is plan
    assert stage.session.rate == 1
    assert stage.session.position_ms == 1_000
    assert stage.session.phase_left_ms == first.duration_ms - 1_000
    assert stage.session.left_ms == plan.total_ms - 1_000
    assert stage.session.get_ready_left_ms == 0


def test_between_ticks_the_position_stays_in_the_phase(stage: Stage) -> None:
    plan = stage.play()
    stage.run_for(plan.phases[0].end_ms - 5)
    stage.clock.advance(500)
    assert stage.session.phase is plan.phases[0]
    assert stage.session.position_ms == plan.phases[0].end_ms
    assert stage.session.phase_left_ms == 0


def test_before_anything_was_played_there_is_nothing(stage: Stage) -> None:
    session = stage.session
    assert session.state is State.IDLE
    assert (session.timeline, session.phase, session.held) == (None, None, None)
    assert (session.position_ms, session.phase_left_ms, session.left_ms, session.get_ready_left_ms) == (0, 0, 0, 0)


# A machine that ticks badly


@given(lateness_ms=st.lists(st.sampled_from((0, 1, 5, 40, 300, 1_900)), min_size=1, max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
def test_late_ticks_lose_no_time(make_stage: Callable[..., Stage], lateness_ms: list[float]) -> None:
    stage = make_stage(frame_ms=500)
    plan = stage.play()
    count = 0
    while stage.timer.due_in_ms is not None:
        late_ms = lateness_ms[count % len(lateness_ms)]
        stage.hang(stage.timer.due_in_ms + late_ms)
        count += 1
    assert stage.state() is State.FINISHED
    assert [phase for _, phase in stage.started] == list(plan.phases)
    assert stage.planned_given == list(plan.cues())
    assert 0 <= stage.clock.ms - plan.total_ms <= max(lateness_ms)
    held = stage.session.held
    assert held is not None
    assert held.holds_done == 4


def test_an_early_tick_changes_nothing(stage: Stage) -> None:
    plan = stage.play()
    stage.clock.advance(3)
    for _ in range(5):
        stage.timer.fire()
    stage.run_for(plan.total_ms - 3)
    assert stage.planned_given == list(plan.cues())
    assert stage.state() is State.FINISHED


def test_a_tick_two_seconds_late_still_counts(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(frame_ms=50)
    hold = stage.go_to(PhaseKind.HOLD)
    stage.run_for(1_001)
    stage.hang(50 + 2_000)
    assert stage.state() is State.HOLD
    assert stage.session.position_ms == hold.start_ms + 3_051


@pytest.mark.parametrize("hang_ms", [2_001, 60_000, 3_600_000])
def test_while_the_program_stands_still_nothing_is_held(make_stage: Callable[..., Stage], hang_ms: int) -> None:
    stage = make_stage(frame_ms=50)
    hold = stage.go_to(PhaseKind.HOLD)
    stage.run_for(1_000)
    led_ms = 1_000 + (stage.timer.due_in_ms or 0)
    stage.hang(50 + hang_ms)
    assert stage.state() is State.HOLD
    assert stage.session.position_ms == hold.start_ms + led_ms
    assert stage.session.held is not None
    assert stage.session.held.of(hold) == led_ms
    stage.run_for(hold.duration_ms - led_ms - 1)
    assert stage.session.phase is hold
    stage.run_for(1)
    assert stage.session.held.of(hold) == hold.duration_ms
    assert stage.session.phase is not hold


def test_a_slow_start_interrupts_nothing(stage: Stage) -> None:
    plan = stage.play()
    stage.hang(20_000)
    assert stage.session.phase is plan.phases[0]
    stage.run_for(plan.total_ms)
    assert State.INTERRUPTED not in stage.states
    assert stage.planned_given == list(plan.cues())
    assert stage.state() is State.FINISHED


def test_a_pause_after_the_program_stood_still_is_where_the_person_was_last_led(stage: Stage) -> None:
    hold = stage.go_to(PhaseKind.HOLD)
    stage.run_to_position(hold.start_ms + 10_000)
    stage.clock.advance(SLEEP_MS)
    stage.session.pause()
    assert stage.state() is State.PAUSED
    assert hold.start_ms + 10_000 <= stage.session.position_ms <= hold.start_ms + 10_033


def test_the_countdown_stands_still_with_the_program(stage: Stage) -> None:
    stage.go_to(PhaseKind.HOLD)
    stage.session.pause()
    stage.session.resume()
    stage.run_for(1_000)
    stage.hang(SLEEP_MS)
    assert stage.state() is State.RESUMING
    assert 1_900 < stage.session.get_ready_left_ms < 2_000
    stage.run_for(2_000)
    assert stage.state() is State.HOLD


# A machine that slept


def test_sleep_pauses_the_session_where_the_person_was_last_led(stage: Stage) -> None:
    hold = stage.go_to(PhaseKind.HOLD)
    stage.run_to_position(hold.start_ms + 10_000)
    seen_ms = stage.session.position_ms
    stage.clock.sleep(SLEEP_MS)
    stage.timer.fire()
    assert stage.state() is State.INTERRUPTED
    assert seen_ms - 33 <= stage.session.position_ms <= seen_ms
    assert stage.answers == [CueName.INTERRUPTED]
    assert not stage.timer.armed
    held = stage.session.held
    assert held is not None
    assert held.of(hold) == int(stage.session.position_ms - hold.start_ms)


def test_a_nap_of_two_seconds_is_none(stage: Stage) -> None:
    stage.go_to(PhaseKind.HOLD)
    stage.clock.sleep(2_000)
    stage.timer.fire()
    assert stage.state() is State.HOLD


@pytest.mark.parametrize("command", ["pause", "toggle", "interrupt"])
def test_sleep_that_a_command_sees_first_counts(stage: Stage, command: str) -> None:
    hold = stage.go_to(PhaseKind.HOLD)
    stage.run_to_position(hold.start_ms + 10_000)
    stage.clock.sleep(SLEEP_MS)
    getattr(stage.session, command)()
    assert stage.state() is State.INTERRUPTED
    assert stage.session.position_ms <= hold.start_ms + 10_000


def test_sleep_while_getting_ready_interrupts_too(stage: Stage) -> None:
    hold = stage.go_to(PhaseKind.HOLD)
    stage.run_to_position(hold.start_ms + 10_000)
    stage.session.pause()
    stage.session.resume()
    stage.run_for(1_000)
    stage.clock.sleep(SLEEP_MS)
    stage.timer.fire()
    assert stage.state() is State.INTERRUPTED
    assert stage.session.position_ms == hold.start_ms + 10_000
    stage.session.toggle()
    assert stage.state() is State.RESUMING
    stage.run_for(3_000)
    assert stage.state() is State.HOLD
    assert stage.session.position_ms == hold.start_ms + 10_000


@pytest.mark.parametrize("rest", ["pause", "interrupt"])
def test_a_gap_during_a_pause_is_no_news(stage: Stage, rest: str) -> None:
    stage.go_to(PhaseKind.HOLD)
    stage.run_for(1_000)
    getattr(stage.session, rest)()
    before = list(stage.states)
    stage.clock.sleep(SLEEP_MS)
    stage.run_for(FOREVER_MS)
    stage.session.resume()
    assert stage.states == [*before, State.RESUMING]


def test_after_a_gap_the_session_can_be_played_to_its_end(stage: Stage) -> None:
    plan = stage.play()
    stage.run_for(40_000)
    stage.clock.sleep(SLEEP_MS)
    stage.timer.fire()
    stage.session.resume()
    stage.run_for(plan.total_ms)
    assert stage.state() is State.FINISHED
    held = stage.session.held
    assert held is not None
    assert held.holds_done == 4


# Starting


def test_a_start_before_the_machine_runs_comes_as_soon_as_it_does(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(started=False)
    plan = stage.play()
    assert stage.state() is State.IDLE
    stage.start_machine()
    assert stage.state() is State.PREPARE
    assert stage.session.timeline is plan


def test_a_command_given_before_that_start_has_come_follows_it(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(started=False)
    stage.play()
    stage.session.toggle()
    stage.start_machine()
    assert stage.states == [State.PREPARE, State.PAUSED]


def test_a_command_waits_for_a_start_that_is_to_come(stage: Stage) -> None:
    stage.session.await_start()
    stage.session.toggle()
    assert stage.state() is State.IDLE
    stage.play()
    assert stage.states == [State.PREPARE, State.PAUSED]


def test_a_command_is_dropped_with_a_start_that_does_not_come(stage: Stage) -> None:
    stage.session.await_start()
    stage.session.toggle()
    stage.session.cancel_start()
    stage.play()
    assert stage.states == [State.PREPARE]


def test_a_second_start_is_ignored_while_one_plays(stage: Stage) -> None:
    plan = stage.play()
    stage.run_for(5_000)
    stage.session.start(timeline(wait_for_me=True))
    assert stage.session.timeline is plan
    assert stage.session.position_ms == 5_000
    assert stage.states == [State.PREPARE]


@pytest.mark.parametrize("end", ["stop", "skip"])
def test_another_session_starts_with_nothing_held(stage: Stage, end: str) -> None:
    hold = stage.go_to(PhaseKind.HOLD)
    stage.run_to_position(hold.end_ms)
    if end == "stop":
        stage.session.stop()
    else:
        stage.session.skip_exercise()
        stage.session.skip_exercise()
    assert stage.outcomes == [Outcome.STOPPED if end == "stop" else Outcome.FINISHED]
    before = stage.session.held
    assert before is not None
    assert before.total_ms == 30_000

    plan = stage.play(timeline())
    assert stage.state() is State.PREPARE
    assert stage.session.position_ms == 0
    assert stage.session.held is not None
    assert stage.session.held.total_ms == 0
    stage.given.clear()
    stage.run_for(plan.total_ms)
    assert stage.planned_given == list(plan.cues())
    assert stage.outcomes[1:] == [Outcome.FINISHED]
