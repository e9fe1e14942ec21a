"""What of a session is remembered, and when."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from stretchplayer.figure.side import Side
from stretchplayer.player.recorder import Recorder
from stretchplayer.player.state import State
from stretchplayer.progress.history import SessionOutcome, SessionRecord
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.resume import resume_point, resumed_timeline
from stretchplayer.routine.timeline import PhaseKind
from tests.fake_history import FakeHistory
from tests.fakes import START
from tests.player.stage import Stage, timeline


@pytest.fixture
def history() -> FakeHistory:
    return FakeHistory()


def remember(
    stage: Stage, history: FakeHistory, *, slot_of: Callable[[datetime, datetime], str | None] | None = None
) -> Recorder:
    """Let the stage's session be remembered."""
    return Recorder(
        stage.session,
        stage.clock,
        history,
        plan_text=lambda plan: f"{len(plan.phases)} phases",
        salt=lambda: 7,
        slot_of=slot_of or (lambda started, _ended: f"{started:%H:%M}"),
    )


@pytest.fixture
def recorder(stage: Stage, history: FakeHistory) -> Recorder:
    return remember(stage, history)


def the_one(history: FakeHistory) -> SessionRecord:
    """The only session there is."""
    (record,) = history.records.values()
    return record


def test_a_whole_session_is_remembered(stage: Stage, history: FakeHistory, recorder: Recorder) -> None:
    plan = stage.play()
    stage.run_for(plan.total_ms)
    record = the_one(history)
    assert recorder.session_id == record.id
    assert (record.routine, record.title, record.plan) == ("legs-and-back", "Legs and back", "18 phases")
    assert (record.outcome, record.slot, record.rate) == (SessionOutcome.FINISHED, "08:00", 1)
    assert record.started_at == START
    assert record.ended_at == START + timedelta(milliseconds=plan.total_ms)
    assert record.complete
    assert [(hold.title, hold.side, hold.held_ms) for hold in record.holds] == [
        ("Legs", Side.LEFT, 30_000),
        ("Legs", Side.RIGHT, 30_000),
        ("Back", None, 10_000),
        ("Back", None, 10_000),
    ]


@pytest.mark.parametrize("finished", [True, False])
def test_a_session_that_runs_into_the_next_slot_is_for_that_one_if_it_is_finished(
    stage: Stage, history: FakeHistory, finished: bool
) -> None:
    remember(stage, history, slot_of=lambda started, ended: "first" if started == ended else "second")
    plan = stage.play()
    assert the_one(history).slot == "first"
    stage.run_for(plan.total_ms if finished else 10_000)
    stage.session.stop()
    assert the_one(history).slot == ("second" if finished else "first")


def test_it_is_written_at_every_phase_boundary(stage: Stage, history: FakeHistory, recorder: Recorder) -> None:
    plan = stage.play()
    for phase in plan.phases[:-1]:
        assert the_one(history).phase == phase.index
        held = {hold.index: hold.held_ms for hold in the_one(history).holds}
        ended = [each for each in plan.holds() if each.end_ms <= phase.start_ms]
        assert all(held[each.index] == each.duration_ms for each in ended)
        stage.run_to_position(phase.end_ms)
    assert the_one(history).outcome is SessionOutcome.FINISHED


def test_what_was_held_before_a_pause_is_written_with_it(
    stage: Stage, history: FakeHistory, recorder: Recorder
) -> None:
    hold = stage.go_to(PhaseKind.HOLD)
    stage.run_for(12_000)
    assert the_one(history).held_ms == 0
    stage.session.pause()
    stage.run_for(60_000)
    assert the_one(history).held_ms == 12_000
    assert the_one(history).phase == hold.index
    stage.session.stop()
    record = the_one(history)
    assert record.outcome is SessionOutcome.STOPPED
    assert record.held_ms == 12_000
    assert record.ended_at == START + timedelta(seconds=72)


def test_what_was_skipped_is_not_held(stage: Stage, history: FakeHistory, recorder: Recorder) -> None:
    stage.go_to(PhaseKind.HOLD)
    stage.run_for(4_000)
    stage.session.next()
    stage.session.stop()
    assert the_one(history).held_ms == 4_000


def test_a_rehearsal_is_remembered_as_one(history: FakeHistory) -> None:
    stage = Stage(rate=20)
    remember(stage, history)
    stage.go_to(PhaseKind.HOLD)
    stage.run_for(1_000)
    stage.session.stop()
    assert the_one(history).rate == 20
    assert not the_one(history).counts
    assert the_one(history).ended_at == START + timedelta(seconds=1)
    stage.close()


@pytest.mark.parametrize("set_to", [START - timedelta(days=2), START + timedelta(days=2)])
def test_a_clock_that_is_set_changes_no_length(
    stage: Stage, history: FakeHistory, recorder: Recorder, set_to: datetime
) -> None:
    stage.play()
    stage.run_for(5_000)
    stage.clock.set_wall_clock(set_to)
    stage.run_for(5_000)
    stage.session.stop()
    assert the_one(history).ended_at == START + timedelta(seconds=10)


