"""A card with rows of labels and fields."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme.scaling import padded, spaced
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.panel import Panel

_NARROW: Final = 330
"""On a card with less room, in design px, fields go below their labels."""


class FormCard(Panel):
    """What has a label of its own, such as a switch, takes a whole row."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.describe(self, accessible.Role.Grouping)
        self.setAccessibleName(title)
        self._rows: list[tuple[QLabel | None, QWidget]] = []
        self._grid = spaced(QGridLayout(), 12, 8)
        self._grid.setColumnStretch(0, 1)
        column = padded(spaced(QVBoxLayout(self), 10), 20, 16, 20, 18)
        column.addWidget(plain_label(title, wrap=True, px=18, weight=QFont.Weight.DemiBold))
        column.addLayout(self._grid)

    def add_row(self, words: str, field: QWidget) -> None:
        label = plain_label(words, wrap=True)
        label.setBuddy(field)
        if not isinstance(field, QPushButton):
            field.setAccessibleName(words)
        self._add(label, field)

    def add_whole_row(self, field: QWidget) -> None:
        self._add(None, field)

    def _add(self, label: QLabel | None, field: QWidget) -> None:
        self._rows.append((label, field))
        self._place(len(self._rows) - 1, narrow=False)

    def _place(self, row: int, *, narrow: bool) -> None:
        label, field = self._rows[row]
        across = Qt.AlignmentFlag.AlignLeft if isinstance(field, QPushButton) else Qt.AlignmentFlag(0)
        if label is not None:
            self._grid.addWidget(label, 2 * row, 0, 1, 2 if narrow else 1)
        if label is None or narrow:
            self._grid.addWidget(field, 2 * row + 1, 0, 1, 2, across)
        else:
            self._grid.addWidget(field, 2 * row, 1, across)

    def arrange(self, room: float) -> None:
        """Adapt to a width of `room` design px."""
        for row in range(len(self._rows)):
            self._place(row, narrow=room < _NARROW)
