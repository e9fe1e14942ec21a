"""Routines: what they need, and the placeholders in their texts."""

from dataclasses import replace

import pytest

from stretchplayer.errors import DomainError, StretchPlayerError
from stretchplayer.figure.side import Side, fill_placeholders
from stretchplayer.routine.routine import (
    Exercise,
    Position,
    Range,
    Routine,
    SideMode,
    Step,
    StepKind,
    check_placeholders,
    preview_pose,
)


def _exercise(exercise_id: str, *equipment: str) -> Exercise:
    step = Step(kind=StepKind.HOLD, text="Hold.", seconds=30)
    return Exercise(id=exercise_id, title="A", position=Position.STANDING, equipment=equipment, steps=(step,))


def test_equipment_is_listed_once_in_the_order_of_need() -> None:
    exercises = (_exercise("a"), _exercise("b", "a chair", "a mat"), _exercise("c", "a towel", "a chair"))
    assert Routine(id="r", title="R", exercises=exercises).equipment == ("a chair", "a mat", "a towel")


def test_an_exercise_is_found_by_its_id() -> None:
    one, two = _exercise("one"), _exercise("two")
    routine = Routine(id="r", title="R", exercises=(one, two))
    assert routine.exercise("two") is two
    with pytest.raises(KeyError, match="three"):
        routine.exercise("three")


@pytest.mark.parametrize(("side", "other"), [(Side.LEFT, Side.RIGHT), (Side.RIGHT, Side.LEFT)])
def test_each_side_has_another(side: Side, other: Side) -> None:
    assert side.other is other


@pytest.mark.parametrize(
    ("step", "seconds"),
    [
        (Step(kind=StepKind.MOVE, text="a", seconds=7.5), 7.5),
        (Step(kind=StepKind.MOVE, text="a", repetitions=10), 30),
        (Step(kind=StepKind.MOVE, text="a"), 3),
        (Step(kind=StepKind.HOLD, text="a", breaths=4), 20),
        (Step(kind=StepKind.HOLD, text="a", seconds=Range(10, 20)), 10),
    ],
)
def test_a_step_takes_its_seconds_five_for_a_breath_or_three_for_a_repetition(step: Step, seconds: float) -> None:
    assert step.duration_s == seconds


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Raise your {leg}.", "Raise your left arm."),
        ("Keep the {other_leg} still.", "Keep the right arm still."),
        ("{side}, not {other_side}", "Left, not right"),
        ("Hold. {leg} long. Rest… {side}", "Hold. Left arm long. Rest… left"),
        ("{foot} and {} and {leg", "{foot} and {} and {leg"),
    ],
)
def test_placeholders_name_the_side_and_the_limb(text: str, filled: str) -> None:
    assert fill_placeholders(text, Side.LEFT, "arm") == filled


def test_without_a_side_a_text_stays_as_it_is() -> None:
    assert fill_placeholders("{leg}", None) == "{leg}"


def test_the_limb_is_the_leg_unless_told_otherwise() -> None:
    assert fill_placeholders("the {leg}", Side.RIGHT) == "the right leg"


def test_placeholders_that_can_be_filled_pass() -> None:
    check_placeholders("{leg} {other_leg} {side} {other_side}", SideMode.EACH)
    check_placeholders("no placeholder", SideMode.NONE)


def test_an_unknown_placeholder_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DomainError, match=r"\{foot\} is not a placeholder; use one of \{leg\}, \{other_leg\}"):
        check_placeholders("Lift your {foot}.", SideMode.EACH)


def test_a_leg_is_refused_where_there_are_no_sides() -> None:
    with pytest.raises(DomainError, match=r'\{leg\} needs a side, but this exercise has sides = "none"'):
        check_placeholders("Lift your {leg}.", SideMode.NONE)


def test_all_errors_have_one_root() -> None:
    assert issubclass(DomainError, StretchPlayerError)


def test_an_exercise_is_pictured_in_its_hold_or_its_first_movement() -> None:
    out, back = (Step(kind=StepKind.MOVE, text="Roll.", seconds=3, pose=pose) for pose in ("rolled", "middle"))
    hold = Step(kind=StepKind.HOLD, text="Hold.", seconds=5, pose="held")
    release = Step(kind=StepKind.RELEASE, text="Back.", seconds=5, pose="flat")
    bare = _exercise("a")
    pictures = [preview_pose(replace(bare, steps=steps)) for steps in ((out, back), (out, hold, back), (release,))]
    assert pictures == ["rolled", "held", "flat"]
    assert preview_pose(bare) is None
