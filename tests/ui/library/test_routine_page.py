"""The page of a routine: its exercises in the person's order, when it is theirs, and its sheet."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QPageLayout,
    QPdfWriter,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from stretchplayer.routine.dose import Dose, DoseSides, OwnDoses
from stretchplayer.routine.routine import Block
from stretchplayer.settings import Settings
from stretchplayer.ui.library import exercise_list
from stretchplayer.ui.library.exercise_list import MIME, ExerciseList, MovableCard
from stretchplayer.ui.library.exercise_page import ExercisePage
from stretchplayer.ui.library.routine_page import RoutinePage
from stretchplayer.ui.theme import accessibility
from stretchplayer.ui.widgets.switch import Switch
from tests.ui.library.routines import RICH
from tests.ui.stage import WindowStage, child, settle, told

MakeWindow = Callable[..., WindowStage]
Key = Qt.Key
ALT, NOWHERE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
MOVE = Qt.DropAction.MoveAction


def open_routine(window: WindowStage, **doses: Dose) -> RoutinePage:
    """The page of the routine, at these doses."""
    window.routines.known["rich"] = RICH
    if doses:
        window.routines.own["rich"] = OwnDoses(exercises=doses)
    window.view.routines.open("rich", window.view.show_today)
    settle()
    return window.view.routines.page


def cards(window: WindowStage) -> list[MovableCard]:
    return list(window.view.routines.page.list.cards.values())


def titles(window: WindowStage) -> list[str]:
    return [card.title.text() for card in cards(window)]


def test_the_page_shows_what_would_be_played(window: WindowStage) -> None:
    open_routine(window, turn=Dose(left_out=True), wall=Dose(hold_s=15))
    assert titles(window) == ["1  Bridge", "Seated turn", "2  Calf at the wall"]
    assert [card.mark.text() for card in cards(window)] == ["", "You leave it out", "Changed by you"]
    assert {"Ask first after surgery.", "For the back.", "A book.", "A. Physio"} <= set(window.texts())
    facts = next(text for text in window.texts() if "2 exercises" in text)
    assert facts.endswith("2 exercises · on your back · standing · have a wall at hand")
    assert window.button("Start").hasFocus()


def test_another_routine_is_shown_from_its_top(make_window: MakeWindow) -> None:
    window = make_window(size=(800, 400))
    page = open_routine(window)
    bar = child(page, QScrollArea).verticalScrollBar()
    for other in ("hamstring-trio", "rich"):
        bar.setValue(bar.maximum())
        assert bar.value() > 0
        window.view.routines.open(other, window.view.show_today)
        settle()
        assert bar.value() == 0


def test_an_exercise_is_pictured_with_the_leg_that_works(window: WindowStage) -> None:
    for dose, side in ((Dose(), "right"), (Dose(sides=DoseSides.LEFT), "left")):
        open_routine(window, wall=dose)
        assert f"{side} leg" in cards(window)[2].figure.accessibleName()


def test_an_exercise_opens_and_esc_leads_back_to_its_card(window: WindowStage) -> None:
    open_routine(window)
    cards(window)[1].click()
    settle()
    assert child(window.view, ExercisePage).isVisible()
    window.key(Key.Key_Escape)
    assert window.view.routines.page.isVisible()
    assert cards(window)[1].hasFocus()
    window.key(Key.Key_Escape)
    assert window.view.today.isVisible()


def test_today_leads_to_its_routine(window: WindowStage) -> None:
    window.press("Change or print")
    assert "Hamstring trio" in window.texts()
    assert window.view.routines.page.isVisible()
    window.press("Back")
    assert window.view.today.isVisible()


def test_start_plays_the_routine(window: WindowStage) -> None:
    asked: list[object] = []
    window.view.routine_chosen.connect(asked.append)
    window.view.start_requested.connect(lambda: asked.append("start"))
    open_routine(window)
    window.press("Start")
    assert asked == ["rich", "start"]


# Order


def test_alt_and_the_arrow_keys_move_an_exercise(window: WindowStage) -> None:
    open_routine(window)
    cards(window)[2].setFocus()
    window.key(Key.Key_Up, ALT)
    assert titles(window) == ["1  Bridge", "2  Calf at the wall", "3  Seated turn"]
    assert cards(window)[1].hasFocus()
    window.key(Key.Key_Up, ALT)
    window.key(Key.Key_Up, ALT)
    assert window.routines.own["rich"].order == ("wall", "bridge", "turn")
    assert "Changed by you" in window.texts()
    window.key(Key.Key_Down, ALT)
    window.key(Key.Key_Down, ALT)
    window.key(Key.Key_Down, ALT)
    assert window.routines.own["rich"] == OwnDoses()


def test_only_a_real_move_is_announced(window: WindowStage, monkeypatch: pytest.MonkeyPatch) -> None:
    announced: list[str] = []
    monkeypatch.setattr(accessibility, "announce", lambda _widget, text: announced.append(text))
    window.routines.known["rich"] = replace(
        RICH, blocks=(Block(exercises=("bridge",)), Block(exercises=("turn", "wall")))
    )
    window.view.routines.open("rich", window.view.show_today)
    settle()
    for card, key in ((1, Key.Key_Up), (0, Key.Key_Down)):
        cards(window)[card].setFocus()
        window.key(key, ALT)
    assert not [said for said in announced if "is now at place" in said]
    assert "Changed by you" not in window.texts()
    cards(window)[2].setFocus()
    window.key(Key.Key_Up, ALT)
    assert "2  Calf at the wall is now at place 2 of 3." in announced
    assert "Changed by you" in window.texts()


def dragged(exercise: str) -> QMimeData:
    data = QMimeData()
    data.setData(MIME, exercise.encode())
    return data


def drag_over(exercises: ExerciseList, data: QMimeData, y: float) -> bool:
    """Whether it could be dropped there."""
    kinds = (QDragEnterEvent, QDragMoveEvent)
    events = [kind(QPoint(20, round(y)), MOVE, data, Qt.MouseButton.LeftButton, NOWHERE) for kind in kinds]
    for event in events:
        QApplication.sendEvent(exercises, event)
    return all(event.isAccepted() for event in events)


def drop(exercises: ExerciseList, data: QMimeData, y: float) -> None:
    assert drag_over(exercises, data, y)
    QApplication.sendEvent(exercises, QDropEvent(QPointF(20, y), MOVE, data, Qt.MouseButton.LeftButton, NOWHERE))
    settle()


def test_an_exercise_is_dragged_to_another_place(window: WindowStage) -> None:
    page = open_routine(window)
    above, below = -5.0, page.list.height() + 5.0
    first = cards(window)[0].geometry()
    blank = page.list.grab().toImage()
    for y in (above, first.bottom() + 1.0, below):
        assert drag_over(page.list, dragged("wall"), y)
        assert page.list.grab().toImage() != blank, "a line shows where it would go"
    QApplication.sendEvent(page.list, QDragLeaveEvent())
    assert page.list.grab().toImage() == blank
    drop(page.list, dragged("wall"), above)
    assert titles(window) == ["1  Calf at the wall", "2  Bridge", "3  Seated turn"]
    drop(page.list, dragged("wall"), below)
    assert titles(window) == ["1  Bridge", "2  Seated turn", "3  Calf at the wall"]
    drop(page.list, dragged("turn"), first.center().y() - 2.0)
    assert window.routines.own["rich"].order == ("turn", "bridge", "wall")
    before = dict(window.routines.own)
    drop(page.list, dragged("turn"), first.center().y() + 2.0)
    assert window.routines.own == before, "it was dropped where it is"
    other = QMimeData()
    other.setText("a text")
    assert not drag_over(page.list, other, above)


def test_a_drag_begins_once_the_pointer_has_moved(window: WindowStage, monkeypatch: pytest.MonkeyPatch) -> None:
    open_routine(window)
    begun: list[str] = []

    class FakeDrag:
        def __init__(self, _card: object) -> None:
            self.what = ""

        def setMimeData(self, data: QMimeData) -> None:
            self.what = bytes(data.data(MIME).data()).decode()

        def setPixmap(self, _picture: object) -> None:
            """Not seen here."""

        def exec(self, _action: object) -> None:
            begun.append(self.what)

    monkeypatch.setattr(exercise_list, "QDrag", FakeDrag)
    card = cards(window)[1]
    middle = card.rect().center()
    QTest.mousePress(card, Qt.MouseButton.LeftButton, NOWHERE, middle)
    for way in (1, 60):
        place = QPointF(middle) + QPointF(way, 0)
        buttons = Qt.MouseButton.LeftButton
        moved = QMouseEvent(QEvent.Type.MouseMove, place, card.mapToGlobal(place), buttons, buttons, NOWHERE)
        QApplication.sendEvent(card, moved)
        assert begun == (["turn"] if way > 1 else [])
    QTest.mouseRelease(card, Qt.MouseButton.LeftButton, NOWHERE, middle)
    settle()
    assert window.view.routines.page.isVisible(), "what was dragged isn't opened"


# As the routine says, and when it is the person's


def test_as_the_routine_says_brings_all_back_and_can_be_undone(window: WindowStage) -> None:
    open_routine(window, turn=Dose(left_out=True), wall=Dose(hold_s=15))
    window.press("Reset to the routine")
    assert window.routines.own["rich"] == OwnDoses()
    assert titles(window) == ["1  Bridge", "2  Seated turn", "3  Calf at the wall"]
    assert "Reset to the routine" not in [button.text() for button in window.buttons()]
    assert told(window.view.notice) == ["All kinds is as it was written again."]
    window.press("Undo")
    assert titles(window) == ["1  Bridge", "Seated turn", "2  Calf at the wall"]


def test_a_dose_that_makes_the_routine_too_long_is_told(window: WindowStage) -> None:
    page = open_routine(window)
    window.view.routines.open_exercise("rich", "bridge", window.view.show_today)
    exercise = child(window.view, ExercisePage)
    exercise.dose_changed.emit(Dose(hold_s=3600, repetitions=100))
    settle()
    (sentence,) = told(window.view.notice)
    assert sentence.startswith("That is too much: it takes more than 12 hours")
    assert not window.routines.own
    assert page.list.cards


@pytest.mark.parametrize("slot", ["mornings", "evenings"])
def test_it_is_made_the_routine_of_the_mornings_or_the_evenings(window: WindowStage, slot: str) -> None:
    chosen: list[Settings] = []
    window.view.settings_changed.connect(chosen.append)
    page = open_routine(window)
    switch: Switch = getattr(page, slot)
    assert not switch.isChecked()
    switch.click()
    assert getattr(chosen[-1], slot) == "rich"
    assert switch.isChecked()
    assert told(window.view.notice) == [f"All kinds is your routine for {slot} now."]
    window.press("Undo")
    assert getattr(chosen[-1], slot) == "hamstring-trio"
    assert not switch.isChecked()
    switch.click()
    switch.click()
    assert getattr(chosen[-1], slot) == "hamstring-trio"
    assert not switch.isChecked()


# On paper


class Chooser:
    """Answers as told."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.asked: list[str] = []

    def place_to_save(
        self, _parent: object, _title: str, name: str, _kinds: str, take: Callable[[Path], object]
    ) -> None:
        self.asked.append(name)
        if self.path is not None:
            take(self.path)

    def printer(self, _parent: object, layout: QPageLayout) -> QPdfWriter | None:
        """A printer that prints into the file."""
        if self.path is None:
            return None
        printer = QPdfWriter(str(self.path))
        printer.setPageLayout(layout)
        return printer


