"""The countdown ring: the one big thing. It empties smoothly around digits that can be read from the floor."""

from dataclasses import replace
from math import hypot, pi, sqrt
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.ui.text.player import RingFace
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.legibility import TextSizes, font_px

_PEN: Final = 0.052
"""Width of the ring, in diameters; so are the sizes below."""
_DIGITS_CAP: Final = 0.27
_FLOOR_DIGITS_CAP: Final = 0.30
_MOST_DIGITS_CAP: Final = 0.40
"""From the floor digits are the larger the less room there is for the ring."""
_LABEL_CAP: Final = 0.047
_CAPTION_CAP: Final = 0.045
_LABEL_GAP: Final = 0.22
"""Space between digits and label, of what there is above the digits."""
_NARROWEST: Final = 80
"""How narrow letters may become before they are made smaller, in percent."""
_INSIDE: Final = 0.436
"""Radius in which words stay clear of the ring."""
_SMALLEST_STEP_PX: Final = 0.75
"""The end of the ring is drawn again when it has moved by this much."""
_FAR: Final = 0.02
"""Having moved farther, the end has swept more than the two squares around it, so the whole ring is drawn again."""
_SOFT_EDGE: Final = 2
"""How many px farther than it is something may be seen."""
_WHOLE: Final = 360 * 16
"""A whole circle, in the unit of Qt's arcs."""


