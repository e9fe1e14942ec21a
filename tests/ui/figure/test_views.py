"""The person from every side, at work with any part of the body, and the things around."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage

from stretchplayer.figure.movement import Movement
from stretchplayer.figure.pose import Arrow, Frame, Pose, Towel
from stretchplayer.figure.side import Side
from stretchplayer.figure.skeleton import Point
from stretchplayer.figure.surroundings import Facing, PlacedProp, Prop, View, Works
from stretchplayer.ui.figure.colours import LIGHT
from stretchplayer.ui.figure.export import render_pose
from stretchplayer.ui.figure.painter import Scene, fit, view_of
from tests.shipped_poses import shipped_poses
from tests.ui.figure.pixels import count_of, pixels_of

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = QSize(600, 600)
BARE = frozenset({Prop.MAT, Prop.FLOOR})


def picture(pose: Pose, side: Side | None = Side.RIGHT) -> QImage:
    return render_pose({pose.name: pose}, pose.name, SIZE, side=side)


def changed(one: QImage, other: QImage) -> QRectF:
    """The pixels in which two pictures differ."""
    spots = enumerate(zip(pixels_of(one), pixels_of(other), strict=True))
    places = [divmod(number, SIZE.width()) for number, (pixel, another) in spots if pixel != another]
    if not places:
        return QRectF()
    xs, ys = [x for _y, x in places], [y for y, _x in places]
    return QRectF(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("works", Works)
def test_the_working_part_has_accent_outline_and_label(works: Works, view: View) -> None:
    pose = replace(shipped_poses()["standing"], works=works, view=view)
    image = picture(pose)
    assert count_of(image, LIGHT.accent) > 80
    assert count_of(image, LIGHT.accent_outline) > 80
    assert changed(image, picture(pose, None)).width() > 20, "the label"


def test_no_two_parts_look_the_same() -> None:
    standing = shipped_poses()["standing"]
    for view, same in ((View.SIDE, 9), (View.FRONT, 6)):
        images = [picture(replace(standing, works=works, view=view), None) for works in Works]
        assert len({bytes(image.constBits()) for image in images}) == same
    """From the side, the side of the trunk is the trunk; from the front, each of its other parts is,
    and one buttock is both."""


def accent(pose: Pose) -> tuple[QPointF, QRectF]:
    """The middle of the accent, and its bounds, in the figure's units."""
    image = picture(pose, None)
    number, bounds = QColor(LIGHT.accent).rgba(), QRectF()
    places = [divmod(at, SIZE.width()) for at, pixel in enumerate(pixels_of(image)) if pixel == number]
    for y, x in places:
        bounds = bounds.united(QRectF(x, y, 1, 1))
    to_units = fit(view_of(Movement(pose)), QRectF(0, 0, SIZE.width(), SIZE.height()), mirrored=False).inverted()[0]
    middle = QPointF(sum(x for _y, x in places) / len(places), sum(y for y, _x in places) / len(places))
    return to_units.map(middle), to_units.mapRect(bounds)


@pytest.mark.parametrize(
    ("works", "before", "above"), [(Works.ABDOMEN, 1, -1), (Works.CHEST, 1, 1), (Works.UPPER_BACK, -1, 1)]
)
def test_a_part_of_the_trunk_is_where_it_works(works: Works, before: int, above: int) -> None:
    pose = replace(shipped_poses()["standing-at-wall"], comes_from=None, works=works)
    body = Movement(pose).at(1)
    middle, bounds = accent(pose)
    trunk = (body.hip + body.shoulder) / 2
    assert before * (middle.x() - trunk.real) > 0
    assert above * (middle.y() - trunk.imag) > 0
    assert bounds.height() < 0.75 * abs(body.shoulder - body.hip)


def test_an_arm_drawn_back_does_not_hide_what_works_between_the_shoulder_blades() -> None:
    together = replace(shipped_poses()["shoulder-blades-together"], comes_from=None)
    assert accent(together)[1].height() > 18


