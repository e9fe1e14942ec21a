"""A pose of the figure as written in a file: angles of bones, and what the hands and the body rest on."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, NamedTuple, TypeAlias

from msgspec import Meta

from stretchplayer.figure.fields import Name, Text
from stretchplayer.figure.side import Side, fill_placeholders
from stretchplayer.figure.skeleton import LIMITS, Joint, bend
from stretchplayer.figure.surroundings import MAT_AT, Contact, PlacedProp, Prop
from stretchplayer.i18n import _


class Rest(StrEnum):
    """What the body rests on, which places the hip."""

    BACK = "back"
    """Lying on the back: the hip is a hip's thickness above the floor."""
    SEAT = "seat"
    """Sitting on the front edge of the chair."""
    FOOT = "foot"
    """Standing: the hip is where it has to be for the foot of the other leg to stand on the floor."""


class Towel(StrEnum):
    """Where the towel is."""

    IN_HANDS = "in_hands"
    ROUND_ANKLE = "round_ankle"


class Reach(StrEnum):
    """What a hand reaches for, on the working leg unless it says otherwise."""

    KNEE = "knee"
    SHIN = "shin"
    THIGH = "thigh"
    BEHIND_THIGH = "behind_thigh"
    ANKLE = "ankle"
    OTHER_THIGH = "other_thigh"
    TOWEL = "towel"
    SEAT = "seat"


Angle: TypeAlias = Annotated[
    float,
    Meta(
        ge=-360,
        le=360,
        extra={"expected": "an angle in degrees from -360 to 360, where 0 is to the right and 90 is up"},
    ),
]
PoseName: TypeAlias = Annotated[Name, Meta(extra={"expected": "the name of a pose: its file's name without .toml"})]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegAngles:
    """The angles of a leg's bones."""

    thigh: Annotated[Angle, Meta(description="From the hip to the knee.")]
    shin: Annotated[Angle, Meta(description="From the knee to the ankle.")]
    foot: Annotated[Angle, Meta(description="From the heel to the toes.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmAngles:
    """The angles of an arm's bones."""

    upper: Annotated[Angle, Meta(description="From the shoulder to the elbow.")]
    forearm: Annotated[Angle, Meta(description="From the elbow to the hand.")]


_ARM = (
    "What its hand reaches for, or the angles of its bones. Knee, shin, thigh and ankle are those of the working leg."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """A pose of Stretch Player's figure, seen from the working side, facing right or lying with the head to the left.

    All angles are absolute, in degrees: 0 is to the right, 90 is up, 180 is to the left.
    """

    name: Name
    description: Annotated[
        Text,
        Meta(
            description="The pose in words, for those who can't see it. May name the leg with {leg}, {other_leg}, "
            "{side} and {other_side}."
        ),
    ]
    comes_from: Annotated[PoseName | None, Meta(description="The pose that usually comes before.")] = None
    via: Annotated[PoseName | None, Meta(description="A pose on the way from there.")] = None
    rests_on: Annotated[Rest, Meta(description="What carries the body.")]
    props: Annotated[frozenset[Prop], Meta(max_length=len(Prop), description="Things in the picture.")] = frozenset()
    towel: Annotated[Towel | None, Meta(description="Where the towel is, if there is one.")] = None
    torso: Annotated[Angle, Meta(description="From the hip to the shoulder.")]
    head: Annotated[Angle, Meta(description="From the shoulder to the top of the head.")]
    working_leg: Annotated[LegAngles, Meta(description="The leg that is stretched.")]
    other_leg: Annotated[LegAngles, Meta(description="The other leg.")]
    working_arm: Annotated[ArmAngles | Reach, Meta(description=f"The arm on the working side. {_ARM}")]
    other_arm: Annotated[ArmAngles | Reach, Meta(description=f"The other arm. {_ARM}")]

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """What the body rests on."""
        return (_CONTACTS[self.rests_on],)

    @property
    def things(self) -> tuple[PlacedProp, ...]:
        """The props and their positions, from the farthest to the nearest."""
        return tuple(
            PlacedProp(prop=prop, at=MAT_AT if prop is Prop.MAT else 0.0) for prop in Prop if prop in self.props
        )

    def words(self, side: Side | None) -> str:
        """The description for a side, or without naming one."""
        if side is not None:
            return fill_placeholders(self.description, side)
        text = self.description
        for placeholder, words in _WITHOUT_SIDE.items():
            text = text.replace(placeholder, words)
        return _(text)


_CONTACTS: Final = {Rest.BACK: Contact.BACK, Rest.SEAT: Contact.SEAT, Rest.FOOT: Contact.FEET}
_WITHOUT_SIDE: Final = {
    "{leg}": "working leg",
    "{other_leg}": "other leg",
    "{side}": "working",
    "{other_side}": "other",
}


class Bends(NamedTuple):
    """The bends of the joints in degrees (see `skeleton.LIMITS`); `torso` is absolute."""

    torso: float
    neck: float
    working_hip: float
    working_knee: float
    working_ankle: float
    other_hip: float
    other_knee: float
    other_ankle: float


def bends(pose: Pose) -> Bends:
    """Convert the absolute angles to bends of the joints."""
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
class LimitViolation:
    """A joint beyond its limits; `table` and `key` locate the angle in the pose file."""

    table: str | None
    key: str
    joint: Joint
    angle: float
    low: float
    high: float
    """`low` and `high` are the absolute angles between which the joint is within its limits."""


def limit_violations(pose: Pose) -> Iterator[LimitViolation]:
    yield from _violation(None, "head", Joint.NECK, pose.torso, pose.head)
    for table, leg in (("working_leg", pose.working_leg), ("other_leg", pose.other_leg)):
        yield from _violation(table, "thigh", Joint.HIP, pose.torso, leg.thigh)
        yield from _violation(table, "shin", Joint.KNEE, leg.thigh, leg.shin)
        yield from _violation(table, "foot", Joint.ANKLE, leg.shin, leg.foot)
    for table, arm in (("working_arm", pose.working_arm), ("other_arm", pose.other_arm)):
        if isinstance(arm, ArmAngles):
            yield from _violation(table, "upper", Joint.SHOULDER, pose.torso, arm.upper)
            yield from _violation(table, "forearm", Joint.ELBOW, arm.upper, arm.forearm)


def _violation(table: str | None, key: str, joint: Joint, before: float, angle: float) -> Iterator[LimitViolation]:
    bent = bend(joint, before, angle)
    least, greatest = LIMITS[joint]
    if least <= bent <= greatest:
        return
    # Of one bone before it, a bone's angle is its bend, or the bend the other way round, plus a constant.
    turned = -1 if joint in {Joint.NECK, Joint.KNEE} else 1
    ends = sorted(angle + turned * (limit - bent) for limit in (least, greatest))
    yield LimitViolation(table=table, key=key, joint=joint, angle=angle, low=ends[0], high=ends[1])
