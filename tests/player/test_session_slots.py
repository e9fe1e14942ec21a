"""Slots that answer a session's facts with commands."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stretchplayer.player.state import ACTIVE_STATES, PHASE_STATES, Outcome, State
from stretchplayer.routine.cues import Cue
from stretchplayer.routine.timeline import Phase, PhaseKind
from tests.player.stage import Stage, timeline
from tests.player.test_session_commands import COMMANDS


def test_every_phase_pauses_itself(stage: Stage) -> None:
    plan = timeline()
    stage.session.phase_started.connect(stage.session.pause)
    stage.play(plan)
    for phase in plan.phases[:-1]:
        assert stage.state() is State.PAUSED
        assert stage.session.phase is phase
        assert not stage.timer.armed
        stage.session.resume()
        stage.run_for(3_000)
        assert stage.state() is State(phase.kind)
        stage.run_for(phase.duration_ms)
    assert stage.state() is State.FINISHED
    # What was due at the very moment of the pause was silenced at once, so it comes again.
    assert list(dict.fromkeys(stage.planned_given)) == list(plan.cues())


def test_every_change_of_state_goes_on(stage: Stage) -> None:
    plan = timeline(wait_for_me=True)
    stage.session.state_changed.connect(stage.session.next)
    stage.play(plan)
    assert stage.state() is State.FINISHED
    assert [phase for _, phase in stage.started] == list(plan.phases)
    assert stage.outcomes == [Outcome.FINISHED]


def test_everyone_hears_the_facts_in_the_order_they_happened(stage: Stage) -> None:
    late: list[State] = []
    early: list[State] = []
    stage.session.state_changed.connect(early.append)
    stage.session.state_changed.connect(stage.session.next)
    stage.session.state_changed.connect(late.append)
    stage.play()
    assert late == early
    assert late[-1] is State.FINISHED


@pytest.mark.parametrize("command", ["pause", "stop", "interrupt"])
def test_a_cue_can_end_the_playing(stage: Stage, command: str) -> None:
    stage.session.cue_given.connect(getattr(stage.session, command))
    stage.play()
    stage.run_for(10_000)
    assert stage.session.state not in PHASE_STATES
    assert len(stage.planned_given) == 1
    assert not stage.timer.armed
    assert stage.session.position_ms == 400


def test_a_tick_can_skip_everything(stage: Stage) -> None:
    stage.session.ticked.connect(stage.session.skip_exercise)
    stage.play()
    stage.run_for(100)
    assert stage.state() is State.FINISHED


def test_the_end_can_start_again(stage: Stage) -> None:
    plan = timeline()
    stage.session.ended.connect(lambda _: stage.session.start(plan) if len(stage.outcomes) < 3 else None)
    stage.play(plan)
    stage.session.stop()
    assert stage.state() is State.PREPARE
    stage.run_for(plan.total_ms)
    assert stage.state() is State.PREPARE
    stage.run_for(plan.total_ms)
    assert stage.state() is State.FINISHED
    assert stage.outcomes == [Outcome.STOPPED, Outcome.FINISHED, Outcome.FINISHED]
    held = stage.session.held
    assert held is not None
    assert held.holds_done == 4


def test_the_start_can_be_stopped_by_its_own_first_fact(stage: Stage) -> None:
    stage.session.state_changed.connect(lambda state: stage.session.stop() if state is State.PREPARE else None)
    stage.play()
    assert stage.state() is State.STOPPED
    assert stage.outcomes == [Outcome.STOPPED]
    assert not stage.timer.armed


reactions = st.lists(
    st.tuples(st.sampled_from(("state_changed", "phase_started", "cue_given", "ticked")), st.sampled_from(COMMANDS)),
    min_size=1,
    max_size=30,
)


@given(reactions=reactions, wait_for_me=st.booleans(), late_ms=st.sampled_from((0, 7, 1_900)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_slots_command_for_the_session_stays_whole(
    make_stage: Callable[..., Stage], reactions: list[tuple[str, str]], wait_for_me: bool, late_ms: int
) -> None:
    stage = make_stage(lead_ms=250, frame_ms=500)
    session, plan, left = stage.session, timeline(wait_for_me=wait_for_me), list(reversed(reactions))
    begun_since_state: list[Phase] = []

    def react(fact: str) -> None:
        if left and left[-1][0] == fact:
            getattr(session, left.pop()[1])()

    def on_phase(phase: Phase) -> None:
        assert session.phase is phase
        assert session.state is State(phase.kind) if phase.kind is not PhaseKind.DONE else State.FINISHED
        begun_since_state.append(phase)
        react("phase_started")

    def on_cue(_cue: Cue) -> None:
        assert session.phase is not None
        assert session.phase.start_ms <= session.position_ms <= session.phase.end_ms
        react("cue_given")

    session.state_changed.connect(lambda _: react("state_changed"))
    session.phase_started.connect(on_phase)
    session.cue_given.connect(on_cue)
    session.ticked.connect(lambda: react("ticked"))
    session.start(plan)
    for _ in range(60):
        if stage.timer.due_in_ms is None:
            session.toggle()
        else:
            stage.hang(stage.timer.due_in_ms + late_ms)
        assert session.phase is not None
        assert session.phase.start_ms <= session.position_ms <= session.phase.end_ms
        assert stage.timer.armed is (session.state in {*PHASE_STATES, State.RESUMING} - {State.WAITING})
        held = session.held
        assert held is not None
        assert all(held.of(hold) <= hold.duration_ms for hold in plan.holds())
    session.stop()
    assert session.state not in ACTIVE_STATES
    assert len(stage.outcomes) == 1
