"""Paints the props of a pose: floor, mat, chair and towel."""

from collections.abc import Set as AbstractSet
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath

from stretchplayer.figure.skeleton import SHIN, Skeleton
from stretchplayer.figure.surroundings import SEAT_HEIGHT, Prop
from stretchplayer.ui.figure.brush import FigureBrush
from stretchplayer.ui.figure.colours import FigureColours

SEAT_FRONT: Final = 6.0
"""The front edge of the chair's seat, from the hip."""
SEAT_DEPTH: Final = 52.0
LOOP_ON_SHIN: Final = 0.93
"""Where on the shin the towel goes round the ankle."""
_FREE: Final = 1.0
"""A towel further from the ankle than this isn't looped around it."""
_TAUT: Final = 70.0
"""A strand of the towel at least this long is straight."""


def draw_floor(brush: FigureBrush, colours: FigureColours, props: AbstractSet[Prop]) -> None:
    brush.world()
    if Prop.MAT in props:
        brush.bar(QRectF(-93, -6.5, 204, 2.0), colours.shadow, 1)
        brush.bar(QRectF(-95, -5, 206, 5), colours.mat_edge, 2.5)
        brush.bar(QRectF(-95, -3.2, 206, 3.2), colours.mat, 1.6)
    else:
        brush.bar(QRectF(-60, -3, 180, 3), colours.floor, 1.5)
    if Prop.CHAIR in props:
        _draw_chair(brush, colours)


def _draw_chair(brush: FigureBrush, colours: FigureColours) -> None:
    under = SEAT_HEIGHT - 5
    for colour, shift in ((colours.chair_far, 5.0), (colours.chair, 0.0)):
        frame = QPainterPath()
        for top, x, bottom, y in (
            (under, -41.0, -45.0, 1.6),
            (under, -2.0, 0.0, 1.6),
            (under, -42.0, -48.0, SEAT_HEIGHT + 52),
        ):
            frame.moveTo(x + shift, top)
            frame.lineTo(bottom + shift, y)
        brush.line(frame, colour, 3.2)
    back = QPainterPath(QPointF(-45.2, SEAT_HEIGHT + 26))
    back.lineTo(-47.8, SEAT_HEIGHT + 51)
    brush.line(back, colours.chair, 6.5)
    brush.bar(QRectF(SEAT_FRONT - SEAT_DEPTH, under, SEAT_DEPTH, 5), colours.chair, 2.4)


def draw_towel(brush: FigureBrush, colours: FigureColours, skeleton: Skeleton, *, near: bool) -> None:
    """Draw the near or far strand of the towel: from its end, held in the hand, to the loop round the ankle."""
    loop = skeleton.towel
    if loop is None:
        return
    brush.world()
    leg = skeleton.working_leg
    arm = skeleton.working_arm if near else skeleton.other_arm
    round_ankle = abs(loop - leg.ankle) < _FREE
    end = leg.on_shin(LOOP_ON_SHIN, 4.5) if round_ankle else loop
    tail = QPointF(arm.hand.real + 7, max(arm.hand.imag - 17, 3))
    strand = QPainterPath(tail)
    strand.quadTo(tail.x() + 1, arm.hand.imag - 5, arm.hand.real, arm.hand.imag)
    limp = max(0.0, 1 - abs(end - arm.hand) / _TAUT)
    sag = (arm.hand + end) / 2 + limp * complex(arm.hand.real - end.real, end.imag - arm.hand.imag) / 2
    strand.quadTo(sag.real, sag.imag, end.real, end.imag)
    _draw_cloth(brush, colours, strand, near=near)
    if near and round_ankle:
        brush.limb(leg.knee, leg.shin)
        band = QPainterPath(QPointF(SHIN * LOOP_ON_SHIN - 0.5, 6.4))
        band.quadTo(SHIN * LOOP_ON_SHIN + 1.4, 0, SHIN * LOOP_ON_SHIN, -6.8)
        _draw_cloth(brush, colours, band, near=True)


def _draw_cloth(brush: FigureBrush, colours: FigureColours, path: QPainterPath, *, near: bool) -> None:
    brush.line(path, colours.towel_line, 6.6, Qt.PenCapStyle.FlatCap)
    brush.line(path, colours.towel if near else colours.towel_far, 5.2, Qt.PenCapStyle.FlatCap)
    if near:
        brush.line(path, colours.towel_line, 0.7, Qt.PenCapStyle.FlatCap)
