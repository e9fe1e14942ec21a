"""The Library as the program wires it: what is listed, started, chosen for a time of day, and added."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QPushButton

from stretchplayer.app.foreground import Foreground
from stretchplayer.app.playback import Playback
from stretchplayer.player.state import State
from stretchplayer.routine.dose import Dose, OwnDoses
from stretchplayer.settings import Appearance, Settings
from stretchplayer.storage.doses import DoseFile
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui.library.library_page import LibraryPage
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.widgets.question import Question
from stretchplayer.ui.window.main_window import MainWindow
from tests.fakes import FakeClock
from tests.storage.routines.sheets import SHEET, write_sheet
from tests.ui.stage import child, settle, told

KNOWN = Settings(appearance=Appearance.DARK, introduced=True, safety_shown=True)


class Stage:
    """The window with the Library open."""

    def __init__(self, playback: Playback, app: QApplication, data_dir: Path) -> None:
        self.playback = playback
        self.own = data_dir / "routines"
        self.main_window = MainWindow()
        self.foreground = Foreground(playback, app, self.main_window)
        self.view = self.foreground.view
        self.main_window.show()
        self.view.show_library()
        self.page = child(self.view, LibraryPage)
        settle()

    def titles(self) -> list[str]:
        """Those of the person's own files, which come after the thirteen that are shipped."""
        model = self.page.cards.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())][13:]

    def add(self, *paths: Path) -> None:
        self.page.files_given.emit(list(paths))
        settle()

    def told(self) -> list[str]:
        return told(self.view.notice)

    def close(self) -> None:
        self.playback.session.stop()
        self.foreground.disconnect()
        self.main_window.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    """The program's clock, at nine in the morning."""
    clock = FakeClock()
    clock.set_wall_clock(datetime(2026, 3, 2, 9, 0).astimezone())
    monkeypatch.setattr("stretchplayer.app.playback.SystemClock", lambda: clock)
    return clock


@pytest.fixture
def make_stage(
    make_playback: Callable[..., Playback], own_app: QApplication, data_dir: Path, clock: FakeClock
) -> Iterator[Callable[..., Stage]]:
    stages: list[Stage] = []

    def make(settings: Settings = KNOWN, **options: object) -> Stage:
        SettingsFile(data_dir).save(settings)
        stages.append(Stage(make_playback(**{"rate": 3.0, **options}), own_app, data_dir))
        return stages[-1]

    yield make
    for stage in stages:
        stage.close()


@pytest.fixture
def stage(make_stage: Callable[..., Stage], data_dir: Path) -> Stage:
    """With the shipped routine and one of the person's own."""
    write_sheet(data_dir / "routines" / "mine.toml")
    return make_stage()


def test_files_that_come_while_the_page_is_open_are_listed_when_it_is_shown_again(stage: Stage) -> None:
    assert stage.titles() == ["Two exercises"]
    write_sheet(stage.own / "bad.toml", "format = 1\n")
    stage.view.show_today()
    stage.view.show_library()
    settle()
    assert stage.titles() == ["Two exercises", "bad.toml"]


def test_a_routine_is_started(stage: Stage) -> None:
    stage.page.start_requested.emit("mine")
    settle()
    assert stage.playback.session.state is State.PREPARE
    assert stage.playback.session.timeline is not None
    assert stage.playback.session.timeline.routine.id == "mine"
    stage.playback.session.stop()
    settle()
    assert stage.playback.routine.id == "hamstring-trio", "the next one is the person's usual one"


def test_a_routine_that_has_gone_is_said_to_have(stage: Stage) -> None:
    (stage.own / "mine.toml").unlink()
    stage.page.start_requested.emit("mine")
    assert stage.playback.session.state is State.IDLE
    assert any("mine" in sentence for sentence in stage.told())


def test_mornings_and_evenings_are_chosen(stage: Stage, clock: FakeClock, data_dir: Path) -> None:
    mine = stage.playback.routines.find("mine")
    stage.page.slot_chosen.emit("mornings", mine)
    assert stage.playback.routine.id == "mine", "it is morning"
    assert stage.told() == ["Two exercises is your routine for mornings now."]
    stage.page.slot_chosen.emit("mornings", mine)
    stage.page.slot_chosen.emit("evenings", mine)
    assert stage.told() == ["Two exercises is your routine for evenings now."]
    stage.page.slot_chosen.emit("mornings", stage.playback.routines.find("hamstring-trio"))
    assert stage.playback.routine.id == "hamstring-trio"
    saved = SettingsFile(data_dir).load()
    assert (saved.mornings, saved.evenings) == ("hamstring-trio", "mine")
    clock.set_wall_clock(datetime(2026, 3, 2, 15, 0).astimezone())
    stage.foreground.follow_slots()
    settle()
    assert stage.playback.routine.id == "mine"
    assert len(stage.view.today.cards.cards) == 2


def test_the_routine_before_is_taken_back(stage: Stage, data_dir: Path) -> None:
    stage.page.slot_chosen.emit("evenings", stage.playback.routines.find("mine"))
    child(stage.view.notice, QPushButton, "undo").click()
    assert SettingsFile(data_dir).load().evenings == "hamstring-trio"
    assert stage.told() == []


