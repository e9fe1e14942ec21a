"""The Progress page as a table, for screen readers and for copying."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt

from stretchplayer.i18n import _
from stretchplayer.progress.history import BySide
from stretchplayer.progress.report import DayRow, Report
from stretchplayer.ui.text import progress as words
from stretchplayer.ui.text.dates import short_date

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
Role = Qt.ItemDataRole
SOLID: Final = "\u00a0"
"""No-break space."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading, and what is shown and copied of a day. Copies are machine-readable.

    `right` columns hold numbers, the others text that may wrap. `says_itself` means that the text needs no heading.
    """

    heading: str
    shown: Callable[[DayRow], str]
    copied_heading: str
    copied: Callable[[DayRow], str]
    right: bool = True
    says_itself: bool = False

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class ProgressTable(QAbstractTableModel):
    """A row per day, newest first."""

    def __init__(self, locale: QLocale) -> None:
        super().__init__()
        self._locale = locale
        self._rows: tuple[DayRow, ...] = ()
        self.columns: tuple[Column, ...] = ()
        """The day is first, the state of its slots second."""

    def show_report(self, report: Report) -> None:
        """Show the days of the report, without empty columns."""
        self.beginResetModel()
        self._rows = report.rows
        self.columns = tuple(self._columns_for(report))
        self.endResetModel()

    def _columns_for(self, report: Report) -> list[Column]:
        columns = [
            Column(
                heading=_("Day"), shown=lambda row: short_date(self._locale, row.calendar.day),
                copied_heading=_("Day"), copied=lambda row: row.calendar.day.isoformat(), right=False,
            ),
            self._text(_("Sessions"), lambda row: words.slots_text(self._locale, row.calendar)),
        ]  # fmt: skip
        totals = [row.total for row in report.rows if row.total]
        repetitions = any(total.repetitions.total for total in totals)
        if any(total.held_ms.total for total in totals) or not repetitions:
            columns.append(self._held(_("Left"), _("Left (s)"), lambda held_ms: held_ms.left))
            columns.append(self._held(_("Right"), _("Right (s)"), lambda held_ms: held_ms.right))
        if any(total.held_ms.both for total in totals):
            columns.append(self._held(_("No sides"), _("No sides (s)"), lambda held_ms: held_ms.both))
        if any(total.repetitions.left or total.repetitions.right for total in totals):
            columns.append(self._done(_("Repetitions left"), lambda done: done.left))
            columns.append(self._done(_("Repetitions right"), lambda done: done.right))
        if any(total.repetitions.both for total in totals):
            columns.append(self._done(_("Repetitions, no sides"), lambda done: done.both))
        if any(row.pain for row in report.rows):
            columns += [
                self._number(_("Back pain"), lambda row: row.pain.back if row.pain else None),
                self._number(_("Leg pain"), lambda row: row.pain.leg if row.pain else None),
                self._text(_("Reported"), self._signs),
            ]
        if any(row.reach_cm is not None for row in report.rows):
            columns.append(self._number(_("To the floor (cm)"), lambda row: row.reach_cm))
        if any(row.note for row in report.rows):
            columns.append(self._text(_("Note"), lambda row: row.note))
        return columns

    @staticmethod
    def _held(heading: str, copied: str, which: Callable[[BySide], int]) -> Column:
        def held_ms(row: DayRow) -> int:
            return which(row.total.held_ms) if row.total else 0

        return Column(
            heading=heading,
            shown=lambda row: words.long_duration(held_ms(row)) if held_ms(row) else "",
            copied_heading=copied,
            copied=lambda row: str(held_ms(row) // 1000),
        )

    @staticmethod
    def _done(heading: str, which: Callable[[BySide], int]) -> Column:
        def done(row: DayRow) -> int:
            return which(row.total.repetitions) if row.total else 0

        return Column(
            heading=heading,
            shown=lambda row: str(done(row) or ""),
            copied_heading=heading,
            copied=lambda row: str(done(row)),
        )

    def _number(self, heading: str, which: Callable[[DayRow], float | None]) -> Column:
        def shown(row: DayRow) -> str:
            value = which(row)
            return "" if value is None else words.number(self._locale, value)

        return Column(heading=heading, shown=shown, copied_heading=heading, copied=shown)

    @staticmethod
    def _text(heading: str, which: Callable[[DayRow], str]) -> Column:
        return Column(heading=heading, shown=which, copied_heading=heading, copied=which, right=False, says_itself=True)

    @staticmethod
    def _signs(row: DayRow) -> str:
        return ", ".join(words.sign_label(sign) for sign in sorted(row.pain.signs)) if row.pain else ""

    def day(self, row: int) -> date:
        return self._rows[row].calendar.day

    def row_of(self, day: date) -> int:
        """The row of this day, or else the newest."""
        return next((number for number, row in enumerate(self._rows) if row.calendar.day == day), 0)

    def as_text(self, rows: range | list[int] | None = None) -> str:
        """Headings and rows (all by default) as tab-separated lines."""
        chosen = range(len(self._rows)) if rows is None else rows
        lines = [[column.copied_heading for column in self.columns]]
        lines += [[column.copied(self._rows[number]) for column in self.columns] for number in chosen]
        return "".join("\t".join(" ".join(cell.split()) for cell in line) + "\n" for line in lines)

    def in_words(self, row: int) -> str:
        """All cells of a day but the first as text, for where the columns don't fit."""
        shown = [(column, column.shown(self._rows[row])) for column in self.columns[1:]]
        numbers = [
            f"{column.heading}{SOLID}{text.replace(' ', SOLID)}"
            for column, text in shown
            if text and not column.says_itself
        ]
        texts = [text for column, text in shown if text and column.says_itself]
        return "\n".join(filter(None, (*texts[:1], f"{SOLID}· ".join(numbers), *texts[1:])))

    # Qt

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Role.DisplayRole) -> object:
        column = self.columns[index.column()]
        if role in {Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole}:
            return column.shown(self._rows[index.row()])
        if role == Role.TextAlignmentRole:
            return column.alignment
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self.columns[section].heading
        if role == Role.TextAlignmentRole:
            return self.columns[section].alignment
        return None
