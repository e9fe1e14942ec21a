"""The report as one page on paper, for the physiotherapist: a PDF, always in light colours."""

from datetime import date
from math import ceil
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPalette, QPdfWriter

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _, ngettext
from stretchplayer.progress.adherence import DotState
from stretchplayer.progress.history import WarningSign
from stretchplayer.progress.report import Report
from stretchplayer.ui.charts.balance import draw_balance
from stretchplayer.ui.charts.bars import draw_bars
from stretchplayer.ui.charts.calendar import draw_calendar, draw_legend, shown_states
from stretchplayer.ui.charts.chart import ChartStyle, write
from stretchplayer.ui.charts.line import draw_line
from stretchplayer.ui.pages.progress_cards import line_data, measures
from stretchplayer.ui.text import progress as words
from stretchplayer.ui.text.dates import short_date
from stretchplayer.ui.theme import palette as theme

DPI: Final = 300
_DESIGN_DPI: Final = 96
_MARGIN_MM: Final = 13.0
_LETTER_COUNTRIES: Final = frozenset(
    getattr(QLocale.Country, name)
    for name in (
        "UnitedStates", "Canada", "Mexico", "Chile", "Colombia", "CostaRica", "ElSalvador", "Guatemala", "Nicaragua",
        "Panama", "Philippines", "PuertoRico", "Venezuela", "Belize",
    )
)  # fmt: skip
"""Countries that use Letter paper (Unicode CLDR supplemental data, paperSize)."""
_NORMAL: Final = QFont.Weight.Normal
_MOST_DAYS: Final = 8
"""Beyond this many, reported days are counted, not listed."""


def paper_of(locale: QLocale) -> QPageSize.PageSizeId:
    letter = locale.territory() in _LETTER_COUNTRIES
    return QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4


def sheet_as_pdf(report: Report, locale: QLocale, font: QFont, made: date) -> bytes:
    """The report as a one-page PDF, dated `made`."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setTitle(_("Stretching: progress"))
    writer.setCreator("Stretch Player")
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    paper = QPageSize(paper_of(locale))
    writer.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    size = writer.pageLayout().paintRectPixels(DPI).size()
    painter = QPainter(writer)
    Sheet(painter, QSizeF(size), report, locale=locale, font=font, unit=DPI / _DESIGN_DPI).draw(made)
    painter.end()
    return bytes(buffer.data().data())


def save_sheet(path: Path, report: Report, locale: QLocale, font: QFont, made: date) -> None:
    """Write the PDF; StorageError when that fails."""
    data = sheet_as_pdf(report, locale, font, made)
    try:
        path.touch(mode=0o600)  # for its owner only, unless it is there already
        path.write_bytes(data)
    except OSError as error:
        raise StorageError(
            _("{path} can't be written ({strerror}); choose another place.").format(path=path, strerror=error.strerror)
        ) from error


class Sheet:
    """Draws the page from top to bottom. `unit` is painter px per design px."""

    def __init__(
        self, painter: QPainter, size: QSizeF, report: Report, *, locale: QLocale, font: QFont, unit: float
    ) -> None:
        self._painter = painter
        self._size = size
        self._report = report
        self._locale = locale
        self._style = ChartStyle(palette=theme.palette(theme.LIGHT), font=font, unit=unit)
        self._small = ChartStyle(palette=theme.palette(theme.LIGHT), font=font, unit=unit * 0.84)
        self._unit = unit
        self._y = 0.0
        self._bottom = size.height()

    def draw(self, made: date) -> float:
        """Draw everything; return the room left."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
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
        report, gap = self._report, 26 * self._unit
        across = (self._size.width() - gap) / 2
        top = self._y
        self._heading(_("Minutes per week"), width=across)
        self._y = top
        self._heading(_("Left and right"), x=across + gap, width=across)
        height = 104 * self._unit
        draw_bars(self._painter, QRectF(0, self._y, across, height), self._small, report.weeks, self._locale)
        sides = QRectF(across + gap, self._y, across, height)
        draw_balance(self._painter, sides, self._small, report.held, words.side_labels(report.held))
        self._y += height + 2 * self._unit
        told = (words.weeks_text(report), words.balance_text(report.held))
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
        top, height = self._y, 112 * self._unit
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

    # Text

    def _space(self, pixels: float) -> None:
        self._y += pixels * self._unit

    def _heading(self, text: str, *, x: float = 0.0, width: float | None = None) -> None:
        box = QRectF(x, self._y, self._size.width() if width is None else width, 20 * self._unit)
        self._line(box, text, 13.5, weight=QFont.Weight.DemiBold)
        self._y += 24 * self._unit

    def _line(self, box: QRectF, text: str, pixels: float, *, weight: QFont.Weight = _NORMAL) -> None:
        """Write one line, smaller if the box is too narrow for it."""
        width = QFontMetricsF(self._style.font_at(pixels, weight)).horizontalAdvance(text)
        pixels *= min(1.0, box.width() / max(width, 1.0))
        write(self._painter, self._style, box, text, role=theme.INK, pixels=pixels, weight=weight)

    def _text(
        self, text: str, pixels: float, *, weight: QFont.Weight = _NORMAL, role: QPalette.ColorRole = theme.MUTED
    ) -> None:
        """Write a paragraph as wide as the page."""
        height = self._height(text, pixels, self._size.width(), weight)
        box = QRectF(0, self._y, self._size.width(), height)
        self._write(box, text, self._style.font_at(pixels, weight), role)
        self._y += height

    def _text_if_room(self, text: str, pixels: float) -> None:
        if self._y + self._height(text, pixels, self._size.width()) <= self._bottom:
            self._text(text, pixels, role=theme.INK)

    def _columns(self, texts: tuple[str, ...], across: float, gap: float) -> None:
        highest = max(self._height(text, 12, across) for text in texts)
        for number, text in enumerate(texts):
            self._write(QRectF(number * (across + gap), self._y, across, highest), text, self._style.font_at(12))
        self._y += highest

    def _write(self, box: QRectF, text: str, font: QFont, role: QPalette.ColorRole = theme.MUTED) -> None:
        self._painter.setFont(font)
        self._painter.setPen(self._style.colour(role))
        self._painter.drawText(box, int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip), text)

    def _height(self, text: str, pixels: float, width: float, weight: QFont.Weight = _NORMAL) -> float:
        metrics = QFontMetricsF(self._style.font_at(pixels, weight), self._painter.device())
        flags = Qt.TextFlag.TextWordWrap
        return ceil(metrics.boundingRect(QRectF(0, 0, width, 1e6), int(flags), text).height())
