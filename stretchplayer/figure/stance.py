"""The body in a pose: where it rests, and where its hands and feet are that reach for something."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import acos, asin, degrees
from typing import Final, NamedTuple

from stretchplayer.figure.pose import ArmPose, FootOn, LegPose, Pose, Reach, Rest, Spine, Towel, Turn
from stretchplayer.figure.skeleton import (
    BACK_RADIUS,
    ELBOW_RADIUS,
    FOREARM,
    HAND_RADIUS,
    HEAD,
    HEAD_RADIUS,
    HIP_RADIUS,
    HIP_WIDTH,
    KNEE_RADIUS,
    LUMBAR,
    NECK,
    SHIN,
    SHOULDER_WIDTH,
    SOLE,
    THIGH,
    THORACIC,
    TORSO,
    UPPER_ARM,
    Arm,
    Joint,
    Leg,
    Point,
    Shortening,
    Skeleton,
    angle_of,
    bend,
    bone,
    stretch_arm,
    stretch_leg,
    unit,
)
from stretchplayer.figure.surroundings import SEAT_HEIGHT, Contact, Facing, PlacedProp, Prop, View, ground

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
}
_ON_SHIN: Final = {Reach.SHIN: (0.24, 6.5), Reach.ANKLE: (0.9, 5.0), Reach.OTHER_ANKLE: (0.9, 5.0)}
"""Where a hand is on the bone: the fraction of its length, and the distance in front of it."""
_OF_OTHER_LEG: Final = {Reach.OTHER_KNEE, Reach.OTHER_THIGH, Reach.OTHER_ANKLE}
_OTHER_HAND_FURTHER: Final = 0.07
"""The other hand is this much further along the bone, so that both are visible; hands that clasp meet."""
_HELD: Final = {
    Reach.SHIN, Reach.KNEE, Reach.ANKLE, Reach.BEHIND_THIGH, Reach.SEAT, Reach.SEAT_EDGE, Reach.OTHER_KNEE,
    Reach.OTHER_ANKLE, Reach.TOWEL, Reach.STRAP,
}  # fmt: skip
"""What a hand closes on."""
STANDS: Final = {Reach.FLOOR, Reach.WALL, Reach.STEP, Reach.TABLE, Reach.DOORWAY}
"""What stays in place whatever the body does."""
_WRIST: Final = 30.0
_WRIST_BACK: Final = 80.0
"""The most that a hand turns to lie flat, in degrees: on a thigh, and on what stands."""
_POINTS_BACK: Final = -100.0
"""A forearm at less than this angle has its fingers point back."""
_SEAT_EDGE: Final = complex(-9, SEAT_HEIGHT + 3)
_SIDE_HIP: Final = HIP_WIDTH / 2 + 8
_SIDE_SHOULDER: Final = SHOULDER_WIDTH / 2 + 5
"""How high the middle of the body is above the floor, when lying on the side."""
_ACROSS: Final = (0.92, 9.0)
"""Where an ankle lies across the other thigh."""
_CALF: Final = (0.4, -8.4)

Part = str
"""A part of the body that rests: "hip", "shoulder" or "head", or of a limb "working" or "other"."""
Spot = tuple[Contact, Part]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """A pose, the body in it, and where it rests."""

    pose: Pose
    spine: Spine
    """Its angles grow and fall steadily from bone to bone."""
    skeleton: Skeleton
    rests: dict[Spot, Point]
    feet: dict[bool, Point]
    """The ankles of feet that stay where they are, by whether they are the working ones."""
    missed: dict[str, float]
    """By how much an arm or leg misses what it reaches for; none for one that touches it."""

    def leg(self, *, working: bool) -> Leg:
        return self.skeleton.working_leg if working else self.skeleton.other_leg

    def arm(self, *, working: bool) -> Arm:
        return self.skeleton.working_arm if working else self.skeleton.other_arm

    def leg_bends(self, *, working: bool) -> LegBends:
        return leg_bends(
            self.leg(working=working), self.spine.lumbar, mirrored=working and self.pose.view is not View.SIDE
        )

    def arm_bends(self, *, working: bool) -> ArmBends:
        return arm_bends(
            self.arm(working=working), self.spine.thoracic, mirrored=working and self.pose.view is not View.SIDE
        )


def stance_of(pose: Pose) -> Stance:
    """Place the body, and stretch its arms and legs to what they reach for."""
    spine = _steady(pose.spine)
    body = Body(pose.view, spine, pose.shortening, _hip(pose))
    legs = legs_of(body, pose)
    arms = tuple(arm_of(body, pose, legs, working=working) for working in (True, False))
    skeleton = make_skeleton(body, pose, legs, arms, loop_of(pose, legs[0], arms[0]))
    rests = dict(_rests(pose, skeleton))
    feet = {
        working: leg.ankle
        for working, leg in zip((True, False), legs, strict=True)
        if _leg_pose(pose, working=working).foot_on not in {None, FootOn.OTHER_KNEE}
        or (pose.rests_on is None and (Contact.FEET, _part(working)) in rests)
    }
    return Stance(
        pose=pose, spine=spine, skeleton=skeleton, rests=rests, feet=feet, missed=dict(_missed(body, pose, skeleton))
    )


def make_skeleton(
    body: Body, pose: Pose, legs: tuple[Leg, Leg], arms: tuple[Arm, ...], towel: Point | None
) -> Skeleton:
    return Skeleton(
        view=body.view,
        works=pose.works,
        **body.spine._asdict(),
        hip=body.hip,
        waist=body.waist,
        shoulder=body.shoulder,
        head_base=body.head_base,
        head_centre=body.head_centre,
        working_leg=legs[0],
        other_leg=legs[1],
        working_arm=arms[0],
        other_arm=arms[1],
        contacts=pose.rests,
        props=pose.things,
        shortening=body.short,
        towel=towel,
    )


def _steady(spine: Spine) -> Spine:
    lumbar = spine.lumbar % 360
    thoracic = lumbar - bend(Joint.SPINE, spine.lumbar, spine.thoracic)
    neck = thoracic - bend(Joint.NECK, spine.thoracic, spine.neck)
    return Spine(lumbar, thoracic, neck, neck - bend(Joint.HEAD, spine.neck, spine.head))


# Where the body is


PLACED_BY: Final = (
    Contact.BACK, Contact.FRONT, Contact.SIDE, Contact.SEAT, Contact.KNEES, Contact.FEET, Contact.TOES,
    Contact.FOREARMS,
)  # fmt: skip
"""The contacts that tell where the hip is."""


def placing_contact(pose: Pose) -> Contact | None:
    """The contact that tells where the hip is; None if no one does."""
    for contact in pose.rests:
        if contact in {Contact.KNEES, Contact.FEET, Contact.TOES}:
            if any(leg.foot_on is None for leg in (pose.working_leg, pose.other_leg)):
                return contact
        elif contact is Contact.FOREARMS:
            if any(_reach(arm) is None for arm in (pose.working_arm, pose.other_arm)):
                return contact
        elif contact in PLACED_BY:
            return contact
    return None


def _hip(pose: Pose) -> Point:
    body = Body(pose.view, pose.spine, pose.shortening, 0j)
    contact = placing_contact(pose)
    base = complex(pose.at, ground(pose.things, pose.at) if contact is Contact.SEAT else _raised_floor(pose))
    match contact:
        case Contact.KNEES | Contact.FEET | Contact.TOES:
            return base - _lowest_of_leg(body, pose, knee=contact is Contact.KNEES)
        case Contact.FOREARMS:
            elbows = [
                arm_of(body, pose, _NO_LEGS, working=working).elbow
                for working, arm in ((False, pose.other_arm), (True, pose.working_arm))
                if _reach(arm) is None
            ]
            return base + 1j * ELBOW_RADIUS - min(elbows, key=lambda elbow: elbow.imag)
        case Contact.SIDE:
            return base + 1j * max(_SIDE_HIP, _SIDE_SHOULDER - body.shoulder.imag)
        case Contact.BACK if pose.rests_on is None and body.shoulder.imag < -TOUCHES:
            return base + complex(-TORSO, BACK_RADIUS) - body.shoulder
        case _:
            return base + 1j * HIP_RADIUS


def _raised_floor(pose: Pose) -> float:
    return ground([thing for thing in pose.things if thing.prop is not Prop.CHAIR], pose.at)


def _lowest_of_leg(body: Body, pose: Pose, *, knee: bool) -> Point:
    """The knee's surface or the ankle over the sole, of the leg that is lower; of the other leg, if both are."""
    found = []
    for working, leg in ((False, pose.other_leg), (True, pose.working_leg)):
        if leg.foot_on is None:
            made = _leg_by_angles(body, pose, working=working)
            if pose.rests_on is Rest.FOOT:
                return made.ankle - 1j * SOLE
            low = made.knee.imag - KNEE_RADIUS if knee else min(made.heel.imag, made.toe.imag)
            found.append(complex((made.knee if knee else made.ankle).real, low))
    return min(found, key=lambda point: round(point.imag, 6))


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
    leg = _leg_pose(pose, working=working)
    if leg.foot_on is None:
        return _leg_by_angles(body, pose, working=working)
    foot = _foot(pose, leg)
    return leg_to(body, _ankle(pose, leg, foot, across, body, working=working), foot, leg.knee, working=working)


