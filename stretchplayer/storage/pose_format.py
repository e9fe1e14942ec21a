"""The format of pose files, version 1: which keys there are, what they mean and what may stand in them.

As with routine files, files are decoded from these structs, the JSON Schema is made of them, and messages take their
"what would be right" (`extra["right"]`, which ends the sentence "… must be").
"""

from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from stretchplayer.domain.pose import Prop, Reach, Rest, Towel
from stretchplayer.storage.routine_format import MAX_TEXT, Name, Text

FORMAT: Final = 1
MAX_ANGLE: Final = 360

Angle = Annotated[float, Meta(ge=-MAX_ANGLE, le=MAX_ANGLE)]

_AN_ANGLE: Final = f"an angle in degrees from -{MAX_ANGLE} to {MAX_ANGLE}, where 0 is to the right and 90 is up"
_A_NAME: Final = "the name of a pose: its file's name without .toml"


def _about(description: str, right: str) -> Meta:
    return Meta(description=description, extra={"right": right})


def _one_of(words: type[Prop | Reach | Rest | Towel]) -> str:
    return "one of " + ", ".join(f'"{word}"' for word in words)


class LegDocument(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The angles of a leg's bones."""

    thigh: Annotated[Angle, _about("From the hip to the knee.", _AN_ANGLE)]
    shin: Annotated[Angle, _about("From the knee to the ankle.", _AN_ANGLE)]
    foot: Annotated[Angle, _about("From the heel to the toes.", _AN_ANGLE)]


class ArmDocument(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What a hand reaches for, or the angles of the arm's bones."""

    reach: Annotated[
        Reach | UnsetType,
        _about("What the hand reaches for. Knee, shin, thigh and ankle are those of the working leg.", _one_of(Reach)),
    ] = UNSET
    upper: Annotated[Angle | UnsetType, _about("From the shoulder to the elbow.", _AN_ANGLE)] = UNSET
    forearm: Annotated[Angle | UnsetType, _about("From the elbow to the hand.", _AN_ANGLE)] = UNSET


class PoseDocument(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A pose of Stretch Player's figure, seen from the working side, facing right or lying with the head to the left.

    All angles are absolute, in degrees: 0 is to the right, 90 is up, 180 is to the left.
    """

    format: Annotated[
        Literal[1], _about("The version of the format, 1.", "the number 1 (the version of the file's format)")
    ]
    description: Annotated[
        Text,
        _about(
            "The pose in words, for those who can't see it. May name the leg with {leg}, {other_leg}, {side} and "
            "{other_side}.",
            f"a text of 1 to {MAX_TEXT} characters, without line breaks and other control characters",
        ),
    ]
    comes_from: Annotated[Name | UnsetType, _about("The pose that usually comes before.", _A_NAME)] = field(
        default=UNSET, name="from"
    )
    via: Annotated[Name | UnsetType, _about("A pose on the way from there.", _A_NAME)] = UNSET
    rests_on: Annotated[Rest, _about("What carries the body.", _one_of(Rest))]
    props: Annotated[
        tuple[Prop, ...],
        Meta(max_length=len(Prop)),
        _about("Things in the picture.", f"a list of things, each {_one_of(Prop)}"),
    ] = ()
    towel: Annotated[Towel | UnsetType, _about("Where the towel is, if there is one.", _one_of(Towel))] = UNSET
    torso: Annotated[Angle, _about("From the hip to the shoulder.", _AN_ANGLE)]
    head: Annotated[Angle, _about("From the shoulder to the top of the head.", _AN_ANGLE)]
    working_leg: Annotated[
        LegDocument, _about("The leg that is stretched.", "a table [working_leg] with thigh, shin and foot")
    ]
    other_leg: Annotated[LegDocument, _about("The other leg.", "a table [other_leg] with thigh, shin and foot")]
    working_arm: Annotated[
        ArmDocument,
        _about("The arm on the working side.", "a table [working_arm] with reach, or with upper and forearm"),
    ]
    other_arm: Annotated[
        ArmDocument, _about("The other arm.", "a table [other_arm] with reach, or with upper and forearm")
    ]
