"""The page of an exercise: its movement, what is said for it, and the person's own dose."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QSize, Qt, QTimeLine
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel

from stretchplayer.figure.side import Side
from stretchplayer.routine.dose import Dose, DoseSides, OwnDoses, Variant
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import Routine, SideMode
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.settings import Settings
from stretchplayer.ui.library.exercise_page import ExercisePage
from stretchplayer.ui.pages.exercise_cards import ExerciseCard
from stretchplayer.ui.player.figure_loop import REST_MS, STEP_MS, FigureLoop
from stretchplayer.ui.text import exercise as words
from tests.ui.library.routines import RICH
from tests.ui.stage import HOLD, MOVE, WindowStage, child, one_exercise, settle, shipped_timeline, told

MakeWindow = Callable[..., WindowStage]
Key = Qt.Key


def cards_of(window: WindowStage) -> list[ExerciseCard]:
    return window.view.today.cards.cards


def page_of(window: WindowStage) -> ExercisePage:
    return child(window.view, ExercisePage)


def clock_of(window: WindowStage) -> QTimeLine:
    """The clock of the page's figure, which a test moves by hand."""
    clock = child(page_of(window), QTimeLine)
    clock.stop()
    return clock


def accented(window: WindowStage) -> list[str]:
    return [button.text() for button in window.buttons() if button.property("accent")]


def open_exercise(window: WindowStage, exercise: str, routine: Routine = RICH) -> ExercisePage:
    """The page of an exercise, from the Library."""
    window.routines.known[routine.id] = routine
    window.view.routines.open_exercise(routine.id, exercise, window.view.show_today)
    settle()
    return page_of(window)


def choose(window: WindowStage, field: str, words_: str) -> None:
    """Choose in one of the fields of the dose, as a person does."""
    combo = child(page_of(window), QComboBox, field)
    combo.setCurrentIndex(combo.findText(words_))
    combo.activated.emit(combo.currentIndex())
    settle()


def note(window: WindowStage, field: str) -> str:
    """What stands below a field."""
    return child(page_of(window), QLabel, f"{field}_note").text()


def own(window: WindowStage) -> OwnDoses:
    return window.routines.own["rich"]


def test_nothing_moves_below_a_field_in_which_something_is_chosen(window: WindowStage) -> None:
    page = open_exercise(window, "wall")
    fields = page.dose.findChildren(QComboBox)
    before = [field.mapTo(page, QPoint()).y() for field in fields]
    choose(window, "hold_s", "10 s")
    choose(window, "repetitions", "3")
    assert note(window, "hold_s")
    assert [field.mapTo(page, QPoint()).y() for field in fields] == before


def test_what_the_routine_says_is_offered_once(window: WindowStage) -> None:
    combo = child(open_exercise(window, "wall"), QComboBox, "hold_s")
    assert [text for index in range(combo.count()) if (text := combo.itemText(index)).startswith("20 s")] == [
        "20 s (routine)"
    ]


# From Today


def test_the_page_stays_when_today_offers_another_routine(window: WindowStage) -> None:
    cards_of(window)[2].click()
    settle()
    window.offer(one_exercise(MOVE, HOLD))
    assert page_of(window).isVisible()
    window.key(Key.Key_Escape)
    assert window.view.today.isVisible()
    assert cards_of(window)[0].hasFocus()


def test_a_card_is_reached_and_opened_by_keys_and_esc_leads_back_to_it(window: WindowStage) -> None:
    for _ in range(20):
        window.key(Key.Key_Tab)
        if isinstance(window.app.focusWidget(), ExerciseCard):
            break
    card = window.app.focusWidget()
    assert isinstance(card, ExerciseCard)
    assert card.accessibleName().startswith("1. Lying leg raise")
    window.key(Key.Key_Return)
    assert page_of(window).isVisible()
    window.key(Key.Key_Escape)
    assert window.view.today.isVisible()
    assert card.hasFocus()
    window.key(Key.Key_Space)
    assert page_of(window).isVisible()
    window.press("Back")
    assert card.hasFocus()


