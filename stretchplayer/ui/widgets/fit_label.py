"""Text in the largest size that fits."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.legibility import font_px

_STEPS = 12
"""Bisection steps: finer than half a px on any screen."""


def text_height(font: QFont, width: float, text: str) -> float:
    """Height of the text wrapped at `width` px; infinite when a word is wider."""
    box = QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 1e6), Qt.TextFlag.TextWordWrap, text)
    return box.height() if box.width() <= width + 1 else float("inf")


@lru_cache(maxsize=32)
def balanced_width(font: QFont, width: float, text: str) -> float:
    """The smallest width at which the text needs no more lines than at `width` px; this avoids a lone last word."""
    lines = text_height(font, width, text)
    low, high = width / 2, width
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if text_height(font, middle, text) <= lines else (middle, high)
    return high


def fits_into(font: QFont, text: str, size: tuple[float, float], max_lines: int) -> bool:
    """Whether the text fits into `size` (w, h) in at most that many lines."""
    width, height = size
    needed = text_height(font, width, text)
    return needed <= height + 1 and needed <= (max_lines + 0.3) * QFontMetricsF(font).lineSpacing()


def largest_font(
    base: QFont, weight: QFont.Weight, text: str, size: tuple[float, float], limits: tuple[float, int]
) -> QFont:
    """The largest font, up to `limits[0]` px, in which `text` fits into `size` (w, h) in at most `limits[1]` lines."""
    largest, max_lines = limits

    def fits(pixels: float) -> bool:
        return fits_into(theme.pixel_font(base, pixels, weight), text, size, max_lines)

    low, high = 4.0, max(4.0, largest)
    if fits(high):
        return theme.pixel_font(base, high, weight)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return theme.pixel_font(base, int(low), weight)


class FitLabel(QWidget):
    """Plain text in one colour, as large as `max_px` and the room allow."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        role: QPalette.ColorRole = theme.INK,
        weight: QFont.Weight = QFont.Weight.Normal,
        max_lines: int = 1,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        super().__init__(parent)
        accessible.describe(self, accessible.Role.StaticText)
        self._text = ""
        self._role = role
        self._weight = weight
        self._max_lines = max_lines
        self._max_px = 24.0
        self._align = align
        self._font_for = lru_cache(maxsize=16)(self._compute_font)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def set_max_px(self, pixels: float) -> None:
        self._max_px = pixels
        self.update()

    def set_max_lines(self, lines: int) -> None:
        self._max_lines = lines
        self._font_for.cache_clear()
        self.update()

    def fits_with(self, text: str, cap_height: float) -> bool:
        """Whether the text fits at a cap height of at least `cap_height` px."""
        font = theme.pixel_font(self.font(), font_px(self.font(), cap_height, self._weight), self._weight)
        return fits_into(font, text, (self.width(), self.height()), self._max_lines)

    def shown_font(self) -> QFont:
        return self._font_for(self._text, self.width(), self.height(), self._max_px, self.font().toString())

    def _compute_font(self, text: str, width: int, height: int, max_px: float, _family: str) -> QFont:
        return largest_font(self.font(), self._weight, text, (width, height), (max_px, self._max_lines))

    def sizeHint(self) -> QSize:
        return QSize(80, round(self._max_px * 1.4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.shown_font())
        painter.setPen(self.palette().color(self._role))
        flags = self._align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        box = QRectF(self.rect())
        if self._max_lines > 1:
            box.setWidth(balanced_width(painter.font(), box.width(), self._text))
            if self._align & Qt.AlignmentFlag.AlignRight:
                box.moveRight(self.width())
        painter.drawText(box, int(flags), self._text)
