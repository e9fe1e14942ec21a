"""Orange is for the working limb and a page's one primary button, so that nothing else draws the eye."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QRegion
from PySide6.QtWidgets import QAbstractButton, QWidget

from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.settings import Motion, Settings
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.pages.reach_page import ReachPicture
from stretchplayer.ui.player.leg_chip import LegChip
from stretchplayer.ui.player.steps import StepList
from tests.progress_data import a_year, report_of
from tests.ui.reminder_stage import DUE
from tests.ui.stage import WindowStage, settle

STEP = 3
"""Every so many px are looked at."""
HUES, LEAST_SATURATION, LEAST_VALUE = range(8, 36), 120, 110


def show_today(window: WindowStage) -> None:
    """With a slot that is due, and a notice."""
    window.view.show_reminders(DUE)
    window.view.notice.tell("The disk is full.")


def show_progress(window: WindowStage) -> None:
    window.press("Progress")
    window.view.progress.show_report(report_of(a_year()))


def show_table(window: WindowStage) -> None:
    show_progress(window)
    window.press("Show as a table")


def show_finish(window: WindowStage) -> None:
    window.play_to(PhaseKind.HOLD, into_ms=20_000)
    window.session.stop()


def pause(window: WindowStage) -> None:
    window.play_to(PhaseKind.HOLD, into_ms=28_000)
    window.session.pause()


PAGES: dict[str, Callable[[WindowStage], object]] = {
    "introduction": lambda window: window.view.introduce(),
    "today": show_today,
    "exercise": lambda window: window.view.today.preview_requested.emit(0),
    "routine": lambda window: window.view.today.routine_requested.emit(),
    "progress": show_progress,
    "table": show_table,
    "reach": lambda window: window.view.progress.measure(),
    "settings": lambda window: window.press("Settings"),
    "help": lambda window: window.press("Help"),
    "safety": lambda window: window.press("Before you start"),
    "moving": lambda window: window.play_to(PhaseKind.MOVE, into_ms=2_000),
    "holding": lambda window: window.play_to(PhaseKind.HOLD, into_ms=28_000),
    "paused": pause,
    "finish": show_finish,
}


def is_orange(colour: QColor) -> bool:
    return colour.hue() in HUES and colour.saturation() > LEAST_SATURATION and colour.value() > LEAST_VALUE


def place_of(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("page", PAGES)
def test_orange_is_for_the_limb_and_one_button(make_window: Callable[..., WindowStage], page: str) -> None:
    window = make_window(settings=Settings(motion=Motion.REDUCED))
    PAGES[page](window)
    settle()
    shown = [widget for widget in window.frame.findChildren(QWidget) if not widget.visibleRegion().isEmpty()]
    primary = [widget for widget in shown if isinstance(widget, QAbstractButton) and widget.property("accent")]
    assert len(primary) <= 1, [button.text() for button in primary]
    allowed = QRegion()
    for widget in shown:
        if widget in primary or isinstance(widget, Figure | ReachPicture | LegChip | StepList):
            allowed += place_of(widget, window.frame)
    image = window.frame.grab().toImage()
    spots = (QPoint(x, y) for x in range(0, image.width(), STEP) for y in range(0, image.height(), STEP))
    assert [spot for spot in spots if is_orange(image.pixelColor(spot)) and not allowed.contains(spot)] == []
