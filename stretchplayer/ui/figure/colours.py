"""The colours of the figure and its props, light and dark; those of accent and arrow are the palette's."""

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
    skin_shade: str
    skin_far: str
    skin_line: str
    hair: str
    hair_line: str
    eye: str
    eye_white: str
    lip: str
    shirt: str
    shirt_far: str
    shirt_line: str
    trousers: str
    trousers_far: str
    floor: str
    mat: str
    mat_edge: str
    chair: str
    chair_far: str
    chair_top: str
    cushion: str
    cushion_far: str
    strap: str
    strap_line: str
    towel: str
    towel_line: str
    arrow: str
    label: str
    label_ink: str


DARK: Final = FigureColours(
    accent=theme.DARK.accent,
    accent_outline="#FFE2CF",
    skin="#EDBE98",
    skin_shade="#DBAA83",
    skin_far="#C4946F",
    skin_line="#A87450",
    hair="#7A5238",
    hair_line="#9A6C4C",
    eye="#2A1B14",
    eye_white="#FFF8F0",
    lip="#B9654F",
    shirt="#4C86C9",
    shirt_far="#39679E",
    shirt_line="#2F5A8E",
    trousers="#6F7F9A",
    trousers_far="#55637C",
    floor="#33404F",
    mat="#2C4A55",
    mat_edge="#3B6470",
    chair="#7C8798",
    chair_far="#566173",
    chair_top="#8F9AAB",
    cushion="#8FA58B",
    cushion_far="#6D8169",
    strap="#B79BE0",
    strap_line="#80679F",
    towel="#F5DE9A",
    towel_line="#BFA258",
    arrow=theme.DARK.movement,
    label="#1A0E06",
    label_ink="#FFFFFF",
)
LIGHT: Final = FigureColours(
    accent=theme.LIGHT.accent,
    accent_outline="#A23F0C",
    skin="#EFBF9B",
    skin_shade="#E0AE88",
    skin_far="#CF9E79",
    skin_line="#A86F4B",
    hair="#5A3A28",
    hair_line="#7C563E",
    eye="#2A1B14",
    eye_white="#FFFAF4",
    lip="#B9654F",
    shirt="#3F7FC4",
    shirt_far="#2F639D",
    shirt_line="#285788",
    trousers="#58647A",
    trousers_far="#77839A",
    floor="#CFC6B8",
    mat="#BFD8D2",
    mat_edge="#8DB5AC",
    chair="#6A5B4C",
    chair_far="#93846F",
    chair_top="#7D6D5C",
    cushion="#8FAA8A",
    cushion_far="#6F8A6A",
    strap="#7D5FB0",
    strap_line="#533C7C",
    towel="#E9B93F",
    towel_line="#A87A14",
    arrow=theme.LIGHT.movement,
    label="#FFFFFF",
    label_ink="#1A0E06",
)


def figure_colours(palette: QPalette) -> FigureColours:
    """The colours that suit the palette's background."""
    return LIGHT if palette.color(theme.GROUND).lightness() > _MIDDLE else DARK
