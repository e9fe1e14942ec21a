"""The colours of the figure and its props, light and dark; the accent is the palette's."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QPalette

from stretchplayer.ui.theme import palette as theme

_MIDDLE: Final = 128
"""Lightness above which a background counts as light."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColours:
    """`far` parts are on the side away from the viewer."""

    accent: str
    accent_outline: str
    skin: str
    skin_far: str
    skin_line: str
    cheek: str
    hair: str
    eye: str
    shirt: str
    shirt_far: str
    shirt_line: str
    trousers: str
    trousers_far: str
    sock: str
    sock_far: str
    shoe: str
    shoe_far: str
    sole: str
    sole_far: str
    floor: str
    mat: str
    mat_edge: str
    chair: str
    chair_far: str
    towel: str
    towel_far: str
    towel_line: str
    label: str
    label_ink: str
    shadow: str


DARK: Final = FigureColours(
    accent=theme.DARK.accent,
    accent_outline="#FFE2CF",
    skin="#EDBE98",
    skin_far="#C4946F",
    skin_line="#A87450",
    cheek="#E29A7C",
    hair="#8E5B3C",
    eye="#2A1B14",
    shirt="#4C86C9",
    shirt_far="#39679E",
    shirt_line="#2F5A8E",
    trousers="#6F7F9A",
    trousers_far="#5F6E88",
    sock="#E9E4DA",
    sock_far="#A5ABB8",
    shoe="#F3EFE8",
    shoe_far="#9BA4B4",
    sole="#5FC9B8",
    sole_far="#5B7F88",
    floor="#33404F",
    mat="#2C4A55",
    mat_edge="#3B6470",
    chair="#7C8798",
    chair_far="#566173",
    towel="#F5DE9A",
    towel_far="#BFA766",
    towel_line="#D2B567",
    label="#1A0E06",
    label_ink="#FFFFFF",
    shadow="#0B0F15",
)
LIGHT: Final = FigureColours(
    accent=theme.LIGHT.accent,
    accent_outline="#A23F0C",
    skin="#EFBF9B",
    skin_far="#CF9E79",
    skin_line="#A86F4B",
    cheek="#E5967A",
    hair="#5A3A28",
    eye="#2A1B14",
    shirt="#3F7FC4",
    shirt_far="#2F639D",
    shirt_line="#285788",
    trousers="#58647A",
    trousers_far="#77839A",
    sock="#EFE8DC",
    sock_far="#D5D9E0",
    shoe="#3A4353",
    shoe_far="#6B7588",
    sole="#1F8C7B",
    sole_far="#7FA59F",
    floor="#CFC6B8",
    mat="#BFD8D2",
    mat_edge="#8DB5AC",
    chair="#6A5B4C",
    chair_far="#93846F",
    towel="#E9B93F",
    towel_far="#B98E28",
    towel_line="#A87A14",
    label="#FFFFFF",
    label_ink="#1A0E06",
    shadow="#D9D1C4",
)


def figure_colours(palette: QPalette) -> FigureColours:
    """The colours that suit the palette's background."""
    return LIGHT if palette.color(theme.GROUND).lightness() > _MIDDLE else DARK
