"""Arms and legs that reach for something, on a trunk that may be between two poses."""

from collections.abc import Mapping
from dataclasses import replace
from math import acos, asin, degrees
from typing import Final, NamedTuple

from stretchplayer.figure.pose import ArmPose, FootOn, LegPose, Pose, Reach, Spine, Towel, Turn
from stretchplayer.figure.skeleton import (
    FOREARM,
    HAND_RADIUS,
    HEAD,
    HIP_WIDTH,
    KNEE_RADIUS,
    LUMBAR,
    NECK,
    SHIN,
    SHOULDER_WIDTH,
    SOLE,
    THIGH,
    THORACIC,
    UPPER_ARM,
    Arm,
    Joint,
    Leg,
    Point,
    Shortening,
    angle_of,
    bend,
    bone,
    stretch_arm,
    stretch_leg,
    unit,
)
from stretchplayer.figure.surroundings import SEAT_HEIGHT, TOP_OF_BACK, Facing, PlacedProp, Prop, View

TOWEL_LENGTH: Final = 88.0
"""From the ankle to a hand that holds the towel, if the arm is long enough."""
TOUCHES: Final = 0.5
"""What is nearer than this touches."""
_OTHER_HAND_CLOSER: Final = 8.0
"""The other hand holds the towel this much nearer to the ankle, so that both are visible."""
_ELBOW_BACK: Final = 12.0
"""How far behind the body the elbow is that pulls at a towel, in degrees: on the floor, when lying."""
_TOWEL_HANGS: Final = 23 - 12.5j
"""From a hand to the middle of a towel that lies across the belly."""
_TOWEL_LIES: Final = 3.0
"""The least height of that middle: on the floor."""
_BALL_OF_FOOT: Final = 0.7

_ON_THIGH: Final = {
    Reach.KNEE: (0.97, KNEE_RADIUS - 1),
    Reach.OTHER_KNEE: (0.97, KNEE_RADIUS - 1),
    Reach.THIGH: (0.58, 9.5),
    Reach.OTHER_THIGH: (0.58, 9.5),
    Reach.BEHIND_THIGH: (0.52, -7.5),
    Reach.BEHIND_OTHER_THIGH: (0.52, -7.5),
}
_ON_SHIN: Final = {
    Reach.SHIN: (0.24, 6.5),
    Reach.OTHER_SHIN: (0.24, 6.5),
    Reach.ANKLE: (0.9, 5.0),
    Reach.OTHER_ANKLE: (0.9, 5.0),
}
"""Where a hand is on the bone: the fraction of its length, and the distance in front of it."""
_OF_OTHER_LEG: Final = {
    Reach.OTHER_KNEE, Reach.OTHER_THIGH, Reach.BEHIND_OTHER_THIGH, Reach.OTHER_SHIN, Reach.OTHER_ANKLE,
}  # fmt: skip
_CLASP: Final = {Reach.BEHIND_THIGH, Reach.BEHIND_OTHER_THIGH}
_LEVEL: Final[Mapping[Reach | None, tuple[Prop, float]]] = {
    Reach.STEP: (Prop.STEP, HAND_RADIUS),
    Reach.TABLE: (Prop.TABLE, HAND_RADIUS),
    Reach.SEAT: (Prop.CHAIR, HAND_RADIUS),
    Reach.SEAT_EDGE: (Prop.CHAIR, HAND_RADIUS),
    Reach.RAIL: (Prop.RAIL, 0.0),
}
"""Level things, and how high above them the middle of a hand is; it closes round a rail."""
_OTHER_HAND_FURTHER: Final = 0.07
"""The other hand is this much further along the bone, so that both are visible; hands that clasp meet."""
_HELD: Final = {
    Reach.SHIN, Reach.KNEE, Reach.ANKLE, Reach.BEHIND_THIGH, Reach.SEAT, Reach.SEAT_EDGE, Reach.OTHER_KNEE,
    Reach.OTHER_SHIN, Reach.OTHER_ANKLE, Reach.BEHIND_OTHER_THIGH, Reach.TOWEL, Reach.STRAP, Reach.UPPER_ARM,
    Reach.RAIL, Reach.CHAIR_BACK,
}  # fmt: skip
"""What a hand closes on."""
PLACED: Final = {Reach.FLOOR, Reach.WALL, Reach.STEP, Reach.TABLE, Reach.DOORWAY, Reach.RAIL}
"""What is so large that a hand needs a place on it."""
STANDS: Final = PLACED | {Reach.CHAIR_BACK}
"""What stays in place whatever the body does."""
_WRIST: Final = 30.0
_WRIST_BACK: Final = 80.0
"""The most that a hand turns to lie flat, in degrees: on a thigh, and on what stands."""
_POINTS_BACK: Final = -100.0
"""A forearm at less than this angle has its fingers point back."""
_SEAT_EDGE: Final = complex(-9, SEAT_HEIGHT + 3)
_ABOVE_ELBOW: Final = 0.8
"""Where a hand holds the other arm."""
_ACROSS: Final = (0.92, 9.0)
"""Where an ankle lies across the other thigh."""


