"""What all pages share: a column with margins, and text that grows with the window."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from stretchplayer.ui.theme.scaling import rescale, spaced, system_font_scale
from stretchplayer.ui.theme.style import draw_area_focus
from stretchplayer.ui.widgets.label import plain_label

FOCUS_ROOM: Final = 3
"""px that buttons, fields and scroll areas leave at their edges for the focus; what has none is in line with that."""
_DESIGN: Final = QSize(860, 660)
_SMALLEST_SCALE: Final = 0.85
_LEAST_ROOM: Final = QSize(350, 280)
"""Large fonts leave a page at least this much, in design px."""


def page_title(text: str, *, wrap: bool = False) -> QLabel:
    title = plain_label(text, wrap=wrap, px=30, weight=QFont.Weight.Bold)
    title.setContentsMargins(FOCUS_ROOM, 0, FOCUS_ROOM, 0)
    return title


class ScrollingArea(QScrollArea):
    """A scroll area that shows its focus, so that the arrow keys scroll it."""

    def __init__(self, content: QLayout, name: str) -> None:
        super().__init__()
        body = QWidget()
        body.setLayout(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setViewportMargins(FOCUS_ROOM, FOCUS_ROOM, FOCUS_ROOM, FOCUS_ROOM)
        self.setWidget(body)
        self.setAccessibleName(name)
        self.verticalScrollBar().rangeChanged.connect(self._follow_range)
        self._follow_range()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        draw_area_focus(self, event)
        return handled

    def _follow_range(self) -> None:
        """Take the focus only where there is something to scroll."""
        scrolls = self.verticalScrollBar().maximum() > 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)


class Page(QWidget):
    """A page beside the navigation. Subclasses fill `column`, and may override `arrange` to adapt to the size."""

    closed = Signal()
    """Back to the page from which this one was opened."""
    takes_answers = False
    """Whether it asks something: there no single key starts a session."""
    largest_scale = 3.0
    widest = 1100
    """The most that the column takes of the width, in design px."""

    def __init__(self) -> None:
        super().__init__()
        self._scale = 0.0
        self.column = spaced(QVBoxLayout(self), 12)

    def rescale(self) -> None:
        fitting = min(self.width() / _DESIGN.width(), self.height() / _DESIGN.height())
        scale = min(max(fitting, _SMALLEST_SCALE), self.largest_scale) * system_font_scale()
        widest = min(self.width() / _LEAST_ROOM.width(), self.height() / _LEAST_ROOM.height())
        self._scale = scale = min(scale, max(widest, _SMALLEST_SCALE))
        rescale(self, scale)
        side = max(round(32 * scale), (self.width() - round(self.widest * scale)) // 2)
        edge = round(28 * scale)
        self.column.setContentsMargins(side, edge, side, edge)
        self.arrange(scale)

    def arrange(self, scale: float) -> None:
        """Adapt the layout to the size, at `scale` px per design px."""

    def leave(self) -> None:
        """What Esc does, wherever in the window the focus is."""
        self.closed.emit()

    @property
    def room(self) -> int:
        """Width between the margins, px."""
        margins = self.column.contentsMargins()
        return self.width() - margins.left() - margins.right()

    @property
    def floor(self) -> int:
        """Where what scrolls ends, or the page where nothing does, px from its top."""
        areas = [area for area in self.findChildren(QAbstractScrollArea) if area.isVisible()]
        if not areas:
            return self.height()
        highest = max(areas, key=QWidget.height)
        return highest.mapTo(self, QPoint(0, highest.height())).y()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescale()
