"""The finish page says what was done, and no more."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QApplication,
    QLabel,
)

from stretchplayer.routine.held_time import HeldTime
from stretchplayer.routine.routine import Position, Routine, SideMode, Stretch
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.ui.pages.finish_page import FinishPage
from tests.ui.stage import HOLD, MOVE, RELEASE, WindowStage, one_stretch, settle, shipped_timeline

MakeWindow = Callable[..., WindowStage]


def go_to_end(window: WindowStage) -> None:
    window.play()
    window.session.stop()
    settle()


def cells(window: WindowStage) -> list[str]:
    page = window.view.findChild(FinishPage)
    assert isinstance(page, FinishPage)
    return [label.text() for label in (*page.findChildren(QLabel, "title"), *page.findChildren(QLabel, "summary"))] + [
        cell.text() for cell in page.table.findChildren(QLabel)
    ]


def test_the_end_praises_only_what_was_done(window: WindowStage) -> None:
    window.timeline = one_stretch(MOVE, HOLD, RELEASE)
    window.play()
    window.run_for(window.timeline.total_ms + 1_000)
    assert cells(window) == [
        "Well done", "2 of 2 holds, 1 min in total.", "Left", "Right", "A stretch", "30 s", "30 s",
    ]  # fmt: skip


def test_a_session_that_was_skipped_through_is_no_well_done(window: WindowStage) -> None:
    window.timeline = one_stretch(MOVE, HOLD, RELEASE)
    window.play_to(PhaseKind.DONE)
    settle()
    assert cells(window)[:2] == ["The end", "0 of 2 holds, 0 s in total."]


def test_a_session_that_was_stopped_tells_what_was_held(window: WindowStage) -> None:
    window.timeline = one_stretch(MOVE, HOLD, RELEASE)
    window.play_to(PhaseKind.HOLD, 2, into_ms=12_900)
    window.session.stop()
    settle()
    assert cells(window) == [
        "Stopped", "0 of 2 holds, 12 s in total.", "Left", "Right", "A stretch", "0 s", "12 s",
    ]  # fmt: skip


def test_a_stretch_without_sides_has_one_column(window: WindowStage) -> None:
    window.timeline = one_stretch(HOLD, sides=SideMode.NONE)
    window.play()
    window.session.stop()
    settle()
    assert cells(window)[2:] == ["A stretch", "0 s"]


def test_the_next_end_replaces_the_one_before(window: WindowStage) -> None:
    for _ in range(2):
        go_to_end(window)
    assert len(cells(window)) == 2 + 2 + 3 * 3


def test_a_long_routine_s_end_keeps_its_button_in_sight(make_window: MakeWindow) -> None:
    stretches = tuple(
        Stretch(id=f"s{n}", title=f"Stretch number {n}", position=Position.STANDING, steps=(HOLD,)) for n in range(40)
    )
    timeline = build_timeline(Routine(id="long", title="Long", stretches=stretches))
    window = make_window(size=(800, 500), timeline=timeline)
    go_to_end(window)
    button = window.button("Done")
    bottom = button.mapTo(window.frame, button.rect().bottomLeft())
    assert bottom.y() <= window.frame.height()
    assert window.frame.height() == 500
    page = window.view.findChild(FinishPage)
    assert isinstance(page, FinishPage)
    assert all(cell.height() >= cell.heightForWidth(cell.width()) for cell in page.table.findChildren(QLabel))


def test_what_was_held_is_shown_without_a_session(qapp: QApplication) -> None:
    assert qapp is not None
    page = FinishPage()
    page.show_held(HeldTime(shipped_timeline()), finished=False)
    assert [label.text() for label in page.findChildren(QLabel, "title")] == ["Stopped"]
