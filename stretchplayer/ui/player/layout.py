"""The player's layout in a window, as a pure function of its size."""

from dataclasses import dataclass, fields, replace
from typing import Any, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStyle

from stretchplayer.ui.theme.legibility import TextSizes

_DESIGN_WIDTH: Final = 1120.0
_DESIGN_HEIGHT: Final = 760.0
"""The window size in px to which the numbers below apply."""
EMPTY: Final = QRect()
"""A part that isn't shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Rectangles of the parts, in px of the view; an empty one means that the part isn't shown.

    `scale` is 1 at the design size.
    """

    scale: float
    title: QRect
    segments: QRect
    time_left: QRect
    figure: QRect
    leg: QRect
    instruction: QRect
    steps: QRect
    next: QRect
    ring: QRect
    hint: QRect
    controls: QRect
    corner_controls: QRect
    letters: TextSizes | None = None
    """The text sizes that fit, in full screen."""

    def mirrored(self, within: QRect) -> "Arrangement":
        """Mirrored for right-to-left languages."""
        right_to_left = Qt.LayoutDirection.RightToLeft
        turned: dict[str, Any] = {
            name: QStyle.visualRect(right_to_left, within, rect) for name, rect in self.parts().items()
        }
        return replace(self, **turned)

    def parts(self) -> dict[str, QRect]:
        """The rectangles by name, without the empty ones."""
        rects = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: rect for name, rect in rects.items() if isinstance(rect, QRect) and not rect.isEmpty()}


def scale_of(width: int, height: int) -> float:
    """Px per design px."""
    return max(0.5, min(width / _DESIGN_WIDTH, height / _DESIGN_HEIGHT))


def rect_of(x: float, y: float, width: float, height: float) -> QRect:
    """A rectangle in whole px; empty rather than inverted."""
    left, top = round(x), round(y)
    return QRect(left, top, max(round(x + width) - left, 0), max(round(y + height) - top, 0))


def arrange_window(width: int, height: int) -> Arrangement:
    """The player in a window: figure, instruction and steps on the left, the ring on the right, controls below."""
    scale = scale_of(width, height)
    margin = 30 * scale
    inner = width - 2 * margin
    header = 46 * scale
    controls = max(72.0, 84 * scale)
    top = margin * 0.6 + header + 12 * scale
    bottom = height - controls - margin * 0.4
    room = bottom - top
    tall = height > width
    ring_width = inner if tall else inner * 0.42
    ring_height = room * 0.42 if tall else room
    left_width = inner if tall else inner * 0.54
    left_top = top + ring_height + 10 * scale if tall else top
    left_room = bottom - left_top
    figure = left_room * (0.30 if tall else 0.40)
    leg_top = left_top + figure + 12 * scale
    leg = 34 * scale
    instruction_top = leg_top + leg + 8 * scale
    instruction = max(54 * scale, left_room * 0.16)
    steps_top = instruction_top + instruction + 10 * scale
    next_line = 26 * scale
    middle = 360 * max(1.0, scale)
    corner = 124 * max(1.0, scale)
    return Arrangement(
        scale=scale,
        title=rect_of(margin, margin * 0.6, inner * 0.38, header),
        segments=rect_of(margin + inner * 0.40, margin * 0.6 + header / 2 - 4 * scale, inner * 0.32, 8 * scale),
        time_left=rect_of(margin + inner * 0.74, margin * 0.6, inner * 0.26, header),
        figure=rect_of(margin, left_top, left_width, figure),
        leg=rect_of(margin, leg_top, left_width, leg),
        instruction=rect_of(margin, instruction_top, left_width, instruction),
        steps=rect_of(margin, steps_top, left_width, bottom - next_line - 8 * scale - steps_top),
        next=rect_of(margin, bottom - next_line, left_width, next_line),
        ring=rect_of(margin if tall else width - margin - ring_width, top, ring_width, ring_height),
        hint=rect_of(margin, height - controls, max(0.0, (width - middle) / 2 - 10 - margin), controls)
        if not tall
        else EMPTY,
        controls=rect_of((width - middle) / 2, height - controls, middle, controls),
        corner_controls=rect_of(width - margin - corner, height - controls, corner, controls),
    )
