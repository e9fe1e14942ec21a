"""The search in the Library: by the words of a routine, and by those that people type in their place."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from stretchplayer.i18n import N_, _
from stretchplayer.routine.library import Place, RoutineFile, folded, main_place, places
from stretchplayer.ui.text import exercise as exercise_words
from stretchplayer.ui.text.library import goal_label, place_label

_ALSO: Final = (
    (N_("acute"), N_("bad day")),
    (N_("flare"), N_("bad day")),
    (N_("gentle"), N_("easy")),
    (N_("mild"), N_("easy")),
    (N_("ache"), N_("sore")),
    (N_("hurt"), N_("sore")),
    (N_("pain"), N_("sore")),
    (N_("desk"), N_("sitting")),
    (N_("office"), N_("sitting")),
    (N_("seat"), N_("sitting")),
    (N_("stand"), N_("standing")),
    (N_("lie"), N_("floor")),
    (N_("lying"), N_("floor")),
    (N_("mat"), N_("floor")),
    (N_("leg"), N_("hamstrings")),
    (N_("leg"), N_("calves")),
    (N_("leg"), N_("thighs")),
    (N_("sciatica"), N_("sciatic nerve")),
    (N_("abs"), N_("tummy")),
    (N_("core"), N_("tummy")),
    (N_("glute"), N_("buttocks")),
    (N_("strong"), N_("strength")),
    (N_("stiff"), N_("mobility")),
)
"""What people type, and the words of routines that are meant as well. It must be true of every routine with those."""
_FEWEST_LETTERS: Final = 3
"""Of the beginning of a word in that list, so that a letter or two don't mean much at once."""
_LITTLE_WORDS: Final = N_("a an and at down for from getting go going i in is my of on or something the to up with")
_NEGATIONS: Final = N_("no not without avoid off")
_FLOOR: Final = N_("floor ground")
_WORD: Final = re.compile(r"\w+")


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(text)))


def searched_text(file: RoutineFile) -> str:
    """All words by which a routine is found, but those of its caution, which says whom it may not suit."""
    routine = file.routine
    if routine is None:
        return f"{file.file_name} {file.problem}"
    goal = goal_label(routine.effective_goal) if routine.effective_goal else ""
    parts = [routine.id, routine.title, routine.description, goal, *routine.regions, *map(place_label, places(routine))]
    for exercise in routine.played:
        parts += (exercise.title, exercise_words.position(exercise), *exercise.equipment)
    return " ".join(parts)


def is_found(file: RoutineFile, wanted: str, *, in_caution: bool = False) -> bool:
    """Whether a routine has all the words that are wanted, or their beginnings.

    "No floor" finds what is done elsewhere. `in_caution` looks there as well.
    """
    asked, floor = _asked(wanted)
    if not floor and (file.routine is None or main_place(file.routine) is Place.FLOOR):
        return False
    if not asked:
        return True
    caution = file.routine.caution if in_caution and file.routine is not None else ""
    known = _words(f"{searched_text(file)} {caution}")
    return all(_knows(known, word) for word in asked)


def is_for_bad_day(file: RoutineFile) -> bool:
    """Whether its own words say that it is for a bad day; those of its id stay English."""
    return file.routine is not None and any(is_found(file, words) for words in ("bad day", _("bad day")))


def parts(wanted: str) -> tuple[str, ...]:
    """What is wanted without "no floor", and that alone; nothing if it isn't both."""
    asked, floor = _asked(wanted)
    return () if floor or not asked else (" ".join(asked), _("no floor"))


def _asked(wanted: str) -> tuple[Sequence[str], bool]:
    """The words that matter, and whether the floor will do: without "no floor"."""
    little, negations = _words(_(_LITTLE_WORDS)), _words(_(_NEGATIONS))
    asked, floor = [word for word in _words(wanted) if word not in little], True
    for place, word in enumerate(asked):
        rest = asked[place + 1 : place + 2]
        if word in negations and all(any(each.startswith(part) for each in _words(_(_FLOOR))) for part in rest):
            return asked[:place] + asked[place + 2 :], not rest
    return asked, floor


def _knows(known: Sequence[str], word: str) -> bool:
    """Whether the word, or one that is meant as well, begins one of those that are known."""

    def begins(part: str) -> bool:
        return any(each.startswith(part) for each in known)

    return begins(word) or any(all(map(begins, _words(_(meant)))) for typed, meant in _ALSO if _means(word, _(typed)))


def _means(word: str, typed: str) -> bool:
    """Whether a word is in the list, in another form or only half typed."""
    typed = folded(typed)
    return word.startswith(typed) or (len(word) >= _FEWEST_LETTERS and typed.startswith(word))
