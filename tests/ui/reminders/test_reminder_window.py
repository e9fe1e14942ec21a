"""The corner windows: the reminder, and the note that the program still runs."""

from collections.abc import Callable, Iterator
from datetime import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QCursor, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from stretchplayer.reminders.slots import SlotState
from stretchplayer.routine.dose import Dose, DoseSides, OwnDoses, with_doses
from stretchplayer.routine.routine import SideMode
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.reminders.corner_window import notifications_come_below
from stretchplayer.ui.reminders.reminder_window import ReminderWindow
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.window.background_note import BackgroundNote
from tests.posix import not_on_windows
from tests.shipped_poses import shipped_poses
from tests.ui.reminder_stage import USUAL, view
from tests.ui.stage import HOLD, WindowStage, one_exercise, settle, shipped_timeline, timer

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
DUE = view(20, SlotState.DUE)


class Foreground:
    """The reminder, and the commands it emitted."""

    def __init__(self) -> None:
        self.window = ReminderWindow(shipped_poses())
        self.commands: list[object] = []
        self.window.start_requested.connect(lambda: self.commands.append("start"))
        self.window.snooze_requested.connect(self.commands.append)
        self.window.done_requested.connect(lambda: self.commands.append("done"))
        self.window.skip_requested.connect(lambda: self.commands.append("skip"))
        self.window.not_today_requested.connect(lambda: self.commands.append("not today"))
        self.window.library_requested.connect(lambda: self.commands.append("library"))

    def invite(self) -> None:
        """Show the reminder."""
        self.window.invite(DUE, shipped_timeline())
        settle()

    def button(self, name: str) -> QAbstractButton:
        """The shown button with that text or name."""
        buttons = [each for each in self.window.findChildren(QAbstractButton) if each.isVisible()]
        return next(each for each in buttons if name in {each.text(), each.accessibleName()})

    def press(self, name: str) -> None:
        """Click a button."""
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)
        settle()


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[Foreground]:
    """A reminder that is shown, away from the pointer."""
    assert qapp is not None
    QCursor.setPos(0, 0)
    shown = Foreground()
    shown.invite()
    yield shown
    shown.window.close()
    shown.window.deleteLater()
    settle()


def texts(window: QWidget) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible() and label.text()]


def assert_unclipped(window: QWidget) -> None:
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in window.findChildren(WideButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()


def test_the_reminder_says_what_when_how_long_and_with_what(shown: Foreground) -> None:
    assert texts(shown.window) == [
        "Time for your evening exercises",
        "Hamstring trio · 8 min · 20:00",
        "Have a sturdy chair and a towel at hand",
    ]
    assert "Time for your evening exercises" in shown.window.accessibleName()
    assert "20:00" in shown.window.accessibleName()
    assert shown.window.findChildren(Figure)[0].accessibleName()
    assert_unclipped(shown.window)


def test_nothing_is_to_be_fetched_for_a_routine_without_equipment(shown: Foreground) -> None:
    shown.window.invite(DUE, one_exercise(HOLD, sides=SideMode.NONE, title="Short"))
    settle()
    assert len(texts(shown.window)) == 2


def test_the_reminder_takes_no_focus_and_no_key(shown: Foreground) -> None:
    flags = shown.window.windowFlags()
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert shown.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_X):
        QTest.keyClick(shown.window.focusWidget(), key)
    assert shown.commands == []
    assert shown.window.isVisible()


@pytest.mark.parametrize(
    ("name", "command"),
    [("Start", "start"), ("Snooze 10 min", 10), ("Skip evening", "skip")],
)
def test_each_button_does_what_it_says(shown: Foreground, name: str, command: object) -> None:
    shown.press(name)
    assert shown.commands == [command]


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("Snooze 5 min", 5),
        ("Snooze 30 min", 30),
        ("Snooze 1 h", 60),
        ("When I'm back", None),
        ("Another routine…", "library"),
        ("I did it already", "done"),
        ("Skip today", "not today"),
    ],
)
def test_other_times_are_one_click_further(shown: Foreground, name: str, command: object) -> None:
    before = shown.window.geometry()
    buttons = places(shown)
    shown.press("Other answers")
    assert shown.window.height() > before.height()
    assert buttons.items() <= places(shown).items(), "a second click would press another button"
    assert_unclipped(shown.window)
    shown.press(name)
    assert shown.commands == [command]
    shown.press("Other answers")
    assert shown.window.geometry() == before
    assert places(shown) == buttons


def places(shown: Foreground) -> dict[str, QPoint]:
    """Where the buttons are on the screen."""
    buttons = (button for button in shown.window.findChildren(QAbstractButton) if button.isVisible())
    return {button.text() or button.accessibleName(): button.mapToGlobal(button.rect().center()) for button in buttons}


def test_no_answer_hides_what_it_does(shown: Foreground) -> None:
    shown.press("Other answers")
    buttons = [each for each in shown.window.findChildren(QAbstractButton) if each.isVisible()]
    assert [each.accessibleName() for each in buttons if not each.text()] == ["Other answers"]


def test_escape_puts_the_other_answers_away_before_it_leaves_a_page(shown: Foreground, window: WindowStage) -> None:
    window.press("Settings")
    shown.press("Other answers")
    height = shown.window.height()
    window.key(Qt.Key.Key_Escape)
    assert shown.window.height() < height
    assert not window.view.today.isVisible()
    window.key(Qt.Key.Key_Escape)
    assert window.view.today.isVisible()
    assert shown.commands == []


