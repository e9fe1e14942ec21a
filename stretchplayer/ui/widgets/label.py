"""A label for text that is shown as it is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel

from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import USUAL_PX, letters


def plain_label(
    text: str,
    *,
    wrap: bool = False,
    role: QPalette.ColorRole = theme.INK,
    px: float = USUAL_PX,
    weight: QFont.Weight = QFont.Weight.Normal,
) -> QLabel:
    """Make a label that shows its text as it is, never as HTML, in letters of `px` in the design."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrap)
    label.setForegroundRole(role)
    return letters(label, px, weight)
