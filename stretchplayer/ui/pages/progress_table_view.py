"""The view of the progress table, never wider than the page."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPalette, QResizeEvent
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
from stretchplayer.ui.pages.progress_table import SOLID, Column, ProgressTable
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import with_font

_LETTERS: Final = 14
"""Font size, in design px."""
_LEAST_LAST_WORDS: Final = 12.0
"""Least width of the last text column, in line heights, unless its text is shorter."""
_BESIDE: Final = 0.4
_ABOVE: Final = 0.3
"""Padding of a cell, in line heights."""
_ZERO_WIDTH: Final = "\u200b"
_TALLEST: Final = 10_000_000
_LONG_WORDS: Final = re.compile(r"\S{17,}")
"""Words so long that they may break anywhere."""
_WRAP: Final = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip
_Index = QModelIndex | QPersistentModelIndex


def _breakable(text: str) -> str:
    """Allow breaks inside very long words."""
    return _LONG_WORDS.sub(lambda found: _ZERO_WIDTH.join(found[0]), text)


class _Measure:
    def __init__(self, metrics: QFontMetricsF) -> None:
        self._metrics = metrics
        self.line = metrics.height()
        self.wide = lru_cache(maxsize=4096)(self._wide)
        self.high = lru_cache(maxsize=4096)(self._high)

    def _wide(self, text: str) -> float:
        """Width of the longest line of the text."""
        return max((self._metrics.horizontalAdvance(line) for line in text.split("\n")), default=0.0)

    def _high(self, text: str, width: float) -> float:
        """Height of the text wrapped at that width."""
        if "\n" not in text and self.wide(text) <= width:
            return self.line
        return self._metrics.boundingRect(QRectF(0, 0, width, _TALLEST), int(_WRAP), text).height()


class _Header(QHeaderView):
    """Wrapped headings on the page's own background."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)

    def sizeHint(self) -> QSize:
        measure = _Measure(QFontMetricsF(self.font()))
        beside = 2 * _BESIDE * measure.line
        sections = (section for section in range(self.count()) if not self.isSectionHidden(section))
        heights = [measure.high(self._heading(each), self.sectionSize(each) - beside) for each in sections]
        return QSize(0, round(max(heights, default=measure.line) + 2 * _ABOVE * measure.line))

    def _heading(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, self.palette().color(theme.GROUND))
        painter.fillRect(rect.adjusted(0, rect.height() - 2, 0, 0), self.palette().color(theme.TRACK))
        line = QFontMetricsF(self.font()).height()
        painter.setFont(self.font())
        painter.setPen(self.palette().color(theme.MUTED))
        box = QRectF(rect).adjusted(_BESIDE * line, 0, -_BESIDE * line, -_ABOVE * line)
        align = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        side = align & Qt.AlignmentFlag.AlignHorizontal_Mask
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignBottom | _WRAP), self._heading(section))
        painter.restore()


class _Cells(QStyledItemDelegate):
    """Draws wrapped cells."""

    def __init__(self, view: "ProgressTableView") -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """A selected row has a mark and another background."""
        painter.save()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        colour = self._view.palette().color
        painter.fillRect(rect, colour(self._plate(index.row(), selected=selected)))
        font = self._view.font()
        line = QFontMetricsF(font).height()
        if selected and index.column() == 0:
            painter.fillRect(QRectF(rect.x(), rect.y(), max(3.0, line * 0.16), rect.height()), colour(theme.MARK))
        painter.setFont(font)
        painter.setPen(colour(theme.INK))
        box = QRectF(rect).adjusted(_BESIDE * line, _ABOVE * line, -_BESIDE * line, -_ABOVE * line)
        side = self._view.table.columns[index.column()].alignment & Qt.AlignmentFlag.AlignHorizontal_Mask
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignTop | _WRAP), self._view.text_at(index))
        painter.restore()

    @staticmethod
    def _plate(row: int, *, selected: bool) -> QPalette.ColorRole:
        if selected:
            return theme.RAISED
        return theme.PANEL if row % 2 == 0 else theme.GROUND


