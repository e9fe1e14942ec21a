"""A routine as a person would find it on an exercise sheet: exercises, their steps, and what they need.

The limits of the fields are checked when a file is read. They are also in the JSON Schema of these classes, as are the
descriptions.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

from msgspec import Meta

from stretchplayer.errors import DomainError, shortened
from stretchplayer.figure.fields import Name, Text, Title
from stretchplayer.figure.side import PLACEHOLDER, PLACEHOLDERS, Side
from stretchplayer.i18n import _

MAX_EXERCISES: Final = 200
MAX_STEPS: Final = 50
MAX_STEP_S: Final = 3600
MAX_COUNT: Final = 100
MAX_ITEMS: Final = 50
SECONDS_PER_REPETITION: Final = 3.0
BREATH_S: Final = 5.0
SHORTEST_STRETCH_S: Final = 10.0
"""A hold this long stretches: its seconds count. A shorter one is part of a repetition."""
DEFAULT_ROUTINE: Final = "hamstring-trio"
"""The id of the shipped routine, played when none is named."""


class SideMode(StrEnum):
    """Whether an exercise is done on each side, or has no sides."""

    EACH = "each"
    NONE = "none"
    ALTERNATE = "alternate"
    ONE = "one"


class Goal(StrEnum):
    STRETCHING = "stretching"
    MOBILITY = "mobility"
    STRENGTH = "strength"
    NERVE_GLIDES = "nerve_glides"
    RELAXATION = "relaxation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SidedText:
    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    rounds: int = 1
    exercises: tuple[str, ...]
    rest_s: float = 0


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


Count: TypeAlias = Annotated[int, Meta(ge=1, le=MAX_COUNT)]
Seconds: TypeAlias = Annotated[float, Meta(gt=0, le=MAX_STEP_S)]

_LEG = "May name the leg with {leg}, {other_leg}, {side} and {other_side}."
_ONE_DURATION = {"oneOf": [{"required": ["seconds"]}, {"required": ["repetitions"]}]}


def low_of(value: float | Range) -> float:
    """The number itself, or the low end of a range."""
    return value.low if isinstance(value, Range) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do, for either seconds or repetitions."""

    kind: Annotated[StepKind, Meta(description="What the step asks: move, hold still, or release.")]
    text: Annotated[Text | SidedText, Meta(description=f"What to do, as it is shown. {_LEG}")]
    say: Annotated[
        Text | SidedText | None,
        Meta(description=f"What is spoken in place of the text; in a hold, what is said before its length. {_LEG}"),
    ] = None
    breaths: int | None = None
    short: str | None = None
    count: bool = False
    seconds: Annotated[Seconds | Range | None, Meta(description="How long the step takes, on each side.")] = None
    repetitions: Annotated[Count | None, Meta(description="How often the movement is done, instead of seconds.")] = None
    coach: Annotated[
        tuple[Text, ...],
        Meta(max_length=MAX_ITEMS, description=f"Sentences spoken in a hold, as far as there is room. {_LEG}"),
    ] = ()
    pose: Annotated[Name | None, Meta(description="The name of the figure's pose at the end of the step.")] = None

    @property
    def duration_s(self) -> float:
        """Seconds the step takes at normal pace; a repetition counts `SECONDS_PER_REPETITION`."""
        if self.breaths is not None:
            return self.breaths * BREATH_S
        if self.seconds is not None:
            return low_of(self.seconds)
        return (self.repetitions or 1) * SECONDS_PER_REPETITION


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise: its steps, done on one or both sides."""

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
    sides: Annotated[SideMode, Meta(description="Whether the exercise is done on each side, or has no sides.")] = (
        SideMode.EACH
    )
    limb: Annotated[Title, Meta(description="What has a left and a right here; {leg} then says it.")] = "leg"
    only_side: Side | None = None
    extra_set_on: Side | None = None
    rest_between_repetitions_s: float = 0
    easier: str | None = None
    harder: str | None = None
    repetitions: Annotated[Count | Range, Meta(description="How often the steps are done on a side, one after the other.")] = 1
    sets: Annotated[Count | Range, Meta(description="How often all of it is done.")] = 1
    rest_s: Annotated[float, Meta(ge=0, le=MAX_STEP_S, description="Seconds of rest between two sets.")] = 0
    steps: Annotated[
        tuple[Annotated[Step, Meta(extra_json_schema=_ONE_DURATION)], ...],
        Meta(min_length=1, max_length=MAX_STEPS, description="What to do, in order."),
    ]


    @property
    def counts_repetitions(self) -> bool:
        """Whether it is the repetitions that count: there is no hold, or only holds too short to count seconds."""
        return all(step.kind is not StepKind.HOLD or step.duration_s < SHORTEST_STRETCH_S for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyNote:
    """One safety note."""

    text: Annotated[Text, Meta(description="The sentence.")]
    stop: Annotated[
        bool, Meta(description="Whether it says when to stop; it is then shown to anyone who reports growing pain.")
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """A routine for Stretch Player: an ordered list of exercises."""

    id: Name
    title: Annotated[Title, Meta(description="The name of the routine.")]
    description: Annotated[Text, Meta(description="What the routine helps with.")] = ""
    source: Annotated[Text, Meta(description="Where the exercises come from.")] = ""
    licence: Annotated[Text, Meta(description="The licence of the text.")] = ""
    safety: Annotated[
        tuple[SafetyNote, ...], Meta(max_length=MAX_ITEMS, description="Safety notes, a sentence each.")
    ] = ()
    exercises: Annotated[
        tuple[Exercise, ...], Meta(min_length=1, max_length=MAX_EXERCISES, description="The exercises, in order.")
    ]

    goal: Goal | None = None
    blocks: tuple[Block, ...] = ()

    @property
    def played(self) -> tuple[Exercise, ...]:
        variants = {other for exercise in self.exercises for other in (exercise.easier, exercise.harder)}
        return tuple(exercise for exercise in self.exercises if exercise.id not in variants)

    @property
    def stop_rules(self) -> tuple[str, ...]:
        return tuple(note.text for note in self.safety if note.stop)

    @property
    def equipment(self) -> tuple[str, ...]:
        """Everything to have at hand, without duplicates, in the order of use."""
        return tuple(dict.fromkeys(item for exercise in self.exercises for item in exercise.equipment))

    def exercise(self, exercise_id: str) -> Exercise:
        for exercise in self.exercises:
            if exercise.id == exercise_id:
                return exercise
        raise KeyError(exercise_id)


def translated(routine: Routine) -> Routine:
    """The routine in the person's language, except the steps, which are translated once their side is known."""
    return replace(
        routine,
        title=_(routine.title),
        description=_(routine.description),
        source=_(routine.source),
        safety=tuple(replace(note, text=_(note.text)) for note in routine.safety),
        exercises=tuple(
            replace(
                exercise,
                title=_(exercise.title),
                setup=exercise.setup and _(exercise.setup),
                setup_say=exercise.setup_say and _(exercise.setup_say),
                transition_say=exercise.transition_say and _(exercise.transition_say),
                equipment=tuple(map(_, exercise.equipment)),
            )
            for exercise in routine.exercises
        ),
    )


def preview_pose(exercise: Exercise) -> str | None:
    """The pose to picture an exercise with: that of its first hold, or else its last."""
    posed = [step for step in exercise.steps if step.pose]
    holds = [step.pose for step in posed if step.kind is StepKind.HOLD]
    return holds[0] if holds else posed[-1].pose if posed else None


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
