"""The movement from one pose to another: joints turn, hands reach, and what rests stays in place."""

from cmath import phase
from collections.abc import Mapping
from dataclasses import replace
from math import acos, asin, degrees
from typing import Final, NamedTuple, TypeAlias

from stretchplayer.figure.breath import ease
from stretchplayer.figure.pose import ArmAngles, Bends, Pose, Reach, Rest, Towel, bends
from stretchplayer.figure.skeleton import (
    FOREARM,
    HEAD,
    HIP_RADIUS,
    KNEE_RADIUS,
    LUMBAR,
    NECK,
    SHIN,
    SOLE,
    THIGH,
    TORSO,
    UPPER_ARM,
    Arm,
    Joint,
    Leg,
    Point,
    Skeleton,
    bend,
    bone,
    stretch_arm,
    unit,
)
from stretchplayer.figure.surroundings import SEAT_HEIGHT

TOWEL_LENGTH: Final = 88.0
"""From the ankle to a hand that holds the towel, if the arm is long enough."""
_OTHER_HAND_CLOSER: Final = 8.0
"""The other hand holds the towel this much nearer to the ankle, so that both are visible."""
_ELBOW_BACK: Final = 12.0
"""How far behind the body the elbow is that pulls at a towel, in degrees: on the floor, when lying."""
_TOWEL_HANGS: Final = 23 - 12.5j
"""From a hand to the middle of a towel that lies across the belly."""
_TOWEL_LIES: Final = 3.0
"""The least height of that middle: on the floor."""

_ON_THIGH: Final[Mapping[Reach, tuple[float, float]]] = {
    Reach.KNEE: (0.97, KNEE_RADIUS - 1),
    Reach.THIGH: (0.58, 9.5),
    Reach.BEHIND_THIGH: (0.68, -5.0),
}
_ON_SHIN: Final[Mapping[Reach, tuple[float, float]]] = {Reach.SHIN: (0.24, 6.5), Reach.ANKLE: (0.9, 5.0)}
"""Where a hand is on the bone: the fraction of its length, and the distance in front of it."""
_OTHER_HAND_FURTHER: Final = 0.07
"""The other hand is this much further along the bone, so that both are visible; hands that clasp meet."""
_GRASPS: Final = 0.2
"""The part of a movement in which a hand lets go at its beginning, or takes hold at its end."""
_TOUCHES: Final = 0.5
"""A hand nearer than this touches its target."""
_WRIST: Final = 30.0
"""The most that a hand turns to lie flat, in degrees."""
_SEAT_EDGE: Final = complex(-9, SEAT_HEIGHT + 3)


class Movement:
    """A movement through several poses, or a single still pose."""

    def __init__(self, *poses: Pose) -> None:
        """Poses before one that rests on something else than the last are dropped: no movement leads from there."""
        last = poses[-1]
        path: list[Pose] = []
        for pose in reversed(poses):
            if pose.rests_on is not last.rests_on or pose.props != last.props:
                break
            path.insert(0, pose)
        self.poses = tuple(path)
        self._bends = [bends(pose) for pose in path]
        for number in range(1, len(path)):
            # The torso turns the shorter way, across 0 degrees too: from standing to bending forward.
            turns = round((self._bends[number - 1].torso - self._bends[number].torso) / 360)
            self._bends[number] = self._bends[number]._replace(torso=self._bends[number].torso + 360 * turns)

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
            return _frame(self.end, self.end, self._bends[0], 0)
        segment = min(int(max(progress, 0) * segments), segments - 1)
        part = ease(progress * segments - segment)
        pairs = zip(self._bends[segment], self._bends[segment + 1], strict=True)
        between = Bends(*(_mix(one, other, part) for one, other in pairs))
        return _frame(self.poses[segment], self.poses[segment + 1], between, part)


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