def is_mirrored(view: View, *, working: bool) -> bool:
    """Whether a limb's joints bend the other way round: the working ones', seen from the front or above."""
    return working and view is not View.SIDE


class Body(NamedTuple):
    """The trunk, to which legs and arms are attached."""

    view: View
    spine: Spine
    short: Shortening
    hip: Point

    @property
    def waist(self) -> Point:
        return self.hip + LUMBAR * self.short.lumbar * unit(self.spine.lumbar)

    @property
    def shoulder(self) -> Point:
        return self.waist + THORACIC * self.short.thoracic * unit(self.spine.thoracic)

    @property
    def head_base(self) -> Point:
        return self.shoulder + NECK * self.short.neck * unit(self.spine.neck)

    @property
    def head_centre(self) -> Point:
        return self.head_base + HEAD * self.short.neck * unit(self.spine.head)

    @property
    def front(self) -> Point:
        """Away from the chest, seen from the side."""
        return unit(self.spine.thoracic) * -1j

    def mirrored(self, *, working: bool) -> bool:
        return is_mirrored(self.view, working=working)

    def out(self, angle: float, *, working: bool) -> Point:
        """Away from the middle of the body, seen from the front or above; 0 from the side."""
        if self.view is View.SIDE:
            return 0j
        return unit(angle) * (1j if working else -1j)

    def hip_of(self, *, working: bool) -> Point:
        return self.hip + self.out(self.spine.lumbar, working=working) * HIP_WIDTH / 2 * self.short.hips

    def shoulder_of(self, *, working: bool) -> Point:
        return (
            self.shoulder + self.out(self.spine.thoracic, working=working) * SHOULDER_WIDTH / 2 * self.short.shoulders
        )

    def leg_short(self, *, working: bool) -> tuple[float, float, float]:
        short = self.short
        return (
            (short.thigh, short.shin, short.foot)
            if working
            else (short.other_thigh, short.other_shin, short.other_foot)
        )

    def arm_short(self, *, working: bool) -> tuple[float, float]:
        short = self.short
        return (short.upper_arm, short.forearm) if working else (short.other_upper_arm, short.other_forearm)


class LegBends(NamedTuple):
    """The bends of a leg's joints (see `skeleton.LIMITS`); of the working leg's mirror image, seen from the front."""

    hip: float
    knee: float
    ankle: float


class ArmBends(NamedTuple):
    shoulder: float
    elbow: float


# Legs


def leg_bends(leg: Leg, lumbar: float, *, mirrored: bool) -> LegBends:
    turn = -1 if mirrored else 1
    lumbar, thigh, shin, foot = (turn * angle for angle in (lumbar, leg.thigh, leg.shin, leg.foot))
    return LegBends(bend(Joint.HIP, lumbar, thigh), bend(Joint.KNEE, thigh, shin), bend(Joint.ANKLE, shin, foot))


def bent_leg(body: Body, bends: LegBends, *, working: bool) -> Leg:
    turn = -1 if body.mirrored(working=working) else 1
    thigh = turn * bone(Joint.HIP, turn * body.spine.lumbar, bends.hip)
    shin = turn * bone(Joint.KNEE, turn * thigh, bends.knee)
    short = body.leg_short(working=working)
    at = body.hip_of(working=working)
    knee = at + THIGH * short[0] * unit(thigh)
    return Leg(
        thigh=thigh,
        shin=shin,
        foot=turn * bone(Joint.ANKLE, turn * shin, bends.ankle),
        hip=at,
        knee=knee,
        ankle=knee + SHIN * short[1] * unit(shin),
        foot_length=short[2],
    )


def legs_of(body: Body, pose: Pose) -> tuple[Leg, Leg]:
    """Both legs as a pose asks for them, on a body that may be between poses."""
    if pose.other_leg.foot_on is FootOn.OTHER_KNEE:
        working = _leg_of(body, pose, None, working=True)
        return working, _leg_of(body, pose, working, working=False)
    other = _leg_of(body, pose, None, working=False)
    return _leg_of(body, pose, other, working=True), other


