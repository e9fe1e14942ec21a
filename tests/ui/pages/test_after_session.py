"""Questions and offers after a session, and measuring the reach."""

import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from stretchplayer.progress.history import FinishAnswer, PainAnswer, WarningSign
from stretchplayer.progress.trends import Point, series
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.settings import ProgressSettings, Settings
from stretchplayer.ui.pages.finish_page import Background, FinishPage
from stretchplayer.ui.pages.pain_questions import SMALLEST_PX, PainScale
from stretchplayer.ui.text.safety import URGENT
from stretchplayer.ui.theme.scaling import rescale
from tests.fakes import START
from tests.ui.pages.test_progress_page import walk
from tests.ui.stage import NOWHERE, WindowStage, settle

MakeWindow = Callable[..., WindowStage]
CHANGED = series([Point(day=START.date() + timedelta(days=ago), value=6 - ago / 5) for ago in range(20)], 2)
DAY_FIVE = Background(days_done=5, back=CHANGED, reach_is_due=True, hold_s=15, longer_hold_s=20)
"""Everything that the page can say and offer."""
STOP = "Stop if you feel sharp or growing pain, pain below the knee, numbness, tingling or weakness."


class SlotCredit:
    """A window after a session, and what was emitted."""

    def __init__(self, window: WindowStage) -> None:
        self.window = window
        self.answers: list[FinishAnswer] = []
        window.view.progress.answered.connect(self.answers.append)
        window.play_to(PhaseKind.HOLD, into_ms=30_000)
        window.session.stop()
        settle()

    @property
    def page(self) -> FinishPage:
        """The page."""
        return self.window.view.progress.finish

    def key(self, *keys: Qt.Key) -> None:
        """Press keys."""
        for key in keys:
            self.window.key(key)

    def at_today(self) -> bool:
        """Whether the person has left the page."""
        return self.window.view.today.isVisible()

    def rules(self) -> bool:
        """Whether the rules about stopping are shown."""
        return STOP in self.window.texts()


@pytest.fixture
def finished(window: WindowStage) -> SlotCredit:
    """After a session."""
    return SlotCredit(window)


# The questions


def test_two_keys_answer_and_a_third_leaves(finished: SlotCredit) -> None:
    assert finished.page.questions.back.hasFocus()
    finished.key(Qt.Key.Key_4)
    assert finished.page.questions.leg.hasFocus()
    finished.key(Qt.Key.Key_X)
    assert finished.answers == [FinishAnswer(back=4), FinishAnswer(back=4, leg=10)]
    assert not finished.at_today()
    finished.key(Qt.Key.Key_Return)
    assert finished.at_today()


def test_tab_goes_from_one_question_to_the_next_and_to_the_end(finished: SlotCredit) -> None:
    assert walk(finished.window, 6) == [
        "Worse leg?", "More pain than before", "Numb or tingling", "Weak", "Note (optional)",
        "Done",
    ]  # fmt: skip


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_one_key_skips_everything(finished: SlotCredit, key: Qt.Key) -> None:
    finished.key(key)
    assert finished.at_today()
    assert finished.answers == []


def test_what_has_been_answered_is_kept_when_the_page_is_left(finished: SlotCredit) -> None:
    finished.key(Qt.Key.Key_0, Qt.Key.Key_Escape)
    assert finished.at_today()
    assert finished.answers == [FinishAnswer(back=0)]


def test_space_answers_nothing(finished: SlotCredit) -> None:
    """People who want to pause are often a moment late."""
    finished.key(Qt.Key.Key_Space, Qt.Key.Key_F)
    assert finished.answers == []
    assert not finished.at_today()