def test_the_page_says_what_the_session_says_for_the_side_that_is_chosen(window: WindowStage) -> None:
    cards_of(window)[1].click()
    settle()
    spoken = {
        side: {cue.say for phase in window.timeline.steps_of(1, side) for cue in phase.cues if cue.say}
        for side in (Side.LEFT, Side.RIGHT)
    }
    for side, other in ((Side.LEFT, "right"), (Side.RIGHT, "left")):
        texts = window.texts()
        assert "2  Seated hamstring stretch" in texts
        assert "sitting, a sturdy chair · hold 30 s · each leg" in texts
        steps = words.spoken_steps(window.timeline, 1, side)
        assert len(steps) == 4
        assert set(steps) <= spoken[side]
        assert {"Sit tall on the front edge of the chair, both feet flat.", *steps} <= set(texts)
        clock_of(window).setCurrentTime(REST_MS + STEP_MS)
        assert f"{side} leg" in child(page_of(window), FigureLoop).accessibleName()
        window.press(f"Show the {other} leg")


def test_the_sentence_of_each_movement_is_marked(window: WindowStage) -> None:
    cards_of(window)[0].click()
    settle()
    clock = clock_of(window)
    pictures = []
    for step in (-1, 0, 3):
        clock.setCurrentTime(REST_MS + step * STEP_MS + 1)
        label = next(label for label in page_of(window).findChildren(QLabel) if label.text().startswith("And release"))
        line = label.parentWidget()
        assert line is not None
        pictures.append(line.grab().toImage())
    assert pictures[0] == pictures[1] != pictures[2]


def test_a_session_starts_with_the_exercise_of_the_page(window: WindowStage) -> None:
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
    assert words.facts(replace(timeline, routine=several), 0) == "standing, a wall · hold 30 s · 3 times · 2 sets"
    assert words.facts(one_exercise(MOVE), 0) == "standing · each leg"


@pytest.mark.parametrize(
    ("sides", "said"),
    [(SideMode.ALTERNATE, "left and right in turn"), (SideMode.ONE, "left leg only"), (SideMode.NONE, "")],
)
def test_the_sides_of_an_exercise_are_told(sides: SideMode, said: str) -> None:
    told_ = words.dose(one_exercise(MOVE, HOLD, sides=sides), 0)
    assert told_ == tuple(filter(None, ("hold 30 s", said)))


def test_a_hold_that_waits_for_a_key_is_told_as_it_is_shown() -> None:
    timeline = shipped_timeline(Preferences(wait_for_me=True))
    assert words.spoken_steps(timeline, 0, Side.LEFT)[2] == "Sole of your left foot towards the ceiling."


def test_an_exercise_without_sides_has_no_other_side(window: WindowStage) -> None:
    page = open_exercise(window, "bridge")
    shown = [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]
    assert shown == ["Start here", "Only this one", "Back", "Leave this exercise out", "Reset to the routine"]


def test_an_exercise_without_pictures_has_no_room_for_one(window: WindowStage) -> None:
    page = open_exercise(window, "bridge")
    assert not child(page, FigureLoop).isVisible()


@pytest.mark.parametrize("size", [(800, 500), (1366, 768), (2560, 1440), (1080, 1920), (480, 280)])
def test_the_figure_fills_its_part_of_the_page(make_window: MakeWindow, size: tuple[int, int]) -> None:
    window = make_window(size=size)
    cards_of(window)[1].click()
    settle()
    figure = child(page_of(window), FigureLoop)
    assert figure.width() >= 0.4 * page_of(window).room
    drawn = QSize(round(figure.height() * figure.aspect), figure.height())
    assert drawn.width() >= 0.4 * figure.width()
    start = window.button("Start here")
    assert window.frame.rect().contains(start.mapTo(window.frame, start.rect().bottomRight()))


# What there is to know


def test_the_page_says_what_it_is_for_and_what_to_heed(window: WindowStage) -> None:
    open_exercise(window, "bridge")
    said = ("It makes the buttocks strong.", "Your buttocks work.", "Don't arch your back.", "Ask first after surgery.")
    assert set(said) <= set(window.texts())
    open_exercise(window, "turn")
    assert "What you should feel" not in window.texts()


