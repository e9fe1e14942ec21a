"""Adherence: what became of each slot of the calendar, and how many days in a row had a session.

A day counts if a session was finished on it or for one of its slots, or if the person says that one of them was done.
A day on which nothing was due, or everything due was skipped or paused by the person, neither counts nor ends the row,
since the safety notes ask people to leave stretching out in a flare. Nor does today while it can still be done. Any
other day ends the row; a single missed slot never does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from stretchplayer.progress.history import DayPain, DayTotal, HistoryTotal, ReachMeasure
from stretchplayer.reminders.slot_windows import LONGEST_WINDOW
from stretchplayer.reminders.slots import ReminderSettings, Slot, SlotState

DAY: Final = timedelta(days=1)
_DAY_OF_KEY: Final = len("2026-03-02")


class DotState(StrEnum):
    DONE = "done"
    MARKED_DONE = "marked-done"
    """The person says so; it counts, but nothing was held."""
    MISSED = "missed"
    SKIPPED = "skipped"
    PAUSED = "paused"
    COMING = "coming"
    """Its window isn't over yet."""
    BEFORE = "before"
    """Before the first session, or on the same day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    slot: Slot
    state: DotState


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day: its slots in order, and how many sessions were finished on it.

    `ends_row` is whether it ends a row of days if it has no session.
    """

    day: date
    dots: tuple[Dot, ...]
    finished: int = 0
    ends_row: bool = False

    @property
    def active(self) -> bool:
        """Whether a session was finished on it or for one of its slots, which may be after midnight."""
        return self.finished > 0 or any(dot.state is DotState.DONE for dot in self.dots)

    @property
    def counts(self) -> bool:
        """Whether it counts for a row of days."""
        return self.active or any(dot.state is DotState.MARKED_DONE for dot in self.dots)

    @property
    def extra(self) -> int:
        """Finished sessions that were for no slot."""
        return max(0, self.finished - sum(dot.state is DotState.DONE for dot in self.dots))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The data from which a report is made.

    `now` is aware and local; `days`, `pain` and `reach` are sorted by day. Slots are named by their keys: `slots_done`
    had a finished session, `settled` were marked as done, skipped, missed or paused, and `added_late` were over before
    the person chose their times, so they don't count. `notes` are the person's own words.
    """

    now: datetime
    reminders: ReminderSettings
    total: HistoryTotal = field(default_factory=HistoryTotal)
    days: Sequence[DayTotal] = ()
    slots_done: frozenset[str] = frozenset()
    settled: Mapping[str, SlotState] = field(default_factory=dict)
    added_late: frozenset[str] = frozenset()
    pain: Sequence[DayPain] = ()
    reach: Sequence[ReachMeasure] = ()
    notes: Mapping[date, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.date()


def calendar(facts: Facts, first: date, last: date) -> tuple[CalendarDay, ...]:
    """Every day from `first` to `last`, both included."""
    maker = _CalendarMaker(facts)
    return tuple(maker.day(first + timedelta(days=number)) for number in range((last - first).days + 1))


def days_for_rows(facts: Facts, first: date, last: date) -> tuple[CalendarDay, ...]:
    """The same days for counting rows, without the slots of days with a finished session."""
    maker, finished = _CalendarMaker(facts), {total.day: total.finished for total in facts.days}
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(
        CalendarDay(day=day, dots=(), finished=finished[day]) if finished.get(day) else maker.day(day) for day in days
    )


class _CalendarMaker:
    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._local_now = facts.now.replace(tzinfo=None)
        self._finished = {total.day: total.finished for total in facts.days}
        marked = {key for key, state in facts.settled.items() if state is SlotState.MARKED_DONE}
        self._done = _by_day(facts.slots_done | marked)
        self._known = _by_day(facts.settled.keys() - marked)
        self._planned = facts.reminders.enabled and bool(facts.reminders.slots)

    def day(self, day: date) -> CalendarDay:
        slots = self._slots(day)
        following = [*slots[1:], *self._usual_slots(day + DAY)[:1]]
        ends = [_starts(slot) for slot in following] + [datetime.max]  # noqa: DTZ901  Local times are compared
        dots = tuple(
            Dot(slot=slot, state=self._state(slot, min(end, _starts(slot) + LONGEST_WINDOW)))
            for slot, end in zip(slots, ends, strict=False)
        )
        first = self._facts.total.first_day
        over = first is not None and first < day < self._facts.today
        found = {dot.state for dot in dots}
        ends_row = DotState.MISSED in found or (over and not dots and not self._planned)
        # While something can still be done today, the row goes on.
        coming = DotState.COMING in found
        return CalendarDay(day=day, dots=dots, finished=self._finished.get(day, 0), ends_row=ends_row and not coming)

    def _usual_slots(self, day: date) -> list[Slot]:
        reminders = self._facts.reminders
        if not reminders.enabled:
            return []
        return [slot for slot in reminders.slots_on(day) if slot.key not in self._facts.added_late]

    def _slots(self, day: date) -> list[Slot]:
        """The day's slots as they were then, if known, or else as they are now."""
        done, known = _slots_on(day, self._done), _slots_on(day, self._known)
        if known and day < self._facts.today:
            return sorted(done | known)
        usual = [slot for slot in self._usual_slots(day) if slot not in done]
        for other in done - set(self._usual_slots(day)):
            # The times have changed since: a slot that was done replaces the nearest of the present ones.
            if usual:
                usual.remove(min(usual, key=lambda slot: abs(_starts(slot) - _starts(other))))
        return sorted({*done, *usual})

    def _state(self, slot: Slot, end: datetime) -> DotState:
        facts = self._facts
        if slot.key in facts.slots_done:
            return DotState.DONE
        settled = {
            SlotState.MARKED_DONE: DotState.MARKED_DONE,
            SlotState.SKIPPED: DotState.SKIPPED,
            SlotState.PAUSED: DotState.PAUSED,
        }.get(facts.settled.get(slot.key, SlotState.COMING))
        if settled is not None:
            return settled
        if self._local_now < end:
            return DotState.COMING
        first = facts.total.first_day
        return DotState.BEFORE if first is None or slot.day <= first else DotState.MISSED


def _starts(slot: Slot) -> datetime:
    return datetime.combine(slot.day, slot.at)


def _by_day(keys: Iterable[str]) -> dict[str, list[str]]:
    """The keys by day, since only a few days of many years are looked at."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(key[:_DAY_OF_KEY], []).append(key)
    return found


def _slots_on(day: date, keys: Mapping[str, list[str]]) -> set[Slot]:
    return {Slot(day=day, at=datetime.fromisoformat(key).time()) for key in keys.get(day.isoformat(), ())}


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysInRow:
    now: int = 0
    longest: int = 0


def days_in_row(days: Sequence[CalendarDay]) -> DaysInRow:
    """Count the rows as described above; `days` are consecutive and end today."""
    row = longest = 0
    for day in days:
        if day.counts:
            row += 1
            longest = max(longest, row)
        elif day.ends_row:
            row = 0
    return DaysInRow(now=row, longest=longest)
