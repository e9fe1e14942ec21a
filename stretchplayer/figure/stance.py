"""The body in a pose: where it is, what of it rests, and whether its hands and feet get where they reach."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stretchplayer.figure.pose import FootOn, Pose, Reach, Rest, Spine
from stretchplayer.figure.reach import (
    NO_LEGS,
    STANDS,
    TOUCHES,
    ArmBends,
    Body,
    LegBends,
    ankle_at,
    arm_bends,
    arm_of,
    arm_pose,
    hand_at,
    leg_bends,
    leg_by_angles,
    leg_pose,
    legs_of,
    loop_of,
    reach_of,
)
from stretchplayer.figure.skeleton import (
    BACK_RADIUS,
    ELBOW_RADIUS,
    HAND_RADIUS,
    HEAD_RADIUS,
    HIP_RADIUS,
    HIP_WIDTH,
    KNEE_RADIUS,
    SHOULDER_WIDTH,
    SOLE,
    TORSO,
    Arm,
    Joint,
    Leg,
    Point,
    Skeleton,
    bend,
)
from stretchplayer.figure.surroundings import Contact, Prop, View, ground

_SIDE_HIP: Final = HIP_WIDTH / 2 + 8
_SIDE_SHOULDER: Final = SHOULDER_WIDTH / 2 + 5
"""How high the middle of the body is above the floor, when lying on the side."""
_CALF: Final = (0.4, -8.4)

Part = str
"""A part of the body that rests: "hip", "shoulder" or "head", or of a limb "working" or "other"."""
Spot = tuple[Contact, Part]


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
        if leg_pose(pose, working=working).foot_on not in {None, FootOn.OTHER_KNEE}
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
        label=pose.label or pose.works,
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
        arrows=tuple(arrow.points for arrow in pose.arrows),
    )


def _steady(spine: Spine) -> Spine:
    lumbar = spine.lumbar % 360
    thoracic = lumbar - bend(Joint.SPINE, spine.lumbar, spine.thoracic)
    neck = thoracic - bend(Joint.NECK, spine.thoracic, spine.neck)
    return Spine(lumbar, thoracic, neck, neck - bend(Joint.HEAD, spine.neck, spine.head), spine.head_turn)


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
            if any(reach_of(arm) is None for arm in (pose.working_arm, pose.other_arm)):
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
                arm_of(body, pose, NO_LEGS, working=working).elbow
                for working, arm in ((False, pose.other_arm), (True, pose.working_arm))
                if reach_of(arm) is None
            ]
            return base + 1j * ELBOW_RADIUS - min(elbows, key=lambda elbow: elbow.imag)
        case Contact.SIDE:
            return base + 1j * max(_SIDE_HIP, _SIDE_SHOULDER - body.shoulder.imag)
        case Contact.BACK if pose.view is not View.ABOVE and pose.rests_on is None and body.shoulder.imag < -TOUCHES:
            return base + complex(-TORSO, BACK_RADIUS) - body.shoulder
        case _:
            return base if pose.view is View.ABOVE else base + 1j * HIP_RADIUS


def _raised_floor(pose: Pose) -> float:
    return ground([thing for thing in pose.things if thing.prop is not Prop.CHAIR], pose.at)


def _lowest_of_leg(body: Body, pose: Pose, *, knee: bool) -> Point:
    """The knee's surface or the ankle over the sole, of the leg that is lower; of the other leg, if both are."""
    found = []
    for working, leg in ((False, pose.other_leg), (True, pose.working_leg)):
        if leg.foot_on is None:
            made = leg_by_angles(body, pose, working=working)
            if pose.rests_on is Rest.FOOT:
                return made.ankle - 1j * SOLE
            low = made.knee.imag - KNEE_RADIUS if knee else min(made.heel.imag, made.toe.imag)
            found.append(complex((made.knee if knee else made.ankle).real, low))
    return min(found, key=lambda point: round(point.imag, 6))


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
        return leg_pose(pose, working=part == "working").foot_on not in {None, FootOn.OTHER_KNEE}
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
            gap = abs(hand_at(pose, asked, body, legs, working=working) - arm.hand)
            if gap > TOUCHES:
                yield key, gap
    for working, key, leg, across in (
        (True, "working_leg", legs[0], legs[1]),
        (False, "other_leg", legs[1], legs[0]),
    ):
        plan = leg_pose(pose, working=working)
        if plan.foot_on is not None:
            gap = abs(ankle_at(pose, plan, leg.foot, across, body, working=working) - leg.ankle)
            if gap > TOUCHES:
                yield key, gap