def choose(window: WindowStage, path: Path | None) -> Chooser:
    chooser = Chooser(path)
    window.view.routines.files = chooser  # type: ignore[assignment]  # it answers the same questions
    return chooser


def test_the_sheet_is_saved_where_the_person_says(window: WindowStage, tmp_path: Path) -> None:
    open_routine(window)
    chooser = choose(window, None)
    window.press("Save as PDF…")
    assert chooser.asked == ["rich.pdf"]
    assert not told(window.view.notice)
    path = tmp_path / "sheet.pdf"
    choose(window, path)
    window.press("Save as PDF…")
    assert path.read_bytes().startswith(b"%PDF")
    assert told(window.view.notice) == [f"Saved as {path}."]
    choose(window, tmp_path / "none" / "sheet.pdf")
    window.press("Save as PDF…")
    assert "can't be written" in told(window.view.notice)[-1]


def test_the_sheet_is_printed(window: WindowStage, tmp_path: Path) -> None:
    open_routine(window)
    choose(window, None)
    window.press("Print…")
    path = tmp_path / "printed.pdf"
    choose(window, path)
    window.press("Print…")
    assert path.read_bytes().count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("size", [(800, 500), (1366, 768), (1080, 1920), (480, 280)])
def test_start_and_print_are_always_there(make_window: MakeWindow, size: tuple[int, int]) -> None:
    window = make_window(size=size)
    open_routine(window)
    for name in ("Start", "Print…", "Save as PDF…", "Back"):
        button = window.button(name)
        assert window.frame.rect().contains(button.mapTo(window.frame, button.rect().bottomRight()))
