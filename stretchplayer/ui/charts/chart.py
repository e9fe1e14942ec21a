"""What all charts share: style on screen and paper, axes, and accessibility."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
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
        return theme.pixel_font(self.font, pixels * self.unit, weight)

    def width_of(self, text: str, pixels: float = SMALL_PX) -> float:
        return QFontMetricsF(self.font_at(pixels)).horizontalAdvance(text)

    def line(self, pixels: float = SMALL_PX) -> float:
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
    flags = align | Align.AlignAbsolute | Align.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
    painter.drawText(box, int(flags), text)


def centred(x: float, y: float, width: float, height: float) -> QRectF:
    box = QRectF(0, 0, width, height)
    box.moveCenter(QPointF(x, y))
    return box


def plot_area(box: QRectF, style: ChartStyle, highest: str, *, right: float = 0.0) -> QRectF:
    """The box without the room for the axes; `highest` is the widest label of the vertical one."""
    axis = style.width_of(highest) + 10 * style.unit
    return box.adjusted(axis, style.line() * 0.6, -right, -style.line() * 1.4)


def draw_grid(painter: QPainter, plot: QRectF, style: ChartStyle, axis: tuple[float, int], locale: QLocale) -> None:
    """Draw a labelled line for each step of the vertical axis, given as the step and the number of steps."""
    step, count = axis
    for number in range(count + 1):
        y = plot.bottom() - plot.height() * number / count
        painter.setPen(QPen(style.colour(theme.TRACK), max(1.0, style.unit)))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        label = QRectF(plot.left() - 104 * style.unit, y - style.line() / 2, 100 * style.unit, style.line())
        write(painter, style, label, locale.toString(step * number, "f", 0), align=Align.AlignRight)


def write_below(
    painter: QPainter, plot: QRectF, style: ChartStyle, x: float, text: str, *, align: Qt.AlignmentFlag
) -> None:
    """Label the horizontal axis at `x`, within the plot."""
    width = style.width_of(text) + 2
    x = min(max(x, plot.left() + width / 2), plot.right() - width / 2)
    write(painter, style, centred(x, plot.bottom() + style.line() * 0.8, width, style.line()), text, align=align)


def wrapped(widths: Iterable[float], room: float, height: float) -> list[QRectF]:
    """A box for each of these widths, in rows of this height no wider than `room`."""
    x, y = 0.0, 0.0
    boxes = []
    for width in widths:
        if x + width > room and x > 0:
            x, y = 0.0, y + height
        boxes.append(QRectF(x, y, width, height))
        x += width
    return boxes


class Chart(QWidget):
    """A painted chart. Subclasses implement `draw` and describe themselves with `set_accessible_text`."""

    def __init__(self, parent: QWidget | None = None, *, role: accessible.Role = accessible.Role.Chart) -> None:
        super().__init__(parent)
        accessible.describe(self, role)
        self._factor = 1.0
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def unit(self) -> float:
        """Widget px per design px."""
        return scale_of(self) * self._factor

    def enlarge(self, factor: float) -> None:
        if factor != self._factor:
            self._factor = factor
            self.updateGeometry()
            self.update()

    @property
    def style_now(self) -> ChartStyle:
        return ChartStyle(palette=self.palette(), font=self.font(), unit=self.unit)

    def set_accessible_text(self, name: str, words: str) -> None:
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


class DrawnChart(Chart):
    """A chart of a fixed height, drawn by a function that paper uses too. `width` and `height` are in design px."""

    def __init__(self, width: float, height: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._design = QSizeF(width, height)
        self._drawing: Callable[[QPainter, QRectF, ChartStyle], None] | None = None

    def show_drawing(self, drawing: Callable[[QPainter, QRectF, ChartStyle], None]) -> None:
        self._drawing = drawing
        self.update()

    def sizeHint(self) -> QSize:
        return (self._design * self.unit).toSize()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def draw(self, painter: QPainter, box: QRectF, style: ChartStyle) -> None:
        if self._drawing is not None:
            self._drawing(painter, box, style)
