"""Plain-text labels."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel

from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import USUAL_PX, with_font


def plain_label(
    text: str,
    *,
    wrap: bool = False,
    role: QPalette.ColorRole = theme.INK,
    px: float = USUAL_PX,
    weight: QFont.Weight = QFont.Weight.Normal,
) -> QLabel:
    """A label that never interprets its text as HTML; `px` is its font size in design px."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrap)
    label.setForegroundRole(role)
    return with_font(label, px, weight)
