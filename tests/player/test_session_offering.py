"""Before the end: making up for what one side missed."""

from collections.abc import Callable, Iterator

import pytest

from stretchplayer.player.make_up_offers import SILENCE_MS
from stretchplayer.player.recorder import Recorder
from stretchplayer.player.state import Outcome, State
from stretchplayer.progress.history import SessionOutcome
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import MakeUp, make_up
from stretchplayer.routine.timeline import PhaseKind, Timeline
from tests.fake_history import FakeHistory
from tests.player.stage import Stage, timeline

QUESTION = "Your left leg has a few seconds to catch up. Press any key to do them now."
GET_UP = "Rest a moment before you stand up."
FRAME_MS = 500
"""Whole sessions are played here, in which nobody looks at the frames."""


def find(plan: Timeline, held: HeldTime, offered: frozenset[int]) -> MakeUp | None:
    return make_up(plan, held, offered=offered, lead_in_ms=6_000)


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage(find_make_up=find, frame_ms=FRAME_MS)
    yield stage
    stage.close()


def held_ms(stage: Stage) -> list[int]:
    """What was held of each hold of the plan."""
    held = stage.session.held
    assert held is not None
    return [held.of(hold) for hold in held.timeline.holds()]


def come_to_the_offer(stage: Stage, plan: Timeline | None = None) -> Timeline:
    """Cut the first hold short after 12 s, and play on until the session would end."""
    plan = plan or timeline()
    stage.go_to(PhaseKind.HOLD, plan=plan)
    stage.session.confirm()
    stage.run_for(12_000)
    stage.session.next()
    play_until(stage, lambda: stage.state() is State.OFFERING)
    return plan


def play_until(stage: Stage, there: Callable[[], bool]) -> None:
    """Play on until it is so, and begin every hold that waits."""
    for _ in range(10_000):
        if there():
            return
        if stage.state() is State.WAITING:
            stage.session.confirm()
        stage.run_for(100)
    raise AssertionError("it never came about")


def play_to_the_end(stage: Stage) -> None:
    """Play on until the session ends."""
    play_until(stage, lambda: bool(stage.outcomes))


def test_it_is_asked_before_the_end_and_said(stage: Stage) -> None:
    plan = come_to_the_offer(stage)
    assert not stage.outcomes
    offer = stage.session.offer
    assert offer is not None
    assert offer.missed_ms == 18_000
    assert stage.session.phase is offer.first
    assert stage.session.timeline is offer.timeline
    assert offer.first.index == plan.done.index
    assert [cue.say for _, cue in stage.given if cue.name is CueName.WAITING] == [QUESTION]


@pytest.mark.parametrize("command", ["confirm", "toggle"])
def test_yes_plays_what_was_missed_and_then_ends(stage: Stage, command: str) -> None:
    come_to_the_offer(stage)
    getattr(stage.session, command)()
    assert stage.state() is State.PREPARE
    assert stage.session.offer is None
    play_to_the_end(stage)
    assert stage.outcomes == [Outcome.FINISHED]
    assert held_ms(stage) == [30_000, 30_000, 10_000, 10_000]
    assert stage.given[-1][1].say == f"Well done, that's all four. {GET_UP}"


@pytest.mark.parametrize("command", ["decline", "next", "skip_exercise"])
def test_no_ends_the_session_as_it_is(stage: Stage, command: str) -> None:
    plan = come_to_the_offer(stage)
    getattr(stage.session, command)()
    assert stage.outcomes == [Outcome.FINISHED]
    assert stage.session.timeline is plan
    assert stage.session.phase is plan.done
    assert stage.session.left_ms == 0
    assert held_ms(stage) == [12_000, 30_000, 10_000, 10_000]
    assert stage.given[-1][1].say == f"That's three of four holds. {GET_UP}"
    assert not stage.timer.armed


def test_silence_means_no_after_a_while(stage: Stage) -> None:
    come_to_the_offer(stage)
    left_ms = stage.session.offer_left_ms
    assert SILENCE_MS < left_ms < 2 * SILENCE_MS
    stage.run_for(left_ms - 200)
    assert stage.state() is State.OFFERING
    stage.run_for(300)
    assert stage.outcomes == [Outcome.FINISHED]
    assert stage.session.offer_left_ms == 0


def test_a_machine_that_slept_during_the_question_gets_no_answer(stage: Stage) -> None:
    come_to_the_offer(stage)
    stage.clock.sleep(3_600_000)
    stage.timer.fire()
    assert stage.outcomes == [Outcome.FINISHED]