def leg_to(body: Body, ankle: Point, foot: float, knee: Turn, *, working: bool) -> Leg:
    """A leg whose ankle is at a point."""
    at = body.hip_of(working=working)
    short = body.leg_short(working=working)
    one = stretch_leg(at, ankle, foot, short=short)
    if body.view is View.SIDE:
        return one
    two = stretch_leg(at, ankle, foot, short=short, turned=-1)
    out = body.out(body.spine.lumbar, working=working)
    is_out = _along(one.knee, out) > _along(two.knee, out)
    return one if is_out is (knee is Turn.OUT) else two


def _along(point: Point, direction: Point) -> float:
    return (point * direction.conjugate()).real


def _leg_by_angles(body: Body, pose: Pose, *, working: bool) -> Leg:
    thigh, shin, foot = _leg_pose(pose, working=working).angles
    turned = Leg(thigh=thigh, shin=shin, foot=foot, hip=0j, knee=0j, ankle=0j)
    bends = leg_bends(turned, pose.spine.lumbar, mirrored=body.mirrored(working=working))
    return bent_leg(body, bends, working=working)


def _leg_pose(pose: Pose, *, working: bool) -> LegPose:
    return pose.working_leg if working else pose.other_leg


def _foot(pose: Pose, leg: LegPose) -> float:
    if leg.foot is not None:
        return leg.foot
    if pose.view is View.SIDE:
        return 90.0 if leg.foot_on is FootOn.WALL else 0.0
    return -90.0


