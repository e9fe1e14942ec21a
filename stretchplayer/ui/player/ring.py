"""The countdown ring: the one big thing. It empties smoothly around digits that can be read from the floor."""

from dataclasses import dataclass, replace
from math import ceil, cos, floor, hypot, pi, radians, sin, sqrt
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

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
_SOFT_EDGE: Final = 1.5
"""How many px further than it is something may be seen, because its edges are soft."""
_OVERSHOOT: Final = 0.06
"""By what part of their height digits may reach beyond capital letters."""
_NEAR: Final = 0.4
"""What is drawn again counts as the ring's end alone when width and height make less than this, in diameters."""
_WHOLE: Final = 360 * 16
"""A whole circle, in the unit of Qt's arcs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingFace:
    """What the ring shows. `left` is what remains, from 1 (full) to 0 (empty)."""

    label: str = ""
    digits: str = ""
    caption: str = ""
    left: float = 0.0
    role: QPalette.ColorRole = theme.MARK
    urgent: bool = False
    """The last seconds: the digits take the ring's colour."""
    still: bool = False
    """Time stands still: the label stands on a plate, and the ring is pale."""


class Ring(QWidget):
    """Draws a `RingFace`; of a face that differs only in what is left, only the end of the ring is drawn again."""

    ACCESSIBLE_ROLE = accessible.Role.ProgressBar

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = RingFace()
        self._left = self._drawn_left = 0.0
        self._reduced = False
        self._letters: TextSizes | None = None
        self._measured = QSize()
        self._across = 0.0
        self._ring = QRectF()
        self._middle = (0.0, 0.0)
        self._words_at: tuple[QRect, ...] = ()
        """Where digits, label and caption were drawn, in whole px."""
        self.setMinimumSize(80, 80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def face(self) -> RingFace:
        return replace(self._face, left=self._left)

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
        return " ".join(filter(None, (self._face.digits, self._face.caption)))

    def show_face(self, face: RingFace) -> None:
        before, same_left = self._face, replace(face, left=self._face.left)
        if same_left == before:
            self.show_left(face.left)
            return
        was = self._digits_box()
        self._face, self._left = face, face.left
        if face.label != before.label:
            self.setAccessibleName(face.label)
        if replace(same_left, digits=before.digits) == before:
            self.update(was.united(self._digits_box()).toAlignedRect())
            self._move_end()
        else:
            self._drawn_left = face.left
            self.update()

    def show_left(self, left: float) -> None:
        """Show the time left when nothing else has changed; with reduced motion, wait until something has."""
        if not self._reduced:
            self._left = left
            self._move_end()

    def _move_end(self) -> None:
        moved = abs(self._left - self._drawn_left)
        if moved * pi * self._diameter() >= _SMALLEST_STEP_PX:
            self.update(self._between(self._drawn_left, self._left))
            self._drawn_left = self._left

    # Geometry, cached because it is used 30 times a second

    def _measure(self) -> None:
        size = self.size()
        if size != self._measured:
            self._measured = size
            self._across = float(min(size.width(), size.height()))
            inset = self._across * _PEN / 2 + 1
            box = QRectF(0, 0, self._across, self._across)
            box.moveCenter(QRectF(self.rect()).center())
            self._ring = box.adjusted(inset, inset, -inset, -inset)
            self._middle = (self._ring.center().x(), self._ring.center().y())

    def _diameter(self) -> float:
        self._measure()
        return self._across

    def _circle(self) -> QRectF:
        self._measure()
        return self._ring

    def _between(self, one: float, other: float) -> QRect:
        """The rectangle swept by the ring's end between two close fractions."""
        across = self._diameter()
        (x, y), radius = self._middle, self._ring.width() / 2
        angles = radians(90 - 360 * one), radians(90 - 360 * other)
        (x1, x2), (y1, y2) = ((x + radius * cos(a) for a in angles), (y - radius * sin(a) for a in angles))
        apart = hypot(x1 - x2, y1 - y2)
        if apart > across / 4:
            return self.rect()
        margin = across * _PEN / 2 + apart**2 / (8 * radius) + _SOFT_EDGE
        left, top = floor(min(x1, x2) - margin), floor(min(y1, y2) - margin)
        return QRect(left, top, ceil(max(x1, x2) + margin) - left, ceil(max(y1, y2) + margin) - top)

    def _digits_box(self) -> QRectF:
        metrics = QFontMetricsF(self.digits_font())
        margin = metrics.capHeight() * _OVERSHOOT + _SOFT_EDGE
        box = QRectF(0, 0, metrics.horizontalAdvance(self._face.digits) + 2 * margin, metrics.capHeight() + 2 * margin)
        box.moveCenter(self._circle().center())
        return box

    def _reaches_ring(self, again: QRect) -> bool:
        """Whether a rectangle reaches outside the inner circle, which holds the text."""
        inside = self._diameter() * _INSIDE
        x, y = self._middle
        across = max(x - again.left(), again.left() + again.width() - x)
        return hypot(across, max(y - again.top(), again.top() + again.height() - y)) > inside

    def _reaches_words(self, again: QRect) -> bool:
        """Whether a rectangle may touch the text, whose place is unknown until it is first drawn."""
        known = self._words_at
        return again.contains(self.rect().center()) or not known or any(box.intersects(again) for box in known)

    def _colour(self) -> QColor:
        role = theme.MUTED if self._face.still else self._face.role
        return self.palette().color(role)

    def _word_colour(self) -> QColor:
        """The ring's colour, with enough contrast for text."""
        return self.palette().color(theme.MARK_INK) if self._face.role is theme.MARK else self._colour()

    def _draw_ring(self, painter: QPainter) -> None:
        circle = self._circle()
        pen = QPen(self.palette().color(theme.TRACK), self._diameter() * _PEN)
        painter.setPen(pen)
        painter.drawEllipse(circle)
        if self._left > 0:
            pen.setColor(self._colour())
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(circle, 90 * 16, -round(min(self._left, 1) * _WHOLE))

    def _draw_end(self, painter: QPainter, again: QRect) -> None:
        """Draw only the end of the ring if nothing else has to be repainted."""
        left, across, circle = self._left, self._diameter(), self._ring
        size = again.width() + again.height()
        reach = size / (pi * circle.width())
        # Near the top of the ring, its start would need repainting too.
        if size > across * _NEAR or not reach < left < 1 - reach:
            self._draw_ring(painter)
            return
        tip, span = 90 * 16 - round(left * _WHOLE), round(reach * _WHOLE)
        pen = QPen(self.palette().color(theme.TRACK), across * _PEN)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(circle, tip - span, 2 * span)
        pen.setColor(self._colour())
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(circle, tip, span)

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
        return self._font(self._face.digits, self._digits_cap(), QFont.Weight.Bold, self._diameter() * 0.8)

    def label_font(self) -> QFont:
        cap = max(self._diameter() * _LABEL_CAP, self._essential())
        return self._font(self._face.label, cap, QFont.Weight.DemiBold, self._chord(self._label_centre() + cap / 2))

    def caption_font(self) -> QFont | None:
        """The caption's font; None when there is no caption, or no room to make it legible."""
        if not self._face.caption:
            return None
        cap = max(self._diameter() * _CAPTION_CAP, self._essential())
        room = self._chord(self._caption_top() + cap)
        font = self._font(self._face.caption, cap, QFont.Weight.Normal, room)
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
        cap = max(self._diameter() * _LABEL_CAP, self._essential())
        half = self._digits_cap() / 2
        return half + _LABEL_GAP * (self._diameter() * _INSIDE - half) + cap / 2

    def _caption_top(self) -> float:
        """Distance from the centre of the ring down to the caption's cap line, in px."""
        half = self._digits_cap() / 2
        return half + _LABEL_GAP * (self._diameter() * _INSIDE - half)

    def _chord(self, distance: float) -> float:
        """Inner width of the ring at this distance from its centre, in px."""
        return 2 * sqrt(max((self._diameter() * _INSIDE) ** 2 - distance**2, 1.0))

    def _draw_words(self, painter: QPainter) -> None:
        centre = self._circle().center()
        font = self.digits_font()
        painter.setPen(self._word_colour() if self._face.urgent else self.palette().color(theme.INK))
        base = centre + QPointF(0, QFontMetricsF(font).capHeight() / 2)
        digits = self._draw_text(painter, font, base, self._face.digits)
        label = self._draw_label(painter, centre - QPointF(0, self._label_centre()))
        caption = self._draw_caption(painter, centre + QPointF(0, self._caption_top()))
        self._words_at = tuple(box.toAlignedRect() for box in (digits, label, caption))

    def _draw_text(self, painter: QPainter, font: QFont, base: QPointF, text: str) -> QRectF:
        """Draw a line of text centred on `base`, and return its box."""
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(text)
        left = base.x() - width / 2
        painter.setFont(font)
        painter.drawText(QPointF(left, base.y()), text)
        return QRectF(left, base.y() - metrics.ascent(), width, metrics.height())

    def _draw_label(self, painter: QPainter, middle: QPointF) -> QRectF:
        font = self.label_font()
        metrics = QFontMetricsF(font)
        width, cap = metrics.horizontalAdvance(self._face.label), metrics.capHeight()
        plate = QRectF()
        if self._face.still:
            middle -= QPointF(0, cap * 0.4)  # keep the background off the digits
            plate = QRectF(0, 0, width + 1.6 * cap, 1.9 * cap)
            plate.moveCenter(middle)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(theme.ACCENT))
            painter.drawRoundedRect(plate, plate.height() / 2, plate.height() / 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self.palette().color(theme.ON_ACCENT) if self._face.still else self._word_colour())
        return plate.united(self._draw_text(painter, font, middle + QPointF(0, cap / 2), self._face.label))

    def _draw_caption(self, painter: QPainter, top: QPointF) -> QRectF:
        font = self.caption_font()
        if font is None:
            return QRectF()
        painter.setPen(self.palette().color(theme.MUTED))
        base = top + QPointF(0, QFontMetricsF(font).capHeight())
        return self._draw_text(painter, font, base, self._face.caption)

    def sizeHint(self) -> QSize:
        return QSize(360, 360)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        again = event.rect()
        if self._reaches_ring(again):
            self._draw_end(painter, again)
        if self._reaches_words(again):
            self._draw_words(painter)
