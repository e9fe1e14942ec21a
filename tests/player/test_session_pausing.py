"""Pausing, resuming and waiting for the person."""

from collections.abc import Callable

import pytest

from stretchplayer.player.session import GET_READY_MS, Session
from stretchplayer.player.state import Outcome, State
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.timeline import Phase, PhaseKind
from tests.player.stage import Stage, timeline

LONG_MS = 3_600_000


def silent_moment(phase: Phase) -> int:
    """A moment of the phase, 200 ms after its first sentence, at which nothing is being said."""
    cue = phase.cues[0]
    return cue.at_ms + cue.tone_ms + 65 * len(cue.say or "") + 200


@pytest.mark.parametrize("kind", [PhaseKind.PREPARE, PhaseKind.MOVE, PhaseKind.RELEASE, PhaseKind.TRANSITION])
def test_a_sentence_that_a_pause_cuts_off_is_said_again(stage: Stage, kind: PhaseKind) -> None:
    phase = stage.go_to(kind)
    cue = phase.cues[0]
    stage.run_to_position(cue.at_ms + 900)
    stage.session.pause()
    assert stage.session.position_ms == cue.at_ms + 900
    stage.session.resume()
    stage.run_for(GET_READY_MS)
    assert stage.state() is State(kind)
    assert stage.session.position_ms == cue.at_ms
    stage.run_for(1)
    assert stage.planned_given.count(cue) == 2
    assert stage.planned_given[-1] == cue


def test_words_in_a_hold_are_not_said_again_because_no_second_is_asked_for_twice(stage: Stage) -> None:
    hold = stage.go_to(PhaseKind.HOLD)
    half_way = hold.start_ms + hold.duration_ms // 2
    stage.run_to_position(half_way + 200)
    stage.session.pause()
    stage.session.resume()
    stage.run_for(GET_READY_MS)
    assert stage.session.position_ms == half_way + 200


def test_before_the_first_word_of_a_phase_nothing_is_said_again(stage: Stage) -> None:
    stage.play()
    stage.run_for(100)
    stage.session.pause()
    stage.session.resume()
    stage.run_for(GET_READY_MS)
    assert stage.session.position_ms == 100


@pytest.mark.parametrize("kind", [kind for kind in PhaseKind if kind is not PhaseKind.DONE])
def test_a_pause_keeps_the_place_and_resuming_returns_to_it(stage: Stage, kind: PhaseKind) -> None:
    phase = stage.go_to(kind)
    into_ms = silent_moment(phase) - phase.start_ms
    stage.run_to_position(phase.start_ms + into_ms)
    stage.session.pause()
    assert stage.state() is State.PAUSED
    assert not stage.timer.armed
    stage.run_for(LONG_MS)
    assert stage.session.position_ms == phase.start_ms + into_ms
    assert stage.session.phase_left_ms == phase.duration_ms - into_ms

    stage.started.clear()
    stage.session.resume()
    assert stage.state() is State.RESUMING
    assert stage.session.get_ready_left_ms == GET_READY_MS
    stage.run_for(GET_READY_MS - 1)
    assert stage.state() is State.RESUMING
    assert stage.session.get_ready_left_ms == 1
    assert stage.session.position_ms == phase.start_ms + into_ms
    stage.run_for(1)
    assert stage.state() is State(kind)
    assert stage.session.get_ready_left_ms == 0
    assert stage.session.position_ms == phase.start_ms + into_ms
    stage.run_for(100)
    assert stage.session.position_ms == phase.start_ms + into_ms + 100
    assert not stage.started
    assert stage.answers == [CueName.PAUSED, CueName.RESUMING]


def test_a_pause_between_two_ticks_keeps_the_exact_moment(stage: Stage) -> None:
    stage.play()
    stage.run_for(10_000)
    stage.clock.advance(7)
    stage.session.pause()
    assert stage.session.position_ms == 10_007


def test_a_pause_at_a_moment_when_more_is_due_does_that_first(stage: Stage) -> None:
    plan = stage.play()
    stage.run_for(plan.phases[1].end_ms - 10)
    stage.clock.advance(110)
    stage.session.pause()
    assert stage.states[-2:] == [State.HOLD, State.PAUSED]
    assert stage.session.position_ms == plan.phases[2].start_ms + 100


