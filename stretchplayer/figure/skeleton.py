"""The figure's skeleton: the lengths of its bones, the limits of its joints, and its position at one moment.

Points are complex numbers: x grows to the right, y grows up, the floor is y = 0, and a standing person is about 185
tall. Angles are absolute, in degrees, 0 to the right and 90 up. The person is seen from the working side, which is
therefore nearer to the viewer: facing right when upright, with the head to the left when lying on the back.
"""

from cmath import exp, phase
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import acos, degrees, radians, sqrt
from typing import Final, TypeAlias

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


class Joint(StrEnum):
    """A joint whose bend has limits."""

    NECK = "neck"
    SHOULDER = "shoulder"
    ELBOW = "elbow"
    HIP = "hip"
    KNEE = "knee"
    ANKLE = "ankle"


LIMITS: Final[Mapping[Joint, tuple[float, float]]] = {
    Joint.NECK: (-50, 60),
    Joint.SHOULDER: (-60, 180),
    Joint.ELBOW: (0, 150),
    Joint.HIP: (-25, 140),
    Joint.KNEE: (0, 150),
    Joint.ANKLE: (40, 115),
}
"""The least and the greatest bend, in degrees. A bend is 0 when standing upright with the arms hanging, and grows when
the joint flexes: nodding, raising the arm or the thigh to the front, closing elbow or knee. The ankle's is the angle
between shin and foot, 90 when standing."""

_SHORTEST_REACH: Final = sqrt(
    UPPER_ARM**2 + FOREARM**2 + 2 * UPPER_ARM * FOREARM * exp(1j * radians(LIMITS[Joint.ELBOW][1])).real
)
LONGEST_REACH: Final = UPPER_ARM + FOREARM


def unit(angle: float) -> Point:
    return exp(1j * radians(angle))


def bend(joint: Joint, before: float, after: float) -> float:
    """The bend of a joint, from the absolute angles of its bones; `before` is nearer to the torso."""
    match joint:
        case Joint.NECK | Joint.KNEE:
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
        case Joint.NECK | Joint.KNEE:
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

    @property
    def heel(self) -> Point:
        """Where the back of the heel meets the sole."""
        return self.ankle + unit(self.foot) * complex(-HEEL, -SOLE)

    @property
    def toe(self) -> Point:
        """Where the tip of the toes meets the sole."""
        return self.ankle + unit(self.foot) * complex(TOE, -SOLE)

    def on_thigh(self, along: float, front: float) -> Point:
        """The point at a fraction of the thigh's length, `front` in front of it."""
        return self.hip + unit(self.thigh) * complex(along * THIGH, front)

    def on_shin(self, along: float, front: float) -> Point:
        """The point at a fraction of the shin's length, `front` in front of it."""
        return self.knee + unit(self.shin) * complex(along * SHIN, front)


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

    @property
    def upper(self) -> float:
        return degrees(phase(self.elbow - self.shoulder))

    @property
    def forearm(self) -> float:
        return degrees(phase(self.hand - self.elbow))


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """The position of the body at one moment, and what it rests on.

    Seen from the front or above, the legs begin at hips and the arms at shoulders that are beside `hip` and `shoulder`.
    """

    view: View = View.SIDE
    works: Works = Works.LEG
    lumbar: float
    """From the hip to the waist; the pelvis turns with it."""
    thoracic: float
    """From the waist to the shoulder."""
    neck: float
    """From the shoulder to the base of the head."""
    head: float
    """From the base of the head to its top."""
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
    towel: Point | None = None
    """Where the towel or strap loops round something."""

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
            *(point for arm in arms for point in (arm.elbow, arm.hand)),
            *(point for leg in legs for point in (leg.knee, leg.ankle, leg.heel, leg.toe)),
            *(() if self.towel is None else (self.towel,)),
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


def stretch_arm(shoulder: Point, hand: Point) -> Arm:
    """Bend an arm so that its hand is at a point, or as near as its length and its elbow allow.

    Of the two solutions, the one in which the elbow flexes is taken, so that it never flips over.
    """
    offset = hand - shoulder
    distance = min(max(abs(offset), _SHORTEST_REACH), LONGEST_REACH)
    direction = offset / abs(offset) if offset else -1j
    cosine = (UPPER_ARM**2 + distance**2 - FOREARM**2) / (2 * UPPER_ARM * distance)
    at_shoulder = acos(min(max(cosine, -1.0), 1.0))
    return Arm(
        shoulder=shoulder,
        elbow=shoulder + UPPER_ARM * direction * exp(-1j * at_shoulder),
        hand=shoulder + distance * direction,
    )
