"""The window as the program wires it, and what happens when it breaks."""

import gc
import linecache
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QPlainTextEdit, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from stretchplayer.app.faults import Faults
from stretchplayer.app.first_window import run_window
from stretchplayer.app.options import LaunchOptions
from stretchplayer.desktop.ipc.instance import Instance
from stretchplayer.desktop.timed_question import TimedQuestion
from stretchplayer.errors import StorageError
from stretchplayer.player.state import State
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.settings import Appearance, Settings
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui.pages.about_page import AboutPage
from stretchplayer.ui.pages.safety_page import SafetyPage
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.window.fault_dialog import FaultDialog
from stretchplayer.ui.window.main_window import MainWindow
from tests.app.windowed import Program
from tests.audio.tone import write_tone
from tests.ui.reminder_stage import USUAL
from tests.ui.stage import child, settle, told


def in_state(program: Program, state: State) -> bool:
    return program.playback.session.state is state


def test_every_command_of_the_player_reaches_the_session(make_program: Callable[..., Program]) -> None:
    program = make_program()
    program.view.start_requested.emit()
    settle()
    player = program.view.findChild(PlayerView)
    assert isinstance(player, PlayerView)
    session = program.playback.session
    timeline = session.timeline
    assert timeline is not None
    player.next_requested.emit()
    assert session.phase is timeline.phases[1]
    player.back_requested.emit()
    assert session.phase is timeline.phases[0]
    player.skip_exercise_requested.emit()
    assert session.phase is not None
    assert session.phase.ordinal == 1
    player.restart_side_requested.emit()
    player.pause_requested.emit()
    assert in_state(program, State.PAUSED)
    player.toggle_requested.emit()
    assert in_state(program, State.RESUMING)
    player.stop_requested.emit()
    assert in_state(program, State.STOPPED)


def test_starting_at_once_needs_no_click(make_program: Callable[..., Program]) -> None:
    program = make_program()
    program.foreground.start()
    settle()
    assert in_state(program, State.PREPARE)


