"""Histories of people that never were: a new one, one of a week, and one of a year with gaps, a holiday and a flare."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from functools import cache
from random import Random

from stretchplayer.progress.adherence import Facts
from stretchplayer.progress.history import (
    BySide,
    DayPain,
    DayTotal,
    HistoryTotal,
    ReachMeasure,
    WarningSign,
)
from stretchplayer.progress.report import Report, report
from stretchplayer.reminders.slots import ReminderSettings, Slot, SlotState
from tests.fakes import START

NOW = START.replace(hour=18)
"""A Monday evening: the morning is over, the evening still to come."""
TODAY = NOW.date()
MORNING, EVENING = time(8), time(20)


def slot(day: date, at: time = MORNING) -> Slot:
    """One reminder of that day."""
    return Slot(day=day, at=at)


def day_total(day: date, finished: int, *, left_s: int = 90, right_s: int = 90) -> DayTotal:
    """A day with so many sessions, each held for so long on each side."""
    held_ms = BySide(left=finished * left_s * 1000, right=finished * right_s * 1000)
    return DayTotal(day=day, sessions=finished, finished=finished, held_ms=held_ms)


def total_of(days: Sequence[DayTotal]) -> HistoryTotal:
    """The sums of these days."""
    if not days:
        return HistoryTotal()
    return HistoryTotal(
        first_day=days[0].day,
        last_day=days[-1].day,
        sessions=sum(day.sessions for day in days),
        finished=sum(day.finished for day in days),
        complete=sum(day.finished for day in days),
        held_ms=sum((day.held_ms for day in days), BySide()),
        repetitions=sum((day.repetitions for day in days), BySide()),
    )


def nothing() -> Facts:
    """A new person."""
    return Facts(now=NOW, reminders=ReminderSettings())


def stopped_at_once() -> Facts:
    """A person whose only session was stopped before its first hold."""
    days = [replace(day_total(TODAY, 1, left_s=0, right_s=0), finished=0)]
    return Facts(now=NOW, reminders=ReminderSettings(), total=total_of(days), days=days)


def stopped_midway() -> Facts:
    """A person whose only session was stopped in its second hold."""
    days = [replace(day_total(TODAY, 1, left_s=30, right_s=12), finished=0)]
    return Facts(now=NOW, reminders=ReminderSettings(), total=total_of(days), days=days)


def a_first_day() -> Facts:
    """A person who did, answered and measured after their first session this morning."""
    days = [day_total(TODAY, 1)]
    return Facts(
        now=NOW, reminders=ReminderSettings(), total=total_of(days), days=days,
        slots_done=frozenset({slot(TODAY).key}), pain=[DayPain(day=TODAY, back=4.0, leg=2.0)],
        reach=[ReachMeasure(day=TODAY, cm=21.0)],
    )  # fmt: skip


def a_week() -> Facts:
    """A person who started six days ago and missed one evening."""
    days, done = [], set()
    for number in range(6, -1, -1):
        day = TODAY - timedelta(days=number)
        slots = [slot(day), slot(day, EVENING)][: 1 if number in {0, 3} else 2]
        done |= {each.key for each in slots}
        days.append(day_total(day, len(slots)))
    pain = [DayPain(day=day.day, back=4.0, leg=3.0 - number / 3) for number, day in enumerate(days)]
    return Facts(
        now=NOW, reminders=ReminderSettings(), total=total_of(days), days=days, slots_done=frozenset(done), pain=pain,
        reach=[ReachMeasure(day=TODAY - timedelta(days=3), cm=21.0)],
    )  # fmt: skip


def counted(facts: Facts, *, holds: bool = False) -> Facts:
    """The same person, whose sessions are of repetitions: 8 with the left leg, 10 with the right, 5 without sides.

    Without `holds` they hold nothing.
    """
    repetitions = BySide(left=8, right=10, both=5)
    days = [replace(day, repetitions=repetitions, held_ms=day.held_ms if holds else BySide()) for day in facts.days]
    return replace(facts, days=days, total=total_of(days))


@cache
def a_year() -> Facts:
    """A person with a year behind them: missed slots, a holiday, a flare, less pain and a longer reach."""
    return _Year(Random(7)).facts()


class _Year:
    """Makes up a year, day by day."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._first = TODAY - timedelta(days=400)
        self._days: list[DayTotal] = []
        self._done: set[str] = set()
        self._settled: dict[str, SlotState] = {}
        self._pain: list[DayPain] = []
        self._reach: list[ReachMeasure] = []

    def facts(self) -> Facts:
        """Everything that is known of it."""
        for number in range(401):
            self._add_day(number)
        return Facts(
            now=NOW, reminders=ReminderSettings(), total=total_of(self._days), days=self._days,
            slots_done=frozenset(self._done), settled=self._settled, pain=self._pain, reach=self._reach,
            notes={TODAY - timedelta(days=5): "Long day at the desk, better after the walk."},
        )  # fmt: skip

    def _add_day(self, number: int) -> None:
        day = self._first + timedelta(days=number)
        slots = [slot(day), slot(day, EVENING)][: 1 if number == 400 else 2]
        if 300 <= number < 312:
            self._settled |= {each.key: SlotState.PAUSED for each in slots}
            return
        if 352 <= number < 355:
            self._settled |= {each.key: SlotState.SKIPPED for each in slots}
            return
        kept = [each for each in slots if self._chance.random() < 0.55 + number / 1000]
        self._settled |= {each.key: SlotState.MISSED for each in slots if each not in kept}
        self._done |= {each.key for each in kept}
        if not kept:
            return
        self._days.append(day_total(day, len(kept), left_s=90 - self._chance.choice([0, 0, 0, 18]), right_s=90))
        self._add_measures(day, number)

    def _add_measures(self, day: date, number: int) -> None:
        if self._chance.random() < 0.7:
            back = min(10, max(0, round(6.2 - number / 110 + self._chance.gauss(0, 0.9))))
            leg = min(10, max(0, round(3.4 - number / 400 + self._chance.gauss(0, 0.8))))
            numb = frozenset({WarningSign.NUMB}) if number in {349, 350} else frozenset()
            self._pain.append(DayPain(day=day, back=float(back), leg=float(leg), signs=numb))
        if number % 4 == 0:
            self._reach.append(ReachMeasure(day=day, cm=round(27 - number / 28 + self._chance.gauss(0, 1.2), 1)))


def report_of(facts: Facts, weeks: int = 13) -> Report:
    """What the page shows of these weeks."""
    first = TODAY - timedelta(days=TODAY.weekday() + 7 * (weeks - 1))
    return report(facts, first)
