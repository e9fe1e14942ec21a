"""A person's own dose is played in place of what the file says, which stays as it is."""

from dataclasses import replace

import pytest

from stretchplayer.errors import DomainError
from stretchplayer.figure.side import Side
from stretchplayer.routine.dose import Dose, DoseSides, OwnDoses, Variant, with_doses
from stretchplayer.routine.routine import (
    Block,
    Exercise,
    Position,
    Range,
    Routine,
    SideMode,
    Step,
    StepKind,
)
from tests.routine.shipped import hamstring_trio

UP = Step(kind=StepKind.MOVE, text="Up.", seconds=2)
HOLD = Step(kind=StepKind.HOLD, text="Stay.", seconds=Range(8, 10))


def exercise(name: str, sides: SideMode = SideMode.EACH) -> Exercise:
    return Exercise(
        id=name, title=name.title(), position=Position.STANDING, sides=sides, steps=(UP, HOLD), rest_s=20,
        repetitions=Range(3, 6), sets=Range(1, 2), setup_say=f"The {name}.", transition_say=f"Now the {name}.",
    )  # fmt: skip


BRIDGE = replace(exercise("bridge"), easier="tilt", harder="march")
ROUTINE = Routine(
    id="r", title="R", exercises=(exercise("curl"), BRIDGE, exercise("tilt"), exercise("march"), exercise("bug"))
)


def dosed(dose: Dose, *, sides: SideMode = SideMode.EACH) -> Exercise:
    """A bridge on these sides with that dose."""
    routine = replace(ROUTINE, exercises=(exercise("curl"), replace(BRIDGE, easier=None, harder=None, sides=sides)))
    return with_doses(routine, OwnDoses(exercises={"bridge": dose})).exercise("bridge")


def ids(routine: Routine) -> list[str]:
    return [each.id for each in routine.exercises]


def test_the_trio_is_played_as_it_is() -> None:
    assert with_doses(hamstring_trio(), OwnDoses()) == hamstring_trio()


def test_a_range_plays_its_low_end_and_variants_are_not_played() -> None:
    played = with_doses(ROUTINE, OwnDoses())
    assert ids(played) == ["curl", "bridge", "bug"]
    assert played.variants == frozenset()
    bridge = played.exercise("bridge")
    assert (bridge.repetitions, bridge.sets, bridge.rest_s, bridge.own_hold) == (3, 1, 20, False)
    assert [step.seconds for step in bridge.steps] == [2, 8]


def test_a_dose_of_ones_own() -> None:
    bridge = dosed(Dose(hold_s=15, repetitions=8, sets=3, rest_s=0))
    assert (bridge.repetitions, bridge.sets, bridge.rest_s, bridge.own_hold) == (8, 3, 0, True)
    assert [step.seconds for step in bridge.steps] == [2, 15]


def test_a_hold_of_ones_own_is_in_seconds_where_the_routine_counts_breaths() -> None:
    calm = replace(ROUTINE, exercises=(replace(exercise("calm"), steps=(replace(HOLD, seconds=None, breaths=4),)),))
    (step,) = with_doses(calm, OwnDoses()).exercises[0].steps
    assert (step.seconds, step.breaths) == (None, 4)
    (step,) = with_doses(calm, OwnDoses(exercises={"calm": Dose(hold_s=15)})).exercises[0].steps
    assert (step.seconds, step.breaths) == (15, None)


@pytest.mark.parametrize(
    ("sides", "chosen", "expected"),
    [
        (SideMode.EACH, None, (SideMode.EACH, None, None)),
        (SideMode.EACH, DoseSides.BOTH, (SideMode.EACH, None, None)),
        (SideMode.EACH, DoseSides.LEFT, (SideMode.ONE, Side.LEFT, None)),
        (SideMode.EACH, DoseSides.EXTRA_LEFT, (SideMode.EACH, None, Side.LEFT)),
        (SideMode.ALTERNATE, DoseSides.EXTRA_RIGHT, (SideMode.ALTERNATE, None, Side.RIGHT)),
        (SideMode.ALTERNATE, DoseSides.RIGHT, (SideMode.ONE, Side.RIGHT, None)),
        (SideMode.ONE, None, (SideMode.ONE, None, None)),
        (SideMode.ONE, DoseSides.BOTH, (SideMode.EACH, None, None)),
        (SideMode.NONE, DoseSides.LEFT, (SideMode.NONE, None, None)),
    ],
)
def test_sides(sides: SideMode, chosen: DoseSides | None, expected: tuple[SideMode, Side | None, Side | None]) -> None:
    bridge = dosed(Dose(sides=chosen), sides=sides)
    assert (bridge.sides, bridge.only_side, bridge.extra_set_on) == expected


def test_a_variant_takes_the_place_and_the_dose() -> None:
    easier = with_doses(ROUTINE, OwnDoses(exercises={"bridge": Dose(variant=Variant.EASIER, repetitions=5)}))
    assert ids(easier) == ["curl", "tilt", "bug"]
    assert easier.exercise("tilt").repetitions == 5
    harder = with_doses(ROUTINE, OwnDoses(exercises={"bridge": Dose(variant=Variant.HARDER)}))
    assert ids(harder) == ["curl", "march", "bug"]
    assert ids(with_doses(ROUTINE, OwnDoses(exercises={"bug": Dose(variant=Variant.HARDER)})))[-1] == "bug"


def test_the_order_of_ones_own_and_what_is_left_out() -> None:
    own = OwnDoses(order=("bug", "gone", "curl"), exercises={"curl": Dose(left_out=True), "gone": Dose(sets=2)})
    assert ids(with_doses(ROUTINE, own)) == ["bug", "bridge"]


def test_not_everything_can_be_left_out() -> None:
    own = OwnDoses(exercises=dict.fromkeys(("curl", "bridge", "bug"), Dose(left_out=True)))
    assert ids(with_doses(ROUTINE, own)) == ["curl", "bridge", "bug"]


def test_words_that_fit_only_one_place_are_not_said_elsewhere() -> None:
    turned = with_doses(ROUTINE, OwnDoses(order=("bridge", "curl")))
    assert [each.setup_say for each in turned.exercises] == ["The bridge.", None, "The bug."]
    assert [each.transition_say for each in turned.exercises] == [None, None, None]
    shorter = with_doses(ROUTINE, OwnDoses(exercises={"bug": Dose(left_out=True)}))
    assert [each.transition_say for each in shorter.exercises] == ["Now the curl.", None]


def test_blocks_keep_their_rounds() -> None:
    blocks = (Block(rounds=2, exercises=("curl", "bridge")), Block(exercises=("bug",)))
    own = OwnDoses(
        order=("bridge", "curl"), exercises={"bug": Dose(left_out=True), "bridge": Dose(variant=Variant.EASIER)}
    )
    played = with_doses(replace(ROUTINE, blocks=blocks), own)
    assert played.blocks == (Block(rounds=2, exercises=("tilt", "curl")),)
    assert played.played == played.exercises


def test_a_dose_without_end_is_refused() -> None:
    with pytest.raises(DomainError, match="more than 5000 steps; use fewer repetitions or sets"):
        dosed(Dose(repetitions=100, sets=100))
    with pytest.raises(DomainError, match="more than 12 hours"):
        dosed(Dose(repetitions=20, hold_s=3600))