def missed_reaches(pose: Pose) -> dict[str, float]:
    """The distance by which `working_arm` and `other_arm` miss their targets; no entry for one that touches it."""
    skeleton = Movement(pose).at(0)
    trunk = _Trunk(skeleton.torso, skeleton.shoulder, skeleton.working_leg, skeleton.other_leg)
    found = {}
    for key, arm, hand, further in (
        ("working_arm", pose.working_arm, skeleton.working_arm.hand, 0.0),
        ("other_arm", pose.other_arm, skeleton.other_arm.hand, _OTHER_HAND_FURTHER),
    ):
        if isinstance(arm, Reach):
            gap = abs(_target(arm, trunk, further) - hand)
            if gap > _TOUCHES:
                found[key] = gap
    return found


def _mix(one: float, other: float, part: float) -> float:
    return one + (other - one) * part


def _frame(start: Pose, end: Pose, bent: Bends, part: float) -> Skeleton:
    torso = bent.torso
    working = (torso, bent.working_hip, bent.working_knee, bent.working_ankle)
    other = (torso, bent.other_hip, bent.other_knee, bent.other_ankle)
    hip = _hip(end.rests_on, _leg(0j, *other))
    legs = (_leg(hip, *working), _leg(hip, *other))
    if start is not end and end.rests_on is not Rest.FOOT:
        legs = (_leg(hip, torso, bent.working_hip + _sunk(legs[0]), *working[2:]), legs[1])
    trunk = _Trunk(torso, hip + TORSO * unit(torso), *legs)
    head = bone(Joint.NECK, torso, bent.neck)
    working_arm = _arm(trunk, (start, start.working_arm), (end, end.working_arm), part, 0.0)
    loops = [_loop(pose, legs[0], working_arm) for pose in (start, end)]
    return Skeleton(
        lumbar=torso,
        thoracic=torso,
        neck=head,
        head=head,
        hip=hip,
        waist=hip + LUMBAR * unit(torso),
        shoulder=trunk.shoulder,
        head_base=trunk.shoulder + NECK * unit(head),
        head_centre=trunk.shoulder + (NECK + HEAD) * unit(head),
        working_leg=legs[0],
        other_leg=legs[1],
        working_arm=working_arm,
        other_arm=_arm(trunk, (start, start.other_arm), (end, end.other_arm), part, _OTHER_HAND_FURTHER),
        contacts=end.contacts,
        props=end.things,
        towel=_towel(loops[0], loops[1], part),
    )


class _Trunk(NamedTuple):
    """The torso and legs, to which arms are attached and for which they reach."""

    torso: float
    shoulder: Point
    working: Leg
    other: Leg


_Target: TypeAlias = tuple[Pose, ArmAngles | Reach]
"""A pose, and what it asks of an arm."""


def _leg(at: Point, torso: float, hip: float, knee: float, ankle: float) -> Leg:
    thigh = bone(Joint.HIP, torso, hip)
    shin = bone(Joint.KNEE, thigh, knee)
    at_knee = at + THIGH * unit(thigh)
    return Leg(
        thigh=thigh,
        shin=shin,
        foot=bone(Joint.ANKLE, shin, ankle),
        hip=at,
        knee=at_knee,
        ankle=at_knee + SHIN * unit(shin),
    )


def _sunk(leg: Leg) -> float:
    """How far a leg has to turn up at the hip for its foot to slide along the floor instead of sinking into it."""
    offsets = [point - leg.hip for point in (leg.heel, leg.toe) if point.imag < 0]
    return max((degrees(asin(-leg.hip.imag / abs(offset)) - phase(offset)) for offset in offsets), default=0.0)


def _hip(rest: Rest, other: Leg) -> Point:
    if rest is Rest.FOOT:
        return complex(0, SOLE) - other.ankle
    return complex(0, HIP_RADIUS + (SEAT_HEIGHT if rest is Rest.SEAT else 0))


def _arm(trunk: _Trunk, one: _Target, two: _Target, part: float, further: float) -> Arm:
    """Between what two poses ask of an arm, its joints turn; a hand is closed only where it stays or has arrived."""
    begin, end = _arm_for(trunk, one, further), _arm_for(trunk, two, further)
    pairs = zip(_folded(begin, trunk.torso), _folded(end, trunk.torso), strict=True)
    return replace(
        _folded_arm(trunk, *(_mix(before, after, part) for before, after in pairs)),
        closed=(begin.closed or part > 1 - _GRASPS) and (end.closed or part < _GRASPS),
        wrist=_mix(begin.wrist, end.wrist, part),
    )


