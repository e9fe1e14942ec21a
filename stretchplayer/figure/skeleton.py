"""The figure's skeleton: the lengths of its bones, the limits of its joints, and its position at one moment.

Points are complex numbers: x grows to the right, y grows up, the floor is y = 0, and a standing person is about 185
tall. Angles are absolute, in degrees, 0 to the right and 90 up. The person is seen from the working side, which is
therefore nearer to the viewer: facing right when upright, with the head to the left when lying on the back.
"""

from cmath import exp, phase
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from math import acos, degrees, radians, sqrt
from typing import Annotated, Final, TypeAlias

from msgspec import Meta

from stretchplayer.figure.surroundings import Contact, PlacedProp, View, Works
from stretchplayer.i18n import N_

Point: TypeAlias = complex

# Lengths of bones. The proportions to body height are those of Winter, "Biomechanics and Motor Control of Human
# Movement" (2009), table 4.1, with the foot a little short and the head a little large, as in most drawings.
LUMBAR: Final = 24.0
"""From the hip to the waist."""
THORACIC: Final = 30.0
"""From the waist to the shoulder."""
TORSO: Final = LUMBAR + THORACIC
"""From the hip to the shoulder, if the back is straight."""
NECK: Final = 11.0
"""From the shoulder to the base of the head."""
HEAD: Final = 11.5
"""From the base of the head to its middle."""
SHOULDER_WIDTH: Final = 34.0
HIP_WIDTH: Final = 18.0
"""From one joint to the other, seen from the front."""
UPPER_ARM: Final = 34.0
FOREARM: Final = 35.0
"""From the elbow to the middle of the grip."""
THIGH: Final = 47.0
SHIN: Final = 45.0
TOE: Final = 19.0
"""From the ankle to the tip of the toes, along the sole."""
HEEL: Final = 6.5
"""From the ankle to the back of the heel, along the sole."""
SOLE: Final = 5.5
"""From the ankle down to the sole."""

# From a joint to the surface of the body.
HIP_RADIUS: Final = 12.0
BACK_RADIUS: Final = 12.0
HEAD_RADIUS: Final = 13.3
KNEE_RADIUS: Final = 7.6
ELBOW_RADIUS: Final = 4.2
HAND_RADIUS: Final = 4.0
FINGERS: Final = 9.0
"""From the middle of the grip to the fingertips."""


class Joint(StrEnum):
    """A joint whose bend has limits."""

    SPINE = "spine"
    NECK = "neck"
    HEAD = "head"
    SHOULDER = "shoulder"
    ELBOW = "elbow"
    HIP = "hip"
    KNEE = "knee"
    ANKLE = "ankle"


