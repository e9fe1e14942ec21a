"""The page about what was done on a day: it shows every session, corrects answers, and lets one be deleted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from stretchplayer.progress.history import AnsweredSession, FinishAnswer, PainAnswer, SessionOutcome, WarningSign
from stretchplayer.ui.pages.session_page import SessionPage
from tests.fakes import START
from tests.storage.history.past import record
from tests.ui.stage import WindowStage, settle, told

MORNING = replace(
    record(held_ms=(30_000, 12_900, 10_000)),
    outcome=SessionOutcome.FINISHED,
    ended_at=START + timedelta(minutes=5),
    slot="2026-03-02T08:00",
)
EVENING = replace(
    record(START + timedelta(hours=12), held_ms=(30_000, 0, 0)),
    outcome=SessionOutcome.STOPPED,
    ended_at=START + timedelta(hours=12, minutes=1),
)
GIVEN = PainAnswer(
    session=MORNING.id, answered_at=START, back=3, leg=10, note="Stiff.", signs=frozenset({WarningSign.NUMB})
)
BOTH = (AnsweredSession(record=MORNING, answer=GIVEN), AnsweredSession(record=EVENING))


@pytest.fixture
def page(window: WindowStage) -> SessionPage:
    """The page with two sessions, opened from Progress."""
    window.press("Progress")
    window.view.progress.show_day(START.date(), BOTH)
    settle()
    return window.view.progress.session


def test_it_tells_when_a_session_was_how_it_ended_and_what_was_held(window: WindowStage, page: SessionPage) -> None:
    texts = window.texts()
    assert "08:00 to 08:05. Finished. 2 of 3 holds, 52 s in total. Counts for the reminder at 08:00." in texts
    assert texts[texts.index("Leg raise") :][:3] == ["Leg raise", "30 s", "12 s"]
    assert page.questions.answer == FinishAnswer(back=3, leg=10, note="Stiff.", signs=frozenset({WarningSign.NUMB}))
    assert [page.choice.itemText(number) for number in (0, 1)] == ["08:00 Trio", "20:00 Trio"]
    page.choice.setCurrentIndex(1)
    settle()
    assert "20:00 to 20:01. Stopped before its end. 1 of 3 holds, 30 s in total." in window.texts()
    assert page.questions.answer == FinishAnswer()


def test_the_only_session_needs_no_choice(window: WindowStage, page: SessionPage) -> None:
    rehearsal = replace(MORNING, rate=20.0)
    page.show_sessions(START.date(), [AnsweredSession(record=rehearsal)])
    settle()
    assert not page.choice.isVisible()
    (words,) = (text for text in window.texts() if "\n" in text)
    assert words.startswith("08:00 Trio (rehearsal)\n")
    assert "reminder" not in words


def test_what_is_corrected_is_told_and_shown_again(window: WindowStage, page: SessionPage) -> None:
    corrected: list[tuple[int, FinishAnswer]] = []
    window.view.progress.session_corrected.connect(
        lambda session, answer: corrected.append((session.record.id, answer))
    )
    page.choice.setCurrentIndex(1)
    page.choice.setCurrentIndex(0)
    window.key(Qt.Key.Key_7)
    assert not corrected, "a key pressed by mistake changes nothing"
    page.questions.leg.setFocus()
    window.key(Qt.Key.Key_7)
    page.questions.note.setText("Better.")
    assert corrected[0] == (MORNING.id, replace(FinishAnswer(back=3, leg=7, note="Stiff."), signs=GIVEN.signs))
    page.choice.setCurrentIndex(1)
    page.choice.setCurrentIndex(0)
    assert page.questions.answer == replace(corrected[0][1], note="Better.")
    assert len(corrected) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_esc_lead_back_to_progress(window: WindowStage, page: SessionPage, key: Qt.Key) -> None:
    asked: list[int] = []
    window.view.progress.report_requested.connect(asked.append)
    window.key(key)
    assert not page.isVisible()
    assert window.view.progress.page.isVisible()
    assert len(asked) == 1


def test_a_deletion_is_asked_for_and_told_with_a_way_back(window: WindowStage, page: SessionPage) -> None:
    asked: list[int] = []
    undone: list[int] = []
    window.view.progress.delete_requested.connect(lambda each: asked.append(each.id))
    page.choice.setCurrentIndex(1)
    window.press("Delete this session")
    assert asked == [EVENING.id]
    assert window.view.progress.page.isVisible()
    for number in (1, 2):
        window.view.progress.tell_deleted(EVENING, lambda number=number: undone.append(number))  # type: ignore[misc]
    settle()
    assert told(window.view.notice) == ["The session of 2 Mar 2026, 20:00 was deleted."]
    window.press("Undo")
    assert undone == [2]
    assert window.view.notice.isHidden()
    window.view.progress.tell_deleted(EVENING, lambda: undone.append(3))
    window.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [2, 3]


def test_the_delete_key_clears_an_answer_where_it_can_and_else_deletes(window: WindowStage, page: SessionPage) -> None:
    asked: list[int] = []
    window.view.progress.delete_requested.connect(lambda each: asked.append(each.id))
    page.questions.back.setFocus()
    window.key(Qt.Key.Key_Delete)
    assert page.questions.answer.back is None
    assert not asked
    page.choice.setFocus()
    window.key(Qt.Key.Key_Delete)
    assert asked == [MORNING.id]


def test_there_is_no_way_back_after_the_next_page(window: WindowStage, page: SessionPage) -> None:
    window.view.progress.tell_deleted(EVENING, page.leave)
    settle()
    assert window.button("Undo").isVisible()
    window.press("Today")
    window.view.notice.tell("Something else.")
    settle()
    assert "Undo" not in {button.text() for button in window.buttons()}
    window.view.notice.clear()


def test_a_day_without_a_session_says_so(window: WindowStage) -> None:
    window.press("Progress")
    window.view.progress.show_day(START.date(), ())
    assert told(window.view.notice) == ["There is no session on 2 Mar 2026 that has ended."]