def _leg_of(body: Body, pose: Pose, across: Leg | None, *, working: bool) -> Leg:
    leg = leg_pose(pose, working=working)
    if leg.foot_on is None:
        return leg_by_angles(body, pose, working=working)
    foot = _foot(pose, leg)
    ankle = ankle_at(pose, leg, foot, across, body, working=working)
    return leg_to(body, ankle, foot, leg.knee, working=working, crosses=leg.foot_on is FootOn.OTHER_KNEE)


def leg_across(body: Body, pose: Pose, other: Leg, foot: float) -> Leg:
    """The working leg, with its ankle on the other one."""
    ankle = ankle_at(pose, pose.working_leg, foot, other, body, working=True)
    return leg_to(body, ankle, foot, pose.working_leg.knee, working=True, crosses=True)


def leg_to(body: Body, ankle: Point, foot: float, knee: Turn | Point, *, working: bool, crosses: bool = False) -> Leg:
    """A leg whose ankle is at a point; from the front or above its knee points somewhere, or is nearest to a point.

    From the side, the knee of a leg that crosses the other one has fallen out of its plane, away from the chest.
    """
    at = body.hip_of(working=working)
    short = body.leg_short(working=working)
    one = stretch_leg(at, ankle, foot, short=short, turned=-1 if crosses and body.view is View.SIDE else 1)
    if body.view is View.SIDE:
        return one
    two = stretch_leg(at, ankle, foot, short=short, turned=-1)
    if not isinstance(knee, Turn):
        return min(one, two, key=lambda leg: abs(leg.knee - knee))
    out = body.out(body.spine.lumbar, working=working)
    is_out = _along(one.knee, out) > _along(two.knee, out)
    return two if is_out is (knee is Turn.IN) else one


def _along(point: Point, direction: Point) -> float:
    return (point * direction.conjugate()).real


def leg_by_angles(body: Body, pose: Pose, *, working: bool) -> Leg:
    thigh, shin, foot = leg_pose(pose, working=working).angles
    turned = Leg(thigh=thigh, shin=shin, foot=foot, hip=0j, knee=0j, ankle=0j)
    bends = leg_bends(turned, pose.spine.lumbar, mirrored=body.mirrored(working=working))
    return bent_leg(body, bends, working=working)


def leg_pose(pose: Pose, *, working: bool) -> LegPose:
    return pose.working_leg if working else pose.other_leg


def _foot(pose: Pose, leg: LegPose) -> float:
    if leg.foot is not None:
        return leg.foot
    if pose.view is View.SIDE:
        return 90.0 if leg.foot_on is FootOn.WALL else 0.0
    return -90.0


def ankle_at(pose: Pose, leg: LegPose, foot: float, across: Leg | None, body: Body, *, working: bool) -> Point:
    if across is not None and leg.foot_on is FootOn.OTHER_KNEE:
        return across.on_thigh(*_ACROSS) if pose.view is View.SIDE else across.knee + 1j * KNEE_RADIUS
    at = leg.at or 0.0
    wall = pose.thing(Prop.WALL)
    if leg.foot_on is FootOn.WALL and wall is not None:
        return complex(wall.at + _away(wall) * SOLE, at)
    on = pose.thing(Prop.STEP if leg.foot_on is FootOn.STEP else Prop.CHAIR)
    top = on.top if on is not None and leg.foot_on in {FootOn.STEP, FootOn.SEAT} else 0.0
    length = body.leg_short(working=working)[2]
    flat = Leg(thigh=0, shin=0, foot=foot, hip=0j, knee=0j, ankle=0j, foot_length=length)
    return complex(at, top - min(flat.heel.imag, flat.toe.imag))


def _away(wall: PlacedProp) -> float:
    """From a wall's surface into the room."""
    return 1.0 if wall.faces is Facing.RIGHT else -1.0


def loop_of(pose: Pose, working: Leg, arm: Arm) -> Point | None:
    """Where the towel or strap loops round something."""
    if pose.towel is None:
        return None
    if pose.towel is Towel.IN_HANDS:
        middle = arm.hand + _TOWEL_HANGS
        return complex(middle.real, max(middle.imag, _TOWEL_LIES))
    return _round(pose, working)


def _round(pose: Pose, leg: Leg) -> Point:
    if pose.towel is Towel.ROUND_FOOT:
        return leg.ankle + (leg.toe - leg.ankle) * _BALL_OF_FOOT
    return leg.ankle


# Arms


