"""The day's reminders in words, with localized times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Final

from PySide6.QtCore import QLocale

from stretchplayer.i18n import _
from stretchplayer.reminders.slots import UNSETTLED, Slot, SlotState, SlotView
from stretchplayer.ui.text import dates

MINUTE: Final = timedelta(minutes=1)
_DONE: Final = frozenset({SlotState.DONE, SlotState.MARKED_DONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderStatus:
    """The state of the reminders at one moment.

    `slots` are today's, perhaps preceded by one of yesterday's that is still due. `next_at` is the next reminder's
    time, which is past while it waits for the person. `paused_until` is the day on which they resume, if
    paused. `now` and `next_at` are aware and local.
    """

    slots: tuple[SlotView, ...] = ()
    now: datetime
    next_at: datetime | None = None
    paused_until: date | None = None
    enabled: bool = True

    @property
    def open(self) -> SlotView | None:
        """The slot that is due or snoozed, if there is one."""
        return next((view for view in self.slots if view.state in UNSETTLED), None)

    @property
    def is_done(self) -> bool:
        """Whether the latest slot so far is done."""
        come = [view.state for view in self.slots if view.state not in {SlotState.COMING, SlotState.PAUSED}]
        return self.enabled and bool(come) and come[-1] in _DONE

    @property
    def is_due(self) -> bool:
        return any(view.state is SlotState.DUE for view in self.slots)


# Times and days


def clock_time(at: time) -> str:
    """A time of day: "20:00", "8:00 PM"."""
    return dates.clock_time(QLocale(), at)


def until_day(day: date, today: date) -> str:
    """The day that ends a pause: "tomorrow", "Friday", "03/12/2026"."""
    days_ahead = (day - today).days
    if days_ahead == 1:
        return _("tomorrow")
    if 1 < days_ahead < 7:  # noqa: PLR2004 -- the days of a week have names of their own
        return QLocale().dayName(day.isoweekday())
    return dates.short_date(QLocale(), day)


def _part_of_day(at: time) -> tuple[str, str, str]:
    """The name of the time of day, the invitation to stretch then, and the command that skips it."""
    night = (_("Night"), _("Time for your exercises"), _("Skip night"))
    parts = (
        (4, night),
        (12, (_("Morning"), _("Time for your morning exercises"), _("Skip morning"))),
        (14, (_("Midday"), _("Time for your midday exercises"), _("Skip midday"))),
        (18, (_("Afternoon"), _("Time for your afternoon exercises"), _("Skip afternoon"))),
        (22, (_("Evening"), _("Time for your evening exercises"), _("Skip evening"))),
    )
    return next((words for until, words in parts if at.hour < until), night)


def part_of_day(at: time) -> str:
    return _part_of_day(at)[0]


def invitation(at: time) -> str:
    return _part_of_day(at)[1]


def greeting(at: time) -> str:
    if 4 <= at.hour < 12:  # noqa: PLR2004 -- the morning
        return _("Good morning")
    if at.hour < 4:  # noqa: PLR2004 -- nobody calls it an evening any more
        return _("Hello")
    return _("Good afternoon") if at.hour < 18 else _("Good evening")  # noqa: PLR2004 -- the afternoon


def minutes_text(minutes: int) -> str:
    """A snooze time: "10 min", "1 h"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    return (
        _("{hours} h {minutes} min").format(hours=hours, minutes=rest) if rest else _("{hours} h").format(hours=hours)
    )


# Slots


def slot_at(slot: Slot, now: datetime) -> datetime:
    """The moment of a slot, in the zone of `now`."""
    return datetime.combine(slot.day, slot.at, tzinfo=now.tzinfo)


def away(moment: datetime, now: datetime) -> str:
    """Time until a moment, rounded up to minutes: "In 2 h 40 min"."""
    minutes = ceil((moment.astimezone(UTC) - now.astimezone(UTC)) / MINUTE)
    return _("In {time}").format(time=minutes_text(max(1, minutes)))


def state_text(view: SlotView, now: datetime, paused_until: date | None = None) -> str:
    """The state of a slot, in a few words."""
    match view.state:
        case SlotState.DONE if view.done_at is not None:
            return _("Done at {time}").format(time=clock_time(view.done_at.time()))
        case SlotState.SNOOZED if view.snoozed_until is not None:
            return _("Snoozed until {time}").format(time=clock_time(view.snoozed_until.time()))
        case SlotState.PAUSED if paused_until is not None and paused_until > now.date():
            return _("Paused until {day}").format(day=until_day(paused_until, now.date()))
        case SlotState.COMING:
            return away(slot_at(view.slot, now), now)
    return {
        SlotState.DONE: _("Done"),
        SlotState.MARKED_DONE: _("Marked as done"),
        SlotState.SNOOZED: _("Snoozed until you are back"),
        SlotState.PAUSED: _("Paused"),
        SlotState.DUE: _("Due now") if view.slot.day == now.date() else _("Due since yesterday"),
        SlotState.SKIPPED: _("Skipped"),
        SlotState.MISSED: _("Missed"),
    }[view.state]


