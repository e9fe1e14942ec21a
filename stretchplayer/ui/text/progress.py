"""What the Progress page says. Facts and numbers: no praise, no blame, no diagnosis."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QLocale

from stretchplayer.i18n import _, ngettext
from stretchplayer.progress.adherence import CalendarDay, DaysInRow, Dot, DotState
from stretchplayer.progress.history import (
    BySide,
    DayTotal,
    SessionOutcome,
    SessionRecord,
    WarningSign,
)
from stretchplayer.progress.report import Report
from stretchplayer.progress.trends import DETECTABLE_PAIN, DETECTABLE_REACH_CM, Series, Trend
from stretchplayer.ui.text.dates import clock_time, long_date, short_date
from stretchplayer.ui.text.durations import exact_duration
from stretchplayer.ui.text.player import done_summary, repetitions_done
from stretchplayer.ui.text.slots import minutes_text

_SECOND_MS: Final = 1000


def number(locale: QLocale, value: float) -> str:
    """A number with at most one decimal place."""
    return locale.toString(float(value), "f", 0 if float(value).is_integer() else 1)


def days(count: int) -> str:
    return ngettext("{n} day", "{n} days", count).format(n=count)


def sessions(count: int) -> str:
    return ngettext("{n} session", "{n} sessions", count).format(n=count)


def repetitions(count: int) -> str:
    return ngettext("{n} repetition", "{n} repetitions", count).format(n=count)


def long_duration(milliseconds: float) -> str:
    """A duration, in hours and minutes if long; rounded down."""
    minutes = int(milliseconds // 60_000)
    return exact_duration(milliseconds) if minutes < 60 else minutes_text(minutes)  # noqa: PLR2004 -- an hour


def dot_label(state: DotState) -> str:
    return {
        DotState.DONE: _("done"),
        DotState.MARKED_DONE: _("marked as done"),
        DotState.MISSED: _("missed"),
        DotState.SKIPPED: _("skipped"),
        DotState.PAUSED: _("paused"),
        DotState.COMING: _("later today"),
        DotState.BEFORE: _("before the first session"),
    }[state]


def sign_label(sign: WarningSign) -> str:
    return {
        WarningSign.WORSE: _("more pain"),
        WarningSign.NUMB: _("numb or tingling"),
        WarningSign.WEAK: _("weak"),
    }[sign]


def slots_text(locale: QLocale, day: CalendarDay) -> str:
    """The state of each slot of a day: "08:00 done, 20:00 missed"."""
    parts = [dot_text(locale, dot) for dot in day.dots]
    if day.extra:
        extra = ngettext("{n} extra session", "{n} extra sessions", day.extra).format(n=day.extra)
        parts.append(extra if day.dots else sessions(day.extra))
    return ", ".join(parts)


def dot_text(locale: QLocale, dot: Dot) -> str:
    """For example "08:00 done"."""
    return _("{time} {state}").format(time=clock_time(locale, dot.slot.at), state=dot_label(dot.state))


def day_text(locale: QLocale, day: CalendarDay) -> str:
    slots = slots_text(locale, day) or _("no session")
    return _("{day}: {slots}").format(day=long_date(locale, day.day), slots=slots)


def done_text(total: DayTotal) -> str:
    """What was done on a day: "3 min held, 40 repetitions"; empty if nothing was."""
    held = _("{time} held").format(time=long_duration(total.held_ms.total)) if total.held_ms.total else ""
    counted = repetitions(total.repetitions.total) if total.repetitions.total else ""
    return ", ".join(filter(None, (held, counted)))


def outcome_text(record: SessionRecord) -> str:
    return {
        SessionOutcome.OPEN: _("Not ended yet."),
        SessionOutcome.FINISHED: _("Finished."),
        SessionOutcome.STOPPED: _("Stopped before its end."),
        SessionOutcome.INTERRUPTED: _("Interrupted."),
    }[record.outcome]


def session_name(locale: QLocale, record: SessionRecord) -> str:
    """For example "08:00 Hamstring stretches"."""
    name = _("{time} {title}") if record.counts else _("{time} {title} (rehearsal)")
    return name.format(time=clock_time(locale, record.started_at.time()), title=record.title)


def session_text(locale: QLocale, record: SessionRecord) -> str:
    """When a session was, how it ended, what was held, and which reminder it counts for."""
    start, end = (clock_time(locale, at.time()) for at in (record.started_at, record.ended_at or record.seen_at))
    whole = sum(not hold.missed_ms for hold in record.holds)
    planned = sum(run.planned for run in record.repetitions)
    held = done_summary(whole, len(record.holds), record.held_ms, repetitions_done(record.repetitions_done, planned))
    parts = [_("{start} to {end}.").format(start=start, end=end), outcome_text(record), held]
    if record.done and record.counts and record.slot is not None:
        at = datetime.fromisoformat(record.slot).time()
        parts.append(_("Counts for the reminder at {time}.").format(time=clock_time(locale, at)))
    return " ".join(parts)


def row_text(row: DaysInRow) -> str:
    if row.longest > row.now:
        return _("longest: {days}").format(days=days(row.longest))
    return _("longest so far") if row.now > 1 else ""


def active_days_text(report: Report) -> tuple[str, str]:
    """Days with a session, out of the days since the first."""
    first = max(report.first, report.total.first_day or report.first)
    days_known = (report.today - first).days + 1
    out_of = _("in {days}").format(days=days(days_known))
    return days(report.days_active), out_of


def figures(report: Report) -> tuple[tuple[str, str, str], ...]:
    """The title of each figure, the figure, and what puts it in its place: three, or four if some are counted."""
    active, out_of = active_days_text(report)
    total, finished = report.total, sessions(report.total.finished)
    done: list[tuple[str, str, str]] = []
    if total.held_ms.total or not total.repetitions.total:
        done.append((_("Total hold time"), long_duration(total.held_ms.total), finished))
    if total.repetitions.total:
        by_leg = _("left leg {left}, right leg {right}").format(
            left=total.repetitions.left, right=total.repetitions.right
        )
        has_legs = total.repetitions.left or total.repetitions.right
        told = by_leg if has_legs else "" if done else finished
        done.append((_("Repetitions"), str(total.repetitions.total), told))
    return (
        (_("Days in a row"), days(report.row.now), row_text(report.row)),
        (_("Days with a session"), active, out_of),
        *done,
    )


def series_text(locale: QLocale, series: Series, unit: str) -> str:
    """The latest value of a measure, and whether it has changed."""
    detectable = f"{number(locale, series.detectable)} {unit}"
    if len(series.points) == 1:
        only = series.points[0]
        template = _("{value} on {day}. One more day starts the chart. Less than {detectable} is not a change.")
        value = f"{number(locale, only.value)} {unit}"
        return template.format(value=value, day=short_date(locale, only.day), detectable=detectable)
    if series.trend is Trend.UNKNOWN or series.before is None or series.after is None:
        return _("Comparing takes two weeks. Less than {detectable} is not a change.").format(detectable=detectable)
    template = {
        Trend.STEADY: _("First week {before}, last week {after}. No measurable change (needs {detectable} or more)."),
        Trend.LOWER: _(
            "First week {before}, last week {after}: {difference} lower. "
            "This is a measurable change (needs {detectable} or more)."
        ),
        Trend.HIGHER: _(
            "First week {before}, last week {after}: {difference} higher. "
            "This is a measurable change (needs {detectable} or more)."
        ),
    }[series.trend]
    return template.format(
        before=number(locale, series.before),
        after=f"{number(locale, series.after)} {unit}",
        difference=f"{number(locale, abs(series.difference))} {unit}",
        detectable=detectable,
    )


def change_text(locale: QLocale, *, back: Series, leg: Series, reach: Series) -> tuple[str, ...]:
    """What has measurably changed from the first week to the last, a sentence for each."""
    changes = (
        (back, Trend.LOWER, _("Back pain: {difference} points lower than in your first week.")),
        (back, Trend.HIGHER, _("Back pain: {difference} points higher than in your first week.")),
        (leg, Trend.LOWER, _("Leg pain: {difference} points lower than in your first week.")),
        (leg, Trend.HIGHER, _("Leg pain: {difference} points higher than in your first week.")),
        (reach, Trend.LOWER, _("Reach: {difference} cm closer to the floor than in your first week.")),
        (reach, Trend.HIGHER, _("Reach: {difference} cm farther from the floor than in your first week.")),
    )
    return tuple(
        words.format(difference=number(locale, abs(series.difference)))
        for series, trend, words in changes
        if series.trend is trend
    )


def points_unit() -> str:
    return _("points")


def cm_unit() -> str:
    return _("cm")


def side_labels(done: BySide, shown: Callable[[int], str] = long_duration) -> tuple[str, str]:
    """What was done with either leg, and its share: held times, or what `shown` makes of it."""
    total = done.left + done.right
    share = round(100 * done.left / total) if total else 0
    return (
        _("Left  {amount} · {share} %").format(amount=shown(done.left), share=share),
        _("Right  {amount} · {share} %").format(amount=shown(done.right), share=100 - share if total else 0),
    )


def balance_text(held_ms: BySide) -> str:
    if not held_ms.left + held_ms.right:
        return _("The hold times of your legs are compared here.")
    difference_ms = held_ms.left - held_ms.right
    if abs(difference_ms) < _SECOND_MS:
        return _("Both legs were held for the same time.")
    less = _("The left leg was held {time} less.") if difference_ms < 0 else _("The right leg was held {time} less.")
    return less.format(time=long_duration(abs(difference_ms)))


def repetition_balance_text(done: BySide) -> str:
    fewer = abs(done.left - done.right)
    if not fewer:
        return _("Both legs did the same number of repetitions.")
    left = ngettext("The left leg did {n} fewer repetition.", "The left leg did {n} fewer repetitions.", fewer)
    right = ngettext("The right leg did {n} fewer repetition.", "The right leg did {n} fewer repetitions.", fewer)
    return (left if done.left < done.right else right).format(n=fewer)


def weeks_text(report: Report) -> str:
    """Minutes per week: average, and the current week."""
    if not report.held_ms.total:
        known = any(_since_first(report, week.begins) for week in report.weeks[:-1])
        return _("No holds in these weeks.") if known else _("Minutes per week appear here.")
    return _weeks_text(report, [week.held_ms.total for week in report.weeks], long_duration)


def repetition_weeks_text(report: Report) -> str:
    """The same of repetitions, where there are any."""
    return _weeks_text(report, [week.repetitions.total for week in report.weeks], lambda n: repetitions(round(n)))


def _weeks_text(report: Report, amounts: Sequence[int], shown: Callable[[float], str]) -> str:
    full_weeks = [
        amount for week, amount in zip(report.weeks[:-1], amounts, strict=False) if _since_first(report, week.begins)
    ]
    present = shown(amounts[-1])
    if report.weeks_known <= 1:
        return _("This week {amount}; weekly bars appear from next week.").format(amount=present)
    if not full_weeks:
        return _("This week {amount}").format(amount=present)
    mean = shown(sum(full_weeks) / len(full_weeks))
    return _("This week {amount}; {mean} per week on average before").format(amount=present, mean=mean)


def _since_first(report: Report, begins: date) -> bool:
    return report.total.first_day is not None and begins >= report.total.first_day


def calendar_text(report: Report) -> str:
    """The number of slots in each state."""
    counts = dict.fromkeys(DotState, 0)
    for day in report.days:
        for dot in day.dots:
            counts[dot.state] += 1
    parts = [
        f"{counts[state]} {dot_label(state)}"
        for state in (DotState.DONE, DotState.MARKED_DONE, DotState.MISSED, DotState.SKIPPED, DotState.PAUSED)
        if counts[state]
    ]
    return ", ".join(parts)


def no_days_text(report: Report) -> str:
    """Why the calendar is empty."""
    if report.total.finished:
        return _("No finished session in these months.")
    return _("Every finished session appears as a dot here, two a day.")


def how_compared(locale: QLocale) -> str:
    """How a change is told from chance, for readers of the printed page."""
    return _(
        "A difference counts as a change only if the measure can detect it: {pain} points on the 0–10 numeric rating "
        "scale (Childs 2005), {reach} cm fingertip-to-floor (Ekedahl 2012: 4.5 cm). In the shaded band there is "
        "no measurable change from the first week. The means of the first and the last week with an answer are "
        "compared. Only what was really done is counted. This is not a diagnosis."
    ).format(pain=number(locale, DETECTABLE_PAIN), reach=number(locale, DETECTABLE_REACH_CM))


def period_text(locale: QLocale, report: Report) -> str:
    first = max(report.first, report.total.first_day or report.first)
    days = _("{first} to {last}") if first < report.today else "{last}"
    return days.format(first=short_date(locale, first), last=short_date(locale, report.today))
