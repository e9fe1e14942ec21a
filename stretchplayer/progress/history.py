"""The history of sessions, pain and reach, and its sums. Only what was done counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final, TypeAlias

from msgspec import Meta

from stretchplayer.errors import DomainError
from stretchplayer.figure.fields import Name, Note, Title
from stretchplayer.figure.side import LEG, Side
from stretchplayer.i18n import _

LEAST_PAIN: Final = 0
WORST_PAIN: Final = 10
"""The numeric rating scale: 0 is no pain, 10 the worst imaginable."""
LONGEST_NOTE: Final = 2_000
"""Characters."""
FURTHEST_CM: Final = 200.0
"""A larger fingertip-to-floor distance is a typing error."""
FALSE_START: Final = timedelta(seconds=10)
"""Shorter sessions with nothing done leave no entry."""
LARGEST_ID: Final = 2**53 - 1
"""Larger integers are not exact in every JSON reader."""
_SECONDS_BEFORE_1970: Final = 62_135_596_800 + 24 * 3600
"""Of the calendar that Python has, and a day, for the time zone."""

Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]
Count: TypeAlias = Annotated[int, Meta(ge=0)]


class SessionOutcome(StrEnum):
    OPEN = "open"
    """It is playing, or the person has yet to resume or discard it."""
    FINISHED = "finished"
    """It was played to its end, perhaps with parts skipped."""
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    """The program or the machine stopped in the middle, and the person did not resume it."""


class WarningSign(StrEnum):
    """What a person can report after a session that calls for the stop rules."""

    WORSE = "worse"
    NUMB = "numb"
    WEAK = "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRecord:
    """One hold of a session's plan, and how long it was held.

    `index` is the index of its phase in the plan, `stretch` the exercise's id (as exports say) and `title` its name.
    `side` is None for an exercise without sides, and `limb` what has the sides. `held_ms` is at most `planned_ms`.
    """

    index: Count
    stretch: Name
    title: Title
    side: Side | None
    planned_ms: Count
    held_ms: Count
    limb: Title = LEG

    @property
    def missed_ms(self) -> int:
        return self.planned_ms - self.held_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionRecord:
    """The repetitions of one set of an exercise on one side, and how many of them were done; at most `planned`.

    `index` is the index of their first phase in the plan; the rest is as in `HoldRecord`.
    """

    index: Count
    stretch: Name
    title: Title
    side: Side | None
    planned: Count
    done: Count
    limb: Title = LEG


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """One session in the history.

    `id` is unique in the history and grows with the start of the session (`new_session_id`). `routine` is the routine's
    id, `title` its name, and `plan` the whole plan as JSON. All datetimes are aware, with the UTC offset of the time
    and place; `ended_at` is None while the outcome is `open`, and never before `started_at`. `seen_at` is when it was
    last playing. `slot` is the key of the reminder it was done for, if any (`Slot.key`). `rate` is session time per
    real time: other than 1 it was a rehearsal, which is recorded but doesn't count. `phase` is the index of the phase
    reached. `holds` has every hold of the plan in order, held or not, and `repetitions` every exercise that counts
    them, set by set and side by side.
    """

    id: Annotated[int, Meta(ge=0, le=LARGEST_ID)]
    routine: Name
    title: Title
    plan: str
    started_at: Moment
    seen_at: Moment
    ended_at: Moment | None = None
    slot: str | None = None
    outcome: SessionOutcome = SessionOutcome.OPEN
    rate: Annotated[float, Meta(gt=0)] = 1.0
    phase: Count = 0
    holds: tuple[HoldRecord, ...]
    repetitions: tuple[RepetitionRecord, ...] = ()

    @property
    def day(self) -> date:
        """The local day of its start, for which it counts."""
        return self.started_at.date()

    @property
    def counts(self) -> bool:
        """Whether it counts in sums; a rehearsal doesn't."""
        return self.rate == 1.0

    @property
    def held_ms(self) -> int:
        return sum(hold.held_ms for hold in self.holds)

    @property
    def planned_ms(self) -> int:
        return sum(hold.planned_ms for hold in self.holds)

    @property
    def repetitions_done(self) -> int:
        return sum(run.done for run in self.repetitions)

    @property
    def anything_done(self) -> bool:
        """Whether something was held, or a repetition done."""
        return self.held_ms > 0 or self.repetitions_done > 0

    @property
    def done(self) -> bool:
        """Whether it was finished with something done, so that its slot is done."""
        return self.outcome is SessionOutcome.FINISHED and self.anything_done

    @property
    def is_false_start(self) -> bool:
        """Whether it was stopped at once with nothing done; such a session leaves no entry."""
        if self.outcome is not SessionOutcome.STOPPED or self.ended_at is None or self.anything_done:
            return False
        return self.ended_at - self.started_at < FALSE_START

    @property
    def came_to_nothing(self) -> bool:
        """Whether nothing was done when it was last seen playing, right after its start; a rehearsal is faster."""
        return self.counts and not self.anything_done and self.seen_at - self.started_at < FALSE_START

    @property
    def complete(self) -> bool:
        missed = any(hold.missed_ms for hold in self.holds) or any(run.done < run.planned for run in self.repetitions)
        return self.done and not missed


