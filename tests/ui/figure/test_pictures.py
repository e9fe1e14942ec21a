"""Pictures that come with a routine: shown where no pose fits, as large as fits, and nothing where they are damaged."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.ui.figure.pictures import draw_picture, load_picture
from stretchplayer.ui.figure.thumbnails import Thumbnails
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.player.figure_animator import pose_change_of
from stretchplayer.ui.player.figure_loop import FigureLoop
from stretchplayer.ui.player.steps import StepList
from stretchplayer.ui.text.player import steps
from tests.shipped_poses import shipped_poses
from tests.ui.library.routines import RICH, TURN, WALL

RED, PAPER, BARE = "#ff0000", "#ffffff", "#00ff00"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="20" height="20" fill="red"/></svg>'
DAMAGED = ("cut.png", "cut.jpg", "cut.svg", "empty.svg", "missing.png", "folder.png")


def make(folder: Path, name: str) -> str:
    """A picture twice as wide as high, its left half red; its path."""
    path = folder / name
    if path.suffix == ".svg":
        path.write_text(DRAWING, encoding="utf-8")
        return str(path)
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(PAPER))
    painter = QPainter(image)
    painter.fillRect(0, 0, 20, 20, QColor(RED))
    painter.end()
    assert image.save(str(path), quality=100)
    return str(path)


def spoil(folder: Path, name: str) -> str:
    path = folder / name
    if name.startswith("cut"):
        whole = Path(make(folder, name)).read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    elif name.startswith("empty"):
        path.write_bytes(b"")
    elif name.startswith("folder"):
        path.mkdir()
    return str(path)


def drawn(path: str, size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(BARE))
    painter = QPainter(image)
    draw_picture(painter, QRectF(image.rect()), path)
    painter.end()
    return image


def colours(image: QImage, *places: tuple[int, int]) -> list[str]:
    return [image.pixelColor(*place).name() for place in places]


@pytest.mark.parametrize("name", ["cat.png", "cat.PNG", "cat.svg"])
def test_it_is_as_large_as_fits_and_in_the_middle(qapp: QApplication, tmp_path: Path, name: str) -> None:
    image = drawn(make(tmp_path, name), QSize(200, 200))
    assert colours(image, (50, 100), (150, 100), (100, 20), (100, 180)) == [RED, PAPER, BARE, BARE]
    assert colours(image, (3, 55), (196, 145)) == [RED, PAPER]


def test_a_photo_is_drawn_too(qapp: QApplication, tmp_path: Path) -> None:
    image = drawn(make(tmp_path, "cat.jpg"), QSize(200, 100))
    colour = image.pixelColor(30, 50)
    assert (round(colour.red(), -2), round(colour.green(), -2)) == (300, 0)


def test_a_large_one_is_kept_smaller(qapp: QApplication, tmp_path: Path) -> None:
    large = QImage(3000, 1500, QImage.Format.Format_RGB32)
    large.fill(QColor(RED))
    large.save(str(tmp_path / "large.png"))
    assert load_picture(str(tmp_path / "large.png")).size() == QSize(1200, 600)


def test_one_that_was_changed_is_read_anew(qapp: QApplication, tmp_path: Path) -> None:
    path = make(tmp_path, "cat.png")
    assert load_picture(path).size() == QSize(40, 20)
    load_picture(path).scaled(30, 30).save(path)
    assert load_picture(path).size() == QSize(30, 30)


@pytest.mark.qt_log_ignore(".*")
@pytest.mark.parametrize("name", DAMAGED)
def test_nothing_is_drawn_of_a_damaged_one(qapp: QApplication, tmp_path: Path, name: str) -> None:
    path = spoil(tmp_path, name)
    assert load_picture(path).isNull()
    assert colours(drawn(path, QSize(40, 40)), (0, 0), (20, 20)) == [BARE, BARE]


# In the views


def grab(figure: Figure) -> QImage:
    return figure.grab().toImage()


def test_a_figure_shows_it_where_no_pose_fits(qapp: QApplication, tmp_path: Path) -> None:
    figure, turn = Figure(shipped_poses()), replace(TURN, picture_path=make(tmp_path, "cat.png"))
    figure.resize(200, 100)
    figure.show_movement(None, "headstand", side=None, progress=1, instead=turn)
    assert colours(grab(figure), (50, 50), (150, 50)) == [RED, PAPER]
    assert figure.aspect == 2
    assert figure.accessibleName() == TURN.title
    figure.show_movement(None, "leg-up", side=None, progress=1, instead=turn)
    assert RED not in colours(grab(figure), (50, 50), (10, 10))
    assert figure.aspect != 2
    figure.show_movement(None, "leg-up", side=None, progress=1)
    figure.show_movement(None, None, side=None, progress=1, instead=turn)
    assert colours(grab(figure), (50, 50)) == [RED]
    figure.show_movement(None, None, side=None, progress=1)
    assert RED not in colours(grab(figure), (50, 50))
    assert figure.accessibleName() == ""


def test_a_figure_is_empty_where_it_is_missing(qapp: QApplication, tmp_path: Path) -> None:
    figure = Figure({})
    figure.resize(200, 100)
    empty = grab(figure)
    figure.show_movement(
        None, None, side=None, progress=1, instead=replace(TURN, picture_path=str(tmp_path / "none.png"))
    )
    assert grab(figure) == empty
    assert figure.aspect == 1.5


def test_it_stands_in_for_the_steps_without_a_pose() -> None:
    """The pose before such a step would show something else."""
    first, hold, last = WALL.steps
    pictured = replace(
        WALL, picture_path="/cat.png", steps=(replace(first, pose="leg-out"), replace(hold, pose=None), last)
    )
    timeline = build_timeline(replace(RICH, exercises=(pictured,)))
    shown = {
        phase.kind: (change.end, change.exercise.picture_path)
        for phase in timeline.phases
        for change in [pose_change_of(timeline, phase, shipped_poses())]
    }
    assert shown[PhaseKind.MOVE] == ("leg-out", "/cat.png")
    assert shown[PhaseKind.HOLD] == (None, "/cat.png")
    assert shown[PhaseKind.RELEASE] == ("seated", "/cat.png")


def test_a_loop_shows_it_in_every_step(qapp: QApplication, tmp_path: Path) -> None:
    exercise = replace(TURN, picture_path=make(tmp_path, "cat.png"))
    timeline = build_timeline(replace(RICH, exercises=(exercise,)))
    loop = FigureLoop(shipped_poses())
    loop.resize(200, 100)
    loop.show_steps(timeline, timeline.steps_of(0, timeline.sides_of(0)[0]))
    assert colours(grab(loop), (50, 50)) == [RED]


def test_the_steps_of_the_player_have_it_as_thumbnails(qapp: QApplication, tmp_path: Path) -> None:
    exercise = replace(TURN, picture_path=make(tmp_path, "cat.png"))
    timeline = build_timeline(replace(RICH, exercises=(exercise,)))
    listed = StepList(shipped_poses())
    listed.resize(400, 300)
    listed.show_lines(steps(timeline, timeline.phases[0]))
    assert listed.fitting().pictures
    image = listed.grab().toImage()
    assert RED in {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 4)}


def test_a_thumbnail_of_a_pose_is_not_replaced(qapp: QApplication, tmp_path: Path) -> None:
    thumbnails, path = Thumbnails(shipped_poses()), make(tmp_path, "cat.png")
    assert thumbnails.has("headstand", path)
    assert not thumbnails.has("headstand")
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    for pose, is_red in (("leg-up", False), ("headstand", True), (None, True)):
        image.fill(QColor(BARE))
        painter = QPainter(image)
        thumbnails.paint(painter, QRectF(0, 0, 40, 20), qapp.palette(), pose, None, picture=path)
        painter.end()
        assert (colours(image, (3, 3)) == [RED]) is is_red
