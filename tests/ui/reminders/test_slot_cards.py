"""The slot cards of the Today page, and their menu."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from stretchplayer.reminders.slots import SlotState, SlotView
from stretchplayer.ui.reminders.pause_dialog import PauseDialog
from stretchplayer.ui.reminders.slot_cards import SlotCard, around_now
from stretchplayer.ui.reminders.slot_mark import SlotMark
from stretchplayer.ui.text.slots import ReminderStatus
from tests.ui.reminder_stage import DONE, DUE, NOW, TODAY, USUAL, view
from tests.ui.stage import WindowStage, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
"""Offscreen, Qt can't grab the keyboard for a menu and warns."""
MakeWindow = Callable[..., WindowStage]
PAUSED = ReminderStatus(slots=(view(20, SlotState.PAUSED),), now=NOW, paused_until=TODAY + timedelta(days=9))
FIVE = tuple(view(hour, SlotState.COMING) for hour in (18, 19, 20, 21, 22))


def cards_of(window: WindowStage) -> list[SlotCard]:
    return [card for card in window.view.today.reminders.findChildren(SlotCard) if card.isVisible()]


def states(window: WindowStage) -> list[str]:
    return [card.state.text() for card in cards_of(window) if card.isVisible()]


def test_a_card_for_each_slot_of_today(window: WindowStage) -> None:
    assert not cards_of(window)
    window.view.show_reminders(USUAL)
    settle()
    assert states(window) == ["Done at 08:12", "In 2 h 40 min"]
    assert [card.time.text() for card in cards_of(window)] == ["08:00", "20:00"]
    assert [card.part.text() for card in cards_of(window)] == ["Morning", "Evening"]
    assert cards_of(window)[0].accessibleName() == "Morning, 08:00 · Done at 08:12"
    window.view.show_reminders(replace(USUAL, slots=(DONE,)))
    settle()
    assert states(window) == ["Done at 08:12"]
    window.view.show_reminders(replace(USUAL, enabled=False))
    settle()
    assert not cards_of(window)


def test_where_there_are_two_routines_a_card_says_what_is_next(window: WindowStage) -> None:
    window.view.show_reminders(USUAL)
    window.view.today.reminders.name_routines(lambda at: "On a chair" if at.hour > 13 else "Hips")
    settle()
    assert states(window) == ["Done at 08:12", "On a chair"]
    assert cards_of(window)[1].accessibleName() == "Evening, 20:00 · In 2 h 40 min. On a chair"


def test_the_routine_of_the_evening_is_started_in_the_morning(window: WindowStage) -> None:
    evening, started = view(20, SlotState.COMING), list[time]()
    window.view.show_reminders(replace(USUAL, slots=(view(17, SlotState.DUE), evening)))
    window.view.today.reminders.start_requested.connect(started.append)
    window.view.today.reminders.name_routines(lambda _at: "Hips")
    settle()
    menus = [open_menu(window, number) for number in (0, 1)]
    assert "Start now" not in [action.text() for action in menus[0].actions()], "the button does that"
    choose(menus[1], "Start now")
    settle()
    assert started == [time(20)]


def test_of_many_slots_those_around_now_are_shown(make_window: MakeWindow) -> None:
    window = make_window()
    many = ReminderStatus(slots=(DONE, view(11, SlotState.MISSED), view(17, SlotState.DUE), *FIVE), now=NOW)
    window.view.show_reminders(many)
    settle()
    assert [card.time.text() for card in cards_of(window)] == ["11:00", "17:00", "18:00", "19:00"]
    assert "and 4 more today" in window.texts()
    window.resize(800, 500)
    assert [card.time.text() for card in cards_of(window)] == ["11:00", "17:00"]
    assert "and 6 more today" not in window.texts()
    window.resize(1060, 720)
    assert len(cards_of(window)) == 4


def test_the_one_that_matters_is_the_next() -> None:
    assert [each.slot.at.hour for each in around_now((DONE, *FIVE), 1)] == [18]
    assert [each.slot.at.hour for each in around_now((DONE, DONE), 1)] == [8]


@pytest.mark.parametrize(
    ("views", "times"),
    [
        (FIVE, [18, 19]),
        ((DONE, *FIVE), [8, 18]),
        ((DONE, DONE, DONE), [8, 8]),
        ((DONE, DONE, *FIVE[:1]), [8, 18]),
        ((), []),
    ],
)
def test_which_slots_are_around_now(views: tuple[SlotView, ...], times: list[int]) -> None:
    assert [each.slot.at.hour for each in around_now(views, 2)] == times


@pytest.mark.parametrize("size", [(800, 500), (1060, 720), (3840, 2160), (1080, 1920)])
def test_the_cards_leave_room_for_everything_else(make_window: MakeWindow, size: tuple[int, int]) -> None:
    window = make_window(size=size)
    window.view.show_reminders(DUE)
    settle()
    assert (window.frame.width(), window.frame.height()) == size
    for card in cards_of(window):
        for label in (card.part, card.state, card.time):
            assert label.width() >= label.sizeHint().width(), label.text()
            assert label.height() >= label.sizeHint().height(), label.text()
    start = window.button("Start")
    assert start.mapTo(window.frame, start.rect().bottomLeft()).y() <= size[1]


@pytest.mark.parametrize("sizes", [[(1920, 1080), (700, 400)], [(1060, 720), (480, 700), (700, 400)], [(692, 271)]])
def test_the_cards_come_to_rest_in_any_width(make_window: MakeWindow, sizes: list[tuple[int, int]]) -> None:
    """A scroll bar that took the room of a card, and came and went with it, ended the program."""
    window = make_window(size=(1060, 720))
    window.view.show_reminders(DUE)
    settle()
    for size in sizes:
        window.resize(*size)
        settle()
        assert all(card.state.width() >= card.state.sizeHint().width() for card in cards_of(window))


