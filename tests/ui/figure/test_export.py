"""Pictures of poses in memory and in files."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from stretchplayer.errors import DomainError, StorageError
from stretchplayer.figure.movement import Movement, movement_to
from stretchplayer.figure.pose import Rest
from stretchplayer.figure.side import Side
from stretchplayer.figure.skeleton import HIP_RADIUS, unit
from stretchplayer.figure.surroundings import SEAT_HEIGHT, Contact, View
from stretchplayer.ui.figure.brush import FigureBrush
from stretchplayer.ui.figure.colours import DARK, LIGHT, FigureColours
from stretchplayer.ui.figure.export import EXPORT_WIDTH, export_pose, render_pose
from stretchplayer.ui.figure.front_view import FrontView
from stretchplayer.ui.figure.painter import VIEWS, Scene, fit, label_radius, view_of
from stretchplayer.ui.figure.props import SEAT_DEPTH, SEAT_FRONT
from stretchplayer.ui.figure.side_view import SideView
from tests.shipped_poses import MOVEMENTS, shipped_poses
from tests.ui.figure.pixels import count_of, pixels_of

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = QSize(424, 260)
"""The aspect ratio of the picture of a lying pose."""


def colours_in(image: QImage) -> set[str]:
    """Every colour of the picture, as "#RRGGBB"."""
    return {f"#{pixel & 0xFFFFFF:06X}" for pixel in set(pixels_of(image))}


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("name", shipped_poses())
def test_the_working_leg_has_the_accent_an_outline_and_a_label(name: str, colours: FigureColours) -> None:
    image = render_pose(shipped_poses(), name, SIZE, side=Side.LEFT, colours=colours)
    found = colours_in(image)
    for colour in (colours.accent, colours.accent_outline, colours.label, colours.label_ink, colours.skin):
        assert colour.upper() in found
    without = render_pose(shipped_poses(), name, SIZE, side=None, colours=colours)
    assert colours.accent.upper() in colours_in(without)
    assert colours.label.upper() not in colours_in(without) or colours.label == "#FFFFFF"


def without_label(image: QImage, name: str, side: Side) -> QImage:
    """The picture with the label covered by a square."""
    movement = movement_to(shipped_poses(), name, shipped_poses()[name].comes_from)
    assert movement is not None
    skeleton = movement.at(1)
    mirrored = Scene(skeleton=skeleton, side=side).mirrored
    place = fit(view_of(movement), QRectF(image.rect()), mirrored=mirrored)
    view = SideView if skeleton.view is View.SIDE else FrontView
    painter = QPainter(image)
    middle = view(FigureBrush(painter, place), LIGHT, skeleton, 0).label_at
    radius = 12 * abs(place.m22())
    square = QRectF(-radius, -radius, 2 * radius, 2 * radius)
    square.translate(place.map(QPointF(middle.real, middle.imag)))
    painter.resetTransform()
    painter.fillRect(square.toAlignedRect(), QColor("white"))
    painter.end()
    return image


def distance(one: int, other: int) -> int:
    """The largest difference of two pixels in any channel, 0 to 255."""
    return max(abs(a - b) for a, b in zip(one.to_bytes(4), other.to_bytes(4), strict=True))


@pytest.mark.parametrize("name", shipped_poses())
def test_the_sides_are_mirrored_but_for_the_label(name: str) -> None:
    right = render_pose(shipped_poses(), name, SIZE, side=Side.RIGHT)
    left = render_pose(shipped_poses(), name, SIZE, side=Side.LEFT)
    assert left != right.flipped(Qt.Orientation.Horizontal), "the letter isn't mirrored"
    one = without_label(left, name, Side.LEFT)
    other = without_label(right, name, Side.RIGHT).flipped(Qt.Orientation.Horizontal)
    spots = list(zip(pixels_of(one), pixels_of(other), strict=True))
    different = [spot for spot in spots if spot[0] != spot[1] and distance(*spot) > 60]
    # Qt doesn't smooth the left and the right edges of an area in quite the same way.
    assert len(different) < len(spots) / 600


def test_the_head_is_left_of_the_feet_for_the_right_leg_only() -> None:
    """Seen from the working side: with the head on the left, the right leg is the nearer one."""
    scene = Scene(skeleton=Movement(shipped_poses()["leg-up"]).at(1), side=Side.RIGHT)
    assert scene.skeleton.head_centre.real < scene.skeleton.hip.real
    assert not scene.mirrored
    face = scene.skeleton.head_centre + unit(scene.skeleton.head) * -1j
    assert face.imag > scene.skeleton.head_centre.imag, "the face is up"


@pytest.mark.parametrize(("start", "end"), MOVEMENTS)
def test_the_picture_does_not_jump_from_one_movement_to_the_next(start: str, end: str) -> None:
    movement = movement_to(shipped_poses(), end, start)
    assert movement is not None
    assert view_of(movement) == VIEWS[movement.end.rests[0]]


def test_one_sits_on_the_front_quarter_of_the_seat() -> None:
    hip = Movement(shipped_poses()["seated"]).at(0).hip.real
    assert SEAT_FRONT - SEAT_DEPTH / 4 < hip < SEAT_FRONT


@pytest.mark.parametrize("pair", [pair for pair in MOVEMENTS if shipped_poses()[pair[1]].rests_on is Rest.SEAT])
def test_no_thigh_sinks_into_the_seat(pair: tuple[str, str]) -> None:
    movement = movement_to(shipped_poses(), pair[1], pair[0])
    assert movement is not None
    for step in range(13):
        leg = movement.at(step / 12).working_leg
        edge = (complex(SEAT_FRONT, SEAT_HEIGHT) - leg.hip) / unit(leg.thigh)
        assert edge.imag < -HIP_RADIUS + 5, "it gives a little, as flesh does"


@pytest.mark.parametrize("name", ["leg-up", "seated", "lying", "bent-forward"])
def test_the_accent_begins_at_the_groin(name: str) -> None:
    """The pelvis has the colour of the trousers."""
    movement = Movement(shipped_poses()[name])
    skeleton = movement.at(1)
    image = render_pose(shipped_poses(), name, SIZE, side=Side.RIGHT)
    place = fit(view_of(movement), QRectF(image.rect()), mirrored=False)
    for spot, colour in (
        (skeleton.hip, LIGHT.trousers),
        (skeleton.hip - unit(skeleton.torso) * -6, LIGHT.trousers),
        (skeleton.working_leg.on_thigh(0.75, 0), LIGHT.accent),
    ):
        pixel = place.map(QPointF(spot.real, spot.imag)).toPoint()
        assert image.pixelColor(pixel).name().upper() == colour


def test_clasped_hands_show_the_fingers_of_both() -> None:
    def fingers(name: str, at: float) -> int:
        image = render_pose(shipped_poses(), name, SIZE, side=None, at=at)
        return count_of(image, LIGHT.skin_far)

    assert fingers("leg-up", 0) > 100
    assert fingers("leg-up", 1) > 100


def test_the_picture_grows_for_a_pose_that_needs_more_room() -> None:
    seated = shipped_poses()["seated"]
    leaning = replace(seated, torso=160.0, head=160.0, working_leg=replace(seated.working_leg, thigh=30.0))
    view, usual = view_of(Movement(leaning)), VIEWS[Contact.SEAT]
    assert view.left() < usual.left() - 10
    assert view.right() == pytest.approx(usual.right())
    assert view.height() == pytest.approx(usual.height())


def test_small_pictures_have_a_larger_label() -> None:
    assert label_radius(0.5) * 0.5 > label_radius(6) * 0.5
    assert label_radius(0.7) * 0.7 >= 7


@pytest.mark.parametrize("side", [None, *Side])
def test_png(tmp_path: Path, side: Side | None) -> None:
    path = tmp_path / "leg-up.PNG"
    export_pose(shipped_poses(), "leg-up", path, side=side)
    image = QImage(str(path))
    assert image.width() == EXPORT_WIDTH
    assert LIGHT.accent in colours_in(image)
    export_pose(shipped_poses(), "leg-up", path, side=side, at=0.3)
    assert QImage(str(path)) != image


def test_svg(tmp_path: Path) -> None:
    path = tmp_path / "leg-up.svg"
    export_pose(shipped_poses(), "leg-up", path, side=Side.LEFT)
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314  It is our own
    assert root.tag.endswith("svg")
    text = path.read_text(encoding="utf-8")
    assert LIGHT.accent.lower() in text.lower()
    assert "left leg straight up" in text
    assert "<text" not in text, "letters are outlines, so that no font is needed"


def test_a_pose_that_comes_from_nowhere_is_just_itself() -> None:
    poses = {"leg-up": shipped_poses()["leg-up"]}
    assert render_pose(poses, "leg-up", SIZE, side=None, at=0) == render_pose(poses, "leg-up", SIZE, side=None)


@pytest.mark.parametrize(
    ("name", "file", "at", "sentence"),
    [
        ("leg", "a.png", 1, 'There is no pose "leg"; the nearest names are leg-up, leg-out, '),
        ("leg-up", "a.gif", 1, "a.gif is not an image that can be made; the name must end in .png or .svg."),
        ("leg-up", "a.png", 1.5, "The moment must be from 0 (start of the movement) to 1 (its end), not 1.5."),
        ("leg-up", "a.png", float("nan"), "The moment must be"),
    ],
)
def test_what_cannot_be_made(tmp_path: Path, name: str, file: str, at: float, sentence: str) -> None:
    with pytest.raises(DomainError) as caught:
        export_pose(shipped_poses(), name, tmp_path / file, at=at)
    assert str(caught.value).startswith(sentence)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="can't be written"):
        export_pose(shipped_poses(), "leg-up", tmp_path / "none" / "a.png")
