"""The Today page: it greets, shows what is due, and opens the preview of each exercise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton

from stretchplayer.player.state import State
from stretchplayer.reminders.slots import SlotState
from stretchplayer.routine.dose import Dose, DoseSides, OwnDoses, with_doses
from stretchplayer.routine.routine import Block
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.ui.pages.exercise_cards import ExerciseCard, columns_for
from stretchplayer.ui.theme import palette as theme
from tests.ui.library.routines import RICH
from tests.ui.reminder_stage import DONE, DUE, NOW, USUAL, view
from tests.ui.stage import HOLD, MOVE, WindowStage, one_exercise, settle

MakeWindow = Callable[..., WindowStage]
Key = Qt.Key


def cards_of(window: WindowStage) -> list[ExerciseCard]:
    return window.view.today.cards.cards


# Greeting and what is due


def test_the_greeting_changes_while_the_window_is_open(window: WindowStage) -> None:
    for hours, words_ in ((-9, "Good morning"), (0, "Good afternoon"), (1, "Good evening")):
        window.view.show_reminders(replace(USUAL, now=NOW + timedelta(hours=hours)))
        settle()
        assert words_ in window.texts()


def accented(window: WindowStage) -> list[str]:
    return [button.text() for button in window.buttons() if button.property("accent")]


def test_start_stands_out_until_the_slot_is_done(window: WindowStage) -> None:
    assert accented(window) == ["Start"]
    window.view.show_reminders(DUE)
    settle()
    assert "Time for your afternoon exercises" in window.texts()
    assert accented(window) == ["Start"]
    window.view.show_reminders(replace(DUE, slots=(DONE, view(17, SlotState.DONE, done="17:15"))))
    settle()
    assert "Done at 17:15" in window.texts()
    assert accented(window) == []
    assert window.view.today.start_button.hasFocus()
    window.key(Key.Key_Return)
    assert window.in_state(State.PREPARE)


def accent_pixels(window: WindowStage, widget: QAbstractButton) -> int:
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    accent = window.app.palette().color(theme.ACCENT)
    return sum(picture.pixelColor(x, y) == accent for x in range(picture.width()) for y in range(picture.height()))


def test_only_start_is_painted_in_the_accent_colour(window: WindowStage) -> None:
    window.view.show_reminders(DUE)
    settle()
    painted = [button.text() for button in window.buttons() if accent_pixels(window, button)]
    assert [text for text in painted if text] == ["Start"]
    assert not any(accent_pixels(window, card) for card in window.view.today.reminders.cards)  # type: ignore[arg-type]


# Cards


@pytest.mark.parametrize(
    ("count", "width", "height", "columns"),
    [(3, 800, 340, 3), (3, 850, 1400, 1), (1, 800, 340, 1), (6, 1000, 500, 3), (8, 800, 300, 4), (3, 350, 100, 1)],
)
def test_cards_are_laid_out_so_that_the_pictures_are_large(count: int, width: int, height: int, columns: int) -> None:
    assert columns_for(count, width, height) == columns


@pytest.mark.parametrize("size", [(800, 500), (1060, 720), (1366, 768), (2560, 1440), (1080, 1920), (600, 900)])
def test_pictures_fill_the_cards(make_window: MakeWindow, size: tuple[int, int]) -> None:
    window = make_window(size=size)
    window.view.show_reminders(DUE)
    settle()
    for card in cards_of(window):
        assert card.rect().contains(card.figure.geometry())
        assert card.figure.width() * card.figure.height() >= 0.4 * card.width() * card.height()
        for label in (card.title, card.needs):
            assert label.height() >= label.heightForWidth(label.width())
            assert card.rect().contains(label.geometry())


def test_exercises_without_pictures_have_small_cards(window: WindowStage) -> None:
    window.view.show_timeline(one_exercise(MOVE, HOLD))
    settle()
    (card,) = cards_of(window)
    assert not card.figure.isVisible()
    assert card.height() <= 140


def test_a_routine_of_one_exercise_has_all_the_width(window: WindowStage) -> None:
    window.view.show_timeline(one_exercise(MOVE, HOLD))
    settle()
    (card,) = cards_of(window)
    assert card.width() == window.view.today.cards.contentsRect().width()


def test_a_card_shows_the_only_leg_that_works(window: WindowStage) -> None:
    doses = OwnDoses(exercises={"towel-stretch": Dose(sides=DoseSides.LEFT)})
    for own, side in ((OwnDoses(), "right"), (doses, "left")):
        window.view.show_timeline(build_timeline(with_doses(window.timeline.routine, own)))
        settle()
        assert f"{side} leg" in cards_of(window)[2].figure.accessibleName()


def test_a_card_tells_that_its_dose_is_the_person_s_own(window: WindowStage) -> None:
    doses = OwnDoses(exercises={"towel-stretch": Dose(hold_s=20)})
    window.view.show_timeline(build_timeline(with_doses(window.timeline.routine, doses)))
    settle()
    marks = [card.mark.text() for card in cards_of(window) if card.mark.isVisible()]
    assert marks == ["Changed by you"]
    assert cards_of(window)[2].accessibleName().endswith("a towel. Changed by you")


def test_only_what_is_played_is_counted_and_shown_in_its_order(window: WindowStage) -> None:
    blocks = (Block(rounds=2, exercises=("wall", "bridge")), Block(exercises=("turn",)))
    window.view.show_timeline(build_timeline(replace(RICH, blocks=blocks)))
    settle()
    assert [card.title.text() for card in cards_of(window)] == ["1  Calf at the wall", "2  Bridge", "3  Seated turn"]
    assert any(text.startswith("3 exercises · ") for text in window.texts())


# The keyboard


def test_tab_goes_down_the_page(window: WindowStage) -> None:
    today = window.view.today
    window.view.show_reminders(DUE)
    today.show_progress((), reach_is_due=True)
    settle()
    today.start_button.setFocus()
    places: list[tuple[int, int]] = []
    while (focused := window.app.focusWidget()) is not None and today.isAncestorOf(focused):
        corner = focused.mapTo(today, QPoint())
        places.append((corner.y(), corner.x()))
        window.key(Key.Key_Tab)
    assert len(places) == 9
    assert places == sorted(places)
