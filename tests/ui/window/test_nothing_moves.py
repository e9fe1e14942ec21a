"""Nothing under the pointer moves as a reaction to a click, or on its own."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QScrollArea, QSlider, QWidget

from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.ui.pages.finish_page import Background
from stretchplayer.ui.pages.first_run import SET_UP, FirstRunPage
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.reminders.times_editor import TimesEditor
from tests.progress_data import a_week, report_of
from tests.ui.stage import NOWHERE, WindowStage, child, settle, told

Places = dict[QWidget, QPoint]
PAGES = ("Today", "Progress", "Settings", "introduction", "finish", "reach")


@pytest.fixture
def stage(window: WindowStage) -> WindowStage:
    pages = window.view.progress
    pages.report_requested.connect(lambda _weeks: pages.show_report(report_of(a_week())))
    return window


def go_to(stage: WindowStage, page: str) -> None:
    if page == "introduction":
        stage.view.introduce()
    elif page == "finish":
        stage.play()
        stage.session.stop()
    elif page == "reach":
        stage.view.progress.measure()
    else:
        stage.press(page)
    settle()


def places(stage: WindowStage) -> Places:
    """Where everything is that can be clicked on, without the notice itself."""
    return {
        part: part.mapTo(stage.frame, QPoint(0, 0))
        for part in stage.frame.findChildren(QWidget)
        if isinstance(part, QAbstractButton | QComboBox | QSlider)
        and part.isVisible()
        and not stage.view.notice.isAncestorOf(part)
    }


@pytest.mark.parametrize("page", PAGES)
def test_a_notice_comes_and_goes_over_the_page(stage: WindowStage, page: str) -> None:
    go_to(stage, page)
    before = places(stage)
    for number in range(3):
        stage.view.notice.tell(f"Something went wrong with file number {number}, which is not the first one.")
    settle()
    assert places(stage) == before
    assert stage.button("OK").isVisible()
    stage.press("OK")
    assert places(stage) == before


def area_of(stage: WindowStage, part: QWidget) -> QRect:
    return QRect(part.mapTo(stage.frame, QPoint(0, 0)), part.size())


@pytest.mark.parametrize("size", [(480, 280), (800, 500), (1366, 768)])
def test_a_notice_leaves_title_and_buttons_of_a_page(stage: WindowStage, size: tuple[int, int]) -> None:
    stage.resize(*size)
    stage.press("Change or print")
    stage.view.notice.tell("Something went wrong.")
    settle()
    title = next(label for label in stage.view.routines.page.findChildren(QLabel) if label.text() == "Hamstring trio")
    buttons = [stage.button(name) for name in ("Start", "Print…", "Save as PDF…", "Back")]
    notice = area_of(stage, stage.view.notice)
    assert not any(notice.intersects(area_of(stage, part)) for part in (title, *buttons))
    assert stage.frame.rect().contains(notice)


def test_undo_stands_beside_what_it_undoes(stage: WindowStage) -> None:
    undone: list[str] = []
    notice = stage.view.notice
    notice.tell("Saved as a.pdf.")
    notice.offer_undo("A is as the routine says again.", lambda: undone.append("A"))
    notice.tell("Something went wrong.")
    settle()
    undo, close = (area_of(stage, stage.button(name)) for name in ("Undo", "OK"))
    assert (undo.top(), undo.bottom()) == (close.top(), close.bottom())
    labels = {label.text(): area_of(stage, label) for label in notice.findChildren(QLabel)}
    beside = [text for text, area in labels.items() if area.top() <= undo.center().y() <= area.bottom()]
    assert beside == ["A is as the routine says again."]
    assert told(notice) == ["Saved as a.pdf.", "Something went wrong.", "A is as the routine says again."]
    stage.press("Undo")
    assert undone == ["A"]
    assert told(notice) == ["Saved as a.pdf.", "Something went wrong."]


def test_a_notice_leaves_the_player_whole(stage: WindowStage) -> None:
    stage.view.notice.tell("Something went wrong.")
    stage.play()
    assert stage.player.mapTo(stage.view, QPoint(0, 0)).y() == stage.view.notice.height()
    stage.press("OK")
    assert stage.player.size() == stage.view.size()


def test_what_comes_from_the_history_moves_no_question(stage: WindowStage) -> None:
    go_to(stage, "finish")
    before = places(stage)
    stage.view.progress.show_background((), Background(hold_s=30, longer_hold_s=35))
    settle()
    assert before.items() <= places(stage).items()


def test_a_click_on_an_answer_scrolls_nothing(stage: WindowStage) -> None:
    stage.resize(800, 500)
    go_to(stage, "finish")
    before = places(stage)
    QTest.mouseClick(
        stage.view.progress.finish.questions.back.findChildren(QAbstractButton)[3], Qt.MouseButton.LeftButton
    )
    settle()
    assert places(stage) == before


def test_what_follows_an_offer_stays_when_it_is_answered(stage: WindowStage) -> None:
    stage.play_to(PhaseKind.HOLD, into_ms=5_000)
    stage.session.stop()
    settle()
    stage.view.progress.show_background((), Background(hold_s=30, longer_hold_s=35))
    settle()
    offer = stage.view.progress.finish.offer
    height = offer.height()
    stage.press("Yes")
    assert offer.height() == height


def test_the_switch_that_appears_in_the_introduction_has_its_place(stage: WindowStage) -> None:
    go_to(stage, "introduction")
    page = child(stage.view, FirstRunPage)
    page.show_step(SET_UP)
    settle()
    before = places(stage)
    stage.autostart.report(False)
    settle()
    assert page.set_up.autostart.isVisible()
    assert before.items() <= places(stage).items()


def test_a_time_is_added_below_the_button(stage: WindowStage) -> None:
    go_to(stage, "Settings")
    add = child(stage.view, SettingsPage).reminders.times.add
    child(add.window(), QScrollArea).ensureWidgetVisible(add)
    settle()
    before = add.mapTo(stage.frame, QPoint(0, 0))
    QTest.mouseClick(add, Qt.MouseButton.LeftButton)
    settle()
    assert add.mapTo(stage.frame, QPoint(0, 0)) == before


def test_a_double_click_removes_one_time(stage: WindowStage) -> None:
    go_to(stage, "Settings")
    times = child(stage.view, TimesEditor)
    cross = times.rows[0].remove
    place = cross.rect().center()
    second = QMouseEvent(
        QEvent.Type.MouseButtonDblClick,
        place.toPointF(),
        cross.mapToGlobal(place).toPointF(),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        NOWHERE,
    )
    stage.app.sendEvent(cross, second)
    QTest.mouseRelease(cross, Qt.MouseButton.LeftButton)
    assert len(times.rows) == 2
