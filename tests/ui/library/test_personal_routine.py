"""What a person has made of a routine."""

from dataclasses import replace

import pytest

from stretchplayer.errors import DomainError
from stretchplayer.routine.dose import Dose, OwnDoses, Variant
from stretchplayer.routine.routine import Block
from stretchplayer.ui.library.personal_routine import PersonalRoutine
from tests.ui.library.routines import RICH, WALL

LEFT_OUT = Dose(left_out=True)


def ids(personal: PersonalRoutine) -> list[str]:
    return [own.exercise.id for own in personal.exercises]


def test_a_routine_without_doses_is_as_its_file_says() -> None:
    personal = PersonalRoutine(routine=RICH)
    assert not personal.differs
    assert ids(personal) == ["bridge", "turn", "wall"]
    assert not any(exercise.own_dose for exercise in personal.dosed.exercises)
    assert [own.differs for own in personal.exercises] == [False] * 3
    assert [personal.place_of(name) for name in ids(personal)] == [0, 1, 2]


def test_what_is_left_out_stays_at_its_place_but_is_not_played() -> None:
    personal = PersonalRoutine(routine=RICH, own=OwnDoses(exercises={"turn": LEFT_OUT}))
    assert personal.differs
    assert ids(personal) == ["bridge", "turn", "wall"]
    assert [personal.place_of(name) for name in ids(personal)] == [0, None, 1]
    assert [exercise.id for exercise in personal.dosed.played] == ["bridge", "wall"]
    assert [exercise.id for exercise in personal.only("turn").exercises] == ["turn"]


def test_a_variant_stands_in_for_its_exercise() -> None:
    personal = PersonalRoutine(routine=RICH, own=OwnDoses(exercises={"bridge": Dose(variant=Variant.EASIER, sets=3)}))
    own = personal.find("half-bridge")
    assert own is not None
    assert own == personal.find("bridge")
    assert own.exercise.id == "bridge"
    assert own.written == RICH.exercise("half-bridge")
    assert (own.played.title, own.played.sets) == ("Half a bridge", 3)
    assert [exercise.id for exercise in personal.dosed.exercises if exercise.own_dose] == ["half-bridge"]


def test_a_dose_is_kept_as_long_as_it_differs() -> None:
    personal = PersonalRoutine(routine=RICH)
    own = personal.with_dose("turn", Dose(hold_s=15))
    assert own == OwnDoses(exercises={"turn": Dose(hold_s=15)})
    assert PersonalRoutine(routine=RICH, own=own).with_dose("turn", Dose()) == OwnDoses()


def test_exercises_are_moved_and_moved_back() -> None:
    personal = PersonalRoutine(routine=RICH)
    own = personal.moved("wall", 0)
    moved = PersonalRoutine(routine=RICH, own=own)
    assert ids(moved) == ["wall", "bridge", "turn"]
    assert [exercise.id for exercise in moved.dosed.played] == ["wall", "bridge", "turn"]
    assert moved.moved("wall", 2) == OwnDoses()


def test_an_exercise_stays_in_its_block() -> None:
    blocks = (Block(rounds=2, exercises=("bridge", "turn")), Block(exercises=("wall", "step")))
    routine = replace(RICH, exercises=(*RICH.exercises, replace(WALL, id="step")), blocks=blocks)
    personal = PersonalRoutine(routine=routine)
    assert personal.moved("wall", 0) == personal.moved("turn", 3) == OwnDoses(), "it has nowhere to go"
    own = personal.moved("step", 0)
    assert own.order == ("bridge", "turn", "step", "wall"), "it goes as far as its block"
    moved = PersonalRoutine(routine=routine, own=own)
    assert moved.moved("step", 1) == own
    assert moved.moved("turn", 2) == own
    assert moved.moved("step", 3) == OwnDoses()


def test_what_is_left_out_has_to_be_playable_too() -> None:
    far_too_much = Dose(hold_s=3600, repetitions=100, left_out=True)
    personal = PersonalRoutine(routine=RICH, own=OwnDoses(exercises={"turn": far_too_much}))
    with pytest.raises(DomainError, match="12 hours"):
        personal.check()
    PersonalRoutine(routine=RICH, own=OwnDoses(exercises={"turn": LEFT_OUT})).check()
