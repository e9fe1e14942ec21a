"""Reads a routine file: TOML in, a `Routine` out, or one sentence that says what is wrong."""

import re
from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path
from typing import Final
from unicodedata import normalize

from stretchplayer.errors import DomainError
from stretchplayer.figure.fields import MAX_NAME
from stretchplayer.figure.side import PLACEHOLDERS
from stretchplayer.i18n import _
from stretchplayer.routine.routine import (
    MAX_EXERCISES,
    Exercise,
    Routine,
    SideMode,
    Step,
    StepKind,
    check_placeholders,
    translated,
)
from stretchplayer.storage import messages, toml_file
from stretchplayer.storage.diagnostics import Mistake, Place

_KIND: Final = "routine"
_NAMES: Final = {"exercises": "stretches"}
MAX_PLAYED_STEPS: Final = 5_000
"""The most steps of a routine with sides, repetitions and sets multiplied out."""
MAX_PLAYED_S: Final = 12 * 3600
"""The longest total of a routine's steps and rests."""
SHORTEST_HOLD_S: Final = 1

_NOT_IN_ID: Final = r"[^a-z0-9]+"


def read_routine(path: Path) -> Routine:
    data = toml_file.read_bytes(path)
    return parse_routine(data, name=messages.shown(path), routine_id=id_of_file(path))


def parse_routine(data: bytes, *, name: str, routine_id: str) -> Routine:
    routine = toml_file.read_as(
        data,
        name,
        called=_KIND,
        kind=Routine,
        complete=lambda document: _completed(document, routine_id),
        check=_check,
        names=_NAMES,
    )
    return translated(routine)


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
    base = (slug(title) if isinstance(title, str) else "") or "stretch"
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
        for key, text in (
            ("title", exercise.title), ("setup", exercise.setup), ("setup_say", exercise.setup_say),
            ("transition_say", exercise.transition_say), ("limb", exercise.limb),
        ):  # fmt: skip
            _check_unplaced((*place, key), text or "")
        for item in exercise.equipment:
            _check_unplaced((*place, "equipment"), item)
        for index, step in enumerate(exercise.steps):
            _check_step(step, exercise.sides, (*place, "steps", index))
    _check_extent(routine.exercises)


def _check_step(step: Step, sides: SideMode, place: Place) -> None:
    if (step.seconds is None) == (step.repetitions is None):
        both = step.seconds is not None
        what = _("{where}: it has both seconds and repetitions; remove one of them.")
        raise Mistake(place, what if both else _("{where}: it has neither seconds nor repetitions; add one of them."))
    if step.kind is StepKind.HOLD and step.duration_s < SHORTEST_HOLD_S:
        what = _("{where}: {key} is {seconds}, too short for a hold; use {shortest_hold_s} or more.")
        raise Mistake((*place, "seconds"), what, seconds=step.seconds, shortest_hold_s=SHORTEST_HOLD_S)
    if step.coach and step.kind is not StepKind.HOLD:
        raise Mistake((*place, "coach"), _("{where}: {key} is only for a step that holds; remove it."))
    coach = (("coach", text) for text in step.coach)
    for key, text in (("text", step.text), ("say", step.say or ""), *coach):
        _check_braces((*place, key), text)
        try:
            check_placeholders(text, sides)
        except DomainError as error:
            what = _("{where}: {key} has an invalid placeholder: {error}.")
            raise Mistake((*place, key), what, error=error) from error


def _check_braces(place: Place, text: str) -> None:
    """An unmatched brace is a misspelt placeholder."""
    rest = re.sub(r"\{[^{}]*\}", "", text)
    brace = next((character for character in rest if character in "{}"), None)
    if brace is not None:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        what = _("{where}: {key} has an unmatched {brace}; braces are only for placeholders, which are {known}.")
        raise Mistake(place, what, brace=brace, known=known)


def _check_unplaced(place: Place, text: str) -> None:
    if "{" in text or "}" in text:
        what = _("{where}: {key} is {text}, but only steps can name a side; remove the placeholder.")
        raise Mistake(place, what, text=messages.quoted(text))


def _check_extent(exercises: tuple[Exercise, ...]) -> None:
    """Sides, repetitions and sets multiply: a small file must not make a timeline that fills the memory."""
    if sum(_played_times(exercise) * len(exercise.steps) for exercise in exercises) > MAX_PLAYED_STEPS:
        what = _("{where}: it has more than {max_played_steps} steps; use fewer repetitions or sets.")
        raise Mistake((), what, max_played_steps=MAX_PLAYED_STEPS)
    if sum(_played_seconds(exercises)) > MAX_PLAYED_S:
        what = _("{where}: it takes more than {max_played_s} hours; use fewer repetitions, sets or seconds.")
        raise Mistake((), what, max_played_s=MAX_PLAYED_S // 3600)


def _played_times(exercise: Exercise) -> int:
    return exercise.sets * exercise.repetitions * (2 if exercise.sides is SideMode.EACH else 1)


def _played_seconds(exercises: tuple[Exercise, ...]) -> Iterator[float]:
    for exercise in exercises:
        yield _played_times(exercise) * sum(step.duration_s for step in exercise.steps)
        yield (exercise.sets - 1) * exercise.rest_s