def test_the_end_has_the_offset_of_where_the_person_is_then(
    stage: Stage, history: FakeHistory, recorder: Recorder
) -> None:
    stage.play()
    stage.run_for(10_000)
    elsewhere = timezone(timedelta(hours=2))
    stage.clock.set_wall_clock(START.astimezone(elsewhere))
    stage.session.stop()
    ended_at = the_one(history).ended_at
    assert ended_at == START + timedelta(seconds=10)
    assert ended_at.tzinfo == elsewhere


def test_two_sessions_are_two(stage: Stage, history: FakeHistory, recorder: Recorder) -> None:
    for _ in range(2):
        stage.play()
        stage.run_for(10_000)
        stage.session.stop()
    assert [record.started_at for record in history.records.values()] == [START, START + timedelta(seconds=10)]


@pytest.mark.parametrize("leaving", [False, True])
@pytest.mark.parametrize("ms", [0, 1_500, 9_900])
def test_a_session_that_is_stopped_at_once_with_nothing_held_leaves_no_entry(
    stage: Stage, history: FakeHistory, recorder: Recorder, ms: int, leaving: bool
) -> None:
    recorder.leaving = lambda: leaving
    stage.play()
    stage.run_for(ms)
    stage.session.stop()
    assert history.records == {}


def test_what_was_held_in_the_first_seconds_is_remembered(
    stage: Stage, history: FakeHistory, recorder: Recorder
) -> None:
    stage.go_to(PhaseKind.HOLD)
    stage.run_for(1)
    stage.session.stop()
    record = the_one(history)
    assert (record.held_ms, record.ended_at) == (1, START + timedelta(milliseconds=1))


def test_a_session_that_waits_for_the_person_is_remembered_too(
    stage: Stage, history: FakeHistory, recorder: Recorder
) -> None:
    stage.go_to(PhaseKind.HOLD, plan=timeline(wait_for_me=True))
    assert stage.state() is State.WAITING
    stage.session.confirm()
    stage.run_for(3_000)
    stage.session.stop()
    assert the_one(history).held_ms == 3_000


def test_a_session_that_plays_already_is_remembered_from_then_on(stage: Stage, history: FakeHistory) -> None:
    stage.go_to(PhaseKind.HOLD)
    stage.run_for(10_000)
    remember(stage, history)
    held = stage.session.held
    assert held is not None
    assert the_one(history).held_ms == held.total_ms > 9_900
    stage.session.stop()
    assert the_one(history).outcome is SessionOutcome.STOPPED


def test_a_session_that_is_over_is_not_remembered_and_the_next_one_is(stage: Stage, history: FakeHistory) -> None:
    stage.run_for(stage.play().total_ms)
    assert stage.session.state is State.FINISHED
    assert remember(stage, history).session_id is None
    assert history.records == {}
    stage.play()
    assert the_one(history).outcome is SessionOutcome.OPEN


def test_a_session_that_ends_with_the_program_stays_open(
    stage: Stage, history: FakeHistory, recorder: Recorder
) -> None:
    stage.go_to(PhaseKind.HOLD)
    stage.run_for(7_000)
    recorder.leaving = lambda: True
    stage.session.stop()
    record = the_one(history)
    assert record.outcome is SessionOutcome.OPEN
    assert record.held_ms == 7_000


def test_one_that_is_finished_is_finished_even_then(stage: Stage, history: FakeHistory, recorder: Recorder) -> None:
    recorder.leaving = lambda: True
    stage.run_for(stage.play().total_ms)
    assert the_one(history).outcome is SessionOutcome.FINISHED


def test_a_resumed_session_is_one_session_and_nothing_counts_twice(
    stage: Stage, history: FakeHistory, recorder: Recorder
) -> None:
    plan = timeline()
    hold = stage.go_to(PhaseKind.HOLD, 2)
    stage.run_for(12_000)
    recorder.leaving = lambda: True
    stage.session.stop()
    left = the_one(history)
    recorder.leaving = lambda: False
    stage.clock.advance(600_000)

    place = resume_point(plan, left.phase)
    going_on = resumed_timeline(plan, place, lead_in_ms=6_000)
    before = HeldTime(going_on, {each.index: each.held_ms for each in left.holds})
    recorder.continue_session(left)
    stage.session.start(going_on, at=place.index, before=before)
    assert stage.session.phase is going_on.phases[place.index]
    assert the_one(history).outcome is SessionOutcome.OPEN
    assert the_one(history).held_ms == 12_000
    while stage.session.phase is not going_on.phases[hold.index]:
        stage.run_for(100)
    stage.run_for(5_000)
    stage.session.pause()
    assert the_one(history).held_ms == 12_000
    stage.session.toggle()
    stage.run_for(going_on.total_ms)
    record = the_one(history)
    assert record.id == left.id
    assert record.outcome is SessionOutcome.FINISHED
    # The first leg was left out by pressing `next`; the hold that was interrupted was held in full the second time.
    assert [each.held_ms for each in record.holds] == [0, 30_000, 10_000, 10_000]
    assert record.ended_at is not None
    assert record.ended_at > START + timedelta(minutes=10)