@pytest.fixture
def commands(window: WindowStage) -> list[tuple[str, object]]:
    """The commands emitted."""
    made: list[tuple[str, object]] = []
    commands = window.view.today.reminders.menu
    commands.snooze_requested.connect(lambda minutes: made.append(("snooze", minutes)))
    commands.skip_requested.connect(lambda: made.append(("skip", None)))
    commands.mark_requested.connect(lambda slot, done: made.append((slot.key, done)))
    commands.not_today_requested.connect(lambda: made.append(("not today", None)))
    commands.pause_requested.connect(lambda day: made.append(("pause", day)))
    commands.library_requested.connect(lambda: made.append(("library", None)))
    commands.resume_requested.connect(lambda: made.append(("resume", None)))
    return made


def open_menu(window: WindowStage, number: int = 0) -> QMenu:
    """Open the menu of a card, of those that have one."""
    card = [card for card in cards_of(window) if card.more.isVisible()][number]
    card.more.setFocus()
    window.key(Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, *words: str) -> None:
    """Choose an entry and one of its submenu; AssertionError if there is none of that name."""
    for word in words:
        action = next((action for action in menu.actions() if action.text() == word), None)
        assert action is not None, word
        following = action.menu()
        if isinstance(following, QMenu):
            menu = following
        else:
            action.trigger()


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (("Snooze", "5 min"), ("snooze", 5)),
        (("Snooze", "10 min"), ("snooze", 10)),
        (("Snooze", "30 min"), ("snooze", 30)),
        (("Snooze", "1 h"), ("snooze", 60)),
        (("Snooze", "Until I'm back"), ("snooze", None)),
        (("Another routine…",), ("library", None)),
        (("Skip afternoon",), ("skip", None)),
        (("I did it already",), ("2026-11-24T17:00", True)),
        (("Skip today",), ("not today", None)),
        (("Pause reminders…", "Until tomorrow"), ("pause", TODAY + timedelta(days=1))),
        (("Pause reminders…", "For a week"), ("pause", TODAY + timedelta(days=7))),
    ],
)
def test_what_can_be_done_about_a_slot_that_is_due(
    window: WindowStage, commands: list[tuple[str, object]], words: tuple[str, ...], command: tuple[str, object]
) -> None:
    window.view.show_reminders(DUE)
    settle()
    menu = open_menu(window)
    choose(menu, *words)
    menu.close()
    settle()
    assert commands == [command]


def test_a_slot_of_today_that_is_over_is_marked_as_done_and_that_undone(
    window: WindowStage, commands: list[tuple[str, object]]
) -> None:
    for state, entry in ((SlotState.MISSED, "I did it already"), (SlotState.MARKED_DONE, "Undo “I did it already”")):
        window.view.show_reminders(replace(USUAL, slots=(view(8, state), *USUAL.slots[1:])))
        settle()
        menu = open_menu(window)
        assert [action.text() for action in menu.actions()] == [entry]
        choose(menu, entry)
        menu.close()
        settle()
    assert "Marked as done" in window.texts()
    assert commands == [("2026-11-24T08:00", True), ("2026-11-24T08:00", False)]


def test_a_slot_that_comes_can_t_be_skipped_yet_and_a_pause_can_be_ended(
    window: WindowStage, commands: list[tuple[str, object]]
) -> None:
    window.view.show_reminders(USUAL)
    settle()
    menu = open_menu(window)
    assert [action.text() for action in menu.actions()] == ["I did it already", "Skip today", "Pause reminders…"]
    menu.close()
    window.view.show_reminders(PAUSED)
    settle()
    menu = open_menu(window)
    assert [action.text() for action in menu.actions()] == ["I did it already", "Resume reminders"]
    choose(menu, "Resume reminders")
    menu.close()
    settle()
    assert commands == [("resume", None)]


def test_a_day_that_is_over_has_no_menu(window: WindowStage) -> None:
    window.view.show_reminders(replace(USUAL, slots=(DONE,)))
    settle()
    assert not any(card.more.isVisible() for card in cards_of(window))


def test_a_pause_until_a_date(window: WindowStage, commands: list[tuple[str, object]]) -> None:
    window.view.show_reminders(USUAL)
    settle()
    menu = open_menu(window)
    choose(menu, "Pause reminders…", "Until a date…")
    menu.close()
    settle()
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, PauseDialog))
    assert dialog.day.minimumDate() == QDate(2026, 11, 25)
    assert dialog.day.date() == QDate(2026, 12, 1)
    dialog.day.setDate(QDate(2026, 12, 24))
    dialog.accept()
    settle()
    assert commands == [("pause", date(2026, 12, 24))]


def test_a_pause_that_is_thought_better_of(qapp: QApplication) -> None:
    assert qapp is not None
    dialog = PauseDialog(TODAY)
    chosen: list[date] = []
    dialog.chosen.connect(chosen.append)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
    assert chosen == []


def test_every_state_has_a_mark_of_its_own(qapp: QApplication) -> None:
    assert qapp is not None
    mark = SlotMark()
    mark.setFixedSize(40, 40)
    pictures = set()
    for state in SlotState:
        mark.show_state(state)
        picture = mark.grab().toImage()
        # Without colours: nobody has to tell them apart by those.
        grey = [picture.pixelColor(x, y).lightness() // 64 for x in range(0, 40, 2) for y in range(0, 40, 2)]
        pictures.add(tuple(grey))
    assert len(pictures) == len(SlotState)