def _arm_for(trunk: _Trunk, target: _Target, further: float) -> Arm:
    pose, asked = target
    if isinstance(asked, Reach):
        arm = stretch_arm(trunk.shoulder, _target(asked, trunk, further))
    else:
        arm = _folded_arm(trunk, *_folded(asked, pose.torso))
    return replace(arm, closed=_holds(pose, asked), wrist=_wrist(trunk, asked, arm))


def _folded(arm: ArmAngles | Arm, torso: float) -> tuple[float, float]:
    """The bends of shoulder and elbow."""
    return bend(Joint.SHOULDER, torso, arm.upper), bend(Joint.ELBOW, arm.upper, arm.forearm)


def _folded_arm(trunk: _Trunk, shoulder: float, elbow: float) -> Arm:
    upper = bone(Joint.SHOULDER, trunk.torso, shoulder)
    at_elbow = trunk.shoulder + UPPER_ARM * unit(upper)
    hand = at_elbow + FOREARM * unit(bone(Joint.ELBOW, upper, elbow))
    return Arm(shoulder=trunk.shoulder, elbow=at_elbow, hand=hand)


def _wrist(trunk: _Trunk, reach: ArmAngles | Reach, arm: Arm) -> float:
    """The turn of the hand so that it lies flat on a thigh."""
    if reach not in {Reach.THIGH, Reach.OTHER_THIGH}:
        return 0
    leg = trunk.working if reach is Reach.THIGH else trunk.other
    turn = leg.thigh - arm.forearm
    return min(max(turn - 360 * round(turn / 360), -_WRIST), _WRIST)


def _holds(pose: Pose, arm: ArmAngles | Reach) -> bool:
    return pose.towel is not None or arm in {Reach.SHIN, Reach.KNEE, Reach.ANKLE, Reach.BEHIND_THIGH, Reach.SEAT}


def _target(reach: Reach, trunk: _Trunk, further: float) -> Point:
    match reach:
        case Reach.SEAT:
            return _SEAT_EDGE + further * SHIN
        case Reach.TOWEL:
            return _towel_end(trunk, TOWEL_LENGTH - (_OTHER_HAND_CLOSER if further else 0))
        case Reach.OTHER_THIGH:
            along, front = _ON_THIGH[Reach.THIGH]
            return trunk.other.on_thigh(along + 2 * further, front)
        case Reach.SHIN | Reach.ANKLE:
            along, front = _ON_SHIN[reach]
            return trunk.working.on_shin(along + further, front)
        case Reach.BEHIND_THIGH:
            return trunk.working.on_thigh(*_ON_THIGH[reach])
        case _:
            along, front = _ON_THIGH[reach]
            return trunk.working.on_thigh(along + further, front)


def _towel_end(trunk: _Trunk, length: float) -> Point:
    """The hand at the end of a taut towel, with the elbow by the ribs; it hangs loose if the ankle is too near."""
    elbow = trunk.shoulder + UPPER_ARM * unit(trunk.torso + 180 - _ELBOW_BACK)
    away = trunk.working.ankle - elbow
    cosine = (FOREARM**2 + abs(away) ** 2 - length**2) / (2 * FOREARM * abs(away))
    return elbow + FOREARM * away / abs(away) * unit(degrees(acos(min(max(cosine, 0.0), 1.0))))


def _loop(pose: Pose, working: Leg, arm: Arm) -> Point | None:
    if pose.towel is None:
        return None
    if pose.towel is Towel.ROUND_ANKLE:
        return working.ankle
    middle = arm.hand + _TOWEL_HANGS
    return complex(middle.real, max(middle.imag, _TOWEL_LIES))


def _towel(one: Point | None, other: Point | None, part: float) -> Point | None:
    """The towel stays in the hands for most of the movement, and then goes round the ankle."""
    if one is None or other is None:
        return other if part else one
    return one + (other - one) * part**2
