"""The program's icon."""

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from stretchplayer.ui.theme.icons import APP_ICON, APP_ICON_SIZES, app_icon, render_svg
from stretchplayer.ui.theme.palette import DARK
from tests.ui.pictures import look_alike
from tests.ui.stage import ICONS

SHIPPED = ICONS.parents[1] / "packaging" / "icons"


def colours(image: QImage) -> set[str]:
    plain = image.convertToFormat(QImage.Format.Format_ARGB32)  # its bits don't keep it
    pixels = set(memoryview(bytes(plain.constBits())).cast("I"))
    return {colour.name().upper() for colour in map(QColor.fromRgba, pixels) if colour.alpha()}


@pytest.mark.parametrize("size", APP_ICON_SIZES)
def test_every_size_shows_ring_and_leg_in_the_palette_s_colours(qapp: QApplication, size: int) -> None:
    image = render_svg(QSvgRenderer(str(ICONS / APP_ICON)), size)
    assert image.size().toTuple() == (size, size)
    assert image.pixelColor(0, 0).alpha() == 0
    near = 60 if size < 32 else 6
    shown = colours(image)
    for wanted in (DARK.accent, DARK.movement, DARK.panel):
        assert any(distance(wanted, each) <= near for each in shown), wanted


def distance(one: str, other: str) -> int:
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return max(abs(a - b) for a, b in pairs)


def test_windows_get_it_in_more_than_one_size(qapp: QApplication) -> None:
    icon = app_icon(ICONS)
    assert {16, 48} <= {size.width() for size in icon.availableSizes()}


@pytest.mark.parametrize("size", APP_ICON_SIZES)
def test_the_pictures_that_are_shipped_are_those_of_the_drawing(qapp: QApplication, size: int) -> None:
    shipped = QImage(str(SHIPPED / "hicolor" / f"{size}x{size}" / "apps" / "stretchplayer.png"))
    assert look_alike(shipped, render_svg(QSvgRenderer(str(ICONS / APP_ICON)), size))
