"""The ring: the one big thing. A hold empties it around digits that can be read from the floor; a movement fills it."""

from dataclasses import replace
from math import hypot, pi, sqrt
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRadialGradient,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.ui.text.player import RingFace
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.legibility import NO_DISTANCE, TextSizes, font_px
from stretchplayer.ui.widgets.fit_label import largest_font

_WEIGHT: Final = QFont.Weight.DemiBold
_PEN: Final = 0.05
"""Width of the ring, in diameters; so are the sizes below."""
_HALO: Final = 0.03
"""How far the glow reaches to either side of the ring."""
_DIGITS_CAP: Final = 0.30
_MOST_DIGITS_CAP: Final = 0.40
"""Digits are the larger the less room there is for the ring."""
_LABEL_CAP, _MOST_LABEL_CAP = 0.047, 0.07
_STILL: Final = 0.85
"""How much smaller digits are that stand still: the label's plate needs room."""
_LABEL_ALONE_CAP: Final = 0.085
"""The label where there are no digits."""
_LABEL_GAP: Final = 0.22
"""Space between digits and label, of what there is above the digits."""
_PADDING: Final = 0.7
"""Space to either side of the label on its plate, in cap heights."""
_NARROWEST: Final = 80
"""How narrow letters may become before they are made smaller, in percent."""
_INSIDE: Final = 0.41
"""Radius in which words stay clear of the ring."""
_SMALLEST_STEP_PX: Final = 0.75
"""The end of the ring is drawn again when it has moved by this much."""
_FAR: Final = 0.02
"""Having moved farther, the end has swept more than the two squares around it, so the whole ring is drawn again."""
_SHADES: Final = 18
"""Steps from no glow to the full one: finer than can be seen; each draws the whole ring."""
_GLOW: Final = 0.5
"""Opacity of the full glow."""
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
        self._drawn = 0.0
        """How much was filled when it was last drawn."""
        self._shade = 0
        self._reduced = False
        self._letters = NO_DISTANCE
        self._fonts: dict[object, QFont] = {}
        """What the words of this face were measured for."""
        self.setMinimumSize(80, 80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_text_sizes(self, letters: TextSizes) -> None:
        """Make the words at least this large."""
        if letters != self._letters:
            self._letters = letters
            self.update()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Whether the ring moves only with a new face, once a second, and doesn't glow."""
        self._reduced = reduced

    def accessible_value(self) -> str:
        """The digits or, without any, the percentage; it changes every second, so it is told only when asked for."""
        return " ".join(filter(None, (self.face.digits, self.face.count))) or f"{self.face.filled:.0%}"

    def show_face(self, face: RingFace) -> None:
        if not self._reduced and replace(face, filled=self.face.filled) == self.face:
            self.show_filled(face.filled)
            return
        if face.label != self.face.label:
            self.setAccessibleName(face.label)
        self.face = face
        self._fonts.clear()
        self._drawn = face.filled
        self.update()

    def show_filled(self, filled: float) -> None:
        """Move the end of the ring when nothing else has changed; with reduced motion, wait until something has."""
        if self._reduced:
            return
        self.face = replace(self.face, filled=filled)
        moved = abs(filled - self._drawn)
        if moved > _FAR:
            self.update()
        elif moved * pi * self._diameter() >= _SMALLEST_STEP_PX:
            self.update(self._end_box(self._drawn).united(self._end_box(filled)))
        else:
            return
        self._drawn = filled

    def show_breath(self, breath: float) -> None:
        """Glow as the chest fills, 0 to 1."""
        shade = 0 if self._reduced else round(breath * _SHADES)
        if shade != self._shade:
            self._shade = shade
            self.update()

    def _end_box(self, filled: float) -> QRect:
        """The rectangle around the ring's end, with its soft edge, in whole px."""
        circle, reach = self._circle(), self._diameter() * _PEN / 2 + _SOFT_EDGE
        path = QPainterPath()
        path.arcMoveTo(circle, 90 - 360 * filled)
        end = QRectF(path.currentPosition(), QSizeF())
        return end.adjusted(-reach, -reach, reach, reach).toAlignedRect()

    def _diameter(self) -> float:
        return float(min(self.width(), self.height()))

    def _circle(self) -> QRectF:
        """The middle of the ring's line."""
        size = self._diameter() * (1 - _PEN - 2 * _HALO)
        circle = QRectF(0, 0, size, size)
        circle.moveCenter(QRectF(self.rect()).center())
        return circle

    def _colour(self) -> QColor:
        return self.palette().color(theme.MUTED if self.face.still else self.face.role)

    def _draw_ring(self, painter: QPainter) -> None:
        circle = self._circle()
        pen = QPen(self.palette().color(theme.TRACK), self._diameter() * _PEN)
        painter.setPen(pen)
        painter.drawEllipse(circle)
        if self.face.filled > 0:
            pen.setColor(self._colour())
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(circle, 90 * 16, -round(min(self.face.filled, 1) * _WHOLE))

    def _draw_glow(self, painter: QPainter) -> None:
        circle, colour = self._circle(), self.palette().color(theme.INK)
        reach = self._diameter() / 2
        line = circle.width() / 2 / reach
        gradient = QRadialGradient(circle.center(), reach)
        for place, strength in ((2 * line - 1, 0.0), (line, 1.0), (1.0, 0.0)):
            colour.setAlphaF(strength * _GLOW * self._shade / _SHADES)
            gradient.setColorAt(place, colour)
        painter.fillRect(self.rect(), gradient)

    # Words

    def digits_font(self) -> QFont:
        return self._font(self.face.digits, self._digits_cap(), self._digits_cap() / 2)

    def label_font(self) -> QFont:
        if self.face.digits:
            cap = self._label_cap()
            farthest, padding = self._label_centre() + cap / 2, 2 * _PADDING * cap if self.face.still else 0.0
            return self._font(self.face.label, cap, farthest, padding)
        box = self._label_box()
        cap = max(self._diameter() * _LABEL_ALONE_CAP, self._label_cap())
        limits = (font_px(self.font(), cap, _WEIGHT), 2)
        return largest_font(self.font(), _WEIGHT, self.face.label, (box.width(), box.height()), limits)

    def count_font(self) -> QFont:
        cap = self._label_cap()
        return self._font(self.face.count, cap, self._label_centre() + cap / 2)

    def _font(self, text: str, cap: float, farthest: float, padding: float = 0.0) -> QFont:
        """The font with this cap height, condensed and then shrunk until the text, with padding, fits the ring.

        `farthest` is the distance from the ring's centre to the text's outer edge, in px.
        """
        asked = (text, cap, farthest, padding, self._diameter(), self.font().key())
        if asked not in self._fonts:
            self._fonts[asked] = self._fitting_font(text, cap, farthest, padding)
        return self._fonts[asked]

    def _fitting_font(self, text: str, cap: float, farthest: float, padding: float) -> QFont:
        font = theme.pixel_font(self.font(), font_px(self.font(), cap, _WEIGHT), _WEIGHT)
        room = 2 * sqrt(max((self._diameter() * _INSIDE) ** 2 - farthest**2, 1.0)) - padding
        width = QFontMetricsF(font).horizontalAdvance(text)
        if width > room:
            font.setStretch(max(_NARROWEST, int(100 * room / width) - 2))
            width = QFontMetricsF(font).horizontalAdvance(text)
        if width > room:
            font.setPixelSize(max(1, int(font.pixelSize() * room / width)))
        return font

    def _digits_cap(self) -> float:
        size = self._diameter()
        cap = min(max(self._letters.digits, size * _DIGITS_CAP), size * _MOST_DIGITS_CAP)
        return cap * (_STILL if self.face.still else 1.0)

    def _label_cap(self) -> float:
        size = self._diameter()
        return max(size * _LABEL_CAP, min(self._letters.essential, size * _MOST_LABEL_CAP))

    def _label_centre(self) -> float:
        """Distance from the centre of the ring up to the label's centre, in px."""
        half = self._digits_cap() / 2
        return half + _LABEL_GAP * (self._diameter() * _INSIDE - half) + self._label_cap() / 2

    def _label_box(self) -> QRectF:
        """Where the label is: above the digits; without them, in the middle and in two lines if need be."""
        size = self._diameter()
        box = QRectF(0, 0, size, 2 * self._label_cap()) if self.face.digits else QRectF(0, 0, size * 0.66, size * 0.4)
        box.moveCenter(self._circle().center() - QPointF(0, self._label_centre() if self.face.digits else 0))
        return box

    def _draw_words(self, painter: QPainter) -> None:
        centre, font = self._circle().center(), self.digits_font()
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._colour() if self.face.urgent else self.palette().color(theme.INK))
        base = centre + QPointF(-metrics.horizontalAdvance(self.face.digits) / 2, metrics.capHeight() / 2)
        painter.drawText(base, self.face.digits)
        self._draw_count(painter)
        self._draw_label(painter)

    def _draw_count(self, painter: QPainter) -> None:
        """As far below the digits as the label is above them."""
        box = QRectF(0, 0, self._diameter(), 2 * self._label_cap())
        box.moveCenter(self._circle().center() + QPointF(0, self._label_centre()))
        painter.setFont(self.count_font())
        painter.setPen(self.palette().color(theme.INK))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.face.count)

    def _draw_label(self, painter: QPainter) -> None:
        font, box, words = self.label_font(), self._label_box(), self.face.label
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(font)
        painter.setPen(self._colour())
        if self.face.still:
            metrics = QFontMetricsF(font)
            cap = metrics.capHeight()
            box.translate(0, -0.2 * cap if self.face.digits else 0)  # keep the plate off the digits
            padding = _PADDING * cap
            plate = metrics.boundingRect(box, flags, words).adjusted(-padding, -0.15 * cap, padding, 0.15 * cap)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(theme.INK))
            painter.drawRoundedRect(plate, 0.95 * cap, 0.95 * cap)
            painter.setPen(self.palette().color(theme.GROUND))
        painter.drawText(box, int(flags), words)

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
        if self._shade:
            self._draw_glow(painter)
        self._draw_ring(painter)
        if self._reaches_words(event.rect()):  # they cost more than the ring's end
            self._draw_words(painter)