LIMITS: Final[Mapping[Joint, tuple[float, float]]] = {
    Joint.SPINE: (-35, 50),
    Joint.NECK: (-50, 60),
    Joint.HEAD: (-30, 40),
    Joint.SHOULDER: (-60, 180),
    Joint.ELBOW: (0, 150),
    Joint.HIP: (-25, 140),
    Joint.KNEE: (0, 150),
    Joint.ANKLE: (40, 115),
}
"""The least and the greatest bend, in degrees. A bend is 0 when standing upright with the arms hanging, and grows when
the joint flexes: rounding the back, nodding, raising the arm or the thigh to the front, closing elbow or knee. The
ankle's is the angle between shin and foot, 90 when standing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """A joint beyond its limits, which are `low` and `high` in the terms of `angle`.

    `table` and, of an angle that is written there, `key` are where it is in a pose file.
    """

    table: str | None
    key: str | None = None
    joint: Joint
    angle: float
    low: float
    high: float


def unit(angle: float) -> Point:
    return exp(1j * radians(angle))


def bend(joint: Joint, before: float, after: float) -> float:
    """The bend of a joint, from the absolute angles of its bones; `before` is nearer to the torso."""
    match joint:
        case Joint.SPINE | Joint.NECK | Joint.HEAD | Joint.KNEE:
            angle = before - after
        case Joint.HIP | Joint.SHOULDER:
            angle = after - before + 180
        case _:
            angle = after - before
    least, greatest = LIMITS[joint]
    turns = ((least + greatest) / 2 - angle) / 360
    return angle + 360 * round(turns)


def bone(joint: Joint, before: float, bent: float) -> float:
    """The absolute angle of the bone after a joint; the inverse of `bend`."""
    match joint:
        case Joint.SPINE | Joint.NECK | Joint.HEAD | Joint.KNEE:
            return before - bent
        case Joint.HIP | Joint.SHOULDER:
            return before + bent - 180
        case _:
            return before + bent


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """The position of a leg: angles of its bones, and its joints."""

    thigh: float
    shin: float
    foot: float
    hip: Point
    knee: Point
    ankle: Point
    foot_length: float = 1.0
    """How long the foot looks, as a fraction of its length."""

    @property
    def heel(self) -> Point:
        """Where the back of the heel meets the sole."""
        return self.ankle + unit(self.foot) * complex(-HEEL, -SOLE) * self.foot_length

    @property
    def toe(self) -> Point:
        """Where the tip of the toes meets the sole."""
        return self.ankle + unit(self.foot) * complex(TOE, -SOLE) * self.foot_length

    def on_thigh(self, along: float, front: float) -> Point:
        """The point at a fraction of the thigh's length, `front` in front of it."""
        return self.hip + (self.knee - self.hip) * along + unit(self.thigh) * 1j * front

    def on_shin(self, along: float, front: float) -> Point:
        """The point at a fraction of the shin's length, `front` in front of it."""
        return self.knee + (self.ankle - self.knee) * along + unit(self.shin) * 1j * front


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    shoulder: Point
    elbow: Point
    hand: Point
    """The middle of the grip."""
    closed: bool = False
    """Whether the hand holds on to something."""
    wrist: float = 0
    """The angle of the hand to the forearm."""
    between_legs: bool = False
    """Whether it goes between the legs, so that the near one is in front of it."""

    @property
    def fingertips(self) -> Point:
        return self.hand + FINGERS * unit(self.forearm + self.wrist)

    @property
    def upper(self) -> float:
        return degrees(phase(self.elbow - self.shoulder))

    @property
    def forearm(self) -> float:
        return degrees(phase(self.hand - self.elbow))


Fraction: TypeAlias = Annotated[float, Meta(ge=0, le=1, extra={"expected": "a fraction from 0 to 1"})]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortening:
    """How long the bones look, as fractions of their lengths: less than 1 when they point at the viewer or away.

    Shoulders and hips are the widths seen from the front or above.
    """

    lumbar: Fraction = 1.0
    thoracic: Fraction = 1.0
    neck: Fraction = 1.0
    shoulders: Fraction = 1.0
    hips: Fraction = 1.0
    thigh: Fraction = 1.0
    shin: Fraction = 1.0
    foot: Fraction = 1.0
    other_thigh: Fraction = 1.0
    other_shin: Fraction = 1.0
    other_foot: Fraction = 1.0
    upper_arm: Fraction = 1.0
    forearm: Fraction = 1.0
    other_upper_arm: Fraction = 1.0
    other_forearm: Fraction = 1.0

    def mixed(self, other: "Shortening", part: float) -> "Shortening":
        """The shortening on the way to another one."""
        if self == other:
            return self
        pairs = ((field.name, getattr(self, field.name), getattr(other, field.name)) for field in fields(self))
        return Shortening(**{name: one + (two - one) * part for name, one, two in pairs})


