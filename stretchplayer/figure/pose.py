"""A pose of the figure as written in a file: angles of bones, what limbs reach for, and what carries the body."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, NamedTuple, TypeAlias

from msgspec import Meta

from stretchplayer.figure.fields import Name, Text
from stretchplayer.figure.side import LEG, Side, fill_placeholders
from stretchplayer.figure.skeleton import FULL_LENGTH, LIMITS, Joint, Point, Shortening, Strain, bend, unit
from stretchplayer.figure.surroundings import MAT_AT, Contact, Place, PlacedProp, Prop, View, Works
from stretchplayer.i18n import _


class Rest(StrEnum):
    """What the body rests on in format 1, which places the hip."""

    BACK = "back"
    """Lying on the back: the hip is a hip's thickness above the floor."""
    SEAT = "seat"
    """Sitting on the front edge of the chair."""
    FOOT = "foot"
    """Standing: the hip is where it has to be for the foot of the other leg to stand on the floor."""


class Towel(StrEnum):
    """Where the towel is, or the strap."""

    IN_HANDS = "in_hands"
    ROUND_ANKLE = "round_ankle"
    ROUND_FOOT = "round_foot"


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
    SEAT_EDGE = "seat_edge"
    OTHER_KNEE = "other_knee"
    OTHER_SHIN = "other_shin"
    OTHER_ANKLE = "other_ankle"
    BEHIND_OTHER_THIGH = "behind_other_thigh"
    """The working arm goes between the legs."""
    STRAP = "strap"
    HEAD = "head"
    CHEST = "chest"
    HIP = "hip"
    OTHER_SHOULDER = "other_shoulder"
    UPPER_ARM = "upper_arm"
    """Of the working arm, above the elbow."""
    FLOOR = "floor"
    WALL = "wall"
    STEP = "step"
    TABLE = "table"
    DOORWAY = "doorway"
    RAIL = "rail"
    CHAIR_BACK = "chair_back"


class FootOn(StrEnum):
    """What a foot is on."""

    FLOOR = "floor"
    WALL = "wall"
    STEP = "step"
    SEAT = "seat"
    OTHER_KNEE = "other_knee"


class Turn(StrEnum):
    """Which way a knee or an elbow points, seen from the front or above; from the side, joints bend one way only."""

    OUT = "out"
    IN = "in"
    BACK = "back"
    """Of an elbow seen from the side: behind shoulder and hand, as of an arm held out to the side."""


