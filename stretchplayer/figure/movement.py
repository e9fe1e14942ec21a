"""The movement from one pose to another: joints turn, hands and feet reach, and what rests stays in place."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from stretchplayer.figure.breath import ease
from stretchplayer.figure.pose import FootOn, Pose, Spine
from stretchplayer.figure.reach import (
    STANDS,
    ArmBends,
    Body,
    LegBends,
    arm_bends,
    arm_of,
    arm_pose,
    bent_arm,
    bent_leg,
    leg_across,
    leg_bends,
    leg_pose,
    leg_to,
    legs_of,
    lift,
    loop_of,
)
from stretchplayer.figure.skeleton import (
    ELBOW_RADIUS,
    HAND_RADIUS,
    KNEE_RADIUS,
    Arm,
    Leg,
    Point,
    Skeleton,
)
from stretchplayer.figure.stance import Spot, Stance, make_skeleton, stance_of
from stretchplayer.figure.surroundings import Contact, View

_HALF: Final = 0.5
_GRASPS: Final = 0.2
"""The part of a movement in which a hand lets go at its beginning, or takes hold at its end."""


class Movement:
    """A movement through several poses, or a single still pose."""

    def __init__(self, *poses: Pose) -> None:
        """Poses from which no movement leads to the next are dropped, and those before them.

        The part that works in the last pose does so all the way, and the label stays on one part.
        """
        path = [stance_of(poses[-1])]
        for pose in reversed(poses[:-1]):
            stance = stance_of(replace(pose, works=poses[-1].works, label=poses[-1].label))
            if not _leads(stance, path[0]):
                break
            path.insert(0, stance)
        self.poses = tuple(stance.pose for stance in path)
        self._stances = path
        for number in range(1, len(path)):
            # The trunk turns the shorter way, across 0 degrees too: from standing to bending forward.
            turns = round((path[number - 1].spine.lumbar - path[number].spine.lumbar) / 360)
            spine = path[number].spine
            spine = Spine(*(angle + 360 * turns for angle in spine))._replace(head_turn=spine.head_turn)
            path[number] = replace(path[number], spine=spine)

    @property
    def end(self) -> Pose:
        return self.poses[-1]

    @property
    def is_still(self) -> bool:
        return len(self.poses) == 1

    def at(self, progress: float) -> Skeleton:
        """The body at `progress`, from 0 (first pose) to 1 (last); it slows down at each pose on the way."""
        segments = len(self.poses) - 1
        if segments == 0:
            return self._stances[0].skeleton
        segment = min(int(max(progress, 0) * segments), segments - 1)
        part = ease(progress * segments - segment)
        return _Frame(self._stances[segment], self._stances[segment + 1], part).skeleton()


def movement_to(poses: Mapping[str, Pose], end: str, start: str | None = None) -> Movement | None:
    """The movement from one named pose to another, by way of each pose's `via` if it starts at that one's `comes_from`.

    Without a known start it is the end pose alone; None for an unknown end.
    """
    last = poses.get(end)
    if last is None:
        return None
    first = poses.get(start or "")
    if first is None:
        return Movement(last)
    path = [last]
    while path[0].comes_from == start and (via := poses.get(path[0].via or "")) and via not in path:
        path.insert(0, via)
    return Movement(first, *path)


def _mix(one: float, other: float, part: float) -> float:
    return one + (other - one) * part


def _mixed(one: Point, other: Point, part: float) -> Point:
    return one + (other - one) * part


def _turned(one: float, other: float, part: float) -> float:
    """An angle on the shorter way from one to the other."""
    return one + ((other - one + 180) % 360 - 180) * part


def _leads(one: Stance, two: Stance) -> bool:
    """Whether a movement can be drawn from one pose to the next: something that rests in both stays in place."""
    same = one.pose.view is two.pose.view and set(one.pose.things) == set(two.pose.things)
    if one.pose.rests_on is not None and two.pose.rests_on is not None:
        return same and one.pose.rests_on is two.pose.rests_on
    return same and not one.rests.keys().isdisjoint(two.rests.keys())


class _Frame:
    """One moment on the way from one pose to the next."""

    def __init__(self, one: Stance, two: Stance, part: float) -> None:
        self._one, self._two, self._part = one, two, part
        self._anchor = _anchor(one, two)
        spine = Spine(*(_mix(*pair, part) for pair in zip(one.spine, two.spine, strict=True)))
        body = Body(two.pose.view, spine, one.pose.shortening.mixed(two.pose.shortening, part), 0j)
        self._body = body._replace(hip=self._hip(body))

    def skeleton(self) -> Skeleton:
        one, two, part = self._one, self._two, self._part
        legs = self._legs()
        arms = (self._arm(legs, working=True), self._arm(legs, working=False))
        loops = [loop_of(stance.pose, legs[0], arms[0]) for stance in (one, two)]
        return make_skeleton(self._body, two.pose, legs, arms, _towel(loops[0], loops[1], part))

    def _hip(self, body: Body) -> Point:
        """The hip, such that the anchor stays where it rests or goes straight from one place to the other."""
        if self._anchor is None:
            return _mixed(self._one.skeleton.hip, self._two.skeleton.hip, self._part)
        contact, part = self._anchor
        at = _mixed(self._one.rests[self._anchor], self._two.rests[self._anchor], self._part)
        if contact in _OF_LEG:
            leg = self._turned_leg(body, working=part == "working")
            return at - (leg.knee if contact is Contact.KNEES else leg.ankle)
        if contact is Contact.FOREARMS:
            return at - self._turned_arm(body, working=part == "working").elbow
        return at - (body.shoulder if part == "shoulder" else 0j)

    def _turned_leg(self, body: Body, *, working: bool) -> Leg:
        one, two = self._one.leg_bends(working=working), self._two.leg_bends(working=working)
        return bent_leg(body, self._between(one, two), working=working)

    def _turned_arm(self, body: Body, *, working: bool) -> Arm:
        one, two = self._one.arm_bends(working=working), self._two.arm_bends(working=working)
        return bent_arm(body, self._arm_between(one, two), working=working)

    def _between(self, one: LegBends, two: LegBends) -> LegBends:
        return LegBends(*(_mix(*pair, self._part) for pair in zip(one, two, strict=True)))

    def _arm_between(self, one: ArmBends, two: ArmBends) -> ArmBends:
        shoulder, part = _mix(one.shoulder, two.shoulder, self._part), self._part
        if self._two.pose.view is View.SIDE:
            return ArmBends(shoulder, _mix(one.elbow, two.elbow, part))
        # From the front a forearm may seem to turn either way; it doesn't go round through the outside.
        return ArmBends(shoulder, _turned(one.elbow, two.elbow, part))

    def _legs(self) -> tuple[Leg, Leg]:
        begin, end = legs_of(self._body, self._one.pose), legs_of(self._body, self._two.pose)
        other = self._leg(begin[1], end[1], working=False)
        if all(stance.pose.working_leg.foot_on is FootOn.OTHER_KNEE for stance in (self._one, self._two)):
            foot = _turned(begin[0].foot, end[0].foot, self._part)
            return leg_across(self._body, self._two.pose, other, foot), other
        return self._leg(begin[0], end[0], working=True), other

    def _leg(self, begin: Leg, end: Leg, *, working: bool) -> Leg:
        body, key = self._body, _name(working=working)
        if self._anchor is not None and self._anchor[0] in _OF_LEG and self._anchor[1] == key:
            return self._turned_leg(body, working=working)
        feet = self._one.feet.get(working), self._two.feet.get(working)
        if feet[0] is not None and feet[1] is not None:
            foot = _turned(begin.foot, end.foot, self._part)
            plan = leg_pose(self._two.pose, working=working)
            knee = plan.knee if plan.foot_on else _mixed(begin.knee, end.knee, self._part)
            return leg_to(body, _mixed(feet[0], feet[1], self._part), foot, knee, working=working)
        mirrored = body.mirrored(working=working)
        plans = (leg_pose(stance.pose, working=working) for stance in (self._one, self._two))
        if any(plan.foot_on is FootOn.OTHER_KNEE for plan in plans):
            # On its way to the other knee, the foot follows neither that knee nor the floor.
            bends = self._between(*(stance.leg_bends(working=working) for stance in (self._one, self._two)))
        else:
            bends = self._between(*(leg_bends(leg, body.spine.lumbar, mirrored=mirrored) for leg in (begin, end)))
        leg = bent_leg(body, bends, working=working)
        ends = (_leg_surfaces(stance.leg(working=working)) for stance in (self._one, self._two))
        turn = self._lift(leg.hip, _no_lower(_leg_surfaces(leg), *ends))
        return bent_leg(body, bends._replace(hip=bends.hip + (-turn if mirrored else turn)), working=working)

    def _arm(self, legs: tuple[Leg, Leg], *, working: bool) -> Arm:
        """Its joints turn from one pose to the other; a hand is closed only where it stays or has arrived."""
        body, part = self._body, self._part
        one, two = (arm_pose(stance.pose, working=working) for stance in (self._one, self._two))
        if one.hand_on in STANDS and one.hand_on is two.hand_on:
            at = None if one.at is None or two.at is None else _mix(one.at, two.at, part)
            return arm_of(body, self._two.pose, legs, working=working, at=at)
        begin, end = (arm_of(body, stance.pose, legs, working=working) for stance in (self._one, self._two))
        mirrored = body.mirrored(working=working)
        bends = self._arm_between(*(arm_bends(arm, body.spine.thoracic, mirrored=mirrored) for arm in (begin, end)))
        arm = bent_arm(body, bends, working=working)
        ends = (_arm_surfaces(stance.arm(working=working)) for stance in (self._one, self._two))
        turn = self._lift(arm.shoulder, _no_lower(_arm_surfaces(arm), *ends))
        bends = bends._replace(shoulder=bends.shoulder + (-turn if mirrored else turn))
        return replace(
            bent_arm(body, bends, working=working),
            closed=(begin.closed or part > 1 - _GRASPS) and (end.closed or part < _GRASPS),
            wrist=_mix(begin.wrist, end.wrist, part),
            between_legs=end.between_legs if part > _HALF else begin.between_legs,
        )

    def _lift(self, pivot: Point, surfaces: "_Surfaces") -> float:
        """How far a limb has to turn to stay above the floor; from above that can't be told."""
        return 0.0 if self._body.view is View.ABOVE else lift(pivot, surfaces)


