"""The focus is drawn after keys, not after clicks, on whatever can have it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from stretchplayer.settings import Motion, Settings
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.theme.style import shows_focus
from tests.progress_data import a_year, report_of
from tests.ui.reminder_stage import DUE
from tests.ui.stage import WindowStage, settle

BY_KEY = Qt.WidgetAttribute.WA_KeyboardFocusChange
LEFT = Qt.MouseButton.LeftButton
MakeWindow = Callable[..., WindowStage]


@pytest.fixture
def buttons(qapp: QApplication) -> Iterator[tuple[QPushButton, QPushButton]]:
    """Two buttons in a window that has the focus."""
    window = QWidget()
    both = QPushButton("One", window), QPushButton("Two", window)
    both[1].move(0, 100)
    window.show()
    window.activateWindow()
    settle()
    yield both
    window.close()
    window.deleteLater()
    settle()


def test_a_new_window_does_not_show_it(buttons: tuple[QPushButton, QPushButton]) -> None:
    assert buttons[0].hasFocus()
    assert not shows_focus(buttons[0])


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Backtab])
def test_a_key_that_moves_it_shows_it_and_a_click_hides_it(
    buttons: tuple[QPushButton, QPushButton], key: Qt.Key
) -> None:
    one, two = buttons
    without = two.grab().toImage()
    QTest.keyClick(one, key)
    assert shows_focus(two)
    assert two.grab().toImage() != without
    QTest.mouseClick(two, LEFT)
    assert two.hasFocus()
    assert two.grab().toImage() == without


def test_where_the_program_moves_it_the_last_of_keys_and_clicks_decides(
    buttons: tuple[QPushButton, QPushButton],
) -> None:
    one, two = buttons
    QTest.mouseClick(one, LEFT)
    two.setFocus()
    assert two.hasFocus()
    assert not shows_focus(two)
    QTest.keyClick(two, Qt.Key.Key_Space)
    assert shows_focus(two)
    one.setFocus()
    assert shows_focus(one)
    QTest.mouseClick(one, LEFT)
    two.setFocus()
    assert not shows_focus(two)


def show_progress(window: WindowStage) -> None:
    window.press("Progress")
    window.view.progress.show_report(report_of(replace(a_year(), notes={})))


def show_today(window: WindowStage) -> None:
    """With reminders, and a notice that can be closed."""
    window.view.show_reminders(DUE)
    window.view.notice.tell("The disk is full.")


def show_table(window: WindowStage) -> None:
    show_progress(window)
    window.press("Show as a table")


def show_finish(window: WindowStage) -> None:
    window.play()
    window.session.stop()


PAGES: dict[str, Callable[[WindowStage], object]] = {
    "introduction": lambda window: window.view.introduce(),
    "today": show_today,
    "progress": show_progress,
    "table": show_table,
    "settings": lambda window: window.press("Settings"),
    "help": lambda window: window.press("Help"),
    "finish": show_finish,
    "player": lambda window: window.play(),
}


def is_shown(widget: QWidget) -> bool:
    """Whether the widget, which got the focus by a key, looks different from how it does after a click."""
    by_key = widget.grab().toImage()
    widget.window().setAttribute(BY_KEY, on=False)
    by_click = widget.grab().toImage()
    widget.window().setAttribute(BY_KEY)
    return by_key != by_click and not widget.visibleRegion().isEmpty()


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_takes_it_shows_it(make_window: MakeWindow, page: str) -> None:
    window = make_window(settings=Settings(motion=Motion.REDUCED))
    PAGES[page](window)
    window.frame.activateWindow()
    settle()
    reached: list[QWidget] = []
    while True:
        QTest.keyClick(window.frame.focusWidget(), Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is None or here in reached:
            break
        reached.append(here)
        assert isinstance(here, PlayerView) or is_shown(here), (here, here.accessibleName())
    assert len(reached) > 2
