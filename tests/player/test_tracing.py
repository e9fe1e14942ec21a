"""The record of a session, in the shapes that are promised to those who read it."""

import pytest

from stretchplayer.player.tracing import Tracer
from stretchplayer.routine.timeline import PhaseKind
from tests.fakes import FakeTraceSink
from tests.player.stage import Stage

SECOND_NS = 1_000_000_000


@pytest.fixture
def sink(stage: Stage) -> FakeTraceSink:
    """Where the stage's session is recorded."""
    sink = FakeTraceSink()
    Tracer(stage.session, stage.clock, sink.write)
    return sink


def test_the_start_of_a_session(stage: Stage, sink: FakeTraceSink) -> None:
    began_ns = stage.clock.monotonic_ns()
    plan = stage.play()
    stage.run_for(1_000)
    assert sink.events == [
        {"t_ms": 0, "mono_ns": began_ns, "event": "state", "name": "prepare"},
        {
            "t_ms": 0,
            "mono_ns": began_ns,
            "event": "phase",
            "index": 0,
            "kind": "prepare",
            "stretch": "legs",
            "side": None,
        },
        {
            "t_ms": 400,
            "mono_ns": began_ns + 400_000_000,
            "event": "cue",
            "name": "session_start",
            "index": 0,
            "at_ms": 400,
            "say": plan.phases[0].cues[0].say,
        },
    ]


def test_a_whole_session_is_recorded_phase_by_phase_and_cue_by_cue(stage: Stage, sink: FakeTraceSink) -> None:
    plan = stage.play()
    stage.run_for(plan.total_ms)
    phases = [(e["index"], e["kind"], e["side"], e["t_ms"]) for e in sink.of("phase")]
    assert phases == [(p.index, str(p.kind), p.side and str(p.side), p.start_ms) for p in plan.phases]
    cues = [(e["name"], e["index"], e["at_ms"], e["t_ms"], e["say"]) for e in sink.of("cue")]
    assert cues == [(str(c.name), p.index, c.at_ms, c.at_ms, c.say) for p in plan.phases for c in p.cues]
    states = [event["name"] for event in sink.of("state")]
    assert states == [str(p.kind) for p in plan.phases[:-1]] + ["finished"]
    for clock in ("t_ms", "mono_ns"):
        moments = [int(str(event[clock])) for event in sink.events]
        assert moments == sorted(moments)
    assert sink.events[-1] == {
        "t_ms": plan.total_ms,
        "mono_ns": stage.clock.monotonic_ns(),
        "event": "session",
        "outcome": "finished",
        "held_ms": {"legs": {"left": 30_000, "right": 30_000}, "back": {"both": 20_000}},
    }
    assert len(sink.of("session")) == 1


def test_a_stopped_session_tells_what_was_held_until_then(stage: Stage, sink: FakeTraceSink) -> None:
    hold = stage.go_to(PhaseKind.HOLD, nth=2)
    stage.run_for(12_345)
    stage.session.stop()
    last = sink.events[-1]
    assert (last["event"], last["outcome"], last["t_ms"]) == ("session", "stopped", hold.start_ms + 12_345)
    assert last["held_ms"] == {"legs": {"left": 0, "right": 12_345}, "back": {"both": 0}}


def test_pausing_and_resuming_are_recorded_where_they_happen(stage: Stage, sink: FakeTraceSink) -> None:
    stage.play()
    stage.run_for(15_000)
    stage.session.pause()
    paused_ns = stage.clock.monotonic_ns()
    stage.run_for(10_000)
    stage.session.resume()
    stage.run_for(3_000)
    told = [(event["event"], event.get("name"), event["t_ms"], event["mono_ns"]) for event in sink.events]
    assert told[-5:] == [
        ("state", "paused", 15_000, paused_ns),
        ("cue", "paused", 15_000, paused_ns),
        ("state", "resuming", 15_000, paused_ns + 10 * SECOND_NS),
        ("cue", "resuming", 15_000, paused_ns + 10 * SECOND_NS),
        ("state", "prepare", 15_000, paused_ns + 13 * SECOND_NS),
    ]