_OF_LEG: Final = {Contact.KNEES, Contact.FEET}
_ANCHORS: Final = {
    Contact.BACK, Contact.FRONT, Contact.SIDE, Contact.SEAT, Contact.KNEES, Contact.FEET, Contact.FOREARMS,
}  # fmt: skip


def _name(*, working: bool) -> str:
    return "working" if working else "other"


def _anchor(one: Stance, two: Stance) -> Spot | None:
    """What rests in both poses and moves least: the rest of the body moves about it."""
    shared = [spot for spot in one.rests if spot in two.rests and spot[0] in _ANCHORS]
    return min(shared, key=lambda spot: round(abs(one.rests[spot] - two.rests[spot]), 6), default=None)


_Surfaces: TypeAlias = tuple[tuple[Point, float], ...]
"""Points and how high above the floor they are, if they touch it."""


def _leg_surfaces(leg: Leg) -> _Surfaces:
    return (leg.knee, KNEE_RADIUS), (leg.heel, 0.0), (leg.toe, 0.0)


def _arm_surfaces(arm: Arm) -> _Surfaces:
    return (arm.elbow, ELBOW_RADIUS), (arm.hand, HAND_RADIUS)


def _no_lower(now: _Surfaces, one: _Surfaces, two: _Surfaces) -> _Surfaces:
    """The points of now; each may be as low as in one of the poses, or touch the floor."""
    return tuple(
        (point, min(high, before.imag, after.imag))
        for (point, high), (before, _), (after, _) in zip(now, one, two, strict=True)
    )


def _towel(one: Point | None, other: Point | None, part: float) -> Point | None:
    """The towel stays in the hands for most of the movement, and then goes round the ankle."""
    if one is None or other is None:
        return other if part else one
    return one + (other - one) * part**2
