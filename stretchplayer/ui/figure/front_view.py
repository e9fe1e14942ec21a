"""The person seen from the front, or from above when lying on the back."""

from typing import Final

from stretchplayer.figure.skeleton import HIP_WIDTH, LUMBAR, SHIN, SHOULDER_WIDTH, TOE, Leg, Point, unit
from stretchplayer.figure.surroundings import Contact, Works
from stretchplayer.ui.figure import shapes
from stretchplayer.ui.figure.body import BREATH, Body, Build, Dress
from stretchplayer.ui.figure.outline import BACK, FRONT, edge, placed

_SIDE_OF_LEG: Final = (
    (),
    ((0.2, 8.7), (0.42, 8.4), (0.62, 7.5), (0.82, 6.6)),
    ((0.16, 6.1), (0.34, 6.5), (0.55, 5.7), (0.82, 4.7)),
)
_SIDE_OF_ARM: Final = (
    ((0.12, 5.4), (0.4, 5.2), (0.7, 4.5), (0.9, 4.3)),
    ((0.1, 4.5), (0.28, 4.5), (0.6, 3.4), (0.84, 2.6)),
)
_BUILD: Final = Build(
    leg=(_SIDE_OF_LEG, _SIDE_OF_LEG),
    hip_and_knee=((8.6, 6.5), (8.6, 6.5)),
    groin=(0.2, 1),
    arm=(_SIDE_OF_ARM, _SIDE_OF_ARM),
    elbow=(4.4, 4.4),
    cap=4.0,
    sleeve=((-0.06, 5.0), (0.06, 6.5), (0.28, 6.8), (0.56, 6.1)),
)
_PELVIS: Final = ((10.0, 14.8), (4.0, 17.2), (-3.0, 18.0), (-10.0, 17.6), (-13.0, 9.0), (-12.5, 1.0))
"""One side: x up the body from between the hips, y outwards."""
_SHIRT: Final = (
    (0.1, 15.6), (0.24, 14.2), (0.4, 13.4), (0.58, 14.6), (0.76, 16.4), (0.9, 17.6), (0.99, 17.6),
    (1.04, 15.2), (1.075, 11.0), (1.1, 6.4),
)  # fmt: skip
_COLLAR: Final = ((1.0, 0.0),)
_FLANK: Final = ((0.1, 4.5), (0.4, 3.5), (0.84, 6.0))
"""The inner edge of a side that works."""
_NECK_AND_SHOULDER: Final = (
    (1.0, 0.5), (0.95, 6.0), (0.93, 11.5), (0.98, 16.0), (1.045, 12.0), (1.09, 6.4), (1.15, 5.6)
)  # fmt: skip
"""The side of a neck that works."""
_TRUNK: Final = {Works.TRUNK, Works.ABDOMEN, Works.CHEST, Works.UPPER_BACK}
"""All of it has the accent if a part of it works."""
_BUTTOCKS: Final = {Works.BUTTOCKS, Works.OTHER_BUTTOCK}
_NECK: Final = ((0.98, 7.0), (1.06, 5.8))
_UNDER_HEAD: Final = (-6.0, 6.2)
_FOOT: Final = (
    (0.1, 4.2), (0.5, 4.4), (0.85, 5.0), (1.0, 3.6), (1.03, 0.0), (1.0, -3.4), (0.85, -4.8), (0.5, -4.2), (0.1, -4.2)
)  # fmt: skip
"""Round the toes: x as a fraction of its length."""
_KNEE: Final = ((-1.0, 6.6), (4.0, 5.8), (6.8, 0.0), (4.0, -5.8), (-1.0, -6.6))
"""Round the end of the thigh."""
_RAISED: Final = 0.35
"""The knee of a shin that looks shorter than this points at the viewer, and has a line round it."""
_LEAST_FOOT: Final = 8.0
_NARROWEST: Final = 0.6


