"""A sheet of paper: a PDF or a printer's pages, always in light colours."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
)
from PySide6.QtWidgets import QWidget

from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.ui.charts.chart import ChartStyle, write
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.widgets.files import FileChooser

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


def paper_of(locale: QLocale) -> QPageSize.PageSizeId:
    letter = locale.territory() in _LETTER_COUNTRIES
    return QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4


def page_layout(locale: QLocale) -> QPageLayout:
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    paper = QPageSize(paper_of(locale))
    return QPageLayout(paper, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Where a sheet is painted. `unit` is painter px per design px."""

    device: QPagedPaintDevice
    painter: QPainter
    size: QSizeF
    unit: float


def draw_on(device: QPagedPaintDevice, dpi: int, draw: Callable[[Paper], None]) -> None:
    """Draw on a device whose pages are laid out."""
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    size = QSizeF(device.pageLayout().paintRectPixels(dpi).size())
    draw(Paper(device=device, painter=painter, size=size, unit=dpi / _DESIGN_DPI))
    painter.end()


def as_pdf(title: str, locale: QLocale, draw: Callable[[Paper], None]) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setTitle(title)
    writer.setCreator("Stretch Player")
    writer.setPageLayout(page_layout(locale))
    draw_on(writer, DPI, draw)
    return bytes(buffer.data().data())


def save_pdf(path: Path, data: bytes) -> None:
    """Write the PDF; StorageError when that fails."""
    try:
        path.touch(mode=0o600)  # for its owner only, unless it is there already
        path.write_bytes(data)
    except OSError as error:
        raise StorageError(
            _("{path} can't be written ({strerror}); choose another place.").format(path=path, strerror=error.strerror)
        ) from error


def offer_pdf(
    files: FileChooser, window: QWidget, name: str, make: Callable[[], bytes], tell: Callable[[str], None]
) -> None:
    """Ask where to save a PDF, save it there, and tell how that went."""

    def save(path: Path) -> None:
        try:
            save_pdf(path, make())
        except StorageError as error:
            tell(str(error))
        else:
            tell(_("Saved as {path}.").format(path=path))

    files.place_to_save(window, _("Save as PDF"), name, _("PDF (*.pdf)"), save)


class Sheet:
    """Writes from top to bottom."""

    def __init__(self, paper: Paper, *, locale: QLocale, font: QFont) -> None:
        self._painter = paper.painter
        self._size = paper.size
        self._locale = locale
        self._style = ChartStyle(palette=theme.palette(theme.LIGHT), font=font, unit=paper.unit)
        self._unit = paper.unit
        self._y = 0.0
        self._bottom = paper.size.height()

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

    def _write(self, box: QRectF, text: str, font: QFont, role: QPalette.ColorRole = theme.MUTED) -> None:
        self._painter.setFont(font)
        self._painter.setPen(self._style.colour(role))
        self._painter.drawText(box, int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip), text)

    def _height(self, text: str, pixels: float, width: float, weight: QFont.Weight = _NORMAL) -> float:
        metrics = QFontMetricsF(self._style.font_at(pixels, weight), self._painter.device())
        flags = Qt.TextFlag.TextWordWrap
        return ceil(metrics.boundingRect(QRectF(0, 0, width, 1e6), int(flags), text).height())
