"""Reads a routine file: TOML in, a `Routine` out, or one sentence that says what is wrong."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, count
from pathlib import Path
from typing import Final
from unicodedata import normalize

import msgspec
import tomli

from stretchplayer.errors import DomainError
from stretchplayer.figure.fields import MAX_NAME
from stretchplayer.figure.side import PLACEHOLDER, PLACEHOLDERS, SidedText
from stretchplayer.i18n import N_, _
from stretchplayer.routine.routine import (
    MAX_EXERCISES,
    CommonSafety,
    Range,
    Routine,
    SideMode,
    Step,
    StepKind,
    check_extent,
    check_placeholders,
    translated,
    with_common_safety,
)
from stretchplayer.storage import messages, toml_file
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.diagnostics import Mistake, OldFormat, Place

_KIND: Final = "routine"
_FORMAT_1: Final = OldFormat(
    keys=frozenset(
        "format title description source licence safety stretches id position setup setup_say transition_say equipment "
        "sides limb repetitions sets rest_s steps kind text say seconds coach pose stop".split()
    ),
    names={"exercises": "stretches"},
    newer=N_("{where}: {key} needs format 2; write format = 2 in the first line, and [[exercises]] for [[stretches]]."),
)
SHORTEST_HOLD_S: Final = 1
LARGEST_PICTURE_BYTES: Final = 4 << 20

_NOT_IN_ID: Final = r"[^a-z0-9]+"


def read_routine(path: Path) -> Routine:
    """Read a routine, with the safety notes that are common to all."""
    data = toml_file.read_bytes(path)
    routine = parse_routine(data, name=messages.shown(path), routine_id=id_of_file(path), folder=path.parent)
    return with_common_safety(routine, _common_safety())


@cache
def _common_safety() -> CommonSafety:
    path = asset_dir("routines").with_name("safety.toml")
    return msgspec.convert(tomli.loads(toml_file.read_bytes(path).decode()), CommonSafety)


def parse_routine(data: bytes, *, name: str, routine_id: str, folder: Path | None = None) -> Routine:
    """Make a routine of the content of the file called `name`; its pictures have to be in `folder` if there is one."""

    def check(routine: Routine) -> None:
        _check(routine)
        if folder is not None:
            _check_pictures(routine, folder)

    routine = toml_file.read_as(
        data,
        name,
        called=_KIND,
        kind=Routine,
        complete=lambda document: _completed(document, routine_id),
        check=check,
        old=_FORMAT_1,
    )
    return translated(routine if folder is None else _with_paths(routine, folder))


def _with_paths(routine: Routine, folder: Path) -> Routine:
    """The routine with the paths of its pictures."""
    exercises = (
        each if each.picture is None else replace(each, picture_path=str((folder / each.picture).absolute()))
        for each in routine.exercises
    )
    return replace(routine, exercises=tuple(exercises))


def id_of_file(path: Path) -> str:
    return slug(path.stem) or "routine"


def slug(text: str) -> str:
    """Turn a text into an id of lower-case letters, digits and hyphens; empty without Latin letters or digits."""
    if not text.isascii():
        text = normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(_NOT_IN_ID, "-", text.lower()).strip("-")


def _completed(document: dict[str, object], routine_id: str) -> dict[str, object]:
    """The document with ids added, texts stripped, and safety notes as tables."""
    completed = {key: _stripped(value) for key, value in document.items()} | {"id": routine_id}
    if "stretches" in completed:
        completed["exercises"] = completed.pop("stretches")
    match completed:
        case {"safety": [*notes]}:
            completed["safety"] = [{"text": note} if isinstance(note, str) else note for note in notes]
    match completed:
        case {"exercises": [*exercises]} if len(exercises) <= MAX_EXERCISES:
            completed["exercises"] = _with_ids(exercises)
    return completed


def _stripped(value: object) -> object:
    if isinstance(value, str):
        return value.strip(" ")
    if isinstance(value, list):
        return [_stripped(each) for each in value]
    if isinstance(value, dict):
        return {key: _stripped(each) for key, each in value.items()}
    return value


def _with_ids(exercises: list[object]) -> list[object]:
    """Exercises with an id each: the given one, or a unique one made from the title."""
    taken: dict[str, int] = {}
    for number, exercise in enumerate(exercises):
        match exercise:
            case {"id": str(given)}:
                if given in taken:
                    what = _('{where}: {key} is "{given}", already the id of exercise {taken}; choose another.')
                    raise Mistake(
                        ("exercises", number, "id"), what, given=messages.shortened(given), taken=taken[given] + 1
                    )
                taken[given] = number
    return [_with_id(exercise, taken) for exercise in exercises]


def _with_id(exercise: object, taken: dict[str, int]) -> object:
    if not isinstance(exercise, dict) or "id" in exercise:
        return exercise
    title = exercise.get("title")
    base = (slug(title) if isinstance(title, str) else "") or "stretch"  # as before format 2
    base = base[: MAX_NAME - len("-200")]
    numbered = (f"{base}-{number}" for number in count(2))
    made = next(each for each in chain([base], numbered) if each not in taken)
    taken[made] = len(taken)
    return {**exercise, "id": made}


def _check(routine: Routine) -> None:
    """Reject combinations of values that are valid on their own."""
    _check_unplaced(("title",), routine.title)
    for number, exercise in enumerate(routine.exercises):
        place = ("exercises", number)
        for key in ("title", "setup", "setup_say", "transition_say", "limb", "why", "feel", "avoid"):
            _check_unplaced((*place, key), getattr(exercise, key) or "")
        for item in exercise.equipment:
            _check_unplaced((*place, "equipment"), item)
        _check_range((*place, "repetitions"), exercise.repetitions)
        _check_range((*place, "sets"), exercise.sets)
        for index, step in enumerate(exercise.steps):
            _check_step(step, exercise.sides, (*place, "steps", index))
    _check_variants(routine)
    _check_blocks(routine)
    try:
        check_extent(routine)
    except DomainError as error:
        raise Mistake((), _("{where}: {error}."), error=error) from error


def _check_range(place: Place, dose: float | Range[int] | Range[float] | None) -> None:
    if isinstance(dose, Range) and dose.low > dose.high:
        what = _("{where}: {key} goes down from {low:g} to {high:g}; write the smaller number first.")
        raise Mistake(place, what, low=dose.low, high=dose.high)


def _check_step(step: Step, sides: SideMode, place: Place) -> None:
    given = [key for key in ("seconds", "breaths", "repetitions") if getattr(step, key) is not None]
    if not given:
        raise Mistake(place, _("{where}: it has neither seconds nor repetitions; add one of them."))
    if len(given) > 1:
        what = _("{where}: it has both {one} and {other}; remove one of them.")
        raise Mistake(place, what, one=given[0], other=given[1])
    _check_range((*place, "seconds"), step.seconds)
    if step.kind is not StepKind.HOLD and isinstance(step.seconds, Range):
        raise Mistake((*place, "seconds"), _("{where}: {key} can be a range only in a hold; write one number."))
    if step.kind is StepKind.HOLD and step.duration_s < SHORTEST_HOLD_S:
        what = _("{where}: {key} is {seconds}, too short for a hold; use {shortest_hold_s} or more.")
        raise Mistake((*place, "seconds"), what, seconds=step.duration_s, shortest_hold_s=SHORTEST_HOLD_S)
    if step.coach and step.kind is not StepKind.HOLD:
        raise Mistake((*place, "coach"), _("{where}: {key} is only for a step that holds; remove it."))
    _check_texts(step, sides, place)


def _check_texts(step: Step, sides: SideMode, place: Place) -> None:
    for key, text in _texts(step):
        if len(key) > 1 and sides is SideMode.NONE:
            what = _('{where}: {key} is for one side, but this exercise has sides = "none"; write one text for both.')
            raise Mistake((*place, *key), what)
        if "{" not in text and "}" not in text:
            continue
        _check_braces((*place, *key), text)
        try:
            check_placeholders(text, sides)
        except DomainError as error:
            what = _("{where}: {key} has an invalid placeholder: {error}.")
            raise Mistake((*place, *key), what, error=messages.shown(str(error))) from error


def _texts(step: Step) -> Iterator[tuple[Place, str]]:
    """The texts of a step that may have placeholders, each with its place in the step."""
    for key, text in (("text", step.text), ("say", step.say), ("short", step.short)):
        if isinstance(text, SidedText):
            yield (key, "left"), text.left
            yield (key, "right"), text.right
        elif text is not None:
            yield (key,), text
    yield from ((("coach",), text) for text in step.coach)


def _check_pictures(routine: Routine, folder: Path) -> None:
    for number, exercise in enumerate(routine.exercises):
        if exercise.picture is None:
            continue
        place, name = ("exercises", number, "picture"), messages.shortened(exercise.picture)
        path = folder / exercise.picture
        if not path.is_file():
            what = _('{where}: {key} is "{name}", but there is no such file beside this one; put it there.')
            raise Mistake(place, what, name=name)
        if path.stat().st_size > LARGEST_PICTURE_BYTES:
            what = _('{where}: {key} is "{name}", which is larger than {most} MiB; save it smaller.')
            raise Mistake(place, what, name=name, most=LARGEST_PICTURE_BYTES >> 20)


def _check_variants(routine: Routine) -> None:
    """A variant comes after the one exercise that it stands in for."""
    ids = [exercise.id for exercise in routine.exercises]
    variants: dict[str, int] = {}
    for number, exercise in enumerate(routine.exercises):
        for key, name in (("easier", exercise.easier), ("harder", exercise.harder)):
            place = ("exercises", number, key)
            if name is None or (name in ids[:number] and exercise.id in variants):  # a variant names what it varies
                continue
            if name not in ids[number + 1 :]:
                what = _('{where}: {key} is "{name}"; name the id of an exercise that comes after this one.')
                raise Mistake(place, what, name=messages.shortened(name))
            if name in variants:
                what = _('{where}: {key} is "{name}", already a variant of exercise {taken}; choose another.')
                raise Mistake(place, what, name=messages.shortened(name), taken=variants[name] + 1)
            variants[name] = number


def _check_blocks(routine: Routine) -> None:
    """Blocks have every exercise, except variants."""
    if not routine.blocks:
        return
    ids, variants = [exercise.id for exercise in routine.exercises], routine.variants
    for number, block in enumerate(routine.blocks):
        for name in block.exercises:
            if name not in ids or name in variants:
                what = _('{where}: {key} has "{name}"; name the ids of exercises of this file, and no variants.')
                raise Mistake(("blocks", number, "exercises"), what, name=messages.shortened(name))
    known = variants.union(*(block.exercises for block in routine.blocks))
    for number, name in enumerate(ids):
        if name not in known:
            raise Mistake(("exercises", number), _("{where}: it is in no block; add its id to one."))


def _check_braces(place: Place, text: str) -> None:
    """An unmatched brace is a misspelt placeholder."""
    brace = re.search("[{}]", PLACEHOLDER.sub("", text))
    if brace is not None:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        what = _("{where}: {key} has an unmatched {brace}; braces are only for placeholders, which are {known}.")
        raise Mistake(place, what, brace=brace[0], known=known)


def _check_unplaced(place: Place, text: str) -> None:
    if "{" in text or "}" in text:
        what = _("{where}: {key} is {text}, but only steps can name a side; remove the placeholder.")
        raise Mistake(place, what, text=messages.quoted(text))
