"""Reads a pose file: TOML in, a `Pose` out, or one sentence that says what is wrong."""

from pathlib import Path
from typing import Final

from stretchplayer.errors import DomainError
from stretchplayer.figure.movement import Movement, missed_reaches
from stretchplayer.figure.pose import Pose, Reach, Rest, Towel, limit_violations
from stretchplayer.figure.skeleton import Joint
from stretchplayer.figure.surroundings import Prop
from stretchplayer.i18n import N_, _
from stretchplayer.routine.routine import SideMode, check_placeholders
from stretchplayer.storage import messages, toml_file
from stretchplayer.storage.diagnostics import Mistake, Place
from stretchplayer.storage.routines.routine_file import slug

_KIND: Final = "pose"
_SINKS: Final = -0.5
"""How far a body may sink into the floor, in units of about a centimetre."""
_WHAT_BENDS: Final = {
    Joint.NECK: N_("the neck"),
    Joint.SHOULDER: N_("the shoulder"),
    Joint.ELBOW: N_("the elbow"),
    Joint.HIP: N_("the hip"),
    Joint.KNEE: N_("the knee"),
    Joint.ANKLE: N_("the ankle"),
}


def read_pose(path: Path) -> Pose:
    return parse_pose(toml_file.read_bytes(path), file=messages.shown(path), name=name_of_file(path))


def parse_pose(data: bytes, *, file: str, name: str) -> Pose:
    return toml_file.read_as(
        data, file, called=_KIND, kind=Pose, complete=lambda document: {**document, "name": name}, check=_check
    )


def name_of_file(path: Path) -> str:
    return slug(path.stem) or _KIND


def _check(pose: Pose) -> None:
    try:
        check_placeholders(pose.description, SideMode.EACH)
    except DomainError as error:
        raise Mistake(
            ("description",), _("{where}: {key} has an invalid placeholder: {error}."), error=error
        ) from error
    _check_things(pose)
    _check_joints(pose)
    _check_body(pose)


def _check_things(pose: Pose) -> None:
    """What the body rests on and reaches for has to be present."""
    no_chair = _('{where}: {key} is "seat", but the pose has no chair; add props = ["chair"].')
    if pose.rests_on is Rest.SEAT and Prop.CHAIR not in pose.props:
        raise Mistake(("rests_on",), no_chair)
    for table, arm in (("working_arm", pose.working_arm), ("other_arm", pose.other_arm)):
        if arm is Reach.TOWEL and pose.towel is not Towel.ROUND_ANKLE:
            no_towel = _('{where}: {key} is "towel", but the pose has no towel to hold; add towel = "round_ankle".')
            raise Mistake((table,), no_towel)
        if arm is Reach.SEAT and Prop.CHAIR not in pose.props:
            raise Mistake((table,), no_chair)
    if pose.via is not None and pose.comes_from is None:
        raise Mistake(("via",), _("{where}: {key} needs comes_from, the pose that comes before."))


def _check_joints(pose: Pose) -> None:
    for sprain in limit_violations(pose):
        place: Place = (sprain.key,) if sprain.table is None else (sprain.table, sprain.key)
        what = _(
            "{where}: {key} is {angle:g}, which {what_bends} can't reach; with the angles before it, the range is "
            "{low:g} to {high:g}."
        )
        joint = _(_WHAT_BENDS[sprain.joint])
        raise Mistake(place, what, angle=sprain.angle, what_bends=joint, low=sprain.low, high=sprain.high)


def _check_body(pose: Pose) -> None:
    """Hands have to get where they reach, and nothing may sink into the floor."""
    for table, gap in missed_reaches(pose).items():
        too_far = _("{where}: {key} is {gap:.1f} out of reach; move the shoulder and the leg closer together.")
        raise Mistake((table,), too_far, gap=gap)
    part, middle, radius = min(Movement(pose).at(1).surfaces(), key=lambda surface: surface[1].imag - surface[2])
    deep = middle.imag - radius
    if deep < _SINKS:
        sunk = _("{where}: it has {part} {value:.1f} below the floor; raise it by the angles of the bones before it.")
        raise Mistake((), sunk, part=_(part), value=-deep)
