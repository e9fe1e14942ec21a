"""A session of exercises that count repetitions: played, traced, recorded, stopped and resumed."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest

from stretchplayer.player.recorder import Recorder
from stretchplayer.player.state import Outcome, State
from stretchplayer.player.status import phase_as_data
from stretchplayer.player.tracing import Tracer
from stretchplayer.progress.history import SessionOutcome
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import MakeUp, make_up
from stretchplayer.routine.timeline import PhaseKind, Timeline
from tests.fake_history import FakeHistory
from tests.player.stage import Stage
from tests.routine.counted import REACH, counted_timeline, one_exercise

PLAN = counted_timeline()


def find(plan: Timeline, held: HeldTime, offered: frozenset[int]) -> MakeUp | None:
    return make_up(plan, held, offered=offered)


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage(rate=20, find_make_up=find)
    yield stage
    stage.close()


def test_the_trace_of_a_whole_session_is_its_plan(stage: Stage) -> None:
    trace: list[Mapping[str, object]] = []
    Tracer(stage.session, stage.clock, trace.append)
    stage.play(PLAN)
    stage.run_for(PLAN.total_ms / 20 + 100)
    assert stage.outcomes == [Outcome.FINISHED]
    keys = ("index", "kind", "stretch", "side", "repetition", "repetitions", "set", "sets", "breaths")
    phases = [[line.get(key) for key in keys] for line in trace if line["event"] == "phase"]
    assert phases == [[phase_as_data(phase).get(key) for key in keys] for phase in PLAN.phases]
    cues = [(line["name"], line["index"], line["at_ms"], line["say"]) for line in trace if line["event"] == "cue"]
    assert cues == [(cue.name, phase.index, cue.at_ms, cue.say) for phase in PLAN.phases for cue in phase.cues]
    moments = [line["t_ms"] for line in trace]
    assert all(before <= after for before, after in pairwise(moments))  # type: ignore[operator]  # they are numbers
    assert trace[-1]["repetitions"] == {
        "bridge": {"both": 12}, "knees": {"left": 6, "right": 6}, "reach": {"left": 3, "right": 3},
    }  # fmt: skip


def test_a_plan_says_which_repetition_set_and_breath_it_is() -> None:
    move = phase_as_data(next(phase for phase in PLAN.phases if phase.repetition == 2 and phase.is_step))
    assert [move[key] for key in ("repetition", "repetitions", "set", "sets")] == [2, 3, 1, 2]
    assert "breaths" not in move
    assert phase_as_data(PLAN.holds()[-1])["breaths"] == 6
    assert "repetition" not in phase_as_data(PLAN.phases[0])


def test_what_one_side_missed_is_offered_and_made_up(stage: Stage) -> None:
    plan = one_exercise(REACH)
    right = [phase for phase in plan.phases if phase.side is not None and phase.kind is PhaseKind.MOVE][-2]
    stage.play(plan)
    while stage.session.phase is not right:
        stage.run_for(10)
    stage.session.skip_exercise()
    assert stage.state() is State.OFFERING
    said = stage.given[-1][1].say
    assert said == "Your right arm has a few repetitions to catch up. Press any key to do them now."
    stage.session.confirm()
    for _ in range(100_000):
        if not stage.outcomes:
            stage.run_for(10)
    assert stage.session.held is not None
    assert stage.session.held.complete
    assert (stage.given[-1][1].say or "").startswith("Well done.")


def test_repetitions_done_are_recorded_and_a_session_with_some_is_not_nothing() -> None:
    stage, history = Stage(), FakeHistory()
    Recorder(stage.session, stage.clock, history, plan_text=lambda _plan: "{}", salt=lambda: 0)
    plan = one_exercise(REACH)
    stage.play(plan)
    first = plan.repetitions()[0][-1]
    stage.run_to_position(first.end_ms + 1)
    stage.session.stop()
    (record,) = history.records.values()
    assert record.outcome is SessionOutcome.STOPPED
    assert [(run.stretch, run.side, run.planned, run.done, run.limb) for run in record.repetitions] == [
        ("reach", "left", 3, 1, "arm"), ("reach", "right", 3, 0, "arm"),
    ]  # fmt: skip
    assert record.anything_done
    assert not record.is_false_start
    assert not record.complete
    stage.close()
