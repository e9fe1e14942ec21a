"""A routine as a person would find it on an exercise sheet: exercises, their steps, and what they need.

The limits of the fields are checked when a file is read. They are also in the JSON Schema of these classes, as are the
descriptions.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import Annotated, Final, Generic, TypeAlias, TypeVar

from msgspec import Meta, Struct

from stretchplayer.errors import DomainError, shortened
from stretchplayer.figure.fields import Name, Text, Title
from stretchplayer.figure.side import PLACEHOLDER, PLACEHOLDERS, Side, SidedText
from stretchplayer.i18n import ENGLISH, _, language

MAX_EXERCISES: Final = 200
MAX_STEPS: Final = 50
MAX_STEP_S: Final = 3600
MAX_COUNT: Final = 100
MAX_ITEMS: Final = 50
MAX_PLAYED_STEPS: Final = 5_000
"""The most steps of a routine with sides, repetitions, sets and rounds multiplied out."""
MAX_PLAYED_S: Final = 12 * 3600
"""The longest total of a routine's steps and rests."""
SECONDS_PER_REPETITION: Final = 3.0
BREATH_S: Final = 5.0
SHORTEST_STRETCH_S: Final = 10.0
"""The seconds of a hold this long count. A shorter one is part of a repetition."""
DEFAULT_ROUTINE: Final = "hamstring-trio"
"""The id of the shipped routine, played when none is named."""


class Goal(StrEnum):
    """What a routine is for."""

    STRETCHING = "stretching"
    MOBILITY = "mobility"
    STRENGTH = "strength"
    NERVE_GLIDES = "nerve_glides"
    RELAXATION = "relaxation"


class SideMode(StrEnum):
    """How an exercise goes over the two sides: one after the other, in turn, one alone, or it has no sides."""

    EACH = "each"
    ALTERNATE = "alternate"
    ONE = "one"
    NONE = "none"


class StepKind(StrEnum):
    """What a step asks of the person."""

    MOVE = "move"
    HOLD = "hold"
    RELEASE = "release"


class Position(StrEnum):
    """The body position for an exercise. Changing it takes time with a sore back."""

    LYING_ON_BACK = "lying_on_back"
    LYING_ON_FRONT = "lying_on_front"
    LYING_ON_SIDE = "lying_on_side"
    SITTING_ON_CHAIR = "sitting_on_chair"
    SITTING_ON_FLOOR = "sitting_on_floor"
    ON_ALL_FOURS = "on_all_fours"
    KNEELING = "kneeling"
    STANDING = "standing"

    @property
    def on_floor(self) -> bool:
        """Whether the person has to get down for it, and up again after it."""
        return self not in {Position.SITTING_ON_CHAIR, Position.STANDING}


_T = TypeVar("_T")


class Range(Struct, Generic[_T], array_like=True, forbid_unknown_fields=True, frozen=True):
    """A dose from `low` to `high`, written as a list of the two. The low end is played until the person chooses."""

    low: _T
    high: _T


def low_end(dose: _T | Range[_T]) -> _T:
    return dose.low if isinstance(dose, Range) else dose


def high_end(dose: _T | Range[_T]) -> _T:
    return dose.high if isinstance(dose, Range) else dose


Count: TypeAlias = Annotated[int, Meta(ge=1, le=MAX_COUNT)]
Seconds: TypeAlias = Annotated[float, Meta(gt=0, le=MAX_STEP_S)]
Rest: TypeAlias = Annotated[float, Meta(ge=0, le=MAX_STEP_S)]
TimesPerDay: TypeAlias = Annotated[int, Meta(ge=1, le=10)]
DaysPerWeek: TypeAlias = Annotated[int, Meta(ge=1, le=7)]

_LEG = "May name the leg with {leg}, {other_leg}, {side} and {other_side}."
_ONE_DURATION = {"oneOf": [{"required": [key]} for key in ("seconds", "breaths", "repetitions")]}
_LANGUAGE = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*(?![\s\S])"
_PICTURE = r"^[A-Za-z0-9_][A-Za-z0-9_ .-]*\.([Pp][Nn][Gg]|[Jj][Pp][Ee]?[Gg]|[Ss][Vv][Gg])(?![\s\S])"

