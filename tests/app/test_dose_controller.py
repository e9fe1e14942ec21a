"""A person's own doses as the program wires them: kept, shown on Today, and played."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stretchplayer.app.routine_choice import RoutineChoice
from stretchplayer.errors import StorageError
from stretchplayer.player.state import State
from stretchplayer.routine.dose import Dose, OwnDoses
from stretchplayer.settings import Settings
from stretchplayer.storage.doses import DoseFile
from stretchplayer.ui.library.exercise_page import ExercisePage
from tests.app.windowed import Program
from tests.storage.routines.sheets import write_sheet
from tests.ui.stage import child, settle, told

TRIO = "hamstring-trio"
OWN = OwnDoses(exercises={"towel-stretch": Dose(hold_s=15), "lying-leg-raise": Dose(left_out=True)})


def titles(program: Program) -> list[str]:
    """What Today offers."""
    return [f"{card.title.text()} {card.mark.text()}".strip() for card in program.view.today.cards.cards]


def test_what_is_kept_is_what_today_offers_and_what_is_played(
    make_program: Callable[..., Program], data_dir: Path
) -> None:
    DoseFile(data_dir, TRIO).save(OWN)
    program = make_program()
    assert titles(program) == ["1  Seated hamstring stretch", "2  Towel stretch Changed by you"]
    program.foreground.start()
    settle()
    timeline = program.playback.session.timeline
    assert timeline is not None
    assert [hold.duration_ms for hold in timeline.holds()] == [30_000, 30_000, 15_000, 15_000]
    waiting = RoutineChoice(data_dir, Settings()).timeline(pytest.fail)
    assert [hold.duration_ms for hold in waiting.holds()] == [30_000, 30_000, 15_000, 15_000]


def test_a_dose_is_set_on_the_page_of_the_exercise(make_program: Callable[..., Program], data_dir: Path) -> None:
    program = make_program()
    program.view.today.preview_requested.emit(0)
    child(program.view, ExercisePage).dose_changed.emit(Dose(hold_s=45))
    assert DoseFile(data_dir, TRIO).load() == OwnDoses(exercises={"lying-leg-raise": Dose(hold_s=45)})
    assert titles(program)[0] == "1  Lying leg raise Changed by you"
    assert program.playback.timeline().holds()[0].duration_ms == 45_000


def test_one_exercise_alone_is_played_at_its_dose(make_program: Callable[..., Program], data_dir: Path) -> None:
    DoseFile(data_dir, TRIO).save(OWN)
    program = make_program()
    program.view.change_settings(safety_shown=True)
    program.view.today.preview_requested.emit(1)
    child(program.view, ExercisePage).only_requested.emit()
    settle()
    assert program.playback.session.state is State.PREPARE
    timeline = program.playback.session.timeline
    assert timeline is not None
    assert {phase.exercise for phase in timeline.phases} == {"towel-stretch"}
    assert [hold.duration_ms for hold in timeline.holds()] == [15_000, 15_000]


def test_start_on_the_page_of_another_routine_plays_that(make_program: Callable[..., Program], data_dir: Path) -> None:
    write_sheet(data_dir / "routines" / "mine.toml")
    program = make_program()
    program.view.change_settings(safety_shown=True)
    program.view.routines.open("mine", program.view.show_today)
    program.view.routines.page.start_requested.emit()
    settle()
    timeline = program.playback.session.timeline
    assert timeline is not None
    assert timeline.routine.id == "mine"


def test_a_routine_outside_the_library_has_its_page_too(
    make_program: Callable[..., Program], data_dir: Path, tmp_path: Path
) -> None:
    there = write_sheet(tmp_path / "there.toml")
    program = make_program(routine=str(there))
    program.view.today.routine_requested.emit()
    assert program.view.routines.page.isVisible()
    program.view.change_settings(safety_shown=True)
    program.view.routines.page.start_requested.emit()
    settle()
    assert program.playback.session.state is State.PREPARE


def test_damaged_doses_are_told(make_program: Callable[..., Program], data_dir: Path) -> None:
    (data_dir / "doses").mkdir(parents=True)
    (data_dir / "doses" / f"{TRIO}.json").write_text("{", encoding="utf-8")
    program = make_program()
    (sentence,) = told(program.view.notice)
    assert sentence.endswith("The exercises are played as the routine says.")
    assert len(titles(program)) == 3


def test_doses_that_have_become_too_long_are_told(make_program: Callable[..., Program], data_dir: Path) -> None:
    far_too_much = Dose(hold_s=3600, repetitions=100)
    DoseFile(data_dir, TRIO).save(OwnDoses(exercises={"towel-stretch": far_too_much}))
    program = make_program()
    (sentence,) = told(program.view.notice)
    assert sentence.startswith("Your changes to “Hamstring trio” are left out: it takes more than 12 hours")
    assert titles(program)[2] == "3  Towel stretch"
    assert len(program.playback.timeline().holds()) == 6


def test_doses_that_can_t_be_saved_are_told(
    make_program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: DoseFile, _own: OwnDoses) -> None:
        raise StorageError("The disk is full.")

    program = make_program()
    monkeypatch.setattr(DoseFile, "save", full)
    program.view.today.preview_requested.emit(0)
    child(program.view, ExercisePage).dose_changed.emit(Dose(hold_s=45))
    assert told(program.view.notice) == ["The disk is full."]
    assert titles(program)[0] == "1  Lying leg raise"
