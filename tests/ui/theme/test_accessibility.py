"""What a screen reader finds, and a whole session without a pointer."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QScrollBar,
    QSlider,
    QWidget,
)

from stretchplayer.player.state import State
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.ui.pages.first_run import STEPS
from stretchplayer.ui.player.ring import Ring
from stretchplayer.ui.player.view import PlayerView
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.widgets.question import Question
from tests.ui.stage import WindowStage, assert_nothing_is_clipped, settle

Key = Qt.Key
Role = QAccessible.Role
MakeWindow = Callable[..., WindowStage]
PAGES = ("Introduction", "Today", "exercise", "routine", "Settings", "Before you start", "player", "question", "finish")
CONTROLS = {Role.Button, Role.CheckBox, Role.ComboBox, Role.Slider, Role.RadioButton, Role.PageTab, Role.Dialog}
TOLD = {Role.Graphic, Role.ProgressBar, Role.StaticText}


def go_to(window: WindowStage, page: str) -> None:
    """Show one page, with its pictures."""
    if page == "Introduction":
        window.view.introduce()
    elif page == "exercise":
        window.view.today.preview_requested.emit(0)
    elif page == "routine":
        window.view.today.routine_requested.emit()
    elif page in {"player", "question"}:
        window.play_to(PhaseKind.HOLD, into_ms=1000)
        if page == "question":
            window.key(Key.Key_Escape)
    elif page == "finish":
        window.play()
        window.session.stop()
    elif page != "Today":
        window.press(page)
    settle()


def walk(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """The interface and everything visible below it."""
    if interface.state().invisible:
        return
    yield interface
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None:
            yield from walk(child)


def described(widget: QWidget) -> QAccessibleInterface:
    """What a screen reader finds in place of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface


def name_of(interface: QAccessibleInterface) -> str:
    return interface.text(QAccessible.Text.Name)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_on_a_page_is_without_a_name(window: WindowStage, page: str) -> None:
    window.view.notice.tell("Something.")
    go_to(window, page)
    found = list(walk(described(window.frame)))
    controls = [one for one in found if one.role() in CONTROLS and not isinstance(one.object(), QScrollBar)]
    assert controls
    for one in controls:
        assert name_of(one), one.object()
    for one in found:
        thing = one.object()
        if one.role() in TOLD and isinstance(thing, QWidget) and not (isinstance(thing, QLabel) and not thing.text()):
            assert name_of(one) or getattr(thing, "text", None) == "", thing


@pytest.mark.parametrize("page", PAGES)
def test_whatever_takes_the_focus_has_a_name(window: WindowStage, page: str) -> None:
    go_to(window, page)
    seen = set()
    for _ in range(100):
        window.key(Key.Key_Tab)
        focused = window.app.focusWidget()
        assert focused is not None
        assert focused.isVisible()
        assert name_of(described(focused)), focused
        seen.add(focused)
    usable = {
        widget
        for widget in window.frame.findChildren(QWidget)
        if isinstance(widget, (QAbstractButton, QComboBox, QSlider))
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and (page != "question" or isinstance(widget.parent(), Question))
    }
    assert usable <= seen


def test_the_player_s_drawings_say_what_they_are(window: WindowStage) -> None:
    go_to(window, "player")
    roles = {one.role(): one for one in walk(described(window.player))}
    assert {Role.Graphic, Role.ProgressBar, Role.StaticText, Role.Button} <= set(roles)
    ring = described(window.player.ring)
    assert ring.role() is Role.ProgressBar
    assert name_of(ring) == "HOLD"
    assert ring.text(QAccessible.Text.Value) == window.player.ring.face.digits != ""


def test_what_the_ring_is_called_doesn_t_change_every_second(window: WindowStage) -> None:
    ring = window.play().findChild(Ring)
    assert isinstance(ring, Ring)
    window.play_to(PhaseKind.HOLD, into_ms=1000)
    before = (ring.accessibleName(), ring.accessible_value())
    window.run_for(2000)
    assert ring.accessibleName() == before[0]
    assert ring.accessible_value() != before[1]


def test_an_announcement_is_made_only_where_somebody_listens(
    window: WindowStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    for active, count in ((False, 0), (True, 1)):
        monkeypatch.setattr(QAccessible, "isActive", lambda active=active: active)
        accessible.announce(window.frame, "Hold.")
        assert len(told) == count
    announced = told[0]
    assert isinstance(announced, QAccessibleAnnouncementEvent)
    assert announced.message() == "Hold."
    assert announced.politeness() is QAccessible.AnnouncementPoliteness.Polite


def follows_along(window: WindowStage) -> bool:
    return window.player.autoFillBackground()


def test_a_whole_session_takes_nothing_but_the_keyboard(window: WindowStage) -> None:
    window.view.introduce()
    settle()
    for _step in STEPS:
        window.key(Key.Key_Return)
    assert window.in_state(State.PREPARE)
    window.key(Key.Key_Space)
    assert window.in_state(State.PAUSED)
    window.key(Key.Key_Space)
    window.run_for(10_000)
    window.key(Key.Key_F)
    assert follows_along(window)
    window.key(Key.Key_Down)
    window.key(Key.Key_Up)
    window.key(Key.Key_Escape)
    assert not follows_along(window)
    window.key(Key.Key_Escape)
    assert window.player.question.isVisible()
    window.key(Key.Key_Space)
    for _ in window.timeline.phases:
        if not window.in_state(State.FINISHED):
            window.key(Key.Key_Right)
    assert window.in_state(State.FINISHED)
    window.key(Key.Key_Return)
    assert window.view.today.start_button.hasFocus()


# Sizes


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("size", [(1060, 720), (1920, 1080)])
@pytest.mark.parametrize("page", [page for page in PAGES if page not in {"player", "question"}])
def test_letters_of_twice_the_size_are_not_clipped(make_window: MakeWindow, page: str, size: tuple[int, int]) -> None:
    window = make_window(size=size)
    go_to(window, page)
    assert (window.frame.width(), window.frame.height()) == size
    assert_nothing_is_clipped(window)


def test_today_fits_the_smallest_window_without_scrolling(make_window: MakeWindow) -> None:
    window = make_window(size=(800, 500))
    go_to(window, "Today")
    assert not any(bar.isVisible() for bar in window.frame.findChildren(QScrollBar))


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_is_aimed_at_is_large_enough(make_window: MakeWindow, page: str) -> None:
    window = make_window(size=(800, 500))
    go_to(window, page)
    least = 44 if page in {"player", "question"} else 24
    for widget in window.frame.findChildren(QWidget):
        if not isinstance(widget, (QAbstractButton, QComboBox, QSlider)) or not widget.isVisible():
            continue
        inside = isinstance(widget.parent(), (PlayerView, Question))
        assert widget.height() >= (least if inside else 24), widget
        assert widget.width() >= (least if inside else 24), widget
