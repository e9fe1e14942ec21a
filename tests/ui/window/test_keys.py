"""The keys that have a meaning outside a session, from whichever page and wherever the focus is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLabel, QLineEdit, QTimeEdit

from stretchplayer.progress.history import HistoryTotal
from stretchplayer.routine.attribution import Attribution
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.ui.pages.finish_page import Background
from stretchplayer.ui.pages.page import Page
from stretchplayer.ui.pages.progress_table_view import ProgressTableView
from tests.progress_data import a_week, report_of
from tests.ui.stage import WindowStage, child, settle

MANUAL = "# Manual"
Key = Qt.Key
BACK = {
    "Help": "Today",
    "Progress": "Today",
    "Settings": "Today",
    "Before you start": "Today",
    "About": "Settings",
    "introduction": "Settings",
    "exercise": "Today",
    "routine": "Today",
    "reach": "Today",
    "finish": "Today",
    "table": "Progress",
}
"""Where Esc leads from each page that is opened from another."""


@pytest.fixture
def stage(window: WindowStage) -> WindowStage:
    """A window that has every page."""
    view = window.view
    view.change_settings(introduced=True)
    view.help_requested.connect(lambda: view.show_help(MANUAL))
    view.progress.report_requested.connect(lambda _weeks: view.progress.show_report(report_of(a_week())))
    return window


def go_to(stage: WindowStage, page: str) -> None:
    view = stage.view
    view.show_today()
    settle()
    if page in {"Help", "Progress", "Settings", "Before you start"}:
        stage.press(page)
    elif page == "About":
        stage.press("Settings")
        view.show_about("1", [Attribution(name="a", licence="b", text="c", home="", source="")])
    elif page == "introduction":
        stage.press("Settings")
        stage.press("Show the introduction again")
    elif page == "exercise":
        view.today.preview_requested.emit(2)
    elif page == "routine":
        view.today.routine_requested.emit()
    elif page == "reach":
        view.progress.measure()
    elif page == "finish":
        stage.play_to(PhaseKind.HOLD, into_ms=30_000)
        stage.session.stop()
    elif page == "table":
        stage.press("Progress")
        stage.press("Show as a table")
    settle()


def shown(stage: WindowStage) -> str:
    """The title of the page that is shown."""
    page = next(page for page in stage.frame.findChildren(Page) if page.isVisible())
    if any(table.isVisible() for table in page.findChildren(ProgressTableView)):
        return "table"
    return next((label.text() for label in page.findChildren(QLabel) if label.isVisible()), "Help")


@pytest.mark.parametrize("page", BACK)
@pytest.mark.parametrize("in_navigation", [False, True])
def test_esc_leads_back(stage: WindowStage, page: str, in_navigation: bool) -> None:
    go_to(stage, BACK[page])
    before = shown(stage)
    go_to(stage, page)
    assert shown(stage) != before
    if in_navigation and not stage.view.is_introducing:
        stage.button("Today").setFocus()
    stage.key(Key.Key_Escape)
    assert shown(stage) == before
    assert stage.button(BACK[page] if page != "table" else "Progress").isChecked()


def test_help_leads_back_to_any_page(stage: WindowStage) -> None:
    for page in ("Today", *list(BACK)[1:]):
        go_to(stage, page)
        before = shown(stage)
        stage.key(Key.Key_F1)
        stage.key(Key.Key_F1)
        assert shown(stage) == "Help"
        stage.key(Key.Key_Escape)
        assert shown(stage) == before, page


def test_help_leads_to_today_when_the_page_before_it_is_gone(stage: WindowStage) -> None:
    go_to(stage, "Settings")
    stage.key(Key.Key_F1)
    stage.view.change_settings(viewing_distance_m=3.0)
    settle()
    stage.key(Key.Key_Escape)
    assert stage.view.today.isVisible()


def test_the_reach_leads_back_to_the_answers(stage: WindowStage) -> None:
    go_to(stage, "finish")
    stage.view.progress.show_background((), Background(reach_is_due=True))
    before = shown(stage)
    stage.press("Measure your reach")
    assert shown(stage) == "How far do you reach?"
    stage.key(Key.Key_Escape)
    assert shown(stage) == before


@pytest.mark.parametrize("page", ["Today", *sorted(BACK.keys() - {"introduction", "reach", "finish"})])
def test_f_starts_in_full_screen(stage: WindowStage, page: str) -> None:
    go_to(stage, page)
    stage.key(Key.Key_F)
    assert stage.frame.isFullScreen()
    assert stage.player.isVisible()


@pytest.mark.parametrize("page", ["introduction", "reach", "finish"])
def test_f_starts_nothing_where_something_is_asked(stage: WindowStage, page: str) -> None:
    go_to(stage, page)
    before = shown(stage)
    stage.key(Key.Key_F)
    assert not stage.frame.isFullScreen()
    assert shown(stage) == before


def test_f_is_a_letter_where_one_can_type(stage: WindowStage) -> None:
    go_to(stage, "Settings")
    times = next(field for field in stage.frame.findChildren(QTimeEdit) if field.isVisible())
    go_to(stage, "reach")
    distance = child(stage.frame, QDoubleSpinBox)
    for page, field in (
        ("Settings", times),
        ("reach", distance),
        ("finish", child(stage.view.progress.finish, QLineEdit)),
    ):
        go_to(stage, page)
        field.setFocus()
        assert QApplication.focusWidget() is field
        stage.key(Key.Key_F)
        assert not stage.frame.isFullScreen(), page


@pytest.mark.parametrize("key", [Key.Key_F, Key.Key_F1, Key.Key_Y, Key.Key_N])
def test_no_key_gets_past_the_introduction_or_a_question(window: WindowStage, key: Key) -> None:
    view = window.view
    view.introduce()
    if key is not Key.Key_F1:
        window.key(key)
        assert view.is_introducing
    assert not window.frame.isFullScreen()
    view.ask_to_resume("Resume?", "It was cut short.")
    window.key(key)
    view.progress.ask_to_erase(HistoryTotal())
    window.key(key)
    assert not window.frame.isFullScreen()
    assert shown(window) == "Good morning"


def test_a_session_that_starts_takes_a_question_away(window: WindowStage) -> None:
    erased: list[bool] = []
    window.view.progress.erase_requested.connect(lambda: erased.append(True))
    window.view.progress.ask_to_erase(HistoryTotal())
    window.play()
    window.key(Key.Key_Return)
    assert window.commands == ["toggle"]
    assert "Delete all of your progress?" not in window.texts()
    assert erased == []


@pytest.mark.parametrize("page", ["Today", "Settings", "Help"])
def test_ctrl_q_quits_from_any_page(stage: WindowStage, page: str) -> None:
    quits: list[bool] = []
    stage.view.quit_requested.connect(lambda: quits.append(stage.frame.isVisible()))
    go_to(stage, page)
    stage.key(Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert quits == [True], "it is told once, before the window closes"
    assert not stage.frame.isVisible()


def test_ctrl_q_during_a_session_asks_before(stage: WindowStage) -> None:
    quits: list[bool] = []
    stage.view.quit_requested.connect(lambda: quits.append(True))
    player = stage.play()
    stage.key(Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert quits == [True]
    assert stage.frame.isVisible()
    assert player.question.isVisible()