def test_a_click_as_it_comes_up_under_the_pointer_is_none(shown: Foreground) -> None:
    window, skip = shown.window, shown.button("Skip evening")
    place = skip.mapTo(window, skip.rect().center())
    assert window.childAt(place) is skip
    QCursor.setPos(window.mapToGlobal(place))
    window.close()
    shown.invite()
    assert window.childAt(place) is not skip
    timer(window, "arrival").timeout.emit()
    assert window.childAt(place) is skip


def test_reminded_again_its_buttons_stay(shown: Foreground) -> None:
    shown.press("Other answers")
    buttons = places(shown)
    shown.invite()
    assert places(shown) == buttons


@not_on_windows("notifications come up in that corner")
def test_it_comes_up_in_the_corner(shown: Foreground) -> None:
    room = shown.window.screen().availableGeometry()
    corner = shown.window.geometry().bottomRight()
    assert (room.right() - corner.x(), room.bottom() - corner.y()) == (18, 18)
    assert shown.window.minimumSizeHint().width() <= shown.window.width()


@pytest.mark.parametrize("desktop", ["KDE", "LXQt"])
def test_it_leaves_the_corner_in_which_notifications_come_up(
    shown: Foreground, monkeypatch: pytest.MonkeyPatch, desktop: str
) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", desktop)
    shown.window.close()
    shown.invite()
    room = shown.window.screen().availableGeometry()
    corner = shown.window.geometry().topRight()
    assert (room.right() - corner.x(), corner.y() - room.top()) == (18, 18)
    buttons = places(shown)
    shown.press("Other answers")
    assert shown.window.geometry().topRight() == corner
    assert buttons.items() <= places(shown).items()


@pytest.mark.parametrize(
    ("platform", "desktop", "below"),
    [
        ("win32", "", True),
        ("darwin", "", False),
        ("linux", "XFCE", False),
        ("linux", "X:KDE", True),
        ("linux", "", False),
    ],
)
def test_where_notifications_come_up(platform: str, desktop: str, below: bool) -> None:
    assert notifications_come_below(platform, {"XDG_CURRENT_DESKTOP": desktop}) is below


def test_closed_by_the_window_manager_it_comes_again(shown: Foreground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QCloseEvent, "spontaneous", lambda _event: True)
    shown.window.close()
    assert shown.commands == [10]


def test_closed_by_the_program_nothing_is_wished(shown: Foreground) -> None:
    shown.window.close()
    assert shown.commands == []


@pytest.fixture
def set_text_sizes(qapp: QApplication) -> Iterator[Callable[[float], None]]:
    """Scales the system font."""
    usual = qapp.font()

    def make(times: float) -> None:
        large = QFont(usual)
        large.setPointSizeF(usual.pointSizeF() * times)
        qapp.setFont(large)
        settle()

    yield make
    qapp.setFont(usual)


def test_very_large_letters_leave_it_on_the_screen(shown: Foreground, set_text_sizes: Callable[[float], None]) -> None:
    set_text_sizes(4)
    shown.press("Other answers")
    assert_unclipped(shown.window)
    assert shown.window.screen().availableGeometry().contains(shown.window.geometry())


def test_it_grows_with_the_letters(shown: Foreground, set_text_sizes: Callable[[float], None]) -> None:
    before = shown.window.size()
    set_text_sizes(1.6)
    assert shown.window.height() > before.height()
    assert shown.window.width() > before.width()
    assert_unclipped(shown.window)
    room = shown.window.screen().availableGeometry()
    assert room.contains(shown.window.geometry())


@pytest.mark.parametrize("hour", [8, 13, 15, 20, 23])
def test_it_fits_every_part_of_the_day(shown: Foreground, hour: int) -> None:
    slot = view(hour, SlotState.DUE)
    assert slot.slot.at == time(hour)
    shown.window.invite(slot, shipped_timeline())
    settle()
    assert_unclipped(shown.window)


# The note


@pytest.fixture
def note(qapp: QApplication) -> Iterator[BackgroundNote]:
    assert qapp is not None
    note = BackgroundNote()
    yield note
    note.close()
    note.deleteLater()
    settle()


@pytest.mark.parametrize("has_tray", [True, False])
def test_the_note_says_what_goes_on_and_how_to_come_back(note: BackgroundNote, has_tray: bool) -> None:
    note.tell(USUAL, has_tray=has_tray)
    settle()
    words = texts(note)[1]
    assert words.startswith("Next at 20:00. ")
    assert "start stretch player again" in words.lower()
    assert ("tray" in words) is has_tray
    assert words in note.accessibleName()
    assert_unclipped(note)


def test_the_note_goes_when_it_is_read_or_after_a_while(note: BackgroundNote) -> None:
    quits: list[bool] = []
    note.quit_requested.connect(lambda: quits.append(True))
    note.tell(USUAL, has_tray=True)
    next(each for each in note.findChildren(WideButton) if each.text() == "Fine").click()
    assert not note.isVisible()
    note.tell(USUAL, has_tray=True)
    timer(note, "gone").timeout.emit()
    assert not note.isVisible()
    assert quits == []
    note.tell(USUAL, has_tray=True)
    next(each for each in note.findChildren(WideButton) if each.text() == "Quit instead").click()
    assert quits == [True]


def test_the_picture_shows_the_only_leg_that_works(shown: Foreground) -> None:
    trio = shipped_timeline().routine
    left = with_doses(trio, OwnDoses(exercises={trio.exercises[-1].id: Dose(sides=DoseSides.LEFT)}))
    shown.window.invite(DUE, build_timeline(left))
    figure = shown.window.findChild(Figure)
    assert figure is not None
    assert "left leg" in figure.accessibleName()
