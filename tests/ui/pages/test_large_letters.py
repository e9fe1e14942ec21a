"""With a double-size system font in a small window no page is cut off sideways, and the primary button is there."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QComboBox,
    QLabel,
    QScrollArea,
    QScrollBar,
    QTimeEdit,
    QWidget,
)

from stretchplayer.progress.adherence import Facts
from stretchplayer.routine.attribution import Attribution
from stretchplayer.routine.dose import Dose, OwnDoses
from stretchplayer.routine.library import RoutineFile
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Motion, Settings, Voice
from stretchplayer.ui.library.library_page import LibraryPage
from stretchplayer.ui.pages.first_run import SAFETY, SET_UP, FirstRunPage
from stretchplayer.ui.pages.settings_page import SettingsPage
from tests.progress_data import TODAY, a_week, a_year, nothing, report_of
from tests.ui.library.routines import RICH
from tests.ui.pages.test_session_page import BOTH, EVENING
from tests.ui.reminder_stage import DUE
from tests.ui.stage import WindowStage, settle

MakeWindow = Callable[..., WindowStage]
SMALLEST = ((800, 500), (683, 330))


def introduce(window: WindowStage, step: int) -> None:
    window.autostart.report(False)
    window.view.introduce()
    page = window.view.findChild(FirstRunPage)
    assert isinstance(page, FirstRunPage)
    page.show_step(step)


def show_settings(window: WindowStage) -> None:
    window.press("Settings")
    page = window.view.findChild(SettingsPage)
    assert isinstance(page, SettingsPage)
    page.show_voices((Voice(id="a", name="A voice with quite a long name", language="English (United Kingdom)"),))
    window.autostart.report(True)
    page.reminders.times.add.click()


def show_finish(window: WindowStage) -> None:
    """The page after a session."""
    window.play()
    window.session.stop()


def show_day(window: WindowStage) -> None:
    """The sessions of a day, and the way back after a deletion."""
    window.view.progress.show_day(TODAY, BOTH)
    window.view.progress.tell_deleted(EVENING, window.view.progress.open)


def show_today(window: WindowStage) -> None:
    """The Today page, with reminders and a notice."""
    window.view.show_reminders(DUE)
    window.view.notice.tell("What you do is not being saved in a folder with quite a long name: the disk is full.")


def ask_to_resume(window: WindowStage) -> None:
    """The question about a session that was cut short."""
    window.view.ask_to_resume(
        "Resume at Seated hamstring stretch, right leg?",
        "Your session at 08:00 ended in the middle. 1 min 30 s held are kept, whatever you choose.",
    )


def show_routine(window: WindowStage) -> None:
    """A routine with everything that can be said of one, at the person's own dose."""
    window.routines.known["rich"] = RICH
    window.routines.own["rich"] = OwnDoses(exercises={"turn": Dose(left_out=True), "wall": Dose(hold_s=45, sets=3)})
    window.view.routines.open("rich", window.view.show_today)


def show_exercise(window: WindowStage) -> None:
    """One with an easier and a harder variant."""
    window.routines.known["rich"] = RICH
    window.view.routines.open_exercise("rich", "bridge", window.view.show_today)
    window.view.routines.told.emit("What you changed can't be saved: the disk is full.")


def show_about(window: WindowStage) -> None:
    """Whose work it is."""
    licence = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software. " * 9
    window.view.show_about("1.2.3", (Attribution(name="Qt for Python", licence="LGPL-3.0-only", text=licence),))


def show_progress(window: WindowStage, facts: Facts) -> None:
    """What was done and felt."""
    window.press("Progress")
    window.view.progress.show_report(report_of(facts))


def show_table(window: WindowStage) -> None:
    """The same as a table, with a long note."""
    show_progress(window, replace(a_year(), notes={TODAY: f"The left leg felt tight in the morning. {'long' * 99}"}))
    window.press("Show as a table")


def show_library(window: WindowStage) -> None:
    """The shipped routine, as one of many, and a file that can't be used."""
    window.press("Library")
    page = window.view.findChild(LibraryPage)
    assert isinstance(page, LibraryPage)
    shipped = [
        RoutineFile(file_name=f"{number}.toml", is_own=True, routine=window.timeline.routine) for number in range(9)
    ]
    page.show_files([*shipped, RoutineFile(file_name="7.toml", is_own=True, problem="7!")], build_timeline)


PAGES: dict[str, Callable[[WindowStage], object]] = {
    "introduction": lambda window: window.view.introduce(),
    "introduction, safety": lambda window: introduce(window, SAFETY),
    "introduction, set-up": lambda window: introduce(window, SET_UP),
    "today": show_today,
    "exercise": lambda window: window.view.today.preview_requested.emit(1),
    "exercise, in full": show_exercise,
    "routine": lambda window: window.view.today.routine_requested.emit(),
    "routine, in full": show_routine,
    "library": show_library,
    "safety": lambda window: window.press("Before you start"),
    "settings": show_settings,
    "finish": show_finish,
    "going on": ask_to_resume,
    "about": show_about,
    "progress, nothing": lambda window: show_progress(window, nothing()),
    "progress, a week": lambda window: show_progress(window, a_week()),
    "progress, a year": lambda window: show_progress(window, a_year()),
    "progress, as a table": show_table,
    "a day": show_day,
    "reach": lambda window: window.view.progress.measure(),
}


def visible(window: WindowStage, *kinds: type[QWidget]) -> Iterator[QWidget]:
    """The visible widgets of these kinds."""
    return (widget for widget in window.frame.findChildren(QWidget) if isinstance(widget, kinds) and widget.isVisible())


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("size", SMALLEST)
@pytest.mark.parametrize("page", PAGES)
def test_nothing_has_to_be_scrolled_sideways(make_window: MakeWindow, page: str, size: tuple[int, int]) -> None:
    window = make_window(size=size, settings=Settings(motion=Motion.REDUCED))
    PAGES[page](window)
    settle()
    assert (window.frame.width(), window.frame.height()) == size
    areas = list(visible(window, QAbstractScrollArea))
    for area in areas:
        assert isinstance(area, QAbstractScrollArea)
        assert area.horizontalScrollBar().maximum() == 0, area.accessibleName()
    for widget in visible(window, QLabel, QAbstractButton, QComboBox, QAbstractSlider, QTimeEdit):
        if isinstance(widget, QScrollBar):
            continue
        holder = next((area for area in areas if isinstance(area, QScrollArea) and area.isAncestorOf(widget)), None)
        within = holder.viewport() if holder is not None else window.frame
        if widget.property("accent"):
            assert window.frame.rect().contains(QRect(widget.mapTo(window.frame, QPoint(0, 0)), widget.size()))
        left = widget.mapTo(within, QPoint(0, 0)).x()
        assert left >= 0, widget
        assert left + widget.width() <= within.width(), (widget, widget.accessibleName())
        if isinstance(widget, (QLabel, QAbstractButton)) and widget.text():
            wraps = widget.hasHeightForWidth()
            assert wraps or widget.width() >= widget.sizeHint().width(), widget.text()
            assert wraps or widget.height() >= widget.sizeHint().height(), widget.text()
            assert not wraps or widget.height() >= widget.heightForWidth(widget.width()), widget.text()
