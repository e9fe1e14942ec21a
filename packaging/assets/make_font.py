"""Makes the interface's font: `python packaging/assets/make_font.py`, into assets/fonts.

Inter in three weights, with the letters of Latin, Greek and Cyrillic, from its variable font: Qt can't use that on
every system. Needs `pip install stretchplayer[font]`. The bytes are the same at every run.
"""

from importlib.resources import files
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER: Final = Path(__file__).resolve().parents[2] / "assets" / "fonts"
WEIGHTS: Final = {"Regular": 400, "SemiBold": 600, "Bold": 700}
OPTICAL_SIZE: Final = 14
"""The cut for text: from the floor even the largest letters are small."""
CHARACTERS: Final = (
    (0x0020, 0x036F),  # Latin, spacing and combining marks
    (0x0370, 0x052F),  # Greek, Cyrillic
    (0x1E00, 0x1FFF),  # more of Latin, with that of Vietnamese, and of Greek
    (0x2000, 0x22FF),  # punctuation, currencies, numbers, arrows, mathematics
    (0x25A0, 0x27BF),  # shapes and ticks
)
FEATURES: Final = ("kern", "mark", "mkmk", "ccmp", "locl", "calt", "case", "tnum")


DIGITS: Final = "zero one two three four five six seven eight nine".split()


def keep_to_digits(font: TTFont) -> None:
    """Let tabular figures be digits alone; Inter's are spaces, hyphens, colons and more, which would gape in text."""
    table = font["GSUB"].table
    tabular = (record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == "tnum")
    for number in {number for feature in tabular for number in feature.LookupListIndex}:
        for lookup in table.LookupList.Lookup[number].SubTable:
            single = getattr(lookup, "ExtSubTable", lookup)
            single.mapping = {glyph: wide for glyph, wide in single.mapping.items() if glyph in DIGITS}


def make_font(style: str) -> TTFont:
    """Inter in one weight."""
    source = files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf"
    with source.open("rb") as file:
        variable = TTFont(file, recalcTimestamp=False)
        place = {"opsz": OPTICAL_SIZE, "wght": WEIGHTS[style]}
        font = instantiateVariableFont(variable, place, updateFontNames=True)
        keep_to_digits(font)
        options = Options(layout_features=list(FEATURES), name_IDs=["*"], notdef_outline=True)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[code for first, last in CHARACTERS for code in range(first, last + 1)])
        subsetter.subset(font)
    return font


def main() -> None:
    """Write the three files."""
    FOLDER.mkdir(exist_ok=True)
    for style in WEIGHTS:
        path = FOLDER / f"Inter-{style}.ttf"
        make_font(style).save(path)
        print(f"{path.stat().st_size / 1000:6.0f} kB  {path.name}")


if __name__ == "__main__":
    main()