def test_a_routine_that_can_t_be_read_is_told(window: WindowStage) -> None:
    window.view.routines.open_exercise("gone", "a", window.view.show_today)
    window.view.routines.open("gone", window.view.show_today)
    assert told(window.view.notice) == ["There is no routine gone."]
    assert window.view.today.isVisible()


# The person's own dose


def test_a_hold_of_15_s_on_the_left_leg_only(window: WindowStage) -> None:
    page = open_exercise(window, "wall")
    assert "standing, a wall · hold 20 s · each leg" in window.texts()
    assert "Changed by you" not in window.texts()
    choose(window, "hold_s", "15 s")
    choose(window, "sides", "Left leg only")
    assert not any("{" in text for text in window.texts())
    assert own(window) == OwnDoses(exercises={"wall": Dose(hold_s=15, sides=DoseSides.LEFT)})
    assert "standing, a wall · hold 15 s · left leg only" in window.texts()
    assert "Changed by you" in window.texts()
    assert "Show the right leg" not in [button.text() for button in window.buttons()]
    assert child(page, QComboBox, "hold_s").currentText() == "15 s"
    assert note(window, "hold_s") == "Routine: 20 s. Yours: 15 s."
    assert note(window, "sides") == "Routine: each leg. Yours: left leg only."


def test_a_hold_from_the_settings_is_told_as_such(window: WindowStage) -> None:
    window.routines.preferences = Preferences(hold_s=15)
    page = open_exercise(window, "wall")
    hold = child(page, QComboBox, "hold_s")
    assert (hold.currentText(), note(window, "hold_s")) == ("15 s (settings)", "Routine: 20 s. Your settings: 15 s.")
    choose(window, "hold_s", "15 s")
    assert (hold.currentText(), note(window, "hold_s")) == ("15 s", "Routine: 20 s. Yours: 15 s.")
    choose(window, "hold_s", "15 s (settings)")
    assert own(window) == OwnDoses()


@pytest.mark.parametrize("size", [(800, 500), (1366, 768), (1080, 1920)])
def test_nothing_moves_under_the_pointer_when_the_dose_changes(make_window: MakeWindow, size: tuple[int, int]) -> None:
    window = make_window(size=size)
    page = open_exercise(window, "wall")

    for field, choice in (("hold_s", "15 s"), ("sides", "Left leg only"), ("sets", "3")):
        combo = child(page, QComboBox, field)
        before = combo.mapTo(window.frame, QPoint())
        choose(window, field, choice)
        assert combo.mapTo(window.frame, QPoint()) == before


def test_both_sides_can_be_chosen_only_where_the_routine_says_one(window: WindowStage) -> None:
    for sides, offered in ((SideMode.EACH, False), (SideMode.ONE, True)):
        one = replace(RICH, id=f"rich-{sides}", exercises=(replace(RICH.exercises[-1], sides=sides),))
        page = open_exercise(window, "wall", one)
        assert (child(page, QComboBox, "sides").findText("Each leg") >= 0) is offered
    choose(window, "sides", "Right leg only")
    assert note(window, "sides") == "Routine: one leg. Yours: right leg only."


def test_what_the_routine_says_is_named_and_can_be_chosen_again(window: WindowStage) -> None:
    page = open_exercise(window, "bridge")
    shown = {combo.objectName(): combo.currentText() for combo in page.findChildren(QComboBox)}
    assert shown == {
        "variant": "Bridge (routine)",
        "hold_s": "5 s (routine)",
        "repetitions": "8 (routine)",
        "sets": "2 (routine)",
        "rest_s": "30 s (routine)",
    }
    assert note(window, "hold_s") == "Routine: 5 s, up to 10 s"
    assert "on your back · hold 5 s · 8 times · 2 sets" in window.texts()
    choose(window, "repetitions", "9")
    assert "on your back · hold 5 s · 9 times · 2 sets" in window.texts()
    assert note(window, "repetitions") == "Routine: 8, up to 12. Yours: 9."
    choose(window, "repetitions", "8 (routine)")
    assert own(window) == OwnDoses()


