"""Every movement of the shipped routines, at sixty moments: what must hold at each of them."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from stretchplayer.figure.breath import ease
from stretchplayer.figure.movement import Movement, movement_to
from stretchplayer.figure.pose import Pose
from stretchplayer.figure.skeleton import (
    FOREARM,
    HEAD,
    HEEL,
    LUMBAR,
    NECK,
    SHIN,
    THIGH,
    THORACIC,
    TOE,
    UPPER_ARM,
    Point,
    Skeleton,
)
from stretchplayer.figure.stance import Spot, contact_parts, stance_of
from stretchplayer.figure.strain import strains
from stretchplayer.figure.surroundings import View
from tests.shipped_poses import routine_movements, shipped_poses

pytestmark = pytest.mark.unmeasured  # it makes some forty thousand bodies

MOMENTS = 60
TOLERANCE = 1.85
"""A hundredth of the body's height."""
ALMOST = 1 - 1e-9


def way(start: str, end: str) -> Movement:
    """The movement between two shipped poses."""
    movement = movement_to(shipped_poses(), end, start)
    assert movement is not None
    return movement


def frames(movement: Movement) -> Iterator[Skeleton]:
    """The body at each moment."""
    for moment in range(MOMENTS + 1):
        yield movement.at(moment / MOMENTS)


def place_of(body: Skeleton, spot: Spot) -> Point:
    """Where a part of the body is that rests."""
    return next(point for part, point, _low in contact_parts(body, spot[0]) if part == spot[1])


def legs_between(movement: Movement) -> Iterator[tuple[Pose, Pose, list[tuple[float, Skeleton]]]]:
    """The poses on the way in pairs, and the moments between the two: how far the eased movement is, and the body."""
    pairs = list(pairwise(movement.poses))
    for number, (one, two) in enumerate(pairs):
        moments = [min(moment / MOMENTS, ALMOST) for moment in range(MOMENTS + 1)]
        yield one, two, [(ease(moment), movement.at((number + moment) / len(pairs))) for moment in moments]


@pytest.mark.parametrize("pair", routine_movements(), ids="-".join)
def test_a_movement_leads_from_each_pose_to_the_next(pair: tuple[str, str]) -> None:
    assert way(*pair).poses[0].name == pair[0]


@pytest.mark.parametrize("pair", routine_movements(), ids="-".join)
def test_bones_keep_their_lengths(pair: tuple[str, str]) -> None:
    for body in frames(way(*pair)):
        short = body.shortening
        lengths = [
            (body.waist - body.hip, LUMBAR * short.lumbar),
            (body.shoulder - body.waist, THORACIC * short.thoracic),
            (body.head_base - body.shoulder, NECK * short.neck),
            (body.head_centre - body.head_base, HEAD * short.neck),
        ]
        for leg, (thigh, shin, foot) in (
            (body.working_leg, (short.thigh, short.shin, short.foot)),
            (body.other_leg, (short.other_thigh, short.other_shin, short.other_foot)),
        ):
            lengths += [(leg.knee - leg.hip, THIGH * thigh), (leg.ankle - leg.knee, SHIN * shin)]
            lengths += [(leg.toe - leg.heel, (HEEL + TOE) * foot)]
        for arm, (upper, forearm) in (
            (body.working_arm, (short.upper_arm, short.forearm)),
            (body.other_arm, (short.other_upper_arm, short.other_forearm)),
        ):
            lengths += [(arm.elbow - arm.shoulder, UPPER_ARM * upper), (arm.hand - arm.elbow, FOREARM * forearm)]
        for bone, length in lengths:
            assert abs(bone) == pytest.approx(length, abs=1e-6)


@pytest.mark.parametrize("pair", routine_movements(), ids="-".join)
def test_no_joint_leaves_its_human_range(pair: tuple[str, str]) -> None:
    assert not [list(strains(body)) for body in frames(way(*pair)) if list(strains(body))]


@pytest.mark.parametrize("pair", routine_movements(), ids="-".join)
def test_what_rests_neither_slides_nor_lifts(pair: tuple[str, str]) -> None:
    """It goes straight from its place in one pose to that in the other, which is usually the same."""
    for one, two, moments in legs_between(way(*pair)):
        before, after = stance_of(one).rests, stance_of(two).rests
        for spot in before.keys() & after.keys():
            for part, body in moments:
                due = before[spot] + (after[spot] - before[spot]) * part
                assert abs(place_of(body, spot) - due) <= TOLERANCE, spot


@pytest.mark.parametrize("pair", routine_movements(), ids="-".join)
def test_nothing_sinks(pair: tuple[str, str]) -> None:
    for body in frames(way(*pair)):
        if body.view is not View.ABOVE:
            assert all(middle.imag - radius >= -TOLERANCE for _name, middle, radius in body.surfaces())