def _ankle(pose: Pose, leg: LegPose, foot: float, across: Leg | None, body: Body, *, working: bool) -> Point:
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


def _reach(arm: ArmPose | Reach) -> Reach | None:
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
    arm = _arm_to(body, _hand(pose, asked, body, legs, working=working), asked.elbow, working=working)
    closed = pose.towel is not None or asked.hand_on in _HELD
    return replace(arm, closed=closed, wrist=_wrist(asked.hand_on, arm, legs))


def _arm_to(body: Body, hand: Point, elbow: Turn, *, working: bool) -> Arm:
    shoulder, short = body.shoulder_of(working=working), body.arm_short(working=working)
    one = stretch_arm(shoulder, hand, short=short)
    if body.view is View.SIDE:
        return one
    two = stretch_arm(shoulder, hand, short=short, turned=1)
    out = body.out(body.spine.thoracic, working=working)
    is_out = _along(one.elbow, out) > _along(two.elbow, out)
    return one if is_out is (elbow is Turn.OUT) else two


def _hand(pose: Pose, asked: ArmPose, body: Body, legs: tuple[Leg, Leg], *, working: bool) -> Point:
    """Where the middle of the hand is."""
    reach = asked.hand_on
    if reach in _ON_THIGH:
        return _on_leg(reach, legs, working=working)
    if reach in _ON_SHIN:
        along, front = _ON_SHIN[reach]
        leg = legs[1] if reach in _OF_OTHER_LEG else legs[0]
        return leg.on_shin(along + (0.0 if working else _OTHER_HAND_FURTHER), front)
    if reach in {Reach.TOWEL, Reach.STRAP}:
        length = TOWEL_LENGTH - (0.0 if working else _OTHER_HAND_CLOSER)
        return _towel_end(body, _round(pose, legs[0]), length, working=working)
    if reach in STANDS or asked.at is not None:
        return _on_thing(pose, asked)
    if reach in {Reach.SEAT, Reach.SEAT_EDGE}:
        return _SEAT_EDGE + (0.0 if working else _OTHER_HAND_FURTHER) * SHIN
    return _on_trunk(reach, body, working=working)


def _on_leg(reach: Reach, legs: tuple[Leg, Leg], *, working: bool) -> Point:
    along, front = _ON_THIGH[reach]
    leg = legs[1] if reach in _OF_OTHER_LEG else legs[0]
    further = 0.0 if working or reach is Reach.BEHIND_THIGH else _OTHER_HAND_FURTHER
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


def _on_thing(pose: Pose, asked: ArmPose) -> Point:
    at = asked.at or 0.0
    match asked.hand_on:
        case Reach.WALL:
            wall = pose.thing(Prop.WALL) or PlacedProp(prop=Prop.WALL)
            return complex(wall.at + _away(wall) * HAND_RADIUS, at)
        case Reach.DOORWAY:
            return _on_post(pose, at, working=asked is pose.working_arm)
        case Reach.STEP:
            return complex(at, _top(pose, Prop.STEP) + HAND_RADIUS)
        case Reach.TABLE:
            return complex(at, _top(pose, Prop.TABLE) + HAND_RADIUS)
        case Reach.SEAT | Reach.SEAT_EDGE:
            return complex(at, _top(pose, Prop.CHAIR) + HAND_RADIUS)
        case _:
            return complex(at, HAND_RADIUS)


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