class FrontView(Body):
    build = _BUILD

    def paint_far(self) -> None:
        self._pelvis()
        if not self._skeleton.working_arm.between_legs:
            self._front_leg(self._skeleton.other_leg)

    def paint_near(self) -> None:
        self._trunk()
        self._head()
        if self._skeleton.working_arm.between_legs:
            # The hands are behind the thigh that they draw in.
            self._arms()
            self._front_leg(self._skeleton.other_leg)
        self._front_leg(self._skeleton.working_leg, works=self._works(Works.LEG))
        if self._skeleton.works in _BUTTOCKS:
            self._pelvis()

    def paint_near_arm(self) -> None:
        if not self._skeleton.working_arm.between_legs:
            self._arms()

    def _arms(self) -> None:
        """The other hand last: it may hold the working arm, which crosses the other one."""
        other = self._skeleton.other_arm
        self._arm(other, self._near)
        self._arm(self._skeleton.working_arm, self._near, works=self._works(Works.ARM))
        self._hand(other, self._near)

    @property
    def label_at(self) -> Point:
        match self._skeleton.label:
            case Works.SIDE:
                return self._beside_spine(((0.5, 8.5),), BACK, broad=self._broad)[0]
            case Works.NECK:
                return self._beside_spine(((0.8, 9.5),), BACK, broad=self._broad)[0]
            case _:
                return super().label_at

    @property
    def _broad(self) -> tuple[float, float]:
        """How broad hips and shoulders look, as fractions of their full breadth."""
        skeleton = self._skeleton
        hips = abs(skeleton.working_leg.hip - skeleton.other_leg.hip) / HIP_WIDTH
        shoulders = abs(skeleton.working_arm.shoulder - skeleton.other_arm.shoulder) / SHOULDER_WIDTH
        return max(hips, _NARROWEST), max(shoulders, _NARROWEST)

    def _pelvis(self) -> None:
        up = unit(self._skeleton.lumbar)
        sides = [placed(self._skeleton.hip, up, side * 1j * up * self._broad[0], _PELVIS) for side in (FRONT, BACK)]
        self._brush.world()
        outline = [*sides[0], *sides[1][::-1]]
        self._area(outline, self._colours.trousers, works=self._skeleton.works in _BUTTOCKS)

    def _trunk(self) -> None:
        colours, skeleton = self._colours, self._skeleton
        self._brush.world()
        up = unit(skeleton.head)
        works = self._works(Works.NECK)
        neck, shirt = [], []
        for side, spots in ((BACK, _NECK_AND_SHOULDER if works else _NECK), (FRONT, _NECK)):
            x, y = _UNDER_HEAD
            head = skeleton.head_centre + x * up - side * 1j * y * up
            neck.append([*self._beside_spine(spots, side, broad=self._broad), head])
            shirt.append(self._beside_spine(_SHIRT, side, swells=BREATH / 2, broad=self._broad))
        collar = self._beside_spine(_COLLAR, FRONT)
        self._area([*neck[0], *neck[1][::-1]], colours.skin_shade)
        self._area([*shirt[0], *collar, *shirt[1][::-1]], colours.shirt, works=skeleton.works in _TRUNK)
        if works:
            middle = [skeleton.head_centre + _UNDER_HEAD[0] * up, *collar]
            self._area([*neck[0], *middle], colours.skin_shade, works=True)
        if self._works(Works.SIDE):
            inner = self._beside_spine(_FLANK, BACK, broad=self._broad)
            self._area([*shirt[0][:6], *inner[::-1]], colours.shirt, works=True)

    def _head(self) -> None:
        brush, colours, turn = self._brush, self._colours, self._skeleton.head_turn
        brush.trunk(self._skeleton.head_centre, self._skeleton.head)
        if turn:
            brush.shape(shapes.back_of_head, colours.hair)
        else:
            brush.shape(shapes.front_ears, colours.skin)
        for path, colour in (
            (shapes.front_head(), colours.skin),
            (shapes.front_hair(), colours.hair),
            (shapes.edge(shapes.front_hair_lines, 0.7), colours.hair_line),
            (shapes.front_eyes(), colours.eye_white),
            (shapes.front_pupils(), colours.eye),
            (shapes.edge(shapes.front_lids, 0.55), colours.eye),
            (shapes.front_brows(), colours.hair),
            (shapes.edge(shapes.front_nose, 0.7), colours.skin_line),
            (shapes.edge(shapes.front_mouth, 0.9), colours.lip),
        ):
            brush.fill(shapes.turned(path, turn) if turn else path, colour)
        if turn:
            brush.fill(shapes.turned(shapes.front_ears(), turn), colours.skin)

    def _front_leg(self, leg: Leg, *, works: bool = False) -> None:
        waist = leg.hip + LUMBAR * unit(self._skeleton.lumbar)
        along, length = unit(leg.foot), _foot_length(leg)
        spots = [(x * length, y) for x, y in _FOOT]
        kneels = Contact.KNEES in self._skeleton.contacts and not works
        dress = self._far if kneels else self._near
        self._leg(leg, (waist, leg.hip), placed(leg.ankle, along, 1j * along, spots), dress, works=works)
        if kneels:
            self._thigh(leg)
        elif abs(leg.ankle - leg.knee) < _RAISED * SHIN and not works:
            self._brush.limb(leg.knee, leg.thigh)
            self._brush.edge(shapes.front_knee, self._colours.trousers_far, 1.1)

    def _thigh(self, leg: Leg) -> None:
        """The thigh of a person who kneels, and behind whose knee the shin is."""
        thigh = _SIDE_OF_LEG[1]
        front, back = (edge((leg.hip, leg.knee), (thigh,), (), side)[0] for side in (FRONT, BACK))
        around = placed(leg.knee, unit(leg.thigh), 1j * unit(leg.thigh), _KNEE)
        self._brush.world()
        self._area([leg.hip, *front, *around, *back[::-1]], self._colours.trousers)

    def _foot_lines(self, leg: Leg, dress: Dress) -> None:
        if dress.line:
            self._brush.limb(leg.ankle + unit(leg.foot) * _foot_length(leg), leg.foot)
            self._brush.edge(shapes.front_toes, dress.line, 0.7)


def _foot_length(leg: Leg) -> float:
    return max(TOE * leg.foot_length, _LEAST_FOOT)
