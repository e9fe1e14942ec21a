"""Joints of a skeleton that bend further than people's do."""

from collections.abc import Iterator
from math import acos, cos, degrees, radians, sqrt
from typing import Final, NamedTuple

from stretchplayer.figure.skeleton import LIMITS, Joint, Skeleton, Strain, bend
from stretchplayer.figure.surroundings import View

_ROUNDING: Final = 1e-6


class _Bone(NamedTuple):
    angle: float
    length: float
    """How long it looks, as a fraction of its length."""


def strains(skeleton: Skeleton) -> Iterator[Strain]:
    for table, joint, before, after in _joints(skeleton):
        least, greatest = LIMITS[joint]
        if skeleton.view is View.SIDE and before.length == after.length == 1:
            angle = bend(joint, before.angle, after.angle)
        else:
            # A bone that looks shorter points at the viewer or away: of both, what bends the joint less counts.
            least, greatest = max(least, 0.0), max(greatest, -least)
            angle = _between(joint, before, after, least)
        if not least - _ROUNDING <= angle <= greatest + _ROUNDING:
            yield Strain(table=table, joint=joint, angle=angle, low=least, high=greatest)


def _joints(skeleton: Skeleton) -> Iterator[tuple[str | None, Joint, _Bone, _Bone]]:
    """Each joint between two bones, with the table of its limb."""
    short = skeleton.shortening
    lumbar, thoracic = _Bone(skeleton.lumbar, short.lumbar), _Bone(skeleton.thoracic, short.thoracic)
    neck, head = _Bone(skeleton.neck, short.neck), _Bone(skeleton.head, short.neck)
    yield None, Joint.SPINE, lumbar, thoracic
    yield None, Joint.NECK, thoracic, neck
    yield None, Joint.HEAD, neck, head
    for table, leg, lengths in (
        ("working_leg", skeleton.working_leg, (short.thigh, short.shin, short.foot)),
        ("other_leg", skeleton.other_leg, (short.other_thigh, short.other_shin, short.other_foot)),
    ):
        thigh, shin = _Bone(leg.thigh, lengths[0]), _Bone(leg.shin, lengths[1])
        yield table, Joint.HIP, lumbar, thigh
        yield table, Joint.KNEE, thigh, shin
        yield table, Joint.ANKLE, shin, _Bone(leg.foot, lengths[2])
    for table, arm, (upper, forearm) in (
        ("working_arm", skeleton.working_arm, (short.upper_arm, short.forearm)),
        ("other_arm", skeleton.other_arm, (short.other_upper_arm, short.other_forearm)),
    ):
        yield table, Joint.SHOULDER, thoracic, _Bone(arm.upper, upper)
        yield table, Joint.ELBOW, _Bone(arm.upper, upper), _Bone(arm.forearm, forearm)


def _between(joint: Joint, before: _Bone, after: _Bone, least: float) -> float:
    """The bend of a joint whose bones may point out of the picture: the least one, but `least` if that is possible."""
    turn = radians(after.angle - before.angle + (180 if joint in {Joint.HIP, Joint.SHOULDER} else 0))
    flat = before.length * after.length * cos(turn)
    deep = sqrt((1 - before.length**2) * (1 - after.length**2))
    fewest, most = (degrees(acos(min(max(flat + depth, -1.0), 1.0))) for depth in (deep, -deep))
    return min(max(fewest, least), most)
