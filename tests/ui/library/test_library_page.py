"""The Library: cards to look at, search and choose, by pointer, keyboard and screen reader."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu

from stretchplayer.figure.side import Side
from stretchplayer.routine.dose import Dose, DoseSides, OwnDoses, with_doses
from stretchplayer.routine.library import RoutineFile
from stretchplayer.routine.routine import Exercise, Goal, Position, Routine, SideMode, Step, StepKind
from stretchplayer.routine.timeline import Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.ui.library.cards import RoutineCards
from stretchplayer.ui.library.library_page import LibraryPage
from stretchplayer.ui.library.routine_page import RoutinePage
from stretchplayer.ui.text.library import goal_label
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.question import Question
from tests.routine.shipped import hamstring_trio
from tests.ui.stage import WindowStage, child, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MakeWindow = Callable[..., WindowStage]
Key = Qt.Key
AccessibleText = Qt.ItemDataRole.AccessibleTextRole


def routine(routine_id: str, title: str, position: Position, *, hold_s: float = 30, pose: str | None = None) -> Routine:
    hold = Step(kind=StepKind.HOLD, text="Hold.", seconds=hold_s, pose=pose)
    exercise = Exercise(id="a", title="Tree", position=position, sides=SideMode.NONE, steps=(hold,))
    return Routine(id=routine_id, title=title, description="For a stiff neck.", exercises=(exercise,))


TRIO = RoutineFile(file_name="hamstring-trio.toml", is_own=False, routine=hamstring_trio())
STANDING = RoutineFile(
    file_name="up.toml", is_own=True, routine=routine("up", "Standing up", Position.STANDING, pose="standing")
)
LONG = RoutineFile(
    file_name="all.toml", is_own=True, routine=routine("all", "All day", Position.SITTING_ON_CHAIR, hold_s=3600)
)
BROKEN = RoutineFile(file_name="anna.toml", is_own=True, problem='anna.toml: "title" is missing.')
BAD_DAY = RoutineFile(
    file_name="bad.toml", is_own=False, routine=routine("bad", "Bad back day", Position.LYING_ON_BACK)
)
FILES = (BROKEN, STANDING, TRIO, LONG)


@pytest.fixture
def page(window: WindowStage) -> LibraryPage:
    """The page with four files, in the window."""
    return open_library(window)


def open_library(window: WindowStage, files: tuple[RoutineFile, ...] = FILES) -> LibraryPage:
    window.view.show_library()
    page = child(window.view, LibraryPage)
    page.cards.hover_timer.setInterval(3_600_000)  # the test says when the pointer has stayed long enough
    page.show_files(files, build_timeline)
    page.show_choice("hamstring-trio", "up")
    page.focus_cards()
    settle()
    return page


def shown(page: LibraryPage) -> list[str]:
    """The titles of the cards, in order."""
    cards = page.cards
    rows = (row for row in range(cards.model().rowCount()) if not cards.isRowHidden(row))
    return [cards.model().index(row, 0).data() for row in rows]


def spoken(page: LibraryPage, row: int) -> str:
    return str(page.cards.model().index(row, 0).data(AccessibleText))


def middle_of(page: LibraryPage, row: int) -> QPoint:
    return page.cards.visualRect(page.cards.model().index(row, 0)).center()


def point_at(page: LibraryPage, row: int) -> None:
    QTest.mouseMove(page.cards.viewport(), QPoint(1, 1))  # the pointer may be there since the test before
    QTest.mouseMove(page.cards.viewport(), middle_of(page, row))
    settle()


def choose(combo: QComboBox, text: str) -> None:
    index = combo.findText(text)
    assert index >= 0
    combo.setCurrentIndex(index)
    settle()


# Cards


def test_shipped_ones_come_first_and_broken_ones_last(page: LibraryPage) -> None:
    assert shown(page) == ["Hamstring trio", "All day", "Standing up", "anna.toml"]


def test_a_card_says_what_it_is(page: LibraryPage) -> None:
    assert spoken(page, 0) == "Hamstring trio. 8 min · Stretching. floor, chair. a sturdy chair, a towel. Mornings"
    assert spoken(page, 2) == "Standing up. 53 s · Stretching. standing. Evenings. Yours"
    assert spoken(page, 3) == 'anna.toml. anna.toml: "title" is missing.. Can\'t be used'


def test_only_cards_in_sight_are_asked_how_long_they_take(window: WindowStage) -> None:
    asked: list[Routine] = []

    def timeline_of(asked_for: Routine) -> Timeline:
        asked.append(asked_for)
        return build_timeline(asked_for)

    page = open_library(window, ())
    many = tuple(
        RoutineFile(
            file_name=f"{number}.toml", is_own=True, routine=routine(f"r{number}", f"No. {number}", Position.KNEELING)
        )
        for number in range(200)
    )
    page.show_files(many, timeline_of)
    settle()
    assert 3 <= len(asked) <= 60
    assert len(shown(page)) == 200


@pytest.mark.parametrize("size", [(480, 280), (800, 500), (1366, 768), (1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_cards_fill_the_width(make_window: MakeWindow, size: tuple[int, int], direction: Qt.LayoutDirection) -> None:
    window = make_window(size=size)
    window.view.setLayoutDirection(direction)
    page = open_library(window, (TRIO, *(replace(LONG, file_name=f"{number}") for number in range(20))))
    cards = page.cards
    across = cards.viewport().width() // cards.gridSize().width()
    first, last = (cards.visualRect(cards.model().index(row, 0)) for row in (0, across - 1))
    assert first.top() == last.top()
    assert first.united(last).width() >= cards.width() - 40
    assert cards.visualRect(cards.model().index(across, 0)).top() > first.top()


def picture(page: LibraryPage, row: int) -> QImage:
    cards = page.cards
    return cards.viewport().grab(cards.visualRect(cards.model().index(row, 0))).toImage()


def test_the_mark_of_the_morning_follows_the_choice(page: LibraryPage) -> None:
    before = [picture(page, row) for row in (0, 1, 3)]
    page.show_choice("all", "up")
    after = [picture(page, row) for row in (0, 1, 3)]
    assert [one != other for one, other in zip(before, after, strict=True)] == [True, True, False]


def test_the_picture_of_a_card_shows_what_is_played(page: LibraryPage) -> None:
    trio = hamstring_trio()
    doses = {"lying-leg-raise": Dose(left_out=True), "seated-hamstring-stretch": Dose(sides=DoseSides.LEFT)}
    before = page.cards.preview(trio)
    page.show_files(FILES, lambda routine: build_timeline(with_doses(routine, OwnDoses(exercises=doses))))
    after = page.cards.preview(trio)
    shown_ = [(each.exercise.id, each.side) for each in (before, after) if each.exercise]
    assert shown_ == [("lying-leg-raise", Side.RIGHT), ("seated-hamstring-stretch", Side.LEFT)]


def test_the_picture_shows_a_side_or_at_least_a_movement(page: LibraryPage) -> None:
    move = Step(kind=StepKind.MOVE, text="Up.", seconds=3, pose="leg-out")
    hold = replace(move, kind=StepKind.HOLD)
    still = Exercise(id="still", title="Still", position=Position.STANDING, sides=SideMode.NONE, steps=(hold,))
    moving = replace(still, id="moving", steps=(move, hold))
    sided = replace(still, id="sided", sides=SideMode.EACH)
    for number, exercises in enumerate(((still, moving, sided), (still, moving), (still,))):
        exercise = page.cards.preview(Routine(id=f"r{number}", title="R", exercises=exercises)).exercise
        assert exercise == exercises[-1]


def test_marks_in_two_rows_are_above_the_picture(page: LibraryPage) -> None:
    cards = page.cards
    index = cards.model().index(0, 0)
    card = cards.card_of(cards.visualRect(index))
    usual = cards.picture_of(card, index)
    page.show_choice("hamstring-trio", "hamstring-trio", {"hamstring-trio"})
    plates = cards.plates(card, index).values()
    assert len({plate.top() for plate in plates}) == 2
    assert not any(plate.intersects(cards.picture_of(card, index).adjusted(0, 1, 0, 0)) for plate in plates)
    assert cards.picture_of(card, index).bottom() == usual.bottom()


def test_very_long_words_stay_on_the_card(window: WindowStage) -> None:
    endless = routine("x", "Very long indeed " * 6, Position.STANDING)
    endless = replace(endless, exercises=(replace(endless.exercises[0], equipment=("a thing of some sort",) * 20),))
    page = open_library(window, (TRIO, replace(TRIO, routine=endless)))
    assert picture(page, 1).height() == picture(page, 0).height() <= 300


@pytest.mark.parametrize("size", [(800, 500), (1060, 720), (1366, 768), (1920, 1080), (3840, 2160)])
def test_what_is_needed_is_on_the_card(make_window: MakeWindow, size: tuple[int, int]) -> None:
    plain = routine("a", "Standing up", Position.STANDING, pose="standing")
    wall = replace(plain, id="b", exercises=(replace(plain.exercises[0], equipment=("a wall",)),))
    routines = (plain, replace(plain, id="c"), wall)
    files = (RoutineFile(file_name=f"{each.id}.toml", is_own=True, routine=each) for each in routines)
    page = open_library(make_window(size=size), tuple(files))
    without, with_it = (picture(page, row) for row in (1, 2))  # the first one has the focus
    assert without.size() == with_it.size()
    assert without != with_it


# What moves


def test_the_card_pointed_at_moves_and_has_a_menu(page: LibraryPage) -> None:
    cards = page.cards
    cards.hover_timer.setInterval(60_000)
    point_at(page, 2)
    assert not cards.moving.isVisible()
    assert cards.more.isVisible()
    assert cards.more.accessibleName() == "More about Standing up"
    settle_hover(cards)
    assert cards.moving.isVisible()
    assert cards.visualRect(cards.model().index(2, 0)).contains(cards.moving.geometry())
    QTest.mouseMove(cards.viewport(), QPoint(cards.viewport().width() - 1, cards.viewport().height() - 1))
    settle()
    QApplication.sendEvent(cards, QEvent(QEvent.Type.Leave))
    assert not cards.moving.isVisible()


def settle_hover(cards: RoutineCards) -> None:
    """Let the pointer have stayed long enough."""
    cards.hover_timer.timeout.emit()
    settle()


def test_the_card_with_the_focus_moves(page: LibraryPage, window: WindowStage) -> None:
    window.key(Key.Key_Right)
    settle_hover(page.cards)
    assert page.cards.currentIndex().row() == 1
    assert not page.cards.moving.isVisible(), "it has no picture"
    window.key(Key.Key_Right)
    settle_hover(page.cards)
    assert page.cards.moving.isVisible()


def test_a_broken_file_does_not_move(page: LibraryPage) -> None:
    point_at(page, 3)
    settle_hover(page.cards)
    assert not page.cards.moving.isVisible()
    assert not page.cards.more.isVisible()


# Search and choices


def test_the_search_finds_words_of_titles_and_exercises(page: LibraryPage) -> None:
    page.search.setText("tree stiff")
    assert shown(page) == ["All day", "Standing up"]
    page.search.setText("towel")
    assert shown(page) == ["Hamstring trio"]
    page.search.setText("missing")
    assert shown(page) == ["anna.toml"]


@pytest.mark.parametrize(
    ("place", "titles"),
    [
        ("Anywhere", ["Hamstring trio", "All day", "Standing up", "anna.toml"]),
        ("No floor", ["All day", "Standing up"]),
        ("On the floor", ["Hamstring trio"]),
        ("On a chair", ["All day"]),
        ("Standing", ["Standing up"]),
    ],
)
def test_places_can_be_chosen(page: LibraryPage, place: str, titles: list[str]) -> None:
    choose(page.place, place)
    assert shown(page) == titles


def test_lengths_can_be_chosen(page: LibraryPage) -> None:
    choose(page.minutes, "Up to 5 min")
    assert shown(page) == ["Standing up"]
    choose(page.minutes, "Up to 10 min")
    assert shown(page) == ["Hamstring trio", "Standing up"]


@pytest.mark.parametrize("goal", Goal)
def test_goals_can_be_chosen(page: LibraryPage, goal: Goal) -> None:
    files = [
        RoutineFile(
            file_name=f"{each}.toml", is_own=True, routine=replace(LONG.routine, id=each, title=each, goal=each)
        )
        for each in Goal
        if LONG.routine is not None
    ]
    page.show_files((TRIO, BROKEN, *files), build_timeline)
    choose(page.goal, goal_label(goal))
    without_a_goal = ["Hamstring trio"] if goal is Goal.STRETCHING else []
    assert shown(page) == [*without_a_goal, goal]


def test_a_length_is_compared_as_the_card_says_it(page: LibraryPage) -> None:
    files = [
        RoutineFile(
            file_name=f"{title}.toml", is_own=True, routine=routine(title, title, Position.STANDING, hold_s=hold_s)
        )
        for title, hold_s in (("Five", 300), ("Six", 320))
    ]
    page.show_files(files, build_timeline)
    assert "5 min" in spoken(page, 0)
    assert "6 min" in spoken(page, 1)
    choose(page.minutes, "Up to 5 min")
    assert shown(page) == ["Five"]


def chip(page: LibraryPage, words: str) -> WideButton:
    return next(each for each in page.chips if each.text() == words)


def test_what_is_asked_for_most_takes_one_click_and_another_takes_it_back(page: LibraryPage) -> None:
    assert [each.text() for each in page.chips] == ["Bad day", "No floor", "On a chair", "Standing", "On the floor"]
    chip(page, "No floor").click()
    assert shown(page) == ["All day", "Standing up"]
    chip(page, "Standing").click()
    assert shown(page) == ["Standing up"]
    assert [each.text() for each in page.chips if each.isChecked()] == ["Standing"]
    chip(page, "Standing").click()
    assert len(shown(page)) == len(FILES)


def test_small_windows_have_a_field_instead_of_buttons(make_window: MakeWindow) -> None:
    for size, roomy in (((800, 500), True), ((480, 280), False), ((480, 720), False)):
        page = open_library(make_window(size=size))
        assert {each.isVisible() for each in page.chips} == {roomy}
        assert page.place.isVisible() is not roomy


def ways(page: LibraryPage) -> list[str]:
    """What is offered where nothing fits."""
    settle()
    return [each.text() for each in page.findChildren(WideButton) if each.isVisible() and "”: " in each.text()]


def test_for_a_bad_day_without_the_floor_it_is_said_what_there_is(page: LibraryPage, window: WindowStage) -> None:
    page.show_files((*FILES, BAD_DAY), build_timeline)
    chip(page, "Bad day").click()
    assert shown(page) == ["Bad back day"]
    chip(page, "No floor").click()
    assert "No routine fits all of that." in window.texts()
    assert ways(page) == ["Without “No floor”: Bad back day", "Without “Bad day”: 2 routines"]
    window.press("Without “No floor”: Bad back day")
    assert shown(page) == ["Bad back day"]
    chip(page, "Bad day").click()
    page.search.setText("a bad day, no floor")
    assert ways(page) == ["Search for “bad day”: Bad back day", "Search for “no floor”: 2 routines"]
    window.press("Search for “no floor”: 2 routines")
    assert shown(page) == ["All day", "Standing up"]
    choose(page.minutes, "Up to 5 min")
    page.search.setText("all day")
    assert ways(page) == ["Without “all day”: 2 routines", "Without “Up to 5 min”: All day"]


def test_a_word_of_a_caution_is_marked(page: LibraryPage) -> None:
    careful = replace(routine("careful", "Up high", Position.STANDING), caution="Ask first if your balance is poor.")
    page.show_files((TRIO, RoutineFile(file_name="careful.toml", is_own=False, routine=careful)), build_timeline)
    page.search.setText("balance")
    assert shown(page) == ["Up high"]
    assert spoken(page, 1).endswith("Check this first")
    page.search.setText("up")
    assert not spoken(page, 1).endswith("Check this first")


def test_where_nothing_fits_a_button_shows_all(page: LibraryPage, window: WindowStage) -> None:
    choose(page.place, "Standing")
    page.search.setText("towel")
    settle()
    assert page.nothing.isVisible()
    assert "No routine fits all of that." in window.texts()
    page.search.setText("xylophone")
    choose(page.place, "Anywhere")
    assert "No routine fits." in window.texts()
    page.all.click()
    settle()
    assert len(shown(page)) == len(FILES)
    assert page.cards.hasFocus()


# Choosing


@pytest.fixture
def chosen(page: LibraryPage) -> list[str]:
    """What the page says was chosen, and how."""
    page.routine_chosen.disconnect()
    said: list[str] = []
    page.routine_chosen.connect(lambda routine: said.append(f"open {routine}"))
    page.start_requested.connect(lambda routine: said.append(f"start {routine}"))
    page.slot_chosen.connect(lambda slot, routine: said.append(f"{slot} {routine.id}"))
    page.folder_requested.connect(lambda: said.append("folder"))
    return said


def test_a_click_chooses_a_card(page: LibraryPage, chosen: list[str]) -> None:
    for row in (2, 3):
        QTest.mouseClick(page.cards.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(page, row))
    assert chosen == ["open up", "folder"]


def test_a_chosen_card_opens_the_page_of_its_routine(page: LibraryPage, window: WindowStage) -> None:
    window.key(Key.Key_Return)
    assert child(window.view, RoutinePage).isVisible()
    assert window.button("Library").isChecked()
    window.key(Key.Key_Escape)
    assert page.cards.hasFocus()


def test_keys_choose_a_card(page: LibraryPage, window: WindowStage, chosen: list[str]) -> None:
    assert page.cards.hasFocus()
    window.key(Key.Key_Return)
    window.key(Key.Key_End)
    window.key(Key.Key_Left)
    window.key(Key.Key_Space)
    assert chosen == ["open hamstring-trio", "open up"]


def test_a_key_that_repeats_chooses_once(page: LibraryPage, window: WindowStage, chosen: list[str]) -> None:
    window.hold_key(Key.Key_Return)
    assert chosen == ["open hamstring-trio"]


def test_letters_go_to_a_title_and_ctrl_f_to_the_search(page: LibraryPage, window: WindowStage) -> None:
    window.key(Key.Key_S)
    assert page.cards.currentIndex().data() == "Standing up"
    window.key(Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    page.search.setText("towel")
    window.key(Key.Key_Return)
    assert page.cards.hasFocus()
    assert page.cards.currentIndex().data() == "Hamstring trio"


def test_esc_clears_the_search_and_then_leaves(page: LibraryPage, window: WindowStage) -> None:
    page.search.setFocus()
    page.search.setText("towel")
    window.key(Key.Key_Escape)
    assert page.search.text() == ""
    assert page.isVisible()
    window.key(Key.Key_Escape)
    assert window.view.today.isVisible()
    window.view.show_library()
    window.key(Key.Key_Escape)
    assert window.view.today.isVisible()


def menu_of(page: LibraryPage) -> QMenu:
    settle()
    return next(menu for menu in page.findChildren(QMenu) if menu.isVisible())


def open_menu_by_key(page: LibraryPage) -> QMenu:
    place = QPoint(1, 1)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(page.cards.viewport(), QContextMenuEvent(reason, place, page.cards.mapToGlobal(place)))
    return menu_of(page)


def test_the_menu_starts_a_routine_or_makes_it_the_morning_s(page: LibraryPage, chosen: list[str]) -> None:
    menu = open_menu_by_key(page)
    actions = {action.text(): action for action in menu.actions()}
    assert actions["My routine for mornings"].isChecked()
    assert not actions["My routine for evenings"].isChecked()
    for words in ("Start", "My routine for evenings"):
        actions[words].trigger()
    menu.close()
    assert chosen == ["start hamstring-trio", "evenings hamstring-trio"]


def test_the_button_and_the_right_button_open_the_menu(page: LibraryPage, chosen: list[str]) -> None:
    point_at(page, 2)
    page.cards.more.click()
    menu = menu_of(page)
    menu.actions()[0].trigger()
    menu.close()
    settle()
    place = middle_of(page, 3)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(page.cards.viewport(), QContextMenuEvent(reason, place, page.cards.mapToGlobal(place)))
    menu = menu_of(page)
    menu.actions()[0].trigger()
    menu.close()
    assert chosen == ["start up", "folder"]


def test_there_is_no_menu_beside_the_cards(window: WindowStage) -> None:
    page = open_library(window, ())
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(page.cards.viewport(), QContextMenuEvent(reason, QPoint(1, 1), QPoint(1, 1)))
    settle()
    assert not any(menu.isVisible() for menu in page.findChildren(QMenu))


# Adding


def urls(*names: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(name) for name in names])
    return data


COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction


def test_files_are_added_by_dropping_them(page: LibraryPage) -> None:
    given: list[list[Path]] = []
    page.files_given.connect(given.append)
    data = urls("file:///a/One.TOML", "file:///a/notes.txt", "https://example.org/two.toml")
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), COPY | MOVE, data, buttons, keys)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(50, 50), COPY | MOVE, data, buttons, keys)
    QApplication.sendEvent(page, drop)
    assert drop.dropAction() is COPY, "it isn't taken away from where it was"
    assert given == [[Path("/a/One.TOML")]]
    notes = urls("file:///a/notes.txt")
    useless = QDragEnterEvent(QPoint(50, 50), COPY, notes, buttons, keys)
    QApplication.sendEvent(page, useless)
    assert not useless.isAccepted()


def test_a_file_is_added_by_the_button(page: LibraryPage, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[Path]] = []
    page.files_given.connect(given.append)
    monkeypatch.setattr(page.files, "file_to_open", lambda *what: what[-1](Path("/a/one.toml")))
    page.add.click()
    assert given == [[Path("/a/one.toml")]]


def test_nothing_is_replaced_without_a_question(page: LibraryPage, window: WindowStage) -> None:
    agreed: list[bool] = []

    def ask() -> Question:
        page.ask_to_replace("All day", lambda: agreed.append(True))
        return child(page, Question)

    ask()
    assert "Replace “All day”?" in window.texts()
    window.key(Key.Key_Return)
    assert agreed == [], "the careful answer has the focus"
    assert page.cards.hasFocus()
    ask().answered.emit(True)
    assert agreed == [True]
    ask()
    window.view.show_today()
    settle()
    assert page.findChildren(Question) == []
