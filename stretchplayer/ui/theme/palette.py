"""Colours, type and spacing: the only place that defines them.

Widgets read the colours from Qt's palette, `self.palette().color(theme.ACCENT)`, and so follow a change between light
and dark.
"""

from dataclasses import astuple, dataclass
from typing import Final

from PySide6.QtGui import QColor, QFont, QPalette

Role = QPalette.ColorRole
GROUND: Final = Role.Window
PANEL: Final = Role.Base
RAISED: Final = Role.Button
TRACK: Final = Role.Mid
INK: Final = Role.WindowText
MUTED: Final = Role.PlaceholderText
ACCENT: Final = Role.Accent
ON_ACCENT: Final = Role.BrightText
MOVEMENT: Final = Role.Link
DONE: Final = Role.LinkVisited
DANGER: Final = Role.Shadow


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One set of colours. `ink`, `muted` and `movement` are for text, too; the rest for surfaces and graphics.

    The accent is for the working limb and a page's primary button only. What is chosen is inverted: `ground` on `ink`.
    """

    ground: str
    panel: str
    raised: str
    track: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    movement: str
    done: str
    danger: str


DARK: Final = Colours(
    ground="#10151D",
    panel="#171E29",
    raised="#232D3B",
    track="#212A37",
    ink="#F3EFE8",
    muted="#B4BECC",
    accent="#FF8A4C",
    on_accent="#1A0E06",
    movement="#5FC9B8",
    done="#3FA58F",
    danger="#FFB4AB",
)
LIGHT: Final = Colours(
    ground="#F6F2EA",
    panel="#FFFFFF",
    raised="#ECE5D9",
    track="#E4DDD2",
    ink="#201C17",
    muted="#4A443B",
    accent="#FF8A4C",
    on_accent="#1A0E06",
    movement="#16574D",
    done="#2E7D6B",
    danger="#8C1D18",
)


def palette(colours: Colours) -> QPalette:
    """Make a complete Qt palette, so that Fusion's own widgets fit in."""
    made = QPalette(QColor(colours.raised), QColor(colours.ground))
    own = (GROUND, PANEL, RAISED, TRACK, INK, MUTED, ACCENT, ON_ACCENT, MOVEMENT, DONE, DANGER)
    for role, colour in zip(own, astuple(colours), strict=True):
        made.setColor(role, QColor(colour))
    for role in (Role.Text, Role.ButtonText, Role.ToolTipText):
        made.setColor(role, QColor(colours.ink))
    made.setColor(Role.Highlight, QColor(colours.muted))
    made.setColor(Role.HighlightedText, QColor(colours.ground))
    made.setColor(Role.AlternateBase, QColor(colours.raised))
    made.setColor(Role.ToolTipBase, QColor(colours.panel))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return made


def pixel_font(base: QFont, pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The font in another size (px, at least 1) and weight, with tabular digits."""
    made = QFont(base)
    made.setPixelSize(max(1, round(pixels)))
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
