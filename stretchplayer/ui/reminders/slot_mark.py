"""The mark of a slot: its state, by shape as well as colour."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.reminders.slots import SlotState
from stretchplayer.ui.theme import palette as theme

_Line = tuple[tuple[float, float], ...]
_LINE: Final = 0.105
"""Line width, as a share of the mark's size."""
_TICK: Final = ((0.3, 0.52), (0.44, 0.66), (0.7, 0.36))
_PLAY: Final = ((0.4, 0.3), (0.4, 0.7), (0.71, 0.5))
_CHEVRONS: Final = ((0.34, 0.36), (0.48, 0.5), (0.34, 0.64)), ((0.54, 0.36), (0.68, 0.5), (0.54, 0.64))
_BARS: Final = ((0.41, 0.35), (0.41, 0.65)), ((0.59, 0.35), (0.59, 0.65))
_RINGS: Final[Mapping[SlotState, tuple[QPalette.ColorRole, tuple[_Line, ...]]]] = {
    SlotState.MARKED_DONE: (theme.DONE, (_TICK,)),
    SlotState.COMING: (theme.MUTED, ()),
    SlotState.SNOOZED: (theme.MOVEMENT, (((0.5, 0.28), (0.5, 0.52), (0.66, 0.61)),)),
    SlotState.SKIPPED: (theme.MUTED, _CHEVRONS),
    SlotState.MISSED: (theme.MUTED, (((0.34, 0.5), (0.66, 0.5)),)),
    SlotState.PAUSED: (theme.MUTED, _BARS),
}
"""The colour of a ring, and the lines in it."""


def paint_mark(painter: QPainter, box: QRectF, state: SlotState, palette: QPalette) -> None:
    """Paint the mark into the square `box`: a disc for what is done or due, otherwise a ring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    if state in _RINGS:
        role, lines = _RINGS[state]
        painter.setPen(_pen(palette, role, _LINE))
        painter.drawEllipse(QRectF(0.08, 0.08, 0.84, 0.84))
        for line in lines:
            painter.drawPolyline(_polygon(line))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(theme.DONE if state is SlotState.DONE else theme.MOVEMENT))
        painter.drawEllipse(QRectF(0.02, 0.02, 0.96, 0.96))
        if state is SlotState.DONE:
            painter.setPen(_pen(palette, theme.PANEL, _LINE))
            painter.drawPolyline(_polygon(_TICK))
        else:
            painter.setPen(_pen(palette, theme.PANEL, 0.06))
            painter.setBrush(palette.color(theme.PANEL))
            painter.drawPolygon(_polygon(_PLAY))
    painter.restore()


def _pen(palette: QPalette, role: QPalette.ColorRole, width: float) -> QPen:
    return QPen(palette.color(role), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _polygon(points: _Line) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def mark_icon(state: SlotState, palette: QPalette) -> QIcon:
    icon = QIcon()
    for size in (16, 32):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_mark(painter, QRectF(0, 0, size, size), state, palette)
        painter.end()
        # Menus grey out the icons of disabled entries; these must stay visible.
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
            icon.addPixmap(pixmap, mode)
    return icon


class SlotMark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._state = SlotState.COMING
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: SlotState) -> None:
        if state is not self._state:
            self._state = state
            self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_mark(QPainter(self), QRectF(self.rect()), self._state, self.palette())
