"""Makes `assets/translations`: the template of all messages and two invented languages.

    python packaging/assets/make_translations.py [DIRECTORY]

`stretchplayer.pot` is what translators begin with. `en-XA` is English with accents, 40 % longer, and `ar-XB` English
written from right to left: what stays plain in them was never marked, and what is cut off has too little room.
A real language is a file `LANGUAGE.po` beside the template, which this compiles, too.
"""

import io
import math
import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from stretchplayer.figure.side import Side, SidedText, fill_placeholders
from stretchplayer.i18n import DOMAIN
from stretchplayer.routine.routine import Routine
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.poses.pose_folder import PoseFiles
from stretchplayer.storage.routines.routine_file import read_routine

ROOT: Final = Path(__file__).resolve().parents[2]
TRANSLATIONS: Final = ROOT / "assets" / "translations"
KEYWORDS: Final = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
LONGER: Final = 1.4
NO_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands where the time of making would, so that making it again changes nothing."""

HEADER: Final = """\
# What Stretch Player says and shows.
# Copy this file to LANGUAGE.po, translate it, and run packaging/assets/make_translations.py.
#"""

ARGPARSE: Final = (
    "usage: ",
    "options",
    "positional arguments",
    "show this help message and exit",
    "%(prog)s: error: %(message)s\n",
    "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s",
    "unrecognized arguments: %s",
    "expected one argument",
    "expected at least one argument",
    "invalid choice: %(value)r (choose from %(choices)s)",
)
"""What argparse itself says."""

KEPT: Final = re.compile(r"\{[^{}]*\}|%\(\w+\)[rs]|%[sd%]|<[^<>]+>|&\w+;|`[^`]*`|\]\([^)]*\)|\n")
"""What is no word: placeholders, markup, addresses."""
ACCENTED: Final = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"
)
VOWELS: Final = "åéîöûÅÉÎÖÛ"
RIGHT_TO_LEFT: Final = "\u200f\u202e{}\u202c\u200f"
"""The override that turns letters around, and its end, between marks that tell the direction of the whole text."""


def make_template() -> Catalog:
    """All messages of the program."""
    template = Catalog(
        project="Stretch Player", version=" ", msgid_bugs_address=" ", header_comment=HEADER, creation_date=NO_TIME
    )
    for _file, _line, message, comments, context in extract_from_dir(
        ROOT / "stretchplayer",
        method_map=[("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    ):
        template.add(message, auto_comments=comments, context=context)
    for text in ARGPARSE:
        template.add(text)
    for path in sorted(asset_dir("routines").glob("*.toml")):
        for text in messages_of(read_routine(path)):
            template.add(text)
    for text in blocks((asset_dir("help") / "manual.md").read_text(encoding="utf-8")):
        template.add(text)
    poses = PoseFiles(Path("nowhere")).poses()
    for name, side in product(sorted(poses), (*Side, None)):
        template.add(poses[name].words(side))
    return template


def blocks(manual: str) -> Iterator[str]:
    """The blocks of the manual that are no code."""
    prose = re.sub(r"^```.*?^```$", "", manual, flags=re.MULTILINE | re.DOTALL)
    yield from filter(None, prose.strip().split("\n\n"))


def messages_of(routine: Routine) -> Iterator[str]:
    """What is shown and said of a routine; a sentence that names a side is two messages."""
    notes = (note.text for note in routine.safety)
    yield from filter(
        None, (routine.title, routine.description, routine.source, routine.caution, *routine.regions, *notes)
    )
    for exercise in routine.exercises:
        said = (exercise.title, exercise.setup, exercise.setup_say, exercise.transition_say)
        yield from filter(None, (*said, *exercise.equipment, exercise.why, exercise.feel, exercise.avoid))
        for step, side in product(exercise.steps, Side):
            texts: tuple[str | SidedText | None, ...] = (step.text, step.say, step.short, *step.coach)
            yield from (fill_placeholders(text, side, exercise.limb) for text in texts if text is not None)


def accented(text: str) -> str:
    """The text with accents, its vowels drawn out until it is 40 % longer."""
    letters = list(text.translate(ACCENTED))
    missing = math.ceil(len(letters) * (LONGER - 1))
    vowels = [index for index, letter in enumerate(letters) if letter in VOWELS]
    for turn in range(missing):
        if vowels:
            index = vowels[turn % len(vowels)]
            letters[index] += letters[index][0]
    return "".join(letters)


def turned(text: str) -> str:
    """The text with every word from right to left."""
    return re.sub(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*", lambda word: RIGHT_TO_LEFT.format(word[0]), text)


def pretend(template: Catalog, language: str, change: Callable[[str], str]) -> Catalog:
    """A language whose words are the English ones, changed."""
    translate = change_text(change)
    catalog = Catalog(project=f"Stretch Player in {language}", revision_date=NO_TIME, creation_date=NO_TIME)
    for message in template:
        if message.id:
            words = translate(message.id) if isinstance(message.id, str) else tuple(map(translate, message.id))
            catalog.add(message.id, words, context=message.context)
    return catalog


def change_text(change: Callable[[str], str]) -> Callable[[str], str]:
    """Change the words of a message and leave what is none."""

    def changed(text: str) -> str:
        kept = [*KEPT.findall(text), ""]
        return "".join(change(word) + keep for word, keep in zip(KEPT.split(text), kept, strict=True))

    return changed


def make_all(folder: Path = TRANSLATIONS) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file that is made; `folder` has the translations of people."""
    template = make_template()
    yield f"{DOMAIN}.pot", _written(write_po, template, width=120, no_location=True, sort_output=True)
    made = {"en_XA": pretend(template, "en-XA", accented), "ar_XB": pretend(template, "ar-XB", turned)}
    for path in folder.glob("*.po"):
        with path.open("rb") as file:
            made[path.stem] = read_po(file)
    for language, catalog in made.items():
        yield f"{language}/LC_MESSAGES/{DOMAIN}.mo", _written(write_mo, catalog)


def _written(write: Callable[..., None], catalog: Catalog, **options: object) -> bytes:
    buffer = io.BytesIO()
    write(buffer, catalog, **options)
    return buffer.getvalue()


if __name__ == "__main__":
    directory = Path(sys.argv[1]) if len(sys.argv) > 1 else TRANSLATIONS
    for name, content in make_all():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_bytes(content)
        sys.stdout.write(f"wrote {directory / name}\n")