def test_an_answer_can_be_changed_and_taken_back(finished: SlotCredit) -> None:
    back = finished.page.questions.back
    finished.key(Qt.Key.Key_Right)
    assert back.accessible_value() == "0"
    finished.key(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert back.accessible_value() == "1"
    assert back.hasFocus(), "arrows don't lead on"
    finished.key(Qt.Key.Key_Backspace)
    assert back.accessible_value() == "not answered"
    assert finished.answers[-1] == FinishAnswer()
    back.set_value(10)
    finished.key(Qt.Key.Key_Right)
    assert back.accessible_value() == "10"
    back.set_value(None)
    finished.key(Qt.Key.Key_Left)
    assert back.value == 0


def test_keys_with_control_are_not_answers(finished: SlotCredit) -> None:
    finished.window.key(Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert finished.answers == []


def test_the_pointer_answers_too_and_targets_are_large(finished: SlotCredit) -> None:
    button = finished.window.button("How is your back now? 7")
    assert min(button.width(), button.height()) >= SMALLEST_PX - 2
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert finished.answers == [FinishAnswer(back=7)]
    QTest.mouseClick(finished.page.questions.leg, Qt.MouseButton.LeftButton)
    assert finished.answers == [FinishAnswer(back=7)]


def test_a_note_and_reports_go_with_the_answer(finished: SlotCredit) -> None:
    questions = finished.page.questions
    questions.note.setFocus()
    QTest.keyClicks(questions.note, "N, or y?")
    assert finished.answers[-1] == FinishAnswer(note="N, or y?")
    questions.signs[WarningSign.WEAK].click()
    assert finished.answers[-1].signs == {WarningSign.WEAK}
    questions.note.setFocus()
    finished.key(Qt.Key.Key_Return)
    assert finished.at_today()


def test_the_next_session_asks_anew(finished: SlotCredit) -> None:
    finished.key(Qt.Key.Key_4, Qt.Key.Key_4)
    finished.page.questions.signs[WarningSign.NUMB].click()
    told = len(finished.answers)
    finished.window.press("Done")
    finished.window.play()
    finished.window.session.stop()
    settle()
    assert finished.page.questions.answer == FinishAnswer()
    assert not finished.rules()
    assert len(finished.answers) == told


def test_nothing_is_asked_when_that_is_turned_off(make_window: MakeWindow) -> None:
    off = SlotCredit(make_window(settings=Settings(progress=ProgressSettings(ask_pain=False))))
    assert not off.page.questions.isVisible()
    assert off.window.button("Done").hasFocus()
    off.key(Qt.Key.Key_Return)
    assert off.at_today()


# When to stop


@pytest.mark.parametrize("sign", WarningSign)
def test_any_report_shows_the_rules_and_nothing_else(finished: SlotCredit, sign: WarningSign) -> None:
    before = set(finished.window.texts())
    finished.page.questions.signs[sign].click()
    settle()
    added = set(finished.window.texts()) - before
    assert added == {"Check this first", *finished.window.timeline.routine.stop_rules, URGENT}
    finished.page.questions.signs[sign].click()
    settle()
    assert not finished.rules()


def test_growing_pain_shows_the_rules(finished: SlotCredit) -> None:
    finished.page.show_background(Background(recent=(PainAnswer(session=1, answered_at=START, back=3, leg=1),)))
    finished.key(Qt.Key.Key_4)
    assert not finished.rules()
    finished.key(Qt.Key.Key_3)
    assert finished.rules(), "the leg hurts by two points more"
    rules = finished.page.questions.rules
    assert rules.visibleRegion().boundingRect().height() > 0


def test_rules_come_with_what_is_known_later(finished: SlotCredit) -> None:
    finished.key(Qt.Key.Key_9)
    assert not finished.rules()
    finished.page.show_background(Background(recent=(PainAnswer(session=1, answered_at=START, back=3),)))
    settle()
    assert finished.rules()
    assert finished.page.questions.back.value == 9


def test_a_routine_without_rules_shows_its_safety_notes_or_nothing(finished: SlotCredit) -> None:
    questions = finished.page.questions
    questions.reset(("No pain.",))
    questions.signs[WarningSign.NUMB].setChecked(True)
    assert not questions.rules.isHidden()
    questions.reset(())
    questions.signs[WarningSign.NUMB].setChecked(True)
    assert questions.rules.isHidden()


# Offers


@pytest.mark.parametrize(
    ("key", "yes", "words"),
    [
        (Qt.Key.Key_Y, True, "Holds are 20 s from now on."),
        (Qt.Key.Key_N, False, "Holds stay at 15 s. You can change this in Settings."),
    ],
)
def test_longer_holds_are_offered_with_one_key(finished: SlotCredit, key: Qt.Key, yes: bool, words: str) -> None:
    told: list[bool] = []
    finished.window.view.progress.longer_hold_answered.connect(told.append)
    finished.page.show_background(Background(hold_s=15, longer_hold_s=20))
    settle()
    assert "A good week! Hold for 20 s from now on?" in finished.window.texts()
    assert any(button.isVisible() for button in finished.page.offer.findChildren(QAbstractButton))
    finished.key(key, key)
    assert told == [yes]
    assert words in finished.window.texts()
    assert not any(button.isVisible() for button in finished.page.offer.findChildren(QAbstractButton))
    finished.page.show_background(Background())
    assert not any(button.isVisible() for button in finished.page.offer.findChildren(QAbstractButton))


@pytest.mark.skipif(sys.platform != "linux", reason="the numbers of the keys are Linux's")
def test_keys_that_type_something_else_answer_by_their_place(finished: SlotCredit) -> None:
    """As on a French and on a Russian keyboard."""

    def press(key: int, place: int) -> None:
        focused = finished.window.app.focusWidget()
        assert focused is not None
        QApplication.sendEvent(focused, QKeyEvent(QEvent.Type.KeyPress, key, NOWHERE, place, 0, 0))

    told: list[bool] = []
    finished.page.longer_hold_answered.connect(told.append)
    finished.page.show_background(Background(hold_s=15, longer_hold_s=20))
    press(Qt.Key.Key_ParenLeft, 14)
    press(0x427, 53)
    assert (finished.page.questions.back.value, finished.page.questions.leg.value) == (5, 10)
    press(0x422, 57)
    assert told == [False]
    press(0x422, 57)
    assert told == [False], "it is answered"


def test_an_offer_can_be_answered_by_its_buttons(finished: SlotCredit) -> None:
    told: list[bool] = []
    finished.page.longer_hold_answered.connect(told.append)
    finished.page.show_background(Background(hold_s=15, longer_hold_s=20))
    finished.window.press("No")
    finished.page.show_background(Background(hold_s=15, longer_hold_s=20))
    finished.window.press("Yes")
    assert told == [False, True]


@pytest.mark.parametrize(("held_ms", "asks", "offers"), [(0, False, False), (5_000, False, True), (30_000, True, True)])
def test_pain_is_asked_about_only_after_a_whole_hold_and_nothing_offered_after_nothing(
    window: WindowStage, held_ms: int, asks: bool, offers: bool
) -> None:
    window.play_to(PhaseKind.HOLD, 1, into_ms=held_ms)
    window.session.stop()
    page = window.view.progress.finish
    page.show_background(DAY_FIVE)
    settle()
    assert page.isVisible()
    assert page.following.text() == "Day 5."
    assert page.questions.isVisible() is asks
    assert page.offer.isVisible() is offers
    assert ("Measure your reach" in {button.text() for button in window.buttons()}) is offers


def test_the_scale_takes_more_rows_where_there_is_less_room(qapp: QApplication) -> None:
    assert qapp is not None
    page = QWidget()
    scale = PainScale("How is it?", "0 is no pain", page)
    rescale(page, 1)
    rows = []
    for width in (700, 400, 240, 60):
        scale.resize(width, 600)
        scale.grab()
        rows.append(len({button.y() for button in scale.findChildren(QAbstractButton)}))
    assert rows == sorted(rows)
    assert len(set(rows)) == 4
