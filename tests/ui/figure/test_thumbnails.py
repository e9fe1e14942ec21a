"""The thumbnails in the list of steps."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.storage.poses.pose_folder import PoseFiles
from stretchplayer.ui.figure import thumbnails
from stretchplayer.ui.figure.export import render_pose
from stretchplayer.ui.figure.thumbnails import Thumbnails
from stretchplayer.ui.player.steps import StepList
from stretchplayer.ui.theme import palette as theme
from tests.ui.stage import WindowStage, settle

POSES = PoseFiles(Path("nowhere")).poses()
BOX = QRectF(4, 2, 60, 40)


def painted(
    pictures: Thumbnails, pose: str, side: Side | None, colours: theme.Colours = theme.DARK, *, box: QRectF = BOX
) -> QImage:
    image = QImage(80, 60, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    pictures.paint(painter, box, theme.palette(colours), pose, side)
    painter.end()
    return image


@pytest.fixture
def pictures(qapp: QApplication) -> Thumbnails:
    return Thumbnails(POSES)


def test_every_pose_side_and_set_of_colours_has_its_own_picture(pictures: Thumbnails) -> None:
    images = [
        painted(pictures, pose, side, colours)
        for pose in ("leg-up", "seated")
        for side in Side
        for colours in (theme.DARK, theme.LIGHT)
    ]
    different = {bytes(image.constBits()) for image in images}
    assert len(different) == len(images)
    assert bytes(len(images[0].constBits())) not in different


def test_an_unknown_pose_is_left_out(pictures: Thumbnails) -> None:
    assert pictures.has("leg-up")
    assert not pictures.has("headstand")
    image = painted(pictures, "headstand", None)
    assert bytes(image.constBits()) == bytes(len(image.constBits()))


@pytest.mark.parametrize("box", [QRectF(0, 0, 60, 0), QRectF(0, 0, 60, -8)])
def test_where_no_room_is_left_nothing_is_drawn(pictures: Thumbnails, box: QRectF) -> None:
    image = painted(pictures, "leg-up", Side.LEFT, box=box)
    assert bytes(image.constBits()) == bytes(len(image.constBits()))


def test_a_picture_is_drawn_once(pictures: Thumbnails, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def render_and_note(poses: Mapping[str, Pose], name: str, size: QSize, **more: object) -> QImage:
        drawn.append(name)
        return render_pose(poses, name, size, **more)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(thumbnails, "KEPT", 2)
    monkeypatch.setattr(thumbnails, "render_pose", render_and_note)
    for pose in ("lying", "leg-up", "lying", "leg-up"):
        painted(pictures, pose, Side.LEFT)
    assert drawn == ["lying", "leg-up"]
    painted(pictures, "seated", Side.LEFT)  # one too many: all are forgotten
    painted(pictures, "lying", Side.LEFT)
    assert drawn == ["lying", "leg-up", "seated", "lying"]


@pytest.mark.parametrize("size", [(800, 500), (1060, 720), (1920, 1080)])
def test_steps_are_listed_with_pictures(make_window: Callable[..., WindowStage], size: tuple[int, int]) -> None:
    pictures = []
    for poses in (POSES, {}):
        window = make_window(size=size, poses=poses)
        player = window.play()
        player.set_steps_shown(True)
        window.play_to(PhaseKind.HOLD)
        settle()
        steps = player.findChild(StepList)
        assert isinstance(steps, StepList)
        pictures.append(steps.grab().toImage())
    assert pictures[0] != pictures[1]