def slot_text(view: SlotView, shown: ReminderStatus, *, lasting: bool = False) -> str:
    """A slot in one line: "Evening, 20:00 · In 2 h 40 min". With `lasting`, nothing that goes stale within minutes."""
    coming = lasting and view.state is SlotState.COMING
    return _("{part}, {time} · {state}").format(
        part=part_of_day(view.slot.at),
        time=clock_time(view.slot.at),
        state=_("Later today") if coming else state_text(view, shown.now, shown.paused_until),
    )


def snooze_label(minutes: int) -> str:
    return _("Snooze {time}").format(time=minutes_text(minutes))


def skip_label(at: time) -> str:
    """The command that skips a slot at this time of day, and says which one."""
    return _part_of_day(at)[2]


def skip_today() -> str:
    return _("Skip today")


def another_routine() -> str:
    return _("Another routine…")


def mark_label(*, done: bool) -> str:
    """The command that marks a slot as done, or takes that back."""
    return _("I did it already") if done else _("Undo “I did it already”")


def next_text(shown: ReminderStatus) -> str:
    """For example "Next at 20:00"."""
    today = shown.now.date()
    if not shown.enabled:
        text = _("Reminders are off")
    elif shown.paused_until is not None:
        text = _("Reminders are paused until {day}").format(day=until_day(shown.paused_until, today))
    elif shown.is_due:
        text = _("Time to exercise")
    elif shown.next_at is not None:
        text = _coming_text(shown.next_at, today)
    elif shown.open is not None:
        text = _("Next when you are back")
    else:
        text = _("No reminder is coming")
    return text


def _coming_text(moment: datetime, today: date) -> str:
    at = clock_time(moment.time())
    if moment.date() <= today:
        return _("Next at {time}").format(time=at)
    return _("Next {day} at {time}").format(day=until_day(moment.date(), today), time=at)


def next_slot_text(shown: ReminderStatus) -> str:
    """For example "Next: tonight, 20:00"; empty without reminders, or while one waits for the person."""
    if not shown.enabled or shown.next_at is None or shown.next_at <= shown.now:
        return ""
    today, at = shown.now.date(), shown.next_at
    when = until_day(at.date(), today)
    if at.date() == today:
        when = _by_hour(at.hour, _("this morning"), _("at midday"), _("this afternoon"), _("tonight"))
    elif (at.date() - today).days == 1:
        parts = _("tomorrow morning"), _("tomorrow at midday"), _("tomorrow afternoon"), _("tomorrow evening")
        when = _by_hour(at.hour, *parts)
    return _("Next: {when}, {time}").format(when=when, time=clock_time(at.time()))


def _by_hour(hour: int, morning: str, midday: str, afternoon: str, evening: str) -> str:
    return next((part for until, part in ((12, morning), (14, midday), (18, afternoon)) if hour < until), evening)


def today_text(shown: ReminderStatus) -> str:
    """What the day asks for now: "Time for your evening exercises"."""
    if not shown.enabled:
        return _("Ready when you are")
    if shown.open is not None:
        return invitation(shown.open.slot.at)
    if shown.slots and all(view.state in _DONE for view in shown.slots):
        return _("All done for today · {next}").format(next=next_text(shown))
    return next_text(shown)


def summary(shown: ReminderStatus) -> str:
    """The day in one line: "Next at 20:00 · Morning: done"."""
    parts = [next_text(shown)]
    if shown.enabled and shown.paused_until is None:
        parts += _settled_text(shown.slots)
    return " · ".join(parts)


def _settled_text(views: Iterable[SlotView]) -> Iterable[str]:
    words = {
        SlotState.DONE: _("{part}: done"),
        SlotState.MARKED_DONE: _("{part}: marked as done"),
        SlotState.SKIPPED: _("{part}: skipped"),
        SlotState.MISSED: _("{part}: missed"),
    }
    settled = [view for view in views if view.state in words]
    for view in settled[-2:]:
        yield words[view.state].format(part=part_of_day(view.slot.at))
