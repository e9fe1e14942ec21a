"""The finish page says what was done, and no more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.routine import Exercise, Position, Routine, SideMode
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.pages.finish_page import Background, FinishPage
from tests.progress_data import a_year, report_of
from tests.shipped_poses import shipped_poses
from tests.ui.reminder_stage import USUAL
from tests.ui.stage import HOLD, MOVE, RELEASE, WindowStage, child, one_exercise, settle, shipped_timeline

MakeWindow = Callable[..., WindowStage]


def go_to_end(window: WindowStage) -> None:
    window.play()
    window.session.stop()
    settle()


def page_of(window: WindowStage) -> FinishPage:
    return window.view.progress.finish


def said(window: WindowStage) -> list[str]:
    """The title, the summary and, where it is shown, the table."""
    page = page_of(window)
    table = page.table.findChildren(QLabel) if page.table.isVisible() else []
    return [label.text() for label in (child(page, QLabel, "title"), child(page, QLabel, "summary"), *table)]


def test_the_end_praises_only_what_was_done(window: WindowStage) -> None:
    window.timeline = one_exercise(MOVE, HOLD, RELEASE)
    window.play()
    window.run_for(window.timeline.total_ms + 1_000)
    assert said(window) == ["Well done", "2 of 2 holds, 1 min in total."]
    assert page_of(window).tick.isVisible()


def test_a_session_that_was_skipped_through_is_no_well_done(window: WindowStage) -> None:
    window.timeline = one_exercise(MOVE, HOLD, RELEASE)
    window.play_to(PhaseKind.DONE)
    settle()
    assert said(window)[:2] == ["The end", "0 of 2 holds, 0 s in total."]
    assert not page_of(window).tick.isVisible()


def test_a_session_that_was_stopped_tells_what_was_held(window: WindowStage) -> None:
    window.timeline = one_exercise(MOVE, HOLD, RELEASE)
    window.play_to(PhaseKind.HOLD, 2, into_ms=12_900)
    window.session.stop()
    settle()
    assert said(window) == [
        "Stopped", "0 of 2 holds, 12 s in total.", "Left", "Right", "An exercise", "0 s", "12 s",
    ]  # fmt: skip
    assert not page_of(window).tick.isVisible()


def test_an_exercise_without_sides_needs_no_table(window: WindowStage) -> None:
    window.timeline = one_exercise(HOLD, sides=SideMode.NONE)
    window.play_to(PhaseKind.HOLD, into_ms=12_900)
    window.session.stop()
    settle()
    assert said(window) == ["Stopped", "0 of 1 holds, 12 s in total."]


def test_the_next_end_replaces_the_one_before(window: WindowStage) -> None:
    for _ in range(2):
        window.play_to(PhaseKind.HOLD, into_ms=9_000)
        window.session.stop()
        settle()
    assert said(window)[2:] == ["Left", "Right", "Lying leg raise", "9 s", "0 s"]


@pytest.mark.parametrize("exercise", range(3))
def test_the_figure_rests_as_the_exercise_done_last_begins(window: WindowStage, exercise: int) -> None:
    window.play_to(PhaseKind.HOLD, 2 * exercise + 1, into_ms=9_000)
    window.session.stop()
    settle()
    assert resting_words(window) == starting_words(window.timeline.routine.exercises[exercise])


def test_after_a_whole_session_the_figure_rests_as_the_last_exercise_begins(window: WindowStage) -> None:
    for nth, _hold in enumerate(window.timeline.holds(), 1):
        window.play_to(PhaseKind.HOLD, nth, into_ms=9_000)
    window.play_to(PhaseKind.DONE)
    settle()
    assert resting_words(window) == starting_words(window.timeline.routine.exercises[-1])


def resting_words(window: WindowStage) -> str:
    figure = child(page_of(window), Figure)
    assert figure.isVisible()
    return figure.accessibleName()


def starting_words(exercise: Exercise) -> str:
    poses = shipped_poses()
    first = poses[exercise.steps[0].pose or ""]
    return poses[first.comes_from or ""].words(None)


# What comes next


def test_the_day_and_the_next_reminder_are_told(window: WindowStage) -> None:
    window.view.show_reminders(USUAL)
    go_to_end(window)
    following = page_of(window).following
    assert following.text() == "Next: tonight, 20:00"
    window.view.progress.show_background((), Background(days_done=5))
    assert following.text() == "Day 5. Next: tonight, 20:00"
    window.view.show_reminders(replace(USUAL, next_at=USUAL.now + timedelta(hours=15)))
    assert following.text() == "Day 5. Next: tomorrow morning, 08:20"
    window.view.show_reminders(replace(USUAL, enabled=False))
    assert following.text() == "Day 5."


def test_nothing_is_told_of_days_and_reminders_that_are_not_known(window: WindowStage) -> None:
    go_to_end(window)
    assert not page_of(window).following.text().strip()


def test_what_has_measurably_changed_is_told_and_nothing_else(window: WindowStage) -> None:
    go_to_end(window)
    changes = page_of(window).changes
    assert not changes.isVisible()
    year = report_of(a_year(), 53)
    window.view.progress.show_background((), Background(back=year.back, leg=year.leg, reach=year.reach))
    settle()
    assert changes.isVisible()
    assert [line.partition(":")[0] for line in changes.text().splitlines()] == ["Back pain", "Reach"]
    window.view.progress.show_background((), Background(leg=year.leg))
    assert not changes.isVisible()


@pytest.mark.parametrize(("size", "shown"), [((1060, 720), True), ((480, 700), False)])
def test_the_figure_makes_room_for_questions(make_window: MakeWindow, size: tuple[int, int], shown: bool) -> None:
    window = make_window(size=size)
    window.play_to(PhaseKind.HOLD, into_ms=30_000)
    window.session.stop()
    settle()
    assert child(page_of(window), Figure).isVisible() is shown


# Sizes


def test_a_long_routine_s_end_keeps_its_button_in_sight(make_window: MakeWindow) -> None:
    exercises = tuple(
        Exercise(id=f"s{n}", title=f"Stretch number {n}", position=Position.STANDING, steps=(HOLD,)) for n in range(40)
    )
    timeline = build_timeline(Routine(id="long", title="Long", exercises=exercises))
    window = make_window(size=(800, 500), timeline=timeline)
    window.play_to(PhaseKind.HOLD, into_ms=9_000)
    window.session.stop()
    settle()
    button = window.button("Done")
    bottom = button.mapTo(window.frame, button.rect().bottomLeft())
    assert bottom.y() <= window.frame.height()
    assert window.frame.height() == 500
    page = page_of(window)
    assert all(cell.height() >= cell.heightForWidth(cell.width()) for cell in page.table.findChildren(QLabel))


def test_what_was_held_is_shown_without_a_session(qapp: QApplication) -> None:
    assert qapp is not None
    page = FinishPage({})
    page.show_held(HeldTime(shipped_timeline()), finished=False)
    assert [label.text() for label in page.findChildren(QLabel, "title")] == ["Stopped"]
