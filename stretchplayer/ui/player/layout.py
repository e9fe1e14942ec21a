"""The player's layout in a window and in full screen, as a pure function of the view's size and the text wanted.

Most to least essential: digits, instruction, leg, figure, next step, header. In a window all is shown, and the controls
have a row of their own. In full screen, which is read from the floor, they lie over the next step. There, with room to
spare, all text grows alike. With too little, the digits fill more of the ring, then the header goes, then the next
step. If even that isn't enough for the distance, only the header goes, and all text shrinks alike to what fits.
"""

from dataclasses import dataclass, fields, replace
from typing import Any, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStyle

from stretchplayer.ui.player.leg_chip import CAP_SHARE
from stretchplayer.ui.theme.legibility import TextSizes

_DESIGN: Final = (1120.0, 760.0)
"""The longer and the shorter side of the window at which the scale is 1, in px."""
_MARGIN_SHARE: Final = 0.05
"""Margins in full screen: some screens cut off their edges."""
_WINDOW_MARGIN: Final = 0.03
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
_STEPS_ACROSS: Final = 0.3
_STEPS_DOWN: Final = 0.18
"""The steps' share of the width beside the figure, or of the height below the ring."""
_BUTTONS: Final = (5, 3)
"""How many there are in the middle and in the corner."""
_WIDEST_BUTTON: Final = 96.0
_LABEL_SHARE: Final = 0.22
"""Height of a line of a button's label in button widths, at most."""
EMPTY: Final = QRect()
"""A part that isn't shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Rectangles of the parts, in px of the view; an empty one means that the part isn't shown.

    `scale` is 1 at the design size, `letters` are the text sizes that fit.
    """

    scale: float
    letters: TextSizes
    title: QRect
    segments: QRect
    time_left: QRect
    figure: QRect
    leg: QRect
    instruction: QRect
    steps: QRect
    next: QRect
    ring: QRect
    controls: QRect
    corner_controls: QRect

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
    return max(0.5, min(max(width, height) / _DESIGN[0], min(width, height) / _DESIGN[1]))


def window_sizes(scale: float, larger: float, line: float) -> TextSizes:
    """The text sizes wanted in a window, where the system's font is `larger` than usual and `line` cap heights high."""
    return TextSizes(
        instruction=max(13.0, 21.0 * scale) * larger,
        essential=max(9.5, 13.0 * scale) * larger,
        digits=60.0 * scale,
        line=line,
    )


