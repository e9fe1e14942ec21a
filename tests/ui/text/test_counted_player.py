"""What the player shows in an exercise that counts repetitions."""

from collections.abc import Iterator

import pytest

from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.make_up import make_up
from stretchplayer.routine.timeline import Phase, Timeline
from stretchplayer.ui.player.announcements import Announcements
from stretchplayer.ui.player.session_bar import segments_of
from stretchplayer.ui.text import player as words
from tests.player.stage import Stage
from tests.routine.counted import BRIDGE, KNEES, LIE, REACH, counted_timeline, one_exercise


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.close()


def show(stage: Stage, plan: Timeline, phase: Phase, into_ms: float = 0) -> words.RingFace:
    """The ring so far into a phase."""
    stage.session.start(plan, at=phase.index)
    stage.run_for(into_ms)
    return words.face(stage.session)


@pytest.mark.parametrize(
    ("nth", "label", "digits", "count"),
    [(3, "MOVE", "2", "of 3"), (4, "HOLD", "5", "2 of 3"), (5, "RELEASE", "2", "of 3")],
)
def test_the_ring_shows_which_repetition_it_is(stage: Stage, nth: int, label: str, digits: str, count: str) -> None:
    plan = one_exercise(BRIDGE)
    face = show(stage, plan, [phase for phase in plan.phases if phase.is_step][nth])
    assert (face.label, face.digits, face.count) == (label, digits, count)


def test_paused_and_resumed_it_counts_down_to_going_on(stage: Stage) -> None:
    plan = one_exercise(BRIDGE)
    assert show(stage, plan, plan.repetitions()[1][0]).count == "of 3"
    stage.session.pause()
    stage.session.resume()
    assert words.face(stage.session).count == ""


def test_what_is_done_once_has_no_count(stage: Stage) -> None:
    plan = one_exercise(LIE)
    assert words.repetition(plan.holds()[0]) == words.set_of(plan.holds()[0]) == ""
    assert show(stage, plan, plan.phases[0]).digits == ""


@pytest.mark.parametrize(
    ("into_ms", "label", "digits"), [(0, "BREATHE IN", "6"), (2_100, "BREATHE OUT", "6"), (28_000, "BREATHE OUT", "1")]
)
def test_a_hold_in_breaths_counts_them_and_leads_them(stage: Stage, into_ms: int, label: str, digits: str) -> None:
    plan = one_exercise(LIE)
    face = show(stage, plan, plan.holds()[0], into_ms)
    assert (face.label, face.digits, face.urgent) == (label, digits, False)


def test_a_rest_counts_down(stage: Stage) -> None:
    plan = one_exercise(BRIDGE)
    face = show(stage, plan, next(phase for phase in plan.phases if phase.is_rest))
    assert (face.label, face.digits, face.count) == ("REST", "40", "")


def test_what_comes_next() -> None:
    plan = one_exercise(LIE)
    assert words.what_comes(plan, plan.phases[0]) == "Next: hold 6 breaths"
    assert words.steps(plan, plan.phases[0])[0].text == "Hold 6 breaths"
    reach = one_exercise(REACH)
    move, release = reach.repetitions()[0]
    assert words.what_comes(reach, move) == "Next: Lower it again."
    assert words.what_comes(reach, release) == "Next: Rest for four seconds."
    assert words.set_of(one_exercise(BRIDGE).repetitions()[-1][0]) == "set 2 of 2"
    assert words.media_title(reach, reach.repetitions()[1][0]) == "Arm reach · left arm · 2 of 3"


def test_missed_repetitions_are_offered_in_words() -> None:
    plan = one_exercise(REACH)
    for missed, question in (
        (1, "The left arm missed 1 repetition. Do it now?"),
        (2, "The left arm missed 2 repetitions. Do them now?"),
    ):
        left, right = HeldTime(plan).runs()
        found = make_up(plan, HeldTime(plan, done_before={left.index: 3 - missed, right.index: 3}))
        assert found is not None
        assert words.offer(plan, found) == question


def test_what_was_done_is_summed_up() -> None:
    repetitions = words.repetitions_done(38, 40)
    assert words.done_summary(0, 0, 0, repetitions) == "38 of 40 repetitions."
    assert words.done_summary(1, 2, 30_000, repetitions) == "1 of 2 holds, 30 s in total. 38 of 40 repetitions."
    assert words.done_summary(0, 0, 0, words.repetitions_done(0, 0)) == "0 of 0 holds, 0 s in total."


def test_a_screen_reader_hears_the_number_once_a_repetition(stage: Stage) -> None:
    said: list[str] = []
    announcements = Announcements(stage.session, said.append)
    plan = one_exercise(BRIDGE)
    stage.session.start(plan, at=plan.repetitions()[1][0].index)
    for _ in plan.repetitions()[1]:
        announcements.refresh()
        stage.session.next()
    assert said == ["2 of 3"]
    lie = one_exercise(LIE)
    stage.session.stop()
    stage.session.start(lie, at=lie.holds()[0].index)
    announcements.refresh()
    assert said[-1] == "Hold for 6 breaths. Lie still, and breathe."


def test_the_bar_has_one_segment_for_sides_in_turn() -> None:
    assert len(segments_of(one_exercise(KNEES))) == 1
    assert len(segments_of(counted_timeline())) == 9
