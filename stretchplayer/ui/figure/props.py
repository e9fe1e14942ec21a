"""The things around the person, and the floor."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from stretchplayer.figure.skeleton import Point, Skeleton, unit
from stretchplayer.figure.surroundings import TOP_OF_BACK, Facing, PlacedProp, Prop, View
from stretchplayer.ui.figure.brush import FigureBrush
from stretchplayer.ui.figure.colours import FigureColours
from stretchplayer.ui.figure.outline import curve, ribbon

DEPTH: Final = 4.5 + 3j
"""From the near side of the body to the far one: as if seen a little from the front and from above."""
_STRAIGHT: Final = 3j
"""The same seen from the front."""
SEAT_FRONT: Final = 4.0
"""The front edge of a chair's seat, from the hip."""
SEAT_DEPTH: Final = 52.0
BALL_OF_FOOT: Final = 0.7
LOOP_ON_SHIN: Final = 0.93
"""Where on the shin the towel goes round the ankle."""
_FREE: Final = 1.0
"""A towel further from the ankle than this isn't looped around it."""
_HIGHEST: Final = 184.0
"""Walls aren't drawn higher than this."""
_POSTS: Final = (-2.4, 4.0)
"""How deep in the picture the posts of a doorway are, seen from the side."""
_SOFT: Final = 2.6
"""How far from the corners of a cushion it is round."""
_TAUT: Final = 70.0
"""A strand of the towel at least this long is straight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Board:
    """A level board: its ends, how high and thick it is, and from where to where it reaches into the picture."""

    left: float
    right: float
    top: float = 0.0
    thick: float = 2.6
    near: float = -1.3
    far: float = 2.2
    depth: Point = DEPTH

    def draw(self, brush: FigureBrush, top: str, edge: str) -> None:
        near, far = self.near * self.depth + 1j * self.top, self.far * self.depth + 1j * self.top
        corners = [self.left + near, self.right + near, self.right + far, self.left + far]
        brush.fill(_polygon([corner - 1j * self.thick for corner in corners[:3]] + corners[2:] + corners[:1]), edge)
        brush.fill(_polygon(corners), top)


def draw_props(brush: FigureBrush, colours: FigureColours, skeleton: Skeleton) -> None:
    brush.world()
    drawn = _FROM[skeleton.view]
    if all(placed.prop is not Prop.MAT for placed in skeleton.props):
        brush.fill(_polygon(_FLOOR[skeleton.view]), colours.floor)
    for placed in skeleton.props:
        if placed.prop in drawn:
            drawn[placed.prop](brush, colours, placed)


def _draw_mat(brush: FigureBrush, colours: FigureColours, placed: PlacedProp, *, depth: Point = DEPTH) -> None:
    (left, right), slants = placed.span, 0.45 * depth.real
    _Board(left=left + 5 - slants, right=right - 5 - slants, depth=depth).draw(brush, colours.mat, colours.mat_edge)


def _draw_chair(brush: FigureBrush, colours: FigureColours, placed: PlacedProp) -> None:
    ahead = 1 if placed.faces is Facing.RIGHT else -1
    front, back = placed.at + ahead * SEAT_FRONT, placed.at + ahead * (SEAT_FRONT - SEAT_DEPTH)
    seat = 1j * placed.top
    seat_board = _Board(left=min(front, back), right=max(front, back), top=placed.top, thick=4, near=-1, far=2.1)
    for depth, colour in ((1.9, colours.chair_far), (-0.8, colours.chair)):
        shift = depth * DEPTH
        for top, foot in ((back + 3 * ahead, back - ahead), (front - 3 * ahead, front - ahead)):
            brush.line(_polyline([top + seat - 3j + shift, foot + shift]), colour, 3.4)
        brush.line(_polyline([back + 2 * ahead + seat + shift, back - 5 * ahead + seat + 46j + shift]), colour, 3.4)
        if depth > 0:
            seat_board.draw(brush, colours.chair_top, colours.chair)
            low = back - 2.3 * ahead + seat + 24j
            high = placed.at + ahead * TOP_OF_BACK.real + seat + 1j * TOP_OF_BACK.imag
            rest = [high - DEPTH, low - DEPTH, low + 2.1 * DEPTH, high + 2.1 * DEPTH]
            brush.fill(_polygon(rest), colours.chair_top)


def _draw_wall(brush: FigureBrush, colours: FigureColours, placed: PlacedProp, *, depth: Point = DEPTH) -> None:
    behind = placed.at + (7 if placed.faces is Facing.RIGHT else -7)
    near, far, up = -1.3 * depth, 2.2 * depth, 1j * min(placed.top, _HIGHEST)
    brush.fill(_polygon([behind + near, placed.at + near, placed.at + near + up, behind + near + up]), colours.chair)
    brush.fill(
        _polygon([placed.at + near, placed.at + far, placed.at + far + up, placed.at + near + up]), colours.chair_far
    )


def _draw_step(brush: FigureBrush, colours: FigureColours, placed: PlacedProp, *, depth: Point = DEPTH) -> None:
    low, high = placed.span
    board = _Board(left=low, right=high, top=placed.top, thick=placed.top, depth=depth)
    board.draw(brush, colours.chair_top, colours.chair)


def _draw_cushion(brush: FigureBrush, colours: FigureColours, placed: PlacedProp, *, depth: Point = DEPTH) -> None:
    (low, high), top = placed.span, 1j * placed.top
    near, far = -1.0 * depth, 1.0 * depth
    above = [low + near, high + near, high + far, low + far]
    brush.fill(_rounded([corner + top for corner in above]), colours.cushion_far)
    brush.fill(_rounded([low + near, high + near, high + near + top, low + near + top]), colours.cushion)


def _draw_table(brush: FigureBrush, colours: FigureColours, placed: PlacedProp, *, depth: Point = DEPTH) -> None:
    low, high = placed.span
    for shift, colour in ((2.0 * depth, colours.chair_far), (-0.9 * depth, colours.chair)):
        for x in (low + 5, high - 5):
            brush.line(_polyline([x + 1j * (placed.top - 3) + shift, x + shift]), colour, 4)
    board = _Board(left=low, right=high, top=placed.top, thick=4, depth=depth)
    board.draw(brush, colours.chair_top, colours.chair)


def _draw_rail(brush: FigureBrush, colours: FigureColours, placed: PlacedProp, *, depth: Point = DEPTH) -> None:
    (low, high), top = placed.span, 1j * placed.top
    for x in (low + 6, high - 6):
        brush.line(_polyline([x + top, x + depth]), colours.chair_far, 3.4)
    brush.line(_polyline([low + 6 + 0.52 * top + depth / 2, high - 6 + 0.52 * top + depth / 2]), colours.chair_far, 2.6)
    brush.line(_polyline([low + top, high + top]), colours.chair, 4.4)


def _draw_doorway(brush: FigureBrush, colours: FigureColours, placed: PlacedProp) -> None:
    (low, high), top = placed.span, 1j * placed.top
    brush.line(_polyline([low - 4, low - 4 + top, high + 4 + top, high + 4]), colours.chair, 8)


def _draw_doorway_across(brush: FigureBrush, colours: FigureColours, placed: PlacedProp) -> None:
    """A doorway seen from the side: the person goes through between its posts."""
    near, far = (placed.at + 3.5 + depth * DEPTH for depth in _POSTS)
    top = 1j * placed.top
    brush.line(_polyline([far, far + top]), colours.chair_far, 7)
    brush.line(_polyline([far + top, near + top]), colours.chair_far, 7)
    brush.line(_polyline([near, near + top]), colours.chair, 7)


def _draw_mat_below(brush: FigureBrush, colours: FigureColours, placed: PlacedProp) -> None:
    """A mat seen from above."""
    left, right = placed.span
    for colour, edge in ((colours.mat_edge, 3.0), (colours.mat, 4.5)):
        brush.bar(QRectF(left + edge, edge - 37, right - left - 2 * edge, 74 - 2 * edge), colour, 3)


def _draw_chair_behind(brush: FigureBrush, colours: FigureColours, placed: PlacedProp) -> None:
    """A chair seen from the front."""
    seat = placed.top
    for side in (-1, 1):
        brush.line(
            _polyline([placed.at + side * 19 + 3j, placed.at + side * 18 + 1j * (seat + 46)]), colours.chair_far, 3.4
        )
        brush.line(_polyline([placed.at + side * 21.5 - 1j, placed.at + side * 20 + 1j * seat]), colours.chair, 3.4)
    brush.bar(QRectF(placed.at - 19, seat + 26, 38, 21), colours.chair_far, 3)
    brush.bar(QRectF(placed.at - 23, seat - 4, 46, 9), colours.chair_top, 2)
    brush.bar(QRectF(placed.at - 23, seat - 4, 46, 4), colours.chair, 2)


_FLOOR: Final = {
    View.SIDE: [-64 - 5j, 108 - 5j, 124 + 6j, -48 + 6j],
    View.FRONT: [-86 - 5j, 86 - 5j, 74 + 7j, -74 + 7j],
    View.ABOVE: [-104 - 50j, 112 - 50j, 112 + 50j, -104 + 50j],
}
_Draw: TypeAlias = Callable[[FigureBrush, FigureColours, PlacedProp], None]
_FROM: Final[Mapping[View, Mapping[Prop, _Draw]]] = {
    View.SIDE: {
        Prop.MAT: _draw_mat,
        Prop.CHAIR: _draw_chair,
        Prop.WALL: _draw_wall,
        Prop.STEP: _draw_step,
        Prop.CUSHION: _draw_cushion,
        Prop.TABLE: _draw_table,
        Prop.DOORWAY: _draw_doorway_across,
        Prop.RAIL: _draw_rail,
    },
    View.FRONT: {
        Prop.MAT: partial(_draw_mat, depth=_STRAIGHT),
        Prop.CHAIR: _draw_chair_behind,
        Prop.WALL: partial(_draw_wall, depth=_STRAIGHT),
        Prop.STEP: partial(_draw_step, depth=_STRAIGHT),
        Prop.CUSHION: partial(_draw_cushion, depth=_STRAIGHT),
        Prop.TABLE: partial(_draw_table, depth=_STRAIGHT),
        Prop.DOORWAY: _draw_doorway,
        Prop.RAIL: partial(_draw_rail, depth=_STRAIGHT),
    },
    View.ABOVE: {Prop.MAT: _draw_mat_below},
}


def _polyline(points: Sequence[Point]) -> QPainterPath:
    path = QPainterPath()
    path.moveTo(points[0].real, points[0].imag)
    for point in points[1:]:
        path.lineTo(point.real, point.imag)
    return path


def _polygon(corners: Sequence[Point]) -> QPainterPath:
    path = _polyline(corners)
    path.closeSubpath()
    return path


def _rounded(corners: Sequence[Point]) -> QPainterPath:
    """A polygon as soft as a cushion."""
    points = []
    for before, corner, after in zip([corners[-1], *corners], corners, [*corners[1:], corners[0]], strict=False):
        points += [corner + (other - corner) / abs(other - corner) * _SOFT for other in (before, after)]
    return curve(points)


def draw_towel(brush: FigureBrush, colours: FigureColours, skeleton: Skeleton, *, near: bool) -> None:
    """Draw the near or far strand of the towel: from its end, held in the hand, to the loop round the ankle."""
    loop = skeleton.towel
    if loop is None:
        return
    brush.world()
    leg = skeleton.working_leg
    hand = (skeleton.working_arm if near else skeleton.other_arm).hand
    tail = complex(hand.real + 4, max(hand.imag - 15, 3))
    strand = [tail, tail + 4j, hand]
    if abs(loop - leg.ankle) < _FREE:
        strand += _round_limb(hand, leg.on_shin(LOOP_ON_SHIN, 0), unit(leg.shin), 5.2)
    elif abs(loop - leg.ankle - BALL_OF_FOOT * (leg.toe - leg.ankle)) < _FREE:
        strand += _round_limb(hand, loop, unit(leg.foot), 3.4)
    else:
        limp = max(0.0, 1 - abs(loop - hand) / _TAUT)
        strand += [(hand + loop) / 2 - limp * 3j, loop, loop + 2 - 2.5j, loop - 1 - 4.5j]
    strap = any(placed.prop is Prop.STRAP for placed in skeleton.props)
    width, cloth, line = (3.0, colours.strap, colours.strap_line) if strap else (5.0, colours.towel, colours.towel_line)
    brush.fill(ribbon(strand, width + 1.4), line)
    brush.fill(ribbon(strand, width), cloth if near else line)


def _round_limb(hand: Point, at: Point, along: Point, thick: float) -> list[Point]:
    """From the hand to the front of a limb, and round it to its back."""
    front = at + 1j * thick * along
    limp = max(0.0, 1 - abs(front - hand) / _TAUT)
    return [(hand + front) / 2 - limp * 16j, front, at + along, at - 1j * thick * along]
