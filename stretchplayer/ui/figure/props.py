"""The things around the person, and the floor."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath

from stretchplayer.figure.skeleton import Point, Skeleton
from stretchplayer.figure.surroundings import Facing, PlacedProp, Prop
from stretchplayer.ui.figure.brush import FigureBrush
from stretchplayer.ui.figure.colours import FigureColours
from stretchplayer.ui.figure.outline import curve

DEPTH: Final = 4.5 + 3j
"""From the near side of the body to the far one: as if seen a little from the front and from above."""
SEAT_FRONT: Final = 4.0
"""The front edge of a chair's seat, from the hip."""
SEAT_DEPTH: Final = 52.0
LOOP_ON_SHIN: Final = 0.93
"""Where on the shin the towel goes round the ankle."""
_FREE: Final = 1.0
"""A towel further from the ankle than this isn't looped around it."""
_TAUT: Final = 70.0
"""A strand of the towel at least this long is straight."""
_SPANS: Final = {
    Prop.STEP: (-20.0, 20.0),
    Prop.CUSHION: (-16.0, 16.0),
    Prop.TABLE: (0.0, 90.0),
    Prop.DOORWAY: (-44.0, 44.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Board:
    """A level board: its ends, how high and thick it is, and from where to where it reaches into the picture."""

    left: float
    right: float
    top: float = 0.0
    thick: float = 2.6
    near: float = -1.3
    far: float = 2.2

    def draw(self, brush: FigureBrush, top: str, edge: str) -> None:
        near, far = self.near * DEPTH + 1j * self.top, self.far * DEPTH + 1j * self.top
        corners = [self.left + near, self.right + near, self.right + far, self.left + far]
        brush.fill(_polygon([corner - 1j * self.thick for corner in corners[:3]] + corners[2:] + corners[:1]), edge)
        brush.fill(_polygon(corners), top)


def draw_props(brush: FigureBrush, colours: FigureColours, props: Iterable[PlacedProp]) -> None:
    brush.world()
    if all(placed.prop is not Prop.MAT for placed in props):
        _Board(left=-58, right=114, thick=1.2).draw(brush, colours.floor, colours.floor)
    for placed in props:
        if placed.prop in _DRAWN:
            _DRAWN[placed.prop](brush, colours, placed)


def _span(placed: PlacedProp) -> tuple[float, float]:
    """From where to where it reaches."""
    low, high = _SPANS[placed.prop]
    return placed.at + low, placed.at + high


def _draw_mat(brush: FigureBrush, colours: FigureColours, placed: PlacedProp) -> None:
    _Board(left=placed.at - 98, right=placed.at + 94).draw(brush, colours.mat, colours.mat_edge)


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
            low, high = back - 2.3 * ahead + seat + 24j, back - 5.4 * ahead + seat + 47j
            rest = [high - DEPTH, low - DEPTH, low + 2.1 * DEPTH, high + 2.1 * DEPTH]
            brush.fill(_polygon(rest), colours.chair_top)


def _draw_wall(brush: FigureBrush, colours: FigureColours, placed: PlacedProp) -> None:
    behind = placed.at + (-7 if placed.faces is Facing.RIGHT else 7)
    near, far, up = -1.3 * DEPTH, 2.2 * DEPTH, 1j * placed.top
    brush.fill(_polygon([behind + near, placed.at + near, placed.at + near + up, behind + near + up]), colours.chair)
    brush.fill(
        _polygon([placed.at + near, placed.at + far, placed.at + far + up, placed.at + near + up]), colours.chair_far
    )


def _draw_step(brush: FigureBrush, colours: FigureColours, placed: PlacedProp) -> None:
    low, high = _span(placed)
    _Board(left=low, right=high, top=placed.top, thick=placed.top).draw(brush, colours.chair_top, colours.chair)


def _draw_cushion(brush: FigureBrush, colours: FigureColours, placed: PlacedProp) -> None:
    (low, high), top = _span(placed), 1j * placed.top
    middle, side = (low + high) / 2, 0.5 * top
    far = curve([low + side, middle + top, high + side, high - 1, middle, low + 1])
    for colour, shift in ((colours.cushion_far, DEPTH), (colours.cushion, -0.6 * DEPTH)):
        brush.fill(far.translated(shift.real, shift.imag), colour)


def _draw_table(brush: FigureBrush, colours: FigureColours, placed: PlacedProp) -> None:
    low, high = _span(placed)
    for depth, colour in ((2.0, colours.chair_far), (-0.9, colours.chair)):
        for x in (low + 5, high - 5):
            brush.line(_polyline([x + 1j * placed.top + depth * DEPTH, x + depth * DEPTH]), colour, 4)
    _Board(left=low, right=high, top=placed.top, thick=4).draw(brush, colours.chair_top, colours.chair)


def _draw_doorway(brush: FigureBrush, colours: FigureColours, placed: PlacedProp) -> None:
    low, high = _span(placed)
    brush.line(_polyline([low - 4, low - 4 + 1j * placed.top, high + 4 + 1j * placed.top, high + 4]), colours.chair, 8)


_DRAWN: Final[Mapping[Prop, Callable[[FigureBrush, FigureColours, PlacedProp], None]]] = {
    Prop.MAT: _draw_mat,
    Prop.CHAIR: _draw_chair,
    Prop.WALL: _draw_wall,
    Prop.STEP: _draw_step,
    Prop.CUSHION: _draw_cushion,
    Prop.TABLE: _draw_table,
    Prop.DOORWAY: _draw_doorway,
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
        beside = leg.on_shin(LOOP_ON_SHIN, 5.2 if near else 3.0)
        behind = leg.on_shin(LOOP_ON_SHIN, -5.2)
        limp = max(0.0, 1 - abs(beside - hand) / _TAUT)
        strand += [(hand + beside) / 2 - limp * 16j, beside, leg.on_shin(LOOP_ON_SHIN + 0.02, 0), behind]
    else:
        limp = max(0.0, 1 - abs(loop - hand) / _TAUT)
        strand += [(hand + loop) / 2 - limp * 3j, loop, loop + 2 - 2.5j, loop - 1 - 4.5j]
    strap = any(placed.prop is Prop.STRAP for placed in skeleton.props)
    width, cloth, line = (3.0, colours.strap, colours.strap_line) if strap else (5.0, colours.towel, colours.towel_line)
    path = curve(strand, closed=False)
    brush.line(path, line, width + 1.2, Qt.PenCapStyle.FlatCap)
    brush.line(path, cloth if near else line, width, Qt.PenCapStyle.FlatCap)
    if near:
        brush.line(path, line, 0.6, Qt.PenCapStyle.FlatCap)
