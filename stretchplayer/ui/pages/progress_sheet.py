"""The report as one page on paper, for the physiotherapist."""

from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, QRectF, QSizeF
from PySide6.QtGui import QFont, QPainter

from stretchplayer.i18n import _, ngettext
from stretchplayer.progress.adherence import DotState
from stretchplayer.progress.history import WarningSign
from stretchplayer.progress.report import Report
from stretchplayer.ui.charts.balance import draw_balance
from stretchplayer.ui.charts.bars import draw_bars
from stretchplayer.ui.charts.calendar import draw_calendar, draw_legend, shown_states
from stretchplayer.ui.charts.chart import ChartStyle
from stretchplayer.ui.charts.line import draw_line
from stretchplayer.ui.charts.paper import Paper, Sheet, as_pdf, save_pdf
from stretchplayer.ui.pages.progress_cards import line_data, measures
from stretchplayer.ui.text import progress as words
from stretchplayer.ui.text.dates import short_date
from stretchplayer.ui.theme import palette as theme

_MOST_DAYS: Final = 8
"""Beyond this many, reported days are counted, not listed."""
_LOWER: Final = 0.7
"""The height of charts where there are those of holds and those of repetitions, by the usual one."""


def sheet_as_pdf(report: Report, locale: QLocale, font: QFont, made: date) -> bytes:
    """The report as a one-page PDF, dated `made`."""

    def draw(paper: Paper) -> None:
        ProgressSheet(paper.painter, paper.size, report, locale=locale, font=font, unit=paper.unit).draw(made)

    return as_pdf(_("Stretching: progress"), locale, draw)


def save_sheet(path: Path, report: Report, locale: QLocale, font: QFont, made: date) -> None:
    """Write the PDF; StorageError when that fails."""
    save_pdf(path, sheet_as_pdf(report, locale, font, made))


