"""The About page: reachable, and it tells whose work the program is made of."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from stretchplayer.routine.attribution import Attribution
from stretchplayer.ui.pages.about_page import AboutPage
from stretchplayer.ui.pages.settings_page import SettingsPage
from tests.ui.stage import WindowStage, child, settle

CREDITS = (
    Attribution(name="Ours", licence="MIT", text="Do what you like."),
    Attribution(
        name="Qt", licence="LGPL-3.0-only", text="Share <b>alike</b>.", home="https://q", source="https://q/src"
    ),
)


@pytest.fixture
def page(qapp: QApplication) -> AboutPage:
    """The page."""
    page = AboutPage("1.2.3", CREDITS)
    page.resize(860, 660)
    return page


def texts(page: AboutPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if not label.isHidden())


def test_it_tells_the_version_and_the_licences(page: AboutPage) -> None:
    told = texts(page)
    assert "Version 1.2.3, under the MIT licence" in told
    assert "GNU Lesser General Public License, version 3" in told
    assert "can be put in their place" in told
    assert "Do what you like." in told


def test_the_licence_of_the_chosen_part_is_shown_as_it_is(page: AboutPage) -> None:
    assert [page.parts.itemText(place) for place in range(page.parts.count())] == ["Ours: MIT", "Qt: LGPL-3.0-only"]
    page.parts.setCurrentIndex(1)
    told = texts(page)
    assert "https://q\nSource: https://q/src" in told
    assert "Share <b>alike</b>." in told
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
    page.parts.setCurrentIndex(-1)
    assert "Share <b>alike</b>." in texts(page)


def test_it_can_be_shown_without_any_part(qapp: QApplication) -> None:
    assert "Version 1" in texts(AboutPage("1", ()))


@pytest.mark.parametrize("size", [(320, 300), (860, 660), (1920, 1080)])
def test_nothing_is_cut_off_sideways(page: AboutPage, size: tuple[int, int]) -> None:
    page.resize(*size)
    page.grab()
    shown = [label for label in page.findChildren(QLabel) if not label.isHidden()]
    assert all(label.mapTo(page, label.rect().bottomRight()).x() < size[0] for label in shown)


def test_it_is_reached_from_the_settings_and_leads_back(window: WindowStage) -> None:
    asked: list[bool] = []
    window.press("Settings")
    child(window.view, SettingsPage).about_requested.connect(lambda: asked.append(True))
    window.press("About Stretch Player")
    assert asked == [True]
    window.view.show_about("1.2.3", CREDITS)
    settle()
    page = window.view.findChild(AboutPage)
    assert page is not None
    assert page.isVisible()
    leave = QApplication.focusWidget()
    assert leave is not None
    QTest.keyClick(leave, Qt.Key.Key_Space)
    settle()
    assert not page.isVisible()
    assert window.view.findChild(AboutPage) is page
