"""The words of the person's language: GNU gettext, looked up when a sentence is made.

English is the language of the code and needs no catalogue. A sentence that names a side is two whole messages, and
numbers and names come in as named placeholders: `_("Hold for {length}.").format(length=…)`.
"""

import gettext
import os
import sys
from collections.abc import Iterator
from locale import windows_locale
from pathlib import Path
from typing import Final

DOMAIN: Final = "stretchplayer"
ENGLISH: Final = "en"


PSEUDO: Final = frozenset({"en-XA", "ar-XB"})
"""Invented languages, for testing."""


class _Current:
    directory: Path | None = None
    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    language: str = ENGLISH


def _(message: str) -> str:
    """The message in the person's language."""
    return _Current.catalogue.gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802  As gettext's manual has it
    """Mark a message in a constant; `_` translates it where it is used."""
    return message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that goes with the number `n`."""
    return _Current.catalogue.ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """The message in the person's language, where one English word has several meanings."""
    return _Current.catalogue.pgettext(context, message)


def language() -> str:
    """The language in use, as a BCP 47 tag: "en", "pt-BR"."""
    return _Current.language


def primary(tag: str) -> str:
    """The language of a BCP 47 tag without its region: "pt" of "pt-BR"."""
    return tag.partition("-")[0].lower()


def offered_languages() -> list[str]:
    """The languages that a person can choose, of those in the installed directory."""
    directory = _Current.directory
    return sorted({*languages(directory)} - PSEUDO) if directory else [ENGLISH]


def languages(directory: Path) -> list[str]:
    """English and the languages that have a catalogue below `directory`, as BCP 47 tags."""
    catalogues = directory.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return sorted({ENGLISH, *(path.parents[1].name.replace("_", "-") for path in catalogues)})


def install(directory: Path, wanted: str | None = None) -> None:
    """Speak the wanted language or, without one, the first of the system's that there is; else English.

    `directory` has a catalogue `LANGUAGE/LC_MESSAGES/stretchplayer.mo` for each language.
    """
    _Current.directory, _Current.catalogue, _Current.language = directory, gettext.NullTranslations(), ENGLISH
    for each in [wanted] if wanted else _system_languages():
        found = gettext.find(DOMAIN, directory, [each.replace("-", "_")])
        if found:
            with Path(found).open("rb") as file:
                _Current.catalogue = gettext.GNUTranslations(file)
            _Current.language = Path(found).parents[1].name.replace("_", "-")
            return
        if each.replace("-", "_").split("_")[0] in {ENGLISH, "C", "POSIX"}:
            return


def _system_languages() -> Iterator[str]:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            yield from os.environ[name].split(":")
            return
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 -- of no use elsewhere, and every command comes by here

        code = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        if code in windows_locale:
            yield windows_locale[code]
