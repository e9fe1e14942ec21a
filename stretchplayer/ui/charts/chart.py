"""What all charts share: style on screen and paper, and accessibility."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import scale_of

SMALL_PX: Final = 13.0
"""The letters of axes and legends, in px of the design."""
Align = Qt.AlignmentFlag


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartStyle:
    """Colours and fonts of a chart; `unit` is painter px per design px."""

    palette: QPalette
    font: QFont
    unit: float

    def colour(self, role: QPalette.ColorRole, alpha: float = 1.0) -> QColor:
        colour = QColor(self.palette.color(role))
        colour.setAlphaF(alpha)
        return colour

    def font_at(self, pixels: float = SMALL_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """The font at `pixels` design px."""
        return theme.pixel_font(self.font, pixels * self.unit, weight)

    def width_of(self, text: str, pixels: float = SMALL_PX) -> float:
        """Width of a text in painter px."""
        return QFontMetricsF(self.font_at(pixels)).horizontalAdvance(text)

    def line(self, pixels: float = SMALL_PX) -> float:
        """Height of a line of text in painter px."""
        return QFontMetricsF(self.font_at(pixels)).height()


def write(
    painter: QPainter,
    style: ChartStyle,
    box: QRectF,
    text: str,
    *,
    align: Qt.AlignmentFlag = Align.AlignLeft,
    role: QPalette.ColorRole = theme.MUTED,
    pixels: float = SMALL_PX,
    weight: QFont.Weight = QFont.Weight.Normal,
) -> None:
    """Draw one line of plain text, vertically centred in a box."""
    painter.setFont(style.font_at(pixels, weight))
    painter.setPen(style.colour(role))
    flags = align | Align.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
    painter.drawText(box, int(flags), text)


def centred(x: float, y: float, width: float, height: float) -> QRectF:
    box = QRectF(0, 0, width, height)
    box.moveCenter(QPointF(x, y))
    return box


class Chart(QWidget):
    """A painted chart. Subclasses implement `draw` and describe themselves with `set_words`."""

    ACCESSIBLE_ROLE = accessible.Role.Chart

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._factor = 1.0
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def unit(self) -> float:
        """Widget px per design px."""
        return scale_of(self) * self._factor

    def enlarge(self, factor: float) -> None:
        """Scale everything by this factor."""
        if factor != self._factor:
            self._factor = factor
            self.updateGeometry()
            self.update()

    @property
    def style_now(self) -> ChartStyle:
        return ChartStyle(palette=self.palette(), font=self.font(), unit=self.unit)

    def set_words(self, name: str, words: str) -> None:
        """Set the accessible name and value."""
        self._words = words
        self.setAccessibleName(name)

    def accessible_value(self) -> str:
        return self._words

    def draw(self, painter: QPainter, box: QRectF, style: ChartStyle) -> None:
        raise NotImplementedError

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(self.rect()), self.style_now)
