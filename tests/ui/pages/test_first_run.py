"""The introduction is shown once, and until it is left."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from stretchplayer.routine.cues import CueName
from stretchplayer.settings import Settings
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.pages.first_run import FirstRunPage
from stretchplayer.ui.pages.settings_page import SettingsPage
from tests.ui.stage import HOLD, NOWHERE, WindowStage, one_stretch, settle, timer


@pytest.fixture
def page(window: WindowStage) -> FirstRunPage:
    """The introduction, in a window."""
    window.view.introduce()
    settle()
    return introduction(window)


@pytest.fixture
def told(window: WindowStage) -> list[Settings]:
    """The settings emitted."""
    told: list[Settings] = []
    window.view.settings_changed.connect(told.append)
    return told


def introduction(window: WindowStage) -> FirstRunPage:
    page = window.frame.findChild(FirstRunPage)
    assert isinstance(page, FirstRunPage)
    return page


def settings_page(window: WindowStage) -> SettingsPage:
    page = window.frame.findChild(SettingsPage)
    assert isinstance(page, SettingsPage)
    return page


def by_button(window: WindowStage) -> None:
    window.press("Let's begin")


def by_enter(window: WindowStage) -> None:
    window.key(Qt.Key.Key_Return)


def by_escape(window: WindowStage) -> None:
    window.key(Qt.Key.Key_Escape)


def by_name(window: WindowStage) -> None:
    window.press("Today")


@pytest.mark.parametrize("leave", [by_button, by_enter, by_escape, by_name])
def test_it_leads_to_today_and_is_remembered(
    window: WindowStage, page: FirstRunPage, told: list[Settings], leave: Callable[[WindowStage], None]
) -> None:
    assert not window.view.today.isVisible()
    leave(window)
    assert window.view.today.isVisible()
    assert not page.isVisible()
    assert window.view.today.start_button.hasFocus()
    assert told == [replace(window.settings, introduced=True)]


def test_a_session_leaves_it_too(window: WindowStage, page: FirstRunPage, told: list[Settings]) -> None:
    assert page.isVisible()
    window.play()
    window.session.stop()
    settle()
    assert [settings.introduced for settings in told] == [True]


def test_it_tells_what_to_heed(window: WindowStage, page: FirstRunPage) -> None:
    assert page.isVisible()
    for note in window.timeline.routine.safety:
        assert f"•  {note.text}" in window.texts()
    assert any(window.timeline.routine.description in text for text in window.texts())
    window.view.show_timeline(one_stretch(HOLD))
    window.view.introduce()
    settle()
    assert not any("•" in text for text in window.texts())


def test_the_sound_is_a_tone_and_then_the_voice(window: WindowStage, page: FirstRunPage) -> None:
    heard: list[object] = []
    page.try_sound_requested.connect(heard.append)
    page.try_voice_requested.connect(lambda: heard.append("voice"))
    window.press("Try the sound")
    assert heard == [CueName.HOLD_START]
    timer(page, "voice").timeout.emit()
    assert heard == [CueName.HOLD_START, "voice"]
    timer(page, "voice").stop()


def test_the_distance_is_kept_and_shown_among_the_settings(window: WindowStage, told: list[Settings]) -> None:
    window.view.introduce()
    settle()
    window.press("Settings")
    window.press("Show the introduction again")
    again = introduction(window)
    again.distance.setCurrentIndex(again.distance.findText("3 m"))
    assert told[-1] == replace(window.settings, introduced=True, viewing_distance_m=3.0)
    window.press("Settings")
    assert settings_page(window).distance.currentText() == "3 m"


def test_a_distance_written_by_hand_is_offered(qapp: QApplication) -> None:
    assert FirstRunPage({}, 2.2).distance.currentText() == "2.2 m"


def test_the_wheel_leaves_the_distance_alone(page: FirstRunPage) -> None:
    before = page.distance.currentIndex()
    no_buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), no_buttons, NOWHERE, phase, False)
    QApplication.sendEvent(page.distance, event)
    assert page.distance.currentIndex() == before


def test_it_shows_the_first_stretch(page: FirstRunPage) -> None:
    figure = page.findChild(Figure)
    assert isinstance(figure, Figure)
    assert figure.accessibleName()


@pytest.mark.parametrize("size", [(800, 500), (600, 900), (1920, 1080)])
def test_nothing_is_wider_than_the_window(make_window: Callable[..., WindowStage], size: tuple[int, int]) -> None:
    window = make_window(size=size)
    window.view.introduce()
    settle()
    page = introduction(window)
    assert page.width() <= window.frame.width()
    for button in window.buttons():
        assert button.width() >= button.sizeHint().width()
