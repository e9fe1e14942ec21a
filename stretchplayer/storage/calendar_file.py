"""The reminders as a calendar file (RFC 5545) to import into phones and calendar programs."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stretchplayer import __version__
from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.reminders.slots import EVERY_DAY, ReminderSettings, SlotTime
from stretchplayer.routine.timeline import Timeline
from stretchplayer.storage import messages
from stretchplayer.storage.atomic_write import write_whole
from stretchplayer.storage.versioned_file import local_now

if TYPE_CHECKING:
    from icalendar import Event

ENDING: Final = ".ics"
MS_PER_MINUTE: Final = 60_000
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def calendar_of(
    reminders: ReminderSettings, timeline_at: Callable[[time], Timeline], *, now: Callable[[], datetime] = local_now
) -> bytes:
    """Make a calendar with one event for each reminder time, which repeats for ever and has an alarm at its start.

    `timeline_at` says what is played for a reminder at that time of day.
    Times are floating: 08:00 is 08:00 wherever the phone is, as in the program. An event's UID is made from its number,
    not its time, so that a later import updates the entries instead of duplicating them. It doesn't matter whether
    reminders are turned on. StorageError when there are none.
    """
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 -- slow, and few ever need it

    if not reminders.slots:
        raise StorageError(_("There are no reminders to export; add some in Settings."))
    calendar = Calendar()
    calendar.add("prodid", f"-//Stretch Player//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", timeline_at(reminders.slots[0].at).routine.title)
    made_at = now()
    for number, slot in enumerate(reminders.slots, 1):
        event, alarm, timeline = Event(), Alarm(), timeline_at(slot.at)
        _fill(event, number, slot, timeline, made_at)
        alarm.add("action", "DISPLAY")
        alarm.add("description", timeline.routine.title)
        alarm.add("trigger", timedelta())
        event.add_component(alarm)
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def write_calendar(
    path: Path,
    reminders: ReminderSettings,
    timeline_at: Callable[[time], Timeline],
    *,
    now: Callable[[], datetime] = local_now,
) -> None:
    if path.suffix.lower() != ENDING:
        raise StorageError(
            _("{path} is not a calendar file; the name must end in {ending}."), path=messages.shown(path), ending=ENDING
        )
    data = calendar_of(reminders, timeline_at, now=now)
    try:
        path.parent.stat()  # a missing folder is a typing mistake, and must not be created
        write_whole(path, data)
    except OSError as error:
        raise StorageError(
            _("{path} can't be written: {reason}."), path=messages.shown(path), reason=messages.reason(error)
        ) from error


def _fill(event: "Event", number: int, slot: SlotTime, timeline: Timeline, made_at: datetime) -> None:
    routine = timeline.routine
    event.add("uid", f"reminder-{number}@stretchplayer.invalid")
    event.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", int(made_at.timestamp()) // 60)  # a later export needs a higher number
    event.add("summary", routine.title)
    if routine.description:
        event.add("description", routine.description)
    event.add("dtstart", datetime.combine(_first_day(slot, made_at.date()), slot.at))
    event.add("duration", timedelta(minutes=max(1, -(-timeline.total_ms // MS_PER_MINUTE))))
    event.add("rrule", _rule(slot))
    event.add("transp", "TRANSPARENT")


def _first_day(slot: SlotTime, today: date) -> date:
    """The first day, from today on, that the rule includes: its start has to be one."""
    days = (today + timedelta(days=number) for number in range(len(EVERY_DAY)))
    return next(day for day in days if day.weekday() in slot.weekdays)


def _rule(slot: SlotTime) -> dict[str, object]:
    if slot.weekdays == EVERY_DAY:
        return {"freq": "daily"}
    return {"freq": "weekly", "byday": [_DAYS[weekday] for weekday in sorted(slot.weekdays)]}
