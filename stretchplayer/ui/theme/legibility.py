"""How large text has to be to be read from the floor, in screen px.

Sizes are cap heights in mm per metre of viewing distance: 6 mm/m is about 20 minutes of arc, four times what normal
sight can just make out.
"""

from dataclasses import dataclass
from math import floor
from typing import Final

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QFontMetricsF, QScreen

from stretchplayer.ui.theme import palette as theme

INSTRUCTION_MM_PER_M: Final = 6.0
DIGITS_MM_PER_M: Final = 4 * INSTRUCTION_MM_PER_M
ESSENTIAL_MM_PER_M: Final = 4.0
"""Whatever else is shown and needed."""

_MM_PER_INCH: Final = 25.4
_USUAL_DPI: Final = 96.0
_WIDEST_GUESS_MM: Final = 600.0
"""The width of a 27″ screen. A screen of unknown size is taken for no larger: rather too large letters."""
_DPI: Final = (20.0, 700.0)
"""Between a television that fills a wall and the finest telephone, in px of the device."""
_PLACEHOLDERS_MM: Final = frozenset({(1600, 900), (1600, 1000), (160, 90), (160, 100), (16, 9), (16, 10)})
"""What televisions and projectors put into EDID in place of a size; it means only a shape."""
_SHAPE_OFF: Final = 0.15
"""Pixels are square: a size that makes them more oblong than this is not that of the screen."""
_PROBE_PX: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSizes:
    """Cap heights in px, and the line height in cap heights."""

    instruction: float
    digits: float
    essential: float
    line: float

    def times(self, factor: float) -> "TextSizes":
        return TextSizes(
            instruction=self.instruction * factor,
            digits=self.digits * factor,
            essential=self.essential * factor,
            line=self.line,
        )


NO_DISTANCE: Final = TextSizes(instruction=0.06, digits=0.24, essential=0.04, line=1.6)
"""TextSizes that are read from close by: any screen is large enough."""


def px_per_mm(pixels: QSizeF, reported_mm: QSizeF, device_pixel_ratio: float = 1.0) -> float:
    """Logical px per mm of a screen of `pixels` logical px that reports a size of `reported_mm`.

    A rotated screen may report its unrotated size. If the size is missing or implausible, assume 96 logical px per
    inch, as systems choose their scaling for that, but a screen no larger than most.
    """
    longest = max(pixels.width(), pixels.height())
    usual = max(_USUAL_DPI / _MM_PER_INCH, longest / _WIDEST_GUESS_MM)
    width_mm, height_mm = reported_mm.width(), reported_mm.height()
    if min(width_mm, height_mm, pixels.width(), pixels.height()) <= 0 or _is_placeholder(width_mm, height_mm):
        return usual
    if (width_mm > height_mm) is not (pixels.width() > pixels.height()):
        width_mm, height_mm = height_mm, width_mm
    across, down = pixels.width() / width_mm, pixels.height() / height_mm
    density = (across + down) / 2
    plausible = _DPI[0] <= density * device_pixel_ratio * _MM_PER_INCH <= _DPI[1]
    return density if plausible and abs(across / down - 1) <= _SHAPE_OFF else usual


def _is_placeholder(width_mm: float, height_mm: float) -> bool:
    return (round(max(width_mm, height_mm)), round(min(width_mm, height_mm))) in _PLACEHOLDERS_MM


def screen_px_per_mm(screen: QScreen) -> float:
    """Logical px per millimetre of a screen."""
    return px_per_mm(QSizeF(screen.size()), screen.physicalSize(), screen.devicePixelRatio())


def text_sizes_for(density: float, distance_m: float, font: QFont) -> TextSizes:
    """The sizes legible from `distance_m` on a screen with `density` px per mm."""
    metrics = QFontMetricsF(theme.pixel_font(font, _PROBE_PX, QFont.Weight.DemiBold))
    return TextSizes(
        instruction=INSTRUCTION_MM_PER_M * distance_m * density,
        digits=DIGITS_MM_PER_M * distance_m * density,
        essential=ESSENTIAL_MM_PER_M * distance_m * density,
        line=metrics.lineSpacing() / metrics.capHeight(),
    )


def font_px(font: QFont, cap_height: float, weight: QFont.Weight = QFont.Weight.Normal) -> int:
    """The smallest size in px at which capital letters of `font` are at least `cap_height` px tall."""
    metrics = QFontMetricsF(theme.pixel_font(font, _PROBE_PX, weight))
    pixels = max(1, floor(_PROBE_PX * cap_height / metrics.capHeight()))
    # Hinting rounds heights to whole px, so they don't scale exactly.
    while QFontMetricsF(theme.pixel_font(font, pixels, weight)).capHeight() < cap_height:
        pixels += 1
    return pixels