_NO_LEGS: Final = (
    Leg(thigh=0, shin=0, foot=0, hip=0j, knee=0j, ankle=0j),
    Leg(thigh=0, shin=0, foot=0, hip=0j, knee=0j, ankle=0j),
)


# What rests, and what misses


def _part(working: bool) -> Part:
    return "working" if working else "other"


def _rests(pose: Pose, skeleton: Skeleton) -> Iterator[tuple[Spot, Point]]:
    for contact in pose.rests:
        for part, point, low in contact_parts(skeleton, contact):
            if pose.rests_on is Rest.FOOT and part == "working":
                continue
            if touches(pose, low) or stays(pose, contact, part):
                yield (Contact.FEET if contact is Contact.TOES else contact, part), point


def stays(pose: Pose, contact: Contact, part: Part) -> bool:
    """Whether a hand or foot is on something that stays in place."""
    if contact in {Contact.FEET, Contact.TOES}:
        return _leg_pose(pose, working=part == "working").foot_on not in {None, FootOn.OTHER_KNEE}
    return contact is Contact.HANDS and arm_pose(pose, working=part == "working").hand_on in STANDS | {
        Reach.SEAT,
        Reach.SEAT_EDGE,
    }


def touches(pose: Pose, low: Point) -> bool:
    """Whether a point of the body's surface is on the floor, or on a thing under it; from above that can't be told."""
    if pose.view is View.ABOVE:
        return True
    return min(abs(low.imag), abs(low.imag - ground(pose.things, low.real))) <= TOUCHES


def contact_parts(skeleton: Skeleton, contact: Contact) -> Iterator[tuple[Part, Point, Point]]:
    """The parts of the body that a contact means: each one's name, its point, and the lowest point of its surface."""
    side = contact is Contact.SIDE
    match contact:
        case Contact.BACK | Contact.FRONT | Contact.SIDE | Contact.SEAT:
            yield "hip", skeleton.hip, skeleton.hip - 1j * (_SIDE_HIP if side else HIP_RADIUS)
            if contact is not Contact.SEAT:
                yield "shoulder", skeleton.shoulder, skeleton.shoulder - 1j * (_SIDE_SHOULDER if side else BACK_RADIUS)
        case Contact.HEAD:
            yield "head", skeleton.head_centre, skeleton.head_centre - 1j * HEAD_RADIUS
        case Contact.HANDS | Contact.FOREARMS:
            for part, arm in (("other", skeleton.other_arm), ("working", skeleton.working_arm)):
                if contact is Contact.HANDS:
                    yield part, arm.hand, arm.hand - 1j * HAND_RADIUS
                else:
                    yield part, arm.elbow, arm.elbow - 1j * ELBOW_RADIUS
        case _:
            for part, leg in (("other", skeleton.other_leg), ("working", skeleton.working_leg)):
                yield part, *_of_leg(leg, contact)


def _of_leg(leg: Leg, contact: Contact) -> tuple[Point, Point]:
    match contact:
        case Contact.KNEES:
            return leg.knee, leg.knee - 1j * KNEE_RADIUS
        case Contact.CALVES:
            return leg.on_shin(*_CALF), leg.on_shin(*_CALF)
        case Contact.TOES:
            return leg.ankle, leg.toe
        case _:
            return leg.ankle, complex(leg.ankle.real, min(leg.heel.imag, leg.toe.imag))


def _missed(body: Body, pose: Pose, skeleton: Skeleton) -> Iterator[tuple[str, float]]:
    legs = (skeleton.working_leg, skeleton.other_leg)
    for working, key, arm in ((True, "working_arm", skeleton.working_arm), (False, "other_arm", skeleton.other_arm)):
        asked = arm_pose(pose, working=working)
        if asked.hand_on is not None:
            gap = abs(_hand(pose, asked, body, legs, working=working) - arm.hand)
            if gap > TOUCHES:
                yield key, gap
    for working, key, leg, across in (
        (True, "working_leg", legs[0], legs[1]),
        (False, "other_leg", legs[1], legs[0]),
    ):
        plan = _leg_pose(pose, working=working)
        if plan.foot_on is not None:
            gap = abs(_ankle(pose, plan, leg.foot, across, body, working=working) - leg.ankle)
            if gap > TOUCHES:
                yield key, gap


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