class ProgressSheet(Sheet):
    def __init__(
        self, painter: QPainter, size: QSizeF, report: Report, *, locale: QLocale, font: QFont, unit: float
    ) -> None:
        super().__init__(painter, size, locale=locale, font=font, unit=unit)
        self._report = report
        both = report.held_ms.total > 0 and report.repetitions.total > 0
        self._lower = _LOWER if both else 1.0
        self._small = ChartStyle(palette=theme.palette(theme.LIGHT), font=font, unit=unit * 0.84)

    def draw(self, made: date) -> float:
        """Draw everything; return the room left."""
        self._draw_foot(made)
        self._draw_head()
        self._draw_figures()
        self._draw_calendar()
        self._draw_weeks_and_sides()
        self._draw_measures()
        self._draw_reported()
        self._draw_notes()
        return self._bottom - self._y

    # Parts

    def _draw_head(self) -> None:
        self._text(_("Stretching: progress"), 22, weight=QFont.Weight.Bold, role=theme.INK)
        self._text(words.period_text(self._locale, self._report), 13)
        self._space(10)

    def _draw_foot(self, made: date) -> None:
        told = words.how_compared(self._locale)
        signed = _("Made with Stretch Player on {day}; self-reported.").format(day=short_date(self._locale, made))
        text = f"{told}\n{signed}"
        height = self._height(text, 10.5, self._size.width())
        box = QRectF(0, self._size.height() - height, self._size.width(), height)
        self._write(box, text, self._style.font_at(10.5))
        self._bottom = self._size.height() - height - 8 * self._unit

    def _draw_figures(self) -> None:
        figures = words.figures(self._report)
        across = self._size.width() / len(figures)
        for number, (name, value, told) in enumerate(figures):
            x, line = number * across, 17 * self._unit
            self._line(QRectF(x, self._y, across, line), name, 12)
            self._line(QRectF(x, self._y + line, across, line * 1.5), value, 20, weight=QFont.Weight.Bold)
            self._line(QRectF(x, self._y + line * 2.5, across, line), told, 12)
        self._y += 17 * 3.5 * self._unit
        self._space(12)

    def _draw_calendar(self) -> None:
        days = self._report.days
        self._heading(_("Sessions by day"))
        box = QRectF(0, self._y, self._size.width(), self._size.height())
        self._y += draw_calendar(self._painter, box, days, self._small, self._locale, mark_today=False)
        self._space(6)
        states = shown_states(days) or (DotState.DONE,)
        legend = [(state, words.dot_label(state)) for state in states]
        box.moveTop(self._y)
        self._y += draw_legend(self._painter, box, legend, self._small)
        self._space(14)

    def _draw_weeks_and_sides(self) -> None:
        """Draw a row of charts for holds and one for repetitions; of the two what there is."""
        report, done = self._report, self._report.repetitions
        if report.held_ms.total or not done.total:
            told = (words.weeks_text(report), words.balance_text(report.held_ms))
            headings = (_("Minutes per week"), _("Left and right"))
            legs = (report.held_ms.left, report.held_ms.right)
            self._draw_done(headings, told, legs, words.side_labels(report.held_ms))
        if done.total:
            has_legs = done.left + done.right > 0
            told = (words.repetition_weeks_text(report), words.repetition_balance_text(done) if has_legs else "")
            headings = (_("Repetitions per week"), _("Repetitions, left and right") if has_legs else "")
            labels = words.side_labels(done, str)
            self._draw_done(headings, told, (done.left, done.right), labels, repetitions=True)

    def _draw_done(
        self,
        headings: tuple[str, str],
        told: tuple[str, str],
        legs: tuple[int, int],
        labels: tuple[str, str],
        *,
        repetitions: bool = False,
    ) -> None:
        """Draw bars for the weeks, and beside them for the legs, unless those have no heading."""
        gap, height = 26 * self._unit, 104 * self._unit * self._lower
        across = (self._size.width() - gap) / 2
        top = self._y
        self._heading(headings[1], x=across + gap, width=across)
        self._y = top
        self._heading(headings[0], width=across)
        weeks, sides = (QRectF(x, self._y, across, height) for x in (0, across + gap))
        draw_bars(self._painter, weeks, self._small, self._report.weeks, self._locale, repetitions=repetitions)
        if headings[1]:
            draw_balance(self._painter, sides, self._small, legs, labels)
        self._y += height + 2 * self._unit
        self._columns(told, across, gap)
        self._space(14)

    def _draw_measures(self) -> None:
        report = self._report
        there = [measure for measure in measures(report) if measure.series.points]
        if not there:
            self._text(_("Pain and reach were not recorded."), 12)
            return
        gap = 22 * self._unit
        across = (self._size.width() - gap * (len(there) - 1)) / len(there)
        top, height = self._y, 112 * self._unit * self._lower
        for number, measure in enumerate(there):
            x = number * (across + gap)
            self._y = top
            self._heading(measure.title, x=x, width=across)
            box = QRectF(x, self._y, across, height)
            draw_line(self._painter, box, self._small, line_data(measure, report), self._locale)
        self._y += height + 2 * self._unit
        told = tuple(words.series_text(self._locale, measure.series, measure.unit) for measure in there)
        self._columns(told, across, gap)
        self._space(10)

    def _draw_reported(self) -> None:
        for sign in WarningSign:
            days = [row.calendar.day for row in self._report.rows if row.pain and sign in row.pain.signs]
            if days:
                listed = ", ".join(short_date(self._locale, day) for day in days[:_MOST_DAYS])
                more = len(days) - _MOST_DAYS
                if more > 0:
                    listed = ngettext("{days} and {n} more day", "{days} and {n} more days", more).format(
                        days=listed, n=more
                    )
                self._text_if_room(_("Reported “{sign}”: {days}").format(sign=words.sign_label(sign), days=listed), 12)

    def _draw_notes(self) -> None:
        """Write as many notes as fit, newest first."""
        for row in self._report.rows:
            if row.note:
                note = " ".join(row.note.split())
                self._text_if_room(f"{short_date(self._locale, row.calendar.day)}: {note}", 12)

    def _columns(self, texts: tuple[str, ...], across: float, gap: float) -> None:
        highest = max(self._height(text, 12, across) for text in texts)
        for number, text in enumerate(texts):
            self._write(QRectF(number * (across + gap), self._y, across, highest), text, self._style.font_at(12))
        self._y += highest
