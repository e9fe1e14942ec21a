"""The person seen from the side."""

from dataclasses import replace
from typing import Final

from stretchplayer.figure.skeleton import Arm, Leg, Point, unit
from stretchplayer.figure.surroundings import Works
from stretchplayer.ui.figure import shapes
from stretchplayer.ui.figure.body import BREATH, Body, Build, Dress
from stretchplayer.ui.figure.outline import BACK, FRONT, placed
from stretchplayer.ui.figure.props import DEPTH

_MEET: Final = 0.5
"""Closed hands nearer than this are clasped."""

_BUILD: Final = Build(
    leg=(
        (
            ((0.45, 10.8),),
            ((0.22, 10.6), (0.42, 10.2), (0.62, 9.0), (0.8, 7.8)),
            ((0.2, 6.9), (0.36, 6.1), (0.55, 5.6), (0.82, 5.5)),
        ),
        (
            ((0.45, 11.0),),
            ((0.22, 11.6), (0.4, 11.0), (0.62, 9.4), (0.84, 7.6)),
            ((0.12, 7.2), (0.26, 8.3), (0.42, 8.3), (0.62, 6.8), (0.82, 5.9)),
        ),
    ),
    hip_and_knee=((10.8, 8.5), (12.4, 6.8)),
    groin=(0.17, 1),
    arm=(
        (((0.12, 5.6), (0.4, 5.4), (0.7, 4.6), (0.9, 4.2)), ((0.12, 4.6), (0.3, 4.6), (0.6, 3.5), (0.84, 2.6))),
        (((0.12, 5.6), (0.35, 5.4), (0.7, 4.5), (0.88, 4.4)), ((0.08, 4.7), (0.25, 4.5), (0.6, 3.3), (0.84, 2.6))),
    ),
    elbow=(4.2, 5.0),
    cap=3.5,
    sleeve=((0.02, 6.9), (0.28, 7.1), (0.56, 6.3)),
)
_FOOT: Final = (
    (3.8, 4.6), (7.5, 2.3), (12.0, -0.2), (16.0, -1.9), (18.6, -3.2), (19.2, -4.5), (18.0, -5.5), (14.0, -5.5),
    (10.5, -5.4), (6.0, -4.3), (1.5, -5.1), (-2.6, -5.5), (-5.2, -4.9), (-6.5, -2.9), (-6.2, -0.6),
)  # fmt: skip
"""From the instep round the toes and the heel: x along the sole from the ankle, y up."""
# The shirt, at fractions of the spine from the hip to the shoulder.
_BACK: Final = (
    (0.12, 10.8), (0.22, 10.3), (0.34, 9.8), (0.48, 10.3), (0.64, 11.6), (0.8, 12.0), (0.92, 10.8),
    (1.0, 8.8), (1.07, 6.6)
)  # fmt: skip
_CHEST: Final = (
    (0.1, 11.4), (0.25, 11.6), (0.4, 11.3), (0.55, 11.6), (0.7, 12.4), (0.82, 12.0), (0.92, 9.8),
    (1.0, 7.4), (1.06, 5.4)
)  # fmt: skip
_OF_TRUNK: Final = {
    Works.ABDOMEN: (FRONT, _CHEST[:5], 17.0),
    Works.CHEST: (FRONT, _CHEST[4:], 11.0),
    Works.UPPER_BACK: (BACK, _BACK[4:8], 6.0),
}
"""A part of the trunk that works: on which side it is, its surface there, and how deep it goes."""
_BUTTOCK: Final = ((0.0, -12.2), (8.0, -11.2), (10.5, -6.0), (8.0, 0.0), (0.0, 3.0))
"""A buttock that works, from the hip: x up the body, y to its front."""
_UNDER_BUTTOCK: Final = ((0.2, -3.5), (0.2, -9.6), (0.1, -12.0))
"""Where it meets the thigh: a fraction of its length, and the distance in front of it."""
# The neck, beside the spine, and then up to the head in the coordinates of the head.
_NAPE: Final = ((0.96, 8.4), (1.08, 6.0))
_THROAT: Final = ((0.9, 8.0), (1.04, 5.4))
_UNDER_HEAD: Final = ((-8.0, -8.2), (-2.0, -8.0), (-2.0, 4.0), (-10.6, 3.4))


