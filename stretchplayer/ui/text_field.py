"""A field for a line of text, drawn as a plate like the others."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from stretchplayer.ui.plate import draw_plate

_BEFORE: Final = 0.5
"""Room before and after the words, in ems."""


class TextField(QLineEdit):
    """A line edit without edges; everything else is Qt's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        clear = QPalette()  # it has but one colour of its own, so that all others follow the theme
        clear.setColor(QPalette.ColorRole.Base, QColor(Qt.GlobalColor.transparent))
        self.setPalette(clear)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words off the edge."""
        super().resizeEvent(event)
        margin = round(_BEFORE * QFontMetricsF(self.font()).height())
        self.setTextMargins(margin, 0, margin, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plate, and let Qt write on it."""
        painter = QPainter(self)
        draw_plate(painter, self, focus=self.hasFocus())
        painter.end()
        super().paintEvent(event)
