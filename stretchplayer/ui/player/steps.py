"""The steps of the current exercise, each with a thumbnail, the current one marked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.ui.figure.thumbnails import Thumbnails
from stretchplayer.ui.text.player import StepLine, StepState
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.widgets.fit_label import text_height

SMALLEST_PX: Final = 11.0
_SMALLEST_WITH_PICTURES: Final = 0.78
"""Before text shrinks below this share of its largest size, the thumbnails are dropped."""
_GAP: Final = 0.62
_GAP_WITH_PICTURES: Final = 0.3
"""Space between steps, in font sizes; thumbnails bring some of their own."""
_MARK: Final = 1.8
"""Room for the mark, in font sizes."""
_PICTURE_WIDTH, _PICTURE_HEIGHT = 3.1, 1.8
"""Size of a thumbnail, in font sizes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How the list is drawn: font size and line heights in px, the first line shown, and whether with pictures."""

    pixels: float
    heights: list[float]
    first: int = 0
    pictures: bool = False

    @property
    def gap(self) -> float:
        return (_GAP_WITH_PICTURES if self.pictures else _GAP) * self.pixels

    @property
    def total(self) -> float:
        return sum(self.heights) + self.gap * max(len(self.heights) - 1, 0)

    @property
    def indent(self) -> float:
        return _indent(self.pixels, pictures=self.pictures)


def _indent(pixels: float, *, pictures: bool) -> float:
    return (_MARK + (_PICTURE_WIDTH + 0.5 if pictures else 0.0)) * pixels


class StepList(QWidget):
    """Draws steps as large as they fit; if they don't all fit, those around the current one."""

    def __init__(self, poses: Mapping[str, Pose], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.describe(self, accessible.Role.StaticText)
        self._lines: tuple[StepLine, ...] = ()
        self._thumbnails = Thumbnails(poses)
        self._max_px, self._least_px = 20.0, SMALLEST_PX
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_lines(self, lines: tuple[StepLine, ...]) -> None:
        if lines != self._lines:
            self._lines = lines
            done = _("done")
            spoken = (f"{line.text} {done}" if line.state is StepState.DONE else line.text for line in lines)
            self.setAccessibleName("; ".join(spoken))
            self.update()

    def set_max_px(self, pixels: float, smallest: float = SMALLEST_PX) -> None:
        """Set the largest and smallest font size."""
        self._max_px, self._least_px = pixels, smallest
        self.update()

    def _font(self, line: StepLine, pixels: float) -> QFont:
        weight = QFont.Weight.DemiBold if line.state is StepState.CURRENT else QFont.Weight.Normal
        return theme.pixel_font(self.font(), pixels, weight)

    def _try(self, pixels: float, *, pictures: bool) -> Fit | None:
        """The layout at this font size, None if it doesn't fit."""
        room = self.width() - _indent(pixels, pictures=pictures) - 0.1 * pixels
        least = _PICTURE_HEIGHT * pixels if pictures else 0.0
        heights = [max(least, text_height(self._font(line, pixels), room, line.text)) for line in self._lines]
        fit = Fit(pixels=pixels, heights=heights, pictures=pictures)
        return fit if fit.total <= self.height() else None

    def fitting(self) -> Fit:
        """The layout with the largest text that fits; with thumbnails, unless they cost too much of its size."""
        smallest = {True: self._max_px * _SMALLEST_WITH_PICTURES, False: self._least_px}
        for pictures in (True, False) if any(map(self._has_picture, self._lines)) else (False,):
            pixels = self._max_px
            while pixels >= max(smallest[pictures], self._least_px):
                if fit := self._try(pixels, pictures=pictures):
                    return fit
                pixels *= 0.94
        if fit := self._try(self._least_px, pictures=False):
            return fit
        room = self.width() - _indent(self._least_px, pictures=False)
        heights = [text_height(self._font(line, self._least_px), room, line.text) for line in self._lines]
        current = next((i for i, line in enumerate(self._lines) if line.state is StepState.CURRENT), 0)
        fit = Fit(pixels=self._least_px, heights=heights, first=max(current - 1, 0))
        both = sum(heights[fit.first : current + 1]) + fit.gap
        return fit if both <= self.height() else replace(fit, first=current)

    def _has_picture(self, line: StepLine) -> bool:
        return self._thumbnails.has(line.pose, line.picture)

    def sizeHint(self) -> QSize:
        return QSize(320, 160)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fit = self.fitting()
        pixels, top = fit.pixels, 0.0
        for line, height in list(zip(self._lines, fit.heights, strict=True))[fit.first :]:
            if top + height > self.height() + 1:
                return
            font = self._font(line, pixels)
            middle = height / 2 if fit.pictures else QFontMetricsF(font).lineSpacing() / 2
            mark = self._mirrored(QRectF(0, top, 1.1 * pixels, 2 * middle))
            self._draw_mark(painter, mark.center(), 0.5 * pixels, line.state)
            if fit.pictures:
                box = QRectF(_MARK * pixels, top, _PICTURE_WIDTH * pixels, _PICTURE_HEIGHT * pixels)
                box.moveTop(top + middle - box.height() / 2)
                self._thumbnails.paint(
                    painter, self._mirrored(box), self.palette(), line.pose, line.side, picture=line.picture
                )
            painter.setFont(font)
            painter.setPen(self.palette().color(theme.INK if line.state is StepState.CURRENT else theme.MUTED))
            words = self._mirrored(QRectF(fit.indent, top, self.width() - fit.indent, height + 2))
            upright = Qt.AlignmentFlag.AlignVCenter if fit.pictures else Qt.AlignmentFlag.AlignTop
            painter.drawText(words, int(Qt.TextFlag.TextWordWrap | upright), line.text)
            top += height + fit.gap

    def _mirrored(self, box: QRectF) -> QRectF:
        """The box, mirrored for right-to-left languages."""
        if self.isRightToLeft():
            box.moveRight(self.width() - box.left())
        return box

    def _draw_mark(self, painter: QPainter, centre: QPointF, radius: float, state: StepState) -> None:
        colour = self.palette().color
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if state is StepState.COMING:
            painter.setPen(QPen(colour(theme.MUTED), radius * 0.16))
            painter.drawEllipse(centre, radius * 0.9, radius * 0.9)
        elif state is StepState.CURRENT:
            painter.setPen(QPen(colour(theme.MOVEMENT), radius * 0.3))
            painter.drawEllipse(centre, radius * 0.85, radius * 0.85)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.MOVEMENT))
            painter.drawEllipse(centre, radius * 0.38, radius * 0.38)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.DONE))
            painter.drawEllipse(centre, radius, radius)
            tick = QPen(colour(theme.GROUND), radius * 0.28)
            tick.setCapStyle(Qt.PenCapStyle.RoundCap)
            tick.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(tick)
            points = [(-0.42, 0.02), (-0.1, 0.36), (0.45, -0.32)]
            painter.drawPolyline([centre + QPointF(x * radius, y * radius) for x, y in points])
