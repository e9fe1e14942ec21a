"""Resuming a session that ended early."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stretchplayer.figure.side import Side
from stretchplayer.progress.history import SessionOutcome
from stretchplayer.progress.prompts import can_resume
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.resume import resume_point, resumed_timeline, timeline_from
from stretchplayer.routine.timeline import PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from tests.fakes import START
from tests.player.stage import timeline
from tests.storage.history.past import record

PLAN = timeline()
PLACES = range(PLAN.done.index + 1)


def first(plan: Timeline, kind: PhaseKind, side: Side | None, nth: int = 0) -> int:
    """The place of the nth phase of that kind on that side."""
    return [phase.index for phase in plan.phases if phase.kind is kind and phase.side is side][nth]


@pytest.mark.parametrize(
    ("minutes", "offered"), [(0, True), (119, True), (120, True), (121, False), (-90, True), (-121, False)]
)
def test_it_is_offered_for_two_hours_even_if_the_clock_changed(minutes: int, offered: bool) -> None:
    assert can_resume(record(), record().seen_at + timedelta(minutes=minutes)) is offered


def test_rehearsals_and_finished_sessions_are_not_offered() -> None:
    assert not can_resume(replace(record(), rate=20.0), START)
    assert not can_resume(replace(record(), outcome=SessionOutcome.STOPPED, ended_at=START), START)


@pytest.mark.parametrize(
    ("kind", "side", "nth", "goes_on"),
    [
        # The first leg begins with getting into position, the other with its name.
        (PhaseKind.PREPARE, None, 0, (PhaseKind.PREPARE, None, 0)),
        (PhaseKind.MOVE, Side.LEFT, 0, (PhaseKind.PREPARE, None, 0)),
        (PhaseKind.HOLD, Side.LEFT, 0, (PhaseKind.PREPARE, None, 0)),
        (PhaseKind.SWITCH_SIDES, Side.RIGHT, 0, (PhaseKind.SWITCH_SIDES, Side.RIGHT, 0)),
        (PhaseKind.HOLD, Side.RIGHT, 0, (PhaseKind.SWITCH_SIDES, Side.RIGHT, 0)),
        (PhaseKind.RELEASE, Side.RIGHT, 0, (PhaseKind.SWITCH_SIDES, Side.RIGHT, 0)),
        # What leads to an exercise, and the rest between two sets, are over when the person is back.
        (PhaseKind.TRANSITION, None, 0, (PhaseKind.PREPARE, None, 1)),
        (PhaseKind.TRANSITION, None, 1, (PhaseKind.MOVE, None, 1)),
        (PhaseKind.HOLD, None, 1, (PhaseKind.MOVE, None, 1)),
        (PhaseKind.DONE, None, 0, (PhaseKind.DONE, None, 0)),
    ],
)
def test_it_resumes_at_the_start_of_the_side(
    kind: PhaseKind, side: Side | None, nth: int, goes_on: tuple[PhaseKind, Side | None, int]
) -> None:
    assert resume_point(PLAN, first(PLAN, kind, side, nth)).index == first(PLAN, *goes_on)


@pytest.mark.parametrize("index", PLACES)
def test_nothing_that_was_started_is_left_out(index: int) -> None:
    place, phase = resume_point(PLAN, index), PLAN.phases[index]
    assert place.index <= index or phase.kind is PhaseKind.TRANSITION
    assert place.ordinal == phase.ordinal


@pytest.mark.parametrize("index", [-5, 10_000])
def test_a_phase_outside_the_plan_resumes_at_the_nearest_place(index: int) -> None:
    assert resume_point(PLAN, index) in {PLAN.phases[0], PLAN.done}


@pytest.mark.parametrize("newcomer", [False, True])
def test_a_session_that_starts_in_the_middle_opens_as_any_other(newcomer: bool) -> None:
    plan = build_timeline(PLAN.routine, Preferences(wait_between=True))
    before = plan.begin_of(1)
    place = timeline_from(plan, 1, newcomer=newcomer).begin_of(1)
    assert before.awaits_person
    assert not place.awaits_person
    opening = [CueName.SESSION_START, CueName.CAUTION] if newcomer else [CueName.SESSION_START]
    assert [cue.name for cue in place.cues] == [*opening, *(cue.name for cue in before.cues)]
    assert place.cues[-1].say == before.cues[-1].say
    later_ms = place.cues[-1].at_ms - before.cues[-1].at_ms
    assert place.duration_ms == before.duration_ms + later_ms + 6_000
    assert place.index == before.index


def test_who_has_just_pressed_a_key_need_not_press_another() -> None:
    plan = build_timeline(PLAN.routine, Preferences(wait_between=True))
    place = plan.begin_of(1)
    assert place.awaits_person
    assert not resumed_timeline(plan, place, lead_in_ms=0).phases[place.index].awaits_person


@pytest.mark.parametrize("lead_in_ms", [0, 1_200, 20_000])
@pytest.mark.parametrize("index", PLACES)
def test_resuming_only_adds_time_to_get_back_into_position(index: int, lead_in_ms: int) -> None:
    place = resume_point(PLAN, index)
    other = resumed_timeline(PLAN, place, lead_in_ms=lead_in_ms)
    assert len(other.phases) == len(PLAN.phases)
    for before, after in zip(PLAN.phases, other.phases, strict=True):
        moved = replace(after, start_ms=before.start_ms, duration_ms=before.duration_ms, cues=before.cues)
        assert moved == before
        assert after.duration_ms == before.duration_ms or before is place
    starts = [phase.start_ms for phase in other.phases]
    assert starts == [0, *(phase.end_ms for phase in other.phases[:-1])]
    for phase in other.phases:
        assert all(phase.start_ms <= cue.at_ms <= phase.end_ms for cue in phase.cues)
    if place.kind is not PhaseKind.DONE:
        assert other.phases[place.index].duration_ms >= place.duration_ms + 6_000
        assert CueName.EXERCISE_START in {cue.name for cue in other.phases[place.index].cues}
