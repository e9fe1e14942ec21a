"""Colours and fonts."""

import math
from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from stretchplayer.settings import Appearance
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.palette import DARK, LIGHT, Colours
from stretchplayer.ui.theme.style import Theme
from tests.ui.stage import FONTS

BOTH = pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = QColor(colour)
    channels = (parts.redF(), parts.greenF(), parts.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else math.pow((c + 0.055) / 1.055, 2.4) for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_is_measured_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@BOTH
@pytest.mark.parametrize("surface", ["ground", "panel", "raised"])
@pytest.mark.parametrize("text", ["ink", "muted"])
def test_text_can_be_read(colours: Colours, text: str, surface: str) -> None:
    """WCAG level AAA asks for 7:1 for text."""
    assert contrast(getattr(colours, text), getattr(colours, surface)) >= 7


@BOTH
def test_words_on_plates_and_in_colour_can_be_read(colours: Colours) -> None:
    assert contrast(colours.ground, colours.ink) >= 7
    assert contrast(colours.ground, colours.muted) >= 7
    assert contrast(colours.movement, colours.ground) >= 7
    assert contrast(colours.on_accent, colours.accent) >= 7
    assert contrast(colours.danger, colours.raised) >= 7


@BOTH
@pytest.mark.parametrize("surface", ["ground", "panel"])
@pytest.mark.parametrize("graphic", ["movement", "done"])
def test_graphics_stand_out(colours: Colours, graphic: str, surface: str) -> None:
    """WCAG asks for 3:1 for graphics."""
    assert contrast(getattr(colours, graphic), getattr(colours, surface)) >= 3


@BOTH
def test_every_colour_has_a_role_of_its_own(colours: Colours) -> None:
    made = theme.palette(colours)
    roles = {
        "ground": theme.GROUND, "panel": theme.PANEL, "raised": theme.RAISED, "track": theme.TRACK, "ink": theme.INK,
        "muted": theme.MUTED, "accent": theme.ACCENT, "on_accent": theme.ON_ACCENT, "movement": theme.MOVEMENT,
        "done": theme.DONE, "danger": theme.DANGER,
    }  # fmt: skip
    assert set(roles) == {field.name for field in fields(Colours)}
    assert len(set(roles.values())) == len(roles)
    for name, role in roles.items():
        assert made.color(role).name().upper() == getattr(colours, name)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.ToolTipText):
        assert made.color(role).name().upper() == colours.ink
    assert colours.accent not in {made.color(QPalette.ColorRole.Highlight).name().upper(), colours.movement}
    assert made.color(QPalette.ColorGroup.Disabled, theme.INK).name().upper() == colours.muted


@pytest.mark.parametrize(("appearance", "colours"), [(Appearance.LIGHT, LIGHT), (Appearance.DARK, DARK)])
def test_the_person_s_choice_holds(qapp: QApplication, appearance: Appearance, colours: Colours) -> None:
    made = Theme(qapp, Appearance.SYSTEM, FONTS)
    made.choose(appearance)
    assert qapp.palette().color(theme.GROUND).name().upper() == colours.ground


def test_the_system_s_choice_is_dark_unless_it_is_light(qapp: QApplication) -> None:
    Theme(qapp, Appearance.SYSTEM, FONTS)
    assert qapp.palette().color(theme.GROUND).name().upper() in {DARK.ground, LIGHT.ground}


def test_a_font_has_at_least_a_pixel_and_digits_of_equal_width(qapp: QApplication) -> None:
    assert theme.pixel_font(qapp.font(), 0).pixelSize() == 1
    metrics = QFontMetricsF(theme.pixel_font(qapp.font(), 200))
    assert len({round(metrics.horizontalAdvance(digit), 3) for digit in "0123456789"}) == 1
