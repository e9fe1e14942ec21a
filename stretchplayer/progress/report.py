"""The report behind the Progress page: days, weeks, pain, reach and both sides.

It neither praises nor blames: what was not done is called missed, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from stretchplayer.progress.adherence import DAY, CalendarDay, DaysInRow, Facts, calendar, days_in_row
from stretchplayer.progress.history import BySide, DayPain, DayTotal, HistoryTotal, ReachMeasure
from stretchplayer.progress.trends import DETECTABLE_PAIN, DETECTABLE_REACH_CM, Point, Series, series


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    begins: date
    held_ms: BySide
    repetitions: BySide = field(default_factory=BySide)


def week_of(day: date, first_weekday: int = 0) -> date:
    """The first day of the week that contains `day`; Monday is 0."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def weeks(days: Sequence[DayTotal], first: date, last: date, first_weekday: int = 0) -> tuple[Week, ...]:
    """Every week from `first` to `last`, with or without sessions."""
    begins = week_of(first, first_weekday)
    count = (week_of(last, first_weekday) - begins).days // 7 + 1
    by_week: dict[date, list[DayTotal]] = {begins + timedelta(weeks=number): [] for number in range(count)}
    for total in days:
        if first <= total.day <= last:
            by_week[week_of(total.day, first_weekday)].append(total)
    return tuple(
        Week(
            begins=day,
            held_ms=sum((each.held_ms for each in totals), BySide()),
            repetitions=sum((each.repetitions for each in totals), BySide()),
        )
        for day, totals in by_week.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """One day as a row of a table; None is what wasn't answered or measured."""

    calendar: CalendarDay
    total: DayTotal | None
    pain: DayPain | None
    reach_cm: float | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The days from `first` to `today`, even if the history starts later."""

    first: date
    today: date
    total: HistoryTotal
    row: DaysInRow
    days: tuple[CalendarDay, ...]
    weeks: tuple[Week, ...]
    held_ms: BySide
    repetitions: BySide
    back: Series
    leg: Series
    reach: Series
    rows: tuple[DayRow, ...]
    """Newest first, back to the first day with any data."""

    @property
    def empty(self) -> bool:
        """Whether nothing was ever done, and nothing answered, measured or marked as done in these days."""
        has_answers = any(row.pain or row.note or row.reach_cm is not None for row in self.rows)
        done = self.total.held_ms.total or self.total.repetitions.total
        return not (done or has_answers or any(day.counts for day in self.days))

    @property
    def weeks_known(self) -> int:
        """How many of the weeks end after the first session."""
        began = self.total.first_day
        return sum(began is not None and began < week.begins + 7 * DAY for week in self.weeks)

    @property
    def days_active(self) -> int:
        return sum(day.active for day in self.days)


def measured_pain(pain: Sequence[DayPain]) -> tuple[Series, Series]:
    """Back and leg."""
    back = [Point(day=each.day, value=each.back) for each in pain if each.back is not None]
    leg = [Point(day=each.day, value=each.leg) for each in pain if each.leg is not None]
    return series(back, DETECTABLE_PAIN), series(leg, DETECTABLE_PAIN)


def measured_reach(reach: Sequence[ReachMeasure]) -> Series:
    return series([Point(day=each.day, value=each.cm) for each in reach], DETECTABLE_REACH_CM)


def report(facts: Facts, first: date, *, first_weekday: int = 0, row: DaysInRow | None = None) -> Report:
    """Report on the days from `first` on; pass `row` if it was counted over more days."""
    today = facts.today
    days = calendar(facts, first, today)
    totals = [total for total in facts.days if first <= total.day <= today]
    pain = [answer for answer in facts.pain if first <= answer.day <= today]
    back, leg = measured_pain(pain)
    reach = [measure for measure in facts.reach if first <= measure.day <= today]
    return Report(
        first=first,
        today=today,
        total=facts.total,
        row=row or days_in_row(days),
        days=days,
        weeks=weeks(totals, first, today, first_weekday),
        held_ms=sum((each.held_ms for each in totals), BySide()),
        repetitions=sum((each.repetitions for each in totals), BySide()),
        back=back,
        leg=leg,
        reach=measured_reach(reach),
        rows=_rows(facts, days),
    )


def _rows(facts: Facts, days: Sequence[CalendarDay]) -> tuple[DayRow, ...]:
    totals = {total.day: total for total in facts.days}
    pain = {answer.day: answer for answer in facts.pain}
    reach = {measure.day: measure.cm for measure in facts.reach}
    recorded_days = [*totals, *pain, *reach, *facts.notes, *(day.day for day in days if day.counts)]
    begins = min(recorded_days, default=facts.today + DAY)
    return tuple(
        DayRow(
            calendar=day,
            total=totals.get(day.day),
            pain=pain.get(day.day),
            reach_cm=reach.get(day.day),
            note=facts.notes.get(day.day, ""),
        )
        for day in reversed(days)
        if day.day >= begins
    )
