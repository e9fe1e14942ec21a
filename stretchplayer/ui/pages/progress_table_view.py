"""The view of the progress table, never wider than the page."""

import re
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from stretchplayer.i18n import _
from stretchplayer.progress.report import Report
from stretchplayer.ui.pages.progress_table import SOLID, ProgressTable
from stretchplayer.ui.player.keymap import KeyCommand, command_for
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import with_font
from stretchplayer.ui.theme.style import shows_focus
from stretchplayer.ui.widgets.latin_keys import matches

_LETTERS: Final = 14
"""Font size, in design px."""
_LEAST_LAST_WORDS: Final = 12
"""Least width of the last text column, in line heights, unless its text is shorter."""
_BESIDE: Final = 0.4
_ABOVE: Final = 0.3
"""Padding of a cell, in line heights."""
_ZERO_WIDTH: Final = "\u200b"
_ENDLESS: Final = 10_000_000
_LONG_WORDS: Final = re.compile(r"\S{17,}")
"""Words so long that they may break anywhere."""
_WRAP: Final = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip
_Index = QModelIndex | QPersistentModelIndex


def _breakable(text: str) -> str:
    """Allow breaks inside very long words."""
    return _LONG_WORDS.sub(lambda found: _ZERO_WIDTH.join(found[0]), text)


@lru_cache(maxsize=16_384)
def _size(font: QFont, text: str, width: int) -> QSize:
    """Size of a cell with its padding; the text is wrapped at `width`, which includes the padding, unless that is 0."""
    metrics = QFontMetricsF(font)
    beside, above = (2 * padding * metrics.height() for padding in (_BESIDE, _ABOVE))
    room = QRectF(0, 0, width - beside if width else _ENDLESS, _ENDLESS)
    box = metrics.boundingRect(room, int(_WRAP), text)
    return QSize(ceil(box.width() + beside), round(box.height() + above))


def _write(painter: QPainter, view: QWidget, rect: QRect, text: str, align: Qt.AlignmentFlag) -> None:
    line = QFontMetricsF(view.font()).height()
    painter.setFont(view.font())
    box = QRectF(rect).adjusted(_BESIDE * line, _ABOVE * line, -_BESIDE * line, -_ABOVE * line)
    painter.drawText(box, int(align | _WRAP), text)


class _Header(QHeaderView):
    """Headings in up to two lines, on the page's own background."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)

    def _heading(self, section: int) -> str:
        """The heading, broken where that makes it narrowest."""
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal)).split()
        ways = [f"{' '.join(words[:place])}\n{' '.join(words[place:])}".strip() for place in range(len(words))]
        return min(ways, key=lambda way: _size(self.font(), way, 0).width())

    def sectionSizeFromContents(self, section: int) -> QSize:
        return _size(self.font(), self._heading(section), 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, self.palette().color(theme.GROUND))
        painter.fillRect(rect.adjusted(0, rect.height() - 2, 0, 0), self.palette().color(theme.TRACK))
        painter.setPen(self.palette().color(theme.MUTED))
        align = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        side = align & Qt.AlignmentFlag.AlignHorizontal_Mask
        _write(painter, self, rect, self._heading(section), side | Qt.AlignmentFlag.AlignBottom)
        painter.restore()


class _Cells(QStyledItemDelegate):
    """Wrapped cells. A selected row has a mark and another background."""

    def __init__(self, view: "ProgressTableView") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Qt gives the width of the column when it asks for the height, and none when it asks for the width."""
        return _size(self._view.font(), self._view.text_at(index), option.rect.width())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        colour = self._view.palette().color
        painter.fillRect(rect, colour(self._plate(index.row(), selected=selected)))
        if selected and index.column() == 0:
            mark = max(3.0, self._view.fontMetrics().height() * 0.16)
            painter.fillRect(QRectF(rect.x(), rect.y(), mark, rect.height()), colour(theme.MOVEMENT))
        if selected and shows_focus(self._view):
            for y in (rect.top(), rect.bottom() - 1):
                painter.fillRect(rect.x(), y, rect.width(), 2, colour(theme.INK))
        painter.setPen(colour(theme.INK))
        side = self._view.table.columns[index.column()].alignment & Qt.AlignmentFlag.AlignHorizontal_Mask
        _write(painter, self._view, rect, self._view.text_at(index), side | Qt.AlignmentFlag.AlignTop)
        painter.restore()

    @staticmethod
    def _plate(row: int, *, selected: bool) -> QPalette.ColorRole:
        if selected:
            return theme.RAISED
        return theme.PANEL if row % 2 == 0 else theme.GROUND


