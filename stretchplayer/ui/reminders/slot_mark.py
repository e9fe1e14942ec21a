"""The mark of a slot: its state, by shape as well as colour."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.reminders.slots import SlotState
from stretchplayer.ui.theme import palette as theme

_LINE: Final = 0.105
"""Line width, as a share of the mark's size."""


def paint_mark(painter: QPainter, box: QRectF, state: SlotState, palette: QPalette) -> None:
    """Paint the mark into the square `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    _MARKS[state](painter, palette)
    painter.restore()


def _pen(palette: QPalette, role: QPalette.ColorRole) -> QPen:
    return QPen(palette.color(role), _LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _ring(painter: QPainter, palette: QPalette, role: QPalette.ColorRole) -> None:
    painter.setPen(_pen(palette, role))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(0, 0, 1, 1).adjusted(0.08, 0.08, -0.08, -0.08))


def _disc(painter: QPainter, palette: QPalette, role: QPalette.ColorRole) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(role))
    painter.drawEllipse(QRectF(0.02, 0.02, 0.96, 0.96))


def _lines(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _done(painter: QPainter, palette: QPalette) -> None:
    _disc(painter, palette, theme.DONE)
    painter.setPen(_pen(palette, theme.PANEL))
    _lines(painter, (0.3, 0.52), (0.44, 0.66), (0.7, 0.36))


def _marked_done(painter: QPainter, palette: QPalette) -> None:
    """As done, but a ring in place of the disc."""
    _ring(painter, palette, theme.DONE)
    _lines(painter, (0.3, 0.52), (0.44, 0.66), (0.7, 0.36))


def _coming(painter: QPainter, palette: QPalette) -> None:
    _ring(painter, palette, theme.MUTED)


def _due(painter: QPainter, palette: QPalette) -> None:
    """A disc with a play arrow."""
    _disc(painter, palette, theme.MOVEMENT)
    painter.setPen(QPen(palette.color(theme.PANEL), 0.06, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                        Qt.PenJoinStyle.RoundJoin))  # fmt: skip
    painter.setBrush(palette.color(theme.PANEL))
    painter.drawPolygon(QPolygonF([QPointF(0.4, 0.3), QPointF(0.4, 0.7), QPointF(0.71, 0.5)]))


def _snoozed(painter: QPainter, palette: QPalette) -> None:
    _ring(painter, palette, theme.MOVEMENT)
    _lines(painter, (0.5, 0.28), (0.5, 0.52), (0.66, 0.61))


def _skipped(painter: QPainter, palette: QPalette) -> None:
    """Fast-forward chevrons."""
    _ring(painter, palette, theme.MUTED)
    painter.setPen(_pen(palette, theme.MUTED))
    _lines(painter, (0.34, 0.36), (0.48, 0.5), (0.34, 0.64))
    _lines(painter, (0.54, 0.36), (0.68, 0.5), (0.54, 0.64))


def _missed(painter: QPainter, palette: QPalette) -> None:
    _ring(painter, palette, theme.MUTED)
    _lines(painter, (0.34, 0.5), (0.66, 0.5))


def _paused(painter: QPainter, palette: QPalette) -> None:
    _ring(painter, palette, theme.MUTED)
    _lines(painter, (0.41, 0.35), (0.41, 0.65))
    _lines(painter, (0.59, 0.35), (0.59, 0.65))


_MARKS: Final = {
    SlotState.DONE: _done,
    SlotState.MARKED_DONE: _marked_done,
    SlotState.COMING: _coming,
    SlotState.DUE: _due,
    SlotState.SNOOZED: _snoozed,
    SlotState.SKIPPED: _skipped,
    SlotState.MISSED: _missed,
    SlotState.PAUSED: _paused,
}


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
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
