"""The window before it has content, and on screens that are too small for it."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication

from stretchplayer.ui.window.main_window import USUAL, MainWindow
from tests.ui.stage import settle, timer

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def frame(qapp: object) -> Iterator[MainWindow]:
    assert qapp is not None
    frame = MainWindow()
    yield frame
    shiboken6.delete(frame)


def fit(frame: MainWindow) -> None:
    """Let the system be done with the window, and the window fit the screen."""
    settle()
    fitting = timer(frame, "fitting")
    assert fitting.isActive()
    fitting.stop()
    fitting.timeout.emit()
    settle()


def room() -> QRect:
    """The screen, 800 × 800 px."""
    return QGuiApplication.primaryScreen().availableGeometry()


def test_it_has_its_name_from_the_first_moment(frame: MainWindow) -> None:
    frame.show()
    assert frame.windowTitle() == "Stretch Player"
    assert QAccessible.queryAccessibleInterface(frame).text(QAccessible.Text.Name) == "Stretch Player"


def test_where_the_screen_is_short_it_is_maximised(frame: MainWindow) -> None:
    assert room().width() < USUAL.width()
    frame.show_on_screen(fullscreen=False)
    settle()
    assert frame.isMaximized()
    assert room().contains(frame.geometry())
    frame.showNormal()
    fit(frame)
    assert room().contains(frame.frameGeometry())


def test_after_full_screen_it_is_maximised_there(frame: MainWindow) -> None:
    frame.show_on_screen(fullscreen=True)
    assert frame.isFullScreen()
    frame.set_fullscreen(False)
    assert frame.isMaximized()


def test_a_size_from_a_larger_screen_is_not_kept(frame: MainWindow) -> None:
    frame.resize(1900, 1000)
    frame.move(1000, 300)
    frame.showMaximized()
    frame.showNormal()
    fit(frame)
    assert room().contains(frame.frameGeometry())


def test_it_follows_a_screen_that_gets_smaller(frame: MainWindow) -> None:
    frame.show()
    frame.setGeometry(500, 500, 1060, 720)
    frame.screen().availableGeometryChanged.emit(room())
    fit(frame)
    assert room().contains(frame.frameGeometry())


@pytest.mark.parametrize("is_full", [False, True])
def test_it_follows_when_its_screen_goes(qapp: QApplication, frame: MainWindow, is_full: bool) -> None:
    frame.show()
    frame.set_fullscreen(is_full)
    frame.setGeometry(900, 900, 1920, 1080)
    qapp.screenRemoved.emit(frame.screen())
    fit(frame)
    assert frame.isFullScreen() is is_full
    assert room().contains(frame.geometry())
