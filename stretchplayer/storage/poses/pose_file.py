"""Reads a pose file: TOML in, a `Pose` out, or one sentence that says what is wrong."""

import re
from pathlib import Path
from typing import Final

from stretchplayer.errors import DomainError
from stretchplayer.figure.pose import (
    ArmPose,
    FootOn,
    LegPose,
    Pose,
    Reach,
    Rest,
    Towel,
    limit_violations,
)
from stretchplayer.figure.reach import PLACED
from stretchplayer.figure.skeleton import Joint, Strain
from stretchplayer.figure.stance import Stance, contact_parts, placing_contact, stance_of
from stretchplayer.figure.strain import strains
from stretchplayer.figure.surroundings import Contact, Prop, View
from stretchplayer.i18n import N_, _
from stretchplayer.routine.routine import SideMode, check_placeholders
from stretchplayer.storage import messages, toml_file
from stretchplayer.storage.diagnostics import Mistake, OldFormat, Place
from stretchplayer.storage.routines.routine_file import slug

_KIND: Final = "pose"
_LIMB: Final = rb"(?m)^[ \t]*+\[?+[ \t]*+(?:working|other)_(?:leg|arm)\b"
"""Possessive, so that a long line of blanks is read once."""
_FORMAT_1: Final = OldFormat(
    keys=frozenset(
        "format description comes_from via rests_on props towel torso head working_leg other_leg working_arm other_arm "
        "thigh shin foot upper forearm".split()
    ),
    names={},
    newer=N_("{where}: {key} needs format 2; write format = 2 in the first line."),
)
_LEAST_FRAME: Final = 10.0
_SINKS: Final = -0.5
"""How far a body may sink into the floor, in units of about a centimetre."""
_WHAT_BENDS: Final = {
    Joint.SPINE: N_("the back"),
    Joint.NECK: N_("the neck"),
    Joint.HEAD: N_("the head"),
    Joint.SHOULDER: N_("the shoulder"),
    Joint.ELBOW: N_("the elbow"),
    Joint.HIP: N_("the hip"),
    Joint.KNEE: N_("the knee"),
    Joint.ANKLE: N_("the ankle"),
}
_NEEDED: Final = {
    FootOn.WALL: Prop.WALL, FootOn.STEP: Prop.STEP, FootOn.SEAT: Prop.CHAIR,
    Reach.WALL: Prop.WALL, Reach.STEP: Prop.STEP, Reach.SEAT: Prop.CHAIR, Reach.SEAT_EDGE: Prop.CHAIR,
    Reach.TABLE: Prop.TABLE, Reach.DOORWAY: Prop.DOORWAY, Reach.STRAP: Prop.STRAP,
    Reach.RAIL: Prop.RAIL, Reach.CHAIR_BACK: Prop.CHAIR,
}  # fmt: skip
"""The thing that something is on."""
_AN_ANGLE: Final = N_("an angle in degrees from -360 to 360, where 0 is to the right and 90 is up")


def is_pose(data: bytes) -> bool:
    """Whether a file with this content is meant to be a pose: it has the table of a limb."""
    return re.search(_LIMB, data) is not None


def read_pose(path: Path) -> Pose:
    return parse_pose(toml_file.read_bytes(path), file=messages.shown(path), name=name_of_file(path))


def parse_pose(data: bytes, *, file: str, name: str) -> Pose:
    return toml_file.read_as(
        data,
        file,
        called=_KIND,
        kind=Pose,
        complete=lambda document: {**document, "name": name},
        check=_check,
        old=_FORMAT_1,
    )


def name_of_file(path: Path) -> str:
    return slug(path.stem) or _KIND