def test_a_card_tells_of_a_dose_of_the_person_s_own(stage: Stage, data_dir: Path) -> None:
    def marked() -> list[str]:
        model = stage.page.cards.model()
        spoken = (str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount()))
        return [words for words in spoken if words.endswith("Changed by you")]

    doses = DoseFile(data_dir, "mine")
    doses.save(OwnDoses(exercises={"first": Dose(sets=2)}))
    stage.view.show_today()
    stage.view.show_library()
    settle()
    assert [words.split(".")[0] for words in marked()] == ["Two exercises"]
    doses.save(OwnDoses())
    stage.view.show_today()
    stage.view.show_library()
    settle()
    assert marked() == []


def test_settings_offer_all_routines(stage: Stage, data_dir: Path) -> None:
    stage.view.show_settings()
    page = child(stage.view, SettingsPage)
    mornings = page.reminders.mornings
    assert (mornings.count(), mornings.currentData()) == (14, "hamstring-trio")
    mornings.setCurrentIndex(mornings.findText("Two exercises"))
    assert SettingsFile(data_dir).load().mornings == "mine"
    assert stage.playback.routine.id == "mine", "it is morning"


def test_what_is_chosen_for_once_stays_until_another_is_due(
    make_stage: Callable[..., Stage], clock: FakeClock, data_dir: Path
) -> None:
    write_sheet(data_dir / "routines" / "mine.toml")
    stage = make_stage(routine="mine")
    stage.foreground.follow_slots()
    assert stage.playback.routine.id == "mine"
    clock.set_wall_clock(datetime(2026, 3, 2, 15, 0).astimezone())
    stage.foreground.follow_slots()
    assert stage.playback.routine.id == "mine", "the evening's is the morning's"


def test_a_usual_routine_that_can_t_be_read_is_told(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(Settings(introduced=True, safety_shown=True, mornings="gone"))
    stage.main_window.first_painted.emit()
    settle()
    assert stage.playback.routine.id == "hamstring-trio"
    assert any("“gone” can't be played" in sentence for sentence in stage.told())


# Adding


def test_a_file_is_added_and_taken_back(stage: Stage, tmp_path: Path) -> None:
    stage.add(write_sheet(tmp_path / "anna.toml", SHEET.replace("Two exercises", "Anna's")))
    assert stage.titles() == ["Anna's", "Two exercises"]
    assert stage.page.cards.currentIndex().data() == "Anna's"
    assert stage.told() == ["“Anna's” was added."]
    undo(stage)
    assert stage.titles() == ["Two exercises"]
    assert not (stage.own / "anna.toml").exists()


def undo(stage: Stage) -> None:
    buttons = {button.text(): button for button in stage.view.notice.findChildren(type(stage.page.add))}
    buttons["Undo"].click()
    settle()


def test_a_file_replaces_another_only_after_a_question(stage: Stage, tmp_path: Path) -> None:
    new = SHEET.replace("Two exercises", "Newer")
    stage.add(write_sheet(tmp_path / "mine.toml", new))
    assert (stage.own / "mine.toml").read_text(encoding="utf-8") == SHEET
    child(stage.page, Question).answered.emit(True)
    settle()
    assert (stage.own / "mine.toml").read_text(encoding="utf-8") == new
    assert stage.told() == ["“Newer” was replaced."]
    undo(stage)
    assert stage.titles() == ["Two exercises"]


def test_the_same_file_is_not_added_twice(stage: Stage, tmp_path: Path) -> None:
    stage.add(write_sheet(tmp_path / "mine.toml"), stage.own / "mine.toml")
    assert stage.told() == ["“Two exercises” is in your Library already."]
    assert stage.page.cards.currentIndex().data() == "Two exercises"


def test_a_file_that_can_t_be_used_is_not_added(stage: Stage, tmp_path: Path) -> None:
    stage.add(write_sheet(tmp_path / "bad.toml", "format = 1\n"))
    assert [sentence for sentence in stage.told() if '"title" is missing' in sentence]
    assert not (stage.own / "bad.toml").exists()


def test_a_file_that_can_t_be_written_is_said_so(
    make_stage: Callable[..., Stage], data_dir: Path, tmp_path: Path
) -> None:
    stage = make_stage()
    stage.own.write_text("no folder", encoding="utf-8")
    stage.add(write_sheet(tmp_path / "anna.toml"))
    assert "anna.toml can't be" in stage.told()[-1]


def test_the_folder_is_made_and_opened(make_stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch) -> None:
    stage = make_stage()
    opened: list[QUrl] = []
    for works in (True, False):

        def open_url(url: QUrl, *, works: bool = works) -> bool:
            opened.append(url)
            return works

        monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
        stage.page.folder.click()
        assert stage.own.is_dir()
    assert opened == [QUrl.fromLocalFile(str(stage.own))] * 2
    assert stage.told() == [f"Your routines are in {stage.own}."]


def test_a_folder_that_can_t_be_made_is_named(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    (stage.own / "mine.toml").unlink()
    stage.own.rmdir()
    stage.own.write_text("no folder", encoding="utf-8")
    stage.page.folder.click()
    assert stage.told() == [f"Your routines are in {stage.own}."]