class ProgressTableView(QTableView):
    """The table. Arrows move in it, Tab leaves it, Ctrl+C copies the selected rows or everything.

    Enter, a double click or a row's menu opens a day; Delete deletes its session.

    Where the columns don't fit even with wrapped text, each day is summed up in one column; to a screen reader it is
    the same table.
    """

    open_requested = Signal()
    """Open the selected day."""
    menu_requested = Signal(QPoint)
    """Open the menu of the selected day at this place of the screen."""
    day_delete_requested = Signal(date)
    """Delete the session of that day."""

    def __init__(self) -> None:
        super().__init__()
        self.table = ProgressTable(self.locale())
        self._header = _Header(self)
        self.setHorizontalHeader(self._header)
        self.setModel(self.table)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName(_("Progress as a table"))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always on: row heights depend on the width, so an automatic scroll bar could oscillate.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setBackgroundRole(theme.GROUND)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        with_font(self, _LETTERS)
        with_font(self._header, _LETTERS, QFont.Weight.DemiBold)
        self._in_one = False
        self.doubleClicked.connect(self.open_requested)

    def text_at(self, index: _Index) -> str:
        if self._in_one and index.column() == 1:
            return _breakable(self.table.in_words(index.row()))
        return self._in_column(str(self.table.data(index)), index.column())

    def _in_column(self, text: str, column: int) -> str:
        """The states of slots break only between slots."""
        return text.replace(" ", SOLID).replace(f",{SOLID}", ", ") if column == 1 else _breakable(text)

    def show_report(self, report: Report) -> None:
        """Show the days of the report and select the same day as before, or the newest."""
        day = self.current_day()
        self.table.show_report(report)
        self.fit()
        if self.table.rowCount():
            self.setCurrentIndex(self.table.index(self.table.row_of(day) if day else 0, 0))

    def current_day(self) -> date | None:
        index = self.currentIndex()
        return self.table.day(index.row()) if index.isValid() else None

    def fit(self) -> None:
        """Size columns and rows to their text, within the width of the view."""
        if not self.table.rowCount():
            return
        room = self.viewport().width()
        self._in_one = False
        natural = [self._natural(number) for number in range(self.table.columnCount())]
        widths = self._widths(natural, room)
        self._in_one = widths is None
        if widths is None:
            widths = [natural[0], room - natural[0], *[1] * (self.table.columnCount() - 2)]
        edges = [0, *(round(sum(widths[: place + 1])) for place in range(len(widths)))]
        for column, (left, right) in enumerate(pairwise(edges)):
            self.setColumnHidden(column, self._in_one and column > 1)
            self.setColumnWidth(column, right - left)
        self._header.setVisible(not self._in_one)
        self.resizeRowsToContents()
        self.updateGeometries()

    def _natural(self, number: int) -> int:
        """Width of a column in which only the heading wraps."""
        return max(self.sizeHintForColumn(number), self._header.sectionSizeFromContents(number).width())

    def _widths(self, natural: list[int], room: int) -> list[float] | None:
        """The column widths; None when they don't fit."""
        wordy = [number for number, column in enumerate(self.table.columns) if number and not column.right]
        widths: list[float] = list(natural)
        for number in wordy:
            widths[number] = self._least(number, natural[number], last=number == wordy[-1])
        spare = room - sum(widths)
        if spare < 0:
            return None
        for number in wordy:
            more = min(spare, natural[number] - widths[number])
            widths[number] += more
            spare -= more
        if len(wordy) > 1:
            widths[wordy[-1]] += spare
            return widths
        return [width + spare / len(widths) for width in widths]

    def _least(self, number: int, natural: int, *, last: bool) -> int:
        """Least width of a column of text, which may wrap; days and numbers don't."""
        heading = self._header.sectionSizeFromContents(number).width()
        if last:
            return max(min(natural, ceil(_LEAST_LAST_WORDS * QFontMetricsF(self.font()).height())), heading)
        cells = (self.table.index(row, number) for row in range(self.table.rowCount()))
        parts = (_size(self.font(), part, 0).width() for cell in cells for part in self.text_at(cell).split(" "))
        return max([heading, *parts])

    def copy(self) -> None:
        """Copy the selected rows, or all when at most one is selected."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        QApplication.clipboard().setText(self.table.as_text(rows if len(rows) > 1 else None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if matches(event, QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.open_requested.emit()
        elif event.key() == Qt.Key.Key_Delete and not event.isAutoRepeat() and self.currentIndex().isValid():
            self.day_delete_requested.emit(self.current_day())
        elif command_for(event) is KeyCommand.FULLSCREEN:
            event.ignore()  # the view would look for a row that begins with the letter
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A click has selected its row; a key opens the menu at the selected one."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        place = self.visualRect(self.currentIndex()).bottomLeft()
        self.menu_requested.emit(self.viewport().mapToGlobal(place) if by_key else event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
