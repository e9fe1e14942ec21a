"""The cross-fade between pages."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QVariantAnimation
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from stretchplayer.settings import Appearance, Motion, Settings
from stretchplayer.ui.widgets import crossfade
from stretchplayer.ui.widgets.crossfade import CrossFade
from tests.ui.stage import WindowStage, settle

RED, BLUE = "#ff0000", "#0000ff"


class Page(QWidget):
    """A page in one colour."""

    def turn(self, colour: str) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), colour)
        self.setPalette(palette)
        self.setAutoFillBackground(True)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.resize(60, 40)
    made.turn(RED)
    made.show()
    settle()
    return made


def middle(page: QWidget) -> str:
    return page.grab().toImage().pixelColor(30, 20).name()


def test_the_old_page_is_seen_first_and_the_new_one_at_the_end(page: Page, qtbot: QtBot) -> None:
    fade = CrossFade(page)
    fade.begin()
    page.turn(BLUE)
    assert middle(page) == RED
    animation = fade.findChild(QVariantAnimation)
    assert isinstance(animation, QVariantAnimation)
    animation.setCurrentTime(crossfade.LASTS_MS // 4)
    assert middle(page) not in {RED, BLUE}
    with qtbot.waitSignal(animation.finished):
        animation.setCurrentTime(crossfade.LASTS_MS)
    assert middle(page) == BLUE
    assert not fade.isVisible()


def test_a_second_change_begins_from_what_is_shown_then(page: Page) -> None:
    fade = CrossFade(page)
    fade.begin()
    page.turn(BLUE)
    fade.begin()
    page.turn(RED)
    assert middle(page) == BLUE


@pytest.mark.parametrize("why", ["reduced motion", "too large", "hidden"])
def test_sometimes_pages_change_at_once(page: Page, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    fade = CrossFade(page)
    if why == "reduced motion":
        fade.set_reduced_motion(True)
    elif why == "too large":
        monkeypatch.setattr(crossfade, "LARGEST_PX", 2_000)
    else:
        page.hide()
    fade.begin()
    page.turn(BLUE)
    assert not fade.isVisible()
    assert middle(page) == BLUE


def fade_of(window: WindowStage) -> CrossFade:
    found = window.view.findChild(CrossFade)
    assert isinstance(found, CrossFade)
    return found


def test_it_is_in_nobody_s_way(make_window: Callable[..., WindowStage]) -> None:
    window = make_window()
    window.press("Progress")
    settle()
    fade = fade_of(window)
    assert fade.isVisible()
    assert fade.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert not fade.hasFocus()


def test_a_session_begins_without_waiting_for_it(make_window: Callable[..., WindowStage]) -> None:
    window = make_window()
    window.play()
    assert not fade_of(window).isVisible()


def test_the_choice_of_less_motion_holds_from_the_start_and_at_once(
    make_window: Callable[..., WindowStage], monkeypatch: pytest.MonkeyPatch
) -> None:
    grabs: list[QWidget] = []
    window = make_window(settings=Settings(appearance=Appearance.DARK, motion=Motion.REDUCED))

    def grab(widget: QWidget) -> QPixmap:
        grabs.append(widget)
        return QPixmap(1, 1)

    monkeypatch.setattr(type(window.view), "grab", grab)
    window.press("Progress")
    assert grabs == []
    window.view.change_settings(motion=Motion.FULL)
    window.view.show_today()
    assert grabs == [window.view]
    window.view.show_today()  # already there
    assert grabs == [window.view]
