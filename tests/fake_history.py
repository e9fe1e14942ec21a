"""A history in memory, added up the plain way: a stand-in for both ports, and what the real one is compared with."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from stretchplayer.figure.side import LEG, Side
from stretchplayer.progress.history import (
    BySide,
    DayPain,
    DayTotal,
    HistoryTotal,
    PainAnswer,
    ReachMeasure,
    SessionOutcome,
    SessionRecord,
)
from stretchplayer.reminders.slots import SlotState


class FakeHistory:
    """Implements `ports.SessionStore`, and answers as `HistoryFileReader` does."""

    def __init__(self, *records: SessionRecord) -> None:
        self.records: dict[int, SessionRecord] = {record.id: record for record in records}
        self.given: dict[int, PainAnswer] = {}
        self.reach: dict[date, ReachMeasure] = {}
        self.settled: dict[str, SlotState] = {}
        self.deleted: dict[int, tuple[SessionRecord, PainAnswer | None]] = {}

    # SessionStore, and the rest of what is written

    def put(self, record: SessionRecord) -> None:
        """Keep it, unless it is a false start."""
        self.records[record.id] = record
        if record.is_false_start:
            del self.records[record.id]

    def answer(self, answer: PainAnswer) -> None:
        """Keep it."""
        self.given[answer.session] = answer

    def delete(self, session: int) -> None:
        """Set it aside."""
        if self.records[session].outcome is not SessionOutcome.OPEN:
            self.deleted[session] = self.records.pop(session), self.given.pop(session, None)

    def restore(self, session: int) -> None:
        """Put it back."""
        self.records[session], answer = self.deleted[session]
        if answer is not None:
            self.given[session] = answer

    def measure(self, measure: ReachMeasure) -> None:
        """Keep it."""
        self.reach[measure.day] = measure

    def settle(self, states: Mapping[str, SlotState]) -> None:
        """Keep them."""
        self.settled |= states

    def erase(self) -> None:
        """Forget everything."""
        self.records.clear()
        self.given.clear()
        self.reach.clear()
        self.settled.clear()

    # As HistoryFileReader

    def total(self) -> HistoryTotal:
        """Add up everything."""
        counted = self._counted(date.min, date.max)
        if not counted:
            return HistoryTotal()
        return HistoryTotal(
            first_day=min(record.day for record in counted),
            last_day=max(record.day for record in counted),
            sessions=len(counted),
            finished=_finished(counted),
            complete=sum(record.complete for record in counted),
            held_ms=_held(counted),
            repetitions=_repetitions(counted),
        )

    def day_totals(self, first: date, last: date) -> Sequence[DayTotal]:
        """Add up each day."""
        return tuple(
            DayTotal(
                day=day,
                sessions=len(records),
                finished=_finished(records),
                held_ms=_held(records),
                repetitions=_repetitions(records),
            )
            for day, records in self._by(lambda record: record.day, first, last).items()
        )

    def slots_done(self, first: date, last: date) -> frozenset[str]:
        """Those of finished sessions."""
        days = {str(first + timedelta(days=number)) for number in range((last - first).days + 1)}
        return frozenset(
            record.slot
            for record in self._counted(date.min, date.max)
            if record.slot and record.slot[:10] in days and record.done
        )

    def slots_settled(self, first: date, last: date) -> Mapping[str, SlotState]:
        """Those of these days."""
        return {key: state for key, state in self.settled.items() if str(first) <= key[:10] <= str(last)}

    def sessions(self, first: date, last: date, *, newest: int = 100) -> Sequence[SessionRecord]:
        """The newest."""
        found = [record for record in self.records.values() if first <= record.day <= last]
        return tuple(sorted(found, key=lambda record: (record.day, record.id), reverse=True)[:newest])

    def session(self, session: int) -> SessionRecord | None:
        """The one."""
        return self.records.get(session)

    def pain(self, first: date, last: date) -> Sequence[DayPain]:
        """The means of each day."""
        answered = [each for each in self._answers(first, last) if each.signs or (each.back, each.leg) != (None, None)]
        answers = sorted(answered, key=self._day_of)
        found = []
        for day, group in groupby(answers, key=self._day_of):
            of_day = list(group)
            signs = frozenset(sign for answer in of_day for sign in answer.signs)
            back = _mean(answer.back for answer in of_day)
            found.append(DayPain(day=day, back=back, leg=_mean(answer.leg for answer in of_day), signs=signs))
        return tuple(found)

    def answers(self, first: date, last: date, *, newest: int = 100) -> Sequence[PainAnswer]:
        """The newest."""
        newest_first = sorted(
            self._answers(first, last), key=lambda answer: (self._day_of(answer), answer.session), reverse=True
        )
        return tuple(newest_first[:newest])

    def measures(self, first: date, last: date) -> Sequence[ReachMeasure]:
        """Those of the range."""
        return tuple(self.reach[day] for day in sorted(self.reach) if first <= day <= last)

    def _counted(self, first: date, last: date) -> list[SessionRecord]:
        return [record for record in self.records.values() if record.counts and first <= record.day <= last]

    def _by(
        self, key: Callable[[SessionRecord], date], first: date, last: date
    ) -> Mapping[date, Sequence[SessionRecord]]:
        groups: dict[date, list[SessionRecord]] = defaultdict(list)
        for record in self._counted(first, last):
            groups[key(record)].append(record)
        return dict(sorted(groups.items()))

    def _answers(self, first: date, last: date) -> list[PainAnswer]:
        return [answer for answer in self.given.values() if first <= self._day_of(answer) <= last]

    def _day_of(self, answer: PainAnswer) -> date:
        return self.records[answer.session].day


def _finished(records: Sequence[SessionRecord]) -> int:
    return sum(record.done for record in records)


def _held(records: Sequence[SessionRecord]) -> BySide:
    return BySide(left=_held_on(Side.LEFT, records), right=_held_on(Side.RIGHT, records), both=_held_on(None, records))


def _held_on(side: Side | None, records: Sequence[SessionRecord]) -> int:
    return sum(hold.held_ms for record in records for hold in record.holds if hold.side is side)


def _repetitions(records: Sequence[SessionRecord]) -> BySide:
    return BySide(left=_done_on(Side.LEFT, records), right=_done_on(Side.RIGHT, records), both=_done_on(None, records))


def _done_on(side: Side | None, records: Sequence[SessionRecord]) -> int:
    runs = [run for record in records for run in record.repetitions]
    return sum(run.done for run in runs if (run.side if run.limb == LEG else None) is side)


def _mean(values: Iterable[int | None]) -> float | None:
    given = [value for value in values if value is not None]
    return sum(given) / len(given) if given else None