NOT_IN_FILE: Final = Meta(extra={"in_file": False})
"""Marks a field that no file has."""
LanguageTag: TypeAlias = Annotated[
    str, Meta(max_length=35, pattern=_LANGUAGE, extra={"expected": 'a language tag such as "en" or "pt-BR"'})
]
Picture: TypeAlias = Annotated[
    str,
    Meta(
        max_length=100,
        pattern=_PICTURE,
        extra={"expected": "the name of a file beside this one that ends in .png, .jpg, .jpeg or .svg"},
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do, for seconds, breaths or repetitions."""

    kind: Annotated[StepKind, Meta(description="What the step asks: move, hold still, or release.")]
    text: Annotated[Text | SidedText, Meta(description=f"What to do, as it is shown. {_LEG}")]
    say: Annotated[
        Text | SidedText | None,
        Meta(description=f"What is spoken in place of the text; in a hold, what is said before its length. {_LEG}"),
    ] = None
    short: Annotated[Text | None, Meta(description=f"What is spoken instead from the second repetition on. {_LEG}")] = (
        None
    )
    count: Annotated[bool, Meta(description="Whether the number of the repetition is spoken.")] = False
    seconds: Annotated[
        Seconds | Range[Seconds] | None,
        Meta(description="How long the step takes, on each side; for a hold it can be a range."),
    ] = None
    breaths: Annotated[Count | None, Meta(description="How many calm breaths the step takes, instead of seconds.")] = (
        None
    )
    repetitions: Annotated[Count | None, Meta(description="How often the movement is done, instead of seconds.")] = None
    coach: Annotated[
        tuple[Text, ...],
        Meta(max_length=MAX_ITEMS, description=f"Sentences spoken in a hold, as far as there is room. {_LEG}"),
    ] = ()
    pose: Annotated[Name | None, Meta(description="The name of the figure's pose at the end of the step.")] = None

    @property
    def duration_s(self) -> float:
        """Seconds the step takes at normal pace, of a range the fewest."""
        if self.seconds is not None:
            return low_end(self.seconds)
        if self.breaths is not None:
            return self.breaths * BREATH_S
        return (self.repetitions or 1) * SECONDS_PER_REPETITION


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise: its steps, and how often and on which sides they are done.

    The last four fields aren't in a file but chosen by the person (`dose.with_doses`): whether anything was, whether
    the holds have a length of their own, which the length chosen for all holds leaves alone, the side of
    `SideMode.ONE`, and the side on which there is a set more.
    """

    id: Annotated[Name, Meta(description="A name for the exercise that never changes; made from the title without it.")]
    title: Annotated[Title, Meta(description="The name of the exercise.")]
    position: Annotated[Position, Meta(description="How the body is placed.")]
    setup: Annotated[Text | None, Meta(description="How to get into position; said once, for both sides.")] = None
    setup_say: Annotated[
        Text | None, Meta(description="What is spoken to get into position, in place of the title and the setup.")
    ] = None
    transition_say: Annotated[
        Text | None, Meta(description="What is spoken on the way here from the exercise before it in the file.")
    ] = None
    equipment: Annotated[
        tuple[Title, ...],
        Meta(max_length=MAX_ITEMS, description='What is needed, each with its article: "a towel".'),
    ] = ()
    why: Annotated[Text, Meta(description="What the exercise is good for, in a sentence.")] = ""
    feel: Annotated[Text, Meta(description="What to feel and where, in a sentence.")] = ""
    avoid: Annotated[Text, Meta(description="What to avoid, in a sentence.")] = ""
    easier: Annotated[
        Name | None, Meta(description="The id of an easier variant in this file, which is played only if chosen.")
    ] = None
    harder: Annotated[
        Name | None, Meta(description="The id of a harder variant in this file, which is played only if chosen.")
    ] = None
    sides: Annotated[
        SideMode,
        Meta(
            description="Whether it is done on each side in full, on alternate sides at each repetition, on the one "
            "side that the person names, or has no sides."
        ),
    ] = SideMode.EACH
    limb: Annotated[Title, Meta(description="What has a left and a right here; {leg} then says it.")] = "leg"
    repetitions: Annotated[
        Count | Range[Count], Meta(description="How often the steps are done on a side, one after the other.")
    ] = 1
    sets: Annotated[Count | Range[Count], Meta(description="How often all of it is done.")] = 1
    rest_s: Annotated[Rest, Meta(description="Seconds of rest between two sets.")] = 0
    rest_between_repetitions_s: Annotated[Rest, Meta(description="Seconds of rest between two repetitions.")] = 0
    picture: Annotated[
        Picture | None,
        Meta(description="The name of a PNG, JPEG or SVG file beside this one, shown where no pose fits."),
    ] = None
    picture_path: Annotated[str, NOT_IN_FILE] = ""
    steps: Annotated[
        tuple[Annotated[Step, Meta(extra_json_schema=_ONE_DURATION)], ...],
        Meta(min_length=1, max_length=MAX_STEPS, description="What to do, in order."),
    ]
    own_dose: Annotated[bool, NOT_IN_FILE] = False
    own_hold: Annotated[bool, NOT_IN_FILE] = False
    only_side: Annotated[Side | None, NOT_IN_FILE] = None
    extra_set_on: Annotated[Side | None, NOT_IN_FILE] = None

    @property
    def counts_repetitions(self) -> bool:
        """Whether repetitions count: there is no hold, or several that are too short to count seconds."""
        holds = [step for step in self.steps if step.kind is StepKind.HOLD]
        several = high_end(self.repetitions) > 1
        return not holds or (several and all(step.duration_s < SHORTEST_STRETCH_S for step in holds))


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNote:
    """One safety note."""

    text: Annotated[Text, Meta(description="The sentence.")]
    stop: Annotated[
        bool, Meta(description="Whether it says when to stop; it is then shown to anyone who reports growing pain.")
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Exercises that are done one after the other, in rounds."""

    rounds: Annotated[Count, Meta(description="How often.")] = 1
    exercises: Annotated[
        tuple[Name, ...], Meta(min_length=1, max_length=MAX_EXERCISES, description="The ids of exercises, in order.")
    ]
    rest_s: Annotated[Rest, Meta(description="Seconds of rest between two rounds.")] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A routine for Stretch Player: an ordered list of exercises."""

    id: Name
    title: Annotated[Title, Meta(description="The name of the routine.")]
    description: Annotated[Text, Meta(description="What the routine helps with.")] = ""
    source: Annotated[Text, Meta(description="Where the exercises come from.")] = ""
    licence: Annotated[Text, Meta(description="The licence of the text.")] = ""
    author: Annotated[Title, Meta(description="Who wrote it.")] = ""
    language: Annotated[LanguageTag, Meta(description='The language of its texts, as in "en" or "pt-BR" (BCP 47).')] = (
        "en"
    )
    goal: Annotated[Goal | None, Meta(description="What it is for.")] = None
    regions: Annotated[
        tuple[Title, ...], Meta(max_length=MAX_ITEMS, description='The parts of the body it is for: "lower back".')
    ] = ()
    times_per_day: Annotated[TimesPerDay | None, Meta(description="How often a day it is meant to be done.")] = None
    days_per_week: Annotated[DaysPerWeek | None, Meta(description="On how many days a week.")] = None
    caution: Annotated[Text, Meta(description="Who should ask a professional first, in a sentence.")] = ""
    safety: Annotated[
        tuple[SafetyNote, ...], Meta(max_length=MAX_ITEMS, description="Safety notes, a sentence each.")
    ] = ()
    blocks: Annotated[
        tuple[Block, ...],
        Meta(max_length=MAX_EXERCISES, description="What is played; without them each exercise once, in order."),
    ] = ()
    exercises: Annotated[
        tuple[Exercise, ...], Meta(min_length=1, max_length=MAX_EXERCISES, description="The exercises, in order.")
    ]

    @property
    def variants(self) -> frozenset[str]:
        """The ids of the exercises that one before them in the file names as easier or harder."""
        places = {exercise.id: place for place, exercise in enumerate(self.exercises)}
        return frozenset(
            name
            for place, exercise in enumerate(self.exercises)
            for name in (exercise.easier, exercise.harder)
            if name is not None and places.get(name, place) > place
        )

    @property
    def played_blocks(self) -> tuple[Block, ...]:
        """The blocks, or one with every exercise that is no variant."""
        if self.blocks:
            return self.blocks
        variants = self.variants
        return (Block(exercises=tuple(each.id for each in self.exercises if each.id not in variants)),)

    @property
    def played(self) -> tuple[Exercise, ...]:
        """The exercises that are played, each once, in the order in which they first come."""
        return tuple(map(self.exercise, dict.fromkeys(chain(*(block.exercises for block in self.played_blocks)))))

    @property
    def effective_goal(self) -> Goal | None:
        """The goal. Without one, as in format 1, it is stretching unless an exercise counts repetitions."""
        if self.goal is None and not any(exercise.counts_repetitions for exercise in self.played):
            return Goal.STRETCHING
        return self.goal

    @property
    def stop_rules(self) -> tuple[str, ...]:
        return tuple(note.text for note in self.safety if note.stop)

    @property
    def equipment(self) -> tuple[str, ...]:
        """Everything to have at hand, without duplicates, in the order of use."""
        return tuple(dict.fromkeys(item for exercise in self.played for item in exercise.equipment))

    def exercise(self, exercise_id: str) -> Exercise:
        for exercise in self.exercises:
            if exercise.id == exercise_id:
                return exercise
        raise KeyError(exercise_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonSafety:
    """The safety notes that are common to all routines: when to stop, and what comes last."""

    stop: tuple[Text, ...]
    last: tuple[Text, ...]


def with_common_safety(routine: Routine, common: CommonSafety) -> Routine:
    """The routine with the common notes: when to stop comes after its own first note, so that it is seen."""
    stop = tuple(SafetyNote(text=_(text), stop=True) for text in common.stop)
    last = tuple(SafetyNote(text=_(text)) for text in common.last)
    known = {note.text for note in stop + last}
    own = tuple(note for note in routine.safety if note.text not in known)
    return replace(routine, safety=(*own[:1], *stop, *own[1:], *last))


def translated(routine: Routine) -> Routine:
    """The routine in the person's language, except the steps, which are translated once their side is known."""
    if language() == ENGLISH:
        return routine
    is_translated = _(routine.title) != routine.title
    return replace(
        routine,
        language=language() if is_translated else routine.language,
        title=_(routine.title),
        description=_(routine.description),
        source=_(routine.source),
        regions=tuple(map(_, routine.regions)),
        caution=routine.caution and _(routine.caution),
        safety=tuple(replace(note, text=_(note.text)) for note in routine.safety),
        exercises=tuple(
            replace(
                exercise,
                title=_(exercise.title),
                setup=exercise.setup and _(exercise.setup),
                setup_say=exercise.setup_say and _(exercise.setup_say),
                transition_say=exercise.transition_say and _(exercise.transition_say),
                equipment=tuple(map(_, exercise.equipment)),
                why=exercise.why and _(exercise.why),
                feel=exercise.feel and _(exercise.feel),
                avoid=exercise.avoid and _(exercise.avoid),
            )
            for exercise in routine.exercises
        ),
    )


def preview_pose(exercise: Exercise) -> str | None:
    """The pose to picture an exercise with: that of its first hold, else of its first movement, else its last.

    None without one, and where the exercise has a picture for a hold without a pose.
    """
    hold = next((step for step in exercise.steps if step.kind is StepKind.HOLD), None)
    if exercise.picture and hold is not None and hold.pose is None:
        return None
    posed = [step for step in exercise.steps if step.pose]
    for kind in (StepKind.HOLD, StepKind.MOVE):
        for step in posed:
            if step.kind is kind:
                return step.pose
    return posed[-1].pose if posed else None


def check_extent(routine: Routine) -> None:
    """Raise DomainError if the routine has too many steps or takes too long.

    Sides, repetitions, sets and rounds multiply: a small file must not make a timeline that fills the memory.
    """
    steps, seconds = 0, 0.0
    for block in routine.played_blocks:
        exercises = [routine.exercise(name) for name in block.exercises]
        steps += block.rounds * sum(_times(exercise) * len(exercise.steps) for exercise in exercises)
        seconds += block.rounds * sum(map(_longest_s, exercises)) + (block.rounds - 1) * block.rest_s
    if steps > MAX_PLAYED_STEPS:
        what = _("it has more than {steps} steps; use fewer repetitions or sets")
        raise DomainError(what, steps=MAX_PLAYED_STEPS)
    if seconds > MAX_PLAYED_S:
        what = _("it takes more than {hours} hours; use fewer repetitions, sets or seconds")
        raise DomainError(what, hours=MAX_PLAYED_S // 3600)


def _times(exercise: Exercise) -> int:
    """How often the steps are played at most, on all sides together."""
    sides = 1 if exercise.sides is SideMode.NONE else 2
    return sides * high_end(exercise.repetitions) * (high_end(exercise.sets) + (exercise.extra_set_on is not None))


def _longest_s(exercise: Exercise) -> float:
    steps_s = sum(high_end(step.seconds) if step.seconds is not None else step.duration_s for step in exercise.steps)
    rests_s = (high_end(exercise.sets) - 1) * exercise.rest_s
    return _times(exercise) * (steps_s + exercise.rest_between_repetitions_s) + rests_s


def check_placeholders(text: str, sides: SideMode) -> None:
    """Raise DomainError if `text` has an unknown placeholder, or one that needs a side the exercise hasn't got."""
    for name in PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{p}}}" for p in PLACEHOLDERS)
            raise DomainError(
                _("{{{name}}} is not a placeholder; use one of {known}"), name=shortened(name), known=known
            )
        if sides is SideMode.NONE:
            message = _(
                '{{{name}}} needs a side, but this exercise has sides = "none"; name no leg or set sides = "each"'
            )
            raise DomainError(message, name=shortened(name))
