"""The figure as a widget: what it shows and says, and when it repaints."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication

from stretchplayer.figure.breath import breath_at
from stretchplayer.figure.side import Side
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.theme import palette as theme
from tests.shipped_poses import shipped_poses


class Watched(Figure):
    """A figure that records its repaints."""

    def __init__(self) -> None:
        super().__init__(shipped_poses())
        self.drawn: list[QRect] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.drawn.append(event.rect())
        super().paintEvent(event)


@pytest.fixture
def figure(qapp: QApplication) -> Iterator[Watched]:
    """A visible figure of 900 × 600 px."""
    made = Watched()
    made.setPalette(theme.palette(theme.DARK))
    made.resize(900, 600)
    made.show()
    qapp.processEvents()
    made.drawn.clear()
    yield made
    made.close()
    made.deleteLater()


def show(figure: Figure, start: str | None, end: str | None, progress: float = 1, **more: float) -> None:
    """Show a moment of the left leg's movement."""
    figure.show_movement(start, end, side=Side.LEFT, progress=progress, breath=more.get("breath", 0.0))
    QApplication.processEvents()


def grab(figure: Figure) -> QImage:
    """What the widget looks like."""
    image = QImage(figure.size(), QImage.Format.Format_RGB32)
    image.fill(0)
    figure.render(image, QPoint(0, 0))
    return image


def test_a_movement_is_drawn_and_told_in_words(figure: Watched) -> None:
    show(figure, "knee-to-chest", "leg-up", 0.5)
    assert figure.drawn
    assert "left leg straight up" in figure.accessibleName()
    assert "right leg straight on the floor" in figure.accessibleName()
    before = grab(figure)
    show(figure, "knee-to-chest", "leg-up", 0.8)
    assert grab(figure) != before


@pytest.mark.parametrize("end", [None, "nonsense", ""])
def test_a_missing_pose_draws_nothing(figure: Watched, end: str | None) -> None:
    empty = grab(figure)
    show(figure, None, "leg-up")
    assert grab(figure) != empty
    show(figure, "leg-up", end)
    assert grab(figure) == empty
    assert not figure.accessibleName()


def test_nothing_is_drawn_again_before_it_has_moved(figure: Watched) -> None:
    show(figure, "knee-to-chest", "leg-up", 0.5)
    figure.drawn.clear()
    show(figure, "knee-to-chest", "leg-up", 0.5)
    show(figure, "knee-to-chest", "leg-up", 0.50001)
    assert not figure.drawn
    show(figure, "knee-to-chest", "leg-up", 0.52)
    assert figure.drawn


def test_slow_movements_are_not_lost(figure: Watched) -> None:
    for step in range(1_700, 2_001):
        show(figure, "knee-to-chest", "leg-up", step / 2_000)
    assert 15 < len(figure.drawn) < 299
    assert difference(grab(figure), freshly_drawn(figure, None, "leg-up")) <= 3


def test_breathing_is_drawn_seldom(figure: Watched) -> None:
    figure.drawn.clear()
    for ms in range(0, 10_000, 33):
        show(figure, None, "leg-up", breath=breath_at(ms))
    assert 5 < len(figure.drawn) < 60


def test_the_end_of_a_movement_is_drawn_once(figure: Watched) -> None:
    show(figure, "lying", "knee-to-chest", 0.93)
    figure.drawn.clear()
    show(figure, "lying", "knee-to-chest", 1)
    show(figure, "lying", "knee-to-chest", 1)
    assert len(figure.drawn) == 1


def freshly_drawn(figure: Figure, start: str | None, end: str, progress: float = 1, breath: float = 0.0) -> QImage:
    """The same moment drawn in one go, by a widget that has shown nothing before."""
    fresh = Figure(shipped_poses())
    fresh.resize(figure.size())
    fresh.setPalette(figure.palette())
    fresh.show_movement(start, end, side=Side.LEFT, progress=progress, breath=breath)
    return grab(fresh)


def difference(one: QImage, other: QImage) -> int:
    """The largest difference of two pictures in any channel, 0 to 255."""
    pairs = set(zip(bytes(one.constBits()), bytes(other.constBits()), strict=True))
    return max(abs(mine - theirs) for mine, theirs in pairs)


def test_the_chest_swells(figure: Watched) -> None:
    show(figure, None, "leg-up", breath=0)
    empty = grab(figure)
    show(figure, None, "leg-up", breath=1)
    assert grab(figure) != empty


def test_only_the_trunk_is_drawn_again_for_a_breath(figure: Watched) -> None:
    show(figure, None, "leg-up", breath=0)
    figure.drawn.clear()
    show(figure, None, "leg-up", breath=1)
    assert all(area.width() < figure.width() / 2 and area.height() < figure.height() / 2 for area in figure.drawn)
    assert grab(figure) == freshly_drawn(figure, None, "leg-up", breath=1)


def test_reduced_motion_shows_only_ends(figure: Watched) -> None:
    figure.set_reduced_motion(True)
    show(figure, "knee-to-chest", "leg-up", 0)
    still = grab(figure)
    figure.drawn.clear()
    for step in range(10):
        show(figure, "knee-to-chest", "leg-up", step / 10, breath=step / 10)
    assert not figure.drawn
    figure.set_reduced_motion(False)
    show(figure, None, "leg-up", breath=0)
    assert grab(figure) == still


def test_the_other_side_is_another_picture(figure: Watched) -> None:
    figure.show_movement(None, "leg-up", side=Side.LEFT, progress=1)
    left = grab(figure)
    figure.show_movement(None, "leg-up", side=Side.RIGHT, progress=1)
    assert grab(figure) != left
    assert "right leg straight up" in figure.accessibleName()
    figure.show_movement(None, "leg-up", side=None, progress=1)
    assert "working leg straight up" in figure.accessibleName()


def test_it_follows_the_palette(figure: Watched) -> None:
    show(figure, None, "seated")
    dark = grab(figure)
    figure.setPalette(theme.palette(theme.LIGHT))
    assert grab(figure) != dark


@pytest.mark.parametrize("size", [(48, 32), (120, 80), (1500, 200), (200, 1500)])
def test_it_is_whole_in_any_size(figure: Watched, size: tuple[int, int]) -> None:
    figure.resize(*size)
    for name in (name for name, pose in shipped_poses().items() if pose.frame is None):
        show(figure, None, name)
        image = grab(figure)
        ground = image.pixel(0, 0)
        edges = [image.pixel(x, y) for x in range(size[0]) for y in (0, size[1] - 1)]
        assert set(edges) == {ground}


def test_its_size(figure: Watched) -> None:
    assert figure.sizeHint().width() > figure.sizeHint().height() > 100