class SideView(Body):
    build = _BUILD

    @property
    def _arms(self) -> tuple[Arm, Arm]:
        """The near one and the far one."""
        arms = self._skeleton.working_arm, self._skeleton.other_arm
        return arms[::-1] if self._skeleton.from_other_side else arms

    @property
    def _legs(self) -> tuple[Leg, Leg]:
        legs = self._skeleton.working_leg, self._skeleton.other_leg
        return legs[::-1] if self._skeleton.from_other_side else legs

    def paint_far(self) -> None:
        self._arm(_shifted(self._arms[1]), self._far)
        leg = self._legs[1]
        leg = replace(leg, hip=leg.hip + DEPTH / 4, knee=leg.knee + DEPTH, ankle=leg.ankle + DEPTH)
        self._leg(leg, (self._skeleton.waist, leg.hip), _foot(leg), self._far, works=False)

    def paint_near(self) -> None:
        """Everything in front of what the far limbs hold."""
        self._trunk()
        self._head()
        if self._skeleton.working_arm.between_legs:
            self._near_arm()
        leg = self._legs[0]
        self._leg(leg, (self._skeleton.waist, leg.hip), _foot(leg), self._near, works=self._works(Works.LEG))
        if self._works(Works.BUTTOCKS) or self._works(Works.OTHER_BUTTOCK):
            self._brush.world()
            up = unit(self._skeleton.lumbar)
            thigh = [leg.on_thigh(along, front) for along, front in _UNDER_BUTTOCK]
            self._area([*thigh, *placed(leg.hip, up, -1j * up, _BUTTOCK)], self._colours.trousers, works=True)

    def paint_near_arm(self) -> None:
        if not self._skeleton.working_arm.between_legs:
            self._near_arm()
        if self._works(Works.UPPER_BACK):
            # An arm that is drawn back hides what it works with, so this is in front.
            self._part_of_trunk()

    def _near_arm(self) -> None:
        arm, other = self._arms
        self._arm(arm, self._near, works=self._works(Works.ARM))
        if arm.closed and other.closed and abs(arm.hand - other.hand) < _MEET:
            self._brush.edge(shapes.clasped_fingers, self._colours.skin_line, 0.7)
            self._brush.shape(shapes.clasped_fingers, self._colours.skin_far)

    def _trunk(self) -> None:
        self._brush.world()
        top = unit(self._skeleton.head)
        nape, throat = self._beside_spine(_NAPE, BACK), self._beside_spine(_THROAT, FRONT)
        under_head = placed(self._skeleton.head_centre, top, -1j * top, _UNDER_HEAD)
        back, chest = self._beside_spine(_BACK, BACK), self._beside_spine(_CHEST, FRONT, swells=BREATH)
        works = self._works(Works.TRUNK) or self._works(Works.SIDE)
        self._area([*nape, *under_head, *throat[::-1]], self._colours.skin_shade, works=self._works(Works.NECK))
        self._area([*back, *chest[::-1]], self._colours.shirt, works=works)
        if self._skeleton.works in {Works.ABDOMEN, Works.CHEST}:
            self._part_of_trunk()

    def _part_of_trunk(self) -> None:
        side, surface, deep = _OF_TRUNK[self._skeleton.works]
        outer = self._beside_spine(surface, side, swells=BREATH if side == FRONT else 0)
        inner = self._beside_spine([(at, thick - deep) for at, thick in surface], side)
        back, front = (inner, outer) if side == FRONT else (outer, inner)
        self._brush.world()
        self._area([*back, *front[::-1]], self._colours.shirt, works=True)

    def _head(self) -> None:
        brush, colours = self._brush, self._colours
        brush.trunk(self._skeleton.head_centre, self._skeleton.head)
        brush.shape(shapes.head, colours.skin)
        brush.shape(shapes.hair, colours.hair)
        brush.edge(shapes.hair_lines, colours.hair_line, 0.7)
        brush.edge(shapes.ear_line, colours.skin_line, 0.6)
        brush.shape(shapes.eye, colours.eye_white)
        brush.disc(0.35, 8.35, 0.85, colours.eye)
        brush.edge(shapes.lid, colours.eye, 0.55)
        brush.shape(shapes.brow, colours.hair)
        brush.edge(shapes.nostril, colours.skin_line, 0.6)
        brush.edge(shapes.mouth, colours.lip, 0.9)

    def _foot_lines(self, leg: Leg, dress: Dress) -> None:
        if dress.line:
            self._brush.limb(leg.ankle, leg.foot)
            self._brush.edge(shapes.foot_lines, dress.line, 0.7)


def _foot(leg: Leg) -> list[Point]:
    along = unit(leg.foot)
    return placed(leg.ankle, along, 1j * along, _FOOT)


def _shifted(arm: Arm) -> Arm:
    """An arm on the far side; what a closed hand holds isn't shifted."""
    shift = 0 if arm.closed else DEPTH
    return replace(
        arm,
        shoulder=arm.shoulder + DEPTH / 3,
        elbow=arm.elbow + (DEPTH + shift) / 3,
        hand=arm.hand + shift,
    )