FULL_LENGTH: Final = Shortening()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """The position of the body at one moment, and what it rests on.

    Seen from the front or above, the legs begin at hips and the arms at shoulders that are beside `hip` and `shoulder`.
    """

    view: View = View.SIDE
    works: Works = Works.LEG
    label: Works = Works.LEG
    """The part that the label is on."""
    lumbar: float
    """From the hip to the waist; the pelvis turns with it."""
    thoracic: float
    """From the waist to the shoulder."""
    neck: float
    """From the shoulder to the base of the head."""
    head: float
    """From the base of the head to its top."""
    head_turn: float = 0.0
    """About the neck, to the working side."""
    hip: Point
    waist: Point
    shoulder: Point
    head_base: Point
    head_centre: Point
    working_leg: Leg
    other_leg: Leg
    working_arm: Arm
    other_arm: Arm
    contacts: tuple[Contact, ...]
    props: tuple[PlacedProp, ...]
    shortening: Shortening = FULL_LENGTH
    towel: Point | None = None
    """Where the towel or strap loops round something."""
    arrows: tuple[tuple[Point, ...], ...] = ()
    """The ways of a movement too small to be plain, each to its last point."""

    @property
    def from_other_side(self) -> bool:
        """Whether the other limbs are nearer to the viewer."""
        return self.view is View.SIDE and self.works is Works.OTHER_BUTTOCK

    @property
    def torso(self) -> float:
        """The angle from the hip to the shoulder."""
        return degrees(phase(self.shoulder - self.hip))

    def points(self) -> tuple[Point, ...]:
        """All points whose movement requires repainting."""
        arms = (self.working_arm, self.other_arm)
        legs = (self.working_leg, self.other_leg)
        return (
            self.shoulder, self.head_centre, self.head_centre + unit(self.head) * HEAD_RADIUS, self.hip, self.waist,
            *(point for arm in arms for point in (arm.elbow, arm.hand, arm.fingertips)),
            *(point for leg in legs for point in (leg.knee, leg.ankle, leg.heel, leg.toe)),
            *(() if self.towel is None else (self.towel,)),
            *(point for arrow in self.arrows for point in arrow),
        )  # fmt: skip

    def surfaces(self) -> Iterator[tuple[str, Point, float]]:
        """Discs that the body covers: name, centre and radius."""
        yield N_("the hip"), self.hip, HIP_RADIUS
        yield N_("the back"), self.shoulder, BACK_RADIUS
        yield N_("the head"), self.head_centre, HEAD_RADIUS
        yield N_("the working elbow"), self.working_arm.elbow, ELBOW_RADIUS
        yield N_("the working hand"), self.working_arm.hand, HAND_RADIUS
        yield N_("the other elbow"), self.other_arm.elbow, ELBOW_RADIUS
        yield N_("the other hand"), self.other_arm.hand, HAND_RADIUS
        yield N_("the working knee"), self.working_leg.knee, KNEE_RADIUS
        yield N_("the working heel"), self.working_leg.heel, 0
        yield N_("the working toe"), self.working_leg.toe, 0
        yield N_("the other knee"), self.other_leg.knee, KNEE_RADIUS
        yield N_("the other heel"), self.other_leg.heel, 0
        yield N_("the other toe"), self.other_leg.toe, 0


def stretch_arm(shoulder: Point, hand: Point, *, short: tuple[float, float] = (1.0, 1.0), turned: int = -1) -> Arm:
    """Bend an arm so that its hand is at a point, or as near as its length and its elbow allow.

    Of the two solutions, the one in which the elbow flexes is taken, so that it never flips over. `turned` 1 is the
    other one, of an arm that is seen from the front.
    """
    lengths = UPPER_ARM * short[0], FOREARM * short[1]
    elbow, end = _two_bones(shoulder, hand, lengths, _most(Joint.ELBOW, short), turned)
    return Arm(shoulder=shoulder, elbow=elbow, hand=end)


def stretch_leg(
    hip: Point, ankle: Point, foot: float, *, short: tuple[float, float, float] = (1.0, 1.0, 1.0), turned: int = 1
) -> Leg:
    """Bend a leg so that its ankle is at a point, or as near as its length and its knee allow; see `stretch_arm`."""
    lengths = THIGH * short[0], SHIN * short[1]
    knee, end = _two_bones(hip, ankle, lengths, _most(Joint.KNEE, short), turned)
    return Leg(
        thigh=angle_of(knee - hip),
        shin=angle_of(end - knee),
        foot=foot,
        hip=hip,
        knee=knee,
        ankle=end,
        foot_length=short[2],
    )


def _most(joint: Joint, short: tuple[float, ...]) -> float:
    """The most that a joint seems to bend: if it points out of the picture, its bones may seem to lie on each other."""
    return LIMITS[joint][1] if short[0] == short[1] == 1 else 180.0


def angle_of(offset: Point) -> float:
    return degrees(phase(offset))


def _two_bones(start: Point, end: Point, lengths: tuple[float, float], most: float, turned: int) -> tuple[Point, Point]:
    """Where the joint between two bones, which bends by `most` at most, and the end of the second one are."""
    first, second = lengths
    shortest = sqrt(max(first**2 + second**2 - 2 * first * second * unit(180 - most).real, 0.0))
    offset = end - start
    distance = min(max(abs(offset), shortest), first + second)
    direction = offset / abs(offset) if offset else -1j
    cosine = (first**2 + distance**2 - second**2) / (2 * first * distance) if first and distance else 1.0
    at_start = acos(min(max(cosine, -1.0), 1.0))
    return start + first * direction * exp(1j * turned * at_start), start + distance * direction
