"""The reach page, the layout of the pages after a session, and their settings."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stretchplayer.progress.history import WarningSign
from stretchplayer.routine.preferences import Preferences
from stretchplayer.settings import ProgressSettings, Settings
from stretchplayer.ui.pages.finish_page import Background
from stretchplayer.ui.pages.reach_page import ReachPage, ReachPicture
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.widgets.switch import Switch
from tests.progress_data import a_year, report_of
from tests.ui.pages.test_after_session import DAY_FIVE, SlotCredit
from tests.ui.pages.test_progress_page import SIZES, assert_whole, large_letters, walk
from tests.ui.stage import WindowStage, settle

assert large_letters is not None, "a fixture of the other tests that is used here, too"
MakeWindow = Callable[..., WindowStage]


class Measuring:
    """A window with the page on which the reach is measured."""

    def __init__(self, window: WindowStage) -> None:
        self.window = window
        self.told: list[object] = []
        pages = window.view.progress
        pages.measured.connect(self.told.append)
        pages.put_off.connect(lambda: self.told.append("put off"))
        pages.measure()
        settle()
        page = window.view.findChild(ReachPage)
        assert isinstance(page, ReachPage)
        self.page = page

    def at_today(self) -> bool:
        """Whether the person has left the page."""
        return self.window.view.today.isVisible()


@pytest.fixture
def measuring(window: WindowStage) -> Measuring:
    """Where the reach is measured."""
    return Measuring(window)


def test_a_number_and_enter_measure(measuring: Measuring) -> None:
    assert not measuring.window.button("Save").isEnabled()
    QTest.keyClicks(measuring.page.distance, "12")
    assert measuring.window.button("Save").isEnabled()
    measuring.window.key(Qt.Key.Key_Return)
    assert measuring.told == [12]
    assert measuring.at_today()


def test_tab_goes_from_the_number_to_the_buttons(measuring: Measuring) -> None:
    assert walk(measuring.window, 2) == ["My back has flared up", "Not now"], "without a number nothing can be saved"


def test_enter_without_a_number_measures_nothing(measuring: Measuring) -> None:
    measuring.window.key(Qt.Key.Key_Return)
    assert measuring.told == []
    assert not measuring.at_today()
    measuring.window.key(Qt.Key.Key_Escape)
    assert measuring.at_today()
    assert measuring.told == []


@pytest.mark.parametrize("name", ["My back has flared up", "Not now"])
def test_one_button_puts_it_off(measuring: Measuring, name: str) -> None:
    measuring.window.press(name)
    assert measuring.told == ["put off"]
    assert measuring.at_today()


def test_the_next_time_begins_without_a_number(measuring: Measuring) -> None:
    measuring.page.distance.setValue(20)
    measuring.window.press("Save")
    measuring.window.view.progress.measure()
    assert measuring.page.value is None
    assert measuring.told == [20]


def test_the_picture_shows_how_and_says_it(measuring: Measuring) -> None:
    picture = measuring.page.picture
    assert "bent forward from the hips" in picture.accessibleName()
    with_figure = picture.grab().toImage()
    without = ReachPicture({})
    without.resize(picture.size())
    assert without.grab().toImage() != with_figure


def test_today_and_the_end_lead_to_it_when_it_is_due(window: WindowStage) -> None:
    pages = window.view.progress
    pages.show_background((), Background())
    assert not window.view.today.progress.isVisible()
    pages.show_background(report_of(a_year()).days, Background(reach_is_due=True))
    settle()
    assert window.view.today.progress.dots.isVisible()
    window.press("Measure your reach")
    assert window.view.findChild(ReachPage) is not None
    window.press("Not now")
    after = SlotCredit(window)
    pages.show_background((), Background(reach_is_due=True))
    settle()
    after.window.press("Measure your reach")
    assert not after.page.isVisible()


# Sizes


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", ["finish", "reach", "today"])
def test_nothing_is_clipped(make_window: MakeWindow, size: tuple[int, int], page: str) -> None:
    window = make_window(size=size)
    go_to(window, page)
    assert_whole(window, size)


@pytest.mark.parametrize("page", ["finish", "reach"])
@pytest.mark.usefixtures("large_letters")
def test_nothing_is_clipped_in_letters_twice_as_large(make_window: MakeWindow, page: str) -> None:
    window = make_window(size=(800, 500))
    go_to(window, page)
    assert_whole(window, (800, 500))


def go_to(window: WindowStage, page: str) -> None:
    """Show the page with all its optional parts."""
    pages = window.view.progress
    if page == "finish":
        finished = SlotCredit(window)
        finished.page.show_background(DAY_FIVE)
        finished.page.questions.signs[WarningSign.WORSE].click()
    elif page == "reach":
        Measuring(window)
    else:
        pages.show_background(report_of(a_year()).days, DAY_FIVE)
    settle()


# Settings


def test_settings_about_progress(qapp: QApplication) -> None:
    assert qapp is not None
    page = SettingsPage(Settings())
    told: list[Settings] = []
    page.settings_changed.connect(told.append)
    section = page
    assert (section.ask_pain.isChecked(), section.measure_reach.isChecked()) == (True, False)
    section.ask_pain.click()
    section.measure_reach.click()
    longer = next(each for each in page.findChildren(Switch) if each.text() == "Offer 5 s more after a good week")
    longer.click()
    assert told[-1].progress == ProgressSettings(ask_pain=False, measure_reach=True, offer_longer_holds=True)
    assert told[-1].playing == Preferences(), "never longer by itself"
