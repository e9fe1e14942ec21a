"""Gathers from the history what pages show of progress. Slow enough to be done on a thread of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from stretchplayer.progress.adherence import DAY, CalendarDay, Facts, calendar, days_for_rows, days_in_row
from stretchplayer.progress.history import AnsweredSession, SessionOutcome
from stretchplayer.progress.prompts import GOOD_WEEK, longer_hold, reach_is_due
from stretchplayer.progress.report import Report, measured_pain, measured_reach, report, week_of
from stretchplayer.routine.routine import Routine, StepKind
from stretchplayer.settings import Settings
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.ui.pages.finish_page import Background

LONGEST_KNOWN: Final = timedelta(days=3653)
"""How far back days in a row are counted: ten years."""
RECENT: Final = timedelta(days=14)
"""How far back the answers lie with which pain is compared."""
FORTNIGHT: Final = timedelta(days=13)
"""As on the Progress page at first."""
MOST_NOTES: Final = 400
MOST_RECENT: Final = 10
MOST_OF_A_WEEK: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What has to be known to answer a page. `session` is the one that has just been played, if any."""

    reader: HistoryFileReader
    settings: Settings
    routine: Routine
    now: datetime
    session: int | None = None
    first_weekday: int = 0
    added_late: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        return self.now.date()


def report_of(question: Question, weeks: int) -> Report:
    """What the Progress page shows of so many weeks, the present one among them.

    StorageError when nothing is to be read just now.
    """
    reader, today = question.reader, question.today
    first = week_of(today, question.first_weekday) - timedelta(weeks=weeks - 1)
    total = reader.total()
    known = min(first, max(total.first_day or first, today - LONGEST_KNOWN))
    days = reader.day_totals(known, today)
    facts = Facts(
        now=question.now,
        reminders=question.settings.reminders,
        total=total,
        days=days,
        slots_done=reader.slots_done(known, today),
        settled=reader.slots_settled(known, today),
        added_late=question.added_late,
        pain=reader.pain(first, today),
        reach=reader.measures(first, today),
        notes=_notes(reader, first, today),
    )
    row = days_in_row(days_for_rows(facts, known, today))
    return report(facts, first, first_weekday=question.first_weekday, row=row)


def sessions_of(reader: HistoryFileReader, day: date) -> tuple[AnsweredSession, ...]:
    """What was ended of that day, or counts for one of its reminders, in order."""
    first, last = max(day, date.min + DAY) - DAY, min(day, date.max - DAY) + DAY
    answers = {answer.session: answer for answer in reader.answers(first, last, newest=MOST_OF_A_WEEK)}
    return tuple(
        AnsweredSession(record=record, answer=answers.get(record.id))
        for record in reversed(reader.sessions(first, last, newest=MOST_OF_A_WEEK))
        if record.outcome is not SessionOutcome.OPEN
        and (record.day == day or (record.done and (record.slot or "").startswith(day.isoformat())))
    )


def _notes(reader: HistoryFileReader, first: date, last: date) -> Mapping[date, str]:
    notes: dict[date, str] = {}
    for answer in reversed(reader.answers(first, last, newest=MOST_NOTES)):
        if answer.note:
            day = answer.answered_at.date()
            notes[day] = f"{notes[day]} · {answer.note}" if day in notes else answer.note
    return notes


def background_of(question: Question) -> tuple[tuple[CalendarDay, ...], Background]:
    """The last fourteen days, and what the Today and the finish page have to know."""
    reader, today, settings = question.reader, question.today, question.settings
    first = today - FORTNIGHT
    days = calendar(
        Facts(
            now=question.now,
            reminders=settings.reminders,
            total=reader.total(),
            days=reader.day_totals(first, today),
            slots_done=reader.slots_done(first, today),
            settled=reader.slots_settled(first, today),
            added_late=question.added_late,
        ),
        first,
        today,
    )
    answers = reader.answers(today - RECENT, today, newest=MOST_RECENT)
    compared = today - LONGEST_KNOWN
    back, leg = measured_pain(reader.pain(compared, today))
    background = Background(
        days_done=_days_done(question),
        back=back,
        leg=leg,
        reach=measured_reach(reader.measures(compared, today)),
        recent=tuple(answer for answer in answers if answer.session != question.session),
        reach_is_due=_reach_is_due(question),
    )
    if settings.progress.offer_longer_holds and settings.playing.hold_s is not None:
        background = replace(background, hold_s=settings.playing.hold_s, longer_hold_s=_longer_hold(question))
    return days, background


def _days_done(question: Question) -> int | None:
    today = question.today
    done = [each.day for each in question.reader.day_totals(today - LONGEST_KNOWN, today) if each.finished]
    return len(done) if today in done else None


def _reach_is_due(question: Question) -> bool:
    progress, today = question.settings.progress, question.today
    if not progress.measure_reach:
        return False
    measures = question.reader.measures(today - FORTNIGHT, today)
    measured = measures[-1].day if measures else None
    return reach_is_due(today, measured, progress.reach_put_off)


def _longer_hold(question: Question) -> int | None:
    reader, today, since = question.reader, question.today, question.today - GOOD_WEEK
    holds = [
        step.duration_s
        for exercise in question.routine.played
        for step in exercise.steps
        if step.kind is StepKind.HOLD and not exercise.counts_repetitions
    ]
    return longer_hold(
        today,
        question.settings.playing.hold_s or 0,
        max(holds, default=0),
        reader.sessions(since, today, newest=MOST_OF_A_WEEK),
        reader.answers(since, today, newest=MOST_OF_A_WEEK),
        answered=question.settings.progress.holds_answered,
    )
