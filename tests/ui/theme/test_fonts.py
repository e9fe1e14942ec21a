"""The font that comes with the program."""

from datetime import date

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

from stretchplayer.ui.pages.progress_sheet import sheet_as_pdf
from stretchplayer.ui.theme.palette import pixel_font
from stretchplayer.ui.theme.style import FONT_FAMILY
from tests.progress_data import a_week, report_of
from tests.ui.stage import FONTS

WEIGHTS = (QFont.Weight.Normal, QFont.Weight.DemiBold, QFont.Weight.Bold)
MOST_BYTES = 900_000


@pytest.mark.parametrize("weight", WEIGHTS)
def test_it_is_the_interface_s_in_all_weights(qapp: QApplication, weight: QFont.Weight) -> None:
    font = pixel_font(qapp.font(), 40, weight)
    info = QFontInfo(font)
    assert (info.family(), info.weight()) == (FONT_FAMILY, weight)
    widths = {QFontMetricsF(pixel_font(qapp.font(), 200, each)).horizontalAdvance("Hold") for each in WEIGHTS}
    assert len(widths) == len(WEIGHTS)


@pytest.mark.parametrize(
    "text",
    ["Rückenschmerzen, Übung 1½", "Zażółć gęślą jaźń", "Ελληνικά", "Растяжка", "Giãn cơ đùi", "08:00 – 20:00 … ↑"],
)
def test_it_has_the_letters_of_these_languages(qapp: QApplication, text: str) -> None:
    raw = QRawFont.fromFont(qapp.font())
    assert [letter for letter in text if not raw.supportsCharacter(ord(letter))] == []


def test_other_scripts_come_from_the_system(qapp: QApplication) -> None:
    """The families of the system stand behind ours."""
    assert not QRawFont.fromFont(qapp.font()).supportsCharacter(ord("ש"))
    assert qapp.font().families()[0] == FONT_FAMILY
    assert len(qapp.font().families()) > 1


def test_digits_are_of_equal_width_where_that_is_asked_for(qapp: QApplication) -> None:
    tabular = QFontMetricsF(pixel_font(qapp.font(), 100))
    assert len({tabular.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_a_pdf_brings_it_along(qapp: QApplication) -> None:
    pdf = sheet_as_pdf(report_of(a_week()), QLocale("en_GB"), qapp.font(), date(2026, 3, 1))
    assert b"Inter-Regular" in pdf
    assert b"Inter-Bold" in pdf
    assert b"/FontFile" in pdf


def test_it_is_small(qapp: QApplication) -> None:
    assert sum(file.stat().st_size for file in FONTS.glob("*.ttf")) <= MOST_BYTES
