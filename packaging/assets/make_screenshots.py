"""Draws every page of the program into PNG files, for the README and for looking at them in many sizes.

    python packaging/assets/make_screenshots.py [--language LANGUAGE] DIRECTORY [WIDTHxHEIGHT ...]

Needs no display. The session that is shown is a real one, on a clock that is moved by hand; what is shown of the past
comes from a real history, of somebody who never was (`sample_history`).
"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget
from sample_history import NOW, make_history, reminders

from stretchplayer.app.progress_facts import Question, background_of, report_of
from stretchplayer.audio.announcer import NullCuePlayer
from stretchplayer.i18n import _, install
from stretchplayer.player.session import Session
from stretchplayer.routine.dose import Dose, DoseSides, OwnDoses
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Appearance, Motion, ProgressSettings, Settings
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.poses.pose_folder import PoseFiles
from stretchplayer.storage.routines.routine_file import read_routine
from stretchplayer.storage.routines.routine_folder import RoutineFiles
from stretchplayer.ui.library.exercise_page import ExercisePage
from stretchplayer.ui.library.library_page import LibraryPage
from stretchplayer.ui.library.personal_routine import PersonalRoutine
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.reminders.reminder_window import ReminderWindow
from stretchplayer.ui.text.dates import follow_language
from stretchplayer.ui.theme.style import Theme
from stretchplayer.ui.window.main_view import MainView
from stretchplayer.ui.window.main_window import MainWindow

NS_PER_MS = 1_000_000
SETTINGS = Settings(motion=Motion.REDUCED, progress=ProgressSettings(measure_reach=True))
"""Without fading from page to page, which takes time."""


class HandClock:
    """A clock that stands still until it is moved."""

    ns = 0

    def monotonic_ns(self) -> int:
        """The moment it was moved to."""
        return self.ns

    def boottime_ns(self) -> int:
        """The same: it never sleeps."""
        return self.ns

    def now(self) -> datetime:
        """The day of the sample."""
        return NOW


class HandTimer:
    """An alarm that goes off when it is told to."""

    callback: Callable[[], None]

    def connect(self, callback: Callable[[], None]) -> None:
        """Keep what is to be called."""
        self.callback = callback

    def arm(self, delay_ms: int) -> None:
        """Do nothing: `Stage.play_until` says when."""

    def cancel(self) -> None:
        """Do nothing."""


class HandRoutines:
    """The shipped routines; what the person makes of them is forgotten."""

    def __init__(self) -> None:
        self._files = RoutineFiles(Path("nowhere"))
        self._own: dict[str, OwnDoses] = {}

    def find(self, routine_id: str) -> PersonalRoutine:
        """A shipped routine."""
        return PersonalRoutine(routine=self._files.find(routine_id), own=self._own.get(routine_id, OwnDoses()))

    def keep(self, routine_id: str, own: OwnDoses) -> None:
        """Keep it until the end."""
        self._own[routine_id] = own

    def timeline_of(self, routine: Routine) -> Timeline:
        """As it is played with the settings that everybody has at first."""
        return build_timeline(routine)


class Stage:
    """A window with a session that stands where it is wanted, and a past."""

    def __init__(self, app: QApplication, appearance: Appearance, size: tuple[int, int], past: Path) -> None:
        self.app = app
        self.clock = HandClock()
        self.timer = HandTimer()
        self.session = Session(clock=self.clock, timer=self.timer, cues=NullCuePlayer())
        self.theme = Theme(app, appearance, asset_dir("fonts"))
        self.timeline = build_timeline(read_routine(asset_dir("routines") / "hamstring-trio.toml"))
        self.poses = PoseFiles(Path("nowhere")).poses()
        self.view = MainView(self.session, asset_dir("icons"), SETTINGS, self.poses, routines=HandRoutines())
        self.view.start_requested.connect(lambda: self.session.start(self.timeline))
        self.view.page_built.connect(self.show_routines)
        self.view.help_requested.connect(
            lambda: self.view.show_help((asset_dir("help") / "manual.md").read_text(encoding="utf-8"))
        )
        self.view.show_timeline(self.timeline)
        self.view.show_reminders(reminders())
        self.reader = HistoryFileReader(past)
        self.question = Question(reader=self.reader, settings=SETTINGS, routine=self.timeline.routine, now=NOW)
        self.view.progress.report_requested.connect(self.show_report)
        self.view.progress.background_requested.connect(self.show_background)
        self.show_background()
        self.window = MainWindow()
        self.window.set_content(self.view, self.view.today.start_button, self.view.may_close)
        self.window.resize(*size)
        self.window.show()
        self.settle()

    def show_routines(self, page: QWidget) -> None:
        """Show the shipped ones in the Library."""
        if isinstance(page, LibraryPage):
            page.show_files(RoutineFiles(Path("nowhere")).files(), build_timeline)
            page.show_choice(SETTINGS.mornings, SETTINGS.evenings)

    def settle(self) -> None:
        """Let Qt lay out and paint."""
        for _turn in range(5):
            self.app.processEvents()

    def play_until(self, position_ms: int) -> None:
        """Play in steps that no session takes for a sleeping machine."""
        while self.session.position_ms < position_ms:
            self.clock.ns += NS_PER_MS * min(1000, round(position_ms - self.session.position_ms) or 1)
            self.timer.callback()
        self.settle()

    def follow_along(self, on: bool) -> None:
        """Lay the player out for the floor, in the window's size: no screen here is as large as is wanted."""
        player = self.window.findChild(PlayerView)
        fade = player.findChild(QTimer, "fade") if player is not None else None
        if player is not None and fade is not None:
            player.set_follow_along(on)
            fade.timeout.emit()  # the buttons are seen only while the pointer moves

    def show_report(self, weeks: int) -> None:
        """Show on the Progress page what the history tells of so many weeks."""
        self.view.progress.show_report(report_of(self.question, weeks))

    def show_background(self) -> None:
        """Show on other pages what they have of it."""
        self.view.progress.show_background(*background_of(self.question))

    def remind(self) -> ReminderWindow:
        """The reminder in its corner, of the evening."""
        window = ReminderWindow(self.poses)
        evening = reminders().slots[-1]
        window.invite(evening, self.timeline)
        return window

    def shoot(self, path: Path, window: QWidget | None = None) -> None:
        """Write what the window shows."""
        self.settle()
        (window or self.window).grab().save(str(path))
        sys.stdout.write(f"{path}\n")

    def close(self) -> None:
        """Take the window away."""
        self.window.close()
        self.window.deleteLater()


