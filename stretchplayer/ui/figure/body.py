"""Draws limbs and hands, for a person seen from the side as well as from the front."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from stretchplayer.figure.skeleton import TORSO, Arm, Leg, Point, Skeleton, unit
from stretchplayer.figure.surroundings import Works
from stretchplayer.ui.figure import shapes
from stretchplayer.ui.figure.brush import FigureBrush
from stretchplayer.ui.figure.colours import FigureColours
from stretchplayer.ui.figure.outline import BACK, FRONT, Spot, curve, edge, grown

OUTLINE: Final = 1.5
"""Width of the working part's outline."""
LABEL_ON_SHIN: Final = 0.52
"""Where on the shin the label is."""
_LONG_SHIN: Final = 0.85
_LABEL_ON_TRUNK: Final = {Works.ABDOMEN: (0.33, 3.0), Works.CHEST: (0.8, 7.0), Works.UPPER_BACK: (0.8, -7.0)}
"""On a part of the trunk: a fraction of the spine, and the distance in front of it."""
BREATH: Final = 2.2
"""How far the chest rises."""
_PIVOT: Final = 5.0
"""How far behind the middle of the grip a hand turns on the forearm."""

Bone: TypeAlias = tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """The body's surface beside its bones, in front and behind, and beside the joints between them."""

    leg: tuple[tuple[Bone, Bone, Bone], tuple[Bone, Bone, Bone]]
    """Pelvis, thigh and shin."""
    hip_and_knee: tuple[tuple[float, float], tuple[float, float]]
    groin: tuple[float, int]
    """The fraction of the thigh at which a working leg begins in front, and the first spot of its back."""
    arm: tuple[tuple[Bone, Bone], tuple[Bone, Bone]]
    elbow: tuple[float, float]
    cap: float
    """How far a sleeve reaches over the shoulder."""
    sleeve: Bone
    """The same in front and behind."""


class Dress(NamedTuple):
    """The colours of one side of the body; a `line` of none leaves out what is too fine to be seen there."""

    skin: str
    shirt: str
    trousers: str
    line: str | None


