"""A routine as a person would find it on an exercise sheet: stretches, their steps, and what they need."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from stretchplayer.domain.errors import DomainError
from stretchplayer.domain.side import PLACEHOLDER, PLACEHOLDERS

MAX_STRETCHES: Final = 200
MAX_STEPS: Final = 50
MAX_STEP_S: Final = 3600
MAX_COUNT: Final = 100
SECONDS_PER_REPETITION: Final = 3.0
DEFAULT_ROUTINE: Final = "hamstring-trio"
"""The id of the shipped routine that is played when none is named."""


class SideMode(StrEnum):
    """Whether a stretch is done once on each side, or has no sides."""

    EACH = "each"
    NONE = "none"


class StepKind(StrEnum):
    """What a step asks of the person."""

    MOVE = "move"
    HOLD = "hold"
    RELEASE = "release"


class Position(StrEnum):
    """How the body is placed for a stretch. A change of position takes time when the back is sore."""

    LYING_ON_BACK = "lying_on_back"
    LYING_ON_FRONT = "lying_on_front"
    LYING_ON_SIDE = "lying_on_side"
    SITTING_ON_CHAIR = "sitting_on_chair"
    SITTING_ON_FLOOR = "sitting_on_floor"
    ON_ALL_FOURS = "on_all_fours"
    KNEELING = "kneeling"
    STANDING = "standing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do. Exactly one of `seconds` and `repetitions` is given.

    `text` is shown and `say` (or, without it, `text`) is spoken; both may name the leg with `{leg}`, `{other_leg}`,
    `{side}` and `{other_side}`. `pose` names the figure's pose at the end of the step.
    """

    kind: StepKind
    text: str
    say: str | None = None
    seconds: float | None = None
    repetitions: int | None = None
    pose: str | None = None

    @property
    def duration_s(self) -> float:
        """Seconds the step takes at normal pace; a repetition counts `SECONDS_PER_REPETITION`."""
        if self.seconds is not None:
            return self.seconds
        return (self.repetitions or 1) * SECONDS_PER_REPETITION


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Steps done on one or both sides, `repetitions` times a side, `sets` times over with `rest_s` between sets.

    `limb` is what has a left and a right here; `{leg}` stands for the side and the limb, whatever limb it is.
    """

    id: str
    title: str
    position: Position
    setup: str | None = None
    equipment: tuple[str, ...] = ()
    sides: SideMode = SideMode.EACH
    limb: str = "leg"
    repetitions: int = 1
    sets: int = 1
    rest_s: float = 0
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """An ordered list of stretches, with where it comes from and what to heed.

    `stop_rules` are those of the safety notes that say when to stop.
    """

    id: str
    title: str
    description: str = ""
    source: str = ""
    licence: str = ""
    safety: tuple[str, ...] = ()
    stop_rules: tuple[str, ...] = ()
    stretches: tuple[Stretch, ...]

    @property
    def equipment(self) -> tuple[str, ...]:
        """Everything to have at hand, each once, in the order of need."""
        return tuple(dict.fromkeys(item for stretch in self.stretches for item in stretch.equipment))

    def stretch(self, stretch_id: str) -> Stretch:
        """Return the stretch with that id; KeyError without one."""
        for stretch in self.stretches:
            if stretch.id == stretch_id:
                return stretch
        raise KeyError(stretch_id)


def picture_of(stretch: Stretch) -> str | None:
    """The pose that stands for a stretch: that of its first hold, or else its last."""
    posed = [step for step in stretch.steps if step.pose]
    holds = [step.pose for step in posed if step.kind is StepKind.HOLD]
    return holds[0] if holds else posed[-1].pose if posed else None


def check_placeholders(text: str, sides: SideMode) -> None:
    """Raise DomainError when `text` has a placeholder that can't be filled for a stretch with these sides."""
    for name in PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{p}}}" for p in PLACEHOLDERS)
            message = f"{{{name}}} is no placeholder; use one of {known}"
            raise DomainError(message)
        if sides is SideMode.NONE:
            message = f'{{{name}}} needs a side, but this stretch has sides = "none"; name no leg or set sides = "each"'
            raise DomainError(message)