def _check(pose: Pose) -> None:
    try:
        check_placeholders(pose.description, SideMode.EACH)
    except DomainError as error:
        raise Mistake(
            ("description",), _("{where}: {key} has an invalid placeholder: {error}."), error=messages.shown(str(error))
        ) from error
    _check_trunk(pose)
    for table, leg in (("working_leg", pose.working_leg), ("other_leg", pose.other_leg)):
        _check_leg(pose, table, leg)
    for table, arm in (("working_arm", pose.working_arm), ("other_arm", pose.other_arm)):
        _check_arm(pose, table, arm)
    if pose.via is not None and pose.comes_from is None:
        raise Mistake(("via",), _("{where}: {key} needs comes_from, the pose that comes before."))
    _check_frame(pose)
    _check_joints(pose)
    stance = stance_of(pose)
    _check_reaches(stance)
    _check_rests(stance)
    _check_strains(stance)
    _check_floor(stance)


# What is written


def _missing(key: str, expected: str, table: str | None = None) -> Mistake:
    place: Place = (key,) if table is None else (table, key)
    return Mistake(place, _("{where}: {key} is missing. Expected: {expected}."), expected=expected)


def _check_trunk(pose: Pose) -> None:
    if pose.torso is None and pose.lumbar is None and pose.thoracic is None:
        raise _missing("torso", _(_AN_ANGLE))
    for key, angle in (("lumbar", pose.lumbar), ("thoracic", pose.thoracic)):
        if pose.torso is None and angle is None:
            raise _missing(key, _(_AN_ANGLE))
        if pose.torso is not None and angle is not None:
            raise Mistake((key,), _("{where}: {key} and torso are both there; write torso, or lumbar and thoracic."))
    if pose.rests_on is None and not pose.contacts:
        raise _missing("contacts", _('a list of what the body rests on, such as contacts = ["back", "feet"]'))
    if pose.rests_on is not None and pose.contacts:
        raise Mistake(("contacts",), _("{where}: {key} takes the place of rests_on; remove rests_on."))
    if pose.rests_on is Rest.SEAT and pose.thing(Prop.CHAIR) is None:
        raise Mistake(("rests_on",), _(_NO_CHAIR))
    if placing_contact(pose) is None:
        raise Mistake(
            ("contacts",),
            _(
                "{where}: {key} does not tell where the body is; name back, front, side or seat, or write the angles "
                "of a leg or forearm that it rests on."
            ),
        )


def _check_frame(pose: Pose) -> None:
    if pose.frame is None:
        return
    for key, low, high in (("right", pose.frame.left, pose.frame.right), ("high", pose.frame.low, pose.frame.high)):
        if high - low < _LEAST_FRAME:
            raise Mistake(("frame", key), _("{where}: {key} must be at least {least:g}."), least=low + _LEAST_FRAME)


def _check_leg(pose: Pose, table: str, leg: LegPose) -> None:
    if leg.foot_on is None:
        for key, angle in (("thigh", leg.thigh), ("shin", leg.shin), ("foot", leg.foot)):
            if angle is None:
                raise _missing(key, _(_AN_ANGLE), table)
        return
    for key, angle in (("thigh", leg.thigh), ("shin", leg.shin)):
        if angle is not None:
            raise Mistake(
                (table, key), _("{where}: {key} and foot_on are both there; write angles, or what the foot is on.")
            )
    across = pose.other_leg if leg is pose.working_leg else pose.working_leg
    if leg.foot_on is FootOn.OTHER_KNEE:
        if across.foot_on is FootOn.OTHER_KNEE:
            raise Mistake((table, "foot_on"), _("{where}: {key} is other_knee for both legs; change one of them."))
    elif leg.at is None:
        raise _missing("at", _(_A_PLACE), table)
    _check_thing(pose, (table, "foot_on"), leg.foot_on)