def reach_of(arm: ArmPose | Reach) -> Reach | None:
    return arm if isinstance(arm, Reach) else arm.hand_on


def arm_pose(pose: Pose, *, working: bool) -> ArmPose:
    arm = pose.working_arm if working else pose.other_arm
    return ArmPose(hand_on=arm) if isinstance(arm, Reach) else arm


def arm_bends(arm: Arm, thoracic: float, *, mirrored: bool) -> ArmBends:
    turn = -1 if mirrored else 1
    return _arm_bends(thoracic, arm.upper, arm.forearm, turn)


def _arm_bends(thoracic: float, upper: float, forearm: float, turn: int) -> ArmBends:
    return ArmBends(
        bend(Joint.SHOULDER, turn * thoracic, turn * upper), bend(Joint.ELBOW, turn * upper, turn * forearm)
    )


def bent_arm(body: Body, bends: ArmBends, *, working: bool) -> Arm:
    turn = -1 if body.mirrored(working=working) else 1
    upper = turn * bone(Joint.SHOULDER, turn * body.spine.thoracic, bends.shoulder)
    forearm = turn * bone(Joint.ELBOW, turn * upper, bends.elbow)
    short = body.arm_short(working=working)
    shoulder = body.shoulder_of(working=working)
    elbow = shoulder + UPPER_ARM * short[0] * unit(upper)
    return Arm(shoulder=shoulder, elbow=elbow, hand=elbow + FOREARM * short[1] * unit(forearm))


def arm_of(body: Body, pose: Pose, legs: tuple[Leg, Leg], *, working: bool, at: float | None = None) -> Arm:
    """An arm as a pose asks for it, on a body that may be between poses; `at` is another place to reach for."""
    asked = arm_pose(pose, working=working)
    if asked.hand_on is None:
        turn = -1 if body.mirrored(working=working) else 1
        bends = _arm_bends(pose.spine.thoracic, *asked.angles, turn)
        return replace(bent_arm(body, bends, working=working), closed=pose.towel is not None)
    asked = asked if at is None else replace(asked, at=at)
    arm = _arm_to(body, hand_at(pose, asked, body, legs, working=working), asked.elbow, working=working)
    closed = pose.towel is not None or asked.hand_on in _HELD
    between = working and asked.hand_on is Reach.BEHIND_OTHER_THIGH
    return replace(arm, closed=closed, wrist=_wrist(asked.hand_on, arm, legs), between_legs=between)


def _arm_to(body: Body, hand: Point, elbow: Turn, *, working: bool) -> Arm:
    shoulder, short = body.shoulder_of(working=working), body.arm_short(working=working)
    one = stretch_arm(shoulder, hand, short=short)
    two = stretch_arm(shoulder, hand, short=short, turned=1)
    if body.view is View.SIDE:
        return two if elbow is Turn.BACK else one
    out = body.out(body.spine.thoracic, working=working)
    is_out = _along(one.elbow, out) > _along(two.elbow, out)
    return one if is_out is (elbow is Turn.OUT) else two


def hand_at(pose: Pose, asked: ArmPose, body: Body, legs: tuple[Leg, Leg], *, working: bool) -> Point:
    """Where the middle of the hand is."""
    reach = asked.hand_on
    if reach in _ON_THIGH or reach in _ON_SHIN:
        return _on_leg(reach, legs, working=working)
    if reach is Reach.UPPER_ARM:
        held = arm_of(body, pose, legs, working=True)
        return held.shoulder + (held.elbow - held.shoulder) * _ABOVE_ELBOW
    if reach in {Reach.TOWEL, Reach.STRAP}:
        length = TOWEL_LENGTH - (0.0 if working else _OTHER_HAND_CLOSER)
        return _towel_end(body, _round(pose, legs[0]), length, working=working)
    if reach in STANDS or asked.at is not None:
        return _on_thing(pose, asked, working=working)
    if reach in {Reach.SEAT, Reach.SEAT_EDGE}:
        return _SEAT_EDGE + (0.0 if working else _OTHER_HAND_FURTHER) * SHIN
    return _on_trunk(reach, body, working=working)


def _on_leg(reach: Reach, legs: tuple[Leg, Leg], *, working: bool) -> Point:
    leg = legs[1] if reach in _OF_OTHER_LEG else legs[0]
    further = 0.0 if working or reach in _CLASP else _OTHER_HAND_FURTHER
    if reach in _ON_SHIN:
        along, front = _ON_SHIN[reach]
        return leg.on_shin(along + further, front)
    along, front = _ON_THIGH[reach]
    return leg.on_thigh(along + (2 * further if reach is Reach.OTHER_THIGH else further), front)