def test_the_sounds_get_ready_while_the_player_is_built(
    make_program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = make_program()
    begun: list[str] = []
    monkeypatch.setattr(program.playback, "warm", lambda: begun.append("sounds"))
    monkeypatch.setattr(program.view, "prepare_player", lambda: begun.append("player"))
    program.foreground.start()
    assert begun == ["sounds", "player"]


def test_a_start_from_outside_shows_the_safety_rules_first(
    make_program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stretchplayer.app.playback.LOUDEST_RATE", 0.5)
    program = make_program(rate=1.0)
    program.foreground.start()
    settle()
    assert in_state(program, State.IDLE)
    page = child(program.main_window, SafetyPage)
    assert page.isVisible()
    page.start_requested.emit()
    settle()
    assert in_state(program, State.PREPARE)
    assert program.playback.settings.safety_shown


def test_today_says_which_routine_comes_when(make_program: Callable[..., Program]) -> None:
    program = make_program()
    evening = program.view.today.reminders.cards[1]
    program.view.show_reminders(USUAL)
    assert evening.state.text() == "In 2 h 40 min"
    for routine, said in (("on-a-chair", "Chair stretches"), ("gone", "In 2 h 40 min")):
        program.view.change_settings(evenings=routine)
        assert evening.state.text() == said


def test_today_starts_the_routine_of_another_time_of_day(make_program: Callable[..., Program]) -> None:
    program = make_program()
    program.view.change_settings(mornings="hips", evenings="on-a-chair", safety_shown=True)
    for hour, routine in ((20, "on-a-chair"), (8, "hips")):
        program.view.today.reminders.start_requested.emit(time(hour))
        settle()
        assert in_state(program, State.PREPARE)
        assert program.playback.session.timeline is not None
        assert program.playback.session.timeline.routine.id == routine
        program.playback.session.stop()
        settle()


def test_settings_hold_at_once_and_are_kept(
    make_program: Callable[..., Program], own_app: QApplication, data_dir: Path
) -> None:
    program = make_program()
    settings = Settings(playing=Preferences(hold_s=10), appearance=Appearance.LIGHT)
    program.view.settings_changed.emit(settings)
    assert SettingsFile(data_dir).load() == settings
    assert own_app.palette().color(theme.GROUND).name().upper() == theme.LIGHT.ground
    program.view.start_requested.emit()
    settle()
    assert program.playback.session.timeline is not None
    assert {hold.duration_ms for hold in program.playback.session.timeline.holds()} == {10_000}


def test_settings_that_can_t_be_kept_are_told(make_program: Callable[..., Program], data_dir: Path) -> None:
    program = make_program()
    (data_dir / "settings.json").mkdir(parents=True)  # a folder where the file should be
    program.view.settings_changed.emit(Settings(playing=Preferences(hold_s=10)))
    assert len(told(program.view.notice)) == 1
    (data_dir / "settings.json").rmdir()
    program.view.settings_changed.emit(Settings(playing=Preferences(hold_s=15)))
    assert told(program.view.notice) == [], "it can be kept now"


def test_what_is_damaged_is_told_once_the_window_is_there(make_program: Callable[..., Program], data_dir: Path) -> None:
    (data_dir / "routines").mkdir(parents=True)
    (data_dir / "settings.json").write_text("not json", encoding="utf-8")
    (data_dir / "routines" / "broken.toml").write_text("not = [toml", encoding="utf-8")
    program = make_program()
    program.main_window.first_painted.emit()
    settle()
    assert any("settings" in sentence for sentence in told(program.view.notice))
    assert any("broken.toml" in sentence for sentence in told(program.view.notice))
    assert not gc.isenabled(), "widgets are not to be destroyed by another thread's collection"


def test_without_sound_trying_it_does_nothing(make_program: Callable[..., Program]) -> None:
    program = make_program()
    program.view.show_settings()
    page = child(program.view, SettingsPage)
    page.try_sound_requested.emit(CueName.DONE)
    page.try_voice_requested.emit()
    page.voices_requested.emit()
    assert told(program.view.notice) == []


# The whole


@pytest.mark.parametrize("fullscreen", [False, True])
def test_the_window_plays_and_ends_with_the_session(
    own_app: QApplication, make_options: Callable[..., LaunchOptions], data_dir: Path, tmp_path: Path, fullscreen: bool
) -> None:
    seen: list[bool] = []

    def look() -> None:
        seen.extend(window.isFullScreen() for window in own_app.topLevelWidgets() if isinstance(window, MainWindow))

    trace = tmp_path / "trace.jsonl"
    options = make_options(start=True, exit_when_done=True, trace=trace, fullscreen=fullscreen)
    QTimer.singleShot(50, look)
    with closing(Faults()) as faults:
        assert run_window(options, Instance(None, data_dir), faults, TimedQuestion(lambda: True)) == 0
        assert faults.show is None
    assert seen == [fullscreen]
    assert '"outcome":"finished"' in trace.read_text(encoding="utf-8").replace(" ", "")
    for window in own_app.topLevelWidgets():
        window.close()


def test_the_sources_that_were_read_are_not_kept(
    monkeypatch: pytest.MonkeyPatch, own_app: QApplication, make_options: Callable[..., LaunchOptions], data_dir: Path
) -> None:
    class MadeError(Exception):
        pass

    kept = []

    def make_program(*_arguments: object) -> None:
        kept.append(len(linecache.cache))
        raise MadeError

    monkeypatch.setattr("stretchplayer.app.program.Program", make_program)
    assert linecache.getlines(__file__)
    with closing(Faults()) as faults, pytest.raises(MadeError):
        run_window(make_options(), Instance(None, data_dir), faults, TimedQuestion(lambda: True))
    assert kept == [0]
    for window in own_app.topLevelWidgets():
        window.close()


# When it breaks


def details(dialog: QWidget) -> str:
    (text,) = dialog.findChildren(QPlainTextEdit)
    return str(text.toPlainText())


class Broken:
    """A fault in a slot."""

    def __init__(self, program: Program) -> None:
        self.session = program.playback.session
        self.main_window = program.main_window
        self.faults = Faults()
        self.faults.show = program.foreground.show_fault

    def fail(self, message: str, error: type[BaseException] = RuntimeError) -> None:
        """Raise in a slot that Qt calls."""

        def slot() -> None:
            raise error(message)

        QTimer.singleShot(0, slot)
        settle()

    def dialogs(self) -> list[FaultDialog]:
        """The dialogs there are."""
        return self.main_window.findChildren(FaultDialog)


@pytest.fixture
def broken(make_program: Callable[..., Program]) -> Iterator[Broken]:
    program = make_program()
    program.playback.start()
    settle()
    made = Broken(program)
    yield made
    made.faults.close()


@pytest.mark.expected_log("unhandled error\n(.|\n)*first fault|propagateSizeHints")
@pytest.mark.expected_log("unhandled error\n(.|\n)*second fault")
def test_a_fault_pauses_is_logged_and_shown_in_one_dialog(broken: Broken) -> None:
    broken.fail("first fault")
    assert broken.session.state is State.PAUSED
    (dialog,) = broken.dialogs()
    assert dialog.isVisible()
    assert "RuntimeError: first fault" in details(dialog)
    assert "in slot" in details(dialog)
    broken.fail("second fault")
    assert broken.dialogs() == [dialog]
    assert "first fault" in details(dialog)
    assert "second fault" in details(dialog)


@pytest.mark.expected_log("unhandled error|propagateSizeHints")
def test_the_details_can_be_copied_and_the_dialog_closed(broken: Broken, qtbot: QtBot) -> None:
    broken.fail("a fault with <b>marks</b> & more")
    (dialog,) = broken.dialogs()
    buttons = {button.text(): button for button in dialog.findChildren(QAbstractButton)}
    buttons["Copy the details"].click()
    assert QGuiApplication.clipboard().text() == details(dialog)
    assert "<b>marks</b> & more" in details(dialog)
    buttons["Close"].click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    broken.fail("a later fault")
    assert dialog.isVisible()
    assert "marks" not in details(dialog), "what was closed is not shown again"


def test_the_about_page_tells_this_version_and_its_parts(
    make_program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = make_program()
    program.view.show_settings()
    about = child(program.view, SettingsPage).about
    about.click()
    settle()
    page = program.view.findChild(AboutPage)
    assert isinstance(page, AboutPage)
    assert page.parts.itemText(0) == "Stretch Player: MIT"

    def fail() -> None:
        raise StorageError("The licences can't be read.")

    monkeypatch.setattr("stretchplayer.app.foreground.find_credits", fail)
    about.click()
    assert "The licences can't be read." in told(program.view.notice)


@pytest.mark.expected_log("propagateSizeHints")
def test_a_tone_takes_a_sound_of_the_person_s_own_and_lets_it_go(
    make_program: Callable[..., Program], data_dir: Path, tmp_path: Path
) -> None:
    program = make_program()
    program.view.show_settings()
    page = child(program.view, SettingsPage)
    page.own_tone.setCurrentIndex(page.own_tone.findData(CueName.HOLD_END))
    for path in (write_tone(tmp_path / "gong.wav", 300), tmp_path / "gone.wav"):
        page.choose_own.click()
        dialog = child(program.main_window, QFileDialog)
        dialog.fileSelected.emit(str(path))
        dialog.close()
        settle()
    assert page.own_tone.currentText() == "End of a hold (own sound)"
    assert (data_dir / "sounds" / "hold_end.wav").is_file()
    assert any("gone.wav" in sentence for sentence in told(program.view.notice))
    page.shipped.click()
    assert page.own_tone.currentText() == "End of a hold"


def test_the_manual_is_shown(make_program: Callable[..., Program]) -> None:
    program = make_program()
    program.view.help_requested.emit()
    settle()
    page = program.view.findChild(QTextBrowser)
    assert isinstance(page, QTextBrowser)
    assert "Keys during a session" in page.toPlainText()
