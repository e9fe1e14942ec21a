"""The report as one page on paper, for the physiotherapist."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QLocale, QRectF
from PySide6.QtGui import QFont

from stretchplayer.i18n import _, ngettext
from stretchplayer.progress.adherence import DotState
from stretchplayer.progress.history import WarningSign
from stretchplayer.progress.report import Report
from stretchplayer.ui.charts.calendar import draw_calendar, draw_legend, shown_states
from stretchplayer.ui.charts.chart import ChartStyle
from stretchplayer.ui.charts.paper import Paper, Sheet, as_pdf
from stretchplayer.ui.pages.progress_pictures import Picture, of_holds, of_measures, of_repetitions
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
        ProgressSheet(paper, report, locale=locale, font=font).draw(made)

    return as_pdf(_("Stretching: progress"), locale, draw)


class ProgressSheet(Sheet):
    def __init__(self, paper: Paper, report: Report, *, locale: QLocale, font: QFont) -> None:
        super().__init__(paper, locale=locale, font=font)
        self._report = report
        both = report.held_ms.total > 0 and report.repetitions.total > 0
        self._lower = _LOWER if both else 1.0
        self._small = ChartStyle(palette=theme.palette(theme.LIGHT), font=font, unit=paper.unit * 0.84)

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
        report = self._report
        for pictures_of in (of_holds, of_repetitions):
            if pictures := pictures_of(report, report.weeks, self._locale):
                self._draw_row(pictures, columns=2, gap=26, height=104, below=14)

    def _draw_measures(self) -> None:
        if pictures := of_measures(self._report, self._locale):
            self._draw_row(pictures, columns=len(pictures), gap=22, height=112, below=10)
        else:
            self._text(_("Pain and reach were not recorded."), 12)

    def _draw_row(self, pictures: Sequence[Picture], *, columns: int, gap: int, height: int, below: int) -> None:
        """Draw pictures beside one another, what they tell below them; sizes are in design px."""
        gap_px, height_px = gap * self._unit, height * self._unit * self._lower
        across = (self._size.width() - gap_px * (columns - 1)) / columns
        places = [column * (across + gap_px) for column in range(columns)]
        top = self._y
        for x, picture in zip(places, pictures, strict=False):
            self._y = top
            self._heading(picture.title, x=x, width=across)
            picture.draw(self._painter, QRectF(x, self._y, across, height_px), self._small)
        self._y += height_px + 2 * self._unit
        for x, picture in zip(places, pictures, strict=False):
            box = QRectF(x, self._y, across, self._height(picture.told, 12, across))
            self._write(box, picture.told, self._style.font_at(12))
        self._y += max(self._height(picture.told, 12, across) for picture in pictures)
        self._space(below)

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
