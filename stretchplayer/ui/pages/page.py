"""What all pages share: a column with margins, and letters that grow with the window."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from stretchplayer.ui.theme import palette as theme

_DESIGN: Final = QSize(860, 660)
_SMALLEST_SCALE: Final = 0.85
_LARGEST_SCALE: Final = 3.0
_WIDEST_COLUMN: Final = 1100
_USUAL_PX: Final = 12.0


def plain_label(text: str, *, wrap: bool = False, role: QPalette.ColorRole = theme.INK) -> QLabel:
    """Make a label that shows its text as it is, never as HTML."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrap)
    label.setForegroundRole(role)
    return label


def letter_factor(widget: QWidget) -> float:
    """How much larger than usual the person has set the system's letters, at least 1."""
    font = QFont(widget.font())
    pixels = font.pixelSize() if font.pixelSize() > 0 else font.pointSizeF() * widget.logicalDpiY() / 72
    return max(1.0, pixels / (_USUAL_PX * 1.15))


class ScrollingArea(QScrollArea):
    """Lets what is too high for the window be scrolled, by the arrow keys too: its focus can be seen."""

    def __init__(self, body: QWidget, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setViewportMargins(3, 3, 3, 3)
        self.setWidget(body)
        self.setAccessibleName(name)
        self.verticalScrollBar().rangeChanged.connect(self._follow_range)

    def event(self, event: QEvent) -> bool:
        """Draw the focus around what is scrolled; a scroll area itself paints nothing but its frame."""
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(theme.INK), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        elif event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return handled

    def _follow_range(self) -> None:
        """Take part in Tab's round only where there is something to scroll."""
        scrolls = self.verticalScrollBar().maximum() > 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)


class Page(QWidget):
    """A page beside the navigation. Subclasses fill `column` and set their letters in `apply_scale`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = 0.0
        self.column = QVBoxLayout(self)

    def rescale(self) -> None:
        """Set letters and margins for the present size."""
        fitting = min(self.width() / _DESIGN.width(), self.height() / _DESIGN.height())
        scale = min(max(fitting, _SMALLEST_SCALE), _LARGEST_SCALE) * letter_factor(self)
        self._scale = scale
        side = max(round(32 * scale), (self.width() - round(_WIDEST_COLUMN * scale)) // 2)
        edge = round(28 * scale)
        self.column.setContentsMargins(side, edge, side, edge)
        self.column.setSpacing(round(12 * scale))
        self.apply_scale(scale)

    def apply_scale(self, scale: float) -> None:
        """Set the letters for a page `scale` times the design's size."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the system's letters."""
        super().changeEvent(event)
        # When the application's font changes a widget is told twice, and has the new one only the second time.
        if event.type() == QEvent.Type.FontChange and self._scale:
            self.rescale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the letters grow with the page."""
        super().resizeEvent(event)
        self.rescale()