def test_of_a_neck_that_bends_to_the_side_only_the_long_side_works() -> None:
    pose = replace(shipped_poses()["neck-upright"], comes_from=None)
    assert accent(pose)[1].right() < Movement(pose).at(1).shoulder.real + 1.5


def test_the_buttock_that_works_stays_off_the_thigh_in_a_bridge() -> None:
    bridge = replace(shipped_poses()["bridge"], comes_from=None)
    leg = Movement(bridge).at(1).working_leg
    assert accent(bridge)[1].right() < leg.on_thigh(0.3, 0).real


@pytest.mark.parametrize("faces", Facing)
@pytest.mark.parametrize("prop", sorted({*Prop} - {Prop.FLOOR, Prop.STRAP}))
@pytest.mark.parametrize("view", [View.SIDE, View.FRONT])
def test_a_thing_is_drawn_where_it_is(view: View, prop: Prop, faces: Facing) -> None:
    bare = replace(shipped_poses()["standing"], view=view, props=())
    pose = replace(bare, props=(PlacedProp(prop=prop, at=30, faces=faces),))
    view_rect = view_of(Movement(pose))
    one = render_pose({pose.name: pose}, pose.name, SIZE, side=None)
    place = fit(view_rect, QRectF(0, 0, SIZE.width(), SIZE.height()), mirrored=False)
    without = replace(bare, props=(PlacedProp(prop=Prop.FLOOR, at=30),))
    area = place.inverted()[0].mapRect(changed(one, picture(without, None)))
    assert area.left() < 30 < area.right()


@pytest.mark.parametrize(
    ("prop", "colour"), [(Prop.STEP, LIGHT.chair_top), (Prop.TABLE, LIGHT.chair_top), (Prop.WALL, LIGHT.chair)]
)
def test_from_the_front_things_are_upright(prop: Prop, colour: str) -> None:
    bare = replace(shipped_poses()["standing"], view=View.FRONT)
    image = picture(replace(bare, props=(PlacedProp(prop=prop, at=60, faces=Facing.LEFT),)))
    wanted = QColor(colour).rgba()
    rows = [[x for x in range(SIZE.width()) if image.pixel(x, y) == wanted] for y in range(SIZE.height())]
    ends = [(min(row), max(row)) for row in rows if row]
    assert len(ends) > 10
    assert all(abs(end - first) <= 1 for row in ends for end, first in zip(row, ends[0], strict=True))


@pytest.mark.parametrize("name", sorted(name for name, pose in shipped_poses().items() if pose.thing(Prop.MAT)))
def test_no_mat_is_cut_at_the_edge(name: str) -> None:
    pose = shipped_poses()[name]
    mat = pose.thing(Prop.MAT)
    assert mat is not None
    view = view_of(Movement(pose))
    assert view.left() <= mat.span[0] < mat.span[1] <= view.right()


def test_an_arrow_is_drawn_whole_while_its_pose_is_the_end() -> None:
    standing, arrow = shipped_poses()["standing"], Arrow(at=150, height=100, radius=20, begins=0, ends=90)
    pose = replace(standing, arrows=(arrow, replace(arrow, height=50)))
    assert count_of(picture(pose), LIGHT.arrow) > 10
    assert view_of(Movement(standing, pose)).contains(160, 110)
    assert not count_of(picture(standing), LIGHT.arrow)
    assert len(Movement(standing, pose).at(0.2).arrows) == 2
    assert not Movement(pose, standing).at(0.2).arrows


def test_a_frame_brings_a_pose_closer() -> None:
    standing = shipped_poses()["standing"]
    close = replace(standing, name="close", frame=Frame(left=-40, right=60, low=80, high=180))
    assert view_of(Movement(standing, close)) == QRectF(-40, 80, 100, 100)
    assert count_of(picture(close), LIGHT.hair) > 3 * count_of(picture(standing), LIGHT.hair)


