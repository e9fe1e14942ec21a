"""Reads one routine file: TOML in, a `Routine` out, or one sentence that tells the person what is wrong in it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from unicodedata import normalize

import msgspec

from stretchplayer.domain.errors import DomainError, StorageError
from stretchplayer.domain.routine import Routine, SideMode, Step, StepKind, Stretch, check_placeholders
from stretchplayer.domain.side import PLACEHOLDERS
from stretchplayer.storage import mistakes, toml_file, wording
from stretchplayer.storage.routine_format import (
    FORMAT,
    Mistake,
    Place,
    RoutineDocument,
    SafetyDocument,
    StepDocument,
    StretchDocument,
)

_KIND: Final = "routine"
MAX_PLAYED_STEPS: Final = 5_000
"""The most steps a routine may come to when sides, repetitions and sets are played out."""
MAX_PLAYED_S: Final = 12 * 3600
"""The longest a routine's steps and rests may come to."""
SHORTEST_HOLD_S: Final = 1

_NOT_IN_ID: Final = r"[^a-z0-9]+"


def read_routine(path: Path) -> Routine:
    """Read the routine in a file; its id is made of the file's name. StorageError when it can't be used."""
    data = toml_file.read_bytes(path, kind=_KIND)
    return parse_routine(data, name=wording.shown(path), routine_id=id_of_file(path))


def parse_routine(data: bytes, *, name: str, routine_id: str) -> Routine:
    """Make a routine of the content of a file; `name` stands for the file in the StorageError of one that is wrong."""
    source = toml_file.decode(data, name, kind=_KIND)
    document = toml_file.parse(source, name, kind=_KIND)
    try:
        toml_file.check_format(document, FORMAT)
        return _routine(msgspec.convert(document, RoutineDocument), routine_id)
    except (msgspec.ValidationError, Mistake) as error:
        mistake = error if isinstance(error, Mistake) else mistakes.from_validation(str(error), document)
        raise StorageError(mistakes.sentence(mistake, name, source)) from error


def id_of_file(path: Path) -> str:
    """The id of the routine in a file: its name, as an id."""
    return slug(path.stem) or "routine"


def slug(text: str) -> str:
    """Make an id of a text: small letters, digits and hyphens. Empty when the text has no Latin letter or digit."""
    if not text.isascii():
        text = normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(_NOT_IN_ID, "-", text.lower()).strip("-")


# From a document to a routine


def _routine(document: RoutineDocument, routine_id: str) -> Routine:
    _check_unplaced(("title",), document.title)
    ids = _ids(document.stretches)
    stretches = tuple(
        _stretch(stretch, stretch_id, ("stretches", number))
        for number, (stretch, stretch_id) in enumerate(zip(document.stretches, ids, strict=True))
    )
    _check_extent(stretches)
    return Routine(
        id=routine_id,
        title=document.title.strip(),
        description=_given(document.description) or "",
        source=_given(document.source) or "",
        licence=_given(document.licence) or "",
        safety=tuple(note if isinstance(note, str) else note.text for note in document.safety),
        stop_rules=tuple(note.text for note in document.safety if isinstance(note, SafetyDocument) and note.stop),
        stretches=stretches,
    )


def _ids(stretches: Iterable[StretchDocument]) -> list[str]:
    """The id of each stretch: what is written, or one made of its title that no other has."""
    taken: dict[str, int] = {}
    for number, stretch in enumerate(stretches):
        if isinstance(stretch.id, str):
            if stretch.id in taken:
                what = f'is "{stretch.id}", which is already the id of stretch {taken[stretch.id] + 1}; choose another'
                raise Mistake(("stretches", number, "id"), what)
            taken[stretch.id] = number
    ids = []
    for stretch in stretches:
        if isinstance(stretch.id, str):
            ids.append(stretch.id)
            continue
        made = base = slug(stretch.title) or "stretch"
        suffix = 2
        while made in taken:
            made = f"{base}-{suffix}"
            suffix += 1
        taken[made] = len(ids)
        ids.append(made)
    return ids


