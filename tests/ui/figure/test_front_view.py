"""The head and the knees of a person seen from the front or from above."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.surroundings import Contact
from stretchplayer.ui.figure.colours import LIGHT
from stretchplayer.ui.figure.export import render_pose
from tests.shipped_poses import shipped_poses

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = QSize(600, 600)


def spots(pose: Pose, colour: str) -> list[tuple[int, int]]:
    """The pixels of a colour in the picture of a pose."""
    image = render_pose({pose.name: pose}, pose.name, SIZE, side=None)
    return list(_spots(image, QColor(colour).rgba()))


def _spots(image: QImage, wanted: int) -> Iterator[tuple[int, int]]:
    for x in range(SIZE.width()):
        for y in range(SIZE.height()):
            if image.pixel(x, y) == wanted:
                yield x, y


def test_a_head_turns_to_the_working_side() -> None:
    ahead = replace(shipped_poses()["seated-front"], comes_from=None)
    turned, away = replace(ahead, head_turn=40), replace(ahead, head_turn=-40)
    lips = [
        sum(x for x, _y in found) / len(found) for found in (spots(pose, LIGHT.lip) for pose in (turned, ahead, away))
    ]
    assert lips == sorted(lips)
    assert lips[2] - lips[0] > 10
    for pose in (turned, away):
        assert len(spots(pose, LIGHT.hair)) > len(spots(ahead, LIGHT.hair)), "the back of the head is seen"


def test_a_knee_that_points_at_the_viewer_has_a_line_round_it() -> None:
    bent = replace(shipped_poses()["lying-from-above"], comes_from=None)
    lower = replace(bent, shortening=replace(bent.shortening, shin=0.4, other_shin=0.4))
    assert len(spots(bent, LIGHT.trousers_far)) > 80
    assert not spots(lower, LIGHT.trousers_far)


def test_the_shins_of_a_person_who_kneels_are_behind_the_knees() -> None:
    kneels = replace(shipped_poses()["side-bridge-on-knees"], comes_from=None)
    assert len(spots(kneels, LIGHT.trousers_far)) > 80
    assert len(spots(kneels, LIGHT.trousers)) > 400
    stands = replace(kneels, contacts=tuple(each for each in kneels.contacts if each is not Contact.KNEES))
    assert not spots(replace(stands, at=0), LIGHT.trousers_far)