def _on_trunk(reach: Reach | None, body: Body, *, working: bool) -> Point:
    spine = body.spine
    side = View.SIDE is body.view
    out = body.out(spine.thoracic, working=working)
    match reach:
        case Reach.HEAD:
            return body.head_centre + (-11.0 * unit(spine.head) * -1j if side else 12.0 * out + 3.0 * unit(spine.head))
        case Reach.CHEST:
            return body.shoulder - 13 * unit(spine.thoracic) + (11.0 * body.front if side else 7.0 * out)
        case Reach.HIP:
            return body.hip + 9 * unit(spine.lumbar) + (7.0 * body.front if side else 14.0 * out)
        case _:
            return body.shoulder_of(working=not working) + (7.0 * body.front if side else 0j)


def _on_thing(pose: Pose, asked: ArmPose, *, working: bool) -> Point:
    at = asked.at or 0.0
    match asked.hand_on:
        case Reach.WALL:
            wall = pose.thing(Prop.WALL) or PlacedProp(prop=Prop.WALL)
            return complex(wall.at + _away(wall) * HAND_RADIUS, at)
        case Reach.DOORWAY:
            return _on_post(pose, at, working=working)
        case Reach.CHAIR_BACK:
            chair = pose.thing(Prop.CHAIR) or PlacedProp(prop=Prop.CHAIR)
            across = TOP_OF_BACK.real if chair.faces is Facing.RIGHT else -TOP_OF_BACK.real
            return complex(chair.at + across, chair.top + TOP_OF_BACK.imag)
        case level:
            prop, above = _LEVEL.get(level, (Prop.FLOOR, HAND_RADIUS))
            return complex(at, _top(pose, prop) + above)


def _on_post(pose: Pose, height: float, *, working: bool) -> Point:
    door = pose.thing(Prop.DOORWAY) or PlacedProp(prop=Prop.DOORWAY)
    if pose.view is View.SIDE:
        return complex(door.at - HAND_RADIUS, height)
    left, right = door.span
    return complex(left + HAND_RADIUS if working else right - HAND_RADIUS, height)


def _top(pose: Pose, prop: Prop) -> float:
    thing = pose.thing(prop)
    return 0.0 if thing is None else thing.top


def _towel_end(body: Body, loop: Point, length: float, *, working: bool) -> Point:
    """The hand at the end of a taut towel, with the elbow by the ribs; it hangs loose if the loop is too near."""
    elbow = body.shoulder_of(working=working) + UPPER_ARM * unit(body.spine.thoracic + 180 - _ELBOW_BACK)
    away = loop - elbow
    cosine = (FOREARM**2 + abs(away) ** 2 - length**2) / (2 * FOREARM * abs(away))
    return elbow + FOREARM * away / abs(away) * unit(degrees(acos(min(max(cosine, 0.0), 1.0))))


def _wrist(reach: Reach | None, arm: Arm, legs: tuple[Leg, Leg]) -> float:
    """The turn of the hand so that it lies flat."""
    if reach in {Reach.THIGH, Reach.OTHER_THIGH}:
        leg = legs[0] if reach is Reach.THIGH else legs[1]
        return _turn(leg.thigh - arm.forearm, _WRIST)
    if reach in {Reach.FLOOR, Reach.STEP, Reach.TABLE}:
        flat = 0.0 if arm.forearm > _POINTS_BACK else 180.0
        return _turn(flat - arm.forearm, _WRIST_BACK)
    return _turn(90.0 - arm.forearm, _WRIST_BACK) if reach in {Reach.WALL, Reach.DOORWAY} else 0.0


def _turn(angle: float, most: float) -> float:
    return min(max(angle - 360 * round(angle / 360), -most), most)


NO_LEGS: Final = (
    Leg(thigh=0, shin=0, foot=0, hip=0j, knee=0j, ankle=0j),
    Leg(thigh=0, shin=0, foot=0, hip=0j, knee=0j, ankle=0j),
)


def lift(pivot: Point, points: tuple[tuple[Point, float], ...]) -> float:
    """How far a limb has to turn for its points to be no lower than they may be, in degrees."""
    most = 0.0
    for point, least in points:
        offset = point - pivot
        if point.imag < least and abs(offset) > abs(least - pivot.imag):
            up = degrees(asin((least - pivot.imag) / abs(offset)))
            turn = min((_turn(angle - angle_of(offset), 180) for angle in (up, 180 - up)), key=abs)
            most = max(most, turn, key=abs)
    return most