def test_a_program_that_stood_still_waits_for_the_answer_as_long_as_ever(stage: Stage) -> None:
    come_to_the_offer(stage)
    left_ms = stage.session.offer_left_ms
    stage.hang(3_600_000)
    assert stage.state() is State.OFFERING
    assert left_ms - FRAME_MS <= stage.session.offer_left_ms <= left_ms


@pytest.mark.parametrize("command", ["pause", "interrupt", "resume"])
def test_there_is_nothing_to_pause_in_a_question(stage: Stage, command: str) -> None:
    come_to_the_offer(stage)
    getattr(stage.session, command)()
    assert stage.state() is State.OFFERING


def test_it_can_be_stopped_in_the_question(stage: Stage) -> None:
    come_to_the_offer(stage)
    stage.session.stop()
    assert stage.outcomes == [Outcome.STOPPED]
    assert not stage.timer.armed


def test_back_leads_to_what_was_before_and_the_question_comes_again(stage: Stage) -> None:
    plan = come_to_the_offer(stage)
    stage.session.back()
    assert stage.session.timeline is plan
    assert stage.session.phase is plan.phases[-2]
    play_until(stage, lambda: stage.state() is State.OFFERING)
    stage.session.confirm()
    play_to_the_end(stage)
    assert held_ms(stage)[0] == 30_000


def test_restarting_the_side_is_a_yes(stage: Stage) -> None:
    come_to_the_offer(stage)
    stage.session.restart_side()
    assert stage.state() is State.PREPARE
    play_to_the_end(stage)
    assert held_ms(stage)[0] == 30_000


def test_what_is_left_out_a_second_time_is_not_offered_a_third(stage: Stage) -> None:
    come_to_the_offer(stage)
    stage.session.confirm()
    stage.session.skip_exercise()
    assert stage.outcomes == [Outcome.FINISHED]
    assert held_ms(stage)[0] == 12_000


def test_nothing_to_decline_is_nothing_done(stage: Stage) -> None:
    stage.session.decline()
    stage.play()
    stage.run_for(500)
    stage.session.decline()
    assert stage.state() is State.PREPARE


def test_whoever_presses_next_at_the_last_moment_is_asked_too(stage: Stage) -> None:
    come_to_the_offer(stage)
    stage.session.decline()
    stage.outcomes.clear()
    stage.play()
    phases = stage.session.timeline.phases if stage.session.timeline else ()
    first = next(phase for phase in phases if phase.kind is PhaseKind.HOLD)
    while stage.session.phase is not first:
        stage.session.next()
    stage.run_for(20_000)
    for _ in phases:
        if stage.state() is State.OFFERING:
            break
        stage.session.next()
    assert stage.state() is State.OFFERING
    assert "right" in (stage.given[-1][1].say or "")


def test_who_begins_holds_with_a_key_begins_this_one_so_too(stage: Stage) -> None:
    come_to_the_offer(stage, timeline(wait_for_me=True))
    stage.session.confirm()
    for _ in range(1_000):
        if stage.state() is not State.WAITING:
            stage.run_for(100)
    assert stage.given[-1][1].say == "Whenever you're ready, press any key."
    stage.session.confirm()
    play_to_the_end(stage)
    assert held_ms(stage)[0] == 30_000


def test_what_was_made_up_is_remembered_with_the_hold_of_the_plan(stage: Stage) -> None:
    history = FakeHistory()
    Recorder(stage.session, stage.clock, history, plan_text=lambda _plan: "{}", salt=lambda: 0)
    plan = come_to_the_offer(stage)
    (record,) = history.records.values()
    assert record.phase == plan.done.index
    assert record.outcome is SessionOutcome.OPEN
    stage.session.confirm()
    play_to_the_end(stage)
    (record,) = history.records.values()
    assert record.complete
    assert record.phase == plan.done.index


def test_resumed_at_the_end_the_offer_is_made_again(stage: Stage) -> None:
    plan = timeline()
    whole = {hold.index: hold.duration_ms for hold in plan.holds()}
    stage.session.start(plan, at=plan.done.index, before=HeldTime(plan, {**whole, plan.holds()[0].index: 5_000}))
    assert stage.state() is State.OFFERING
    stage.session.decline()
    stage.session.start(plan, at=plan.done.index, before=HeldTime(plan, whole))
    assert stage.outcomes == [Outcome.FINISHED, Outcome.FINISHED]
