"""The pages: what they say, what they change, and that nothing on them is clipped or interpreted."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QComboBox,
    QLabel,
    QScrollBar,
    QWidget,
)

from stretchplayer.player.state import State
from stretchplayer.routine.routine import Exercise, Position, Routine, SafetyNote, SideMode, Step, StepKind
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.ui.library.cards import RoutineCards
from stretchplayer.ui.pages.exercise_cards import ExerciseCard
from stretchplayer.ui.text.safety import RED_FLAGS
from stretchplayer.ui.theme import palette as theme
from tests.progress_data import a_week, report_of
from tests.ui.reminder_stage import DUE
from tests.ui.stage import HOLD, WindowStage, assert_nothing_is_clipped, one_exercise, settle

TRICKY = "<b>Bold</b> & <i>co</i> &amp; <img src=x>"
PAGES = ("Today", "Library", "Progress", "Settings", "Before you start", "player", "finish")
MakeWindow = Callable[..., WindowStage]


def go_to(window: WindowStage, page: str) -> None:
    if page == "player":
        window.play()
    elif page == "finish":
        window.play()
        window.session.stop()
    elif page != "Today":
        window.press(page)
    settle()


def tricky_timeline() -> Timeline:
    steps = (
        Step(kind=StepKind.MOVE, text=f"Move {TRICKY}", seconds=5),
        Step(kind=StepKind.HOLD, text=f"Hold {TRICKY}", seconds=10),
    )
    exercise = Exercise(
        id="a", title=TRICKY, position=Position.STANDING, setup=TRICKY, equipment=(TRICKY,), steps=steps, limb="a&rm"
    )
    return build_timeline(
        Routine(
            id="r",
            title=TRICKY,
            description=TRICKY,
            source=TRICKY,
            safety=(SafetyNote(text=TRICKY),),
            exercises=(exercise,),
        )
    )


# In line


def edges(window: WindowStage, widget: QWidget) -> tuple[int, int]:
    """Where what is painted of a widget begins and ends, across its middle; of a label, its room for words."""
    left, right = (widget.mapTo(window.frame, point) for point in (QPoint(0, 0), QPoint(widget.width() - 1, 0)))
    if isinstance(widget, QLabel):
        room = widget.contentsRect()
        return left.x() + room.left(), left.x() + room.right()
    picture, row = window.frame.grab().toImage(), left.y() + widget.height() // 2
    ground = window.app.palette().color(theme.GROUND)
    painted = [x for x in range(left.x(), right.x() + 1) if picture.pixelColor(x, row) != ground]
    return painted[0], painted[-1]


def test_today_is_in_line(make_window: MakeWindow) -> None:
    window = make_window(size=(1366, 768))
    window.view.show_reminders(DUE)
    settle()
    page, button = window.view.today, window.button
    cards, exercises = page.reminders.cards, page.cards.cards
    labels = [label for label in page.findChildren(QLabel) if label.text() in {"Good afternoon", "Hamstring trio"}]
    first = (*labels, cards[0], exercises[0], button("Before you start"))
    last = (button("Start full screen"), cards[1], exercises[-1], button("Change or print"))
    assert len(labels) == 2
    assert len({edges(window, part)[0] for part in first}) == 1
    assert len({edges(window, part)[1] for part in last}) == 1


@pytest.mark.parametrize("page", ["Library", "Progress", "Settings", "Before you start"])
def test_a_title_is_in_line_with_what_is_below(window: WindowStage, page: str) -> None:
    pages = window.view.progress
    pages.report_requested.connect(lambda _weeks: pages.show_report(report_of(a_week())))
    go_to(window, page)
    title = next(label for label in window.frame.findChildren(QLabel) if label.text() == page and label.isVisible())
    area = max(
        (each for each in window.frame.findChildren(QAbstractScrollArea) if each.isVisible()), key=QWidget.height
    )
    content = area.viewport().mapTo(window.frame, QPoint(0, 0)).x()
    if isinstance(area, RoutineCards):
        content += area.card_of(QRect(0, 0, 200, 200)).x()
    assert edges(window, title)[0] == content


# Every page


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_can_be_used_has_a_name(window: WindowStage, page: str) -> None:
    window.view.notice.tell("Something.")
    go_to(window, page)
    usable = [
        widget
        for widget in window.frame.findChildren(QWidget)
        if widget.isVisible()
        and isinstance(widget, (QAbstractButton, QComboBox, QAbstractSlider))
        and not isinstance(widget, QScrollBar)
    ]
    assert usable
    for widget in usable:
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        assert widget.accessibleName() or text, widget


@pytest.mark.parametrize(
    "size", [(683, 330), (800, 500), (1060, 720), (1920, 1080), (3840, 2160), (1080, 1920), (3440, 1440)]
)
@pytest.mark.parametrize("page", ["Today", "Library", "Settings", "Before you start", "finish"])
def test_no_page_clips_its_text(make_window: MakeWindow, page: str, size: tuple[int, int]) -> None:
    window = make_window(size=size)
    go_to(window, page)
    assert (window.frame.width(), window.frame.height()) == size
    assert_nothing_is_clipped(window)


@pytest.mark.parametrize("page", ["Today", "Before you start", "player", "finish"])
def test_text_of_a_routine_is_shown_as_it_is(make_window: MakeWindow, page: str) -> None:
    window = make_window(timeline=tricky_timeline())
    go_to(window, page)
    for label in window.frame.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()
        assert label.buddy() is None or "&" not in label.text()
    shown = [*window.texts(), *(child.accessibleName() for child in window.frame.findChildren(QWidget))]
    assert any(TRICKY in text for text in shown)
    assert not any("<b>" in button.text() or "&" in button.text() for button in window.buttons())


def test_plain_and_marked_up_text_look_different(window: WindowStage) -> None:
    """The markup is painted as text, so it is wider than it would be if interpreted."""
    window.view.today.show_timeline(one_exercise(HOLD, title="<b>A</b> & B"))
    settle()
    label = next(label for label in window.frame.findChildren(QLabel) if label.text() == "<b>A</b> & B")
    assert label.fontMetrics().horizontalAdvance("<b>A</b> & B") <= label.sizeHint().width() + 1


def test_tab_reaches_every_button_of_a_page(window: WindowStage) -> None:
    seen = set()
    for _ in range(12):
        window.key(Qt.Key.Key_Tab)
        seen.add(window.app.focusWidget())
    assert {"Start", "Start full screen", "Before you start", "Today", "Settings"} <= {
        widget.text() for widget in seen if isinstance(widget, QAbstractButton)
    }


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Enter])
def test_enter_and_space_press_the_buttons_of_a_page(window: WindowStage, key: Qt.Key) -> None:
    window.button("Before you start").setFocus()
    window.key(key)
    window.button("Back to Today").setFocus()
    window.key(key)
    window.button("Settings").setFocus()
    window.key(key)
    assert any(label == "Voice and sound" for label in window.texts())
    window.button("Today").setFocus()
    window.key(key)
    assert window.button("Start").isVisible()


# Today


def test_today_tells_what_it_takes(window: WindowStage) -> None:
    texts = window.texts()
    minutes = round(window.timeline.total_ms / 60_000)
    assert "Hamstring trio" in texts
    assert f"3 exercises · both legs · {minutes} min · have a sturdy chair and a towel at hand" in texts
    assert any("sitting, a sturdy chair" in text for text in texts)
    assert len(window.frame.findChildren(ExerciseCard)) == 3


def test_today_tells_of_one_short_exercise_without_sides(window: WindowStage) -> None:
    timeline = one_exercise(HOLD, sides=SideMode.NONE, title="Short")
    window.view.show_timeline(timeline)
    settle()
    facts = next(text for text in window.texts() if " · " in text)
    assert facts.startswith("1 exercise · ")
    assert "legs" not in facts
    assert "at hand" not in facts
    seconds = -(-timeline.total_ms // 1000)
    assert facts.endswith(f"{seconds} s" if seconds < 60 else f"1 min {seconds - 60} s")


def test_today_speaks_of_sides_where_there_are_arms(window: WindowStage) -> None:
    timeline = tricky_timeline()
    window.view.show_timeline(timeline)
    settle()
    assert any("both sides" in text for text in window.texts())


def test_the_start_button_has_the_focus_at_first_and_again(window: WindowStage) -> None:
    assert window.view.today.start_button.hasFocus()
    go_to(window, "finish")
    window.press("Done")
    assert window.view.today.start_button.hasFocus()


def test_a_session_can_be_played_again(window: WindowStage) -> None:
    go_to(window, "finish")
    window.press("Done")
    window.press("Start")
    assert window.session.phase is not None
    assert window.player.isVisible()


# Before you start


def test_safety_shows_every_note_and_the_source(window: WindowStage) -> None:
    window.press("Before you start")
    routine = window.timeline.routine
    for note in routine.safety:
        assert note.text in window.texts()
    assert set(RED_FLAGS) <= set(window.texts())
    assert f"Source: {routine.source}" in window.texts()
    window.press("Back to Today")
    window.view.show_timeline(one_exercise(HOLD))
    window.press("Before you start")
    assert not any(note.text in window.texts() for note in routine.safety)
    assert set(RED_FLAGS) <= set(window.texts()), "they hold for every routine"
    assert not any("Source" in text for text in window.texts())


def test_a_session_starts_below_the_safety_rules(window: WindowStage) -> None:
    window.press("Before you start")
    window.key(Qt.Key.Key_Return)
    assert window.in_state(State.PREPARE)


# The line that tells things once


def test_a_notice_tells_once_until_it_is_closed(window: WindowStage) -> None:
    notice = window.view.notice
    assert not notice.isVisible()
    notice.tell("One.")
    notice.tell("One.")
    notice.tell(TRICKY)
    assert notice.isVisible()
    assert f"One.\n{TRICKY}" in window.texts()
    assert notice.accessibleName() == f"One. {TRICKY}"
    window.press("OK")
    assert not notice.isVisible()
    notice.tell("One.")
    assert "One." in window.texts(), "what was closed is told again when it happens again"


def test_a_notice_goes_when_it_does_not_hold_any_more(window: WindowStage) -> None:
    notice = window.view.notice
    notice.tell("No sound.")
    notice.tell("No voice.")
    notice.withdraw("Something else.")
    notice.withdraw("No sound.")
    assert notice.accessibleName() == "No voice."
    notice.withdraw("No voice.")
    assert not notice.isVisible()


def test_what_was_just_done_is_of_no_interest_on_another_page(window: WindowStage) -> None:
    notice = window.view.notice
    notice.tell("No sound.")
    window.view.tell_saved("sheet.pdf")
    assert "sheet.pdf" in notice.accessibleName()
    window.view.show_settings()
    assert notice.accessibleName() == "No sound."


def test_many_notices_leave_room_for_the_page(make_window: MakeWindow) -> None:
    window = make_window(size=(800, 500))
    for number in range(40):
        window.view.notice.tell(
            f"The routine file number {number}.toml can't be used, because it is damaged in line 7."
        )
    settle()
    assert window.view.notice.height() <= 200
    start = window.button("Start")
    assert start.mapTo(window.frame, start.rect().bottomLeft()).y() <= 500
    assert window.button("OK").isVisible()
