"""Bounding boxes of the figure's parts, so that only what changed is repainted."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from math import inf
from typing import Final, NamedTuple

from PySide6.QtCore import QRectF

from stretchplayer.figure.skeleton import Arm, Leg, Point, Skeleton, unit

LABEL_ON_SHIN: Final = 0.6
"""Where on the shin the label is."""
LARGEST_LABEL: Final = 14.0
"""Radius of the largest label, with its edge."""
_Disc = tuple[Point, float]
"""Centre and radius, in units."""


class Part(StrEnum):
    """Drawing order, back to front."""

    FLOOR = "floor"
    """Floor, mat and chair."""
    FAR_ARM = "far arm"
    FAR_LEG = "far leg"
    FAR_TOWEL = "far towel"
    TORSO = "torso"
    HEAD = "head"
    WORKING_LEG = "working leg"
    NEAR_TOWEL = "near towel"
    NEAR_ARM = "near arm"
    LABEL = "label"


class Box(NamedTuple):
    """A rectangle in skeleton units, y up."""

    left: float
    low: float
    right: float
    high: float

    def united(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left),
            min(self.low, other.low),
            max(self.right, other.right),
            max(self.high, other.high),
        )

    def rect(self) -> QRectF:
        return QRectF(self.left, self.low, self.right - self.left, self.high - self.low)


@lru_cache(maxsize=4)
def boxes_of(skeleton: Skeleton) -> Mapping[Part, Box]:
    """A box around each part that is present. The discs cover everything that `shapes` draws."""
    working, other = skeleton.working_arm, skeleton.other_arm
    boxes: dict[Part, Box] = {
        Part.FAR_ARM: _around(_arm(other)),
        Part.FAR_LEG: _around(_leg(skeleton.other_leg)),
        Part.TORSO: _around(
            [(skeleton.hip, 16), (skeleton.shoulder, 18), (skeleton.shoulder + 18 * unit(skeleton.head), 9)]
        ),
        Part.HEAD: _around([(skeleton.head_centre, 17)]),
        Part.WORKING_LEG: _around(_leg(skeleton.working_leg)),
        Part.NEAR_ARM: _around(_arm(working)),
        Part.LABEL: _around([(skeleton.working_leg.on_shin(LABEL_ON_SHIN, 0), LARGEST_LABEL)]),
    }
    if skeleton.towel is not None:
        # From the hand, with its loose end, to the loop or the ankle.
        loop = [(skeleton.towel, 12.0), (skeleton.working_leg.ankle, 12.0)]
        boxes[Part.FAR_TOWEL] = _around([(other.hand, 6), *loop])
        boxes[Part.NEAR_TOWEL] = _around([(working.hand, 24), *loop])
    return boxes


def differing(before: Skeleton, after: Skeleton) -> Iterator[Part]:
    """The parts that have moved."""
    torso = (before.torso, before.hip) != (after.torso, after.hip)
    head = (before.head, before.head_centre) != (after.head, after.head_centre)
    towel = before.towel != after.towel or before.working_leg != after.working_leg
    changed = {
        Part.FAR_ARM: before.other_arm != after.other_arm,
        Part.FAR_LEG: before.other_leg != after.other_leg,
        Part.FAR_TOWEL: towel or before.other_arm != after.other_arm,
        Part.TORSO: torso or head,
        Part.HEAD: head,
        Part.WORKING_LEG: before.working_leg != after.working_leg,
        Part.NEAR_TOWEL: towel or before.working_arm != after.working_arm,
        Part.NEAR_ARM: before.working_arm != after.working_arm,
        Part.LABEL: before.working_leg != after.working_leg,
    }
    return (part for part, differs in changed.items() if differs)


def farthest_moved(before: Skeleton, after: Skeleton) -> float:
    """The largest distance any point has moved; infinite when a towel appeared or went."""
    if (before.towel is None) is not (after.towel is None):
        return inf
    return max(abs(one - other) for one, other in zip(before.points(), after.points(), strict=True))


def changed_box(before: Skeleton, after: Skeleton) -> Box | None:
    """The box that covers every difference; None when there is none."""
    was, now = boxes_of(before), boxes_of(after)
    box: Box | None = None
    for part in differing(before, after):
        for boxes in (was, now):
            if part in boxes:
                box = boxes[part] if box is None else box.united(boxes[part])
    return box


def _around(discs: Iterable[_Disc]) -> Box:
    discs = tuple(discs)
    return Box(
        min(middle.real - radius for middle, radius in discs),
        min(middle.imag - radius for middle, radius in discs),
        max(middle.real + radius for middle, radius in discs),
        max(middle.imag + radius for middle, radius in discs),
    )


def _leg(leg: Leg) -> list[_Disc]:
    """Including its outline."""
    return [(leg.hip, 15.5), (leg.knee, 12.0), (leg.ankle, 11.0), (leg.ankle + 12 * unit(leg.foot), 11.0)]


def _arm(arm: Arm) -> list[_Disc]:
    return [(arm.shoulder, 9.0), (arm.elbow, 7.0), (arm.hand, 13.0)]
