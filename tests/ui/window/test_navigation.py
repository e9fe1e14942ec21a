"""The navigation: icons with names, or alone where the window is narrow."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.window.navigation import Navigation
from tests.ui.pictures import look_alike
from tests.ui.stage import WindowStage, settle

NAMES = ("Today", "Library", "Progress", "Settings", "Help")
MakeWindow = Callable[..., WindowStage]


def navigation_of(window: WindowStage) -> Navigation:
    navigation = window.view.findChild(Navigation)
    assert navigation is not None
    return navigation


def tabs_of(window: WindowStage) -> list[QAbstractButton]:
    return navigation_of(window).findChildren(QAbstractButton)


@pytest.mark.parametrize(("size", "narrow"), [((480, 280), True), ((600, 500), True), ((800, 500), False)])
def test_a_narrow_window_has_icons_alone(make_window: MakeWindow, size: tuple[int, int], narrow: bool) -> None:
    window = make_window(size=size)
    assert [tab.toolTip() for tab in tabs_of(window)] == (list(NAMES) if narrow else [""] * len(NAMES))
    assert [tab.text() for tab in tabs_of(window)] == list(NAMES), "for screen readers"
    assert navigation_of(window).width() < size[0] * (0.15 if narrow else 0.25)
    assert all(navigation_of(window).rect().contains(tab.geometry()) for tab in tabs_of(window))


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("size", [(480, 280), (683, 330), (800, 500)])
def test_large_letters_leave_room_for_the_page(make_window: MakeWindow, size: tuple[int, int]) -> None:
    window = make_window(size=size)
    assert all(tab.toolTip() for tab in tabs_of(window))
    assert navigation_of(window).width() < size[0] * 0.2
    assert all(navigation_of(window).rect().contains(tab.geometry()) for tab in tabs_of(window))


def test_a_window_made_wider_shows_the_names(window: WindowStage) -> None:
    window.frame.resize(500, 400)
    settle()
    narrow = navigation_of(window).width()
    window.frame.resize(1060, 720)
    settle()
    assert navigation_of(window).width() > 2 * narrow
    assert not any(tab.toolTip() for tab in tabs_of(window))


def test_the_current_page_is_marked(window: WindowStage) -> None:
    today, _library, progress = tabs_of(window)[:3]
    before = today.grab().toImage()
    window.press("Progress")
    assert (today.isChecked(), progress.isChecked()) == (False, True)
    assert not look_alike(today.grab().toImage(), before)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_mark_is_where_reading_begins(window: WindowStage, direction: Qt.LayoutDirection) -> None:
    today = tabs_of(window)[0]
    today.setLayoutDirection(direction)
    image, mark = today.grab().toImage(), today.palette().color(theme.MOVEMENT)
    marked = [x for x in range(image.width()) if image.pixelColor(x, image.height() // 2) == mark]
    assert marked
    assert all((x < image.width() / 2) is (direction is Qt.LayoutDirection.LeftToRight) for x in marked)