def _rect(x: float, y: float, width: float, height: float) -> QRect:
    """A rectangle in whole px; empty rather than inverted."""
    left, top = round(x), round(y)
    return QRect(left, top, max(round(x + width) - left, 0), max(round(y + height) - top, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Space:
    """The area within the margins and above the controls, in px, and the text sizes wanted."""

    left: float
    top: float
    width: float
    height: float
    gap: float
    bar: float
    letters: TextSizes
    tall: bool
    """Whether the figure is above the ring, not beside it."""
    steps: float
    """The width (if tall, the height) of the list of steps and the gap beside it."""

    @property
    def next_lines(self) -> int:
        return 2 if self.tall else 1

    @property
    def widest_ring(self) -> float:
        return self.width * 0.8 if self.tall else (self.width - self.steps) * _WIDEST_RING

    def factor(self, *, header: bool, following: bool, share: float) -> float:
        """How many times the wanted size text can have, with these parts and this share of the ring for the digits."""
        letters = self.letters
        line = letters.line * letters.essential
        room = self.height - self.bar - 2 * self.gap - 5 * _ROUNDING
        needed = letters.digits / share + 2 * letters.line * letters.instruction
        if self.tall:
            room -= 1.5 * self.gap + self.width * _TALL_FIGURE + self.steps
            needed += _PLATE * letters.essential
        if header:
            room -= self.gap
            needed += line
        if following:
            room -= self.gap / 2
            needed += line * self.next_lines
        return max(min(room / needed, self.widest_ring * share / letters.digits), 0.01)

    def stage(self, top: float, height: float, plate: float) -> tuple[QRect, QRect, QRect, QRect]:
        """Steps, leg, figure and ring, between the header and the instruction."""
        left, width, gap = self.left, self.width, self.gap
        figure_top = top + plate + gap / 2
        if self.tall:
            height -= self.steps
            figure = min(height * 0.5, width * _TALL_FIGURE)
            ring_top = figure_top + figure + gap
            return (
                _rect(left, top + height + gap, width, self.steps - gap),
                _rect(left, top, width, plate),
                _rect(left, figure_top, width, figure),
                _rect(left, ring_top, width, top + height - ring_top),
            )
        across = min(height, self.widest_ring)
        beside = width - self.steps - across - 1.5 * gap
        left += self.steps
        return (
            _rect(self.left, top, self.steps - gap, height),
            _rect(left, top, beside, plate),
            _rect(left, figure_top, beside, height - plate - gap / 2),
            _rect(left + beside + 1.5 * gap, top, across, height),
        )


def _choose(space: _Space) -> tuple[bool, bool, float]:
    """Whether header and next step are shown from afar, and the text size relative to the size wanted."""
    comfortable = space.factor(header=True, following=True, share=_COMFORTABLE)
    if comfortable >= 1:
        return True, True, comfortable
    for header, following in ((True, True), (False, True), (False, False)):
        if space.factor(header=header, following=following, share=MOST_DIGITS) >= 1:
            return header, following, 1.0
    return False, True, space.factor(header=False, following=True, share=MOST_DIGITS)


def arrange(width: int, height: int, wanted: TextSizes, *, fullscreen: bool, steps: bool = False) -> Arrangement:
    """Place figure, ring, leg, instruction and next step, with the list of steps if wanted."""
    scale = scale_of(width, height)
    shorter, tall = min(width, height), height > width
    across = width * _MARGIN_SHARE if fullscreen else shorter * _WINDOW_MARGIN
    down = height * _MARGIN_SHARE if fullscreen else across
    button = min(_WIDEST_BUTTON * max(1.0, scale), (width - 2 * across) / (sum(_BUTTONS) + 0.5))
    row = 0.0 if fullscreen else max(56.0, 64 * scale) + 2 * min(wanted.line * wanted.essential, _LABEL_SHARE * button)
    space = _Space(
        left=across,
        top=down,
        width=width - 2 * across,
        height=height - 2 * down - row,
        gap=shorter * _GAP_SHARE,
        bar=shorter * _BAR_SHARE,
        letters=wanted,
        tall=tall,
        steps=(height * _STEPS_DOWN if tall else width * _STEPS_ACROSS) if steps else 0.0,
    )
    if fullscreen:
        has_header, has_next, factor = _choose(space)
    else:
        has_header, has_next, factor = (
            True,
            True,
            min(1.0, space.factor(header=True, following=True, share=MOST_DIGITS)),
        )
    gap, letters = space.gap, wanted.times(factor)
    line = letters.line * letters.essential + _ROUNDING
    header = line if has_header else 0.0
    header_top = down + space.bar + gap
    next_line = line * space.next_lines if has_next else 0.0
    instruction = 2 * (letters.line * letters.instruction + _ROUNDING / 2)
    bottom = down + space.height
    instruction_top = bottom - next_line - (gap / 2 if has_next else 0) - instruction
    stage_top = header_top + (header + gap if has_header else 0)
    listed, leg, figure, ring = space.stage(
        stage_top, instruction_top - gap - stage_top, _PLATE * letters.essential + _ROUNDING
    )
    if fullscreen:  # the preferred height, unless that would cover more than the "next" line
        row = max(min(max(88.0, 96 * scale), down + next_line + gap / 2 - 9), min(48.0, down + next_line))
    title = space.width * 0.62
    middle, corner = (count * button for count in _BUTTONS)
    centred = (width - middle) / 2 - across - corner >= button / 2
    row_top = height - row - (8 if fullscreen else down / 2)
    return Arrangement(
        scale=scale,
        letters=letters,
        title=_rect(across, header_top, title - gap, header) if has_header else EMPTY,
        segments=_rect(across, down, space.width, space.bar),
        time_left=_rect(across + title, header_top, space.width - title, header) if has_header else EMPTY,
        figure=figure,
        leg=leg,
        instruction=_rect(across, instruction_top, space.width, instruction),
        steps=listed if steps else EMPTY,
        next=_rect(across, bottom - next_line, space.width, next_line) if has_next else EMPTY,
        ring=ring,
        controls=_rect((width - middle) / 2 if centred else across, row_top, middle, row),
        corner_controls=_rect(width - across - corner, row_top, corner, row),
    )
