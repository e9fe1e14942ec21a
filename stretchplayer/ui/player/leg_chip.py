"""The working leg, in words."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.legibility import font_px

CAP_SHARE: Final = 0.42
"""Cap height, in heights of the chip."""
_ENDS: Final = 0.75
"""Padding at both ends together, in heights of the chip."""
_WEIGHT: Final = QFont.Weight.DemiBold


class LegChip(QWidget):
    """The working leg, on the accent colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.describe(self, accessible.Role.StaticText)
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def shown_font(self) -> QFont:
        font = theme.pixel_font(self.font(), font_px(self.font(), self.height() * CAP_SHARE, _WEIGHT), _WEIGHT)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
        room = self.width() - self.height() * _ENDS
        needed = QFontMetricsF(font).horizontalAdvance(self._text)
        if needed > room > 0:
            font.setPixelSize(max(1, int(font.pixelSize() * room / needed)))
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._text:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.shown_font()
        width = QFontMetricsF(font).horizontalAdvance(self._text) + self.height() * _ENDS
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(theme.ACCENT))
        plate = QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(0, 0, round(width), self.height()))
        painter.drawRoundedRect(plate, self.height() / 2, self.height() / 2)
        painter.setFont(font)
        painter.setPen(self.palette().color(theme.ON_ACCENT))
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), self._text)
