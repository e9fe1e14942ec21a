"""Millimetres on screens that report their size correctly, and on others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.legibility import font_px, px_per_mm, screen_px_per_mm, text_sizes_for

USUAL = 96 / 25.4


@pytest.mark.parametrize(
    ("pixels", "millimetres", "ratio", "density"),
    [
        ((1920, 1080), (531.4, 298.9), 1.0, 3.613),
        ((3840, 2160), (597.7, 336.2), 1.0, 6.425),
        ((1920, 1080), (597.7, 336.2), 2.0, 3.212),
        ((1080, 1920), (298.9, 531.4), 1.0, 3.613),
        ((1080, 1920), (531.4, 298.9), 1.0, 3.613),  # turned, and the size was not
        ((1920, 1080), (1439, 809), 1.0, 1.334),  # a television
        ((800, 800), (200, 200), 1.0, 4.0),
    ],
)
def test_a_believable_size_is_believed(
    pixels: tuple[int, int], millimetres: tuple[float, float], ratio: float, density: float
) -> None:
    assert px_per_mm(QSizeF(*pixels), QSizeF(*millimetres), ratio) == pytest.approx(density, rel=0.002)


@pytest.mark.parametrize(
    "millimetres",
    [(0, 0), (0, 300), (-1, -1), (160, 90), (1600, 900), (900, 1600), (16, 9), (520, 520), (5, 3), (90_000, 50_000)],
)
def test_any_other_is_not(millimetres: tuple[float, float]) -> None:
    assert px_per_mm(QSizeF(1920, 1080), QSizeF(*millimetres)) == pytest.approx(USUAL)


def test_a_large_screen_of_unknown_size_is_not_taken_for_a_wall() -> None:
    assert px_per_mm(QSizeF(3840, 2160), QSizeF(0, 0)) == pytest.approx(6.4)
    assert px_per_mm(QSizeF(2160, 3840), QSizeF(0, 0)) == pytest.approx(6.4)


def test_a_screen_without_pixels_has_some_density_all_the_same() -> None:
    assert px_per_mm(QSizeF(0, 0), QSizeF(500, 300)) == pytest.approx(USUAL)


def test_the_screen_of_the_program_has_one(qapp: object) -> None:
    assert 0.5 < screen_px_per_mm(QGuiApplication.primaryScreen()) < 50


def test_letters_grow_with_the_distance(qapp: object) -> None:
    letters = text_sizes_for(4.0, 2.5, QFont())
    assert (letters.instruction, letters.digits, letters.essential) == (60, 240, 40)
    assert text_sizes_for(4.0, 5.0, QFont()) == letters.times(2)
    assert 1 < letters.line < 3


@given(st.floats(0.5, 500), st.sampled_from([QFont.Weight.Normal, QFont.Weight.DemiBold, QFont.Weight.Bold]))
def test_letters_in_that_font_are_as_high_as_asked_for(qapp: object, cap_height: float, weight: QFont.Weight) -> None:
    pixels = font_px(QFont(), cap_height, weight)
    cap = QFontMetricsF(theme.pixel_font(QFont(), pixels, weight)).capHeight()
    assert cap_height <= cap <= cap_height + 2.5