@pytest.mark.parametrize("view", View)
def test_a_short_mat_brings_the_person_closer(view: View) -> None:
    usual = replace(shipped_poses()["lying-knees-bent"], view=view)
    mats = (PlacedProp(prop=Prop.MAT, at=-12.5, length=length) for length in (165, 206))
    short, long = (replace(usual, props=(mat,)) for mat in mats)
    assert count_of(picture(short), LIGHT.hair) > count_of(picture(long), LIGHT.hair)
    assert view_of(Movement(short)).height() <= view_of(Movement(long)).height()


def test_the_label_is_on_the_leg_that_moves_while_the_buttocks_work() -> None:
    pose = replace(shipped_poses()["bridge-leg-long"], comes_from=None, via=None, works=Works.BUTTOCKS)
    shin = Movement(pose).at(1).working_leg.on_shin(0.5, 0)
    place = fit(view_of(Movement(pose)), QRectF(0, 0, SIZE.width(), SIZE.height()), mirrored=False)
    label = changed(picture(pose), picture(pose, None))
    assert label.contains(place.map(QPointF(shin.real, shin.imag)))


@pytest.mark.parametrize("side", Side)
def test_the_leg_that_stands_is_the_near_one_while_its_buttock_works(side: Side) -> None:
    pose = replace(shipped_poses()["bridge-leg-long"], comes_from=None, via=None)
    body, image = Movement(pose).at(1), picture(pose, side)
    mirrored = Scene(skeleton=body, side=side).mirrored
    assert mirrored is (side is Side.RIGHT)
    place = fit(view_of(Movement(pose)), QRectF(0, 0, SIZE.width(), SIZE.height()), mirrored=mirrored)

    def colour(spot: Point) -> str:
        return image.pixelColor(place.map(QPointF(spot.real, spot.imag)).toPoint()).name().upper()

    assert colour(body.hip) == LIGHT.accent
    assert colour(body.working_leg.ankle) == LIGHT.skin_far
    assert colour(body.other_leg.ankle + 9 - 2j) == LIGHT.skin
    assert colour(body.working_leg.on_shin(0.52, 0) + 6j) == LIGHT.label


def test_the_label_may_be_on_another_part_than_the_one_that_works() -> None:
    dog = replace(shipped_poses()["bird-dog"], comes_from=None)
    assert changed(picture(dog), picture(dog, None)).center().x() < SIZE.width() * 0.2
    on_trunk = replace(dog, label=None)
    assert changed(picture(on_trunk), picture(on_trunk, None)).center().x() > SIZE.width() * 0.4


def test_an_arm_across_the_chest_is_in_front_of_the_other_one() -> None:
    across = replace(shipped_poses()["arm-across"], comes_from=None)
    place = fit(view_of(Movement(across)), QRectF(0, 0, SIZE.width(), SIZE.height()), mirrored=False)
    arm = Movement(across).at(1).working_arm
    spot = arm.elbow + (arm.hand - arm.elbow) * 0.3
    pixel = place.map(QPointF(spot.real, spot.imag)).toPoint()
    assert picture(across).pixelColor(pixel).name().upper() == LIGHT.accent


def test_a_mat_is_wider_from_above() -> None:
    lying = shipped_poses()["lying"]
    assert count_of(picture(replace(lying, view=View.ABOVE)), LIGHT.mat) > 2 * count_of(picture(lying), LIGHT.mat)


def test_a_strap_is_no_towel() -> None:
    towel = replace(shipped_poses()["towel-leg-raised"], towel=Towel.ROUND_FOOT)
    strap = replace(towel, props=(*towel.props, Prop.STRAP))
    assert count_of(picture(towel), LIGHT.towel) > 200
    assert not count_of(picture(strap), LIGHT.towel)
    assert count_of(picture(strap), LIGHT.strap) > 200


def test_a_bone_that_points_at_the_viewer() -> None:
    standing = shipped_poses()["standing"]
    short = replace(standing.shortening, thigh=0.0, other_thigh=0.0, upper_arm=0.0, lumbar=0.0)
    image = picture(replace(standing, view=View.FRONT, shortening=short))
    assert count_of(image, LIGHT.accent) > 80