def with_progress(
    record: SessionRecord,
    *,
    at: datetime,
    phase: int,
    held_ms: Mapping[int, int] = MappingProxyType({}),
    repetitions: Mapping[int, int] = MappingProxyType({}),
) -> SessionRecord:
    """The record of an open session at a phase boundary or a pause. What was done never shrinks.

    `at` is aware, and `phase` the index of the current phase in the plan. `held_ms` is the time held and `repetitions`
    the number of repetitions done so far, by the index in the record; unchanged ones may be omitted.
    """
    return replace(
        record,
        phase=phase,
        seen_at=max(record.seen_at, at),
        holds=tuple(
            replace(hold, held_ms=min(hold.planned_ms, max(hold.held_ms, held_ms.get(hold.index, 0))))
            for hold in record.holds
        ),
        repetitions=tuple(
            replace(run, done=min(run.planned, max(run.done, repetitions.get(run.index, 0))))
            for run in record.repetitions
        ),
    )


def ended(record: SessionRecord, outcome: SessionOutcome, ended_at: datetime, slot: str | None = None) -> SessionRecord:
    """The record of an ended session; `ended_at` is never before the start, even if the clock was set back.

    Only a finished session takes the new `slot`.
    """
    if outcome is not SessionOutcome.FINISHED:
        slot = record.slot
    return replace(record, outcome=outcome, ended_at=max(ended_at, record.started_at), slot=slot)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishAnswer:
    """Back and leg pain from 0 to 10, each None if not answered, the person's own words, and warning signs."""

    back: int | None = None
    leg: int | None = None
    note: Note = ""
    signs: frozenset[WarningSign] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class PainAnswer(FinishAnswer):
    """An answer about the session with this id. A second one replaces the first.

    DomainError if a number is off the scale or the note longer than `LONGEST_NOTE`.
    """

    session: int
    answered_at: Moment

    def __post_init__(self) -> None:
        for pain in (self.back, self.leg):
            if pain is not None and not LEAST_PAIN <= pain <= WORST_PAIN:
                message = _("Pain must be from {least_pain} to {worst_pain}, not {pain}.")
                raise DomainError(message, least_pain=LEAST_PAIN, worst_pain=WORST_PAIN, pain=pain)
        if len(self.note) > LONGEST_NOTE:
            raise DomainError(_("A note can have at most {longest_note} characters."), longest_note=LONGEST_NOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredSession:
    record: SessionRecord
    answer: PainAnswer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachMeasure:
    """The distance from the fingertips to the floor, 0 if they touch it. The last one of a day replaces the others.

    DomainError if it is below 0 or above `FURTHEST_CM`.
    """

    day: date
    cm: float

    def __post_init__(self) -> None:
        if not 0 <= self.cm <= FURTHEST_CM:
            message = _("The distance to the floor must be from 0 to {furthest_cm:g} cm, not {cm:g}.")
            raise DomainError(message, furthest_cm=FURTHEST_CM, cm=self.cm)


@dataclass(frozen=True, slots=True, kw_only=True)
class BySide:
    """What was done with the left leg, with the right leg, and in all other exercises: milliseconds or repetitions."""

    left: int = 0
    right: int = 0
    both: int = 0

    def __add__(self, other: "BySide") -> "BySide":
        return BySide(left=self.left + other.left, right=self.right + other.right, both=self.both + other.both)

    @property
    def total(self) -> int:
        return self.left + self.right + self.both


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTotal:
    """The sums of one local day, without rehearsals.

    `sessions` were started, and `finished` of them played to their end with something done.
    """

    day: date
    sessions: int
    finished: int
    held_ms: BySide
    repetitions: BySide = field(default_factory=BySide)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPain:
    """The answers of one local day: mean pain, None without an answer, and all warning signs."""

    day: date
    back: float | None
    leg: float | None
    signs: frozenset[WarningSign] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryTotal:
    """The sums of the whole history; the days are the first and last with a session."""

    first_day: date | None = None
    last_day: date | None = None
    sessions: int = 0
    finished: int = 0
    complete: int = 0
    held_ms: BySide = field(default_factory=BySide)
    repetitions: BySide = field(default_factory=BySide)


def new_session_id(started_at: datetime, salt: int) -> int:
    """Make an id that sorts by start; a random `salt` from 0 to 1023 tells simultaneous ones apart.

    Where a wrong clock says it is before 1970, seconds of the calendar take the place of milliseconds: still one a
    session, and before all others but those of 1970 and 1971.
    """
    seconds = started_at.timestamp()
    number = int(seconds * 1000) if seconds >= 0 else int(seconds) + _SECONDS_BEFORE_1970
    return min(number << 10 | salt & 1023, LARGEST_ID)
