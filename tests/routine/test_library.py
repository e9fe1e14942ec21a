"""Where routines are done, and how they are found."""

import pytest

from stretchplayer.routine.library import Place, folded, main_place, places
from stretchplayer.routine.routine import Exercise, Position, Routine, Step, StepKind
from tests.routine.shipped import hamstring_trio

STEP = Step(kind=StepKind.HOLD, text="Hold.", seconds=10)


def routine(*positions: Position) -> Routine:
    exercises = tuple(
        Exercise(id=f"e{number}", title="An exercise", position=position, steps=(STEP,))
        for number, position in enumerate(positions)
    )
    return Routine(id="r", title="A routine", exercises=exercises)


def test_the_trio_is_done_on_the_floor_and_on_a_chair() -> None:
    assert places(hamstring_trio()) == (Place.FLOOR, Place.CHAIR)


@pytest.mark.parametrize(
    ("positions", "place"),
    [
        ((Position.STANDING, Position.KNEELING), Place.FLOOR),
        ((Position.STANDING, Position.SITTING_ON_CHAIR), Place.CHAIR),
        ((Position.STANDING,), Place.STANDING),
    ],
)
def test_the_place_that_asks_most_comes_first(positions: tuple[Position, ...], place: Place) -> None:
    assert main_place(routine(*positions)) is place


def test_capitals_and_accents_don_t_matter() -> None:
    assert folded("Étirement À LA CHAISE") == "etirement a la chaise"