class ProgressTableView(QTableView):
    """The table. Arrows move in it, Tab leaves it, Ctrl+C copies the selected rows or everything.

    Where the columns don't fit even with wrapped text, each day is summed up in one column; to a screen reader it is
    the same table.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = ProgressTable(self.locale())
        self.setHorizontalHeader(_Header(self))
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
        with_font(self.horizontalHeader(), _LETTERS, QFont.Weight.DemiBold)
        self._measure = _Measure(QFontMetricsF(self.font()))
        self._in_one = False

    def text_at(self, index: _Index) -> str:
        if self._in_one and index.column() == 1:
            return _breakable(self.table.in_words(index.row()))
        return self._in_column(str(self.table.data(index)), index.column())

    def _in_column(self, text: str, column: int) -> str:
        """The states of slots break only between slots."""
        return text.replace(" ", SOLID).replace(f",{SOLID}", ", ") if column == 1 else _breakable(text)

    def show_report(self, report: Report) -> None:
        """Show the days of the report and select the newest."""
        self.table.show_report(report)
        self.fit()
        if self.table.rowCount():
            self.setCurrentIndex(self.table.index(0, 0))

    def fit(self) -> None:
        """Size columns and rows to their text, within the width of the view."""
        if not self.table.rowCount():
            return
        self._measure = _Measure(QFontMetricsF(self.font()))
        room = self.viewport().width()
        widths = self._widths(room)
        self._in_one = widths is None
        if widths is None:
            day = self._natural(0)
            widths = [day, room - day, *[1.0] * (self.table.columnCount() - 2)]
        edges = [0, *(round(sum(widths[: place + 1])) for place in range(len(widths)))]
        for column, (left, right) in enumerate(pairwise(edges)):
            self.setColumnHidden(column, self._in_one and column > 1)
            self.setColumnWidth(column, right - left)
        self.horizontalHeader().setVisible(not self._in_one)
        self._fit_rows()
        self.updateGeometries()
        self.viewport().update()

    def _fit_rows(self) -> None:
        line, header = self._measure.line, self.verticalHeader()
        columns = range(2 if self._in_one else self.table.columnCount())
        widths = [self.columnWidth(column) - 2 * _BESIDE * line for column in columns]
        for row in range(self.table.rowCount()):
            texts = (self.text_at(self.table.index(row, column)) for column in columns)
            heights = (self._measure.high(text, width) for text, width in zip(texts, widths, strict=True))
            header.resizeSection(row, round(max(heights) + 2 * _ABOVE * line))

    def _widths(self, room: float) -> list[float] | None:
        """The column widths; None when they don't fit."""
        columns = self.table.columns
        wordy = [number for number, column in enumerate(columns) if number and not column.right]
        widths = [self._least(number, column, last=number == wordy[-1]) for number, column in enumerate(columns)]
        spare = room - sum(widths)
        if spare < 0:
            return None
        for number in wordy:
            more = min(spare, max(0.0, self._natural(number) - widths[number]))
            widths[number] += more
            spare -= more
        if len(wordy) > 1:
            widths[wordy[-1]] += spare
            return widths
        return [width + spare / len(widths) for width in widths]

    def _texts(self, number: int) -> list[str]:
        cells = (self.table.index(row, number) for row in range(self.table.rowCount()))
        return [self._in_column(str(self.table.data(cell)), number) for cell in cells]

    def _natural(self, number: int) -> float:
        """Width of a column in which only the heading wraps."""
        wide = [self._measure.wide(text) for text in self._texts(number)]
        return max([*wide, self._heading(number)]) + self._margins()

    def _least(self, number: int, column: Column, *, last: bool) -> float:
        """Least width of a column: days and numbers don't wrap, text may."""
        natural = self._natural(number)
        if number == 0 or column.right:
            return natural
        if last:
            return max(min(natural, _LEAST_LAST_WORDS * self._measure.line), self._heading(number) + self._margins())
        parts = (self._measure.wide(part) for text in self._texts(number) for part in text.split(" "))
        return max([self._heading(number), *parts]) + self._margins()

    def _margins(self) -> float:
        """Width of the padding, plus a little for rounding."""
        return 2 * _BESIDE * self._measure.line + 2

    def _heading(self, number: int) -> float:
        """Width of a heading wrapped into two lines."""
        measure = _Measure(QFontMetricsF(self.horizontalHeader().font()))
        words = self.table.columns[number].heading.split()
        halves = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words) + 1)]
        return min(max(map(measure.wide, half)) for half in halves)

    def copy(self) -> None:
        """Copy the selected rows, or all when at most one is selected."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        QApplication.clipboard().setText(self.table.as_text(rows if len(rows) > 1 else None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
