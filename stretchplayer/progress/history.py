"""What is remembered of sessions, pain and reach, and the sums made of it. Nothing counts but what was held."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from stretchplayer.errors import DomainError
from stretchplayer.figure.side import Side
from stretchplayer.i18n import _

LEAST_PAIN: Final = 0
WORST_PAIN: Final = 10
"""The numeric rating scale: 0 is no pain, 10 the worst imaginable."""
LONGEST_NOTE: Final = 2_000
"""Characters."""
FURTHEST_CM: Final = 200.0
"""A fingertip-to-floor distance beyond this is a slip of the keyboard."""
LARGEST_ID: Final = 2**53 - 1
"""Larger numbers are not the same number in every program that reads JSON."""


class SessionOutcome(StrEnum):
    """How a session ended, or that it has not."""

    OPEN = "open"
    """It is being played, or nobody has said yet what is to become of it."""
    FINISHED = "finished"
    """It came to its end, with whatever was skipped on the way."""
    STOPPED = "stopped"
    """The person ended it."""
    INTERRUPTED = "interrupted"
    """The program or the machine ended in the middle, and the person did not go on."""


class WarningSign(StrEnum):
    """What a person can report after a session that calls for the stop rules to be shown."""

    WORSE = "worse"
    """The pain has grown."""
    NUMB = "numb"
    WEAK = "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRecord:
    """One hold of a session's plan, and how long it was really held.

    `index` is its phase's place in the plan. `stretch` is the stretch's id and `title` its name. `side` is None for a
    stretch without sides. `held_ms` never exceeds `planned_ms`.
    """

    index: int
    stretch: str
    title: str
    side: Side | None
    planned_ms: int
    held_ms: int

    @property
    def missed_ms(self) -> int:
        """What was planned and not held."""
        return self.planned_ms - self.held_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """One session as it is remembered.

    `id` is unique in a person's history and grows with the moment the session began (`new_session_id`). `routine` is
    the routine's id and `title` its name, `plan` the whole plan as it was then, as JSON. `started_at` and `ended_at`
    are aware and have the UTC offset that held there and then; `ended_at` is None while the outcome is `open`, and
    never before `started_at`. `seen_at` is when it was last known to be played, aware too. `slot` is the key of the
    reminder it was done for (`Slot.key`), None when it was done for none. `rate` is session time per real time: other
    than 1 it was a rehearsal, which is remembered but counts for nothing. `phase` is the place in the plan that was
    reached. `holds` has every hold of the plan, in its order, held or not.
    """

    id: int
    routine: str
    title: str
    plan: str
    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None
    slot: str | None = None
    outcome: SessionOutcome = SessionOutcome.OPEN
    rate: float = 1.0
    phase: int = 0
    holds: tuple[HoldRecord, ...]

    @property
    def day(self) -> date:
        """The local day on which it began, to which it counts."""
        return self.started_at.date()

    @property
    def counts(self) -> bool:
        """Whether it counts for the sums: a rehearsal doesn't."""
        return self.rate == 1.0

    @property
    def held_ms(self) -> int:
        return sum(hold.held_ms for hold in self.holds)

    @property
    def planned_ms(self) -> int:
        return sum(hold.planned_ms for hold in self.holds)

    @property
    def done(self) -> bool:
        """Whether it came to its end with something held: the slot it was for is done."""
        return self.outcome is SessionOutcome.FINISHED and self.held_ms > 0

    @property
    def complete(self) -> bool:
        """Whether it came to its end with every hold held to its own."""
        return self.done and all(not hold.missed_ms for hold in self.holds)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNote:
    """How far an open session has come: written at every phase boundary and whenever time stands still.

    `at` is the moment, aware. `phase` is the place in the plan of the phase that begins or goes on. `held_ms` are the
    milliseconds held so far in the holds named by their place in the plan; those that have not changed may be left out.
    """

    session: int
    at: datetime
    phase: int
    held_ms: Mapping[int, int] = field(default_factory=dict)


def noted(record: SessionRecord, note: SessionNote) -> SessionRecord:
    """The record with the note in it. What was held of a hold never shrinks and never exceeds what was planned."""
    holds = tuple(
        replace(hold, held_ms=min(hold.planned_ms, max(hold.held_ms, note.held_ms.get(hold.index, 0))))
        for hold in record.holds
    )
    return replace(record, phase=note.phase, seen_at=max(record.seen_at, note.at), holds=holds)


def ended(record: SessionRecord, outcome: SessionOutcome, ended_at: datetime, slot: str | None = None) -> SessionRecord:
    """The record of a session that has ended; never before it began, however the clock was set meanwhile.

    One that was played to its end is for the slot that it counts for then.
    """
    if outcome is not SessionOutcome.FINISHED:
        slot = record.slot
    return replace(record, outcome=outcome, ended_at=max(ended_at, record.started_at), slot=slot)


@dataclass(frozen=True, slots=True, kw_only=True)
class PainAnswer:
    """What a person answered after a session: pain of the back and the leg from 0 to 10, each None when not answered.

    `session` is the session's id. `note` is the person's own words, empty without. A second answer about the same
    session replaces the first. DomainError when a number is off the scale or the note longer than `LONGEST_NOTE`.
    """

    session: int
    answered_at: datetime
    back: int | None = None
    leg: int | None = None
    note: str = ""
    signs: frozenset[WarningSign] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        for pain in (self.back, self.leg):
            if pain is not None and not LEAST_PAIN <= pain <= WORST_PAIN:
                raise DomainError(
                    _("Pain must be from {least_pain} to {worst_pain}, not {pain}.").format(
                        least_pain=LEAST_PAIN, worst_pain=WORST_PAIN, pain=pain
                    )
                )
        if len(self.note) > LONGEST_NOTE:
            raise DomainError(_("A note can have at most {longest_note} characters.").format(longest_note=LONGEST_NOTE))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachMeasure:
    """The distance from the fingertips to the floor, in cm; 0 when they touch it. A day has one, the last.

    DomainError when it is below 0 or above `FURTHEST_CM`.
    """

    day: date
    cm: float

    def __post_init__(self) -> None:
        if not 0 <= self.cm <= FURTHEST_CM:
            raise DomainError(
                _("The distance to the floor must be from 0 to {furthest_cm:g} cm, not {cm:g}.").format(
                    furthest_cm=FURTHEST_CM, cm=self.cm
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBySide:
    """Milliseconds held on the left, on the right, and in stretches without sides."""

    left_ms: int = 0
    right_ms: int = 0
    both_ms: int = 0

    @property
    def total_ms(self) -> int:
        return self.left_ms + self.right_ms + self.both_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTotal:
    """The sums of one local day. Rehearsals are in none of them.

    `sessions` is how many began, `finished` how many came to their end with something held, `complete` how many of
    these were held in full.
    """

    day: date
    sessions: int
    finished: int
    complete: int
    held: HeldBySide


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPain:
    """What was answered on one local day: the mean of the answers, None where there was none, and all signs."""

    day: date
    back: float | None
    leg: float | None
    signs: frozenset[WarningSign] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryTotal:
    """The sums of everything: the first and last day with a session, None without any, and what was done."""

    first_day: date | None = None
    last_day: date | None = None
    sessions: int = 0
    finished: int = 0
    complete: int = 0
    held: HeldBySide = field(default_factory=HeldBySide)


def new_session_id(started_at: datetime, salt: int) -> int:
    """Make an id that sorts by the moment of the start; `salt` (0 to 1023, random) tells two of one moment apart."""
    return min(max(0, int(started_at.timestamp() * 1000)) << 10 | salt & 1023, LARGEST_ID)
