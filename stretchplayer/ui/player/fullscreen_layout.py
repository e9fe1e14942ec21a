"""The full-screen player layout, as a pure function of the view's size and the text sizes needed.

Most to least essential: digits, instruction, leg, figure, next step, header. With room to spare, all text grows
alike. With too little, the digits fill more of the ring, then the header goes, then the next step. If even that isn't
enough for the distance, only the header goes, and all text shrinks alike to what fits.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect

from stretchplayer.ui.player.layout import EMPTY, Arrangement, rect_of, scale_of
from stretchplayer.ui.player.leg_chip import CAP_SHARE
from stretchplayer.ui.theme.legibility import NO_DISTANCE, TextSizes

_MARGIN_SHARE: Final = 0.05
"""5 % margins: some screens cut off their edges."""
_COMFORTABLE: Final = 0.30
MOST_DIGITS: Final = 0.40
"""Height of the digits in ring diameters: where there is room, and at most."""
_GAP_SHARE: Final = 0.022
_BAR_SHARE: Final = 0.007
"""Space between parts and the height of the progress bar, in heights of the view."""
_PLATE: Final = 1 / CAP_SHARE
"""Height of the leg chip in cap heights."""
_ROUNDING: Final = 4.0
"""How much higher than computed a line may be, in px, because font sizes are whole px."""
_WIDEST_RING: Final = 0.45
"""The ring's largest share of the width beside the figure."""
_TALL_FIGURE: Final = 0.52
"""Height of the figure above the ring, in view widths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Space:
    """The area within the margins, in px, and the text sizes needed."""

    left: float
    top: float
    width: float
    height: float
    gap: float
    bar: float
    letters: TextSizes

    @property
    def tall(self) -> bool:
        """Whether the figure is above the ring, not beside it."""
        return self.height > self.width

    @property
    def next_lines(self) -> int:
        return 2 if self.tall else 1

    def factor(self, *, header: bool, following: bool, share: float) -> float:
        """How many times the needed size text can have, with these parts and this share of the ring for the digits."""
        letters = self.letters
        line = letters.line * letters.essential
        room = self.height - self.bar - 2 * self.gap - 5 * _ROUNDING
        needed = letters.digits / share + 2 * letters.line * letters.instruction
        if self.tall:
            room -= 1.5 * self.gap + self.width * _TALL_FIGURE
            needed += _PLATE * letters.essential
        if header:
            room -= self.gap
            needed += line
        if following:
            room -= self.gap / 2
            needed += line * self.next_lines
        widest = self.width * (0.8 if self.tall else _WIDEST_RING)
        return max(min(room / needed, widest * share / letters.digits), 0.01)


def _choose(space: _Space) -> tuple[bool, bool, float]:
    """Whether header and next step are shown, and the text size relative to the size needed."""
    comfortable = space.factor(header=True, following=True, share=_COMFORTABLE)
    if comfortable >= 1:
        return True, True, comfortable
    for header, following in ((True, True), (False, True), (False, False)):
        if space.factor(header=header, following=following, share=MOST_DIGITS) >= 1:
            return header, following, 1.0
    return False, True, space.factor(header=False, following=True, share=MOST_DIGITS)


def _stage(space: _Space, top: float, height: float, plate: float) -> tuple[QRect, QRect, QRect]:
    """Figure, leg and ring, between the header and the instruction."""
    left, width, gap = space.left, space.width, space.gap
    if not space.tall:
        across = min(height, width * _WIDEST_RING)
        beside = width - across - 1.5 * gap
        return (
            rect_of(left, top + plate + gap / 2, beside, height - plate - gap / 2),
            rect_of(left, top, beside, plate),
            rect_of(left + width - across, top, across, height),
        )
    figure_top = top + plate + gap / 2
    figure = min(height * 0.5, width * _TALL_FIGURE)
    ring_top = figure_top + figure + gap
    return (
        rect_of(left, figure_top, width, figure),
        rect_of(left, top, width, plate),
        rect_of(left, ring_top, width, top + height - ring_top),
    )


def arrange_follow_along(width: int, height: int, needed: TextSizes = NO_DISTANCE) -> Arrangement:
    """The full-screen layout: figure, ring, leg, instruction, next; the controls overlay it."""
    scale = scale_of(width, height)
    across, down = width * _MARGIN_SHARE, height * _MARGIN_SHARE
    gap = min(width, height) * _GAP_SHARE
    space = _Space(
        left=across,
        top=down,
        width=width - 2 * across,
        height=height - 2 * down,
        gap=gap,
        bar=min(width, height) * _BAR_SHARE,
        letters=needed,
    )
    has_header, has_next, factor = _choose(space)
    letters = needed.times(factor)
    line = letters.line * letters.essential + _ROUNDING
    header = line if has_header else 0.0
    header_top = down + space.bar + gap
    next_line = line * space.next_lines if has_next else 0.0
    instruction = 2 * (letters.line * letters.instruction + _ROUNDING / 2)
    bottom = down + space.height
    instruction_top = bottom - next_line - (gap / 2 if has_next else 0) - instruction
    stage_top = header_top + (header + gap if has_header else 0)
    figure, leg, ring = _stage(
        space, stage_top, instruction_top - gap - stage_top, _PLATE * letters.essential + _ROUNDING
    )
    # Their preferred height, unless that would cover more than the "next" line.
    bar = max(min(max(72.0, 72 * scale), down + next_line + gap / 2 - 9), min(48.0, down + next_line))
    middle = 360 * max(1.0, scale)
    corner = 124 * max(1.0, scale)
    title = space.width * 0.62
    return Arrangement(
        scale=scale,
        title=rect_of(across, header_top, title - gap, header) if has_header else EMPTY,
        segments=rect_of(across, down, space.width, space.bar),
        time_left=rect_of(across + title, header_top, space.width - title, header) if has_header else EMPTY,
        figure=figure,
        leg=leg,
        instruction=rect_of(across, instruction_top, space.width, instruction),
        steps=EMPTY,
        next=rect_of(across, bottom - next_line, space.width, next_line) if has_next else EMPTY,
        ring=ring,
        hint=EMPTY,
        controls=rect_of((width - middle) / 2, height - bar - 8, middle, bar),
        corner_controls=rect_of(width - across - corner, height - bar - 8, corner, bar),
        letters=letters,
    )
