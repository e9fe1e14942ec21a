"""The person's own doses beside the routine files."""

from pathlib import Path

from stretchplayer.routine.dose import Dose, DoseSides, OwnDoses, Variant
from stretchplayer.storage.doses import DoseFile, delete_doses, dosed
from tests.routine.shipped import hamstring_trio

OWN = OwnDoses(
    order=("towel-stretch",),
    exercises={
        "towel-stretch": Dose(hold_s=15, sides=DoseSides.EXTRA_LEFT, variant=Variant.EASIER),
        "lying-leg-raise": Dose(left_out=True),
    },
)


def test_doses_are_kept(tmp_path: Path) -> None:
    DoseFile(tmp_path, "hamstring-trio").save(OWN)
    assert DoseFile(tmp_path, "hamstring-trio").load() == OWN
    assert DoseFile(tmp_path, "another").load() == OwnDoses()
    assert [path.name for path in (tmp_path / "doses").iterdir()] == ["hamstring-trio.json"]


def test_all_doses_can_be_deleted(tmp_path: Path) -> None:
    delete_doses(tmp_path)
    for name in ("hips", "hamstring-trio"):
        DoseFile(tmp_path, name).save(OWN)
    (tmp_path / "doses" / "hips.damaged-20260302-080000.json").write_text("{")
    delete_doses(tmp_path)
    assert not [*(tmp_path / "doses").iterdir()]


def test_a_routine_is_played_at_the_doses_of_the_person(tmp_path: Path) -> None:
    trio = hamstring_trio()
    DoseFile(tmp_path, trio.id).save(OWN)
    assert [exercise.id for exercise in dosed(tmp_path, trio).exercises] == [
        "towel-stretch",
        "seated-hamstring-stretch",
    ]


def test_doses_that_make_it_too_long_are_left_aside(tmp_path: Path) -> None:
    trio = hamstring_trio()
    far_too_much = Dose(hold_s=3600, repetitions=100)
    DoseFile(tmp_path, trio.id).save(OwnDoses(exercises={"towel-stretch": far_too_much}))
    assert [exercise.repetitions for exercise in dosed(tmp_path, trio).exercises] == [1, 1, 1]


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "doses" / "hamstring-trio.json"
    file.parent.mkdir()
    file.write_text('{"version": 1, "exercises": {"towel-stretch": {"hold_s": 0}}}', encoding="utf-8")
    assert dosed(tmp_path, hamstring_trio()).exercises == dosed(tmp_path / "none", hamstring_trio()).exercises
    doses = DoseFile(tmp_path, "hamstring-trio")
    assert doses.load() == OwnDoses()
    (problem,) = doses.problems
    assert "is damaged" in problem
    assert problem.endswith("The exercises are played as the routine says.")
