"""A pose of the figure as its author writes it: angles of bones, what the hands reach for, what the body rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from stretchplayer.domain.side import Side, fill_placeholders
from stretchplayer.domain.skeleton import LIMITS, Joint, bend


class Rest(StrEnum):
    """What carries the body, and so where the hip is."""

    BACK = "back"
    """Lying on the back: the hip is a hip's thickness above the floor."""
    SEAT = "seat"
    """Sitting on the front edge of the chair."""
    FOOT = "foot"
    """Standing: the hip is where it has to be for the foot of the other leg to stand on the floor."""


class Prop(StrEnum):
    """A thing that stands or lies in the picture."""

    MAT = "mat"
    CHAIR = "chair"


class Towel(StrEnum):
    """Where the towel is."""

    IN_HANDS = "in_hands"
    ROUND_ANKLE = "round_ankle"


class Reach(StrEnum):
    """What a hand reaches for. Without another word the leg is the working one."""

    KNEE = "knee"
    SHIN = "shin"
    THIGH = "thigh"
    BEHIND_THIGH = "behind_thigh"
    ANKLE = "ankle"
    OTHER_THIGH = "other_thigh"
    TOWEL = "towel"
    SEAT = "seat"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegAngles:
    """The absolute angles of a leg's bones, degrees."""

    thigh: float
    shin: float
    foot: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmAngles:
    """The absolute angles of an arm's bones, degrees."""

    upper: float
    forearm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """How the figure is at the end of a step. Angles are absolute degrees, 0 to the right and 90 up.

    `description` may name the legs with the placeholders of a routine's texts. `comes_from` is the pose this one is
    usually reached from, and `via` one that the movement from there passes through.
    """

    name: str
    description: str
    rests_on: Rest
    torso: float
    head: float
    working_leg: LegAngles
    other_leg: LegAngles
    working_arm: ArmAngles | Reach
    other_arm: ArmAngles | Reach
    props: frozenset[Prop] = frozenset()
    towel: Towel | None = None
    comes_from: str | None = None
    via: str | None = None

    def words(self, side: Side | None) -> str:
        """The description for a side, or for one that is not known."""
        if side is not None:
            return fill_placeholders(self.description, side)
        text = self.description
        for placeholder, words in _WITHOUT_SIDE.items():
            text = text.replace(placeholder, words)
        return text


_WITHOUT_SIDE: Final = {
    "{leg}": "working leg",
    "{other_leg}": "other leg",
    "{side}": "working",
    "{other_side}": "other",
}


class Bends(NamedTuple):
    """The bends of all joints that are written as angles, degrees; `torso` is absolute. See `skeleton.LIMITS`."""

    torso: float
    neck: float
    working_hip: float
    working_knee: float
    working_ankle: float
    other_hip: float
    other_knee: float
    other_ankle: float


def bends(pose: Pose) -> Bends:
    """Take the absolute angles apart into the bends of the joints."""
    working, other = pose.working_leg, pose.other_leg
    return Bends(
        torso=pose.torso % 360,
        neck=bend(Joint.NECK, pose.torso, pose.head),
        working_hip=bend(Joint.HIP, pose.torso, working.thigh),
        working_knee=bend(Joint.KNEE, working.thigh, working.shin),
        working_ankle=bend(Joint.ANKLE, working.shin, working.foot),
        other_hip=bend(Joint.HIP, pose.torso, other.thigh),
        other_knee=bend(Joint.KNEE, other.thigh, other.shin),
        other_ankle=bend(Joint.ANKLE, other.shin, other.foot),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprain:
    """A bone that bends its joint further than a body can. `table` and `key` say where a pose file has the angle."""

    table: str | None
    key: str
    joint: Joint
    angle: float
    low: float
    high: float
    """The absolute angles of the bone between which the joint is in its limits, given the bones before it."""


def sprains(pose: Pose) -> Iterator[Sprain]:
    """Everything in a pose that no healthy joint does."""
    yield from _sprain(None, "head", Joint.NECK, pose.torso, pose.head)
    for table, leg in (("working_leg", pose.working_leg), ("other_leg", pose.other_leg)):
        yield from _sprain(table, "thigh", Joint.HIP, pose.torso, leg.thigh)
        yield from _sprain(table, "shin", Joint.KNEE, leg.thigh, leg.shin)
        yield from _sprain(table, "foot", Joint.ANKLE, leg.shin, leg.foot)
    for table, arm in (("working_arm", pose.working_arm), ("other_arm", pose.other_arm)):
        if isinstance(arm, ArmAngles):
            yield from _sprain(table, "upper", Joint.SHOULDER, pose.torso, arm.upper)
            yield from _sprain(table, "forearm", Joint.ELBOW, arm.upper, arm.forearm)


def _sprain(table: str | None, key: str, joint: Joint, before: float, angle: float) -> Iterator[Sprain]:
    bent = bend(joint, before, angle)
    least, greatest = LIMITS[joint]
    if least <= bent <= greatest:
        return
    # Of one bone before it, a bone's angle is its bend, or the bend the other way round, plus a constant.
    turned = -1 if joint in {Joint.NECK, Joint.KNEE} else 1
    ends = sorted(angle + turned * (limit - bent) for limit in (least, greatest))
    yield Sprain(table=table, key=key, joint=joint, angle=angle, low=ends[0], high=ends[1])