class Ring(QWidget):
    """Draws a `RingFace`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.describe(self, accessible.Role.ProgressBar)
        self.face = RingFace()
        self._drawn_left = 0.0
        self._reduced = False
        self._letters: TextSizes | None = None
        self.setMinimumSize(80, 80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_text_sizes(self, letters: TextSizes | None) -> None:
        """Make the words large enough to be read from the floor, or (None) as suits the ring."""
        if letters != self._letters:
            self._letters = letters
            self.update()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Whether the ring moves only when the digits change, once a second."""
        self._reduced = reduced

    def accessible_value(self) -> str:
        """What the ring says below its label; it changes every second, so it is told only when asked for."""
        return " ".join(filter(None, (self.face.digits, self.face.caption)))

    def show_face(self, face: RingFace) -> None:
        if replace(face, left=self.face.left) == self.face:
            self.show_left(face.left)
            return
        if face.label != self.face.label:
            self.setAccessibleName(face.label)
        self.face = face
        self._drawn_left = face.left
        self.update()

    def show_left(self, left: float) -> None:
        """Show the time left when nothing else has changed; with reduced motion, wait until something has."""
        if self._reduced:
            return
        self.face = replace(self.face, left=left)
        moved = abs(left - self._drawn_left)
        if moved > _FAR:
            self.update()
        elif moved * pi * self._diameter() >= _SMALLEST_STEP_PX:
            self.update(self._end_box(self._drawn_left).united(self._end_box(left)))
        else:
            return
        self._drawn_left = left

    def _end_box(self, left: float) -> QRect:
        """The rectangle around the ring's end, with its soft edge, in whole px."""
        circle, reach = self._circle(), self._diameter() * _PEN / 2 + _SOFT_EDGE
        path = QPainterPath()
        path.arcMoveTo(circle, 90 - 360 * left)
        end = QRectF(path.currentPosition(), QSizeF())
        return end.adjusted(-reach, -reach, reach, reach).toAlignedRect()

    def _diameter(self) -> float:
        return float(min(self.width(), self.height()))

    def _circle(self) -> QRectF:
        """The middle of the ring's line."""
        size = self._diameter() * (1 - _PEN) - 2
        circle = QRectF(0, 0, size, size)
        circle.moveCenter(QRectF(self.rect()).center())
        return circle

    def _colour(self) -> QColor:
        role = theme.MUTED if self.face.still else self.face.role
        return self.palette().color(role)

    def _word_colour(self) -> QColor:
        """The ring's colour, with enough contrast for text."""
        return self.palette().color(theme.MARK_INK) if self.face.role is theme.MARK else self._colour()

    def _draw_ring(self, painter: QPainter) -> None:
        circle = self._circle()
        pen = QPen(self.palette().color(theme.TRACK), self._diameter() * _PEN)
        painter.setPen(pen)
        painter.drawEllipse(circle)
        if self.face.left > 0:
            pen.setColor(self._colour())
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(circle, 90 * 16, -round(min(self.face.left, 1) * _WHOLE))

    # Words

    def _digits_cap(self) -> float:
        size = self._diameter()
        if self._letters is None:
            return size * _DIGITS_CAP
        return min(max(self._letters.digits, size * _FLOOR_DIGITS_CAP), size * _MOST_DIGITS_CAP)

    def _essential(self) -> float:
        """The least cap height, in px."""
        return self._letters.essential if self._letters else 0.0

    def digits_font(self) -> QFont:
        return self._font(self.face.digits, self._digits_cap(), QFont.Weight.Bold, self._diameter() * 0.8)

    def label_font(self) -> QFont:
        cap = max(self._diameter() * _LABEL_CAP, self._essential())
        return self._font(self.face.label, cap, QFont.Weight.DemiBold, self._chord(self._label_centre() + cap / 2))

    def caption_font(self) -> QFont | None:
        """The caption's font; None when there is no caption, or no room to make it legible."""
        if not self.face.caption:
            return None
        cap = max(self._diameter() * _CAPTION_CAP, self._essential())
        room = self._chord(self._word_distance() + cap)
        font = self._font(self.face.caption, cap, QFont.Weight.Normal, room)
        enough = self._letters is None or QFontMetricsF(font).capHeight() >= self._essential()
        return font if enough else None

    def _font(self, text: str, cap: float, weight: QFont.Weight, room: float) -> QFont:
        """The font with this cap height, condensed and then shrunk until the text fits `room` px."""
        font = theme.pixel_font(self.font(), font_px(self.font(), cap, weight), weight)
        width = QFontMetricsF(font).horizontalAdvance(text)
        if width > room:
            font.setStretch(max(_NARROWEST, int(100 * room / width) - 2))
            width = QFontMetricsF(font).horizontalAdvance(text)
        if width > room:
            font.setPixelSize(max(1, int(font.pixelSize() * room / width)))
        return font

    def _label_centre(self) -> float:
        """Distance from the centre of the ring up to the label's centre, in px."""
        return self._word_distance() + max(self._diameter() * _LABEL_CAP, self._essential()) / 2

    def _word_distance(self) -> float:
        """Distance from the centre of the ring to the label's baseline and to the caption's cap line, in px."""
        half = self._digits_cap() / 2
        return half + _LABEL_GAP * (self._diameter() * _INSIDE - half)

    def _chord(self, distance: float) -> float:
        """Inner width of the ring at this distance from its centre, in px."""
        return 2 * sqrt(max((self._diameter() * _INSIDE) ** 2 - distance**2, 1.0))

    def _draw_words(self, painter: QPainter) -> None:
        centre = self._circle().center()
        font = self.digits_font()
        painter.setPen(self._word_colour() if self.face.urgent else self.palette().color(theme.INK))
        base = centre + QPointF(0, QFontMetricsF(font).capHeight() / 2)
        self._draw_text(painter, font, base, self.face.digits)
        self._draw_label(painter, centre - QPointF(0, self._label_centre()))
        self._draw_caption(painter, centre + QPointF(0, self._word_distance()))

    def _draw_text(self, painter: QPainter, font: QFont, base: QPointF, text: str) -> None:
        """Draw a line of text centred on `base`."""
        width = QFontMetricsF(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.drawText(base - QPointF(width / 2, 0), text)

    def _draw_label(self, painter: QPainter, middle: QPointF) -> None:
        font = self.label_font()
        metrics = QFontMetricsF(font)
        width, cap = metrics.horizontalAdvance(self.face.label), metrics.capHeight()
        if self.face.still:
            middle -= QPointF(0, cap * 0.4)  # keep the background off the digits
            plate = QRectF(0, 0, width + 1.6 * cap, 1.9 * cap)
            plate.moveCenter(middle)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(theme.ACCENT))
            painter.drawRoundedRect(plate, plate.height() / 2, plate.height() / 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self.palette().color(theme.ON_ACCENT) if self.face.still else self._word_colour())
        self._draw_text(painter, font, middle + QPointF(0, cap / 2), self.face.label)

    def _draw_caption(self, painter: QPainter, top: QPointF) -> None:
        font = self.caption_font()
        if font is None:
            return
        painter.setPen(self.palette().color(theme.MUTED))
        base = top + QPointF(0, QFontMetricsF(font).capHeight())
        self._draw_text(painter, font, base, self.face.caption)

    def sizeHint(self) -> QSize:
        return QSize(360, 360)

    def _reaches_words(self, rect: QRect) -> bool:
        """Whether a rectangle reaches into the circle that holds the words."""
        centre = self._circle().center()
        across = max(rect.left() - centre.x(), centre.x() - rect.left() - rect.width(), 0.0)
        down = max(rect.top() - centre.y(), centre.y() - rect.top() - rect.height(), 0.0)
        return hypot(across, down) < self._diameter() * _INSIDE

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ring(painter)
        if self._reaches_words(event.rect()):  # they cost more than the ring's end
            self._draw_words(painter)
