"""The days of the calendar: what became of each slot, and how many days there were in a row.

The rule of days in a row: a day counts when a session came to its end on it or for one of its slots. A day on which
everything that was due has been skipped or paused by the person, or on which nothing was due, neither counts nor ends
the row, since leaving stretching out in a flare is what the safety notes ask for. Today doesn't end it either while it
can still be done. Any other day ends it; a single missed slot never does.
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
    """What has become of one slot of the calendar."""

    DONE = "done"
    MISSED = "missed"
    SKIPPED = "skipped"
    PAUSED = "paused"
    COMING = "coming"
    """It is not over yet."""
    BEFORE = "before"
    """It was before the first session, or on the day of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One slot of a day."""

    slot: Slot
    state: DotState


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day: its slots in their order, and how many sessions came to their end on it.

    `ends_row` is whether a row of days ends here when no session does.
    """

    day: date
    dots: tuple[Dot, ...]
    finished: int = 0
    ends_row: bool = False

    @property
    def active(self) -> bool:
        """Whether a session came to its end on it, or for one of its slots: an evening's may be after midnight."""
        return self.finished > 0 or any(dot.state is DotState.DONE for dot in self.dots)

    @property
    def extra(self) -> int:
        """Sessions that were finished beside the slots."""
        return max(0, self.finished - sum(dot.state is DotState.DONE for dot in self.dots))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known, of which everything else is made.

    `now` is aware and local; `days`, `pain` and `reach` are sorted by day. Slots are named by their keys: `slots_done`
    had a finished session, `settled` were skipped, missed or paused, and `added_late` were over before the person chose
    their times, so they don't count. `notes` are the person's own words.
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
        """The local day."""
        return self.now.date()


def calendar(facts: Facts, first: date, last: date) -> tuple[CalendarDay, ...]:
    """Every day from `first` to `last`, both among them."""
    maker = _CalendarMaker(facts)
    return tuple(maker.day(first + timedelta(days=number)) for number in range((last - first).days + 1))


def days_for_rows(facts: Facts, first: date, last: date) -> tuple[CalendarDay, ...]:
    """The same days as far as rows of them need it: without the slots of those on which a session was finished."""
    maker, finished = _CalendarMaker(facts), {total.day: total.finished for total in facts.days}
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(
        CalendarDay(day=day, dots=(), finished=finished[day]) if finished.get(day) else maker.day(day) for day in days
    )


class _CalendarMaker:
    """Looks up what there is to know of a day."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._local_now = facts.now.replace(tzinfo=None)
        self._finished = {total.day: total.finished for total in facts.days}
        self._done = _by_day(facts.slots_done)
        self._known = _by_day(facts.settled)
        self._planned = facts.reminders.enabled and bool(facts.reminders.slots)

    def day(self, day: date) -> CalendarDay:
        slots = self._slots(day)
        following = [*slots[1:], *self._usual_slots(day + DAY)[:1]]
        ends = [_starts(slot) for slot in following] + [datetime.max]  # noqa: DTZ901  Local times are compared here
        dots = tuple(
            Dot(slot=slot, state=self._state(slot, min(end, _starts(slot) + LONGEST_WINDOW)))
            for slot, end in zip(slots, ends, strict=False)
        )
        first = self._facts.total.first_day
        over = first is not None and first < day < self._facts.today
        found = {dot.state for dot in dots}
        ends_row = DotState.MISSED in found or (over and not dots and not self._planned)
        # While something of today can still be done, nothing has ended.
        coming = DotState.COMING in found
        return CalendarDay(day=day, dots=dots, finished=self._finished.get(day, 0), ends_row=ends_row and not coming)

    def _usual_slots(self, day: date) -> list[Slot]:
        reminders = self._facts.reminders
        if not reminders.enabled:
            return []
        return [slot for slot in reminders.slots_on(day) if slot.key not in self._facts.added_late]

    def _slots(self, day: date) -> list[Slot]:
        """What was planned for the day: as it was then, where that is known, and else as it is now."""
        done, known = _slots_on(day, self._done), _slots_on(day, self._known)
        if known and day < self._facts.today:
            return sorted(done | known)
        usual = [slot for slot in self._usual_slots(day) if slot not in done]
        for other in done - set(self._usual_slots(day)):
            # The person's times were others then: one that was kept stands for the nearest that wasn't asked for.
            if usual:
                usual.remove(min(usual, key=lambda slot: abs(_starts(slot) - _starts(other))))
        return sorted({*done, *usual})

    def _state(self, slot: Slot, end: datetime) -> DotState:
        facts = self._facts
        if slot.key in facts.slots_done:
            return DotState.DONE
        settled = {SlotState.SKIPPED: DotState.SKIPPED, SlotState.PAUSED: DotState.PAUSED}.get(
            facts.settled.get(slot.key, SlotState.COMING)
        )
        if settled is not None:
            return settled
        if self._local_now < end:
            return DotState.COMING
        first = facts.total.first_day
        return DotState.BEFORE if first is None or slot.day <= first else DotState.MISSED


def _starts(slot: Slot) -> datetime:
    return datetime.combine(slot.day, slot.at)


def _by_day(keys: Iterable[str]) -> dict[str, list[str]]:
    """The keys of slots by their days, which they begin with; of ten years of them only some days are looked at."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(key[:_DAY_OF_KEY], []).append(key)
    return found


def _slots_on(day: date, keys: Mapping[str, list[str]]) -> set[Slot]:
    return {Slot(day=day, at=datetime.fromisoformat(key).time()) for key in keys.get(day.isoformat(), ())}


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysInRow:
    """Days in a row with a session: up to now, and at most."""

    now: int = 0
    longest: int = 0


def days_in_row(days: Sequence[CalendarDay]) -> DaysInRow:
    """Count them by the rule above; `days` are successive, the last one is today."""
    row = longest = 0
    for day in days:
        if day.active:
            row += 1
            longest = max(longest, row)
        elif day.ends_row:
            row = 0
    return DaysInRow(now=row, longest=longest)
