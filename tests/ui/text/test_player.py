"""What the player shows in words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.player.state import State
from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import Exercise, Position, Routine, SideMode, Step, StepKind
from stretchplayer.routine.timeline import Phase, PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.ui.text import player as player_words
from stretchplayer.ui.text.player import RingFace, StepState, media_title
from stretchplayer.ui.theme import palette as theme
from tests.player.stage import Stage
from tests.ui.stage import HOLD, MOVE, RELEASE, one_exercise, shipped_timeline

DONE, NOW, COMING = StepState.DONE, StepState.CURRENT, StepState.COMING


@pytest.fixture
def trio() -> Timeline:
    return shipped_timeline()


def nth(timeline: Timeline, kind: PhaseKind, number: int = 1) -> Phase:
    return [phase for phase in timeline.phases if phase.kind is kind][number - 1]


def states(timeline: Timeline, phase: Phase) -> list[StepState]:
    return [line.state for line in player_words.steps(timeline, phase)]


# Digits and durations


def test_a_hold_counts_from_thirty_to_one() -> None:
    shown = [player_words.digits(30_000 - at_ms) for at_ms in range(0, 30_000, 33)]
    assert list(dict.fromkeys(shown)) == [str(second) for second in range(30, 0, -1)]


@pytest.mark.parametrize(
    ("left_ms", "words"),
    [(30_000, "30"), (29_000.1, "30"), (29_000, "29"), (1, "1"), (0, "0"), (99_000, "99"), (99_001, "1:40"),
     (3_600_000, "60:00"), (125_000, "2:05")],
)  # fmt: skip
def test_digits(left_ms: float, words: str) -> None:
    assert player_words.digits(left_ms) == words


@given(st.floats(0, 3_600_000), st.floats(0, 3_600_000))
def test_digits_never_go_up_as_time_goes_by(one_ms: float, other_ms: float) -> None:
    def seconds(left_ms: float) -> int:
        minutes, _, rest = player_words.digits(left_ms).rpartition(":")
        return int(minutes or 0) * 60 + int(rest)

    earlier, later = max(one_ms, other_ms), min(one_ms, other_ms)
    assert seconds(earlier) >= seconds(later)
    assert seconds(earlier) * 1000 >= earlier - 1e-6


def test_nothing_was_held_before_there_was_a_session() -> None:
    assert player_words.held_summary(None) == "0 s"


def test_the_summary_counts_all_holds(trio: Timeline) -> None:
    held = HeldTime(trio)
    for phase in trio.holds()[:2]:
        held.note(phase, phase.end_ms)
    assert player_words.held_summary(held) == "1 min"


# Which leg


def test_the_leg_is_named_in_capitals(trio: Timeline) -> None:
    exercise = trio.routine.exercises[0]
    assert player_words.leg(exercise, nth(trio, PhaseKind.HOLD, 1)) == "LEFT LEG"
    assert player_words.leg(exercise, nth(trio, PhaseKind.HOLD, 2)) == "RIGHT LEG"
    assert player_words.leg(exercise, nth(trio, PhaseKind.PREPARE)) == ""


# What comes


def test_what_comes_in_the_first_exercise_and_on_the_way_to_the_second(trio: Timeline) -> None:
    kinds = [(phase.kind, phase.side, player_words.what_comes(trio, phase)) for phase in trio.phases[:11]]
    assert [words for _, _, words in kinds] == [
        "Next: Left knee towards your chest, hands behind the thigh.",
        "Next: Slowly straighten your left leg, sole towards the ceiling.",
        "Next: hold 30 seconds",
        "Next: slowly release, then the right leg",
        "Next: the right leg",
        "Next: Right knee towards your chest, hands behind the thigh.",
        "Next: Slowly straighten your right leg, sole towards the ceiling.",
        "Next: hold 30 seconds",
        "Next: slowly release, then: Seated hamstring stretch",
        "Next: Seated hamstring stretch",
        "Next: Sit tall on the front edge of the chair, both feet flat.",
    ]


def test_at_the_end_nothing_comes_but_the_end(trio: Timeline) -> None:
    assert player_words.what_comes(trio, trio.holds()[-1]) == "Next: slowly release"
    assert player_words.what_comes(trio, trio.phases[-2]) == "Next: done"


def test_a_rest_between_sets_is_no_other_exercise() -> None:
    exercise = Exercise(
        id="a", title="A", position=Position.STANDING, sides=SideMode.NONE, sets=2, rest_s=10,
        steps=(Step(kind=StepKind.HOLD, text="Hold.", seconds=20),),
    )  # fmt: skip
    timeline = build_timeline(Routine(id="r", title="R", exercises=(exercise,)))
    assert player_words.what_comes(timeline, timeline.holds()[0]) == "Next: slowly release"
    assert player_words.what_comes(timeline, nth(timeline, PhaseKind.RELEASE)) == "Next: Rest for ten seconds."


# The steps


def test_steps_are_marked_as_they_are_done(trio: Timeline) -> None:
    marks = [states(trio, phase) for phase in trio.phases[:7]]
    assert marks == [
        [COMING, COMING, COMING, COMING],
        [NOW, COMING, COMING, COMING],
        [DONE, NOW, COMING, COMING],
        [DONE, DONE, NOW, COMING],
        [DONE, DONE, DONE, NOW],
        [COMING, COMING, COMING, COMING],
        [NOW, COMING, COMING, COMING],
    ]


def test_steps_name_the_leg_of_their_side_and_the_hold_its_length(trio: Timeline) -> None:
    on_the_left = [line.text for line in player_words.steps(trio, nth(trio, PhaseKind.HOLD, 1))]
    on_the_right = [line.text for line in player_words.steps(trio, nth(trio, PhaseKind.SWITCH_SIDES))]
    assert on_the_left[2] == "Hold 30 seconds"
    assert "Left knee" in on_the_left[0]
    assert "Right knee" in on_the_right[0]
    before = [line.text for line in player_words.steps(trio, trio.phases[0])]
    assert before == on_the_left


def test_the_length_of_a_hold_is_the_person_s(trio: Timeline) -> None:
    short = shipped_timeline(Preferences(hold_s=10))
    assert player_words.steps(short, short.phases[0])[2].text == "Hold 10 seconds"


def test_a_release_that_no_step_tells_of_leaves_the_later_steps_to_come() -> None:
    timeline = one_exercise(MOVE, HOLD, MOVE, HOLD)
    first, last = (phase for phase in timeline.phases if phase.kind is PhaseKind.RELEASE and str(phase.side) == "left")
    assert states(timeline, first) == [DONE, DONE, COMING, COMING]
    assert states(timeline, last) == [DONE, DONE, DONE, DONE]


def test_every_phase_marks_at_most_one_step(trio: Timeline) -> None:
    for phase in trio.phases:
        assert states(trio, phase).count(NOW) == (phase.step is not None)


# The ring


@pytest.fixture
def stage(make_stage: type[Stage]) -> Stage:
    return make_stage()


def face_in(stage: Stage, kind: PhaseKind, into_ms: float = 0, plan: Timeline | None = None) -> RingFace:
    stage.go_to(kind, plan=plan or one_exercise(MOVE, HOLD, RELEASE))
    stage.run_for(into_ms)
    return player_words.face(stage.session)


def test_before_a_session_the_ring_is_empty(stage: Stage) -> None:
    assert player_words.face(stage.session) == RingFace()
    assert player_words.instruction(stage.session) == ""


@pytest.mark.parametrize(
    ("kind", "label", "role"),
    [
        (PhaseKind.PREPARE, "GET READY", theme.MOVEMENT),
        (PhaseKind.MOVE, "MOVE", theme.MOVEMENT),
        (PhaseKind.HOLD, "HOLD", theme.INK),
        (PhaseKind.RELEASE, "RELEASE", theme.MOVEMENT),
        (PhaseKind.SWITCH_SIDES, "SWITCH LEGS", theme.MOVEMENT),
    ],
)
def test_the_label_tells_the_phase_and_movements_have_their_colour(
    stage: Stage, kind: PhaseKind, label: str, role: object
) -> None:
    face = face_in(stage, kind)
    assert (face.label, face.role, face.still) == (label, role, False)


@pytest.mark.parametrize(
    "kind", [PhaseKind.PREPARE, PhaseKind.MOVE, PhaseKind.RELEASE, PhaseKind.SWITCH_SIDES, PhaseKind.TRANSITION]
)
def test_a_movement_fills_the_ring_and_has_no_digits(stage: Stage, kind: PhaseKind) -> None:
    face = face_in(stage, kind, plan=shipped_timeline())
    assert (face.filled, face.digits) == (0.0, "")
    assert stage.session.phase is not None
    stage.run_for(stage.session.phase.duration_ms / 4)
    face = player_words.face(stage.session)
    assert face.filled == pytest.approx(0.25, abs=0.01)
    assert face.digits == ""


def test_a_rest_between_sets_counts_down(stage: Stage) -> None:
    trio = shipped_timeline().routine
    plan = build_timeline(replace(trio, exercises=(replace(trio.exercises[0], sets=2, rest_s=20),)))
    face = face_in(stage, PhaseKind.TRANSITION, plan=plan)
    assert (face.label, face.filled) == ("REST", 1.0)
    assert int(face.digits) >= 20


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        (Position.LYING_ON_BACK, Position.SITTING_ON_CHAIR, "GET UP SLOWLY"),
        (Position.STANDING, Position.LYING_ON_FRONT, "GET DOWN"),
        (Position.KNEELING, Position.LYING_ON_BACK, "NEXT"),
    ],
)
def test_a_transition_says_whether_to_get_up_or_down(
    stage: Stage, before: Position, after: Position, label: str
) -> None:
    one, two, _ = shipped_timeline().routine.exercises
    exercises = (replace(one, position=before), replace(two, position=after))
    plan = build_timeline(replace(shipped_timeline().routine, exercises=exercises))
    assert face_in(stage, PhaseKind.TRANSITION, plan=plan).label == label


def test_the_end_has_an_empty_ring(stage: Stage) -> None:
    stage.play(one_exercise(HOLD, sides=SideMode.NONE))
    while stage.session.state is not State.FINISHED:
        stage.session.next()
    face = player_words.face(stage.session)
    assert (face.label, face.digits, face.filled) == ("DONE", "", 0.0)


def test_a_hold_empties_the_ring_and_counts_down(stage: Stage) -> None:
    face = face_in(stage, PhaseKind.HOLD)
    assert (face.digits, face.filled) == ("30", 1.0)
    stage.run_for(15_000)
    face = player_words.face(stage.session)
    assert (face.digits, face.filled) == ("15", 0.5)


def test_the_last_three_seconds_of_a_hold_are_urgent(stage: Stage) -> None:
    assert not face_in(stage, PhaseKind.HOLD, 26_990).urgent
    stage.run_for(20)
    assert player_words.face(stage.session).urgent
    stage.session.pause()
    assert not player_words.face(stage.session).urgent


def test_the_end_of_a_move_is_not_urgent(stage: Stage) -> None:
    phase = stage.go_to(PhaseKind.MOVE, plan=one_exercise(MOVE, HOLD))
    stage.run_for(phase.duration_ms - 500)
    assert not player_words.face(stage.session).urgent


def test_paused_is_unmistakable_and_keeps_the_digits(stage: Stage) -> None:
    before = face_in(stage, PhaseKind.HOLD, 4_000)
    stage.session.pause()
    face = player_words.face(stage.session)
    assert (face.label, face.digits, face.filled, face.still) == ("PAUSED", before.digits, before.filled, True)
    assert player_words.coming(stage.session) == "Press any key to continue · Esc to exit"


def test_an_interruption_says_why(stage: Stage) -> None:
    stage.go_to(PhaseKind.HOLD, plan=one_exercise(MOVE, HOLD))
    stage.session.interrupt()
    face = player_words.face(stage.session)
    assert (face.label, face.still) == ("PAUSED", True)
    assert player_words.coming(stage.session) == "Interrupted: press any key to continue · Esc to exit"


def test_resuming_counts_its_own_seconds_and_keeps_the_ring(stage: Stage) -> None:
    stage.go_to(PhaseKind.HOLD, plan=one_exercise(MOVE, HOLD))
    stage.run_for(10_000)
    stage.session.pause()
    stage.session.resume()
    face = player_words.face(stage.session)
    assert (face.label, face.still) == ("RESUMING", False)
    assert face.digits == player_words.digits(stage.session.get_ready_left_ms) != "20"
    assert face.filled == pytest.approx(20 / 30)


def test_waiting_asks(stage: Stage) -> None:
    timeline = build_timeline(one_exercise(MOVE, HOLD).routine, Preferences(wait_for_me=True))
    face = face_in(stage, PhaseKind.HOLD, plan=timeline)
    assert stage.session.state is State.WAITING
    assert (face.label, face.digits) == ("READY?", "30")
    assert player_words.instruction(stage.session) == "When you are ready, press any key."
    assert player_words.coming(stage.session) == "Next: hold 30 seconds"


def test_playing_the_instruction_is_the_phase_s(stage: Stage) -> None:
    phase = stage.go_to(PhaseKind.MOVE)
    assert player_words.instruction(stage.session) == phase.text
    assert player_words.coming(stage.session) == "Next: hold 30 seconds"


def test_the_title_names_exercise_and_leg() -> None:
    timeline = shipped_timeline()
    titles = {kind: media_title(timeline, next(p for p in timeline.phases if p.kind is kind)) for kind in PhaseKind}
    exercise = timeline.routine.exercises[0].title
    assert titles[PhaseKind.PREPARE] == exercise
    assert titles[PhaseKind.MOVE] == f"{exercise} · left leg"
    assert titles[PhaseKind.HOLD] == f"{exercise} · left leg · hold"
    assert titles[PhaseKind.SWITCH_SIDES] == f"{exercise} · right leg"
    assert titles[PhaseKind.TRANSITION] == f"Next: {timeline.routine.exercises[1].title}"