def test_slow_words_make_getting_ready_longer(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage()
    session = Session(
        clock=stage.clock, timer=stage.timer, cues=stage.cues, speech_ms=lambda text: len(text) * 200,
        parent=stage.session,
    )  # fmt: skip
    stage.start_machine()
    session.start(timeline())
    session.pause()
    session.resume()
    assert session.get_ready_left_ms == 400 + 24 * 200


def test_at_another_rate_getting_ready_is_faster_too(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(rate=2)
    stage.play()
    stage.session.pause()
    stage.session.resume()
    stage.run_for(1_499)
    assert stage.state() is State.RESUMING
    stage.run_for(1)
    assert stage.state() is State.PREPARE


@pytest.mark.parametrize("command", ["pause", "toggle", "interrupt"])
def test_getting_ready_can_be_paused(stage: Stage, command: str) -> None:
    stage.play()
    stage.run_for(15_000)
    stage.session.pause()
    stage.session.resume()
    stage.run_for(1_000)
    getattr(stage.session, command)()
    assert stage.state() is (State.INTERRUPTED if command == "interrupt" else State.PAUSED)
    stage.run_for(LONG_MS)
    assert stage.session.position_ms == 15_000
    stage.session.toggle()
    stage.run_for(GET_READY_MS)
    assert stage.state() is State.PREPARE
    assert stage.session.position_ms == 15_000


def test_pausing_silences_and_what_had_not_sounded_yet_comes_after_resuming(
    make_stage: Callable[..., Stage],
) -> None:
    stage = make_stage(lead_ms=250)
    hold = stage.go_to(PhaseKind.HOLD)
    half_way = hold.start_ms + 15_000
    stage.run_to_position(half_way - 100)
    handed_over = [cue for _, cue in stage.cues.played]
    assert handed_over[-1].name is CueName.HALF_WAY
    stage.session.pause()
    stage.session.resume()
    stage.run_for(GET_READY_MS)
    stage.run_to_position(half_way)
    assert [cue.name for cue in stage.cues.pieces[-1]][-1] is CueName.HALF_WAY
    assert [cue.name for cue in stage.planned_given].count(CueName.HALF_WAY) == 1


def test_a_pause_in_every_phase_costs_no_cue_and_no_held_time(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(frame_ms=500, lead_ms=250)
    plan = stage.play()
    for phase in plan.phases[:-1]:
        stage.run_to_position(silent_moment(phase))
        stage.session.pause()
        stage.run_for(10_000)
        stage.session.resume()
        stage.run_for(GET_READY_MS)
    stage.run_to_position(plan.total_ms)
    assert stage.planned_given == list(plan.cues())
    assert [phase for _, phase in stage.started] == list(plan.phases)
    held = stage.session.held
    assert held is not None
    assert held.holds_done == 4


# Waiting for the person


@pytest.mark.parametrize("key", ["confirm", "toggle", "next"])
@pytest.mark.parametrize("lead_ms", [0, 250])
def test_a_hold_begins_with_the_persons_key_and_not_before(
    make_stage: Callable[..., Stage], key: str, lead_ms: int
) -> None:
    stage = make_stage(lead_ms=lead_ms, frame_ms=500)
    plan = stage.play(timeline(wait_for_me=True))
    for hold in plan.holds():
        stage.run_to_position(hold.start_ms)
        assert stage.state() is State.WAITING
        stage.clock.sleep(LONG_MS)
        stage.run_for(LONG_MS)
        assert stage.state() is State.WAITING
        assert stage.session.phase is hold
        assert stage.session.position_ms == hold.start_ms
        assert not stage.timer.armed
        assert not any(cue in hold.cues for _, cue in stage.cues.played)
        assert hold not in [phase for _, phase in stage.started]
        getattr(stage.session, key)()
        assert stage.state() is State.HOLD
        position_ms, started = stage.started[-1]
        assert (position_ms, started.index) == (hold.start_ms, hold.index)
        stage.run_for(hold.duration_ms - 1)
        assert stage.state() is State.HOLD
        stage.run_for(1)
        assert stage.state() is State.RELEASE
    stage.run_to_position(plan.total_ms)
    assert stage.planned_given == list(plan.cues())
    assert stage.answers == [CueName.WAITING] * 4
    assert [phase for _, phase in stage.started] == list(plan.phases)
    assert stage.outcomes == [Outcome.FINISHED]


def test_a_wait_says_that_a_key_is_awaited(stage: Stage) -> None:
    stage.go_to(PhaseKind.HOLD, plan=timeline(wait_for_me=True))
    _, cue = stage.given[-1]
    assert cue.say == "Whenever you're ready, press any key."


def test_a_hold_that_comes_next_does_not_keep_the_machine_busy_for_nothing(
    make_stage: Callable[..., Stage],
) -> None:
    stage = make_stage(lead_ms=250)
    hold = timeline(wait_for_me=True).holds()[0]
    stage.play(timeline(wait_for_me=True))
    stage.run_to_position(hold.start_ms - 250)
    stage.ticks = 0
    stage.run_for(249)
    assert stage.ticks <= 249 / 33 + 2


@pytest.mark.parametrize("rest", ["pause", "interrupt"])
def test_a_wait_that_was_paused_goes_on_waiting(stage: Stage, rest: str) -> None:
    hold = stage.go_to(PhaseKind.HOLD, plan=timeline(wait_for_me=True))
    getattr(stage.session, rest)()
    stage.run_for(LONG_MS)
    stage.session.resume()
    stage.run_for(GET_READY_MS)
    assert stage.state() is State.WAITING
    stage.run_for(LONG_MS)
    assert stage.state() is State.WAITING
    stage.session.next()
    assert stage.state() is State.HOLD
    assert stage.session.phase is hold
    assert State.INTERRUPTED not in stage.states or rest == "interrupt"


def test_a_confirmed_hold_can_be_paused_and_goes_on_without_another_key(stage: Stage) -> None:
    hold = stage.go_to(PhaseKind.HOLD, plan=timeline(wait_for_me=True))
    stage.session.confirm()
    stage.run_for(10_000)
    stage.session.toggle()
    assert stage.state() is State.PAUSED
    stage.session.toggle()
    stage.run_for(GET_READY_MS)
    assert stage.state() is State.HOLD
    assert stage.session.position_ms == hold.start_ms + 10_000


@pytest.mark.parametrize("command", ["confirm", "resume"])
def test_a_key_that_means_nothing_while_playing_changes_nothing(stage: Stage, command: str) -> None:
    stage.go_to(PhaseKind.HOLD)
    stage.run_for(1_000)
    position = stage.session.position_ms
    before = list(stage.states)
    getattr(stage.session, command)()
    assert stage.states == before
    assert stage.session.position_ms == position


def test_going_back_to_a_hold_waits_for_it_again(stage: Stage) -> None:
    hold = stage.go_to(PhaseKind.HOLD, plan=timeline(wait_for_me=True))
    stage.session.confirm()
    stage.run_for(5_000)
    stage.session.back()
    assert stage.state() is State.WAITING
    assert stage.session.phase is hold
    held = stage.session.held
    assert held is not None
    assert held.of(hold) == 5_000
