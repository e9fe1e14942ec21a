"""A figure that does an exercise over and over."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimeLine
from PySide6.QtWidgets import QApplication

from stretchplayer.figure.side import Side
from stretchplayer.ui.player.figure_loop import REST_MS, STEP_MS, FigureLoop
from tests.shipped_poses import shipped_poses
from tests.ui.stage import child, settle, shipped_timeline


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[FigureLoop]:
    """The towel stretch on the left."""
    assert qapp is not None
    made = FigureLoop(shipped_poses())
    made.resize(600, 400)
    timeline = shipped_timeline()
    made.show_steps(timeline, timeline.steps_of(2, Side.LEFT))
    yield made
    made.close()
    made.deleteLater()
    settle()


def clock_of(loop: FigureLoop) -> QTimeLine:
    return child(loop, QTimeLine)


def test_it_does_all_steps_and_begins_again(loop: FigureLoop) -> None:
    clock = clock_of(loop)
    steps: list[int] = []
    told = []
    loop.step_shown.connect(steps.append)
    for step in range(-1, 4):
        clock.setCurrentTime(REST_MS + step * STEP_MS + STEP_MS // 2)
        told.append(loop.accessibleName())
    assert steps == [0, 1, 2, 3]
    assert len(set(told)) == 4, "it is held where it was moved to"
    assert clock.duration() == REST_MS + 4 * STEP_MS
    assert clock.loopCount() == 0
    clock.setCurrentTime(0)
    assert steps[-1] == -1
    assert loop.accessibleName() == told[0]


def test_it_moves(loop: FigureLoop) -> None:
    pictures = []
    for part in (0.1, 0.5, 0.9):
        clock_of(loop).setCurrentTime(round(REST_MS + STEP_MS * part))
        pictures.append(loop.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]


def test_with_reduced_motion_only_end_poses_are_shown(loop: FigureLoop) -> None:
    loop.set_reduced_motion(True)
    pictures = []
    for part in (0.1, 0.9):
        clock_of(loop).setCurrentTime(round(REST_MS + STEP_MS * part))
        pictures.append(loop.grab().toImage())
    assert pictures[0] == pictures[1]


def test_it_moves_only_while_it_is_shown(loop: FigureLoop) -> None:
    clock = clock_of(loop)
    assert clock.state() is QTimeLine.State.NotRunning
    for _again in range(2):
        loop.show()
        settle()
        assert clock.state() is QTimeLine.State.Running
        loop.hide()
        assert clock.state() is QTimeLine.State.NotRunning


def test_without_steps_it_shows_nothing(qapp: QApplication) -> None:
    assert qapp is not None
    empty = FigureLoop(shipped_poses())
    empty.show()
    settle()
    assert empty.accessibleName() == ""
    empty.close()
