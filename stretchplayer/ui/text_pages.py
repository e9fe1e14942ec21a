"""The pages that are read: what to heed before the first session, and what was done after one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from stretchplayer.domain.held import BOTH, HeldTime
from stretchplayer.domain.routine import Routine, Side
from stretchplayer.ui import theme
from stretchplayer.ui.buttons import WideButton
from stretchplayer.ui.page import Page, ScrollingArea, plain_label
from stretchplayer.ui.player_words import exact_duration


class SafetyPage(Page):
    """What to heed, in plain words, and where the routine comes from."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain_label(self.tr("Before you start"))
        self._lines: list[QLabel] = []
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, 12, 0)
        self._close = WideButton(self.tr("Back to Today"), self, accent=True)
        self._close.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(self._close)
        row.addStretch(1)
        self.column.addWidget(self._title)
        self.column.addWidget(ScrollingArea(self._body, self.tr("What to heed")), 1)
        self.column.addLayout(row)

    def show_routine(self, routine: Routine) -> None:
        """Show the routine's safety notes and its source."""
        for line in self._lines:
            self._list.removeWidget(line)
            line.deleteLater()
        self._lines = [plain_label(f"•  {note}", wrap=True) for note in routine.safety]
        if routine.source:
            source = self.tr("Source: {source}").format(source=routine.source)
            self._lines.append(plain_label(source, wrap=True, role=theme.MUTED))
        for place, line in enumerate(self._lines):
            line.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._list.insertWidget(place, line)
        if self._list.count() == len(self._lines):
            self._list.addStretch(1)
        self.rescale()

    def apply_scale(self, scale: float) -> None:
        """Set the letters and the spaces."""
        self._title.setFont(theme.pixel_font(self.font(), 30 * scale, QFont.Weight.Bold))
        for line in self._lines:
            line.setFont(theme.pixel_font(self.font(), 17 * scale))
        self._list.setSpacing(round(10 * scale))
        self._close.setFont(theme.pixel_font(self.font(), 18 * scale))


class FinishPage(Page):
    """What was done: seconds held, for each leg of each stretch."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain_label("", wrap=True)
        self._summary = plain_label("", wrap=True, role=theme.MUTED)
        self._cells: list[QLabel] = []
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._close = WideButton(self.tr("Done"), self, accent=True)
        self._close.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(self._close)
        row.addStretch(1)
        self.column.addWidget(self._title)
        self.column.addWidget(self._summary)
        self.column.addSpacing(12)
        self.column.addWidget(ScrollingArea(self._table, self.tr("What was held")), 1)
        self.column.addLayout(row)

    @property
    def title(self) -> str:
        """The heading: praise only where it is due."""
        return self._title.text()

    def focus_close(self) -> None:
        """Put the focus on the button that leaves."""
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_held(self, held: HeldTime, *, finished: bool) -> None:
        """Show what was held, no more and no less."""
        holds = len(held.timeline.holds())
        complete = held.holds_done == holds
        title = self.tr("Well done") if complete else self.tr("The end") if finished else self.tr("Stopped")
        self._title.setText(title)
        time = exact_duration(held.total_ms)
        counted = self.tr("{done} of {all} holds, {time} held in all.")
        self._summary.setText(counted.format(done=held.holds_done, all=holds, time=time))
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = []
        self._fill(held)
        # The titles take what they need of the room and then break into lines; a row too many keeps the rest together.
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(3, 1)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(len(held.by_stretch()) + 1, 1)
        self.rescale()

    def _fill(self, held: HeldTime) -> None:
        rows = held.by_stretch()
        sided = any(BOTH not in sides for sides in rows.values())
        if sided:
            for column, words in ((1, self.tr("Left")), (2, self.tr("Right"))):
                self._add_cell(plain_label(words, role=theme.MUTED), 0, column)
        for row, (stretch_id, sides) in enumerate(rows.items(), start=1):
            title = held.timeline.routine.stretch(stretch_id).title
            self._add_cell(plain_label(title, wrap=True), row, 0)
            for column, side in ((1, Side.LEFT), (2, Side.RIGHT)):
                if side in sides:
                    self._add_cell(plain_label(exact_duration(sides[side])), row, column)
            if BOTH in sides:
                self._add_cell(plain_label(exact_duration(sides[BOTH])), row, 1)

    def _add_cell(self, label: QLabel, row: int, column: int) -> None:
        if column:
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._cells.append(label)
        self._grid.addWidget(label, row, column)

    def apply_scale(self, scale: float) -> None:
        """Set the letters and the spaces."""
        self._title.setFont(theme.pixel_font(self.font(), 40 * scale, QFont.Weight.Bold))
        self._summary.setFont(theme.pixel_font(self.font(), 19 * scale))
        for cell in self._cells:
            cell.setFont(theme.pixel_font(self.font(), 20 * scale))
        self._grid.setHorizontalSpacing(round(36 * scale))
        self._grid.setVerticalSpacing(round(10 * scale))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._close.setFont(theme.pixel_font(self.font(), 22 * scale))
