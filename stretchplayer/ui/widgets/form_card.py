"""A card with rows of labels and fields."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme.scaling import spaced
from stretchplayer.ui.widgets.boxes import vbox
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.panel import Panel

_NARROW: Final = 330
"""On a card with less room, in design px, fields go below their labels."""


class FormCard(Panel):
    """What has a label of its own, such as a switch, takes a whole row."""

    def __init__(self, title: str) -> None:
        super().__init__()
        accessible.describe(self, accessible.Role.Grouping)
        self.setAccessibleName(title)
        self._rows: list[tuple[QLabel | None, QWidget, QLabel | None]] = []
        self._grid = spaced(QGridLayout(), 12, 8)
        self._grid.setColumnStretch(0, 1)
        heading = plain_label(title, wrap=True, px=18, weight=QFont.Weight.DemiBold)
        vbox(heading, self._grid, gap=10, margins=(20, 16, 20, 18), on=self)

    def add_row(self, words: str, field: QWidget, note: QLabel | None = None) -> None:
        """`note` is a sentence about the field, below it: when it grows, the field stays where it is."""
        label = plain_label(words, wrap=True)
        label.setBuddy(field)
        if not isinstance(field, QPushButton):
            field.setAccessibleName(words)
        self._rows.append((label, field, note))
        self._place(len(self._rows) - 1, narrow=False)

    def add_whole_row(self, field: QWidget) -> None:
        self._rows.append((None, field, None))
        self._place(len(self._rows) - 1, narrow=False)

    def _place(self, row: int, *, narrow: bool) -> None:
        label, field, note = self._rows[row]
        across = Qt.AlignmentFlag.AlignLeft if isinstance(field, QPushButton) else Qt.AlignmentFlag(0)
        if label is not None:
            self._grid.addWidget(label, 3 * row, 0, 1, 2 if narrow else 1)
        if label is None or narrow:
            self._grid.addWidget(field, 3 * row + 1, 0, 1, 2, across)
        else:
            self._grid.addWidget(field, 3 * row, 1, across)
        if note is not None:
            self._grid.addWidget(note, 3 * row + 2, 0, 1, 2)

    def show_row(self, field: QWidget, shown: bool) -> None:
        """Show a field with its label, or hide both; not its note."""
        for label, other, _note in self._rows:
            if other is field and label is not None:
                label.setVisible(shown)
                field.setVisible(shown)

    def arrange(self, room: float) -> None:
        """Adapt to a width of `room` design px."""
        for row in range(len(self._rows)):
            self._place(row, narrow=room < _NARROW)