def test_an_easier_variant_takes_the_place_of_the_exercise(window: WindowStage) -> None:
    page = open_exercise(window, "bridge")
    choose(window, "variant", "Easier: Half a bridge")
    assert "1  Half a bridge" in window.texts()
    assert child(page, QComboBox, "repetitions").currentText() == "1 (routine)"
    choose(window, "variant", "Harder: Bridge on one leg")
    assert "1  Bridge on one leg" in window.texts()
    assert own(window).exercises["bridge"].variant is Variant.HARDER


def test_a_value_that_is_none_of_the_usual_ones_is_shown(window: WindowStage) -> None:
    window.routines.own["rich"] = OwnDoses(exercises={"wall": Dose(hold_s=17)})
    page = open_exercise(window, "wall")
    assert child(page, QComboBox, "hold_s").currentText() == "17 s"


def test_the_rest_matters_only_between_sets(window: WindowStage) -> None:
    page = open_exercise(window, "wall")
    assert not child(page, QComboBox, "rest_s").isVisible()
    choose(window, "sets", "2")
    assert child(page, QComboBox, "rest_s").isVisible()
    choose(window, "sets", "1 (routine)")
    choose(window, "sides", "One more set on the right")
    assert child(page, QComboBox, "rest_s").isVisible()
    assert "standing, a wall · hold 20 s · each leg, one more set on the right" in window.texts()


def test_an_exercise_is_left_out_but_never_the_last(window: WindowStage) -> None:
    for exercise in ("bridge", "turn"):
        page = open_exercise(window, exercise)
        page.dose.left_out.click()
        settle()
        assert "You leave it out" in window.texts()
        assert not window.button("Start here").isEnabled()
        assert page.dose.left_out.isEnabled()
    page = open_exercise(window, "wall")
    assert "1  Calf at the wall" in window.texts()
    assert not page.dose.left_out.isEnabled()
    assert page.dose.left_out.toolTip() == "A routine has at least one exercise."
    page = open_exercise(window, "bridge")
    assert window.button("Only this one").hasFocus()
    page.dose.left_out.click()
    assert not own(window).exercises.get("bridge")


def test_as_the_routine_says_can_be_undone(window: WindowStage) -> None:
    page = open_exercise(window, "wall")
    assert not page.dose.reset.isEnabled()
    choose(window, "hold_s", "45 s")
    window.press("Reset to the routine")
    assert own(window) == OwnDoses()
    assert told(window.view.notice) == ["Calf at the wall is as the routine says again."]
    window.press("Undo")
    assert own(window) == OwnDoses(exercises={"wall": Dose(hold_s=45)})
    assert "standing, a wall · hold 45 s · each leg" in window.texts()


def test_a_dose_that_can_t_be_saved_is_told_and_not_shown(window: WindowStage) -> None:
    page = open_exercise(window, "wall")
    window.routines.is_full = True
    choose(window, "hold_s", "45 s")
    assert told(window.view.notice) == ["The disk is full."]
    assert child(page, QComboBox, "hold_s").currentText() == "20 s (routine)"


# Starting


def test_one_exercise_alone_is_played(window: WindowStage) -> None:
    asked: list[Routine] = []
    window.view.start_only_requested.connect(asked.append)
    open_exercise(window, "wall")
    choose(window, "hold_s", "45 s")
    window.press("Only this one")
    (routine,) = asked
    assert [exercise.id for exercise in routine.exercises] == ["wall"]
    assert routine.id == "rich"


def test_start_here_begins_with_it_in_its_routine(window: WindowStage) -> None:
    asked: list[object] = []
    window.view.routine_chosen.connect(asked.append)
    window.view.start_here_requested.disconnect(window.start)
    window.view.start_here_requested.connect(asked.append)
    window.routines.own["rich"] = OwnDoses(exercises={"bridge": Dose(left_out=True)})
    open_exercise(window, "wall")
    window.press("Start here")
    assert asked == ["rich", 1]


def test_who_was_never_told_how_to_stay_safe_is_told_first(make_window: MakeWindow) -> None:
    window = make_window(settings=Settings())
    asked: list[Routine] = []
    window.view.start_only_requested.connect(asked.append)
    open_exercise(window, "wall")
    window.press("Only this one")
    assert not asked
    window.press("Start")
    assert len(asked) == 1