def _stretch(document: StretchDocument, stretch_id: str, place: Place) -> Stretch:
    for key in ("title", "setup", "limb"):
        _check_unplaced((*place, key), _given(getattr(document, key)) or "")
    for item in document.equipment:
        _check_unplaced((*place, "equipment"), item)
    return Stretch(
        id=stretch_id,
        title=document.title.strip(),
        position=document.position,
        setup=_given(document.setup),
        equipment=tuple(item.strip() for item in document.equipment),
        sides=document.sides,
        limb=document.limb.strip(),
        repetitions=document.repetitions,
        sets=document.sets,
        rest_s=document.rest_s,
        steps=tuple(
            _step(step, document.sides, (*place, "steps", number)) for number, step in enumerate(document.steps)
        ),
    )


def _step(document: StepDocument, sides: SideMode, place: Place) -> Step:
    step = Step(
        kind=document.kind,
        text=document.text.strip(),
        say=_given(document.say),
        seconds=None if isinstance(document.seconds, msgspec.UnsetType) else document.seconds,
        repetitions=None if isinstance(document.repetitions, msgspec.UnsetType) else document.repetitions,
        pose=_given(document.pose),
    )
    if (step.seconds is None) == (step.repetitions is None):
        both = "both seconds and repetitions" if step.seconds is not None else "neither seconds nor repetitions"
        raise Mistake(place, f"has {both}; give it one of the two")
    if step.kind is StepKind.HOLD and step.duration_s < SHORTEST_HOLD_S:
        what = f"is {document.seconds}, too short to hold; make it {SHORTEST_HOLD_S} or more"
        raise Mistake((*place, "seconds"), what)
    for key, text in (("text", step.text), ("say", step.say or "")):
        _check_braces((*place, key), text)
        try:
            check_placeholders(text, sides)
        except DomainError as error:
            raise Mistake((*place, key), f"can't be filled in: {error}") from error
    return step


def _given(text: str | msgspec.UnsetType) -> str | None:
    return None if isinstance(text, msgspec.UnsetType) else text.strip()


def _check_braces(place: Place, text: str) -> None:
    """A brace without its partner is a misspelt placeholder."""
    rest = re.sub(r"\{[^{}]*\}", "", text)
    brace = next((character for character in rest if character in "{}"), None)
    if brace is not None:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise Mistake(place, f"has a {brace} without its partner; braces are only for placeholders, which are {known}")


def _check_unplaced(place: Place, text: str) -> None:
    """Refuse placeholders in what is said once, before there is a side to fill them with."""
    if "{" in text or "}" in text:
        raise Mistake(place, f"is {wording.quoted(text)}, but only the steps know a side; write it without braces")


def _check_extent(stretches: tuple[Stretch, ...]) -> None:
    """Sides, repetitions and sets multiply: a small file must not make a timeline that fills the memory."""
    if sum(_played_times(stretch) * len(stretch.steps) for stretch in stretches) > MAX_PLAYED_STEPS:
        raise Mistake((), f"comes to more than {MAX_PLAYED_STEPS} steps; take fewer repetitions and sets")
    if sum(_played_seconds(stretches)) > MAX_PLAYED_S:
        raise Mistake((), f"takes more than {MAX_PLAYED_S // 3600} hours; take fewer repetitions, sets or seconds")


def _played_times(stretch: Stretch) -> int:
    return stretch.sets * stretch.repetitions * (2 if stretch.sides is SideMode.EACH else 1)


def _played_seconds(stretches: tuple[Stretch, ...]) -> Iterator[float]:
    for stretch in stretches:
        yield _played_times(stretch) * sum(step.duration_s for step in stretch.steps)
        yield (stretch.sets - 1) * stretch.rest_s
