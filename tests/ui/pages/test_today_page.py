"""The Today page: it greets, shows what is due, and opens the preview of each exercise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt, QTimeLine
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel

from stretchplayer.figure.side import Side
from stretchplayer.player.statechart import State
from stretchplayer.reminders.slots import SlotState
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import SideMode
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.settings import Motion, Settings
from stretchplayer.ui.pages.exercise_cards import ExerciseCard, columns_for
from stretchplayer.ui.pages.preview_page import PreviewPage
from stretchplayer.ui.player.figure_loop import REST_MS, STEP_MS, FigureLoop
from stretchplayer.ui.text import exercise as words
from stretchplayer.ui.theme import palette as theme
from tests.ui.reminder_stage import DONE, DUE, NOW, USUAL, view
from tests.ui.stage import HOLD, MOVE, WindowStage, child, one_exercise, settle, shipped_timeline

MakeWindow = Callable[..., WindowStage]
Key = Qt.Key


def cards_of(window: WindowStage) -> list[ExerciseCard]:
    return window.view.today.cards.cards


def preview_of(window: WindowStage) -> PreviewPage:
    return child(window.view, PreviewPage)


def clock_of(window: WindowStage) -> QTimeLine:
    """The clock of the preview's figure, which a test moves by hand."""
    clock = child(preview_of(window), QTimeLine)
    clock.stop()
    return clock


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
    window.view.today.preview_requested.emit(0)
    settle()
    assert not child(preview_of(window), FigureLoop).isVisible()


def test_a_routine_of_one_exercise_has_all_the_width(window: WindowStage) -> None:
    window.view.show_timeline(one_exercise(MOVE, HOLD))
    settle()
    (card,) = cards_of(window)
    assert card.width() == window.view.today.cards.width()


# The preview


def test_the_preview_of_another_routine_closes(window: WindowStage) -> None:
    cards_of(window)[2].click()
    settle()
    window.view.show_help("# Manual")
    window.view.show_timeline(one_exercise(MOVE, HOLD))
    window.key(Key.Key_Escape)
    assert window.view.today.isVisible()
    cards_of(window)[0].click()
    settle()
    window.view.show_timeline(shipped_timeline())
    assert window.view.today.isVisible()


def test_a_card_is_reached_and_opened_by_keys_and_esc_leads_back_to_it(window: WindowStage) -> None:
    for _ in range(20):
        window.key(Key.Key_Tab)
        if isinstance(window.app.focusWidget(), ExerciseCard):
            break
    card = window.app.focusWidget()
    assert isinstance(card, ExerciseCard)
    assert card.accessibleName().startswith("1. Lying leg raise")
    window.key(Key.Key_Return)
    assert preview_of(window).isVisible()
    window.key(Key.Key_Escape)
    assert window.view.today.isVisible()
    assert card.hasFocus()
    window.key(Key.Key_Space)
    assert preview_of(window).isVisible()
    window.press("Back")
    assert card.hasFocus()


def test_the_preview_says_what_the_session_says_for_the_side_that_is_chosen(window: WindowStage) -> None:
    cards_of(window)[1].click()
    settle()
    spoken = {
        side: {cue.say for phase in window.timeline.steps_of(1, side) for cue in phase.cues if cue.say}
        for side in (Side.LEFT, Side.RIGHT)
    }
    for side, other in ((Side.LEFT, "right"), (Side.RIGHT, "left")):
        texts = window.texts()
        assert "2  Seated hamstring stretch" in texts
        assert "sitting, a sturdy chair · hold 30 s on each side" in texts
        steps = words.spoken_steps(window.timeline, 1, side)
        assert len(steps) == 4
        assert set(steps) <= spoken[side]
        assert {"Sit tall on the front edge of the chair, both feet flat.", *steps} <= set(texts)
        clock_of(window).setCurrentTime(REST_MS + STEP_MS)
        assert f"{side} leg" in child(preview_of(window), FigureLoop).accessibleName()
        window.press(f"Show the {other} leg")


def test_the_sentence_of_each_movement_is_marked(window: WindowStage) -> None:
    cards_of(window)[0].click()
    settle()
    clock = clock_of(window)
    pictures = []
    for step in (-1, 0, 3):
        clock.setCurrentTime(REST_MS + step * STEP_MS + 1)
        label = next(
            label for label in preview_of(window).findChildren(QLabel) if label.text().startswith("And release")
        )
        line = label.parentWidget()
        assert line is not None
        pictures.append(line.grab().toImage())
    assert pictures[0] == pictures[1] != pictures[2]


def test_a_session_starts_with_the_exercise_of_the_preview(window: WindowStage) -> None:
    cards_of(window)[2].click()
    settle()
    assert accented(window) == ["Start here"]
    window.key(Key.Key_Return)
    phase = window.session.phase
    assert phase is not None
    assert (phase.kind, phase.ordinal) == (PhaseKind.PREPARE, 2)
    assert window.player.isVisible()
    window.session.stop()
    settle()
    window.press("Today")
    assert cards_of(window)[0].isVisible()


def test_the_facts_of_an_exercise() -> None:
    timeline = one_exercise(MOVE, HOLD, sides=SideMode.NONE)
    (exercise,) = timeline.routine.exercises
    assert words.facts(timeline, 0) == "standing · hold 30 s"
    several = replace(timeline.routine, exercises=(replace(exercise, sets=2, repetitions=3, equipment=("a wall",)),))
    assert words.facts(replace(timeline, routine=several), 0) == "standing, a wall · hold 30 s · 6 times"
    assert words.facts(one_exercise(MOVE), 0) == "standing"


def test_a_hold_that_waits_for_a_key_is_told_as_it_is_shown() -> None:
    timeline = shipped_timeline(Preferences(wait_for_me=True))
    assert words.spoken_steps(timeline, 0, Side.LEFT)[2] == "Sole of your left foot towards the ceiling."


def test_an_exercise_without_sides_has_no_other_side(make_window: MakeWindow) -> None:
    window = make_window(
        timeline=one_exercise(MOVE, HOLD, sides=SideMode.NONE), settings=Settings(motion=Motion.REDUCED)
    )
    cards_of(window)[0].click()
    settle()
    assert [button.text() for button in preview_of(window).findChildren(QAbstractButton) if button.isVisible()] == [
        "Start here",
        "Back",
    ]


@pytest.mark.parametrize("size", [(800, 500), (1366, 768), (2560, 1440), (1080, 1920), (480, 280)])
def test_the_figure_fills_its_part_of_the_preview(make_window: MakeWindow, size: tuple[int, int]) -> None:
    window = make_window(size=size)
    cards_of(window)[1].click()
    settle()
    figure = child(preview_of(window), FigureLoop)
    assert figure.width() >= 0.4 * preview_of(window).room
    drawn = QSize(round(figure.height() * figure.aspect), figure.height())
    assert drawn.width() >= 0.6 * figure.width()
    start = window.button("Start here")
    assert window.frame.rect().contains(start.mapTo(window.frame, start.rect().bottomRight()))
