"""What was held: seconds for each leg of each stretch."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.routine.held_time import BOTH, HeldTime
from stretchplayer.ui.text.player import exact_duration
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import spaced
from stretchplayer.ui.widgets.label import plain_label


class HeldTable(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[QLabel] = []
        self._grid = spaced(QGridLayout(self), 36, 8)
        self._grid.setContentsMargins(0, 0, 0, 0)

    def show_held(self, held: HeldTime) -> None:
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = []
        self._fill(held)
        # The titles take what they need of the room and then break into lines.
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(3, 1)

    def _fill(self, held: HeldTime) -> None:
        rows = held.by_stretch()
        sided = any(BOTH not in sides for sides in rows.values())
        if sided:
            for column, words in ((1, _("Left")), (2, _("Right"))):
                self._add_cell(plain_label(words, role=theme.MUTED, px=20), 0, column)
        for row, (stretch_id, sides) in enumerate(rows.items(), start=1):
            title = held.timeline.routine.stretch(stretch_id).title
            self._add_cell(plain_label(title, wrap=True, px=20), row, 0)
            for column, side in ((1, Side.LEFT), (2, Side.RIGHT)):
                if side in sides:
                    self._add_cell(plain_label(exact_duration(sides[side]), px=20), row, column)
            if BOTH in sides:
                self._add_cell(plain_label(exact_duration(sides[BOTH]), px=20), row, 1)

    def _add_cell(self, label: QLabel, row: int, column: int) -> None:
        if column:
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._cells.append(label)
        self._grid.addWidget(label, row, column)