Angle: TypeAlias = Annotated[
    float,
    Meta(
        ge=-360,
        le=360,
        extra={"expected": "an angle in degrees from -360 to 360, where 0 is to the right and 90 is up"},
    ),
]
PoseName: TypeAlias = Annotated[Name, Meta(extra={"expected": "the name of a pose: its file's name without .toml"})]
Radius: TypeAlias = Annotated[float, Meta(gt=0, le=300, extra={"expected": "a radius above 0, at most 300"})]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """An arrow along an arc."""

    at: Annotated[Place, Meta(description="Where the middle of its circle is, from left to right.")]
    height: Annotated[Place, Meta(description="How high that is.")]
    radius: Annotated[Radius, Meta(description="The radius of the circle.")]
    begins: Annotated[Angle, Meta(description="Where on the circle it begins.")]
    ends: Annotated[Angle, Meta(description="Where on the circle its head is.")]

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(
            complex(self.at, self.height) + self.radius * unit(self.begins + (self.ends - self.begins) * part / 8)
            for part in range(9)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a picture shows that comes closer than usual."""

    left: Annotated[Place, Meta(description="Its left edge, before a picture is mirrored.")]
    right: Annotated[Place, Meta(description="Its right edge.")]
    low: Annotated[Place, Meta(description="Its lower edge.")]
    high: Annotated[Place, Meta(description="Its upper edge.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegPose:
    """The angles of a leg's bones, or where its foot is."""

    thigh: Annotated[Angle | None, Meta(description="From the hip to the knee.")] = None
    shin: Annotated[Angle | None, Meta(description="From the knee to the ankle.")] = None
    foot: Annotated[
        Angle | None,
        Meta(description="From the heel to the toes. With foot_on it is 0, or 90 on a wall, unless given."),
    ] = None
    foot_on: Annotated[
        FootOn | None, Meta(description="What the foot is on, instead of the angles of thigh and shin.")
    ] = None
    at: Annotated[Place | None, Meta(description="Where the ankle is, from left to right; on a wall, how high.")] = None
    knee: Annotated[Turn, Meta(description="With foot_on, seen from the front or above: where the knee points.")] = (
        Turn.OUT
    )

    @property
    def angles(self) -> tuple[float, float, float]:
        """Of thigh, shin and foot, if the leg is written as angles."""
        return self.thigh or 0.0, self.shin or 0.0, self.foot or 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmPose:
    """The angles of an arm's bones, or where its hand is."""

    upper: Annotated[Angle | None, Meta(description="From the shoulder to the elbow.")] = None
    forearm: Annotated[Angle | None, Meta(description="From the elbow to the hand.")] = None
    hand_on: Annotated[Reach | None, Meta(description="What the hand is on or holds, instead of the angles.")] = None
    at: Annotated[
        Place | None,
        Meta(description="Where on it, from left to right; on a wall or in a doorway, how high."),
    ] = None
    elbow: Annotated[
        Turn,
        Meta(
            description="With hand_on: where the elbow points, out or in if seen from the front or above, "
            "back if it is behind shoulder and hand, seen from the side."
        ),
    ] = Turn.OUT

    @property
    def angles(self) -> tuple[float, float]:
        """Of upper arm and forearm, if the arm is written as angles."""
        return self.upper or 0.0, self.forearm or 0.0


_ARM = (
    "What its hand reaches for, or the angles of its bones. Knee, shin, thigh and ankle are those of the working leg."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """A pose of Stretch Player's figure, seen from the working side, facing right or lying with the head to the left.

    All angles are absolute, in degrees: 0 is to the right, 90 is up, 180 is to the left. All lengths are about a
    centimetre; the floor is at height 0.
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
    view: Annotated[View, Meta(description="From where the person is seen.")] = View.SIDE
    works: Annotated[
        Works, Meta(description="The part of the body that works: the accent is there, and the label.")
    ] = Works.LEG
    label: Annotated[
        Works | None, Meta(description="The part of the body that the label is on, if not the one that works.")
    ] = None
    rests_on: Annotated[Rest | None, Meta(description="What carries the body (format 1).")] = None
    contacts: Annotated[
        tuple[Contact, ...],
        Meta(
            max_length=len(Contact),
            description="What the body rests on (format 2). The first one places it: its back, front, side and seat by "
            "the hip, knees, feet, toes and forearms by the angles of the leg or arm.",
        ),
    ] = ()
    at: Annotated[
        Place, Meta(description="Where that is, from left to right: the hip, the knee, the ankle or the elbow.")
    ] = 0.0
    props: Annotated[
        tuple[Prop | PlacedProp, ...],
        Meta(max_length=len(Prop), description="Things in the picture: a name, or a table with its position."),
    ] = ()
    towel: Annotated[
        Towel | None, Meta(description="Where the towel is, if there is one; a strap if props have a strap.")
    ] = None
    arrows: Annotated[
        tuple[Arrow, ...],
        Meta(max_length=4, description="Arrows that show the way of a movement too small to be plain."),
    ] = ()
    frame: Annotated[
        Frame | None, Meta(description="What the picture shows, if it comes closer than usual: nothing else.")
    ] = None
    torso: Annotated[Angle | None, Meta(description="From the hip to the shoulder, if the back is straight.")] = None
    lumbar: Annotated[Angle | None, Meta(description="From the hip to the waist; the pelvis turns with it.")] = None
    thoracic: Annotated[Angle | None, Meta(description="From the waist to the shoulder.")] = None
    neck: Annotated[
        Angle | None, Meta(description="From the shoulder to the base of the head, if not that of the head.")
    ] = None
    head: Annotated[Angle, Meta(description="From the base of the head to its top.")]
    head_turn: Annotated[
        float,
        Meta(
            ge=-80,
            le=80,
            description="How far the head is turned to the working side, in degrees, seen from the front or above.",
            extra={"expected": "an angle in degrees from -80 to 80"},
        ),
    ] = 0.0
    shortening: Annotated[
        Shortening, Meta(description="How long bones look that point at the viewer or away, 0 to 1.")
    ] = FULL_LENGTH
    working_leg: Annotated[LegPose, Meta(description="The leg that is stretched.")]
    other_leg: Annotated[LegPose, Meta(description="The other leg.")]
    working_arm: Annotated[ArmPose | Reach, Meta(description=f"The arm on the working side. {_ARM}")]
    other_arm: Annotated[ArmPose | Reach, Meta(description=f"The other arm. {_ARM}")]

    @property
    def rests(self) -> tuple[Contact, ...]:
        """What the body rests on, in either format."""
        return self.contacts if self.rests_on is None else (_CONTACTS[self.rests_on],)

    @property
    def spine(self) -> "Spine":
        lumbar = (self.torso if self.lumbar is None else self.lumbar) or 0.0
        thoracic = (self.torso if self.thoracic is None else self.thoracic) or 0.0
        return Spine(lumbar, thoracic, self.head if self.neck is None else self.neck, self.head, self.head_turn)

    @property
    def things(self) -> tuple[PlacedProp, ...]:
        """The props and their positions."""
        return tuple(
            each if isinstance(each, PlacedProp) else PlacedProp(prop=each, at=MAT_AT if each is Prop.MAT else 0.0)
            for each in self.props
        )

    def thing(self, prop: Prop) -> PlacedProp | None:
        return next((each for each in self.things if each.prop is prop), None)

    def words(self, side: Side | None) -> str:
        """The description for a side, or without naming one."""
        limb = "arm" if self.works is Works.ARM else LEG
        if side is not None:
            return fill_placeholders(self.description, side, limb)
        text = self.description
        for placeholder, words in _WITHOUT_SIDE.items():
            text = text.replace(placeholder, words.format(limb=limb))
        return _(text)


class Spine(NamedTuple):
    """The absolute angles of the bones from the hip to the head."""

    lumbar: float
    thoracic: float
    neck: float
    head: float
    head_turn: float = 0.0
    """About the neck, to the working side."""


_CONTACTS: Final = {Rest.BACK: Contact.BACK, Rest.SEAT: Contact.SEAT, Rest.FOOT: Contact.FEET}
_WITHOUT_SIDE: Final = {
    "{leg}": "working {limb}",
    "{other_leg}": "other {limb}",
    "{side}": "working",
    "{other_side}": "other",
}


def limit_violations(pose: Pose) -> Iterator[Strain]:
    """Of the angles that a file gives, as far as its bones are not shortened, in absolute angles."""
    if pose.view is not View.SIDE or pose.shortening != FULL_LENGTH:
        return
    spine = pose.spine
    yield from _violation(None, "thoracic", Joint.SPINE, spine.lumbar, spine.thoracic)
    yield from _violation(None, "head" if pose.neck is None else "neck", Joint.NECK, spine.thoracic, spine.neck)
    yield from _violation(None, "head", Joint.HEAD, spine.neck, spine.head)
    for table, leg in (("working_leg", pose.working_leg), ("other_leg", pose.other_leg)):
        if leg.foot_on is None:
            thigh, shin, foot = leg.angles
            yield from _violation(table, "thigh", Joint.HIP, spine.lumbar, thigh)
            yield from _violation(table, "shin", Joint.KNEE, thigh, shin)
            yield from _violation(table, "foot", Joint.ANKLE, shin, foot)
    for table, arm in (("working_arm", pose.working_arm), ("other_arm", pose.other_arm)):
        if isinstance(arm, ArmPose) and arm.hand_on is None:
            upper, forearm = arm.angles
            yield from _violation(table, "upper", Joint.SHOULDER, spine.thoracic, upper)
            yield from _violation(table, "forearm", Joint.ELBOW, upper, forearm)


def _violation(table: str | None, key: str, joint: Joint, before: float, angle: float) -> Iterator[Strain]:
    bent = bend(joint, before, angle)
    least, greatest = LIMITS[joint]
    if least <= bent <= greatest:
        return
    # Of one bone before it, a bone's angle is its bend, or the bend the other way round, plus a constant.
    turned = -1 if joint in {Joint.SPINE, Joint.NECK, Joint.HEAD, Joint.KNEE} else 1
    ends = sorted(angle + turned * (limit - bent) for limit in (least, greatest))
    yield Strain(table=table, key=key, joint=joint, angle=angle, low=ends[0], high=ends[1])