class Body(ABC):
    """The parts that look the same from everywhere; subclasses put them in order and add trunk and head."""

    build: Build

    def __init__(self, brush: FigureBrush, colours: FigureColours, skeleton: Skeleton, breath: float) -> None:
        self._brush = brush
        self._colours = colours
        self._skeleton = skeleton
        self._breath = breath
        self._near = Dress(colours.skin, colours.shirt, colours.trousers, colours.skin_line)
        self._far = Dress(colours.skin_far, colours.shirt_far, colours.trousers_far, None)

    @abstractmethod
    def paint_far(self) -> None:
        """What is behind a towel."""

    @abstractmethod
    def paint_near(self) -> None:
        """What is behind the near strand of a towel."""

    @abstractmethod
    def paint_near_arm(self) -> None: ...

    @property
    def label_at(self) -> Point:
        """Where the label is."""
        skeleton = self._skeleton
        match skeleton.label:
            case Works.LEG | Works.BUTTOCKS | Works.OTHER_BUTTOCK:
                # Both buttocks work, but one leg moves. Where the shin looks short, the label is nearer to the knee,
                # and leaves the foot visible.
                short = max(_LONG_SHIN - skeleton.shortening.shin, 0.0)
                return skeleton.working_leg.on_shin(max(LABEL_ON_SHIN - 2 * short, 0.0), 0)
            case Works.ARM:
                arm = skeleton.working_arm
                return arm.shoulder + (arm.elbow - arm.shoulder) * 0.35
            case Works.NECK:
                return self._beside_spine(((0.92, 0.0),), FRONT)[0]
            case part:
                return self._beside_spine((_LABEL_ON_TRUNK.get(part, (0.6, 0.0)),), FRONT)[0]

    def _area(self, outline: Sequence[Point], colour: str, *, works: bool = False) -> None:
        """Fill a part; if it is the working one, with accent and outline."""
        if works:
            self._brush.fill(grown(outline, OUTLINE), self._colours.accent_outline)
        self._brush.fill(curve(outline), self._colours.accent if works else colour)

    def _leg(self, leg: Leg, begins: tuple[Point, Point], foot: list[Point], dress: Dress, *, works: bool) -> None:
        """Draw a leg with its half of the pelvis; `begins` are waist and hip, and `foot` is without the ankle."""
        self._brush.world()
        joints = (*begins, leg.knee, leg.ankle)
        (f_pelvis, f_thigh, f_shin), (b_pelvis, b_thigh, b_shin) = (
            edge(joints, bones, radii, side)
            for bones, radii, side in zip(self.build.leg, self.build.hip_and_knee, (FRONT, BACK), strict=True)
        )
        cuff = (f_shin[-1], f_shin[-1], b_shin[-1], b_shin[-1])
        bare = [*foot, b_shin[-1], f_shin[-1]]
        down, up = [*f_thigh[1:], *f_shin[:-1], *cuff, *b_shin[-2::-1]], b_thigh[::-1]
        cloth = [*f_pelvis, f_thigh[0], *down, *up, *b_pelvis[::-1]]
        if works:
            begin, last = self.build.groin
            straight = leg.on_thigh(begin, self.build.hip_and_knee[0][0])
            groin = max(f_thigh[0], straight, key=lambda at: abs(at - leg.hip))
            rear, seat, under = up[:-last] or up, up[-last:], 3 * unit(leg.thigh)
            pelvis = [*f_pelvis, groin, groin + under, rear[-1] + under, rear[-1], *seat, *b_pelvis[::-1]]
            self._brush.fill(curve(pelvis), dress.trousers)
            cloth = [groin, groin, *down, *rear, rear[-1], (rear[-1] + groin + under) / 2]
            for part in (bare, cloth):
                self._brush.fill(grown(part, OUTLINE), self._colours.accent_outline)
        self._brush.fill(curve(bare), dress.skin)
        self._brush.fill(curve(cloth), self._colours.accent if works else dress.trousers)
        self._foot_lines(leg, dress)

    @abstractmethod
    def _foot_lines(self, leg: Leg, dress: Dress) -> None: ...

    def _arm(self, arm: Arm, dress: Dress, *, works: bool = False) -> None:
        """A bare arm with a short sleeve; when it works, all of it is in the accent's colour but the hand."""
        self._brush.world()
        joints, (elbow_front, elbow_back) = (arm.shoulder, arm.elbow, arm.hand), self.build.elbow
        front = chain(*edge(joints, self.build.arm[0], (elbow_front,), FRONT))
        back = list(chain(*edge(joints, self.build.arm[1], (elbow_back,), BACK)))
        bare = [*front, *back[::-1]]
        self._area(bare, dress.skin, works=works)
        one, two = (edge(joints[:2], (self.build.sleeve,), (), side)[0] for side in (FRONT, BACK))
        way = unit(arm.upper)
        hem = [one[-1], one[-1], (one[-1] + two[-1]) / 2 + way, two[-1], two[-1]]
        colour = self._colours.accent if works else dress.shirt
        self._brush.fill(curve([arm.shoulder - self.build.cap * way, *one[:-1], *hem, *two[-2::-1]]), colour)
        if dress.line:
            line = self._colours.accent_outline if works else self._colours.shirt_line
            self._brush.line(curve([*one[1:-1], *hem, *two[-2:0:-1]], closed=False), line, 0.9)
        self._hand(arm, dress)

    def _hand(self, arm: Arm, dress: Dress) -> None:
        angle = arm.forearm + arm.wrist
        self._brush.limb(arm.hand + _PIVOT * (unit(angle) - unit(arm.forearm)), angle)
        self._brush.shape(shapes.fist if arm.closed else shapes.palm, dress.skin)
        if dress.line:
            self._brush.edge(shapes.fist_lines if arm.closed else shapes.palm_lines, dress.line, 0.7)

    def _beside_spine(
        self, spots: Sequence[Spot], side: int, *, swells: float = 0, broad: tuple[float, float] = (1, 1)
    ) -> list[Point]:
        """Points beside a curve from the hip past the waist to the shoulder, on a body so broad at either end."""
        hip, waist, shoulder = self._skeleton.hip, self._skeleton.waist, self._skeleton.shoulder
        points = []
        for at, thick in spots:
            on = min(at, 1.0)
            middle = (1 - on) ** 2 * hip + 2 * on * (1 - on) * waist + on**2 * shoulder
            way = (1 - on) * (waist - hip) + on * (shoulder - waist) or 1j
            deep = thick * (broad[0] + (broad[1] - broad[0]) * on)
            deep += self._breath * swells * max(0.0, 1 - (2 * on - 1.24) ** 2)
            points.append(middle + way / abs(way) * ((at - on) * TORSO - 1j * side * deep))
        return points

    def _works(self, part: Works) -> bool:
        return self._skeleton.works is part
