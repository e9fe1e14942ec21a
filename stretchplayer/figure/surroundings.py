"""What is around the body in a picture: from where it is seen, what it rests on, and the things beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from msgspec import Meta

Place: TypeAlias = Annotated[
    float, Meta(ge=-300, le=300, extra={"expected": "a number from -300 to 300; a person is about 185 tall"})
]

Length: TypeAlias = Annotated[float, Meta(ge=40, le=300, extra={"expected": "a length from 40 to 300"})]
Height: TypeAlias = Annotated[float, Meta(gt=0, le=210, extra={"expected": "a height above 0, at most 210"})]


class View(StrEnum):
    """From where the person is seen."""

    SIDE = "side"
    """From the working side, facing right when upright."""
    FRONT = "front"
    """From the front: the working side is on the left, before a picture is mirrored."""
    ABOVE = "above"
    """From above, lying on the back: the head is on the left, and the working side is at the bottom."""


class Contact(StrEnum):
    """A part of the body that it rests on."""

    BACK = "back"
    FRONT = "front"
    SIDE = "side"
    SEAT = "seat"
    KNEES = "knees"
    HANDS = "hands"
    FOREARMS = "forearms"
    FEET = "feet"
    TOES = "toes"
    HEAD = "head"
    CALVES = "calves"


class Works(StrEnum):
    """The part of the body that works: it carries the accent and the label."""

    LEG = "leg"
    ARM = "arm"
    SIDE = "side"
    NECK = "neck"
    TRUNK = "trunk"
    ABDOMEN = "abdomen"
    CHEST = "chest"
    UPPER_BACK = "upper_back"
    BUTTOCKS = "buttocks"
    OTHER_BUTTOCK = "other_buttock"
    """A person seen from the side is then seen from the other one."""


class Prop(StrEnum):
    """A thing in the picture."""

    FLOOR = "floor"
    MAT = "mat"
    CHAIR = "chair"
    WALL = "wall"
    STEP = "step"
    CUSHION = "cushion"
    STRAP = "strap"
    DOORWAY = "doorway"
    TABLE = "table"
    RAIL = "rail"
    """A handrail on the far side of the body."""


class Facing(StrEnum):
    """Which way a thing faces, before a picture is mirrored."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedProp:
    """A thing and its position."""

    prop: Annotated[Prop, Meta(description="What it is.")]
    at: Annotated[
        Place,
        Meta(
            description="Where it is, from left to right: the middle of a mat, step, cushion, doorway or rail, the "
            "surface of a wall, the near edge of a table, and of a chair the hip that sits on its front edge."
        ),
    ] = 0.0
    height: Annotated[Height | None, Meta(description="Its height, if not the usual one.")] = None
    length: Annotated[Length | None, Meta(description="The length of a mat, if not the usual one.")] = None
    faces: Annotated[Facing, Meta(description="Which way a chair or a wall faces.")] = Facing.RIGHT

    @property
    def top(self) -> float:
        """How high it is; of a chair the seat."""
        return HEIGHTS.get(self.prop, 0.0) if self.height is None else self.height

    @property
    def span(self) -> tuple[float, float]:
        """From where to where the body can rest on it."""
        low, high = SPANS.get(self.prop, (0.0, 0.0))
        if self.prop is Prop.MAT and self.length is not None:
            low, high = -self.length / 2, self.length / 2
        return (self.at + low, self.at + high) if self.faces is Facing.RIGHT else (self.at - high, self.at - low)


SEAT_HEIGHT: Final = 45.0
TOP_OF_BACK: Final = -53.4 + 47j
"""Of a chair that faces right: the middle of its top edge, from the seat under the hip that sits on its front edge."""
HEIGHTS: Final = {
    Prop.CHAIR: SEAT_HEIGHT,
    Prop.STEP: 20.0,
    Prop.CUSHION: 7.0,
    Prop.TABLE: 72.0,
    Prop.RAIL: 92.0,
    Prop.WALL: 190.0,
    Prop.DOORWAY: 200.0,
}
SPANS: Final = {
    Prop.MAT: (-103.0, 103.0),
    Prop.CHAIR: (-46.0, 6.0),
    Prop.STEP: (-20.0, 20.0),
    Prop.CUSHION: (-16.0, 16.0),
    Prop.TABLE: (0.0, 90.0),
    Prop.RAIL: (-60.0, 60.0),
    Prop.DOORWAY: (-44.0, 44.0),
}
MAT_AT: Final = 8.0
"""The middle of a mat under a person who lies on the back with the hip at 0."""


def ground(things: Iterable[PlacedProp], x: float) -> float:
    """How high what one can rest on is at `x`: a seat, a step, a cushion or the floor."""
    return max(
        (
            thing.top
            for thing in things
            if thing.prop in {Prop.CHAIR, Prop.STEP, Prop.CUSHION} and thing.span[0] <= x <= thing.span[1]
        ),
        default=0.0,
    )