def _check_arm(pose: Pose, table: str, arm: ArmPose | Reach) -> None:
    asked = ArmPose(hand_on=arm) if isinstance(arm, Reach) else arm
    place: Place = (table,) if isinstance(arm, Reach) else (table, "hand_on")
    if asked.hand_on is None:
        for key, angle in (("upper", asked.upper), ("forearm", asked.forearm)):
            if angle is None:
                raise _missing(key, _(_AN_ANGLE), table)
        return
    for key, angle in (("upper", asked.upper), ("forearm", asked.forearm)):
        if angle is not None:
            raise Mistake(
                (table, key), _("{where}: {key} and hand_on are both there; write angles, or what the hand is on.")
            )
    if asked.hand_on in PLACED and asked.at is None:
        raise Mistake(
            place,
            _('{where}: {key} is "{on}", which needs a place; write {{ hand_on = "{on}", at = 40 }}.'),
            on=asked.hand_on,
        )
    if asked.hand_on is Reach.UPPER_ARM and arm is pose.working_arm:
        raise Mistake(place, _("{where}: {key} is upper_arm, which only the other arm can hold; change it."))
    if asked.hand_on is Reach.TOWEL and pose.towel not in _ROUND:
        no_towel = _('{where}: {key} is "towel", but the pose has no towel to hold; add towel = "round_ankle".')
        raise Mistake(place, no_towel)
    if asked.hand_on is Reach.STRAP and pose.towel not in _ROUND:
        no_strap = _('{where}: {key} is "strap", but nothing says where it is; add towel = "round_foot".')
        raise Mistake(place, no_strap)
    _check_thing(pose, place, asked.hand_on)


_A_PLACE: Final = N_("a number from -300 to 300; a person is about 185 tall")
_ROUND: Final = {Towel.ROUND_ANKLE, Towel.ROUND_FOOT}
_NO_CHAIR: Final = N_('{where}: {key} is "seat", but the pose has no chair; add props = ["chair"].')


def _check_thing(pose: Pose, place: Place, on: FootOn | Reach) -> None:
    """What a hand or foot is on has to be present."""
    prop = _NEEDED.get(on)
    if prop is None or pose.thing(prop) is not None:
        return
    if on is Reach.SEAT:
        raise Mistake(place, _(_NO_CHAIR))
    raise Mistake(place, _('{where}: {key} is "{on}", but the pose has no {prop}; add it to props.'), on=on, prop=prop)


# How the body is


def _check_joints(pose: Pose) -> None:
    for strain in limit_violations(pose):
        what = _(
            "{where}: {key} is {angle:g}, which {what_bends} can't reach; with the angles before it, the range is "
            "{low:g} to {high:g}."
        )
        raise _strained(strain, what)


def _check_reaches(stance: Stance) -> None:
    for table, gap in stance.missed.items():
        hand = _("{where}: {key} is {gap:.1f} out of reach; move the shoulder and the leg closer together.")
        foot = _("{where}: {key} is {gap:.1f} out of reach; move the hip and what the foot is on closer together.")
        raise Mistake((table,), foot if table.endswith("leg") else hand, gap=gap)


def _check_rests(stance: Stance) -> None:
    pose = stance.pose
    if pose.rests_on is not None:
        return
    for number, contact in enumerate(pose.contacts):
        if any(spot[0] is (Contact.FEET if contact is Contact.TOES else contact) for spot in stance.rests):
            continue
        low = min((part[2] for part in contact_parts(stance.skeleton, contact)), key=lambda point: point.imag)
        raise Mistake(
            ("contacts",),
            _("{where}: {key} has {contact} as entry {entry}, which is {gap:.1f} above what is under it."),
            contact=messages.quoted(contact),
            entry=number + 1,
            gap=low.imag,
        )


def _check_strains(stance: Stance) -> None:
    for strain in strains(stance.skeleton):
        what = _("{where}: {what_bends} would have to bend by {angle:.0f} degrees; its range is {low:g} to {high:g}.")
        raise _strained(strain, what)


def _strained(strain: Strain, sentence: str) -> Mistake:
    place = tuple(filter(None, (strain.table, strain.key)))
    joint = _(_WHAT_BENDS[strain.joint])
    return Mistake(place, sentence, what_bends=joint, angle=strain.angle, low=strain.low, high=strain.high)


def _check_floor(stance: Stance) -> None:
    """Nothing may sink into the floor."""
    if stance.pose.view is View.ABOVE:
        return
    part, middle, radius = min(stance.skeleton.surfaces(), key=lambda surface: surface[1].imag - surface[2])
    deep = middle.imag - radius
    if deep < _SINKS:
        sunk = _("{where}: it has {part} {value:.1f} below the floor; raise it by the angles of the bones before it.")
        raise Mistake((), sunk, part=_(part), value=-deep)