def shoot_all(app: QApplication, directory: Path, size: tuple[int, int], appearance: Appearance, past: Path) -> None:
    """Write a picture of every page."""
    stage = Stage(app, appearance, size, past)
    name = f"{size[0]}x{size[1]}-{appearance}"

    def shoot(page: str, window: QWidget | None = None) -> None:
        stage.shoot(directory / f"{page}-{name}.png", window)

    shoot_introduction(stage, shoot)
    stage.view.show_today()
    shoot("today")
    shoot_routine(stage, shoot)
    click(stage.window, _("Library"))
    shoot("library")
    click(stage.window, _("Progress"))
    shoot("progress")
    click(stage.window, _("Show as a table"))
    shoot("progress-table")
    stage.view.progress.measure()
    shoot("reach")
    reminder = stage.remind()
    shoot("reminder", reminder)
    reminder.close()
    reminder.deleteLater()
    click(stage.window, _("Settings"))
    shoot("settings")
    click(stage.window, _("Help"))
    shoot("help")
    stage.view.show_today()
    click(stage.window, _("Before you start"))
    shoot("safety")
    stage.session.start(stage.timeline)
    hold = stage.timeline.holds()[0]
    stage.play_until(hold.start_ms - 4_000)
    shoot("player-move")
    stage.play_until(hold.start_ms + 12_400)
    shoot("player-hold")
    stage.session.pause()
    shoot("player-paused")
    stage.follow_along(True)
    shoot("follow-paused")
    stage.session.next()
    stage.session.back()
    stage.play_until(stage.timeline.holds()[1].start_ms + 20_000)
    shoot("follow-hold")
    stage.play_until(stage.timeline.holds()[2].start_ms - 3_000)
    shoot("follow-move")
    stage.follow_along(False)
    stage.session.stop()
    shoot("finish")
    stage.close()


def shoot_routine(stage: Stage, shoot: Callable[[str], None]) -> None:
    """Write pictures of a routine and of an exercise, as they are written and at the person's own dose."""
    pages = stage.view.routines
    stage.view.today.preview_requested.emit(0)
    shoot("exercise")
    routine = stage.timeline.routine.id
    first, second, third = (exercise.id for exercise in stage.timeline.routine.exercises)
    pages.open(routine, stage.view.show_today)
    shoot("routine")
    pages.open_exercise(routine, second, stage.view.show_today)
    stage.window.findChildren(ExercisePage)[-1].dose.left_out.click()
    shoot("exercise-left-out")
    pages.open_exercise(routine, first, stage.view.show_today)
    stage.window.findChildren(ExercisePage)[-1].dose_changed.emit(Dose(hold_s=15, sides=DoseSides.LEFT))
    shoot("exercise-own")
    pages.page.moved.emit(third, 0)
    pages.open(routine, stage.view.show_today)
    shoot("routine-own")
    click(stage.window, _("My routine for evenings"))
    shoot("routine-evening")


def shoot_introduction(stage: Stage, shoot: Callable[[str], None]) -> None:
    """Write a picture of each of its steps."""
    stage.view.introduce()
    shoot("introduction")
    for page in ("introduction-safety", "introduction-set-up"):
        click(stage.window, _("Next"))
        shoot(page)


def click(window: QWidget, text: str) -> None:
    """Click the button with that text or, where there is room only for a shorter one, that name."""
    buttons = window.findChildren(QAbstractButton)
    next(button for button in buttons if text in {button.text(), button.accessibleName()}).click()


def main() -> None:
    """Write all pictures in all sizes asked for."""
    parser = ArgumentParser()
    parser.add_argument("--language", default="en")
    parser.add_argument("directory", type=Path)
    parser.add_argument("sizes", nargs="*", metavar="WIDTHxHEIGHT", default=["1060x720"])
    arguments = parser.parse_args()
    arguments.directory.mkdir(parents=True, exist_ok=True)
    install(asset_dir("translations"), arguments.language)
    app = QApplication(sys.argv[:1])
    follow_language()
    with TemporaryDirectory() as past:
        make_history(Path(past), build_timeline(read_routine(asset_dir("routines") / "hamstring-trio.toml")))
        for size in arguments.sizes:
            width, height = (int(part) for part in size.split("x"))
            for appearance in (Appearance.DARK, Appearance.LIGHT):
                shoot_all(app, arguments.directory, (width, height), appearance, Path(past))


if __name__ == "__main__":
    main()
